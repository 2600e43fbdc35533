//! The open desk of this window: link, telephone and sounds, alive across screens from the first visit of `/desk` until sign-out.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { microphoneWishes } from '../audio/microphone';
import { Telephone, type PhoneState } from '../audio/telephone';
import { Tones } from '../audio/tones';
import { connectMedia } from '../transport/api';
import type { ChosenBreak, DeskCommand, DeskView } from '../transport/contract';
import { DeskLink, type CommandResult, type LinkState } from '../transport/deskLink';
import type { ActionName, BarInput } from '../state/bar';
import { soundOf } from '../state/sound';

/** The parts of an open desk. */
interface Parts {
  link: DeskLink;
  phone: Telephone;
  tones: Tones;
}

/** What screens know of the shift, and what they may do. */
export interface Shift {
  link: LinkState;
  phone: PhoneState;
  tones: Tones;
  clock: () => number;
  notice: BarInput['notice'];
  run: (name: ActionName, reason?: ChosenBreak) => void;
  /** At the caller's wish; the talk goes on. */
  stopRecording: () => void;
}

const ShiftContext = createContext<Shift | null>(null);

/** A refusal stands on the bar for this long, ms. */
const NOTICE_MS = 6_000;

/** A connection that only this side believes in is given up after this long, ms. */
const UNKNOWN_MS = 4_000;

/** How a page was opened decides how it listens, for the whole life of the page. */
const wishes = microphoneWishes(location.search);

function loudspeaker(): HTMLAudioElement {
  const made = document.createElement('audio');
  made.autoplay = true;
  made.dataset['part'] = 'telephone';
  document.body.append(made);
  return made;
}

/** The command that a button stands for. */
function commandOf(name: ActionName, desk: DeskView, reason: ChosenBreak): DeskCommand | null {
  const call = desk.state.call ?? desk.call?.id;
  switch (name) {
    case 'ready': return { command: 'ready' };
    case 'break': return { command: 'break', reason };
    case 'extend': return { command: 'extend_wrap_up' };
    case 'answer': return call ? { command: 'accept', call } : null;
    case 'decline': return call ? { command: 'decline', call } : null;
    case 'hang_up': return call ? { command: 'hang_up', call } : null;
    case 'check_sound': return null;
  }
}

/** Opens the desk of this window and keeps it for everything inside. */
export function ShiftProvider({ children }: { children: ReactNode }) {
  const [parts, setParts] = useState<Parts | null>(null);
  useEffect(() => {
    const audio = loudspeaker();
    const link = new DeskLink();
    const phone = new Telephone({ wishes, connect: connectMedia, loudspeaker: audio });
    const tones = new Tones();
    const wake = (): void => tones.wake();
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    link.open();
    setParts({ link, phone, tones });
    return () => {
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
      tones.stopRinging();
      phone.stop();
      link.close();
      audio.remove();
    };
  }, []);
  return parts === null ? null : <OpenShift parts={parts}>{children}</OpenShift>;
}

function OpenShift({ parts, children }: { parts: Parts; children: ReactNode }) {
  const link = useSyncExternalStore(parts.link.subscribe, parts.link.state);
  const phone = useSyncExternalStore(parts.phone.subscribe, parts.phone.state);
  const [notice, setNotice] = useState<BarInput['notice']>(null);
  const busy = useRef(false);

  // The centre takes an offer only from an open desk: the telephone begins with the first snapshot.
  const known = link.feed.desk !== null;
  useEffect(() => {
    if (known) parts.phone.start();
  }, [known, parts]);

  // A centre that is back takes the sound at once: nobody waits for the next attempt.
  const linked = link.phase === 'open';
  useEffect(() => {
    if (linked && parts.phone.state().phase === 'failed') parts.phone.retry();
  }, [linked, parts]);

  const unknown = link.phase === 'open' && phone.phase === 'up' && link.feed.desk?.sound !== 'up';
  useEffect(() => {
    if (!unknown) return undefined;
    const timer = setTimeout(() => parts.phone.reconnect(), UNKNOWN_MS);
    return () => clearTimeout(timer);
  }, [unknown, parts]);

  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);

  const send = useCallback((command: DeskCommand | null): void => {
    if (command === null || busy.current) return;
    busy.current = true;
    setNotice(null);
    void parts.link.send(command).then((result: CommandResult) => {
      busy.current = false;
      setNotice(result);
    });
  }, [parts]);
  const run = useCallback((name: ActionName, reason: ChosenBreak = 'rest'): void => {
    const { desk } = parts.link.state().feed;
    if (desk === null) return;
    if (name === 'check_sound') return parts.phone.retry();
    if (name === 'ready') askForNotices();
    send(commandOf(name, desk, reason));
  }, [parts, send]);
  const stopRecording = useCallback((): void => {
    const call = parts.link.state().feed.desk?.state.call;
    if (call) send({ command: 'stop_recording', call });
  }, [parts, send]);
  useDeafDesk(parts.link, link, phone);

  const shift = useMemo<Shift>(
    () => ({ link, phone, tones: parts.tones, clock: parts.link.now, notice, run, stopRecording }),
    [link, phone, parts, notice, run, stopRecording],
  );
  return <ShiftContext value={shift}>{children}</ShiftContext>;
}

/**
 * A microphone that is muted or silent is seen by this page alone: the centre still gets packets. So that no call is offered to
 * somebody who cannot be heard, the desk takes a break for its equipment, and comes back by itself when the sound does.
 */
function useDeafDesk(desk: DeskLink, link: LinkState, phone: PhoneState): void {
  const ours = useRef(false);
  const view = link.feed.desk;
  const state = view?.state.state;
  const reason = view?.state.reason;
  const verdict = view === null ? 'coming' : soundOf(phone.phase, view.sound).verdict;
  const deaf = phone.phase === 'muted' || phone.phase === 'silent';
  const linked = link.phase === 'open';
  useEffect(() => {
    if (!linked) return;
    if (state === 'ready' && deaf) {
      ours.current = true;
      void desk.send({ command: 'break', reason: 'technical' });
    } else if (state === 'break' && reason === 'technical' && ours.current && verdict === 'good') {
      ours.current = false;
      void desk.send({ command: 'ready' });
    } else if (state !== 'ready' && !(state === 'break' && reason === 'technical')) ours.current = false;
  }, [desk, linked, state, reason, deaf, verdict]);
}

/** Asked at «Готов», when it is plain what for; a refusal costs nothing but the notice. */
function askForNotices(): void {
  if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
}

/** The open desk, where this window has one. */
export function useShift(): Shift | null {
  return useContext(ShiftContext);
}
