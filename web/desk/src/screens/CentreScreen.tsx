//! The shift: figures, specialists, what is to be decided, queues and live calls. `?tv=1`: figures and queues on the wall, no names.
import { useState } from 'react';
import { HalfHourChart } from '../parts/HalfHours';
import { useErrorText, useNow, usePageTitle, usePoll, useSlow } from '../parts/hooks';
import { Top } from '../parts/Top';
import { clockTime } from '../state/clock';
import { dayFigures, seeAlarm, setAgentState, setLineMode, signOutAgent, type Alarm, type CentreView, type DayFigures } from '../transport/centre';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import { Alarms } from './centre/Alarms';
import { Cards, type Wish } from './centre/Cards';
import { Figs } from './centre/Figs';
import { useCentre } from './centre/link';
import { LiveCalls, Queues } from './centre/Queues';
import { ShiftStrip } from './DeskScreen';
import { go, rolesOf, useSearch } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';
import { Waiting } from './Waiting';
import '../look/centre.css';

const CHART_MS = 30_000;
/** What went wrong stands for this long, ms. */
const NOTICE_MS = 8_000;

function useHalfHours(): DayFigures | null {
  const [figures, setFigures] = useState<DayFigures | null>(null);
  // A failed refresh leaves what is there.
  usePoll(async () => void (await dayFigures('today', null).then(setFigures, () => undefined)), CHART_MS);
  return figures;
}

/** What the shift lead does, with what went wrong in words. */
function useActs(): { notice: string | null; ask: (id: string, wish: Wish) => void; act: (alarm: Alarm) => void; see: (alarm: Alarm) => void } {
  const { t, has } = useWords();
  const errorText = useErrorText();
  const [notice, setNotice] = useState<string | null>(null);
  const run = (done: Promise<void>): void => {
    done.catch((error: unknown) => {
      const code = error instanceof Error ? `refused-${error.message}` : '';
      setNotice(has(code) ? t(code) : errorText(error));
      setTimeout(() => setNotice(null), NOTICE_MS);
    });
  };
  const ask = (id: string, wish: Wish): void => run(wish.state === 'sign_out' ? signOutAgent(id) : setAgentState(id, wish));
  const act = (alarm: Alarm): void => {
    const target = alarm.target ?? '';
    switch (alarm.action) {
      case 'call_ready': return run(setAgentState(target, { state: 'ready' }));
      case 'say_technical': return run(setAgentState(target, { state: 'break', reason: 'technical' }));
      case 'turn_line': return run(setLineMode(target, 'closed'));
      case 'open_calls': return go('calls', 'push', {}, { line: target, day: 'today' });
      case 'open_promise': return go('promises');
      default: return go('setup-part', 'push', { part: 'keeping' });
    }
  };
  return { notice, ask, act, see: (alarm) => run(seeAlarm(alarm.id)) };
}

function Wall({ centre, me, now }: { centre: CentreView; me: Person; now: number }) {
  const { t } = useWords();
  return (
    <main className="tv">
      <h1>{t('centre-tv')} <span className="dim">{clockTime(now)}</span></h1>
      <Figs centre={centre} me={{ ...me, role: 'press_office' }} now={now} />
      <Queues lines={centre.lines} now={now} />
    </main>
  );
}

/** The shift. */
export function CentreScreen({ me }: { me: Person }) {
  const { t, language } = useWords();
  usePageTitle(t('nav-centre'));
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const { link, clock } = useCentre();
  const now = useNow(clock, 1_000);
  const halfHours = useHalfHours();
  const acts = useActs();
  const slow = useSlow(link.feed.centre === null);
  const { centre } = link.feed;
  const wall = new URLSearchParams(useSearch()).get('tv') === '1';
  if (centre === null) return slow ? <Waiting failed={link.phase === 'lost'} again={() => location.reload()} /> : null;
  if (wall) return <Wall centre={centre} me={me} now={now} />;
  const leads = me.role === 'shift_lead';
  const part = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(now);
  const day = `${part({ weekday: 'long' })} ${part({ day: 'numeric', month: 'long' })}`;
  const open = centre.lines.filter((line) => line.open_now).length;
  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="centre">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page centre">
        <div className="page-h">
          <h1>{t('centre-title', { day })}</h1>
          <p className="dim">{t(open > 0 ? 'centre-open' : 'centre-closed', { time: clockTime(now) })}</p>
          {link.phase === 'lost' && <span className="stale" role="status">{t('centre-stale')}</span>}
          {acts.notice !== null && <span className="stale late" role="alert">{acts.notice}</span>}
        </div>
        <Figs centre={centre} me={me} now={now} />
        <div className="sup">
          <div className="sup-main">
            <Cards all={centre.specialists} now={now} ask={leads ? acts.ask : null} />
            <LiveCalls calls={centre.calls} names={rolesOf('calls')?.includes(me.role) === true} now={now} />
            {halfHours !== null && <HalfHourChart figures={halfHours} me={me} link />}
          </div>
          <div className="sup-side">
            <Alarms alarms={centre.alarms} now={now} act={acts.act} see={leads ? acts.see : null} />
            <Queues lines={centre.lines} now={now} />
          </div>
        </div>
      </main>
    </div>
  );
}
