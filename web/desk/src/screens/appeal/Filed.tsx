//! After filing: the number, large; below it what was written. And the contact that is no appeal.
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../parts/Icon';
import { Go, Press } from '../../parts/Press';
import { clockTime } from '../../state/clock';
import { topicOf } from '../../state/topics';
import type { Appeal, AppealFields, TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';
import { useResultName } from './Form';

/** What was written, to read. */
export function Summary({ fields, tree, relationOf }: { fields: AppealFields; tree: TopicTree | null; relationOf?: string | null }) {
  const { t } = useWords();
  const nameOf = useResultName();
  const result = tree?.results.find((one) => one.id === fields.result);
  const topics = fields.topics.map((id) => (tree && topicOf(tree.groups, id)?.topic.name) ?? id);
  const none = <span className="hint">{t('sum-none')}</span>;
  const whom = fields.for_whom.is === 'self' ? t('for-self') : (fields.for_whom.relation ?? relationOf ?? t('versions-person'));
  const rows: [string, string][] = [
    [t('sum-topic'), topics.join(', ')], [t('sum-asked'), fields.asked], [t('sum-answered'), fields.answered],
    [t('sum-result'), result ? nameOf(result) : (fields.result ?? '')], [t('sum-for_whom'), whom],
  ];
  return <dl className="summary">{rows.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text === '' ? none : text}</dd></div>)}</dl>;
}

/** The number: it is said to the person, so it is the largest text of the sheet. */
export function FiledNumber({ number, at, focus }: { number: string; at: number | null; focus: boolean }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus({ preventScroll: true });
  }, [focus]);
  const copy = (): void => void navigator.clipboard.writeText(number).then(() => setCopied(true), () => setCopied(false));
  return (
    <div className="filed" data-part="filed">
      <div>
        <p className="filed-h"><Icon name="check" />{t('filed-h', { time: at === null ? '' : clockTime(at) })}</p>
        <h2 className="filed-n" tabIndex={-1} ref={heading}>{number}</h2>
        <p className="dim">{t('filed-say')}</p>
      </div>
      <Press onClick={copy} aria-live="polite"><Icon name={copied ? 'check' : 'copy'} />{t(copied ? 'filed-copied' : 'filed-copy')}</Press>
    </div>
  );
}

/** This was no appeal; one click takes it back. */
export function Dismissed({ appeal, undo, busy }: { appeal: Appeal; undo: () => void; busy: boolean }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="pad dismissed" data-part="dismissed">
      <h2 className="lead" tabIndex={-1} ref={heading}>{t('dismissed-h', { reason: appeal.dismissal ?? 'silence' })}</h2>
      <p className="dim">{t('dismissed-sub')}</p>
      <div className="row"><Press resting={busy} onClick={undo}><Icon name="undo" />{t('do-undo-dismissal')}</Press></div>
    </div>
  );
}

/** The way to the whole appeal. */
export function OpenAppeal({ id }: { id: string }) {
  const { t } = useWords();
  return <Go to="appeal" params={{ id }} className="btn">{t('do-open-appeal')}</Go>;
}
