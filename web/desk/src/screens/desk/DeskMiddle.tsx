//! Middle: the record. Without a call drafts and the last calls; while it rings who calls and since when; then the appeal.
import { useEffect, useState, type RefObject } from 'react';
import { Icon, type IconName } from '../../parts/Icon';
import { useNow, usePoll, useSlow } from '../../parts/hooks';
import { OutcomeTag } from '../../parts/Outcome';
import { Go } from '../../parts/Press';
import { useDay, When } from '../../parts/Times';
import { callerSay, waitedMs } from '../../state/bar';
import { callRowView, earlierSay } from '../../state/callList';
import { clockTime, dayWord, remaining, span } from '../../state/clock';
import { calls } from '../../transport/api';
import type { CallRow, DeskCall, DeskView, Person } from '../../transport/contract';
import { useWords } from '../../words/words';
import { AppealSheet, type SheetHandle } from '../appeal/Sheet';
import type { AppealAtDesk } from '../appealAtDesk';
import { Drafts } from './Drafts';

const LAST = 12;
const REFRESH_MS = 5_000;

/** The last calls of the centre. */
function LastCalls({ clock }: { clock: () => number }) {
  const { t, tell } = useWords();
  const now = useNow(clock, 1_000);
  const [rows, setRows] = useState<CallRow[] | null>(null);
  usePoll(async () => {
    // A failed refresh leaves what is there; the bar already says that the link is lost.
    await calls({ limit: LAST }).then((page) => setRows(page.calls), () => undefined);
  }, REFRESH_MS);
  return (
    <>
      <div className="listh"><h1>{t('last-calls')}</h1>{rows !== null && rows.length > 0 && <Go to="calls" className="link">{t('all-calls')}</Go>}</div>
      {rows !== null && rows.length === 0 && <div className="empty"><p className="m-h">{t('last-calls-empty')}</p><p className="dim">{t('last-calls-empty-sub')}</p></div>}
      {rows !== null && rows.length > 0 && (
        <div className="scroll" tabIndex={0}>
          <ul className="last">
            {rows.map((row) => {
              const view = callRowView(row, now);
              return (
                <li key={row.id}>
                  <span className="when"><When at={row.started_at} now={now} /></span>
                  <span><span className="strong nowrap">{tell(callerSay(row.caller))}</span><br /><OutcomeTag outcome={view.outcome} /></span>
                  <span className="talk">{view.talk}</span>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}

interface Fact {
  icon: IconName;
  text: string;
  sub?: string;
}

/** «Вчера с номера: не дождались в очереди». */
function useEarlierFact(): (call: DeskCall, now: number) => Fact[] {
  const { t, tell } = useWords();
  const day = useDay();
  return (call, now) => {
    const last = call.earlier[0];
    if (!last) return [];
    const text = t('earlier-lead', { day: dayWord(last.started_at, now), date: day(last.started_at, now) ?? '', what: tell(earlierSay(last)) });
    return [{ icon: last.outcome === 'answered' ? 'phone' : 'hang_up', text, sub: t('earlier-at', { time: clockTime(last.started_at) }) }];
  };
}

/** What is known of a call that rings, and how its term stands. */
function useRingTexts(desk: DeskView, call: DeskCall, now: number): { facts: Fact[]; after: string | null } {
  const { t } = useWords();
  const earlier = useEarlierFact();
  const waited = waitedMs(call, now);
  const left = desk.state_until === null ? null : remaining(desk.state_since, desk.state_until, now);
  const fault: Fact[] = call.our_fault ? [{ icon: 'broken', text: t('fact-our-fault'), sub: t('fact-our-fault-sub') }] : [];
  const text = waited < 60_000 ? t('ring-waits', { seconds: Math.floor(waited / 1000) }) : t('ring-waits-long', { wait: span(waited) });
  return { facts: [...fault, { icon: 'clock', text }, ...earlier(call, now)], after: left === null ? null : t('ring-leaves', { seconds: left / 1000 }) };
}

/** A call that rings at this desk. */
function RingSheet({ desk, call, at, clock }: { desk: DeskView; call: DeskCall; at: AppealAtDesk; clock: () => number }) {
  const { t } = useWords();
  const now = useNow(clock, 500);
  const { facts, after } = useRingTexts(desk, call, now);
  return (
    <div className="pad">
      <div className="ring-h">
        <h1 className="lead">{call.line.name}</h1>
        {at.opening.phase === 'open' && <p className="saved" data-part="draft-open">{t('saved-opened', { time: clockTime(at.opening.work.appeal.created_at) })}</p>}
      </div>
      <ul className="big-facts">
        {facts.map((fact) => (
          <li key={fact.text}><Icon name={fact.icon} /><span>{fact.text}{fact.sub !== undefined && <span className="dim">{fact.sub}</span>}</span></li>
        ))}
      </ul>
      {after !== null && <p className="after-facts">{after}</p>}
    </div>
  );
}

/** The appeal of the call, or that its draft is on its way. */
function CallAppeal({ desk, at, handle, askWho }: { desk: DeskView; at: AppealAtDesk; handle: RefObject<SheetHandle | null>; askWho: () => void }) {
  const { t } = useWords();
  const { opening } = at;
  const open = opening.phase === 'open';
  const state = desk.state.state;
  useEffect(() => {
    // The eye and the hands go to «Суть» at the answer; after the talk to what is missing, unless somebody is writing.
    if (!open) return;
    if (state === 'talking') handle.current?.focusText();
    else if (state === 'wrap_up' && !(document.activeElement instanceof HTMLTextAreaElement)) handle.current?.focusMissing();
  }, [open, state, desk.call?.id, handle]);
  const slow = useSlow(opening.phase === 'opening');
  if (opening.phase === 'open') return <AppealSheet work={opening.work} tree={at.tree} handle={handle} late={state === 'wrap_up'} askWho={askWho} />;
  if (opening.phase === 'failed') return <div className="pad"><p className="note" role="status"><Icon name="warn" />{t('draft-failed')}</p></div>;
  return <div className="pad">{slow && <p className="dim" role="status">{t('draft-opening')}</p>}</div>;
}

interface MiddleProps {
  me: Person;
  desk: DeskView;
  at: AppealAtDesk;
  clock: () => number;
  handle: RefObject<SheetHandle | null>;
  askWho: () => void;
}

/** The middle column: the one white sheet. */
export function DeskMiddle({ me, desk, at, clock, handle, askWho }: MiddleProps) {
  const { t } = useWords();
  const { call } = desk;
  const ringing = desk.state.state === 'reserved';
  return (
    <section className="col col--mid" aria-label={t(call === null ? 'desk-mid-list' : ringing ? 'desk-mid-call' : 'sheet-h')}>
      {call === null ? <><Drafts me={me} tree={at.tree} clock={clock} /><LastCalls clock={clock} /></>
        : ringing ? <RingSheet desk={desk} call={call} at={at} clock={clock} />
          : <CallAppeal desk={desk} at={at} handle={handle} askWho={askWho} />}
    </section>
  );
}
