//! The figures of the day, each with its unit in words.
import { span } from '../state/clock';
import type { Figures } from '../transport/contract';
import { useWords } from '../words/words';

/** One figure: what is counted stands under it. */
export interface Kpi {
  name: string;
  value: string;
  unit: string;
}

/** The figures that exist today, in the order of their weight. */
export function useKpis(today: Figures): Kpi[] {
  const { t } = useWords();
  const level = today.service_level === null ? t('no-figure') : t('level-percent', { percent: Math.round(today.service_level * 100) });
  return [
    { name: 'accepted', value: String(today.accepted), unit: t('today-accepted', { count: today.accepted }) },
    { name: 'answered', value: String(today.answered), unit: t('today-answered', { count: today.answered }) },
    { name: 'abandoned', value: String(today.abandoned), unit: t('today-abandoned') },
    { name: 'interrupted', value: String(today.interrupted), unit: t('today-interrupted', { count: today.interrupted }) },
    { name: 'level', value: level, unit: t('today-level', { seconds: today.answer_within_s }) },
    { name: 'asa', value: today.asa_ms === null ? t('no-figure') : span(today.asa_ms), unit: t('today-asa') },
  ];
}

/** Draws the figures. */
export function Kpis({ today, className }: { today: Figures; className: string }) {
  return (
    <div className={className}>
      {useKpis(today).map(({ name, value, unit }) => (
        <p className="kpi" key={name} data-kpi={name}><b>{value}</b><span>{unit}</span></p>
      ))}
    </div>
  );
}
