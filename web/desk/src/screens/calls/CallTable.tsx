//! The table of calls; on a narrow screen every row is a card. Roles are written out, because `display` takes them away.
import { Icon } from '../../parts/Icon';
import { OutcomeTag } from '../../parts/Outcome';
import { Press } from '../../parts/Press';
import { useDay, When } from '../../parts/Times';
import { callerSay } from '../../state/bar';
import { callRowView } from '../../state/callList';
import { clockTime, shortDate } from '../../state/clock';
import type { CallRow } from '../../transport/contract';
import { useWords } from '../../words/words';

/** What we owe after the call: «перезвоним до 12:36»; in brick once the time is over. */
function PromiseText({ promise, now }: { promise: NonNullable<CallRow['promise']>; now: number }) {
  const { t } = useWords();
  const date = useDay()(promise.due_at, now);
  const late = promise.due_at < now;
  if (promise.closed_at !== null) return <span className="dim">{t('promise-closed')}</span>;
  const time = clockTime(promise.due_at);
  const text = date === null ? t(late ? 'promise-late' : 'promise-today', { time }) : t(late ? 'promise-late-other' : 'promise-other', { date, time });
  return <span className={late ? 'late' : 'dim'}>{text}</span>;
}

/** Why there is nothing to listen to, where there should be. */
function useNoRecording(row: CallRow, now: number): string | null {
  const { t, language } = useWords();
  if (row.recording_deleted_at !== null) return t('recording-deleted', { date: shortDate(row.recording_deleted_at, now, language) });
  return row.not_recorded === null ? null : t('recording-refused');
}

function Row({ row, chosen, now, listen, only }: { row: CallRow; chosen: boolean; now: number; listen: (id: string) => void; only: (specialist: string) => void }) {
  const { t, tell } = useWords();
  const view = callRowView(row, now);
  const caller = tell(callerSay(row.caller));
  const noRecording = useNoRecording(row, now);
  const dash = <span className="hint">–</span>;
  return (
    <tr role="row" className={chosen ? 'is-on' : undefined} data-call={row.id} data-outcome={row.outcome ?? 'going'}>
      <td role="cell" className="when"><When at={row.started_at} now={now} /></td>
      <td role="cell" className="caller">{caller}</td>
      <td role="cell"><OutcomeTag outcome={view.outcome} /></td>
      <td role="cell" className={`n${view.wait === null ? ' is-none' : ''}`} data-label={t('col-wait')}>{view.wait ?? dash}</td>
      <td role="cell" className={`n${view.talk === null ? ' is-none' : ''}`} data-label={t('col-talk')}>{view.talk ?? dash}</td>
      <td role="cell" className={row.specialist === null ? 'is-none' : undefined}>{row.specialist === null ? dash : <button type="button" className="as-text" title={t('filter-only', { name: row.specialist.name })} onClick={() => only(row.specialist?.id ?? '')}>{row.specialist.name}</button>}</td>
      <td role="cell" className={row.promise === null ? 'is-none' : undefined}>{row.promise !== null && <PromiseText promise={row.promise} now={now} />}</td>
      <td role="cell" className={row.recording === null && noRecording === null ? 'is-none' : 'cell-listen'}>
        {row.recording === null && noRecording !== null && <span className="hint">{noRecording}</span>}
        {row.recording !== null && (
          <Press small className="listen" aria-pressed={chosen} aria-label={t('listen-call', { time: clockTime(row.started_at), caller })} onClick={() => listen(row.id)}>
            <Icon name="play" />{t('listen')}
          </Press>
        )}
      </td>
    </tr>
  );
}

const HEADS = [
  ['c-time', 'col-time'], ['c-caller', 'col-caller'], ['c-outcome', 'col-outcome'], ['c-wait n', 'col-wait'],
  ['c-talk n', 'col-talk'], [undefined, 'col-specialist'], ['c-after', 'col-after'],
] as const;

/** The table. */
export function CallTable({ rows, chosen, now, listen, only }: { rows: CallRow[]; chosen: string | null; now: number; listen: (id: string) => void; only: (specialist: string) => void }) {
  const { t } = useWords();
  return (
    <table className="tbl" role="table" aria-label={t('calls-table')}>
      <thead role="rowgroup">
        <tr role="row">
          {HEADS.map(([className, key]) => <th key={key} role="columnheader" scope="col" className={className}>{t(key)}</th>)}
          <th role="columnheader" scope="col" className="c-listen"><span className="vh">{t('listen')}</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => <Row key={row.id} row={row} chosen={row.id === chosen} now={now} listen={listen} only={only} />)}
      </tbody>
    </table>
  );
}
