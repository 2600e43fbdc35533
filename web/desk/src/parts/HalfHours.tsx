//! Calls by half hour as bars, with the same numbers as a table: the drawing is for the eye, the table for everybody.
import { useState } from 'react';
import { go, rolesOf } from '../screens/route';
import { halfHourText } from '../state/callFilter';
import { barHeight } from '../state/figures';
import type { DayFigures, PartOfDay } from '../transport/centre';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import { HalfHourTable } from './HalfHourTable';
import { Go } from './Press';

const [WIDTH, HEIGHT, FOOT, HEAD] = [840, 150, 26, 20];
/** The fewest places: a lonely bar is not as wide as the day. */
const PLACES = 12;

function Bars({ parts, label, open }: { parts: PartOfDay[]; label: string; open: ((part: PartOfDay) => void) | null }) {
  const first = Math.min(parts[0]?.half_hour ?? 16, 48 - PLACES);
  const last = Math.max(parts.at(-1)?.half_hour ?? 16, first + PLACES - 1);
  const step = WIDTH / (last - first + 1);
  const most = Math.max(1, ...parts.map((part) => part.figures.accepted));
  const floor = HEAD + HEIGHT;
  const every = Math.ceil(84 / step);
  return (
    <svg className="chart" preserveAspectRatio="xMinYMid meet" viewBox={`0 0 ${WIDTH} ${floor + FOOT}`} role="img" aria-label={label}>
      <line className="axis" x1="0" x2={WIDTH} y1={floor} y2={floor} />
      {parts.map((part) => {
        const x = (part.half_hour - first) * step + step * 0.14;
        const wide = step * 0.72;
        const { accepted, answered } = part.figures;
        const [all, taken] = [barHeight(accepted, most, HEIGHT), barHeight(answered, most, HEIGHT)];
        return (
          <g key={part.half_hour} className={open ? 'bar bar--opens' : 'bar'} onClick={open ? () => open(part) : undefined}>
            <rect className="bar-all" x={x} y={floor - all} width={wide} height={all} rx="3" />
            <rect className="bar-taken" x={x} y={floor - taken} width={wide} height={taken} rx="3" />
            <text className="lab" x={x + wide / 2} y={floor - all - 6} textAnchor="middle">{accepted}</text>
          </g>
        );
      })}
      {Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((_, i) => i % every === 0).map((n) => (
        <text key={n} x={(n - first) * step + step / 2} y={floor + 20} textAnchor="middle">{halfHourText(n).split('–')[0]}</text>
      ))}
    </svg>
  );
}

/** The chart with its table. `link`: a way to the page of figures. */
export function HalfHourChart({ figures, me, link = false }: { figures: DayFigures; me: Person; link?: boolean }) {
  const { t } = useWords();
  const [table, setTable] = useState(false);
  const parts = figures.half_hours.filter((part) => part.figures.accepted > 0);
  const opens = rolesOf('calls')?.includes(me.role) === true;
  const open = (part: PartOfDay): void => go('calls', 'push', {}, { day: figures.day, half_hour: String(part.half_hour), ...(figures.line ? { line: figures.line.id } : {}) });
  const label = t('half-chart', { calls: parts.map((part) => `${halfHourText(part.half_hour)}: ${part.figures.accepted}`).join(', ') });
  return (
    <section className="panel half" aria-label={t('half-h')}>
      <div className="panel-h">
        <h2>{t('half-h')}</h2><span className="hint small">{t('half-legend')}</span>
        <span className="end">{link && <Go to="figures" className="link small">{t('half-more')}</Go>}<button type="button" className="as-link small" aria-expanded={table} onClick={() => setTable(!table)}>{t(table ? 'half-hide' : 'half-table')}</button></span>
      </div>
      {parts.length === 0 ? <p className="panel-none dim">{t('half-none')}</p> : <div className="half-draw"><Bars parts={parts} label={label} open={opens ? open : null} /></div>}
      {table && <HalfHourTable figures={figures} opens={opens} />}
    </section>
  );
}
