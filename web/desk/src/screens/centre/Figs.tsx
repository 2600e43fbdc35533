//! The figures of today on the page of the centre: each opens to its calls.
import { Go } from '../../parts/Press';
import { span } from '../../state/clock';
import { percent } from '../../state/figures';
import type { Alarm, CentreView } from '../../transport/centre';
import { useWords } from '../../words/words';
import { rolesOf } from '../route';
import type { Person } from '../../transport/contract';

interface Fig {
  name: string;
  value: string;
  what: string;
  query: Record<string, string> | null;
  bad?: boolean;
}

function useFigs(centre: CentreView, now: number): Fig[] {
  const { t, language } = useWords();
  const { today } = centre;
  const late = centre.alarms.find((alarm: Alarm) => alarm.kind === 'promise_overdue')?.weight ?? 0;
  const of = (figure: string): Record<string, string> => ({ day: today.day, figure });
  const longest = typeof centre.longest_since === 'number' ? span(now - centre.longest_since) : null;
  return [
    { name: 'answered', value: String(today.answered), what: t('figs-answered', { offered: today.offered }), query: of('answered') },
    { name: 'level', value: percent(today.service_level, language) ?? t('no-figure'), what: t('figs-level', { seconds: today.answer_within_s }), query: of('answered_in_time') },
    { name: 'asa', value: typeof today.asa_ms === 'number' ? span(today.asa_ms) : t('no-figure'), what: t('figs-asa'), query: of('answered') },
    { name: 'abandoned', value: String(today.abandoned), what: t('figs-abandoned'), query: of('abandoned') },
    { name: 'late', value: String(late), what: t('figs-late', { count: late }), query: { overdue: 'yes' }, bad: late > 0 },
    { name: 'waiting', value: String(centre.waiting), what: longest === null ? t('figs-waiting') : t('figs-waiting-longest', { wait: longest }), query: { day: today.day } },
  ];
}

/** The figures. Whoever may not see calls reads them; the others open them. */
export function Figs({ centre, me, now }: { centre: CentreView; me: Person; now: number }) {
  const { t } = useWords();
  const opens = rolesOf('calls')?.includes(me.role) === true;
  return (
    <section className="panel" aria-label={t('figs-h')}>
      <h2 className="vh">{t('figs-h')}</h2>
      <div className="figs">
        {useFigs(centre, now).map(({ name, value, what, query, bad }) => {
          const inside = <><b className={bad ? 'late' : undefined}>{value}</b><span>{what}</span></>;
          return opens && query !== null
            ? <Go key={name} to="calls" query={query} className="fig" data-fig={name}>{inside}</Go>
            : <p key={name} className="fig" data-fig={name}>{inside}</p>;
        })}
      </div>
    </section>
  );
}
