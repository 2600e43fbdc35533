//! Times are the centre's, wherever the page is read.
import { afterEach, expect, it } from 'vitest';
import { clockTime, dayText, dayWord, setZone, shortDate } from './clock';

const LATE = Date.UTC(2026, 10, 24, 22, 14);

afterEach(() => setZone(null));

it('a moment is told in the zone of the centre', () => {
  setZone('Europe/Moscow');
  expect([clockTime(LATE), dayText(LATE), shortDate(LATE, LATE, 'ru')]).toEqual(['1:14', '2026-11-25', '25 нояб.']);
  expect(dayWord(LATE, Date.UTC(2026, 10, 24, 12))).toBe('tomorrow');
  setZone('Asia/Kamchatka');
  expect([clockTime(LATE), dayWord(LATE, LATE - 3_600_000)]).toEqual(['10:14', 'today']);
  setZone('UTC');
  expect([clockTime(LATE), dayWord(LATE, LATE - 3_600_000)]).toEqual(['22:14', 'today']);
});

it('a zone that the browser does not know changes nothing', () => {
  setZone('UTC');
  setZone('Mars/Olympus');
  expect(clockTime(LATE)).toBe('22:14');
});
