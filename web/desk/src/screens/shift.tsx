//! The open desk of this window: link, telephone and sounds, alive across screens from the first visit of `/desk` until sign-out.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { microphoneWishes } from '../audio/microphone';
import { Telephone, type PhoneState } from '../audio/telephone';
import { Tones } from '../audio/tones';
import { connectMedia } from '../transport/api';
import type { DeskCommand, DeskView } from '../transport/contract';
import { DeskLink, type CommandResult, type LinkState } from '../transport/deskLink';
import type { ActionName, BarInput } from '../state/bar';

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
  run: (name: ActionName) => void;
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
function commandOf(name: ActionName, desk: DeskView): DeskCommand | null {
  const call = desk.state.call ?? desk.call?.id;
  switch (name) {
    case 'ready': return { command: 'ready' };
    case 'break': return { command: 'break', reason: 'rest' };
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

  const run = useCallback((name: ActionName): void => {
    const { desk } = parts.link.state().feed;
    if (desk === null || busy.current) return;
    if (name === 'check_sound') return parts.phone.retry();
    if (name === 'ready') askForNotices();
    const command = commandOf(name, desk);
    if (command === null) return;
    busy.current = true;
    setNotice(null);
    void parts.link.send(command).then((result: CommandResult) => {
      busy.current = false;
      setNotice(result);
    });
  }, [parts]);

  const shift = useMemo<Shift>(
    () => ({ link, phone, tones: parts.tones, clock: parts.link.now, notice, run }),
    [link, phone, parts, notice, run],
  );
  return <ShiftContext value={shift}>{children}</ShiftContext>;
}

/** Asked at «Готов», when it is plain what for; a refusal costs nothing but the notice. */
function askForNotices(): void {
  if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
}

/** The open desk, where this window has one. */
export function useShift(): Shift | null {
  return useContext(ShiftContext);
}
