//! Hours: what the production calendar closes in a year, and the centre's own closed days.
import { useCallback, useState } from 'react';
import { Press } from '../../parts/Press';
import { setClosedDays, year, type ClosedDay, type ClosedDays } from '../../transport/setup';
import { useWords } from '../../words/words';
import { Choice, Refusal, Stale, useSaving } from './form';
import { useLoaded } from './hooks';

function dayWords(date: string, language: string): string {
  const at = new Date(`${date}T12:00:00`);
  return Number.isNaN(at.getTime()) ? date : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', weekday: 'short' }).format(at);
}

const said = (days: ClosedDay[]): string => days.map((day) => `${day.date} ${day.name ?? ''}`.trim()).join('; ') || '—';

function Closed({ closed, again }: { closed: ClosedDays; again: () => Promise<void> }) {
  const { t } = useWords();
  const [version, setVersion] = useState(closed.version);
  const [days, setDays] = useState<ClosedDay[]>(closed.days);
  const [saved, setSaved] = useState(false);
  const saving = useSaving<ClosedDays>();
  const put = (index: number, day: ClosedDay): void => setDays(days.map((one, i) => (i === index ? day : one)));
  const save = (on: number) => saving.run(async () => {
    setSaved(false);
    const stands = await setClosedDays(on, days);
    setVersion(stands.version);
    setDays(stands.days);
    setSaved(true);
    await again();
  });
  const { stored } = saving;
  return (
    <form className="week" noValidate onSubmit={(event) => { event.preventDefault(); void save(version); }}>
      {days.length === 0 && <p className="dim">{t('days-none')}</p>}
      {days.map((day, index) => (
        <div key={index}>
          <input className="in in--date" type="date" aria-label={t('days-date')} value={day.date} onChange={(event) => put(index, { ...day, date: event.currentTarget.value })} />
          <input className="in in--date" aria-label={t('days-name')} placeholder={t('days-name')} maxLength={120} value={day.name ?? ''} onChange={(event) => put(index, { ...day, name: event.currentTarget.value })} />
          <Press small onClick={() => setDays(days.filter((_, i) => i !== index))}>{t('setup-remove')}<span className="vh">: {day.date}</span></Press>
        </div>
      ))}
      <Refusal text={saving.error} />
      {stored !== null && <Stale rows={[[t('days-own'), said(stored.days), said(days)]]} takeTheirs={() => { setVersion(stored.version); setDays(stored.days); saving.forget(); }} keepMine={() => void save(stored.version)} />}
      <div className="acts">
        <Press onClick={() => setDays([...days, { date: '', name: '' }])}>{t('days-add')}</Press>
        <Press type="submit" tone="main" resting={saving.busy}>{t('setup-save')}</Press>
        {saved && <span role="status">{t('setup-saved')}</span>}
      </div>
    </form>
  );
}

/** Hours of the whole centre. */
export function DaysPart() {
  const { t, language } = useWords();
  const [chosen, setChosen] = useState<number | null>(null);
  const { value, error, again } = useLoaded(useCallback(() => year(chosen), [chosen]));
  return (
    <>
      <Refusal text={error} />
      <section className="panel" aria-labelledby="days-own">
        <h2 id="days-own">{t('days-own')}</h2>
        <p className="dim">{t('days-own-note')}</p>
        {value !== null && <Closed closed={value.closed} again={again} />}
      </section>
      <section className="panel" aria-labelledby="days-year">
        <h2 id="days-year">{t('days-calendar')}</h2>
        <p className="dim">{t('days-calendar-note')}</p>
        {value !== null && <Choice label={t('days-year')} value={String(value.year)} options={value.years.map((one) => [String(one), String(one)])} onChange={(event) => setChosen(Number(event.currentTarget.value))} />}
        {value !== null && value.days.length === 0 && <p className="note">{t('days-unknown-year')}</p>}
        <ul className="days">{value?.days.map((day) => <li key={day.date}><span className="n">{dayWords(day.date, language)}</span><span>{t(`daykind-${day.kind as 'holiday' | 'weekend_moved_off' | 'working_moved' | 'shortened'}`)}</span></li>)}</ul>
      </section>
    </>
  );
}
