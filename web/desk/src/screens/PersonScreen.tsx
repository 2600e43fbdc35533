//! The page of a person: the card, and every call, appeal and promise, newest first.
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import '../look/appeals.css';
import { useErrorText, useNow, usePageTitle, useSlow } from '../parts/hooks';
import { Icon, type IconName } from '../parts/Icon';
import { Go, Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { useDay, When } from '../parts/Times';
import { fullName } from '../state/appeal';
import { outcomeView } from '../state/callList';
import { clockTime, span } from '../state/clock';
import { readableNumber } from '../state/number';
import { topicOf } from '../state/topics';
import { isSignedOut } from '../transport/api';
import { personHistory, type HistoryEntry, type PersonCard, type PersonHistory, type TopicTree } from '../transport/appeals';
import { useWords } from '../words/words';
import type { ScreenProps } from './App';
import { useResultName } from './appeal/Form';
import { useCard, useTopicTree } from './appealAtDesk';
import { ShiftStrip } from './DeskScreen';
import { CardForm } from './person/CardForm';
import { go } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';

const PAGE = 30;

/** What an entry says. */
function useEntry(tree: TopicTree | null, now: number): (entry: HistoryEntry) => { icon: IconName; title: ReactNode; sub: string; end: ReactNode } | null {
  const { t, tell } = useWords();
  const day = useDay();
  const nameOf = useResultName();
  return ({ kind, call, appeal, promise }) => {
    if (kind === 'appeal' && appeal) {
      const topic = appeal.topics[0] === undefined || tree === null ? null : topicOf(tree.groups, appeal.topics[0])?.topic.name;
      const result = tree?.results.find((one) => one.id === appeal.result);
      const end = result ? nameOf(result) : t(appeal.dismissal === null ? `appeal-status-${appeal.status}` : `dismissal-${appeal.dismissal}`);
      return { icon: 'pencil', title: <Go to="appeal" params={{ id: appeal.id }} className="link">{appeal.number ?? t('appeal-status-draft')}</Go>, sub: [topic, appeal.asked].filter(Boolean).join('. '), end };
    }
    if (kind === 'call' && call) {
      const text = call.outcome === null ? t('going-talk') : call.outcome === 'answered' && call.talk_ms !== null ? t('earlier-talk', { talk: span(call.talk_ms) }) : tell(outcomeView(call.outcome, call.stage).text);
      return { icon: call.outcome === 'answered' ? 'phone' : 'hang_up', title: t('history-call'), sub: call.line.name, end: text };
    }
    if (kind === 'promise' && promise) {
      const due = typeof promise['due_at'] === 'number' ? promise['due_at'] : null;
      const date = due === null ? null : day(due, now);
      return { icon: 'flag', title: t('history-promise'), sub: due === null ? '' : date === null ? t('promise-today', { time: clockTime(due) }) : t('promise-other', { date, time: clockTime(due) }), end: null };
    }
    return null;
  };
}

function History({ id, tree, now }: { id: string; tree: TopicTree | null; now: number }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [page, setPage] = useState<PersonHistory | null>(null);
  const [error, setError] = useState<unknown>(null);
  const entryOf = useEntry(tree, now);
  const ask = useCallback(async (before: string | null): Promise<void> => {
    try {
      const got = await personHistory(id, PAGE, before);
      setError(null);
      setPage((was) => (before === null || was === null ? got : { entries: [...was.entries, ...got.entries], next: got.next }));
    } catch (failure) {
      if (isSignedOut(failure)) go('sign-in', 'replace');
      else setError(failure);
    }
  }, [id]);
  useEffect(() => void ask(null), [ask]);
  return (
    <div className="panel panel--list" tabIndex={0} role="region" aria-label={t('history-h')}>
      <h2 className="contacts-h">{t('history-h')}</h2>
      {error !== null && <div className="empty" role="alert"><p className="m-h">{errorText(error)}</p><Press onClick={() => void ask(null)}>{t('try-again')}</Press></div>}
      {page !== null && page.entries.length === 0 && <div className="empty"><p className="m-h">{t('history-none')}</p></div>}
      <ul className="contacts">
        {page?.entries.map((entry) => {
          const shown = entryOf(entry);
          return shown && (
            <li key={`${entry.kind} ${entry.at} ${entry.appeal?.id ?? entry.call?.id ?? ''}`} data-kind={entry.kind}>
              <Icon name={shown.icon} /><span className="dim nowrap"><When at={entry.at} now={now} /></span>
              <span><span className="strong">{shown.title}</span>{shown.sub !== '' && <span className="asked two">{shown.sub}</span>}</span>
              <span className="dim">{shown.end}</span>
            </li>
          );
        })}
      </ul>
      {page?.next != null && <div className="more"><Press onClick={() => void ask(page.next)}><Icon name="clock" />{t('calls-earlier')}</Press></div>}
    </div>
  );
}

function CardSide({ card, change }: { card: PersonCard; change: (() => void) | null }) {
  const { t } = useWords();
  return (
    <section className="panel" data-part="card">
      <div className="sec-row"><h2 className="sec-h">{t('card-h')}</h2>{change !== null && <Press tone="link" small onClick={change}>{t('do-edit')}</Press>}</div>
      <p className="person">{fullName(card)}</p>
      {card.birth_year !== null && <p className="dim">{t('person-born', { year: String(card.birth_year) })}</p>}
      {card.note !== '' && <p className="note note--calm" style={{ whiteSpace: 'pre-wrap' }}>{card.note}</p>}
      <h3 className="sec-h" style={{ marginTop: 'var(--s-3)' }}>{t('card-phones')}</h3>
      {card.phones.length === 0 ? <p className="dim">{t('card-no-phones')}</p> : <ul>{card.phones.map((one) => <li key={one}>{readableNumber(one)}</li>)}</ul>}
    </section>
  );
}

/** The page of a person. */
export function PersonScreen({ me, params }: ScreenProps) {
  const { t } = useWords();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const now = useNow(shift?.clock ?? Date.now, 30_000);
  const tree = useTopicTree();
  const id = params['id'] ?? '';
  const [card, setCard, refusal] = useCard(id);
  const errorText = useErrorText();
  const [editing, setEditing] = useState(false);
  const name = card ? fullName(card) : t('person-h');
  usePageTitle(name);
  const slow = useSlow(card === null && refusal === null);
  const mayWrite = me.role === 'specialist' || me.role === 'shift_lead';
  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="appeals">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page">
        <div className="page-h"><span className="backrow"><Go to="appeals" className="iconbtn" aria-label={t('appeals-back')}><Icon name="back" /></Go><h1>{name}</h1></span></div>
        {card === null && slow && <div className="panel bones" role="status" aria-label={t('loading')}>{[82, 74, 90].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}</div>}
        {refusal !== null && <div className="panel empty" role="alert"><p className="m-h">{errorText(refusal)}</p><Go to="appeals" className="btn">{t('appeals-back')}</Go></div>}
        {refusal === null && <div className="cols2">
          <History id={id} tree={tree} now={now} />
          <div className="side">
            {card !== null && (editing
              ? <CardForm card={card} saved={(next) => { setCard(next); setEditing(false); }} theirs={setCard} back={() => setEditing(false)} />
              : <CardSide card={card} change={mayWrite ? () => setEditing(true) : null} />)}
          </div>
        </div>}
      </main>
    </div>
  );
}
