//! The queues of the lines with what callers are told now, and the calls that go on.
import { Go } from '../../parts/Press';
import { callerSay } from '../../state/bar';
import { phaseView } from '../../state/centre';
import { span } from '../../state/clock';
import type { LiveCall, LiveLine } from '../../transport/centre';
import { useWords } from '../../words/words';

/** Lines: how many wait, how long, what is told. */
export function Queues({ lines, now }: { lines: LiveLine[]; now: number }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('queues-h')}>
      <div className="panel-h"><h2>{t('queues-h')}</h2></div>
      <table className="mini">
        <thead><tr><th scope="col">{t('queues-line')}</th><th scope="col" className="n">{t('queues-wait')}</th><th scope="col" className="n">{t('queues-longest')}</th></tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} data-line={line.id}>
              <th scope="row">{line.name}<br /><span className="hint small">{t(line.open_now ? 'queues-told-open' : 'queues-told-closed')}</span></th>
              <td className="n strong">{line.waiting}</td>
              <td className="n">{typeof line.longest_since === 'number' ? span(now - line.longest_since) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The calls that go on. */
export function LiveCalls({ calls, names, now }: { calls: LiveCall[]; names: boolean; now: number }) {
  const { t, tell } = useWords();
  return (
    <section className="panel" aria-label={t('live-h')}>
      <div className="panel-h"><h2>{t('live-h')}</h2>{names && <Go to="calls" className="link small">{t('all-calls')}</Go>}</div>
      {calls.length === 0 && <p className="panel-none dim">{t('live-none')}</p>}
      {calls.length > 0 && (
        <div className="live-scroll" tabIndex={0} role="region" aria-label={t('live-table')}>
          <table className="mini">
            <thead><tr><th scope="col">{t('live-phase')}</th><th scope="col">{t('live-caller')}</th><th scope="col">{t('live-specialist')}</th><th scope="col" className="n">{t('live-time')}</th></tr></thead>
            <tbody>
              {calls.map((call) => {
                const view = phaseView(call, now);
                return (
                  <tr key={call.id} data-live={call.id} data-phase={call.phase}>
                    <th scope="row">{tell(view.text)}</th>
                    <td>{names ? tell(callerSay(call.caller ?? null)) : call.line.name}</td>
                    <td>{call.specialist?.name ?? '–'}</td>
                    <td className="n">{view.time}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
