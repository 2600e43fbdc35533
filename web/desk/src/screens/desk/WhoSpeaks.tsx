//! «Кто говорит?»: the first click of a talk. Before it nothing personal stands on the screen.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useErrorText } from '../../parts/hooks';
import { Icon, type IconName } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { addressOf, choiceOfKey, namesOf, whoChoices, type WhoChoice } from '../../state/appeal';
import { addPerson, type PersonCard, type PersonOnNumber } from '../../transport/appeals';
import { useWords } from '../../words/words';

const ICONS: Record<WhoChoice['kind'], IconName> = { person: 'person', other: 'plus', did_not_say: 'close' };

/** A new person: as much as was said, and no more is asked for. */
function NewPerson({ call, added, back }: { call: string; added: (card: PersonCard) => void; back: () => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [line, setLine] = useState('');
  const [year, setYear] = useState('');
  const [wrong, setWrong] = useState<{ name?: string; year?: string; all?: string }>({});
  const [busy, setBusy] = useState(false);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const names = namesOf(line);
    const born = year.trim() === '' ? null : Number(year);
    const missing = names.family_name === '' && names.given_name === '';
    const badYear = born !== null && !(Number.isInteger(born) && born >= 1900 && born <= new Date().getFullYear());
    setWrong({ ...(missing ? { name: t('new-name-missing') } : {}), ...(badYear ? { year: t('new-year-wrong') } : {}) });
    if (missing || badYear || busy) return;
    setBusy(true);
    addPerson({ ...names, birth_year: born, note: '' }, call).then(added, (error: unknown) => {
      setBusy(false);
      setWrong({ all: errorText(error) });
    });
  };
  return (
    <form className="new-person" onSubmit={save} autoComplete="off" onKeyDown={(event) => event.key === 'Escape' && back()}>
      <h2 className="who-h">{t('new-h')}</h2>
      <label className="f"><span>{t('new-name')}</span>
        <input className={`inp${wrong.name ? ' inp--need' : ''}`} autoFocus maxLength={300} value={line} onChange={(event) => setLine(event.target.value)} aria-invalid={wrong.name !== undefined || undefined} />
        <span className={wrong.name ? 'need' : 'small hint'}>{wrong.name ?? t('new-name-hint')}</span>
      </label>
      <label className="f"><span>{t('new-year')}</span>
        <input className={`inp${wrong.year ? ' inp--need' : ''}`} inputMode="numeric" maxLength={4} value={year} onChange={(event) => setYear(event.target.value)} aria-invalid={wrong.year !== undefined || undefined} />
        <span className={wrong.year ? 'need' : 'small hint'}>{wrong.year ?? t('new-year-hint')}</span>
      </label>
      {wrong.all !== undefined && <p className="note note--bad" role="alert">{wrong.all}</p>}
      <div className="row"><Press type="submit" resting={busy}>{t('new-save')}</Press><Press tone="link" onClick={back}>{t('new-cancel')}</Press></div>
    </form>
  );
}

interface WhoProps {
  call: string;
  people: PersonOnNumber[] | null;
  need: boolean;
  choosePerson: (id: string, card: PersonCard | null) => void;
  didNotSay: () => void;
  /** The choice of before, where one only looks. */
  keep: (() => void) | null;
}

/** The choice. */
export function WhoSpeaks({ call, people, need, choosePerson, didNotSay, keep }: WhoProps) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const choices = whoChoices(people ?? []);
  const take = (choice: WhoChoice): void => {
    switch (choice.kind) {
      case 'person': return choosePerson(choice.person.id, null);
      case 'other': return setAdding(true);
      case 'did_not_say': return didNotSay();
    }
  };
  const latest = useRef({ choices, take });
  latest.current = { choices, take };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
      const choice = choiceOfKey(latest.current.choices, event.code);
      if (choice === null) return;
      event.preventDefault();
      latest.current.take(choice);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  if (adding) return <NewPerson call={call} added={(card) => choosePerson(card.id, card)} back={() => setAdding(false)} />;
  const label = (choice: WhoChoice): string => (choice.kind === 'person' ? addressOf(choice.person) : t(`who-${choice.kind}`));
  return (
    <section className="sec" data-part="who">
      <h2 className="who-h">{t('who-h')}</h2>
      {need && <p className="need">{t('need-speaker')}</p>}
      <ul className="pick">
        {choices.map((choice, at) => (
          <li key={choice.kind === 'person' ? choice.person.id : choice.kind}>
            <UnstyledButton data-who={choice.kind} aria-keyshortcuts={at < 9 ? `Alt+${at + 1}` : undefined} onClick={() => take(choice)}>
              <Icon name={ICONS[choice.kind]} /><span>{label(choice)}</span>
              {at < 9 && <kbd aria-hidden="true">{t('who-key', { n: at + 1 })}</kbd>}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {people === null && <p className="dim small" role="status">{t('who-loading')}</p>}
      {keep !== null && <Press tone="link" small onClick={keep}>{t('who-keep')}</Press>}
    </section>
  );
}
