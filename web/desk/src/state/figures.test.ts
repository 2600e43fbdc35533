//! Figures written down, and filters in addresses.
import { describe, expect, it } from 'vitest';
import type { DayFigures } from '../transport/centre';
import { halfHourText, readFilter, withFilter } from './callFilter';
import { barHeight, csvCell, csvOf, percent, waitBound } from './figures';

describe('a cell of the file', () => {
  it.each([
    ['=1+1', "'=1+1"], ['+7', "'+7"], ['-2', "'-2"], ['@SUM(A1)', "'@SUM(A1)"], ['\t=1', "'\t=1"], ['a;b', '"a;b"'], ['="x"', `"'=""x"""`], ['a\nb', '"a\nb"'], ['Линия', 'Линия'],
  ])('%s', (given, written) => expect(csvCell(given)).toBe(written));
  it('a number is a number', () => expect([csvCell(-5), csvCell(null)]).toEqual(['-5', '']));
});

it('the file has a mark, the heads and a row a half hour', () => {
  const day = { day: '2026-11-24', line: { id: 'x', name: '=cmd|calc' }, formula_version: 2, half_hours: [{ half_hour: 21, from: 0, figures: { accepted: 3, offered: 2, answered: 1 } }] } as unknown as DayFigures;
  expect(csvOf(day, ['Время', 'Звонков'], halfHourText)).toBe("\uFEFF2026-11-24;'=cmd|calc;2\r\nВремя;Звонков\r\n10:30–11:00;3;2;1;;;;;;;\r\n");
});

it('shares, bounds and bars', () => {
  expect([percent(0.8412, 'ru'), percent(null, 'ru'), percent(1, 'en')]).toEqual(['84,1\u00a0%', null, '100%']);
  expect([waitBound(null), waitBound(30), waitBound(125)]).toEqual([null, { text: '0:30', over: false }, { text: '2:00', over: true }]);
  expect([barHeight(0, 5, 100), barHeight(5, 5, 100), barHeight(1, 1_000, 100), barHeight(3, 0, 100)]).toEqual([0, 100, 2, 0]);
});

it('filters live in the address and nowhere else', () => {
  const filter = readFilter('?sound=raw&day=2026-11-24&half_hour=21&figure=abandoned&junk=1&line=%20');
  expect(filter).toEqual({ day: '2026-11-24', half_hour: '21', figure: 'abandoned' });
  expect(withFilter(filter, { figure: '' })).toEqual({ day: '2026-11-24', half_hour: '21' });
  expect(withFilter(filter, { day: '' })).toEqual({ figure: 'abandoned' });
});
