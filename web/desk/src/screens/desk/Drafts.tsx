//! Drafts that still want something: of the centre, and those whose words lie only in this browser.
import { useState } from 'react';
import { usePoll, useNow } from '../../parts/hooks';
import { Icon } from '../../parts/Icon';
import { Go } from '../../parts/Press';
import { When } from '../../parts/Times';
import { topicOf } from '../../state/topics';
import { appeal, appeals, type AppealRow, type TopicTree } from '../../transport/appeals';
import type { Person } from '../../transport/contract';
import { allKept } from '../../transport/kept';
import { useWords } from '../../words/words';

const SHOWN = 5;
const REFRESH_MS = 15_000;

type Row = Pick<AppealRow, 'id' | 'created_at' | 'topics' | 'asked'> & { here: boolean };

/** The drafts; nothing where there are none. */
export function Drafts({ me, tree, clock }: { me: Person; tree: TopicTree | null; clock: () => number }) {
  const { t } = useWords();
  const now = useNow(clock, 30_000);
  const [rows, setRows] = useState<Row[]>([]);
  usePoll(async () => {
    const kept = allKept(me.id);
    const page = await appeals({ status: 'draft', author: me.id }, SHOWN).catch(() => null);
    if (page === null) return;
    const known = page.appeals.map((one) => ({ ...one, here: kept.includes(one.id) }));
    const others = await Promise.all(kept.filter((id) => !known.some((one) => one.id === id)).slice(0, SHOWN).map((id) => appeal(id).catch(() => null)));
    setRows([...others.flatMap((one) => (one === null ? [] : [{ ...one, here: true }])), ...known]);
  }, REFRESH_MS);
  if (rows.length === 0) return null;
  return (
    <section className="drafts" data-part="drafts">
      <div className="listh"><h2>{t('drafts-h')}</h2></div>
      <ul className="last last--act">
        {rows.map((row) => {
          const topic = row.topics[0];
          const name = topic === undefined || tree === null ? null : topicOf(tree.groups, topic)?.topic.name;
          return (
            <li key={row.id}>
              <span className="when"><When at={row.created_at} now={now} /></span>
              <span><span className="strong clip">{name ?? (row.asked || t('appeal-status-draft'))}</span><br /><span className={row.here ? 'late' : 'dim'}>{t(row.here ? 'draft-here' : 'draft-missing')}</span></span>
              <Go to="appeal" params={{ id: row.id }} className="btn btn--s"><Icon name="pencil" />{t('do-finish-draft')}</Go>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
