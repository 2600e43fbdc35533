//! The screens of the caller's page before and after a call. Each gives what to draw; the words come from the catalogue.
import { readableNumber } from '../state/number';
import type { Caller, State } from './caller';
import { el, icon, linked } from './dom';
import type { CallerPage, PageLine } from './link';
import { isFirefoxOnLoopback, isNumber } from './place';
import { has, span, t, when, type CallKey } from './words';

/** What a screen is drawn from. */
export interface Scene {
  caller: Caller;
  page: CallerPage;
  line: PageLine;
}

/** A drawn screen, and how to bring it up to date without drawing it again. */
export interface Drawn {
  parts: Node[];
  update?: () => void;
}

const inFirefox = (): boolean => isFirefoxOnLoopback(navigator.userAgent, location.hostname);

/** The heading of a screen; screens are announced by it. */
export const heading = (text: string): HTMLElement => el('h1', { tabindex: '-1' }, text);

/** A number to tap. */
export const telephone = (number: string) => (text: string): HTMLElement =>
  el('a', { class: 'nowrap', href: `tel:${number}` }, text);

const press = (act: () => void) => (text: string): HTMLElement => el('button', { type: 'button', class: 'aslink', onclick: act }, text);

const big = (text: string, name: Parameters<typeof icon>[0], act?: () => void): HTMLElement =>
  el('button', act === undefined ? { type: 'submit', class: 'callbtn' } : { type: 'button', class: 'callbtn', onclick: act }, icon(name), text);

const steps = (keys: CallKey[]): HTMLElement => el('div', { class: 'box steps' }, el('ol', { class: 'plain' }, ...keys.map((key) => el('li', {}, t(key)))));

const orPhone = (line: PageLine): HTMLElement =>
  el('p', {}, linked(t('call-or-phone', { number: readableNumber(line.number) }), telephone(line.number)));

function opening(page: CallerPage, line: PageLine): string {
  const now = Date.now();
  const at = line.changes_at ?? null;
  if (line.open_now) return at === null ? t('call-open', { waiting: page.waiting }) : t('call-open-until', { time: when(at, now), waiting: page.waiting });
  return at === null ? t('call-closed') : t('call-closed-until', { time: when(at, now) });
}

function refusal(refused: { code: string; seconds: number }, line: PageLine): string {
  const key = `call-refused-${refused.code}`;
  return t(has(key) ? key : 'call-refused-unknown', { number: readableNumber(line.number), seconds: refused.seconds });
}

function firefox(): HTMLElement {
  return el('div', { class: 'note', role: 'note' }, icon('warn'), el('div', {},
    el('p', { class: 'strong' }, t('call-firefox-h')), el('p', {}, t('call-firefox')),
    el('ul', { class: 'plain' }, el('li', {}, t('call-firefox-1')), el('li', {}, t('call-firefox-2')))));
}

/** The number that was written stays while the page lives. */
let written = '';

/** The start: one large button. */
export function startScreen({ caller, page, line }: Scene, state: Extract<State, { name: 'start' }>): Drawn {
  const problem = el('p', { class: 'err', id: 'phone-problem', hidden: true }, t('call-phone-bad'));
  const field = el('input', { id: 'phone', type: 'tel', name: 'phone', autocomplete: 'tel', inputmode: 'tel', maxlength: '30', value: written, 'aria-describedby': 'phone-hint' });
  const isBad = (bad: boolean): void => {
    problem.hidden = !bad;
    field.setAttribute('aria-describedby', bad ? 'phone-problem' : 'phone-hint');
    if (bad) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };
  field.addEventListener('input', () => {
    written = field.value;
    isBad(false);
  });
  const begin = (event: Event): void => {
    event.preventDefault();
    const phone = field.value.trim();
    if (phone !== '' && !isNumber(phone)) {
      isBad(true);
      return field.focus();
    }
    void caller.call(phone, new URLSearchParams(location.search).get('line'));
  };
  const refused = state.refused;
  const badNumber = refused?.code === 'bad_phone';
  if (badNumber) isBad(true);
  const sample = caller.speaker === 'sample';
  const form = el('form', { class: 'stack', novalidate: true, onsubmit: begin },
    el('div', { class: 'phone' }, el('label', { for: 'phone' }, t('call-phone')), field, el('p', { class: 'hint small', id: 'phone-hint' }, t('call-phone-hint')), problem),
    big(t('call-do'), 'phone'));
  const facts = el('ul', { class: 'facts' },
    el('li', {}, icon('clock'), el('span', {}, opening(page, line))),
    line.recorded ? el('li', {}, icon('record'), el('span', {}, t('call-recorded'))) : null,
    el('li', {}, icon('phone'), el('span', {}, linked(t('call-by-phone', { number: readableNumber(line.number) }), telephone(line.number)))));
  const parts: (Node | null)[] = [
    heading(t('call-h')),
    el('p', { class: 'lead' }, t(sample ? 'call-lead-sample' : 'call-lead')),
    refused !== null && !badNumber ? el('p', { class: 'note note--bad', role: 'alert' }, icon('warn'), el('span', {}, refusal(refused, line))) : null,
    inFirefox() ? firefox() : null,
    form,
    page.demo ? el('p', { class: 'sample' }, linked(t(sample ? 'call-sample-off' : 'call-sample-try'), press(() => caller.choose(sample ? 'microphone' : 'sample')))) : null,
    facts,
    el('p', { class: 'sosline' }, linked(t('call-danger'), (text) => el('a', { href: 'tel:112' }, text))),
    page.demo ? el('p', { class: 'hint small' }, t('call-demo')) : null,
  ];
  return { parts: parts.filter((part) => part !== null) };
}

/** While the browser asks for the microphone. */
export const askingScreen = (): Drawn => ({ parts: [heading(t('call-asking-h')), el('p', { class: 'lead' }, t('call-asking'))] });

/** Without a microphone: how to allow it, and what helps. */
export function noMicrophoneScreen({ caller, page, line }: Scene, { why }: Extract<State, { name: 'no_microphone' }>): Drawn {
  const parts = [
    heading(t(`call-mic-${why}-h`)),
    el('p', { class: 'lead' }, t('call-mic-lead')),
    steps([`call-mic-${why}-1`, `call-mic-${why}-2`, `call-mic-${why}-3`]),
    big(t('call-again'), 'mic', () => void caller.call(written.trim(), null)),
    orPhone(line),
  ];
  if (page.demo) parts.push(el('p', {}, linked(t('call-or-sample'), press(() => {
    caller.choose('sample');
    void caller.call(written.trim(), null);
  }))));
  return { parts };
}

/** The sound did not come about: why, and what helps. */
export function noSoundScreen({ caller, line }: Scene): Drawn {
  const about = inFirefox() ? 'call-firefox' : 'call-no-sound';
  return {
    parts: [
      heading(t(`${about}-h`)),
      el('p', { class: 'lead' }, t(about)),
      steps([`${about}-1`, `${about}-2`, `${about}-3`]),
      big(t('call-again'), 'phone', () => caller.again()),
      orPhone(line),
    ],
  };
}

/** Calls from browsers are off. */
export const offScreen = (line: PageLine): Drawn => ({
  parts: [
    heading(t('call-off-h')),
    el('p', { class: 'lead' }, linked(t('call-off', { number: readableNumber(line.number) }), telephone(line.number))),
    el('p', { class: 'sosline' }, linked(t('call-danger'), (text) => el('a', { href: 'tel:112' }, text))),
  ],
});

/** The centre does not answer. */
export const unreachedScreen = (again: () => void): Drawn => ({
  parts: [heading(t('call-unreached-h')), el('p', { class: 'lead' }, t('call-unreached')), big(t('call-again'), 'phone', again)],
});

/** The end, in the words of the outcome. */
export function endedScreen({ caller, line }: Scene, state: Extract<State, { name: 'ended' }>): Drawn {
  const outcome = state.outcome ?? 'unknown';
  const [h, text] = [`call-ended-${outcome}-h`, `call-ended-${outcome}`];
  const said = has(text) ? text : 'call-ended-unknown';
  const promise = state.promised && outcome !== 'callback_requested' ? [el('p', { class: 'strong' }, t('call-ended-promised'))] : [];
  return {
    parts: [
      heading(t(has(h) ? h : 'call-ended-h')),
      el('p', { class: 'lead' }, t(said, { time: span(state.talkedMs) })),
      ...promise,
      el('p', {}, el('button', { type: 'button', class: 'btn btn--main', onclick: () => caller.again() }, t('call-ended-again'))),
      orPhone(line),
    ],
  };
}
