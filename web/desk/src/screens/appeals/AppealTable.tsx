//! The table of appeals; on a narrow screen every row is a card. What was searched for is marked.
import type { ReactNode } from 'react';
import { Go } from '../../parts/Press';
import { When } from '../../parts/Times';
import { fullName } from '../../state/appeal';
import { markedParts } from '../../state/appealFilter';
import { callerSay } from '../../state/bar';
import { topicOf } from '../../state/topics';
import type { AppealRow, TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';
import { useResultName } from '../appeal/Form';

function Marked({ text, query }: { text: string; query: string }): ReactNode {
  return markedParts(text, query).map((part, at) => (part.hit ? <mark key={at}>{part.text}</mark> : part.text));
}

function Row({ row, tree, query, now }: { row: AppealRow; tree: TopicTree | null; query: string; now: number }) {
  const { t, tell } = useWords();
  const nameOf = useResultName();
  const topic = row.topics[0] === undefined || tree === null ? null : topicOf(tree.groups, row.topics[0])?.topic.name;
  const result = tree?.results.find((one) => one.id === row.result);
  const who = row.speaker.person ? fullName(row.speaker.person) : tell(callerSay(row.caller));
  const ended = row.dismissal !== null ? t(`dismissal-${row.dismissal}`) : result ? nameOf(result) : '';
  return (
    <tr role="row" data-appeal={row.id} data-status={row.status}>
      <td role="cell" className="when"><Go to="appeal" params={{ id: row.id }}>{row.number === null ? t(`appeal-status-${row.status}`) : <Marked text={row.number} query={query} />}</Go></td>
      <td role="cell" className="dim nowrap"><When at={row.registered_at ?? row.created_at} now={now} /></td>
      <td role="cell">{row.speaker.person ? <Go to="person" params={{ id: row.speaker.person.id }} className="plain"><Marked text={who} query={query} /></Go> : <Marked text={who} query={query} />}</td>
      <td role="cell"><span className="strong">{topic ?? t('appeals-no-topic')}</span><span className="dim two"><Marked text={row.asked} query={query} /></span></td>
      <td role="cell" className={ended === '' ? 'is-none' : undefined}>{ended === '' ? <span className="hint">–</span> : ended}</td>
      <td role="cell" className={row.author === null ? 'is-none' : 'dim'}>{row.author?.name ?? '–'}</td>
    </tr>
  );
}

/** The table. */
export function AppealTable({ rows, tree, query, now }: { rows: AppealRow[]; tree: TopicTree | null; query: string; now: number }) {
  const { t } = useWords();
  return (
    <table className="tbl tbl--appeals" role="table" aria-label={t('appeals-list')}>
      <thead role="rowgroup">
        <tr role="row">
          {(['number', 'when', 'who', 'what', 'result', 'author'] as const).map((name) => <th key={name} role="columnheader" scope="col" className={`a-${name}`}>{t(`acol-${name}`)}</th>)}
        </tr>
      </thead>
      <tbody role="rowgroup">{rows.map((row) => <Row key={row.id} row={row} tree={tree} query={query} now={now} />)}</tbody>
    </table>
  );
}
