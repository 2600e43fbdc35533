//! Filters become a question to the centre; what was searched for is marked.
import { expect, it } from 'vitest';
import { asQuery, markedParts, noFilter, periodOf } from './appealFilter';

const NOON = new Date(2026, 10, 24, 12).getTime();

it('asks only for what was chosen', () => {
  expect(Object.values(asQuery(noFilter, NOON)).every((one) => one === null)).toBe(true);
  expect(asQuery({ ...noFilter, q: '  единое ', status: 'draft', period: 'week' }, NOON)).toMatchObject({ q: 'единое', status: 'draft', from: '2026-11-18' });
  expect(asQuery({ ...noFilter, period: 'month' }, NOON).from).toBe('2026-10-26');
  expect([periodOf('quarter'), periodOf('<script>')]).toEqual(['quarter', '']);
});

const marked = (text: string, query: string): string => markedParts(text, query).map((part) => (part.hit ? `[${part.text}]` : part.text)).join('');

it.each([
  ['Вымыслова Ольга', 'вымысл', '[Вымысл]ова Ольга'],
  ['Отказали в едином пособии', 'отказ един', '[Отказ]али в [един]ом пособии'],
  ['Ещё раз: еще', 'ещё', '[Ещё] раз: [еще]'],
  ['26-041873', '26-0418', '[26-0418]73'],
  ['не отказ', 'каз', 'не отказ'],
  ['<b>жирно</b>', 'b', '<b>жирно</b>'],
  ['', 'слово', ''],
])('«%s» by «%s»', (text, query, expected) => expect(marked(text, query)).toBe(expected));
