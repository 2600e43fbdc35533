//! The screen of a live call. It is drawn once: what changes is written into it, so that buttons and focus stay where
//! they are.
import type { State } from './caller';
import { el, icon, orb } from './dom';
import { heading, type Drawn, type Scene } from './screens';
import { KEYS } from './voice';
import { span, t } from './words';

type Call = Extract<State, { name: 'call' }>;

interface Said {
  h: string;
  lead: string;
  look: 'ring' | 'disc';
  /** A time that runs, and the words that tell it to who hears the page. */
  timer: string | null;
  hint: string;
}

function said(state: Call): Said {
  const { progress } = state;
  const now = Date.now() + state.offset;
  switch (progress.state) {
    case 'greeting':
      return { h: t('call-greeting-h'), lead: t('call-greeting'), look: 'ring', timer: null, hint: '' };
    case 'message':
      return { h: t('call-message-h'), lead: t('call-message'), look: 'ring', timer: null, hint: '' };
    case 'waiting':
      return { h: t('call-ahead', { ahead: progress.place - 1 }), lead: t('call-waiting'), look: 'ring', timer: null, hint: t('call-waited', { time: span(now - progress.since) }) };
    case 'talking':
      return {
        h: progress.specialist == null ? t('call-talking-h-unnamed') : t('call-talking-h', { name: progress.specialist }),
        lead: t(progress.recorded ? 'call-talk-recorded' : 'call-talk-not-recorded'),
        look: 'disc', timer: span(now - progress.since), hint: t('call-lost-hint'),
      };
    default:
      return { h: t('call-connecting-h'), lead: t('call-connecting'), look: 'ring', timer: null, hint: '' };
  }
}

/** Writes a text only where it is another one: a live region speaks each time that it is written. */
function write(into: HTMLElement, text: string): void {
  if (into.textContent !== text) into.textContent = text;
}

function keypad(press: (key: string) => void): HTMLElement {
  const keys = KEYS.map((key) => el('button', { type: 'button', class: 'btn', 'data-key': key, 'aria-label': t('call-key', { key }), onclick: () => press(key) }, key));
  return el('div', { class: 'keypad', role: 'group', id: 'keypad', 'aria-label': t('call-keys-label'), hidden: true }, ...keys);
}

/** Draws the call. */
export function callScreen({ caller }: Scene): Drawn {
  const sample = caller.speaker === 'sample';
  const sign = el('div', { class: 'sign' });
  const h = heading('');
  h.setAttribute('aria-live', 'polite');
  const lead = el('p', { class: 'lead' });
  const timer = el('p', { class: 'timer', role: 'timer' });
  const hint = el('p', { class: 'hint', 'data-part': 'hint' });
  const lost = el('p', { class: 'note', role: 'status' });
  const pad = keypad((key) => caller.press(key));
  const button = (act: () => void, state: 'aria-pressed' | 'aria-expanded'): HTMLButtonElement => el('button', { type: 'button', class: 'btn', [state]: 'false', onclick: act });
  const mute = button(() => caller.turnMicrophone(), 'aria-pressed');
  const speaker = button(() => caller.turnLoudspeaker(), 'aria-pressed');
  const keys = button(() => {
    pad.hidden = !pad.hidden;
    keys.setAttribute('aria-expanded', String(!pad.hidden));
  }, 'aria-expanded');
  keys.setAttribute('aria-controls', 'keypad');
  keys.append(icon('keys'), t('call-keypad'));
  const hear = el('button', { type: 'button', class: 'btn btn--main hear', onclick: () => caller.hear() }, icon('speaker'), t('call-hear'));
  const hangUp = el('button', { type: 'button', class: 'btn btn--end hangup', onclick: () => caller.hangUp() }, icon('hang_up'), t('call-hang-up'));

  const turned = (it: HTMLButtonElement, off: boolean, name: 'mic' | 'voice' | 'speaker', word: string, offWord: string): void => {
    const look = `${name} ${off} ${word}`;
    if (it.dataset['look'] === look) return;
    it.dataset['look'] = look;
    it.setAttribute('aria-pressed', String(off));
    it.replaceChildren(icon(name, off), el('span', {}, off ? `${word}: ${offWord}` : word));
  };
  let drawnLook = '';
  const update = (): void => {
    const { state } = caller;
    if (state.name !== 'call') return;
    const now = said(state);
    write(h, now.h);
    write(lead, now.lead);
    write(timer, now.timer ?? '');
    timer.hidden = now.timer === null;
    write(hint, now.hint);
    if (now.look !== drawnLook) sign.replaceChildren(orb(now.look));
    drawnLook = now.look;
    const soundLost = state.sound === 'connecting' && state.progress.state !== 'connecting';
    write(lost, soundLost ? t('call-sound-lost') : state.sound === 'blocked' ? t('call-hear-h') : sample ? t('call-sample-hint') : '');
    lost.hidden = lost.textContent === '';
    hear.hidden = state.sound !== 'blocked';
    turned(mute, caller.muted, sample ? 'voice' : 'mic', t(sample ? 'call-mute-sample' : 'call-mute'), t('call-muted'));
    turned(speaker, caller.quiet, 'speaker', t('call-speaker'), t('call-speaker-off'));
  };
  update();
  return { parts: [sign, h, timer, lead, lost, hear, el('div', { class: 'keys' }, mute, keys, speaker), pad, hangUp, hint], update };
}
