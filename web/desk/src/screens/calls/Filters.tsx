//! The filters of the list of calls. Each stands in the address, so that a list can be sent as a link; a figure that led here says so.
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { halfHourText, withFilter, type CallFilter, type FilterName } from '../../state/callFilter';
import { readableNumber } from '../../state/number';
import { lineNames } from '../../transport/centre';
import { useWords } from '../../words/words';

const OUTCOMES = ['all', 'answered', 'abandoned', 'recorded', 'interrupted'] as const;

function Chip({ text, drop }: { text: string; drop: () => void }) {
  const { t } = useWords();
  return <li className="chip chip--drop"><span>{text}</span><button type="button" aria-label={t('filter-drop', { what: text })} onClick={drop}><Icon name="close" /></button></li>;
}

function useChips(filter: CallFilter): [FilterName, string][] {
  const { t, has } = useWords();
  const chips: [FilterName, string][] = [];
  const figure = `filter-figure-${filter.figure ?? ''}`;
  if (filter.figure) chips.push(['figure', has(figure) ? t(figure) : filter.figure]);
  if (filter.half_hour) chips.push(['half_hour', halfHourText(Number(filter.half_hour))]);
  if (filter.from) chips.push(['from', t('filter-from', { day: filter.from })]);
  if (filter.to) chips.push(['to', t('filter-to', { day: filter.to })]);
  if (filter.specialist) chips.push(['specialist', t('filter-specialist', { name: filter.specialist })]);
  if (filter.number) chips.push(['number', readableNumber(filter.number)]);
  if (filter.recorded) chips.push(['recorded', t('filter-with-recording')]);
  if (filter.overdue) chips.push(['overdue', t('filter-late')]);
  return chips;
}

function More({ filter, set }: { filter: CallFilter; set: (change: Partial<Record<FilterName, string>>) => void }) {
  const { t } = useWords();
  const [number, setNumber] = useState(filter.number ?? '');
  useEffect(() => setNumber(filter.number ?? ''), [filter.number]);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    set({ number: number.trim() });
  };
  const flag = (name: 'recorded' | 'overdue', text: string) => (
    <Press small aria-pressed={filter[name] === 'yes'} className={filter[name] === 'yes' ? 'is-chosen' : ''} onClick={() => set({ [name]: filter[name] === 'yes' ? '' : 'yes' })}>
      {filter[name] === 'yes' && <Icon name="check" />}{text}
    </Press>
  );
  return (
    <div className="filters-more">
      <TextInput className="field field--in" type="date" label={t('filter-from-label')} value={filter.from ?? ''} onChange={(event) => set({ from: event.currentTarget.value, day: '', half_hour: '' })} />
      <TextInput className="field field--in" type="date" label={t('filter-to-label')} value={filter.to ?? ''} onChange={(event) => set({ to: event.currentTarget.value, day: '', half_hour: '' })} />
      <form onSubmit={find} className="row filters-number">
        <TextInput className="field field--in" type="tel" maxLength={32} label={t('filter-number')} value={number} onChange={(event) => setNumber(event.currentTarget.value)} />
        <Press type="submit">{t('filter-find')}</Press>
      </form>
      <span className="row">{flag('recorded', t('filter-with-recording'))}{flag('overdue', t('filter-late'))}</span>
    </div>
  );
}

/** The filters. `count` says how many calls the list has. */
export function Filters({ filter, count, set }: { filter: CallFilter; count: string | null; set: (filter: CallFilter) => void }) {
  const { t } = useWords();
  const [lines, setLines] = useState<{ value: string; label: string }[]>([]);
  const [more, setMore] = useState(Boolean(filter.from || filter.to || filter.number));
  useEffect(() => {
    lineNames().then((found) => setLines(found.map((line) => ({ value: line.id, label: line.name }))), () => undefined);
  }, []);
  const change = (changed: Partial<Record<FilterName, string>>): void => set(withFilter(filter, changed));
  const chips = useChips(filter);
  const chosen = (OUTCOMES as readonly string[]).includes(filter.outcome ?? 'all') ? filter.outcome ?? 'all' : 'all';
  return (
    <div className="filters">
      <SegmentedControl className="seg" aria-label={t('calls-filter')} value={chosen} transitionDuration={0} onChange={(value) => change({ outcome: value === 'all' ? '' : value, figure: '' })}
        data={OUTCOMES.map((value) => ({ value, label: t(`filter-${value}`) }))} />
      <TextInput className="field field--in" type="date" aria-label={t('filter-day')} value={filter.day === 'today' ? '' : filter.day ?? ''} onChange={(event) => change({ day: event.currentTarget.value, from: '', to: '', half_hour: '' })} />
      <Press aria-pressed={filter.day === 'today'} className={filter.day === 'today' ? 'is-chosen' : ''} onClick={() => change({ day: filter.day === 'today' ? '' : 'today', from: '', to: '', half_hour: '' })}>{t('filter-today')}</Press>
      {(lines.length > 1 || filter.line !== undefined) && <NativeSelect className="field field--in" aria-label={t('filter-line')} data={[{ value: '', label: t('figures-every-line') }, ...lines]} value={filter.line ?? ''} onChange={(event) => change({ line: event.currentTarget.value })} />}
      <Press aria-expanded={more} onClick={() => setMore(!more)}>{t('filter-more')}</Press>
      {count !== null && <span className="dim filters-count" role="status">{count}</span>}
      {more && <More filter={filter} set={change} />}
      {chips.length > 0 && <ul className="chips" aria-label={t('filter-chosen')}>{chips.map(([name, text]) => <Chip key={name} text={text} drop={() => change({ [name]: '' })} />)}</ul>}
    </div>
  );
}
