//! The figures of a day: each with what it means, its formula's version, and the calls behind it; by half hour as bars and as a table.
import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { HalfHourChart } from '../parts/HalfHours';
import { useErrorText, usePageTitle, usePoll, useSlow } from '../parts/hooks';
import { Icon } from '../parts/Icon';
import { Go, Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { halfHourText } from '../state/callFilter';
import { span } from '../state/clock';
import { COLUMNS, csvOf, percent, waitBound } from '../state/figures';
import { isSignedOut } from '../transport/api';
import { dayFigures, lineNames, type DayFigures } from '../transport/centre';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import { ShiftStrip } from './DeskScreen';
import { go, rolesOf, useSearch } from './route';
import { useShift } from './shift';
import { ShiftBar } from './ShiftBar';
import '../look/centre.css';

const REFRESH_MS = 15_000;

/** A figure: what it says, and which calls are behind it. */
interface Shown {
  name: 'accepted' | 'offered' | 'answered' | 'level' | 'abandonment' | 'short' | 'left' | 'interrupted' | 'recorded' | 'asa' | 'median' | 'p90' | 'aht' | 'occupancy' | 'recovered';
  value: string | null;
  figure: string | null;
}

function useShown(day: DayFigures): Shown[] {
  const { t, language } = useWords();
  const { total } = day;
  const bound = (seconds: number | null | undefined): string | null => {
    const found = waitBound(seconds);
    return found === null ? null : t(found.over ? 'fig-over' : 'fig-bound', { time: found.text });
  };
  const ms = (value: number | null | undefined): string | null => (typeof value === 'number' ? span(value) : null);
  return [
    { name: 'accepted', value: String(total.accepted), figure: 'accepted' },
    { name: 'offered', value: String(total.offered), figure: 'offered' },
    { name: 'answered', value: String(total.answered), figure: 'answered' },
    { name: 'level', value: percent(total.service_level, language), figure: 'answered_in_time' },
    { name: 'abandonment', value: percent(total.abandonment, language), figure: 'abandoned' },
    { name: 'short', value: String(total.short_abandoned), figure: 'short_abandoned' },
    { name: 'left', value: String(total.left_before_queue), figure: 'left_before_queue' },
    { name: 'recorded', value: String(total.recorded), figure: 'recorded' },
    { name: 'interrupted', value: String(total.interrupted), figure: 'interrupted' },
    { name: 'recovered', value: day.lost.people === 0 ? null : t('fig-of', { part: day.lost.recovered, all: day.lost.people }), figure: 'lost' },
    { name: 'asa', value: ms(total.asa_ms), figure: 'answered' },
    { name: 'median', value: bound(total.wait_median_s), figure: 'answered' },
    { name: 'p90', value: bound(total.wait_p90_s), figure: 'answered' },
    { name: 'aht', value: ms(total.aht_ms), figure: 'answered' },
    { name: 'occupancy', value: percent(total.occupancy, language), figure: null },
  ];
}

function FigureList({ day, me }: { day: DayFigures; me: Person }) {
  const { t } = useWords();
  const opens = rolesOf('calls')?.includes(me.role) === true;
  const base: Record<string, string> = { day: day.day, ...(day.line ? { line: day.line.id } : {}) };
  const values = { seconds: day.answer_within_s, short: day.short_abandon_s };
  return (
    <section className="panel" aria-label={t('figures-all')}>
      <dl className="deflist">
        {useShown(day).map(({ name, value, figure }) => (
          <div key={name} data-figure={name}>
            <dt>{t(`fig-${name}`, values)}</dt>
            <dd className="deflist-n">{opens && figure !== null && value !== null ? <Go to="calls" query={{ ...base, figure }}>{value}</Go> : (value ?? t('no-figure'))}</dd>
            <dd className="dim small">{t(`fig-${name}-what`, values)} <span className="hint nowrap">{t('fig-formula', { version: day.formula_version })}</span></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useDay(day: string, line: string | null): { figures: DayFigures | null; failure: unknown; again: () => Promise<void> } {
  const [found, setFound] = useState<{ key: string; figures: DayFigures } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const key = `${day} ${line ?? ''}`;
  const again = async (): Promise<void> => {
    try {
      const figures = await dayFigures(day, line);
      setFound({ key, figures });
      setFailure(null);
    } catch (error) {
      if (isSignedOut(error)) go('sign-in', 'replace');
      else setFailure(error);
    }
  };
  usePoll(again, REFRESH_MS);
  useEffect(() => void again(), [key]);
  return { figures: found?.key === key ? found.figures : null, failure, again };
}

function useLines(): { value: string; label: string }[] {
  const { t } = useWords();
  const [lines, setLines] = useState<{ value: string; label: string }[]>([]);
  useEffect(() => {
    lineNames().then((found) => setLines(found.map((line) => ({ value: line.id, label: line.name }))), () => undefined);
  }, []);
  return [{ value: '', label: t('figures-every-line') }, ...lines];
}

function Save({ figures }: { figures: DayFigures }) {
  const { t } = useWords();
  const save = (): void => {
    const heads = [t('half-time'), ...COLUMNS.map((name) => t(`col-${name}`))];
    const url = URL.createObjectURL(new Blob([csvOf(figures, heads, halfHourText)], { type: 'text/csv;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: `otklik-${figures.day}.csv` });
    link.click();
    URL.revokeObjectURL(url);
  };
  return <Press onClick={save}><Icon name="down" />{t('figures-save')}</Press>;
}

/** The figures. */
export function FiguresScreen({ me }: { me: Person }) {
  const { t } = useWords();
  usePageTitle(t('nav-figures'));
  const errorText = useErrorText();
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const query = new URLSearchParams(useSearch());
  const [day, line] = [query.get('day') ?? 'today', query.get('line')];
  const { figures, failure, again } = useDay(day, line);
  const lines = useLines();
  const slow = useSlow(figures === null && failure === null);
  const choose = (change: { day?: string; line?: string }): void => {
    const next = { day, line: line ?? '', ...change };
    const kept = Object.entries(next).filter(([name, value]) => value !== '' && !(name === 'day' && value === 'today'));
    go('figures', 'replace', {}, Object.fromEntries(kept));
  };
  return (
    <div className={`screen${desk ? ' screen--bar' : ''}`}>
      <Top me={me} route="figures">{shift && desk && <ShiftStrip shift={shift} desk={desk} />}</Top>
      {shift && desk && <ShiftBar shift={shift} desk={desk} />}
      <main className="page centre">
        <div className="page-h">
          <h1>{t('figures-title')}</h1>
          <TextInput className="field field--in" type="date" aria-label={t('figures-day')} value={figures?.day ?? (day === 'today' ? '' : day)} onChange={(event) => choose({ day: event.currentTarget.value === '' ? 'today' : event.currentTarget.value })} />
          <NativeSelect className="field field--in" aria-label={t('figures-line')} data={lines} value={line ?? ''} onChange={(event) => choose({ line: event.currentTarget.value })} />
          {figures !== null && <span className="end"><Save figures={figures} /></span>}
        </div>
        {failure !== null && figures === null && <div className="panel empty" role="alert"><p className="m-h">{errorText(failure)}</p><Press tone="main" onClick={() => void again()}>{t('try-again')}</Press></div>}
        {slow && <div className="panel half" role="status" aria-label={t('loading')}><div className="skel" /></div>}
        {figures !== null && <HalfHourChart figures={figures} me={me} />}
        {figures !== null && <FigureList day={figures} me={me} />}
      </main>
    </div>
  );
}
