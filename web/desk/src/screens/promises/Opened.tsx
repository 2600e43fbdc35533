//! A promise in its row: the recording, the number to ring, the attempts, and what can be done with it.
import { useEffect, useState } from 'react';
import { Icon } from '../../parts/Icon';
import { Player } from '../../parts/Player';
import { Press } from '../../parts/Press';
import { useDay, When } from '../../parts/Times';
import { useErrorText } from '../../parts/hooks';
import { clockTime, span } from '../../state/clock';
import { readableNumber } from '../../state/number';
import type { Person } from '../../transport/contract';
import { owedDetail, releaseOwed, takeOwed, type Owed, type OwedDetail } from '../../transport/promises';
import { useWords } from '../../words/words';
import { CloseForm, TryForm } from './forms';

interface OpenedProps {
  id: string;
  /** Changes when the list sees another state of the promise: then it is read anew. */
  seen: string;
  me: Person;
  now: number;
  hushed: boolean;
  changed: () => void;
}

/** The promise with its history, read anew when the list or we ourselves changed it. */
function useDetail(id: string, seen: string) {
  const [detail, setDetail] = useState<OwedDetail | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let over = false;
    owedDetail(id).then(
      (found) => {
        if (over) return;
        setDetail(found);
        setFailure(null);
      },
      (error: unknown) => over || setFailure(error),
    );
    return () => {
      over = true;
    };
  }, [id, seen, turn]);
  return { detail, failure, again: () => setTurn((before) => before + 1) };
}

function NumberToRing({ caller }: { caller: string | null | undefined }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  if (!caller) return <div><p className="owed-number">{t('promise-no-number')}</p><p className="dim">{t('promise-no-number-sub')}</p></div>;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(caller);
      setCopied(true);
    } catch {
      // A browser that forbids the clipboard leaves the number to be read.
      setCopied(false);
    }
  };
  return (
    <div>
      <p className="owed-number">{readableNumber(caller)}</p>
      <p className="row"><Press small onClick={() => void copy()}><Icon name="copy" />{t('promise-copy')}</Press><span className="dim small" role="status">{copied ? t('promise-copied') : t('promise-dial')}</span></p>
    </div>
  );
}

function Sound({ promise, hushed }: { promise: Owed; hushed: boolean }) {
  const { t } = useWords();
  const [heard, setHeard] = useState(false);
  if (!promise.recording) return null;
  if (heard) return <Player url={promise.recording.url} durationMs={promise.recording.duration_ms} hushed={hushed} />;
  return <p><Press onClick={() => setHeard(true)}><Icon name="play" />{t('promise-listen', { length: span(promise.recording.duration_ms) })}</Press></p>;
}

function History({ detail, now }: { detail: OwedDetail; now: number }) {
  const { t } = useWords();
  const { promise, tries, note } = detail;
  const next = promise.next_try_at ?? null;
  const day = useDay();
  const when = next === null ? '' : [day(next, now), clockTime(next)].filter(Boolean).join(' ');
  return (
    <>
      {tries.length > 0 && (
        <div>
          <h2 className="sec-h">{t('promise-tries')}</h2>
          <ol className="owed-tries">
            {tries.map((one) => <li key={one.at}><When at={one.at} now={now} /><span>{t(`promise-result-${one.result}`)}, {one.by.name}{one.note && <span className="owed-said dim">{one.note}</span>}</span></li>)}
          </ol>
        </div>
      )}
      {next !== null && !promise.closed_at && (now < next
        ? <p className="note"><Icon name="clock" /><span>{t('promise-early', { when })}</span></p>
        : <p className="dim">{t('promise-next', { when })}</p>)}
      {note && <div><h2 className="sec-h">{t('promise-note')}</h2><p className="owed-said">{note}</p></div>}
    </>
  );
}

type Form = 'none' | 'try' | 'close';

function Acts({ detail, me, done, again }: { detail: OwedDetail; me: Person; done: () => void; again: () => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [form, setForm] = useState<Form>('none');
  const [failure, setFailure] = useState<unknown>(null);
  const { promise } = detail;
  const owner = promise.owner ?? null;
  const mine = owner?.id === me.id;
  const lead = me.role === 'shift_lead';
  const run = async (act: (id: string) => Promise<Owed>): Promise<void> => {
    setFailure(null);
    try {
      await act(promise.id);
    } catch (error) {
      setFailure(error);
    }
    done();
  };
  const finished = (): void => {
    setForm('none');
    done();
  };
  if (promise.closed_at) return null;
  const others = owner !== null && !mine;
  return (
    <div className="owed-acts">
      {others && <p className="note"><Icon name="flag" /><span>{t('promise-of-other', { name: owner.name })}</span></p>}
      <div className="row owed-buttons">
        {owner === null && <Press tone="main" onClick={() => void run(takeOwed)}>{t('promise-take')}</Press>}
        {!others && promise.caller && <Press aria-expanded={form === 'try'} onClick={() => setForm(form === 'try' ? 'none' : 'try')}>{t('promise-try')}</Press>}
        {!others && <Press aria-expanded={form === 'close'} onClick={() => setForm(form === 'close' ? 'none' : 'close')}>{t('promise-close')}</Press>}
        {(mine || (others && lead)) && <Press tone="link" onClick={() => void run(releaseOwed)}>{t('promise-release')}</Press>}
      </div>
      {failure !== null && <p className="note note--bad" role="alert">{errorText(failure)}</p>}
      {form === 'try' && <TryForm id={promise.id} done={finished} stale={again} />}
      {form === 'close' && <CloseForm detail={detail} done={finished} stale={again} />}
    </div>
  );
}

/** The open row. */
export function Opened({ id, seen, me, now, hushed, changed }: OpenedProps) {
  const { t } = useWords();
  const errorText = useErrorText();
  const { detail, failure, again } = useDetail(id, seen);
  if (detail === null) {
    return failure === null
      ? <p className="dim" role="status">{t('loading')}</p>
      : <p className="row" role="alert"><span>{errorText(failure)}</span><Press small onClick={again}>{t('try-again')}</Press></p>;
  }
  const done = (): void => {
    again();
    changed();
  };
  const stale = (): void => done();
  return (
    <div className="owed-detail">
      <div className="owed-side">
        <NumberToRing caller={detail.promise.caller} />
        <Sound promise={detail.promise} hushed={hushed} />
      </div>
      <div className="owed-main">
        <History detail={detail} now={now} />
        <Acts detail={detail} me={me} done={done} again={stale} />
      </div>
    </div>
  );
}
