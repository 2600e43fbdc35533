//! Left: the person. Without a call the figures of the day; with one the number and its earlier calls.
import { Kpis } from '../../parts/Kpis';
import { useNow } from '../../parts/hooks';
import { useDay } from '../../parts/Times';
import { callerSay } from '../../state/bar';
import { earlierSay } from '../../state/callList';
import { clockTime } from '../../state/clock';
import type { DeskCall, DeskView } from '../../transport/contract';
import { useWords } from '../../words/words';
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

function CallerNumber({ call, clock }: { call: DeskCall; clock: () => number }) {
  const { t, tell } = useWords();
  const now = useNow(clock, 30_000);
  const day = useDay();
  return (
    <>
      <section className="sec">
        <h2 className="sec-h">{t('number-h')}</h2>
        <p className="person">{tell(callerSay(call.caller))}</p>
        {call.caller === null && <p className="dim">{t('number-withheld-sub')}</p>}
      </section>
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

/** The left column. */
export function DeskLeft({ desk, clock }: { desk: DeskView; clock: () => number }) {
  const { t } = useWords();
  const { call } = desk;
  return (
    <section className="col col--left" aria-label={t(call ? 'desk-left-number' : 'desk-left-shift')} tabIndex={0}>
      {call && <Owed key={call.id} call={call} clock={clock} />}
      {call ? <CallerNumber call={call} clock={clock} /> : <Today desk={desk} />}
    </section>
  );
}
