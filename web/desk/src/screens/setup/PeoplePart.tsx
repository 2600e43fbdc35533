//! People: who works here, what they may do, and the link by which they get in.
import { useState, type FormEvent } from 'react';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { clockTime, shortDate } from '../../state/clock';
import type { Person, Role } from '../../transport/contract';
import { addPerson, changePerson, endSessionsOf, makeLink, people, type OneTimeLink, type SetupPerson } from '../../transport/setup';
import { useWords } from '../../words/words';
import { Choice, Field, Refusal, Stale, Tick, useSaving } from './form';
import { useLoaded } from './hooks';

const ROLES = ['specialist', 'shift_lead', 'head', 'administrator', 'press_office', 'measure_editor', 'privacy_officer'] as const satisfies Role[];
type Gender = 'f' | 'm' | '';

/** What is edited of somebody. */
interface Draft {
  name: string;
  role: Role;
  gender: Gender;
  disabled: boolean;
}

function draftOf(person: SetupPerson): Draft {
  return { name: person.name, role: person.role, gender: person.gender ?? '', disabled: (person.disabled_at ?? null) !== null };
}

/** The fields of somebody. */
function Fields({ draft, set }: { draft: Draft; set: (draft: Draft) => void }) {
  const { t } = useWords();
  return (
    <>
      <Field label={t('people-name')} value={draft.name} maxLength={120} required onChange={(event) => set({ ...draft, name: event.currentTarget.value })} />
      <Choice label={t('people-role')} value={draft.role} options={ROLES.map((role) => [role, t(`role-${role}`)])} onChange={(event) => set({ ...draft, role: event.currentTarget.value as Role })} />
      <Choice label={t('people-gender')} value={draft.gender} options={(['', 'f', 'm'] as const).map((one) => [one, t(`gender-${one === '' ? 'none' : one}`)])} onChange={(event) => set({ ...draft, gender: event.currentTarget.value as Gender })} />
    </>
  );
}

function LinkBox({ link, name }: { link: OneTimeLink; name: string }) {
  const { t, language } = useWords();
  const [copied, setCopied] = useState(false);
  const url = new URL(link.path, location.origin).href;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Without the clipboard (plain HTTP) the address is selected by hand.
      setCopied(false);
    }
  };
  return (
    <div className="linkbox wide" role="status">
      <p><b>{t('link-title', { name })}</b> {t('link-sub', { until: `${shortDate(link.expires_at, Date.now(), language)}, ${clockTime(link.expires_at)}` })}</p>
      <code data-part="link">{url}</code>
      <div className="acts"><Press small onClick={() => void copy()}><Icon name="copy" />{t(copied ? 'link-copied' : 'link-copy')}</Press></div>
    </div>
  );
}

function Add({ added }: { added: () => Promise<void> }) {
  const { t } = useWords();
  const [id, setId] = useState('');
  const [draft, setDraft] = useState<Draft>({ name: '', role: 'specialist', gender: '', disabled: false });
  const [made, setMade] = useState<{ link: OneTimeLink; name: string } | null>(null);
  const saving = useSaving<never>();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    void saving.run(async () => {
      const { person, link } = await addPerson({ id: id.trim(), name: draft.name, role: draft.role, gender: draft.gender === '' ? null : draft.gender });
      setMade({ link, name: person.name });
      setId('');
      setDraft({ ...draft, name: '' });
      await added();
    });
  };
  return (
    <section className="panel" aria-labelledby="people-add">
      <h2 id="people-add">{t('people-add')}</h2>
      <form className="form" noValidate onSubmit={add}>
        <Field label={t('people-id')} hint={t('people-id-hint')} value={id} autoCapitalize="none" spellCheck={false} maxLength={40} onChange={(event) => setId(event.currentTarget.value)} />
        <Fields draft={draft} set={setDraft} />
        <Refusal text={saving.error} />
        <div className="acts wide"><Press type="submit" tone="main" resting={saving.busy}>{t('people-add-submit')}</Press></div>
        {made !== null && <LinkBox {...made} />}
      </form>
    </section>
  );
}

function Edit({ person, done }: { person: SetupPerson; done: () => Promise<void> }) {
  const { t } = useWords();
  const [version, setVersion] = useState(person.version);
  const [draft, setDraft] = useState(draftOf(person));
  const saving = useSaving<SetupPerson>();
  const save = (on: number) => saving.run(async () => {
    await changePerson(person.id, { ...draft, gender: draft.gender === '' ? null : draft.gender, version: on });
    await done();
  });
  const said = (one: Draft) => ({ name: one.name, role: t(`role-${one.role}`), gender: t(`gender-${one.gender === '' ? 'none' : one.gender}`), disabled: t(one.disabled ? 'setup-yes' : 'setup-no') });
  const stored = saving.stored;
  return (
    <form className="form wide" noValidate onSubmit={(event) => { event.preventDefault(); void save(version); }}>
      <Fields draft={draft} set={setDraft} />
      <Tick label={t('people-disabled')} checked={draft.disabled} onChange={(event) => setDraft({ ...draft, disabled: event.currentTarget.checked })} />
      <Refusal text={saving.error} />
      {stored !== null && (
        <Stale rows={(['name', 'role', 'gender', 'disabled'] as const).map((field) => [t(`people-${field}`), said(draftOf(stored))[field], said(draft)[field]])}
          takeTheirs={() => { setVersion(stored.version); setDraft(draftOf(stored)); saving.forget(); }} keepMine={() => void save(stored.version)} />
      )}
      <div className="acts wide"><Press type="submit" tone="main" resting={saving.busy}>{t('setup-save')}</Press><Press onClick={() => void done()}>{t('setup-cancel')}</Press></div>
    </form>
  );
}

function Row({ person, me, again }: { person: SetupPerson; me: Person; again: () => Promise<void> }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const saving = useSaving<never>();
  const off = (person.disabled_at ?? null) !== null;
  const state = off ? t('people-off') : !person.has_password ? t(person.link_expires_at ? 'people-invited' : 'people-no-link') : person.sessions > 0 ? t('people-signed-in', { count: person.sessions }) : t('people-out');
  const act = (what: () => Promise<void>) => () => void saving.run(what);
  return (
    <li data-person={person.id}>
      <span className={`who${off ? ' off' : ''}`}><b>{person.name}</b> · {person.id}<br /><span className="dim">{t(`role-${person.role}`)} · {state}</span></span>
      <span className="acts">
        <Press small onClick={() => setEditing(!editing)} aria-expanded={editing}>{t('setup-edit')}<span className="vh">: {person.name}</span></Press>
        {!off && <Press small resting={saving.busy} onClick={act(async () => { setLink(await makeLink(person.id)); await again(); })}>{t('people-link')}<span className="vh">: {person.name}</span></Press>}
        {person.sessions > 0 && person.id !== me.id && <Press small resting={saving.busy} onClick={act(async () => { await endSessionsOf(person.id); await again(); })}>{t('people-end')}<span className="vh">: {person.name}</span></Press>}
      </span>
      <Refusal text={saving.error} />
      {link !== null && <LinkBox link={link} name={person.name} />}
      {editing && <Edit person={person} done={async () => { setEditing(false); await again(); }} />}
    </li>
  );
}

/** People. */
export function PeoplePart({ me }: { me: Person }) {
  const { t } = useWords();
  const { value, error, again } = useLoaded(people);
  return (
    <>
      <Refusal text={error} />
      <section className="panel" aria-labelledby="people-all">
        <h2 id="people-all">{t('people-all')}</h2>
        <ul className="rows">{value?.map((person) => <Row key={person.id} person={person} me={me} again={again} />)}</ul>
      </section>
      <Add added={again} />
    </>
  );
}
