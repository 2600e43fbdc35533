//! Left: the person. Without a call the figures of the day; with one first «Кто говорит?», and only then the rest.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useState, type RefObject } from 'react';
import { Kpis } from '../../parts/Kpis';
import { useNow } from '../../parts/hooks';
import { useDay } from '../../parts/Times';
import { callerSay } from '../../state/bar';
import { earlierSay } from '../../state/callList';
import { clockTime } from '../../state/clock';
import type { DeskCall, DeskView } from '../../transport/contract';
import type { Dismissal } from '../../transport/appeals';
import { useWords } from '../../words/words';
import type { AppealAtDesk } from '../appealAtDesk';
import type { AppealWork } from '../appealWork';
import { Earlier, Others, Speaker } from './Speaker';
import { WhoSpeaks } from './WhoSpeaks';
import { Owed } from './Owed';

function Today({ desk }: { desk: DeskView }) {
  const { t } = useWords();
  return (
    <section className="sec">
      <h2 className="sec-h">{t('today-in-centre')}</h2>
      <Kpis today={desk.today} className="kpis" />
    </section>
  );
}

/** The number with its calls: all that may be shown before somebody said who they are. */
function CallerNumber({ call, clock, ringing }: { call: DeskCall; clock: () => number; ringing: boolean }) {
  const { t, tell } = useWords();
  const now = useNow(clock, 30_000);
  const day = useDay();
  return (
    <>
      {ringing && (
        <section className="sec">
          <h2 className="sec-h">{t('number-h')}</h2>
          <p className="person">{tell(callerSay(call.caller))}</p>
          <p className="dim">{t(call.caller === null ? 'number-withheld-sub' : call.number_written ? 'number-written' : 'ring-people')}</p>
        </section>
      )}
      {call.caller !== null && (
        <section className="sec">
          <h2 className="sec-h">{t('number-calls-h')}</h2>
          {call.earlier.length === 0 ? <p className="dim">{t('number-first')}</p> : (
            <ul className="hist">
              {call.earlier.map((one) => (
                <li key={one.started_at}><time dateTime={new Date(one.started_at).toISOString()}>{day(one.started_at, now) ?? clockTime(one.started_at)}</time><span>{tell(earlierSay(one))}</span></li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}

const DISMISSALS: readonly Dismissal[] = ['silence', 'wrong_number', 'prank', 'abuse'];

/** Contacts that are no appeals, in one click. */
function NotAnAppeal({ work }: { work: AppealWork }) {
  const { t } = useWords();
  if (work.appeal.status !== 'draft') return null;
  return (
    <section className="sec" data-part="dismissals">
      <h2 className="sec-h">{t('not-appeal-h')}</h2>
      <ul className="dismissals">
        {DISMISSALS.map((reason) => <li key={reason}><UnstyledButton className="link" data-dismiss={reason} onClick={() => work.dismiss(reason)}>{t(`dismissal-${reason}`)}</UnstyledButton></li>)}
      </ul>
    </section>
  );
}

interface CallerProps {
  call: DeskCall;
  work: AppealWork;
  at: AppealAtDesk;
  clock: () => number;
}

function Caller({ call, work, at, clock }: CallerProps) {
  const { fields } = work.draft;
  const { speaker } = fields;
  const [changing, setChanging] = useState(false);
  useEffect(() => setChanging(false), [call.id, speaker.is, speaker.person]);
  const choosePerson: Parameters<typeof WhoSpeaks>[0]['choosePerson'] = (person, card) => {
    if (card !== null) at.setCard(card);
    work.type({ speaker: { is: 'person', person } });
    setChanging(false);
  };
  const didNotSay = (): void => {
    work.type({ speaker: { is: 'did_not_say', person: null } });
    setChanging(false);
  };
  const asking = speaker.is === 'unknown' || changing;
  if (asking) {
    return (
      <>
        <WhoSpeaks call={call.id} people={at.people} need={work.attempted && speaker.is === 'unknown'} choosePerson={choosePerson} didNotSay={didNotSay} keep={changing ? () => setChanging(false) : null} />
        <Owed key={call.id} call={call} clock={clock} />
        <NotAnAppeal work={work} />
        <CallerNumber call={call} clock={clock} ringing={false} />
      </>
    );
  }
  const others = (at.people ?? []).filter((one) => one.id !== speaker.person);
  return (
    <>
      <Speaker fields={fields} card={at.card} known={at.people?.find((one) => one.id === speaker.person) ?? null} type={work.type} change={() => setChanging(true)} />
      <Owed key={call.id} call={call} clock={clock} />
      {speaker.person !== null && <Earlier person={speaker.person} appeal={work.appeal.id} call={call.id} tree={at.tree} clock={clock} />}
      <Others people={others} choose={(id) => choosePerson(id, null)} />
      <NotAnAppeal work={work} />
    </>
  );
}

/** The left column. */
export function DeskLeft({ desk, at, clock, column }: { desk: DeskView; at: AppealAtDesk; clock: () => number; column: RefObject<HTMLElement | null> }) {
  const { t } = useWords();
  const { call } = desk;
  const ringing = desk.state.state === 'reserved';
  const work = at.opening.phase === 'open' ? at.opening.work : null;
  return (
    <section className="col col--left" aria-label={t(call === null ? 'desk-left-shift' : ringing ? 'desk-left-number' : 'desk-left-person')} tabIndex={0} ref={column}>
      {call === null ? <Today desk={desk} /> : work === null || ringing || !work.appeal.may_write
        ? <><CallerNumber call={call} clock={clock} ringing /><Owed key={call.id} call={call} clock={clock} /></>
        : <Caller call={call} work={work} at={at} clock={clock} />}
    </section>
  );
}
