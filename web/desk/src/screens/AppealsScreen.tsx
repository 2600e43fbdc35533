//! The list of appeals: search by number, telephone, name and words; filters; older pages by a key; the same as a table.
import { useEffect, useMemo, useRef, useState } from 'react';
import '../look/appeals.css';
import { Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { useErrorText, useNow, usePageTitle, useSlow } from '../parts/hooks';
import { asQuery, noFilter, periodOf, PERIODS, type Filter } from '../state/appealFilter';
import { isSignedOut } from '../transport/api';
import { appeals, appealsTable, type AppealRow, type AppealStatus } from '../transport/appeals';
import { useWords } from '../words/words';
import type { ScreenProps } from './App';
import { AppealTable } from './appeals/AppealTable';
import { useTopicTree } from './appealAtDesk';
import { ShiftStrip } from './DeskScreen';
import { go } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';

const PAGE = 50;
/** Typing searches by itself after this rest, ms. */
const SEARCH_AFTER_MS = 250;
const STATUSES: readonly AppealStatus[] = ['registered', 'draft', 'dismissed'];

interface Loaded {
  of: string;
  rows: AppealRow[];
  next: string | null;
}

/** The list under a filter. An answer to what is no longer asked is dropped. */
function useAppeals(filter: Filter, now: () => number) {
  const query = useMemo(() => asQuery(filter, now()), [filter, now]);
  const of = JSON.stringify(query);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(of);
  asked.current = of;
  const ask = async (before: string | null): Promise<void> => {
    try {
      const page = await appeals(query, PAGE, before);
      if (asked.current !== of) return;
      setError(null);
      setLoaded((was) => (before !== null && was?.of === of ? { of, rows: [...was.rows, ...page.appeals], next: page.next } : { of, rows: page.appeals, next: page.next }));
    } catch (failure) {
      if (isSignedOut(failure)) go('sign-in', 'replace');
      else if (asked.current === of) setError(failure);
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void ask(null), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [of, attempt]);
  return { list: loaded, fresh: loaded?.of === of, error, older: () => void ask(loaded?.next ?? null), again: () => setAttempt(attempt + 1), table: appealsTable(query) };
}

/** A filter as a quiet button with the browser's own list: the same by mouse, keyboard and finger. */
function Choice({ label, value, options, choose }: { label: string; value: string; options: readonly (readonly [string, string])[]; choose: (value: string) => void }) {
  const shown = options.find(([id]) => id === value)?.[1] ?? label;
  return (
    <span className={`choice${value === '' ? '' : ' is-on'}`}>
      <span aria-hidden="true" className="clip">{shown}</span><Icon name="chevron" />
      <select aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
      </select>
    </span>
  );
}

/** The list of appeals. */
export function AppealsScreen({ me }: ScreenProps) {
  const { t } = useWords();
  usePageTitle(t('nav-appeals'));
  const errorText = useErrorText();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const clock = shift?.clock ?? Date.now;
  const now = useNow(clock, 30_000);
  const tree = useTopicTree();
  const [filter, setFilter] = useState<Filter>(noFilter);
  const { list, fresh, error, older, again, table } = useAppeals(filter, clock);
  const slow = useSlow(!fresh && error === null);
  const set = (change: Partial<Filter>): void => setFilter({ ...filter, ...change });
  const topics = useMemo(() => [['', t('filter-topic')] as const, ...(tree?.groups ?? []).flatMap((group) => [[group.id, group.name] as const, ...group.topics.map((one) => [one.id, `   ${one.name}`] as const)])], [tree, t]);
  const results = useMemo(() => [['', t('filter-result')] as const, ...(tree?.results ?? []).map((one) => [one.id, one.name] as const)], [tree, t]);
  const filtered = JSON.stringify(filter) !== JSON.stringify(noFilter);

  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="appeals">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page">
        <div className="page-h">
          <h1>{t('nav-appeals')}</h1>
          {me.role !== 'specialist' && <div className="end"><a className="btn" href={table} download><Icon name="down" />{t('appeals-table-get')}</a></div>}
        </div>
        <div className="appeals-q">
          <div className="q">
            <Icon name="search" />
            <input type="search" aria-label={t('appeals-search')} placeholder={t('appeals-search-hint')} maxLength={200} value={filter.q} onChange={(event) => set({ q: event.target.value })} />
          </div>
          <div className="choices">
            <Choice label={t('filter-topic')} value={filter.topic} options={topics} choose={(topic) => set({ topic })} />
            <Choice label={t('filter-result')} value={filter.result} options={results} choose={(result) => set({ result })} />
            <Choice label={t('filter-period')} value={filter.period} options={[['', t('filter-period')], ...PERIODS.map((id) => [id, t(`period-${id}`)] as const)]} choose={(period) => set({ period: periodOf(period) })} />
            <Choice label={t('filter-status')} value={filter.status} options={[['', t('filter-status')], ...STATUSES.map((id) => [id, t(`appeal-status-${id}`)] as const)]} choose={(status) => set({ status: status as Filter['status'] })} />
            {(me.role === 'specialist' || me.role === 'shift_lead') && <Choice label={t('filter-author')} value={filter.author} options={[['', t('filter-author')], [me.id, t('filter-mine')]]} choose={(author) => set({ author })} />}
            {filtered && <Press tone="link" onClick={() => setFilter(noFilter)}>{t('filter-clear')}</Press>}
          </div>
        </div>
        {error !== null && <div className="panel empty" role="alert"><p className="m-h">{errorText(error)}</p><Press tone="main" onClick={again}>{t('try-again')}</Press></div>}
        {list === null && slow && <div className="panel bones" role="status" aria-label={t('loading')}>{[82, 74, 90, 68].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}</div>}
        {error === null && list !== null && list.rows.length === 0 && (
          <div className="panel empty" role="status">
            <p className="m-h">{filter.q.trim() !== '' ? t('appeals-none-q', { query: filter.q.trim() }) : t(filtered ? 'appeals-none-filter' : 'appeals-none')}</p>
            <p className="dim">{t(filtered ? 'appeals-none-filter-sub' : 'appeals-none-sub')}</p>
          </div>
        )}
        {error === null && list !== null && list.rows.length > 0 && (
          <div className="panel calls" tabIndex={0} role="region" aria-label={t('appeals-list')} aria-busy={!fresh}>
            <AppealTable rows={list.rows} tree={tree} query={filter.q} now={now} />
            {list.next !== null && fresh && <div className="more"><Press onClick={older}><Icon name="clock" />{t('calls-earlier')}</Press></div>}
          </div>
        )}
      </main>
    </div>
  );
}
