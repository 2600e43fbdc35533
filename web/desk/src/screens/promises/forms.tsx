//! The two forms of a promise: an attempt that reached nobody, and the end. A refused save keeps what was written.
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Press } from '../../parts/Press';
import { useDay } from '../../parts/Times';
import { useErrorText } from '../../parts/hooks';
import { clockTime, span } from '../../state/clock';
import { needsReason, outcomesFor } from '../../state/promises';
import { closeOwed, tryOwed, type OwedDetail, type OwedOutcome, type TryResult } from '../../transport/promises';
import { useWords } from '../../words/words';

const RESULTS: TryResult[] = ['no_answer', 'busy', 'machine', 'wrong_person', 'asked_later'];
const LONGEST_NOTE = 2_000;

interface Choice {
  value: string;
  label: string;
}

/** Radio buttons as chips: one choice, arrows move it. */
function Chips({ legend, choices, value, choose, missing }: { legend: string; choices: Choice[]; value: string | null; choose: (value: string) => void; missing?: string | null }) {
  const name = useId();
  return (
    <fieldset className="chips" aria-invalid={missing ? true : undefined} aria-describedby={missing ? `${name}-missing` : undefined}>
      <legend className="strong">{legend}</legend>
      <div className="chips-in">
        {choices.map((choice) => (
          <label key={choice.value} className="chip chip--pick">
            <input type="radio" name={name} value={choice.value} checked={value === choice.value} onChange={() => choose(choice.value)} />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {missing && <p id={`${name}-missing`} className="late" role="alert">{missing}</p>}
    </fieldset>
  );
}

function Note({ label, value, write, missing }: { label: string; value: string; write: (value: string) => void; missing?: string | null }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="strong">{label}</label>
      <textarea id={id} className="owed-note" rows={2} maxLength={LONGEST_NOTE} value={value} aria-invalid={missing ? true : undefined}
        aria-describedby={missing ? `${id}-missing` : undefined} onChange={(event) => write(event.currentTarget.value)} />
      {missing && <p id={`${id}-missing`} className="late" role="alert">{missing}</p>}
    </div>
  );
}

/** A form that saves once at a time, and says why it did not. */
function Saving({ save, button, done, stale, children }: { save: () => Promise<unknown> | null; button: string; done: () => void; stale: () => void; children: ReactNode }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const saving = busy ? null : save();
    if (saving === null) return;
    setBusy(true);
    setFailure(null);
    try {
      await saving;
      done();
    } catch (error) {
      setFailure(error);
      setBusy(false);
      // Somebody was quicker, perhaps: the row shows what is true now, the words stay.
      stale();
    }
  };
  return (
    <form className="owed-form" onSubmit={(event) => void submit(event)} noValidate>
      {children}
      {failure !== null && <p className="note note--bad" role="alert">{t('promise-not-saved', { why: errorText(failure) })}</p>}
      <p><Press type="submit" tone="main" resting={busy}>{button}</Press></p>
    </form>
  );
}

/** An attempt that reached nobody. */
export function TryForm({ id, done, stale }: { id: string; done: () => void; stale: () => void }) {
  const { t } = useWords();
  const [result, setResult] = useState<TryResult | null>(null);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const save = (): Promise<unknown> | null => {
    setAsked(true);
    return result === null ? null : tryOwed(id, result, note);
  };
  return (
    <Saving save={save} button={t('promise-try-save')} done={done} stale={stale}>
      <Chips legend={t('promise-try-what')} value={result} choose={(value) => setResult(value as TryResult)}
        choices={RESULTS.map((value) => ({ value, label: t(`promise-result-${value}`) }))} missing={asked && result === null ? t('promise-choose') : null} />
      <Note label={t('promise-try-note')} value={note} write={setNote} />
    </Saving>
  );
}

/** The end of a promise. */
export function CloseForm({ detail, done, stale }: { detail: OwedDetail; done: () => void; stale: () => void }) {
  const { t } = useWords();
  const day = useDay();
  const outcomes = outcomesFor(detail);
  const [outcome, setOutcome] = useState<OwedOutcome | null>(null);
  const [proof, setProof] = useState<string | null>(detail.proofs[0]?.id ?? null);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const proves = outcome === 'spoken_earlier';
  const reasonMissing = outcome !== null && needsReason(outcome) && note.trim() === '';
  const save = (): Promise<unknown> | null => {
    setAsked(true);
    if (outcome === null || reasonMissing || (proves && proof === null)) return null;
    return closeOwed(detail.promise.id, outcome, proves ? proof : null, note);
  };
  const told = (at: number): string => [day(at, Date.now()), clockTime(at)].filter(Boolean).join(' ');
  const proofs = detail.proofs.map((call) => ({
    value: call.id,
    label: [told(call.answered_at), call.specialist?.name, call.talk_ms === null || call.talk_ms === undefined ? t('promise-proof-now') : span(call.talk_ms)].filter(Boolean).join(', '),
  }));
  return (
    <Saving save={save} button={t('promise-close-save')} done={done} stale={stale}>
      <Chips legend={t('promise-close-how')} value={outcome} choose={(value) => setOutcome(value as OwedOutcome)}
        choices={outcomes.map((value) => ({ value, label: t(`promise-outcome-${value}`) }))} missing={asked && outcome === null ? t('promise-choose') : null} />
      {proves && <Chips legend={t('promise-close-proof')} value={proof} choose={setProof} choices={proofs} />}
      <Note label={t(outcome !== null && needsReason(outcome) ? 'promise-close-reason' : 'promise-close-note')} value={note} write={setNote} missing={asked && reasonMissing ? t('promise-reason-missing') : null} />
    </Saving>
  );
}
