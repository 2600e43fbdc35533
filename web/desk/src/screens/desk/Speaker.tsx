//! Who speaks, once it was chosen: name, year, for whom; earlier contacts, and who else calls from the number.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useNow } from '../../parts/hooks';
import { Icon } from '../../parts/Icon';
import { Go } from '../../parts/Press';
import { useDay } from '../../parts/Times';
import { addressOf, fullName } from '../../state/appeal';
import { outcomeView } from '../../state/callList';
import { clockTime } from '../../state/clock';
import { topicOf } from '../../state/topics';
import { personHistory, type AppealFields, type HistoryEntry, type PersonCard, type PersonOnNumber, type TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';
import { useResultName } from '../appeal/Form';

const RELATION_MAX = 200;

/** For whom: of oneself, or of somebody in words. */
function ForWhom({ value, type }: { value: AppealFields['for_whom']; type: (change: Partial<AppealFields>) => void }) {
  const { t } = useWords();
  const name = useId();
  const [other, setOther] = useState(value.is !== 'self');
  useEffect(() => {
    if (value.is !== 'self') setOther(true);
  }, [value.is]);
  const write = (relation: string): void => {
    // «О другом» without a word says nothing yet: it is saved with the first letter.
    type({ for_whom: relation.trim() === '' ? { is: 'self', person: null, relation: null } : { is: 'relation', person: null, relation } });
  };
  return (
    <fieldset className="whom">
      <legend className="vh">{t('for-whom-h')}</legend>
      <div className="choices">
        <label className="choice choice--s"><input type="radio" name={name} checked={!other} onChange={() => { setOther(false); write(''); }} />{!other && <Icon name="check" />}{t('for-self')}</label>
        <label className="choice choice--s"><input type="radio" name={name} checked={other} onChange={() => setOther(true)} />{other && <Icon name="check" />}{t('for-other')}</label>
      </div>
      {other && <input className="inp" aria-label={t('for-relation')} placeholder={t('for-relation-placeholder')} maxLength={RELATION_MAX} value={value.relation ?? ''} onChange={(event) => write(event.target.value)} />}
    </fieldset>
  );
}

interface SpeakerProps {
  fields: AppealFields;
  card: PersonCard | null;
  known: PersonOnNumber | null;
  type: (change: Partial<AppealFields>) => void;
  change: () => void;
}

/** Who speaks. */
export function Speaker({ fields, card, known, type, change }: SpeakerProps) {
  const { t } = useWords();
  const { speaker } = fields;
  const name = card ? fullName(card) : known ? addressOf(known) : '';
  return (
    <section className="sec" data-part="speaker">
      <div className="sec-row"><h2 className="sec-h">{t('who-speaks')}</h2><UnstyledButton className="link small" onClick={change}>{t('who-change')}</UnstyledButton></div>
      {speaker.is === 'did_not_say'
        ? <><p className="person">{t('who-anonymous')}</p><p className="dim">{t('who-anonymous-sub')}</p></>
        : (
          <>
            <p className="person">{name}</p>
            <p className="dim row">{card?.birth_year != null && <span>{t('person-born', { year: String(card.birth_year) })}</span>}{speaker.person !== null && <Go to="person" params={{ id: speaker.person }} className="link">{t('person-open')}</Go>}</p>
            {card !== null && card.note !== '' && <p className="note note--calm">{card.note}</p>}
          </>
        )}
      <ForWhom value={fields.for_whom} type={type} />
    </section>
  );
}

const SHOWN = 3;

/** Three earlier contacts: appeals, and calls that came to nobody. */
export function Earlier({ person, appeal, call, tree, clock }: { person: string; appeal: string; call: string; tree: TopicTree | null; clock: () => number }) {
  const { t, tell } = useWords();
  const now = useNow(clock, 30_000);
  const day = useDay();
  const nameOf = useResultName();
  const [entries, setEntries] = useState<HistoryEntry[] | null>(null);
  useEffect(() => {
    let over = false;
    setEntries(null);
    personHistory(person, 20).then((page) => { if (!over) setEntries(page.entries); }, () => undefined);
    return () => { over = true; };
  }, [person]);
  if (entries === null) return null;
  const contacts = entries.flatMap((entry): { at: number; title: string; sub: string; id: string | null }[] => {
    if (entry.appeal && entry.appeal.id !== appeal && entry.appeal.status !== 'dismissed') {
      const topic = entry.appeal.topics[0];
      const result = tree?.results.find((one) => one.id === entry.appeal?.result);
      const title = (topic !== undefined && tree && topicOf(tree.groups, topic)?.topic.name) || t('appeal-status-draft');
      return [{ at: entry.at, title, sub: result ? nameOf(result) : t(`appeal-status-${entry.appeal.status}`), id: entry.appeal.id }];
    }
    if (entry.call?.outcome && entry.call.outcome !== 'answered' && entry.call.id !== call) return [{ at: entry.at, title: tell(outcomeView(entry.call.outcome, entry.call.stage).text), sub: '', id: null }];
    return [];
  }).slice(0, SHOWN);
  return (
    <section className="sec" data-part="earlier">
      <h2 className="sec-h">{t('before-h')}</h2>
      {contacts.length === 0 ? <p className="dim">{t('before-none')}</p> : (
        <ul className="hist">
          {contacts.map((one) => (
            <li key={`${one.at} ${one.id}`}>
              <time dateTime={new Date(one.at).toISOString()}>{day(one.at, now) ?? clockTime(one.at)}</time>
              {one.id === null ? <span>{one.title}</span> : <Go to="appeal" params={{ id: one.id }} className="plain">{one.title}</Go>}
              {one.sub !== '' && <span className="dim">{one.sub}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Who else calls from the number; one click says that it was them. */
export function Others({ people, choose }: { people: PersonOnNumber[]; choose: (id: string) => void }) {
  const { t } = useWords();
  if (people.length === 0) return null;
  return (
    <section className="sec" data-part="others">
      <h2 className="sec-h">{t('others-h')}</h2>
      <ul className="names">
        {people.map((one) => <li key={one.id}><UnstyledButton onClick={() => choose(one.id)}><Icon name="person" /><span>{addressOf(one)}</span></UnstyledButton></li>)}
      </ul>
    </section>
  );
}
