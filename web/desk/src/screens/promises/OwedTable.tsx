//! The list of promises as a table in groups; on a phone each row is a card.
import { Fragment, useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { When } from '../../parts/Times';
import { useErrorText } from '../../parts/hooks';
import { callerSay } from '../../state/bar';
import { distance, groupsOf } from '../../state/promises';
import type { Person } from '../../transport/contract';
import { takeOwed, type Owed } from '../../transport/promises';
import { useWords, type Words } from '../../words/words';
import { Opened } from './Opened';

interface TableProps {
  rows: Owed[];
  closed: boolean;
  me: Person;
  now: number;
  hushed: boolean;
  changed: () => void;
}

interface RowProps extends Omit<TableProps, 'rows'> {
  row: Owed;
  first: boolean;
  open: boolean;
  toggle: () => void;
  show: () => void;
}

/** What we owe, by its kind; kinds that this page does not know yet are named in general. */
export function kindText({ t, has }: Words, kind: string): string {
  const key = `promise-kind-${kind}`;
  return has(key) ? t(key) : t('promise-kind-other');
}

/** «12 минут назад», «через 2 часа». */
function far(language: string, at: number, now: number): string {
  const { value, unit } = distance(at, now);
  return new Intl.RelativeTimeFormat(language).format(value, unit);
}

function Due({ row, now }: { row: Owed; now: number }) {
  const { language } = useWords();
  if (row.closed_at !== null && row.closed_at !== undefined) return <When at={row.closed_at} now={now} />;
  const late = row.due_at < now;
  return <span className={late ? 'late' : undefined}><When at={row.due_at} now={now} /><span className={`small far${late ? '' : ' hint'}`}>{far(language, row.due_at, now)}</span></span>;
}

function Tried({ row }: { row: Owed }) {
  const words = useWords();
  const { t } = words;
  if (row.outcome !== null && row.outcome !== undefined) {
    return <span className="tag" data-tone={row.proof ? 'good' : 'calm'}><Icon name={row.proof ? 'check' : 'flag'} /><span>{t(`promise-outcome-${row.outcome}`)}{row.proof && <><br /><span className="small">{t('promise-proof')}</span></>}</span></span>;
  }
  if (row.attempts === 0 || !row.last_result) return <>{t('promise-tried-none')}</>;
  return <>{t('promise-tried', { count: row.attempts, result: t(`promise-result-${row.last_result}`) })}</>;
}

function Owner({ row, me }: { row: Owed; me: Person }) {
  const { t } = useWords();
  if (row.closed_by) return <>{row.closed_by.id === me.id ? t('promise-me') : row.closed_by.name}</>;
  if (!row.owner) return <span className="hint">{t(row.returned_at ? 'promise-back' : 'promise-nobody')}</span>;
  return row.owner.id === me.id ? <b className="strong">{t('promise-me')}</b> : <>{row.owner.name}</>;
}

function Row({ row, first, open, closed, me, now, hushed, changed, toggle, show }: RowProps) {
  const words = useWords();
  const { t, tell } = words;
  const errorText = useErrorText();
  const [failure, setFailure] = useState<unknown>(null);
  const caller = row.caller ? tell(callerSay(row.caller)) : t('promise-no-number');
  const free = !closed && !row.owner;
  const take = async (): Promise<void> => {
    setFailure(null);
    try {
      await takeOwed(row.id);
    } catch (error) {
      setFailure(error);
    }
    show();
    changed();
  };
  const tone = first ? 'main' : 'plain';
  return (
    <>
      <tr role="row" className={`owed-row${open ? ' is-on' : ''}`} data-promise={row.id} data-owner={row.owner?.id ?? ''}>
        <td role="cell" className="when"><Due row={row} now={now} /></td>
        <td role="cell" className="caller">
          <UnstyledButton className="owed-who" aria-expanded={open} onClick={toggle}>{row.person ?? caller}</UnstyledButton>
          <br /><span className="dim">{kindText(words, row.kind)}{row.line && `, ${row.line.name}`}</span>
        </td>
        <td role="cell" className="dim from">{t('promise-from')} <When at={row.made_at} now={now} /></td>
        <td role="cell" className="dim tried" data-label={t(closed ? 'promises-col-how' : 'promises-col-tried')}><Tried row={row} /></td>
        <td role="cell" className="owner" data-label={t('promises-col-owner')}><Owner row={row} me={me} /></td>
        <td role="cell" className="act">
          {free && !open
            ? <Press tone={tone} aria-label={t('promise-take-whom', { caller })} onClick={() => void take()}>{t('promise-take')}</Press>
            : <Press tone={open ? 'plain' : tone} aria-label={t(open ? 'promise-fold-whom' : 'promise-open-whom', { caller })} aria-expanded={open} onClick={toggle}>{t(open ? 'promise-fold' : 'promise-open')}</Press>}
        </td>
      </tr>
      {open && (
        <tr role="row" className="is-on owed-open">
          <td role="cell" colSpan={6}>
            {failure !== null && <p className="note note--bad" role="alert">{errorText(failure)}</p>}
            <Opened id={row.id} seen={`${row.owner?.id} ${row.attempts} ${row.closed_at}`} me={me} now={now} hushed={hushed} changed={changed} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The table. */
export function OwedTable({ rows, ...rest }: TableProps) {
  const { t } = useWords();
  const { closed, now } = rest;
  const [open, setOpen] = useState<string | null>(null);
  const groups = closed ? [{ name: 'done' as const, rows }] : groupsOf(rows, now);
  const first = groups[0]?.rows[0]?.id;
  const heads = [['o-due', closed ? 'promises-col-closed' : 'promises-col-due'], [undefined, 'promises-col-whom'], ['o-from', 'promises-col-from'], ['o-tried', closed ? 'promises-col-how' : 'promises-col-tried'], ['o-owner', 'promises-col-owner']] as const;
  return (
    <table className="tbl owed-tbl" role="table" aria-label={t('promises-table')}>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map(([className, key]) => <th key={key} role="columnheader" scope="col" className={className}>{t(key)}</th>)}
          <th role="columnheader" scope="col" className="o-act"><span className="vh">{t('promises-col-act')}</span></th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.name} role="rowgroup">
          {!closed && <tr role="row" className="group"><th role="rowheader" scope="rowgroup" colSpan={6} className={group.name === 'late' ? 'late' : undefined}>{t(`promises-group-${group.name as 'late'}`, { count: group.rows.length })}</th></tr>}
          {group.rows.map((row) => (
            <Fragment key={row.id}>
              <Row row={row} first={!closed && row.id === first} open={open === row.id} toggle={() => setOpen(open === row.id ? null : row.id)} show={() => setOpen(row.id)} {...rest} />
            </Fragment>
          ))}
        </tbody>
      ))}
    </table>
  );
}

