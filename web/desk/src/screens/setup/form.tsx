//! What the forms of the setup share: fields, the two versions of a stale save, saving itself.
import { useId, useState, type ComponentProps, type ReactNode } from 'react';
import { useErrorText } from '../../parts/hooks';
import { Press } from '../../parts/Press';
import { ApiError, isSignedOut } from '../../transport/api';
import { useWords } from '../../words/words';
import { go } from '../route';

/** A field with its label and, where it helps, a hint. */
export function Field({ label, hint, ...rest }: { label: string; hint?: string } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className="f">
      <label className="f-l" htmlFor={id}>{label}</label>
      <input className="in" id={id} aria-describedby={hint === undefined ? undefined : `${id}-h`} {...rest} />
      {hint !== undefined && <span className="f-h" id={`${id}-h`}>{hint}</span>}
    </div>
  );
}

/** A choice out of a few. */
export function Choice({ label, options, ...rest }: { label: string; options: [string, string][] } & ComponentProps<'select'>) {
  const id = useId();
  return (
    <div className="f">
      <label className="f-l" htmlFor={id}>{label}</label>
      <select className="in" id={id} {...rest}>{options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}</select>
    </div>
  );
}

/** A yes or no. */
export function Tick({ label, ...rest }: { label: string } & ComponentProps<'input'>) {
  return <label className="tick"><input type="checkbox" {...rest} />{label}</label>;
}

/** One field of two versions: its name, what stands in the centre, what stands here. */
export type Difference = [label: string, theirs: string, mine: string];

/** Somebody saved first: both versions, and the two ways on. */
export function Stale({ rows, takeTheirs, keepMine }: { rows: Difference[]; takeTheirs: () => void; keepMine: () => void }) {
  const { t } = useWords();
  return (
    <div className="stale2 wide" role="alert">
      <p><b>{t('stale-title')}</b> {t('stale-sub')}</p>
      <table>
        <thead><tr><th scope="col">{t('stale-field')}</th><th scope="col">{t('stale-theirs')}</th><th scope="col">{t('stale-mine')}</th></tr></thead>
        <tbody>{rows.map(([label, theirs, mine]) => <tr key={label} data-differs={theirs === mine ? undefined : ''}><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr>)}</tbody>
      </table>
      <div className="acts"><Press tone="main" onClick={takeTheirs}>{t('stale-take')}</Press><Press onClick={keepMine}>{t('stale-keep')}</Press></div>
    </div>
  );
}

/** Saving: busy, refused in words, or stale with what stands there now. */
export function useSaving<Stored>() {
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [stored, setStored] = useState<Stored | null>(null);
  const run = async (save: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    setStored(null);
    try {
      await save();
    } catch (failure) {
      if (isSignedOut(failure)) return go('sign-in', 'replace');
      if (failure instanceof ApiError && failure.code === 'stale' && failure.problem['stored'] !== null) setStored(failure.problem['stored'] as Stored);
      else setError(errorText(failure));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, stored, run, forget: () => setStored(null) };
}

/** A refusal in words. */
export function Refusal({ text }: { text: string | null }): ReactNode {
  return text === null ? null : <p className="note note--bad wide" role="alert">{text}</p>;
}
