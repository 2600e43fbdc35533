//! The list of calls: rows as they are shown, and how fresh pages join what is already on the screen. Pure.
import type { CallPage, CallRow, EarlierCall, Outcome, Stage } from '../transport/contract';
import { waitedMs } from './bar';
import { span, wideSpan } from './clock';
import { say, type Say } from './say';

/** The mark before an outcome. */
export type OutcomeMark = 'check' | 'missed' | 'broken' | 'voice' | 'forward' | 'talk' | 'ring' | 'wait' | 'stop';
/** The colour role of an outcome. */
export type OutcomeTone = 'good' | 'warn' | 'bad' | 'calm' | 'live';

/** An outcome as it is shown: mark, colour role and words say the same. */
export interface OutcomeView {
  mark: OutcomeMark;
  tone: OutcomeTone;
  text: Say;
}

/** A row as it is shown. */
export interface CallRowView {
  outcome: OutcomeView;
  wait: string | null;
  talk: string | null;
  going: boolean;
}

function abandoned(stage: Stage | null): Say {
  switch (stage) {
    case 'greeting': return say('outcome-abandoned-greeting');
    case 'menu': return say('outcome-abandoned-menu');
    case 'ringing': return say('outcome-abandoned-ringing');
    case 'queue':
    case null: return say('outcome-abandoned-queue');
  }
}

/** An outcome in marks and words. */
export function outcomeView(outcome: Outcome, stage: Stage | null): OutcomeView {
  switch (outcome) {
    case 'answered': return { mark: 'check', tone: 'good', text: say('outcome-answered') };
    case 'abandoned': return { mark: 'missed', tone: 'warn', text: abandoned(stage) };
    case 'recorded': return { mark: 'voice', tone: 'calm', text: say('outcome-recorded') };
    case 'callback_requested': return { mark: 'ring', tone: 'calm', text: say('outcome-callback_requested') };
    case 'forwarded': return { mark: 'forward', tone: 'calm', text: say('outcome-forwarded') };
    case 'self_served': return { mark: 'voice', tone: 'calm', text: say('outcome-self_served') };
    case 'rejected': return { mark: 'stop', tone: 'calm', text: say('outcome-rejected') };
    case 'interrupted': return { mark: 'broken', tone: 'bad', text: say('outcome-interrupted') };
  }
}

function goingView(row: CallRow): OutcomeView {
  switch (row.phase) {
    case 'talking': return { mark: 'talk', tone: 'live', text: say('going-talk') };
    case 'lost': return { mark: 'broken', tone: 'bad', text: say('going-lost') };
    case 'ringing': return { mark: 'ring', tone: 'live', text: say('going-ringing') };
    case 'waiting': return { mark: 'wait', tone: 'live', text: say('going-queue') };
    case 'message': return { mark: 'voice', tone: 'live', text: say('going-message') };
    case 'greeting':
    case 'farewell':
    // The list and the live centre are read one after the other: a call may be over in between.
    case null: return { mark: 'voice', tone: 'live', text: say('going-greeting') };
  }
}

/** How long a call has been a talk, ms. Only what is one now counts: a caller who waits for a broken link does not talk. */
function talkedMs(row: CallRow, now: number): number | null {
  if (row.answered_at === null) return null;
  if (row.outcome === null && row.phase !== 'talking') return null;
  return (row.ended_at ?? now) - row.answered_at;
}

/** A call as a row of the list. */
export function callRowView(row: CallRow, now: number): CallRowView {
  const end = row.ended_at ?? now;
  const waits = row.queued_at === null && row.answered_at === null ? null : waitedMs(row, end);
  const talked = talkedMs(row, now);
  return {
    outcome: row.outcome === null ? goingView(row) : outcomeView(row.outcome, row.stage),
    wait: waits === null ? null : span(waits),
    talk: talked === null ? null : wideSpan(talked),
    going: row.outcome === null,
  };
}

/** An earlier call of the number, in a few words. */
export function earlierSay(call: EarlierCall): Say {
  if (call.outcome === 'answered' && call.talk_ms !== null) return say('earlier-talk', { talk: span(call.talk_ms) });
  return outcomeView(call.outcome, call.stage).text;
}

/** What is on the screen: rows newest first, and where the older ones begin. */
export interface CallList {
  rows: CallRow[];
  next: string | null;
}

const newestFirst = (a: CallRow, b: CallRow): number => b.started_at - a.started_at || (a.id < b.id ? 1 : -1);

/**
 * Joins a fresh first page with what was paged in by hand: nothing that is read disappears, nothing stands twice. Where the page
 * and the rest no longer touch (many calls came meanwhile), the rest is dropped, so that the list never has a hole.
 */
export function withFreshPage(list: CallList | null, page: CallPage): CallList {
  if (list === null || page.next === null) return { rows: [...page.calls].sort(newestFirst), next: page.next };
  const known = new Set(list.rows.map((row) => row.id));
  const touches = page.calls.some((row) => known.has(row.id));
  if (!touches) return { rows: [...page.calls].sort(newestFirst), next: page.next };
  const fresh = new Set(page.calls.map((row) => row.id));
  const older = list.rows.filter((row) => !fresh.has(row.id));
  const rows = [...page.calls, ...older].sort(newestFirst);
  return { rows, next: older.length === 0 ? page.next : list.next };
}

/** Adds an older page at the end. */
export function withOlderPage(list: CallList, page: CallPage): CallList {
  const known = new Set(list.rows.map((row) => row.id));
  return { rows: [...list.rows, ...page.calls.filter((row) => !known.has(row.id))].sort(newestFirst), next: page.next };
}
