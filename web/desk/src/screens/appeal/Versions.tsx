//! Two people wrote: both versions, field by field or as a whole. Nothing is lost by looking.
import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { clockTime } from '../../state/clock';
import { differences, type Draft, type Side } from '../../state/draft';
import { topicOf } from '../../state/topics';
import type { AppealFields, TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';
import { useResultName } from './Form';

type Picks = Partial<Record<keyof AppealFields, Side>>;

/** A field in words. */
function useFieldText(tree: TopicTree | null): (name: keyof AppealFields, value: AppealFields[keyof AppealFields]) => string {
  const { t } = useWords();
  const nameOf = useResultName();
  return (name, value) => {
    switch (name) {
      case 'kind': return t(`appeal-kind-${value as AppealFields['kind']}`);
      case 'topics': return (value as string[]).map((id) => (tree && topicOf(tree.groups, id)?.topic.name) ?? id).join(', ');
      case 'result': {
        const result = tree?.results.find((one) => one.id === value);
        return result ? nameOf(result) : ((value as string | null) ?? '');
      }
      case 'speaker': {
        const { is } = value as AppealFields['speaker'];
        return t(is === 'person' ? 'versions-person' : is === 'did_not_say' ? 'versions-did-not-say' : 'versions-unknown');
      }
      case 'for_whom': {
        const { is, relation } = value as AppealFields['for_whom'];
        return is === 'self' ? t('versions-self') : (relation ?? t('versions-person'));
      }
      case 'asked':
      case 'answered': return value as string;
    }
  };
}

/** The choice. */
export function Versions({ draft, tree, settle, back }: { draft: Draft<AppealFields>; tree: TopicTree | null; settle: (picks: Picks) => void; back: () => void }) {
  const { t } = useWords();
  const name = useId();
  const text = useFieldText(tree);
  const found = differences(draft);
  const [picks, setPicks] = useState<Picks>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  if (draft.trouble?.kind !== 'stale') return null;
  const { by, at } = draft.trouble.theirs;
  const picked = (field: keyof AppealFields): Side | null => picks[field] ?? found.find((one) => one.name === field)?.proposed ?? null;
  const open = found.filter((one) => picked(one.name) === null).length;
  const all = (side: Side): void => setPicks(Object.fromEntries(found.map((one) => [one.name, side])));
  const save = (): void => settle(Object.fromEntries(found.map((one) => [one.name, picked(one.name) ?? 'mine'])));
  const side = (field: keyof AppealFields, of: Side, label: string, value: string) => (
    <label className="version" data-side={of}>
      <input type="radio" name={`${name}-${field}`} checked={picked(field) === of} onChange={() => setPicks({ ...picks, [field]: of })} />
      <span><span className="version-by">{label}</span><span className="version-text">{value === '' ? t('versions-empty') : value}</span></span>
    </label>
  );
  return (
    <>
      <div className="form versions" data-part="versions">
        <div>
          <h2 tabIndex={-1} ref={heading}>{t('versions-h')}</h2>
          <p className="dim">{t('versions-lead')}</p>
        </div>
        <div className="row">
          <Press small onClick={() => all('mine')}>{t('versions-all-mine')}</Press>
          <Press small onClick={() => all('theirs')}>{t('versions-all-theirs')}</Press>
        </div>
        {found.map((one) => (
          <fieldset key={one.name} className="f">
            <legend>{t(`field-${one.name}`)}</legend>
            <div className="version-pair">
              {side(one.name, 'mine', t('versions-mine'), text(one.name, one.mine))}
              {side(one.name, 'theirs', t('versions-theirs', { by: by ?? 'none', time: at === null ? '' : clockTime(at) }), text(one.name, one.theirs))}
            </div>
          </fieldset>
        ))}
      </div>
      <div className="sheet-f">
        <p className="left"><Icon name={open > 0 ? 'info' : 'check'} />{open > 0 ? t('versions-choose', { count: open }) : t('versions-ready')}</p>
        <Press onClick={back}>{t('versions-later')}</Press>
        <Press tone={open > 0 ? 'tonal' : 'main'} resting={open > 0} onClick={save}>{t('versions-save')}</Press>
      </div>
    </>
  );
}
