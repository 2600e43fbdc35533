//! The bar for every state, sound and link: what it says, that one button is strong, and that nothing moves where it must not.
import { describe, expect, it } from 'vitest';
import type { AgentState, DeskCall, DeskView } from '../transport/contract';
import { actionOfKey, barView, callerSay, type BarInput } from './bar';
import type { PhonePhase } from './sound';

const NOW = 1_000_000;

const call: DeskCall = {
  id: 'k', line: { id: 'main', name: 'Основная' }, caller: '+78310000114', started_at: NOW - 260_000, queued_at: NOW - 234_000,
  answered_at: NOW - 192_000, recorded: true, recording: 'on', number_written: false, our_fault: false, earlier: [], promises: [],
};

function desk(state: AgentState, more: Partial<DeskView> = {}): DeskView {
  return {
    me: { id: 'vera', name: 'Вера', role: 'specialist', gender: 'f' }, state, state_since: NOW - 6_000, state_until: null, state_by: null, sound: 'up',
    call: null, queue: { waiting: 0, longest_since: null },
    today: { day: '2026-11-24', formula_version: 1, accepted: 0, offered: 0, answered: 0, abandoned: 0, short_abandoned: 0, interrupted: 0, service_level: null, answer_within_s: 30, asa_ms: null },
    ...more,
  };
}

const DESKS = {
  offline: desk({ state: 'offline' }),
  ready: desk({ state: 'ready' }),
  reserved: desk({ state: 'reserved', call: 'k' }, { call: { ...call, answered_at: null }, state_until: NOW + 14_000 }),
  talking: desk({ state: 'talking', call: 'k' }, { call, state_since: NOW - 192_000 }),
  wrap_up: desk({ state: 'wrap_up', call: 'k' }, { call, state_since: NOW - 36_000, state_until: NOW + 84_000 }),
  rest: desk({ state: 'break', reason: 'rest' }),
  no_answer: desk({ state: 'break', reason: 'no_answer' }),
  not_ready: desk({ state: 'break', reason: 'not_ready' }),
};

function view(of: DeskView, phone: PhonePhase = 'up', more: Partial<BarInput> = {}) {
  return barView({ desk: of, link: { up: true, lostSince: null }, phone, notice: null, hears: true, address: null, settled: true, now: NOW, ...more });
}

const buttons = (of: ReturnType<typeof view>): string => of.actions.map((a) => (a.enabled ? a.name : `(${a.name})`)).join(' ');
const line = (of: ReturnType<typeof view>): string => [of.look, of.glyph, of.word.key, of.time?.text ?? '-', of.left?.toFixed(2) ?? '-', buttons(of)].join(' | ');

describe('the bar', () => {
  it.each([
    ['offline', 'rest | offline | bar-offline | - | - | '],
    ['ready', 'ready | ready | bar-ready | 00:06 | - | break'],
    ['reserved', 'ring | ring | bar-ring | 0:06 | 0.70 | answer decline'],
    ['talking', 'talk | talk | bar-talk | 03:12 | - | hang_up'],
    ['wrap_up', 'wrap | wrap | bar-wrap | 01:24 | 0.70 | extend break ready'],
    ['rest', 'rest | break | bar-break | 00:06 | - | ready'],
    ['no_answer', 'rest | break | bar-break | 00:06 | - | ready'],
    ['not_ready', 'rest | break | bar-not-ready | - | - | ready'],
  ] as const)('%s, all well', (name, expected) => expect(line(view(DESKS[name]))).toBe(expected));

  it.each([
    ['ready', 'sos | sound | bar-no-sound | - | - | check_sound'],
    ['not_ready', 'sos | sound | bar-no-sound | - | - | check_sound'],
    ['wrap_up', 'sos | sound | bar-no-sound | - | - | check_sound'],
    ['reserved', 'ring | ring | bar-ring | 0:06 | 0.70 | answer decline'],
    ['talking', 'sos | sound | bar-no-sound | 03:12 | - | check_sound hang_up'],
  ] as const)('%s without a microphone', (name, expected) => {
    for (const phone of ['refused', 'not_found', 'busy', 'muted', 'silent', 'failed', 'full', 'insecure', 'blocked'] as const) {
      expect(line(view(DESKS[name], phone))).toBe(expected);
    }
  });

  it('keeps the strong button in its place, at rest, while the sound connects', () => {
    for (const phone of ['off', 'asking', 'connecting'] as const) {
      expect(buttons(view(DESKS.not_ready, phone))).toBe('(ready)');
      expect(view(DESKS.not_ready, phone).sub.key).not.toBe('bar-not-ready-sub');
    }
    expect(buttons(view({ ...DESKS.not_ready, sound: 'lost' }))).toBe('(ready)');
    expect(buttons(view(DESKS.not_ready, 'elsewhere'))).toBe('ready');
  });

  it.each(Object.keys(DESKS) as (keyof typeof DESKS)[])('%s without link: says so, and every key rests in its place', (name) => {
    const well = view(DESKS[name]);
    const lost = view(DESKS[name], 'up', { link: { up: false, lostSince: NOW - 4_000 } });
    expect([lost.look, lost.glyph, lost.time?.text]).toEqual(['lost', 'link', '00:04']);
    expect(lost.actions.map((a) => a.name)).toEqual(well.actions.map((a) => a.name));
    expect(lost.actions.some((a) => a.enabled)).toBe(false);
    expect(lost.keepsPlaces).toBe(well.keepsPlaces);
  });

  it('without link says that somebody is on the line only while sound comes', () => {
    const lost = (more: Partial<BarInput>, lostMs = 4_000) => view(DESKS.talking, 'up', { link: { up: false, lostSince: NOW - lostMs }, ...more }).title.key;
    expect(lost({})).toBe('bar-lost-talk-title');
    expect(lost({ address: 'Ольга Сергеевна' })).toBe('bar-lost-talk-title-name');
    expect(lost({ hears: false })).toBe('bar-lost-line-title');
    expect(lost({ phone: 'failed' })).toBe('bar-lost-line-title');
    expect(lost({}, 200)).toBe('bar-lost-title');
  });

  it('calls by name once it is chosen, and asks for it before', () => {
    expect(view(DESKS.talking).title.key).toBe('bar-ask');
    expect(view(DESKS.talking, 'up', { address: 'Ольга Сергеевна' }).title.args).toEqual({ name: 'Ольга Сергеевна' });
    expect(view(DESKS.reserved, 'up', { address: 'Ольга Сергеевна' }).title.key).toBe('bar-ring-title');
  });

  it('leaves the strong button to the appeal until it is filed', () => {
    const ready = (settled: boolean) => view(DESKS.wrap_up, 'up', { settled }).actions.find((a) => a.name === 'ready')?.tone;
    expect([ready(false), ready(true)]).toEqual(['quiet', 'main']);
  });

  it('says whether the talk is recorded, and stops it only once', () => {
    expect(view(DESKS.talking).recording).toEqual({ state: 'on', enabled: true });
    expect(view({ ...DESKS.talking, call: { ...call, recording: 'stopped' } }).recording).toEqual({ state: 'stopped', enabled: false });
    expect(view(DESKS.talking, 'up', { link: { up: false, lostSince: NOW } }).recording?.enabled).toBe(false);
    expect(view(DESKS.wrap_up).recording).toBeNull();
  });

  it('never shows two strong buttons', () => {
    for (const of of Object.values(DESKS)) {
      for (const phone of ['up', 'connecting', 'refused'] as const) {
        for (const up of [true, false]) {
          const strong = view(of, phone, { link: { up, lostSince: NOW } }).actions.filter((a) => a.tone === 'main' || a.tone === 'onbar');
          expect(strong.length).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('says once that wrap-up is nearly over', () => {
    const said = (left: number): string => view({ ...DESKS.wrap_up, state_until: NOW + left }).announce.text.key;
    expect([said(21_000), said(20_000), said(1_000)]).toEqual(['announce-wrap', 'announce-wrap-soon', 'announce-wrap-soon']);
  });

  it('puts a refusal where the second line stands', () => {
    expect(view(DESKS.ready, 'up', { notice: 'offer_gone' }).sub.key).toBe('refused-offer_gone');
  });
});

describe('keys', () => {
  it('mean what the buttons say', () => {
    expect(actionOfKey(view(DESKS.reserved), 'F4', 0)).toBe('answer');
    expect(actionOfKey(view(DESKS.reserved), 'Escape', 0)).toBe('decline');
    expect(actionOfKey(view(DESKS.talking), 'F4', 5_000)).toBe('hang_up');
    expect(actionOfKey(view(DESKS.talking), 'Escape', 5_000)).toBeNull();
    expect(actionOfKey(view(DESKS.ready), 'F4', 5_000)).toBeNull();
  });

  it('do not hang up under a trembling finger, nor without link', () => {
    expect(actionOfKey(view(DESKS.talking), 'F4', 300)).toBeNull();
    expect(actionOfKey(view(DESKS.talking, 'up', { link: { up: false, lostSince: NOW } }), 'F4', 5_000)).toBeNull();
  });
});

it('a withheld number is said in words', () => {
  expect(callerSay(null).key).toBe('caller-withheld');
  expect(callerSay('+78310000114').args).toEqual({ number: '+7 831 000-01-14' });
});
