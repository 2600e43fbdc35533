import { describe, expect, it } from 'vitest';
import type { Owed } from '../transport/promises';
import { distance, groupsOf, needsReason, outcomesFor } from './promises';

const NOON = new Date(2026, 10, 24, 12, 0).getTime();
const HOUR = 3_600_000;

function owed(id: string, more: Partial<Owed> = {}): Owed {
  return {
    id, call: id, line: null, caller: '+79000000014', person: null, kind: 'callback', made_at: NOON - HOUR, due_at: NOON + HOUR,
    owner: null, returned_at: null, attempts: 0, last_result: null, next_try_at: null, recording: null,
    closed_at: null, closed_by: null, outcome: null, proof: null, ...more,
  };
}

describe('the list of promises', () => {
  it('puts what is late on top, then what came back, then the days', () => {
    const rows = [
      owed('today'), owed('late', { due_at: NOON - 1, returned_at: NOON - 2 }), owed('later', { due_at: NOON + 48 * HOUR }),
      owed('back', { returned_at: NOON - 1 }), owed('tomorrow', { due_at: NOON + 24 * HOUR }),
    ];
    expect(groupsOf(rows, NOON).map((group) => [group.name, ...group.rows.map((row) => row.id)])).toEqual([
      ['late', 'late'], ['back', 'back'], ['today', 'today'], ['tomorrow', 'tomorrow'], ['later', 'later'],
    ]);
    expect(groupsOf([], NOON)).toEqual([]);
  });

  it('says how far a moment is in the unit that people use', () => {
    expect(distance(NOON - 12 * 60_000, NOON)).toEqual({ value: -12, unit: 'minute' });
    expect(distance(NOON + 59.6 * 60_000, NOON)).toEqual({ value: 1, unit: 'hour' });
    expect(distance(NOON + 30 * HOUR, NOON)).toEqual({ value: 1, unit: 'day' });
  });

  it('offers only outcomes that can be true', () => {
    const detail = (promise: Owed, proofs = 0) => ({
      promise, tries: [], note: null, proofs: Array.from({ length: proofs }, (_, n) => ({ id: `${n}`, answered_at: NOON, specialist: null, talk_ms: 1 })),
    });
    expect(outcomesFor(detail(owed('a')))).toEqual(['spoken', 'refused', 'duplicate', 'by_hand']);
    expect(outcomesFor(detail(owed('a', { attempts: 3 }), 1))).toEqual(['spoken_earlier', 'spoken', 'not_reached', 'refused', 'duplicate', 'by_hand']);
    expect(outcomesFor(detail(owed('a', { attempts: 1, next_try_at: NOON })))).not.toContain('not_reached');
    const withheld = outcomesFor(detail(owed('a', { caller: null })));
    expect(withheld.every(needsReason)).toBe(true);
  });
});
