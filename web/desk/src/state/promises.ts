//! Promises as the list shows them: groups by due time, and what can be done with one. Pure.
import type { Owed, OwedDetail, OwedOutcome } from '../transport/promises';
import { dayWord } from './clock';

/** Where a promise stands in the list. */
export type GroupName = 'late' | 'back' | 'today' | 'tomorrow' | 'later';

/** A group with its promises, due first first. */
export interface Group {
  name: GroupName;
  rows: Owed[];
}

const ORDER: GroupName[] = ['late', 'back', 'today', 'tomorrow', 'later'];

/** The group of an open promise: overdue on top, then what somebody gave back, then by day. */
export function groupOf(row: Owed, now: number): GroupName {
  if (row.due_at < now) return 'late';
  if (row.returned_at !== null && row.returned_at !== undefined) return 'back';
  switch (dayWord(row.due_at, now)) {
    case 'today': return 'today';
    case 'tomorrow': return 'tomorrow';
    case 'yesterday':
    case 'other': return 'later';
  }
}

/** The groups that hold something. */
export function groupsOf(rows: readonly Owed[], now: number): Group[] {
  return ORDER.map((name) => ({ name, rows: rows.filter((row) => groupOf(row, now) === name) })).filter((group) => group.rows.length > 0);
}

/** How far a moment is, in the unit in which people say it. */
export function distance(at: number, now: number): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const minutes = Math.round((at - now) / 60_000);
  if (Math.abs(minutes) < 60) return { value: minutes, unit: 'minute' };
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 24 ? { value: hours, unit: 'hour' } : { value: Math.round(hours / 24), unit: 'day' };
}

/** The outcomes that can be chosen: those that cannot be true are not offered. */
export function outcomesFor({ promise, proofs }: OwedDetail): OwedOutcome[] {
  const numbered = promise.caller !== null && promise.caller !== undefined;
  if (!numbered) return ['no_number', 'duplicate', 'by_hand'];
  const tried = promise.attempts > 0 && (promise.next_try_at === null || promise.next_try_at === undefined);
  return [
    ...(proofs.length > 0 ? (['spoken_earlier'] as const) : []),
    'spoken',
    ...(tried ? (['not_reached'] as const) : []),
    'refused', 'duplicate', 'by_hand',
  ];
}

/** Whether an outcome must be explained in words. */
export function needsReason(outcome: OwedOutcome): boolean {
  return outcome === 'spoken' || outcome === 'no_number' || outcome === 'duplicate' || outcome === 'by_hand';
}
