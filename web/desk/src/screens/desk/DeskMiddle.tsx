//! Middle: the record. Without a call the last calls; with one who calls, on which line, and since when.
import { useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from '../../parts/Icon';
import { useNow, usePoll } from '../../parts/hooks';
import { OutcomeTag } from '../../parts/Outcome';
import { Go } from '../../parts/Press';
import { useDay, When } from '../../parts/Times';
import { callerSay, waitedMs } from '../../state/bar';
import { callRowView, earlierSay } from '../../state/callList';
import { clockTime, dayWord, remaining, span, wideSpan } from '../../state/clock';
import { calls } from '../../transport/api';
import type { CallRow, DeskCall, DeskView } from '../../transport/contract';
import { useWords } from '../../words/words';

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

/** What is known of the call, and how its term stands. */
function useCallTexts(desk: DeskView, call: DeskCall, now: number): { facts: Fact[]; after: string | null } {
  const { t } = useWords();
  const earlier = useEarlierFact();
  const waited = waitedMs(call, now);
  const left = desk.state_until === null ? null : remaining(desk.state_since, desk.state_until, now);
  switch (desk.state.state) {
    case 'reserved': {
      const text = waited < 60_000 ? t('ring-waits', { seconds: Math.floor(waited / 1000) }) : t('ring-waits-long', { wait: span(waited) });
      return { facts: [{ icon: 'clock', text }, ...earlier(call, now)], after: left === null ? null : t('ring-leaves', { seconds: left / 1000 }) };
    }
    case 'wrap_up': {
      const recorded: Fact[] = call.recorded ? [{ icon: 'record', text: t('wrap-recording') }] : [];
      const facts: Fact[] = [{ icon: 'clock', text: t('talk-arrived', { time: clockTime(call.started_at) }), sub: t('talk-waited', { wait: span(waited) }) }, ...recorded];
      const after = left === null ? null : left < 60_000 ? t('wrap-until', { seconds: left / 1000 }) : t('wrap-until-long', { left: wideSpan(left) });
      return { facts, after };
    }
    case 'talking':
    case 'offline':
    case 'ready':
    case 'break': {
      const recording: Fact = call.recorded ? { icon: 'record', text: t('talk-recorded') } : { icon: 'stop', text: t('talk-not-recorded') };
      return { facts: [{ icon: 'clock', text: t('talk-arrived', { time: clockTime(call.started_at) }), sub: t('talk-waited', { wait: span(waited) }) }, recording, ...earlier(call, now)], after: null };
    }
  }
}

/** The call on the desk. */
function CallSheet({ desk, call, clock }: { desk: DeskView; call: DeskCall; clock: () => number }) {
  const now = useNow(clock, 500);
  const { facts, after } = useCallTexts(desk, call, now);
  const heading = useRef<HTMLHeadingElement>(null);
  const talking = desk.state.state === 'talking';
  useEffect(() => {
    if (talking) heading.current?.focus({ preventScroll: true });
  }, [talking, call.id]);
  return (
    <div className="pad">
      <h1 className="lead" tabIndex={-1} ref={heading}>{call.line.name}</h1>
      <ul className="big-facts">
        {facts.map((fact) => (
          <li key={fact.text}><Icon name={fact.icon} /><span>{fact.text}{fact.sub !== undefined && <span className="dim">{fact.sub}</span>}</span></li>
        ))}
      </ul>
      {after !== null && <p className="after-facts">{after}</p>}
    </div>
  );
}

/** The middle column: the one white sheet. */
export function DeskMiddle({ desk, clock }: { desk: DeskView; clock: () => number }) {
  const { t } = useWords();
  const { call } = desk;
  return (
    <section className="col col--mid" aria-label={t(call ? 'desk-mid-call' : 'desk-mid-list')}>
      {call ? <CallSheet desk={desk} call={call} clock={clock} /> : <LastCalls clock={clock} />}
    </section>
  );
}
