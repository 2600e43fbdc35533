//! The card of a person to write: saved over its version; another's version is shown beside what was typed.
import { useState, type FormEvent } from 'react';
import { useErrorText } from '../../parts/hooks';
import { Press } from '../../parts/Press';
import { fullName } from '../../state/appeal';
import { savePerson, theirsOf, type CardFields, type PersonCard } from '../../transport/appeals';
import { useWords } from '../../words/words';

const NAME_MAX = 100;
const NOTE_MAX = 1_000;

/** The form. */
export function CardForm({ card, saved, theirs, back }: { card: PersonCard; saved: (card: PersonCard) => void; theirs: (card: PersonCard) => void; back: () => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [fields, setFields] = useState<CardFields>({ family_name: card.family_name, given_name: card.given_name, patronymic: card.patronymic, birth_year: card.birth_year, note: card.note });
  const [year, setYear] = useState(card.birth_year === null ? '' : String(card.birth_year));
  const [error, setError] = useState<unknown>(null);
  const [other, setOther] = useState<PersonCard | null>(null);
  const [busy, setBusy] = useState(false);
  const born = year.trim() === '' ? null : Number(year);
  const badYear = born !== null && !(Number.isInteger(born) && born >= 1880 && born <= 2100);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || badYear) return;
    setBusy(true);
    savePerson(card.id, { ...fields, birth_year: born }, (other ?? card).version).then(saved, (failure: unknown) => {
      setBusy(false);
      setError(failure);
      const newer = theirsOf<PersonCard>(failure);
      if (newer === null) return;
      setOther(newer);
    });
  };
  const text = (name: 'family_name' | 'given_name' | 'patronymic') => (
    <label className="f"><span>{t(`card-${name}`)}</span><input className="inp" maxLength={NAME_MAX} value={fields[name]} onChange={(event) => setFields({ ...fields, [name]: event.target.value })} /></label>
  );
  return (
    <form className="panel card-form" onSubmit={save} autoComplete="off" data-part="card-form">
      {text('family_name')}{text('given_name')}{text('patronymic')}
      <label className="f"><span>{t('new-year')}</span><input className={`inp${badYear ? ' inp--need' : ''}`} inputMode="numeric" maxLength={4} value={year} onChange={(event) => setYear(event.target.value)} />{badYear && <span className="need">{t('new-year-wrong')}</span>}</label>
      <label className="f"><span>{t('card-note')}</span><textarea className="inp" maxLength={NOTE_MAX} rows={3} value={fields.note} onChange={(event) => setFields({ ...fields, note: event.target.value })} /><span className="small hint">{t('card-note-hint')}</span></label>
      {other !== null && (
        <div className="note" role="alert"><div>
          <p>{t('card-stale')}</p>
          <p className="strong">{fullName(other)}{other.birth_year !== null && `, ${other.birth_year}`}</p>
          {other.note !== '' && <p>{other.note}</p>}
          <Press small onClick={() => { theirs(other); back(); }}>{t('card-take-theirs')}</Press>
        </div></div>
      )}
      {error !== null && other === null && <p className="note note--bad" role="alert">{errorText(error)}</p>}
      <div className="row"><Press type="submit" tone="main" resting={busy}>{t(other === null ? 'card-save' : 'card-save-over')}</Press><Press onClick={back}>{t('new-cancel')}</Press></div>
    </form>
  );
}
