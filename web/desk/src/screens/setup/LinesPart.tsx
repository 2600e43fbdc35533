//! Lines: name, number, hours, recording. What is saved holds for the next call.
import { useState } from 'react';
import { Press } from '../../parts/Press';
import { lineSetups, setLineUp, turnLine, type ChangedLine, type HoursSpan, type LineDay, type SetupLine } from '../../transport/setup';
import { useWords } from '../../words/words';
import { Choice, Field, Refusal, Stale, Tick, useSaving } from './form';
import { useLoaded } from './hooks';
import { Spans } from './Spans';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Draft = Omit<ChangedLine, 'version'>;

const EMPTY: Draft = { name: '', number: '', recorded: true, recorder: true, keep_days: 180, hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, days: [] };

function draftOf({ name, number, recorded, recorder, keep_days, hours, days }: SetupLine): Draft {
  return { name, number, recorded, recorder, keep_days, hours, days };
}

const LONGEST_KEPT = 36_500;
// What is no number of days goes to the server as too many of them, which it refuses in words.
const sendable = (days: number): number => (Number.isInteger(days) && days >= 0 && days <= LONGEST_KEPT ? days : LONGEST_KEPT + 1);

const spans = (of: HoursSpan[] | undefined): string => (of ?? []).map(({ from, to }) => `${from}–${to}`).join(', ') || '—';

function Week({ hours, set }: { hours: Draft['hours']; set: (hours: Draft['hours']) => void }) {
  const { t } = useWords();
  return (
    <div className="week wide" role="group" aria-label={t('lines-week')}>
      {DAYS.map((day) => <div key={day}><span className="d">{t(`day-${day}`)}</span><Spans of={t(`day-${day}`)} spans={hours[day] ?? []} set={(changed) => set({ ...hours, [day]: changed })} /></div>)}
    </div>
  );
}

function OwnDays({ days, set }: { days: LineDay[]; set: (days: LineDay[]) => void }) {
  const { t } = useWords();
  const put = (index: number, day: LineDay): void => set(days.map((one, i) => (i === index ? day : one)));
  return (
    <div className="week wide" role="group" aria-label={t('lines-own-days')}>
      <p className="f-l">{t('lines-own-days')}</p>
      {days.map((day, index) => (
        <div key={index}>
          <input className="in in--date" type="date" aria-label={t('days-date')} value={day.date} onChange={(event) => put(index, { ...day, date: event.currentTarget.value })} />
          <Spans of={day.date} spans={day.hours} set={(hours) => put(index, { ...day, hours })} />
          <Press small onClick={() => set(days.filter((_, i) => i !== index))}>{t('setup-remove')}<span className="vh">: {day.date}</span></Press>
        </div>
      ))}
      <div><Press small onClick={() => set([...days, { date: '', name: '', hours: [] }])}>{t('lines-add-day')}</Press></div>
    </div>
  );
}

function Form({ id, line, done }: { id: string; line: SetupLine | null; done: () => Promise<void> }) {
  const { t } = useWords();
  const [key, setKey] = useState(id);
  const [version, setVersion] = useState(line?.version ?? 0);
  const [draft, setDraft] = useState<Draft>(line === null ? EMPTY : draftOf(line));
  const saving = useSaving<SetupLine>();
  const save = (on: number) => saving.run(async () => {
    await setLineUp(key.trim(), { ...draft, keep_days: sendable(draft.keep_days), version: on });
    await done();
  });
  const said = (of: Draft): [string, string][] => [
    [t('lines-name'), of.name], [t('lines-number'), of.number], [t('lines-recorded'), t(of.recorded ? 'setup-yes' : 'setup-no')], [t('lines-recorder'), t(of.recorder ? 'setup-yes' : 'setup-no')], [t('lines-keep'), t('keeping-for-days', { days: of.keep_days })],
    ...DAYS.map((day): [string, string] => [t(`day-${day}`), spans(of.hours[day])]),
    [t('lines-own-days'), of.days.map((day) => `${day.date}: ${spans(day.hours)}`).join('; ') || '—'],
  ];
  const { stored } = saving;
  return (
    <form className="form wide" noValidate onSubmit={(event) => { event.preventDefault(); void save(version); }}>
      {line === null && <Field label={t('lines-id')} hint={t('lines-id-hint')} value={key} maxLength={40} spellCheck={false} autoCapitalize="none" onChange={(event) => setKey(event.currentTarget.value)} />}
      <Field label={t('lines-name')} value={draft.name} maxLength={120} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
      <Field label={t('lines-number')} value={draft.number} inputMode="tel" maxLength={40} onChange={(event) => setDraft({ ...draft, number: event.currentTarget.value })} />
      <Tick label={t('lines-recorded')} checked={draft.recorded} onChange={(event) => setDraft({ ...draft, recorded: event.currentTarget.checked })} />
      <Tick label={t('lines-recorder')} checked={draft.recorder} onChange={(event) => setDraft({ ...draft, recorder: event.currentTarget.checked })} />
      <Field label={t('lines-keep')} hint={t('lines-keep-hint')} type="number" inputMode="numeric" min={0} max={LONGEST_KEPT} value={Number.isNaN(draft.keep_days) ? '' : draft.keep_days} onChange={(event) => setDraft({ ...draft, keep_days: event.currentTarget.valueAsNumber })} />
      <Week hours={draft.hours} set={(hours) => setDraft({ ...draft, hours })} />
      <OwnDays days={draft.days} set={(days) => setDraft({ ...draft, days })} />
      <Refusal text={saving.error} />
      {stored !== null && <Stale rows={said(draftOf(stored)).map(([label, theirs], i) => [label, theirs, said(draft)[i]?.[1] ?? ''])}
        takeTheirs={() => { setVersion(stored.version); setDraft(draftOf(stored)); saving.forget(); }} keepMine={() => void save(stored.version)} />}
      <div className="acts wide"><Press type="submit" tone="main" resting={saving.busy}>{t('setup-save')}</Press><Press onClick={() => void done()}>{t('setup-cancel')}</Press></div>
    </form>
  );
}

function Row({ line, again }: { line: SetupLine; again: () => Promise<void> }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  const saving = useSaving<never>();
  const turn = (mode: string) => saving.run(async () => {
    await turnLine(line.id, mode);
    await again();
  });
  return (
    <li data-line={line.id}>
      <span className="who"><b>{line.name}</b> · {line.number}<br /><span className={line.open_now ? 'open' : 'shut'}>{t(line.open_now ? 'lines-open-now' : 'lines-closed-now')}</span></span>
      <span className="acts">
        <Choice label={t('lines-mode')} value={line.mode} options={(['open', 'calendar', 'closed'] as const).map((mode) => [mode, t(`lines-mode-${mode}`)])} onChange={(event) => void turn(event.currentTarget.value)} />
        <Press small onClick={() => setEditing(!editing)} aria-expanded={editing}>{t('setup-edit')}<span className="vh">: {line.name}</span></Press>
      </span>
      <Refusal text={saving.error} />
      {editing && <Form id={line.id} line={line} done={async () => { setEditing(false); await again(); }} />}
    </li>
  );
}

/** Lines. */
export function LinesPart() {
  const { t } = useWords();
  const { value, error, again } = useLoaded(lineSetups);
  const [adding, setAdding] = useState(false);
  return (
    <section className="panel" aria-labelledby="lines">
      <h2 id="lines">{t('setup-lines')}</h2>
      <p className="dim">{t('lines-note')}</p>
      <Refusal text={error} />
      <ul className="rows">{value?.map((line) => <Row key={line.id} line={line} again={again} />)}</ul>
      {adding ? <Form id="" line={null} done={async () => { setAdding(false); await again(); }} /> : <div className="acts"><Press onClick={() => setAdding(true)}>{t('lines-add')}</Press></div>}
    </section>
  );
}
