//! What we owe the caller, on the desk: read at a glance, and closed by the very talk.
import { useState } from 'react';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { useDay } from '../../parts/Times';
import { useErrorText, useNow } from '../../parts/hooks';
import { clockTime } from '../../state/clock';
import type { DeskCall, DeskPromise } from '../../transport/contract';
import { closeOwed } from '../../transport/promises';
import { useWords } from '../../words/words';
import '../../look/promises.css';

function Line({ call, promise, now, closed }: { call: DeskCall; promise: DeskPromise; now: number; closed: (id: string) => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const day = useDay()(promise.due_at, now);
  const late = promise.due_at < now;
  const time = clockTime(promise.due_at);
  const close = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await closeOwed(promise.id, 'spoken', call.id, '');
      closed(promise.id);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  return (
    <li data-promise={promise.id}>
      <p className={`owed-line${late ? ' late' : ''}`}><Icon name="flag" /><span>{day === null ? t('owed-due', { time }) : t('owed-due-day', { day, time })}</span></p>
      {promise.owner !== null && <p className="dim small">{t('owed-owner', { name: promise.owner })}</p>}
      {call.answered_at !== null && <Press small resting={busy} onClick={() => void close()}>{t('owed-close')}</Press>}
      {failure !== null && <p className="note note--bad" role="alert">{errorText(failure)}</p>}
    </li>
  );
}

/** The promises of the caller; nothing where we owe nothing. */
export function Owed({ call, clock }: { call: DeskCall; clock: () => number }) {
  const { t } = useWords();
  const now = useNow(clock, 30_000);
  const [closed, setClosed] = useState<readonly string[]>([]);
  const open = call.promises.filter((promise) => !closed.includes(promise.id));
  if (open.length === 0 && closed.length === 0) return null;
  return (
    <section className="sec owed">
      <h2 className="sec-h">{t('owed-h')}</h2>
      {open.length > 0 && (
        <ul>{open.map((promise) => <Line key={promise.id} call={call} promise={promise} now={now} closed={(id) => setClosed((all) => [...all, id])} />)}</ul>
      )}
      <p className="owed-done" role="status">{closed.length > 0 && <><Icon name="check" />{t('owed-closed')}</>}</p>
    </section>
  );
}
