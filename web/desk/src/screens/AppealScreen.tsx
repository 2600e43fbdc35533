//! The page of one appeal: to read, to write over its versions, with the recording of its talk and what happened to it.
import { useEffect, useRef, useState } from 'react';
import '../look/appeals.css';
import { useErrorText, useNow, usePageTitle, useSlow } from '../parts/hooks';
import { Icon } from '../parts/Icon';
import { Player } from '../parts/Player';
import { Go, Press } from '../parts/Press';
import { useDay } from '../parts/Times';
import { Top } from '../parts/Top';
import { fullName } from '../state/appeal';
import { callerSay } from '../state/bar';
import { clockTime, span } from '../state/clock';
import { appeal as appealById, callRow, type Appeal } from '../transport/appeals';
import type { CallRow } from '../transport/contract';
import { useWords } from '../words/words';
import type { ScreenProps } from './App';
import { AppealSheet, type SheetHandle } from './appeal/Sheet';
import { useTopicTree } from './appealAtDesk';
import { useAppealWork } from './appealWork';
import { ShiftStrip } from './DeskScreen';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';

/** Who speaks, and the way to all that is known. */
function Who({ appeal }: { appeal: Appeal }) {
  const { t, tell } = useWords();
  const { speaker, caller } = appeal;
  return (
    <section className="panel">
      <h2 className="sec-h">{t('person-h')}</h2>
      <p className="person">{speaker.person ? fullName(speaker.person) : t(speaker.is === 'did_not_say' ? 'who-anonymous' : 'versions-unknown')}</p>
      <p className="dim">{tell(callerSay(caller))}</p>
      {speaker.person && <p><Go to="person" params={{ id: speaker.person.id }} className="link">{t('person-all')}</Go></p>}
    </section>
  );
}

/** The recording of the talk: asked for, because it comes after the talk. */
function Talk({ call, hushed }: { call: string; hushed: boolean }) {
  const { t } = useWords();
  const [row, setRow] = useState<CallRow | null>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let over = false;
    callRow(call).then((found) => { if (!over) setRow(found); }, () => undefined);
    return () => { over = true; };
  }, [call]);
  if (row === null) return null;
  const { recording } = row;
  return (
    <section className="panel" data-part="talk">
      <h2 className="sec-h">{t('talk-h')}</h2>
      {row.answered_at !== null && row.ended_at !== null && <p>{t('talk-lasted', { talk: span(row.ended_at - row.answered_at) })}</p>}
      {recording === null ? <p className="dim">{t('talk-no-recording')}</p>
        : open ? <Player url={recording.url} durationMs={recording.duration_ms} hushed={hushed} />
          : <Press small onClick={() => setOpen(true)}><Icon name="play" />{t('listen')}</Press>}
    </section>
  );
}

/** What happened, newest first. */
function Events({ appeal, now }: { appeal: Appeal; now: number }) {
  const { t, has } = useWords();
  const day = useDay();
  if (appeal.history.length === 0) return null;
  return (
    <section className="panel" data-part="events">
      <h2 className="sec-h">{t('events-h')}</h2>
      <ul className="tl">
        {[...appeal.history].reverse().map((one) => {
          const key = `appeal-event-${one.what}`;
          return (
            <li key={`${one.at} ${one.what}`}>
              <time dateTime={new Date(one.at).toISOString()}>{day(one.at, now) ?? clockTime(one.at)}</time><i aria-hidden="true" />
              <p>{has(key) ? t(key) : one.what}<br /><span className="dim">{one.who.name}</span></p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The page of an appeal. */
export function AppealScreen({ me, params }: ScreenProps) {
  const { t } = useWords();
  const errorText = useErrorText();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const now = useNow(shift?.clock ?? Date.now, 30_000);
  const tree = useTopicTree();
  const opening = useAppealWork(me.id, params['id'] ?? '', appealById, shift?.link.phase);
  const handle = useRef<SheetHandle>(null);
  const work = opening.phase === 'open' ? opening.work : null;
  const number = work?.appeal.number ?? (work === null ? t('sheet-h') : t(`appeal-status-${work.appeal.status}`));
  usePageTitle(number);
  const slow = useSlow(opening.phase === 'opening');
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || event.repeat || event.altKey || event.code !== 'Enter') return;
      event.preventDefault();
      handle.current?.register();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="appeals">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page">
        <div className="page-h"><span className="backrow"><Go to="appeals" className="iconbtn" aria-label={t('appeals-back')}><Icon name="back" /></Go><h1>{number}</h1></span></div>
        {opening.phase === 'failed' && <div className="panel empty" role="alert"><p className="m-h">{errorText(opening.error)}</p><Go to="appeals" className="btn">{t('appeals-back')}</Go></div>}
        {slow && <div className="panel bones" role="status" aria-label={t('loading')}>{[82, 74, 90].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}</div>}
        {work !== null && (
          <div className="cols2">
            <div className="panel panel--sheet"><AppealSheet key={work.appeal.id} work={work} tree={tree} handle={handle} own /></div>
            <div className="side">
              <Who appeal={work.appeal} />
              <Talk call={work.appeal.call} hushed={desk?.state.state === 'reserved' || desk?.state.state === 'talking'} />
              <Events appeal={work.appeal} now={now} />
            </div>
          </div>
        )}
      </main>
    </div>
  );
}
