//! The half hours of a day in figures; each number of calls opens to them.
import type { Route } from '../screens/route';
import { halfHourText } from '../state/callFilter';
import { span } from '../state/clock';
import { percent } from '../state/figures';
import type { DayFigures, FigureSet } from '../transport/centre';
import { useWords } from '../words/words';
import { Go } from './Press';

const CALLS: Route = 'calls';
/** Columns that count calls: the name of each is the filter of the list that opens. */
const COUNTS = ['accepted', 'offered', 'answered', 'answered_in_time', 'abandoned', 'short_abandoned', 'interrupted'] as const satisfies (keyof FigureSet)[];

/** The table. */
export function HalfHourTable({ figures, opens }: { figures: DayFigures; opens: boolean }) {
  const { t, language } = useWords();
  const base: Record<string, string> = { day: figures.day, ...(figures.line ? { line: figures.line.id } : {}) };
  const cell = (n: number, query: Record<string, string>) => (opens && n > 0 ? <Go to={CALLS} query={query}>{n}</Go> : n);
  return (
    <div className="half-table" tabIndex={0} role="region" aria-label={t('half-table-label')}>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">{t('half-time')}</th>
            {COUNTS.map((name) => <th key={name} scope="col" className="n">{t(`col-${name}`)}</th>)}
            <th scope="col" className="n">{t('col-level')}</th><th scope="col" className="n">{t('col-asa')}</th><th scope="col" className="n">{t('col-occupancy')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.half_hours.map((part) => (
            <tr key={part.half_hour} data-half-hour={part.half_hour}>
              <th scope="row">{halfHourText(part.half_hour)}</th>
              {COUNTS.map((name) => <td key={name} className="n">{cell(part.figures[name], { ...base, half_hour: String(part.half_hour), figure: name })}</td>)}
              <td className="n">{percent(part.figures.service_level, language) ?? '–'}</td>
              <td className="n">{typeof part.figures.asa_ms === 'number' ? span(part.figures.asa_ms) : '–'}</td>
              <td className="n">{percent(part.figures.occupancy, language) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
