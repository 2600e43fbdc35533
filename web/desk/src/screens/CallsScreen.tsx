//! The list of calls: filter by outcome, older pages by a key, the recording of the chosen one.
import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useErrorText, useNow, usePageTitle, usePoll, useSlow } from '../parts/hooks';
import { Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { withFreshPage, withOlderPage, type CallList } from '../state/callList';
import { clockTime } from '../state/clock';
import { calls, isSignedOut } from '../transport/api';
import type { Outcome, Person } from '../transport/contract';
import { useWords } from '../words/words';
import { CallTable } from './calls/CallTable';
import { Recording } from './calls/Recording';
import { ShiftStrip } from './DeskScreen';
import { go } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';

const PAGE = 50;
const REFRESH_MS = 5_000;
const FILTERS = ['all', 'answered', 'abandoned', 'interrupted'] as const satisfies ('all' | Outcome)[];
type Filter = (typeof FILTERS)[number];

/** What the list is and how fresh it is. */
interface Loaded {
  filter: Filter;
  list: CallList;
}

/** The list under a filter: refreshed by itself, older pages on demand. */
function useCallList(filter: Filter, changed: string) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<{ error: unknown; lastGood: number | null } | null>(null);
  const lastGood = useRef<number | null>(null);
  const asked = useRef(filter);
  asked.current = filter;
  const outcome = filter === 'all' ? null : filter;

  const attempt = async (ask: () => Promise<(list: CallList | null) => CallList>): Promise<void> => {
    try {
      const join = await ask();
      // An answer to a question that is no longer asked is dropped.
      if (asked.current !== filter) return;
      setLoaded((before) => ({ filter, list: join(before?.filter === filter ? before.list : null) }));
      lastGood.current = Date.now();
      setFailure(null);
    } catch (error) {
      if (isSignedOut(error)) go('sign-in', 'replace');
      else if (asked.current === filter) setFailure({ error, lastGood: lastGood.current });
    }
  };
  const refresh = (): Promise<void> => attempt(async () => {
    const page = await calls({ limit: PAGE, outcome });
    return (list) => withFreshPage(list, page);
  });
  const list = loaded?.filter === filter ? loaded.list : null;
  const older = (): Promise<void> => attempt(async () => {
    const page = await calls({ limit: PAGE, outcome, before: list?.next ?? null });
    return (now) => (now === null ? { rows: page.calls, next: page.next } : withOlderPage(now, page));
  });
  usePoll(refresh, REFRESH_MS);
  useEffect(() => void refresh(), [filter, changed]);
  return { list, failure, older, refresh };
}

function Nothing({ filter }: { filter: Filter }) {
  const { t } = useWords();
  const of = filter === 'all' ? '' : '-filter';
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
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const { list, failure, older, refresh } = useCallList(filter, `${desk?.state.state} ${desk?.today.accepted}`);
  const clock = shift?.clock ?? Date.now;
  const now = useNow(clock, 1_000);
  const slow = useSlow(list === null && failure === null);
  const row = list?.rows.find((one) => one.id === chosen);
  const opener = useRef<HTMLElement | null>(null);
  const listen = (id: string): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setChosen(id);
  };
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
          <SegmentedControl className="seg" aria-label={t('calls-filter')} value={filter} onChange={(value) => setFilter(value as Filter)} transitionDuration={0}
            data={FILTERS.map((value) => ({ value, label: t(`filter-${value}`) }))} />
          {failure !== null && list !== null && <span className="stale" role="status">{t('calls-stale', { time: clockTime(failure.lastGood ?? now) })}</span>}
        </div>
        {failure !== null && list === null && (
          <div className="panel empty" role="alert"><p className="m-h">{errorText(failure.error)}</p><Press tone="main" onClick={() => void refresh()}>{t('try-again')}</Press></div>
        )}
        {slow && <Bones />}
        {list !== null && list.rows.length === 0 && <Nothing filter={filter} />}
        {list !== null && list.rows.length > 0 && (
          <div className="panel calls" tabIndex={0} role="region" aria-label={t('calls-table')}>
            <CallTable rows={list.rows} chosen={chosen} now={now} listen={listen} />
            {list.next !== null && <div className="more"><Press onClick={() => void older()}><Icon name="clock" />{t('calls-earlier')}</Press></div>}
          </div>
        )}
        {row?.recording && <Recording row={{ ...row, recording: row.recording }} hushed={desk?.state.state === 'reserved' || desk?.state.state === 'talking'} close={close} />}
      </main>
    </div>
  );
}
