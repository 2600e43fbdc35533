//! Topics of appeals: named, ordered, hidden, added. What is hidden stays readable on old appeals.
import { useState } from 'react';
import { Press } from '../../parts/Press';
import { setTopicGroupUp, setTopicUp, topicSetups, type ChangedTopic, type SetupTopic, type SetupTopicGroup } from '../../transport/topicsSetup';
import { useWords } from '../../words/words';
import { Choice, Field, Refusal, Stale, Tick, useSaving } from './form';
import { useLoaded } from './hooks';

/** What the form holds; of a group, only what groups have. `says` and `place` are as people write them. */
interface Draft {
  group: string;
  name: string;
  says: string;
  place: string;
  active: boolean;
}

type Of = { kind: 'group'; stored: SetupTopicGroup | null } | { kind: 'topic'; stored: SetupTopic | null };

const listed = (says: string): string[] => says.split(',').map((one) => one.trim()).filter(Boolean);

// People count from 1; what is no number goes to the server as none, which refuses it in words.
const placeOf = (written: string): number => (/^\d{1,5}$/.test(written.trim()) ? Number(written) - 1 : -1);

function draftOf(of: SetupTopicGroup | SetupTopic): Draft {
  const topic = 'group' in of ? of : null;
  return { group: topic?.group ?? '', name: of.name, says: topic?.says.join(', ') ?? '', place: String(of.place + 1), active: of.active };
}

function Form({ of, empty, groups, done }: { of: Of; empty: Draft; groups: SetupTopicGroup[]; done: () => Promise<void> }) {
  const { t } = useWords();
  const [id, setId] = useState(of.stored?.id ?? '');
  const [version, setVersion] = useState(of.stored?.version ?? 0);
  const [draft, setDraft] = useState<Draft>(of.stored === null ? empty : draftOf(of.stored));
  const saving = useSaving<SetupTopicGroup | SetupTopic>();
  const isTopic = of.kind === 'topic';
  const save = (on: number) => saving.run(async () => {
    const shared = { version: on, name: draft.name, place: placeOf(draft.place), active: draft.active };
    if (isTopic) await setTopicUp(id.trim(), { ...shared, group: draft.group, says: listed(draft.says) } satisfies ChangedTopic);
    else await setTopicGroupUp(id.trim(), shared);
    await done();
  });
  const groupName = (wanted: string): string => groups.find((one) => one.id === wanted)?.name ?? wanted;
  const said = (one: Draft): [string, string][] => [
    [t('topics-name'), one.name],
    ...(isTopic ? [[t('topics-group'), groupName(one.group)], [t('topics-says'), listed(one.says).join(', ') || '—']] as [string, string][] : []),
    [t('topics-place'), one.place], [t('topics-active'), t(one.active ? 'setup-yes' : 'setup-no')],
  ];
  const { stored } = saving;
  return (
    <form className="form wide" noValidate onSubmit={(event) => { event.preventDefault(); void save(version); }}>
      {of.stored === null && <Field label={t('topics-id')} hint={t('topics-id-hint')} value={id} maxLength={40} spellCheck={false} autoCapitalize="none" onChange={(event) => setId(event.currentTarget.value)} />}
      <Field label={t('topics-name')} value={draft.name} maxLength={120} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
      {isTopic && <Choice label={t('topics-group')} value={draft.group} options={groups.map((one) => [one.id, one.name])} onChange={(event) => setDraft({ ...draft, group: event.currentTarget.value })} />}
      {isTopic && <Field label={t('topics-says')} hint={t('topics-says-hint')} value={draft.says} maxLength={3200} onChange={(event) => setDraft({ ...draft, says: event.currentTarget.value })} />}
      <Field label={t('topics-place')} hint={t('topics-place-hint')} value={draft.place} inputMode="numeric" maxLength={5} onChange={(event) => setDraft({ ...draft, place: event.currentTarget.value })} />
      <Tick label={t('topics-active')} checked={draft.active} onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })} />
      <Refusal text={saving.error} />
      {stored !== null && <Stale rows={said(draftOf(stored)).map(([label, theirs], i) => [label, theirs, said(draft)[i]?.[1] ?? ''])}
        takeTheirs={() => { setVersion(stored.version); setDraft(draftOf(stored)); saving.forget(); }} keepMine={() => void save(stored.version)} />}
      <div className="acts wide"><Press type="submit" tone="main" resting={saving.busy}>{t('setup-save')}</Press><Press onClick={() => void done()}>{t('setup-cancel')}</Press></div>
    </form>
  );
}

/** A button that opens a form in its place. */
function Adding({ label, of, empty, groups, again }: { label: string; of: Of; empty: Draft; groups: SetupTopicGroup[]; again: () => Promise<void> }) {
  const [open, setOpen] = useState(false);
  if (open) return <Form of={of} empty={empty} groups={groups} done={async () => { setOpen(false); await again(); }} />;
  return <div className="acts"><Press onClick={() => setOpen(true)}>{label}</Press></div>;
}

function Name({ name, active }: { name: string; active: boolean }) {
  const { t } = useWords();
  return <><b>{name}</b>{!active && <span className="off"> · {t('topics-hidden')}</span>}</>;
}

function Edit({ name, open, turn }: { name: string; open: boolean; turn: () => void }) {
  const { t } = useWords();
  return <span className="acts"><Press small onClick={turn} aria-expanded={open}>{t('setup-edit')}<span className="vh">: {name}</span></Press></span>;
}

const NOTHING: Draft = { group: '', name: '', says: '', place: '1', active: true };

/** The place after the last one. */
const after = (all: { place: number }[]): string => String(Math.max(0, ...all.map((one) => one.place + 1)) + 1);

function Topic({ topic, groups, again }: { topic: SetupTopic; groups: SetupTopicGroup[]; again: () => Promise<void> }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li data-topic={topic.id}>
      <span className="who"><Name {...topic} /><br /><span className="dim">{topic.says.join(', ') || t('topics-no-says')}</span></span>
      <Edit name={topic.name} open={open} turn={() => setOpen(!open)} />
      {open && <Form of={{ kind: 'topic', stored: topic }} empty={NOTHING} groups={groups} done={async () => { setOpen(false); await again(); }} />}
    </li>
  );
}

function Group({ group, topics, groups, again }: { group: SetupTopicGroup; topics: SetupTopic[]; groups: SetupTopicGroup[]; again: () => Promise<void> }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <section className="panel" aria-labelledby={`group-${group.id}`} data-group={group.id}>
      <div className="group-h"><h2 id={`group-${group.id}`}><Name {...group} /></h2><Edit name={group.name} open={open} turn={() => setOpen(!open)} /></div>
      {open && <Form of={{ kind: 'group', stored: group }} empty={NOTHING} groups={groups} done={async () => { setOpen(false); await again(); }} />}
      {topics.length === 0 && <p className="dim">{t('topics-none')}</p>}
      <ul className="rows">{topics.map((topic) => <Topic key={topic.id} topic={topic} groups={groups} again={again} />)}</ul>
      <Adding label={t('topics-add')} of={{ kind: 'topic', stored: null }} empty={{ ...NOTHING, group: group.id, place: after(topics) }} groups={groups} again={again} />
    </section>
  );
}

/** Topics. */
export function TopicsPart() {
  const { t } = useWords();
  const { value, error, again } = useLoaded(topicSetups);
  return (
    <>
      <section className="panel" aria-labelledby="topics">
        <h2 id="topics">{t('setup-topics')}</h2>
        <p className="dim">{t('topics-note')}</p>
        <Refusal text={error} />
        {value !== null && <Adding label={t('topics-add-group')} of={{ kind: 'group', stored: null }} empty={{ ...NOTHING, place: after(value.groups) }} groups={value.groups} again={again} />}
      </section>
      {value?.groups.map((group) => <Group key={group.id} group={group} topics={value.topics.filter((one) => one.group === group.id)} groups={value.groups} again={again} />)}
    </>
  );
}
