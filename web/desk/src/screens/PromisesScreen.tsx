//! What we owe: due first first, overdue on top; each opens in its row to be heard, tried and closed.
import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useErrorText, useNow, usePageTitle, usePoll, useSlow } from '../parts/hooks';
import { Press } from '../parts/Press';
import { usePromiseCount } from '../parts/PromiseBadge';
import { Top } from '../parts/Top';
import { clockTime } from '../state/clock';
import { isSignedOut } from '../transport/api';
import type { Person } from '../transport/contract';
import { owedPage, type OwedPage, type Which } from '../transport/promises';
import { useWords } from '../words/words';
import { ShiftStrip } from './DeskScreen';
import { OwedTable } from './promises/OwedTable';
import { go } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';
import '../look/promises.css';

const PAGE = 50;
const REFRESH_MS = 5_000;
const TABS = ['open', 'mine', 'free', 'overdue', 'closed'] as const satisfies Which[];

/** What is asked for, and the page that came. */
interface Loaded {
  asked: string;
  page: OwedPage;
}

/** A page of a list, read anew by itself; what is read stays on the screen when the link is gone. */
function useOwedPage(which: Which, after: string | null) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<{ error: unknown; lastGood: number | null } | null>(null);
  const lastGood = useRef<number | null>(null);
  const asked = `${which} ${after ?? ''}`;
  const latest = useRef(asked);
  latest.current = asked;
  const refresh = async (): Promise<void> => {
    try {
      const page = await owedPage(which, PAGE, after);
      // An answer to a question that is no longer asked is dropped.
      if (latest.current !== asked) return;
      setLoaded({ asked, page });
      lastGood.current = Date.now();
      setFailure(null);
    } catch (error) {
      if (isSignedOut(error)) go('sign-in', 'replace');
      else if (latest.current === asked) setFailure({ error, lastGood: lastGood.current });
    }
  };
  usePoll(refresh, REFRESH_MS);
  useEffect(() => void refresh(), [asked]);
  return { page: loaded?.asked === asked ? loaded.page : null, failure, refresh };
}

function Bones() {
  const { t } = useWords();
  return (
    <div className="panel promises-bones" role="status" aria-label={t('loading')}>
      {[82, 74, 90, 68].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}
    </div>
  );
}

/** The screen of promises. */
export default function PromisesScreen({ me }: { me: Person }) {
  const { t } = useWords();
  usePageTitle(t('nav-promises'));
  const errorText = useErrorText();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const [which, setWhich] = useState<Which>('open');
  const [after, setAfter] = useState<string | null>(null);
  const { page, failure, refresh } = useOwedPage(which, after);
  const count = usePromiseCount();
  const now = useNow(shift?.clock ?? Date.now, 10_000);
  const slow = useSlow(page === null && failure === null);
  const label = (tab: Which): string => t(`promises-tab-${tab}`) + (tab === 'closed' || count === null ? '' : ` ${count[tab]}`);
  const choose = (tab: Which): void => {
    setAfter(null);
    setWhich(tab);
  };
  const next = page?.next ?? null;

  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="promises">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page">
        <div className="page-h promises-h">
          <h1>{t('nav-promises')}</h1>
          <SegmentedControl className="seg" aria-label={t('promises-which')} value={which} onChange={(value) => choose(value as Which)} transitionDuration={0}
            data={TABS.map((tab) => ({ value: tab, label: label(tab) }))} />
          {failure !== null && page !== null && <span className="stale" role="status">{t('promises-stale', { time: clockTime(failure.lastGood ?? now) })}</span>}
        </div>
        {failure !== null && page === null && (
          <div className="panel empty" role="alert"><p className="m-h">{errorText(failure.error)}</p><Press tone="main" onClick={() => void refresh()}>{t('try-again')}</Press></div>
        )}
        {slow && <Bones />}
        {page !== null && page.promises.length === 0 && (
          <div className="panel empty"><p className="m-h">{t(`promises-none-${which}`)}</p><p className="dim">{t('promises-none-sub')}</p></div>
        )}
        {page !== null && page.promises.length > 0 && (
          <div className="panel calls" tabIndex={0} role="region" aria-label={t('promises-table')}>
            <OwedTable rows={page.promises} closed={which === 'closed'} me={me} now={now} hushed={desk?.state.state === 'reserved' || desk?.state.state === 'talking'} changed={() => void refresh()} />
            {(next !== null || after !== null) && (
              <div className="more row">
                {after !== null && <Press onClick={() => setAfter(null)}>{t('promises-first-page')}</Press>}
                {next !== null && <Press onClick={() => setAfter(next)}>{t('promises-next-page')}</Press>}
              </div>
            )}
          </div>
        )}
      </main>
    </div>
  );
}
