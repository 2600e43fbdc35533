//! Snapshot and deltas, the centre's clock, and patience.
import { expect, it } from 'vitest';
import type { DeskView } from '../transport/contract';
import { clockTime, dayWord, partLeft, remaining, span, wideSpan } from './clock';
import { afterMessage, emptyFeed } from './feed';
import { linkDelayMs, soundDelayMs } from './retry';

const desk = { state_since: 1, sound: 'none', queue: { waiting: 2, longest_since: 5 } } as unknown as DeskView;
const open = afterMessage(emptyFeed, { type: 'snapshot', rev: 7, now: 50_000, desk }, 20_000);

it('a delta changes only what it names', () => {
  const next = afterMessage(open, { type: 'delta', rev: 8, now: 51_000, desk: { sound: 'up' } }, 21_000);
  expect(next).toEqual({ rev: 8, offsetMs: 30_000, desk: { ...desk, sound: 'up' } });
});

it('an old delta, or one before any snapshot, changes nothing', () => {
  expect(afterMessage(open, { type: 'delta', rev: 7, now: 51_000, desk: { sound: 'up' } }, 21_000)).toBe(open);
  expect(afterMessage(emptyFeed, { type: 'delta', rev: 1, now: 1, desk: { sound: 'up' } }, 1)).toBe(emptyFeed);
});

it('a null in a delta is a value and not a gap', () => {
  const calling = afterMessage(open, { type: 'delta', rev: 8, now: 50_000, desk: { state_until: 9 } }, 20_000);
  expect(afterMessage(calling, { type: 'delta', rev: 9, now: 50_000, desk: { state_until: null } }, 20_000).desk?.state_until).toBeNull();
});

it('a snapshot after a restart of the centre counts from the beginning', () => {
  expect(afterMessage(open, { type: 'snapshot', rev: 1, now: 60_000, desk }, 30_000).rev).toBe(1);
});

it('the clock follows the centre, but does not tremble with the network', () => {
  expect(afterMessage(open, { type: 'ping', now: 50_200 }, 20_050)).toBe(open);
  expect(afterMessage(open, { type: 'ping', now: 51_000 }, 20_000).offsetMs).toBe(31_000);
});

it.each([[0, '0:00', '00:00'], [48_999, '0:48', '00:48'], [192_000, '3:12', '03:12'], [3_723_000, '1:02:03', '1:02:03'], [-5, '0:00', '00:00']])(
  '%d ms is %s', (ms, short, wide) => expect([span(ms), wideSpan(ms)]).toEqual([short, wide]),
);

it('a term shrinks from one to nothing and never says 0:00 too early', () => {
  expect([partLeft(0, 20_000, 6_000), partLeft(0, 20_000, 99_000), partLeft(0, null, 5)]).toEqual([0.7, 0, null]);
  expect([remaining(0, 20_000, 19_999), remaining(0, 20_000, 20_000), remaining(0, 20_000, -70)]).toEqual([1_000, 0, 20_000]);
});

it('days are counted by midnights, not by hours', () => {
  const late = new Date(2026, 10, 23, 23, 59).getTime();
  const early = new Date(2026, 10, 24, 0, 1).getTime();
  expect([dayWord(late, early), dayWord(early, early), dayWord(early, late), dayWord(late - 86_400_000, early)]).toEqual(['yesterday', 'today', 'tomorrow', 'other']);
  expect(clockTime(early)).toBe('0:01');
});

it('waits longer and longer for the centre, and 1, 2, 5, 5 s for the sound', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((n) => linkDelayMs(n, 0.5))).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  expect([linkDelayMs(0, 0), linkDelayMs(0, 1)]).toEqual([375, 625]);
  expect([0, 1, 2, 3, 9].map(soundDelayMs)).toEqual([1_000, 2_000, 5_000, 5_000, 5_000]);
});
