//! What an open desk does beside drawing: ringing, title, system notice, keys, and the small signs of the link.
import { useEffect, useRef } from 'react';
import { actionOfKey, WRAP_SOON_MS, type BarView } from '../state/bar';
import { useWords } from '../words/words';
import type { Shift } from './shift';

const FLASH_EVERY_MS = 1_000;

/** Rings on the loudspeaker, flashes the title and, where the page is hidden, asks the system to say it. */
export function useRinging(shift: Shift, ringing: boolean, line: string): void {
  const { t } = useWords();
  const { tones } = shift;
  useEffect(() => {
    if (!ringing) return undefined;
    const title = document.title;
    const texts = [`● ${t('title-ring')}`, title] as const;
    let turn = 0;
    const flash = (): void => {
      document.title = texts[turn++ % 2 === 0 ? 0 : 1];
    };
    flash();
    const timer = setInterval(flash, FLASH_EVERY_MS);
    tones.startRinging();
    const notice = systemNotice(t('notice-ring-title', { line }), t('notice-ring-body'));
    return () => {
      clearInterval(timer);
      document.title = title;
      tones.stopRinging();
      notice?.close();
    };
  }, [ringing, line, t, tones]);
}

function systemNotice(title: string, body: string): Notification | null {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return null;
  const notice = new Notification(title, { body, tag: 'otklik-ring', silent: true });
  notice.onclick = () => window.focus();
  return notice;
}

/** One low tone when the link is lost, one high when it is back; a soft tick before the end of wrap-up. */
export function useSigns(shift: Shift, view: BarView, wrapLeftMs: number | null): void {
  const { tones } = shift;
  const lost = view.look === 'lost';
  const wasLost = useRef(false);
  useEffect(() => {
    if (lost !== wasLost.current) tones.sign(lost ? 'lost' : 'back');
    wasLost.current = lost;
  }, [lost, tones]);
  const bad = view.look === 'sos';
  useEffect(() => {
    if (bad) tones.sign('lost');
  }, [bad, tones]);
  const nearEnd = wrapLeftMs !== null && wrapLeftMs <= WRAP_SOON_MS;
  useEffect(() => {
    if (nearEnd) tones.sign('tick');
  }, [nearEnd, tones]);
}

/** F4 and Esc, by the place of the key and not by the layout. */
export function useKeys(shift: Shift, view: BarView, stateSince: number): void {
  const latest = useRef({ view, stateSince });
  latest.current = { view, stateSince };
  const { run, clock } = shift;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (event.code === 'F4') event.preventDefault();
      // An open menu takes its Esc for itself.
      const inMenu = event.target instanceof Element && event.target.closest('[role="dialog"], dialog, .float, .new-person') !== null;
      if (event.repeat || (inMenu && event.code === 'Escape')) return;
      const name = actionOfKey(latest.current.view, event.code, clock() - latest.current.stateSince);
      if (name !== null) run(name);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [run, clock]);
}
