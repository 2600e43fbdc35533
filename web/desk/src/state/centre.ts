//! The page of the centre in words: cards of specialists, alarms, phases of calls. Pure; a component only draws it.
import type { Alarm, LiveCall, Specialist } from '../transport/centre';
import { type GlyphName } from './bar';
import { clockTime, span, wideSpan } from './clock';
import { say, type Say } from './say';

/** The colour role of a card's state. */
export type CardTone = 'accent' | 'wrap' | 'rest' | 'bad';

/** A specialist as a card. */
export interface CardView {
  glyph: GlyphName;
  tone: CardTone;
  word: Say;
  /** How long; nothing for whoever is not on shift. */
  time: string | null;
  what: Say | null;
  /** Somebody must look here. */
  help: boolean;
  /** The colleague who put them into this state. */
  by: string | null;
}

const named = (line: Specialist['line']): Say | null => (line ? say('centre-on-line', { line: line.name }) : null);

/** A specialist's state in shape, words and time. `next`: the next call is theirs. */
export function cardView(one: Specialist, next: boolean, now: number): CardView {
  const time = one.since === null || one.since === undefined ? null : wideSpan(now - one.since);
  const base = { time, help: false, by: one.changed_by?.name ?? null, what: named(one.line) };
  const gender = one.gender ?? 'other';
  switch (one.state.state) {
    case 'offline': return { ...base, time: null, glyph: 'offline', tone: 'rest', word: say('bar-offline'), what: null };
    case 'ready': return { ...base, glyph: 'ready', tone: 'accent', word: say('bar-ready', { gender }), what: next ? say('centre-next', { gender }) : null };
    case 'reserved': return { ...base, glyph: 'ring', tone: 'accent', word: say('bar-ring') };
    case 'talking':
      if (one.phase === 'lost') return { ...base, glyph: 'link', tone: 'bad', word: say('centre-lost'), what: say('centre-lost-what'), help: true };
      return { ...base, glyph: 'talk', tone: 'accent', word: say('centre-talks') };
    case 'wrap_up': return { ...base, glyph: 'wrap', tone: 'wrap', word: say('centre-writes') };
    default: return breakCard(one, base);
  }
}

function breakCard(one: Specialist, base: Omit<CardView, 'glyph' | 'tone' | 'word'>): CardView {
  const reason = one.state.reason ?? 'rest';
  if (reason === 'not_ready' && !one.sound) return { ...base, glyph: 'sound', tone: 'bad', word: say('bar-no-sound'), what: say('centre-no-sound-what') };
  if (reason === 'not_ready') return { ...base, glyph: 'break', tone: 'rest', word: say('bar-not-ready'), what: say('centre-not-ready-what') };
  return { ...base, glyph: 'break', tone: 'rest', word: say('bar-break'), what: reason === 'rest' ? null : say('centre-break', { reason }) };
}

/** Cards in their order: whoever needs help, who works, who rests, who is not here; then by name. */
export function inOrder(all: Specialist[]): Specialist[] {
  const rank = (one: Specialist): number => {
    if (one.phase === 'lost') return 0;
    if (one.state.state === 'offline') return 3;
    return one.state.state === 'break' ? 2 : 1;
  };
  return [...all].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'ru'));
}

/** Whose the next call is: who waits for one longest, with working sound. */
export function nextOf(all: Specialist[]): string | null {
  const free = all.filter((one) => one.state.state === 'ready' && one.sound && typeof one.since === 'number');
  return free.sort((a, b) => (a.since ?? 0) - (b.since ?? 0))[0]?.id ?? null;
}

/** What the shift lead may do with somebody from afar. A talk is nobody's to end. */
export function wishesOf(one: Specialist): ('ready' | 'break' | 'sign_out')[] {
  switch (one.state.state) {
    case 'ready':
    case 'reserved': return ['break', 'sign_out'];
    case 'wrap_up':
    case 'break': return one.sound ? ['ready', 'break', 'sign_out'] : ['break', 'sign_out'];
    default: return [];
  }
}

/** Where a call is, in words, and since when that lasts. */
export function phaseView(call: LiveCall, now: number): { text: Say; time: string } {
  const since = (at: number | null | undefined): string => span(now - (at ?? call.started_at));
  switch (call.phase) {
    case 'waiting': return { text: say('centre-phase-waiting', { place: call.place ?? 1 }), time: since(call.queued_at) };
    case 'ringing': return { text: say('centre-phase-ringing'), time: since(call.queued_at) };
    case 'talking': return { text: say('centre-phase-talking'), time: since(call.answered_at) };
    case 'lost': return { text: say('centre-phase-lost'), time: since(call.answered_at) };
    case 'message': return { text: say('centre-phase-message'), time: since(call.started_at) };
    case 'farewell': return { text: say('centre-phase-farewell'), time: since(call.started_at) };
    default: return { text: say('centre-phase-greeting'), time: since(call.started_at) };
  }
}

/** An alarm: what, more about it, and the word on its one button. */
export interface AlarmView {
  title: Say;
  sub: Say;
  button: Say;
}

/** An alarm in words. */
export function alarmView(alarm: Alarm, now: number): AlarmView {
  return { title: alarmTitle(alarm), sub: alarmSub(alarm, now), button: alarmButton(alarm) };
}

function alarmTitle(alarm: Alarm): Say {
  const [name, line, count] = [alarm.specialist?.name ?? '', alarm.line?.name ?? '', alarm.weight];
  switch (alarm.kind) {
    case 'nobody_on_shift': return say('alarm-nobody', { line });
    case 'long_wait': return say('alarm-wait', { count });
    case 'promise_overdue': return say('alarm-promise', { count });
    case 'sound_lost': return say(alarm.weight > 1 ? 'alarm-sound-talk' : 'alarm-sound', { name });
    case 'repeated': return say('alarm-repeated', { count });
    case 'not_storing': return say('alarm-disk');
    case 'disk_low':
    case 'disk_floor': return say(`alarm-${alarm.kind}`);
    default: return say('alarm-other');
  }
}

function alarmSub(alarm: Alarm, now: number): Say {
  switch (alarm.kind) {
    case 'nobody_on_shift': return say('alarm-nobody-sub', { count: alarm.weight });
    case 'long_wait': return say('alarm-wait-sub', { line: alarm.line?.name ?? '', wait: span(now - (alarm.at ?? now)) });
    case 'promise_overdue': return say('alarm-promise-sub', { time: clockTime(alarm.at ?? now) });
    case 'sound_lost': return say(alarm.weight > 1 ? 'alarm-sound-talk-sub' : 'alarm-sound-sub');
    case 'repeated': return say('alarm-repeated-sub');
    case 'not_storing': return say('alarm-disk-sub');
    case 'disk_low':
    case 'disk_floor': return say(`alarm-${alarm.kind}-sub`);
    default: return say('alarm-since', { time: clockTime(alarm.since) });
  }
}

function alarmButton(alarm: Alarm): Say {
  switch (alarm.action) {
    case 'call_ready': return say('alarm-do-call', { name: alarm.specialist?.name.split(/\s+/)[0] ?? '' });
    case 'turn_line': return say('alarm-do-close');
    case 'open_promise': return say('alarm-do-promise');
    case 'say_technical': return say('alarm-do-technical');
    case 'open_keeping': return say('alarm-do-keeping');
    default: return say('alarm-do-calls');
  }
}
