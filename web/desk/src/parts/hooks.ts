//! Small hooks that screens share: a ticking clock, polling, the title of the page.
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../transport/api';
import { useWords } from '../words/words';

/** Draws again every `everyMs`; gives the time of `clock`. */
export function useNow(clock: () => number, everyMs: number): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}

/** Calls `ask` now and then every `everyMs`, never twice at a time, not while the page is hidden. */
export function usePoll(ask: () => Promise<void>, everyMs: number): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      clearTimeout(timer);
      if (!document.hidden) await latest.current();
      if (!over) timer = setTimeout(() => void turn(), everyMs);
    };
    const seen = (): void => {
      if (!document.hidden) void turn();
    };
    void turn();
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [everyMs]);
}

/** Names the page in the window's title. */
export function usePageTitle(page: string): void {
  const { t } = useWords();
  useEffect(() => {
    document.title = t('page-title', { page });
  }, [page, t]);
}

/** Words for an error of the centre, by its code. */
export function useErrorText(): (error: unknown) => string {
  const { t, has } = useWords();
  return (error) => {
    if (!(error instanceof ApiError)) return t('error-unknown');
    const key = `error-${error.code}`;
    return has(key) ? t(key, { seconds: error.retryAfterS ?? 0 }) : t('error-unknown');
  };
}

/** True once something has been awaited for longer than `afterMs`: quick answers show no bones. */
export function useSlow(waiting: boolean, afterMs = 300): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return undefined;
    const timer = setTimeout(() => setSlow(true), afterMs);
    return () => clearTimeout(timer);
  }, [waiting, afterMs]);
  return slow;
}
