//! The list of calls: words of outcomes, and pages that join without holes or doubles.
import { describe, expect, it } from 'vitest';
import type { CallRow } from '../transport/contract';
import { callRowView, withFreshPage, withOlderPage } from './callList';

function row(id: number, more: Partial<CallRow> = {}): CallRow {
  return {
    id: `c${id}`, line: { id: 'main', name: 'Основная' }, caller: null, started_at: id * 1_000, queued_at: id * 1_000, answered_at: null, ended_at: id * 1_000 + 500,
    outcome: 'abandoned', stage: 'queue', phase: null, side: 'caller', specialist: null, recording: null, recording_deleted_at: null, not_recorded: null, promise: null, ...more,
  };
}
const ids = (list: { rows: CallRow[] }): string => list.rows.map((one) => one.id).join(' ');

describe('a row', () => {
  it.each([
    [{}, 'outcome-abandoned-queue', 'missed'],
    [{ stage: 'greeting', queued_at: null }, 'outcome-abandoned-greeting', 'missed'],
    [{ outcome: 'answered' }, 'outcome-answered', 'check'],
    [{ outcome: 'interrupted' }, 'outcome-interrupted', 'broken'],
    [{ outcome: null, ended_at: null, phase: 'waiting' }, 'going-queue', 'wait'],
    [{ outcome: null, ended_at: null, phase: 'ringing' }, 'going-ringing', 'ring'],
    [{ outcome: null, ended_at: null, phase: 'talking', answered_at: 5 }, 'going-talk', 'talk'],
    [{ outcome: null, ended_at: null, phase: 'lost', answered_at: 5 }, 'going-lost', 'broken'],
    [{ outcome: null, ended_at: null, queued_at: null, phase: 'greeting' }, 'going-greeting', 'voice'],
  ] as [Partial<CallRow>, string, string][])('%o', (more, key, mark) => {
    const { outcome } = callRowView(row(1, more), 9_000);
    expect([outcome.text.key, outcome.mark]).toEqual([key, mark]);
  });

  it('counts waiting to the answer, or to the end, or until now', () => {
    expect(callRowView(row(1, { queued_at: 1_000, answered_at: 43_000, ended_at: 451_000 }), 999_000)).toMatchObject({ wait: '0:42', talk: '06:48' });
    expect(callRowView(row(1, { queued_at: 1_000, ended_at: 191_000 }), 999_000)).toMatchObject({ wait: '3:10', talk: null });
    expect(callRowView(row(1, { queued_at: 1_000, ended_at: null, outcome: null }), 4_000)).toMatchObject({ wait: '0:03', talk: null });
    expect(callRowView(row(1, { queued_at: null }), 4_000).wait).toBeNull();
  });

  it('a caller who waits for a broken link does not talk', () => {
    const going = { queued_at: 1_000, answered_at: 5_000, ended_at: null, outcome: null } as const;
    expect(callRowView(row(1, { ...going, phase: 'talking' }), 65_000).talk).toBe('01:00');
    expect(callRowView(row(1, { ...going, phase: 'lost' }), 65_000).talk).toBeNull();
    expect(callRowView(row(1, { ...going, phase: 'waiting' }), 65_000).talk).toBeNull();
  });
});

describe('pages', () => {
  const first = withFreshPage(null, { calls: [row(9), row(8)], next: 'b8' });
  const paged = withOlderPage(first, { calls: [row(7), row(6)], next: 'b6' });

  it('a fresh first page changes rows and keeps what was paged in', () => {
    const fresh = withFreshPage(paged, { calls: [row(10), row(9, { outcome: 'answered' })], next: 'b9' });
    expect([ids(fresh), fresh.next, fresh.rows[1]?.outcome]).toEqual(['c10 c9 c8 c7 c6', 'b6', 'answered']);
  });

  it('a page that no longer touches the rest leaves no hole', () => {
    const fresh = withFreshPage(paged, { calls: [row(30), row(29)], next: 'b29' });
    expect([ids(fresh), fresh.next]).toEqual(['c30 c29', 'b29']);
  });

  it('the same page twice stands once', () => {
    expect(ids(withOlderPage(paged, { calls: [row(7), row(5)], next: null }))).toBe('c9 c8 c7 c6 c5');
  });

  it('a whole list in one page is the list', () => {
    expect(withFreshPage(paged, { calls: [], next: null })).toEqual({ rows: [], next: null });
  });
});
