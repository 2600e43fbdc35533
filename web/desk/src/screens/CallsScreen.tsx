//! The list of calls: filter by outcome, older pages by a key, the recording of the chosen one.
import { useEffect, useRef, useState } from 'react';
import { useErrorText, useNow, usePageTitle, usePoll, useSlow } from '../parts/hooks';
import { Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { withFreshPage, withOlderPage, type CallList } from '../state/callList';
import { clockTime } from '../state/clock';
import { readFilter, type CallFilter } from '../state/callFilter';
import { calls, isSignedOut } from '../transport/api';
import { callCount } from '../transport/centre';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import { CallTable } from './calls/CallTable';
import { Filters } from './calls/Filters';
import { Recording } from './calls/Recording';
import { ShiftStrip } from './DeskScreen';
import { go, useSearch } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';
import '../look/filters.css';

const PAGE = 50;
const REFRESH_MS = 5_000;

/** What the list is and how fresh it is. */
interface Loaded {
  key: string;
  list: CallList;
  /** How many calls there are, up to a limit. */
  count: { count: number; at_most: number } | null;
}

/** The list under a filter: refreshed by itself, older pages on demand. */
function useCallList(filter: CallFilter, changed: string) {
  const key = JSON.stringify(filter);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<{ error: unknown; lastGood: number | null } | null>(null);
  const lastGood = useRef<number | null>(null);
  const asked = useRef(key);
  asked.current = key;

  const attempt = async (ask: () => Promise<(before: Loaded | null) => Loaded>): Promise<void> => {
    try {
      const join = await ask();
      // An answer to a question that is no longer asked is dropped.
      if (asked.current !== key) return;
      setLoaded((before) => join(before?.key === key ? before : null));
      lastGood.current = Date.now();
      setFailure(null);
    } catch (error) {
      if (isSignedOut(error)) go('sign-in', 'replace');
      else if (asked.current === key) setFailure({ error, lastGood: lastGood.current });
    }
  };
  const refresh = (): Promise<void> => attempt(async () => {
    const [page, count] = await Promise.all([calls({ limit: PAGE, wanted: filter }), callCount(filter)]);
    return (before) => ({ key, list: withFreshPage(before?.list ?? null, page), count });
  });
  const now = loaded?.key === key ? loaded : null;
  const older = (): Promise<void> => attempt(async () => {
    const page = await calls({ limit: PAGE, wanted: filter, before: now?.list.next ?? null });
    return (before) => ({ key, list: before === null ? { rows: page.calls, next: page.next } : withOlderPage(before.list, page), count: before?.count ?? null });
  });
  usePoll(refresh, REFRESH_MS);
  useEffect(() => {
    setFailure(null);
    void refresh();
  }, [key, changed]);
  return { list: now?.list ?? null, count: now?.count ?? null, failure, older, refresh };
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useWords();
  const of = filtered ? '-filter' : '';
  return <div className="panel empty"><p className="m-h">{t(`calls-none${of}`)}</p><p className="dim">{t(`calls-none${of}-sub`)}</p></div>;
}

function Bones() {
  const { t } = useWords();
  return (
    <div className="panel" role="status" aria-label={t('loading')} style={{ display: 'grid', gap: 26, padding: 'var(--s-4)' }}>
      {[82, 74, 90, 68, 79].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}
    </div>
  );
}

/** The list of calls. */
export function CallsScreen({ me }: { me: Person }) {
  const { t } = useWords();
  usePageTitle(t('calls-title'));
  const errorText = useErrorText();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const filter = readFilter(useSearch());
  const [chosen, setChosen] = useState<string | null>(null);
  const { list, count, failure, older, refresh } = useCallList(filter, `${desk?.state.state} ${desk?.today.accepted}`);
  const clock = shift?.clock ?? Date.now;
  const now = useNow(clock, 1_000);
  const slow = useSlow(list === null && failure === null);
  const row = list?.rows.find((one) => one.id === chosen);
  const opener = useRef<HTMLElement | null>(null);
  const listen = (id: string): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setChosen(id);
  };
  const countText = (found: { count: number; at_most: number }): string => t(found.count >= found.at_most ? 'calls-count-more' : 'calls-count', { count: found.count });
  const only = (specialist: string): void => go('calls', 'push', {}, { ...filter, specialist });
  const close = (): void => {
    setChosen(null);
    opener.current?.focus();
  };

  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="calls">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page">
        <div className="page-h">
          <h1>{t('calls-title')}</h1>
          {failure !== null && list !== null && <span className="stale" role="status">{t('calls-stale', { time: clockTime(failure.lastGood ?? now) })}</span>}
        </div>
        <Filters filter={filter} count={count && countText(count)} set={(wanted) => go('calls', 'replace', {}, wanted)} />
        {failure !== null && list === null && (
          <div className="panel empty" role="alert"><p className="m-h">{errorText(failure.error)}</p><Press tone="main" onClick={() => void refresh()}>{t('try-again')}</Press></div>
        )}
        {slow && <Bones />}
        {list !== null && list.rows.length === 0 && <Nothing filtered={Object.keys(filter).length > 0} />}
        {list !== null && list.rows.length > 0 && (
          <div className="panel calls" tabIndex={0} role="region" aria-label={t('calls-table')}>
            <CallTable rows={list.rows} chosen={chosen} now={now} listen={listen} only={only} />
            {list.next !== null && <div className="more"><Press onClick={() => void older()}><Icon name="clock" />{t('calls-earlier')}</Press></div>}
          </div>
        )}
        {row?.recording && <Recording row={{ ...row, recording: row.recording }} hushed={desk?.state.state === 'reserved' || desk?.state.state === 'talking'} close={close} />}
      </main>
    </div>
  );
}
