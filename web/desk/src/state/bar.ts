//! The bar of the desk: state, sound and link in; glyph, word, time, texts and buttons out. A component only draws this.
import type { BreakReason, DeskCall, DeskView, Gender, RefusalCode } from '../transport/contract';
import { partLeft, remaining, span, wideSpan } from './clock';
import { readableNumber } from './number';
import { say, type Say } from './say';
import { soundOf, type PhonePhase, type Sound } from './sound';

/** The light of the bar. */
export type BarLook = 'rest' | 'ready' | 'ring' | 'talk' | 'wrap' | 'lost' | 'sos';
/** The shape that tells the state without colour. */
export type GlyphName = 'offline' | 'ready' | 'ring' | 'talk' | 'wrap' | 'break' | 'sound' | 'link';
/** What a button of the bar does. */
export type ActionName = 'answer' | 'decline' | 'hang_up' | 'ready' | 'break' | 'extend' | 'check_sound';
/** How a button of the bar looks: one strong one a state. */
export type ActionTone = 'onbar' | 'ghost' | 'ink' | 'main' | 'quiet';

/** A button of the bar. */
export interface BarAction {
  name: ActionName;
  label: Say;
  hint: 'F4' | 'Esc' | null;
  tone: ActionTone;
  enabled: boolean;
}

/** All that the bar shows. */
export interface BarView {
  look: BarLook;
  glyph: GlyphName;
  word: Say;
  /** Drawn time; `spoken` is its twin for screen readers, in whole minutes. */
  time: { text: string; spoken: Say } | null;
  title: Say;
  sub: Say;
  /** What part of the term is left, 0..1: the thread of time. */
  left: number | null;
  actions: BarAction[];
  /** A talk keeps the places of the keys that come later. */
  keepsPlaces: boolean;
  /** Whether the talk is recorded, and whether that may be changed now; nothing without a talk. */
  recording: { state: DeskCall['recording']; enabled: boolean } | null;
  /** What the live region says when it changes. */
  announce: { urgent: boolean; text: Say };
}

/** What the bar is made from. `now` is the centre's clock. */
export interface BarInput {
  desk: DeskView;
  link: { up: boolean; lostSince: number | null };
  phone: PhonePhase;
  notice: RefusalCode | 'no_link' | null;
  /** Whether sound of the caller still arrives. */
  hears: boolean;
  /** How to address who speaks, once it was chosen. */
  address: string | null;
  /** Nothing is left to write: only then is the next call the main thing. */
  settled: boolean;
  now: number;
}

/** Fluent's selector of a gender: `other` where the profile does not say. */
export function genderWord(gender: Gender): 'f' | 'm' | 'other' {
  return gender ?? 'other';
}

/** The number of a caller, or that it is withheld. */
export function callerSay(caller: string | null): Say {
  return caller === null ? say('caller-withheld') : say('caller-number', { number: readableNumber(caller) });
}

/** How long a caller waited until the answer, or waits by now, ms. */
export function waitedMs(call: Pick<DeskCall, 'queued_at' | 'started_at' | 'answered_at'>, now: number): number {
  return Math.max(0, (call.answered_at ?? now) - (call.queued_at ?? call.started_at));
}

function shown(text: string, ms: number): NonNullable<BarView['time']> {
  return { text, spoken: say('time-minutes', { minutes: Math.floor(Math.max(0, ms) / 60_000) }) };
}

function action(name: ActionName, label: Say, tone: ActionTone, hint: BarAction['hint'] = null): BarAction {
  return { name, label, hint, tone, enabled: true };
}

const hangUp = action('hang_up', say('do-hang-up'), 'ink', 'F4');

function readyAction(gender: 'f' | 'm' | 'other', tone: ActionTone = 'main'): BarAction {
  return action('ready', say('do-ready', { gender }), tone);
}

/** The bar for a desk. */
export function barView(input: BarInput): BarView {
  const sound = soundOf(input.phone, input.desk.sound);
  const view = withSound(changedBy(stateView(input), input.desk), input, sound);
  if (!input.link.up) return withoutLink(view, input);
  if (input.notice === null || view.look === 'sos') return view;
  return { ...view, sub: say(input.notice === 'no_link' ? 'error-no_link' : `refused-${input.notice}`) };
}

/** Whoever was put into a state by somebody else is told so. */
function changedBy(view: BarView, desk: DeskView): BarView {
  if (desk.state_by === null || (desk.state.state !== 'ready' && desk.state.state !== 'break')) return view;
  return { ...view, sub: say('bar-changed-by', { name: desk.state_by.name }) };
}

function stateView(input: BarInput): BarView {
  const { desk, now } = input;
  switch (desk.state.state) {
    case 'offline': return offlineView();
    case 'ready': return readyView(desk, now);
    case 'reserved': return ringView(desk, now);
    case 'talking': return talkView(input);
    case 'wrap_up': return wrapView(input);
    case 'break': return breakView(desk, desk.state.reason ?? 'not_ready', now);
  }
}

function offlineView(): BarView {
  return {
    look: 'rest', glyph: 'offline', word: say('bar-offline'), time: null,
    title: say('bar-offline-title'), sub: say('bar-offline-sub'), left: null, actions: [], keepsPlaces: false, recording: null,
    announce: { urgent: false, text: say('bar-offline') },
  };
}

function readyView(desk: DeskView, now: number): BarView {
  const gender = genderWord(desk.me.gender);
  const ms = now - desk.state_since;
  return {
    look: 'ready', glyph: 'ready', word: say('bar-ready', { gender }), time: shown(wideSpan(ms), ms),
    title: say('bar-ready-title'), sub: say('bar-ready-sub'), left: null,
    actions: [action('break', say('do-break'), 'quiet')], keepsPlaces: false, recording: null,
    announce: { urgent: false, text: say('bar-ready', { gender }) },
  };
}

function ringView(desk: DeskView, now: number): BarView {
  const ms = now - desk.state_since;
  const line = desk.call?.line.name ?? '';
  return {
    look: 'ring', glyph: 'ring', word: say('bar-ring'), time: shown(span(ms), ms),
    title: say('bar-ring-title', { line }), sub: callerSay(desk.call?.caller ?? null),
    left: partLeft(desk.state_since, desk.state_until, now),
    actions: [action('answer', say('do-answer'), 'onbar', 'F4'), action('decline', say('do-decline'), 'ghost', 'Esc')],
    keepsPlaces: false, recording: null,
    announce: { urgent: true, text: say('announce-ring', { line }) },
  };
}

function talkView({ desk, now, address }: BarInput): BarView {
  // Of this specialist: somebody else may have spoken with the caller before.
  const ms = now - desk.state_since;
  const { call } = desk;
  const wait = call ? span(waitedMs(call, now)) : '0:00';
  const number = call?.caller == null ? null : readableNumber(call.caller);
  return {
    look: 'talk', glyph: 'talk', word: say('bar-talk'), time: shown(wideSpan(ms), ms),
    title: address === null ? say('bar-ask') : say('bar-address', { name: address }),
    sub: number === null ? say('bar-who-sub-withheld', { wait }) : say('bar-who-sub', { number, wait }),
    left: null, actions: [hangUp], keepsPlaces: true,
    recording: call === null ? null : { state: call.recording, enabled: call.recording === 'on' },
    announce: { urgent: false, text: say('announce-talk') },
  };
}

/** Before the end of wrap-up by this much it is said aloud and a soft tick sounds, ms. */
export const WRAP_SOON_MS = 20_000;

function wrapView({ desk, now, address, settled }: BarInput): BarView {
  const ms = desk.state_until === null ? now - desk.state_since : remaining(desk.state_since, desk.state_until, now);
  const answered = desk.call?.answered_at ?? null;
  return {
    look: 'wrap', glyph: 'wrap', word: say('bar-wrap'), time: shown(wideSpan(ms), ms),
    title: answered === null ? say('bar-wrap-title') : say('bar-wrap-title-talk', { talk: wideSpan(desk.state_since - answered) }),
    sub: address !== null ? say('bar-address', { name: address }) : desk.call ? callerSay(desk.call.caller) : say('bar-wrap-sub'),
    left: partLeft(desk.state_since, desk.state_until, now),
    actions: [action('extend', say('do-extend'), 'quiet'), action('break', say('do-break'), 'quiet'), readyAction(genderWord(desk.me.gender), settled ? 'main' : 'quiet')],
    keepsPlaces: false, recording: null,
    announce: { urgent: false, text: say(desk.state_until !== null && ms <= WRAP_SOON_MS ? 'announce-wrap-soon' : 'announce-wrap') },
  };
}

function breakTexts(reason: BreakReason, gender: string): Pick<BarView, 'word' | 'title' | 'sub'> {
  const sub = say('bar-break-sub', { gender });
  if (reason === 'not_ready') return { word: say('bar-not-ready'), title: say('bar-not-ready-title'), sub: say('bar-not-ready-sub', { gender }) };
  if (reason === 'no_answer') return { word: say('bar-break'), title: say('bar-no-answer-title'), sub };
  return { word: say('bar-break'), title: reason === 'rest' ? say('bar-break-title') : say(`break-${reason}`), sub };
}

function breakView(desk: DeskView, reason: BreakReason, now: number): BarView {
  const gender = genderWord(desk.me.gender);
  const ms = now - desk.state_since;
  const base = { look: 'rest', glyph: 'break', left: null, actions: [readyAction(gender)], keepsPlaces: false, recording: null } as const;
  const texts = breakTexts(reason, gender);
  return {
    ...base, actions: [...base.actions], ...texts,
    time: reason === 'not_ready' ? null : shown(wideSpan(ms), ms),
    announce: { urgent: reason === 'no_answer', text: texts.title },
  };
}

/** Without working sound nobody can take calls: the bar says what happened and shows one way on. A ring stays a ring. */
function withSound(view: BarView, input: BarInput, sound: Sound): BarView {
  const state = input.desk.state.state;
  switch (sound.verdict) {
    case 'good':
      return view;
    case 'coming': {
      // While it connects, the place of the strong button is kept, and the text says what is going on.
      if (state === 'reserved' || state === 'offline') return view;
      const actions = view.actions.map((a) => (a.name === 'ready' ? { ...a, enabled: false } : a));
      return { ...view, actions, sub: sound.what };
    }
    case 'bad': {
      if (state === 'reserved') return { ...view, sub: sound.what };
      const check = action('check_sound', sound.act, state === 'talking' ? 'quiet' : 'main');
      return {
        ...view, look: 'sos', glyph: 'sound', word: say('bar-no-sound'), time: state === 'talking' ? view.time : null,
        title: sound.what, sub: sound.way, left: null,
        actions: state === 'talking' ? [check, hangUp] : [check],
        announce: { urgent: true, text: sound.what },
      };
    }
  }
}

/** The first moment without link says nothing of the caller: whether sound still comes is known only after it. */
const JUDGE_LINE_AFTER_MS = 1_500;

function lostTexts(input: BarInput, lostMs: number): { title: Say; sub: Say } {
  const { state } = input.desk.state;
  if (state !== 'talking') return { title: say('bar-lost-title'), sub: say('bar-lost-sub') };
  // Sound that still comes is the one proof that somebody is there: a centre that was killed takes the talk with it.
  const online = input.hears && input.phone === 'up';
  if (!online) return { title: say('bar-lost-line-title'), sub: say('bar-lost-line-sub') };
  if (lostMs < JUDGE_LINE_AFTER_MS) return { title: say('bar-lost-title'), sub: say('bar-lost-talk-sub') };
  return { title: input.address === null ? say('bar-lost-talk-title') : say('bar-lost-talk-title-name', { name: input.address }), sub: say('bar-lost-talk-sub') };
}

/** Without the centre the keys rest in their places and the bar tells what is known. */
function withoutLink(view: BarView, input: BarInput): BarView {
  const ms = input.link.lostSince === null ? 0 : input.now - input.link.lostSince;
  return {
    ...view, ...lostTexts(input, ms), look: 'lost', glyph: 'link', word: say('bar-lost'), time: shown(wideSpan(ms), ms),
    left: null,
    recording: view.recording && { ...view.recording, enabled: false },
    actions: view.actions.map((a) => ({ ...a, enabled: false, tone: a.tone === 'ink' || a.tone === 'quiet' ? a.tone : 'quiet' })),
    announce: { urgent: true, text: say('announce-lost') },
  };
}

/** A second press of F4 right after the answer is a finger that trembles, not a wish to hang up. */
const HANG_UP_KEY_AFTER_MS = 1_000;

/** Which button a key stands for; nothing where the key means nothing now. */
export function actionOfKey(view: BarView, code: string, msInState: number): ActionName | null {
  const hint = code === 'F4' ? 'F4' : code === 'Escape' ? 'Esc' : null;
  const found = hint === null ? undefined : view.actions.find((a) => a.hint === hint && a.enabled);
  if (!found || (found.name === 'hang_up' && msInState < HANG_UP_KEY_AFTER_MS)) return null;
  return found.name;
}
