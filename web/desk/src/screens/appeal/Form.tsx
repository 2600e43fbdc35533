//! The fields of an appeal: what was asked, what was answered, how it ended.
import { useId, type RefObject } from 'react';
import { Icon } from '../../parts/Icon';
import { resultChoice, tooLong } from '../../state/appeal';
import type { AppealFields, AppealResult, Missing, TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';

/** The short word of a result where there is one, else its name in the settings of the centre. */
export function useResultName(): (result: AppealResult) => string {
  const { t, has } = useWords();
  return (result) => {
    const key = `result-${result.id}`;
    return has(key) ? t(key) : result.name;
  };
}

function TooLong({ field, text }: { field: 'asked' | 'answered'; text: string }) {
  const { t } = useWords();
  const over = tooLong(text);
  return over && <p className="need" role="alert">{t('refused-too_long', { field, ...over })}</p>;
}

/** Results as chips; what is rarely needed is under the last one. */
function Results({ tree, chosen, choose, need }: { tree: TopicTree | null; chosen: string | null; choose: (id: string) => void; need: boolean }) {
  const { t } = useWords();
  const name = useId();
  const nameOf = useResultName();
  const { chips, more } = resultChoice(tree?.results ?? [], chosen);
  const other = more.find((one) => one.id === chosen);
  return (
    <fieldset className={`f f--results${need ? ' is-need' : ''}`} aria-describedby={need ? `${name}-need` : undefined}>
      <legend>{need ? t('result-ask') : t('result-label')}</legend>
      {need && <p className="vh" id={`${name}-need`}>{t('need-result')}</p>}
      <div className="choices">
        {chips.map((one) => (
          <label key={one.id} className="choice"><input type="radio" name={name} value={one.id} checked={one.id === chosen} onChange={() => choose(one.id)} />{one.id === chosen && <Icon name="check" />}{nameOf(one)}</label>
        ))}
        {more.length > 0 && (
          <span className={`choice choice--other${other ? ' is-on' : ''}`}>
            {other && <Icon name="check" />}<span aria-hidden="true">{other ? nameOf(other) : t('result-other')}</span><Icon name="chevron" />
            <select aria-label={t('result-other')} value={other?.id ?? ''} onChange={(event) => event.target.value && choose(event.target.value)}>
              <option value="" disabled hidden>{t('result-other')}</option>
              {more.map((one) => <option key={one.id} value={one.id}>{nameOf(one)}</option>)}
            </select>
          </span>
        )}
      </div>
    </fieldset>
  );
}

interface FormProps {
  tree: TopicTree | null;
  fields: AppealFields;
  type: (change: Partial<AppealFields>) => void;
  /** What is missing and may be said so. */
  needed: readonly Missing[];
  asked: RefObject<HTMLTextAreaElement | null>;
  readOnly: boolean;
}

/** The form. It saves itself: there is no button for that. */
export function AppealForm({ tree, fields, type, needed, asked, readOnly }: FormProps) {
  const { t } = useWords();
  const id = useId();
  const needAsked = needed.includes('asked');
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()} autoComplete="off">
      <div className="f f--grow">
        <label htmlFor={`${id}-asked`}>{t('asked-label')}</label>
        <textarea id={`${id}-asked`} data-field="asked" className={`inp${needAsked ? ' inp--need' : ''}`} rows={4} ref={asked} readOnly={readOnly} placeholder={t('asked-placeholder')} value={fields.asked}
          aria-invalid={needAsked || tooLong(fields.asked) !== null || undefined} onChange={(event) => type({ asked: event.target.value })} />
        {needAsked && <p className="need">{t('need-asked')}</p>}
        <TooLong field="asked" text={fields.asked} />
      </div>
      <div className="f f--answer">
        <label htmlFor={`${id}-answered`}>{t('answered-label')}</label>
        <textarea id={`${id}-answered`} data-field="answered" className="inp" rows={2} readOnly={readOnly} placeholder={t('answered-placeholder')} value={fields.answered}
          aria-invalid={tooLong(fields.answered) !== null || undefined} onChange={(event) => type({ answered: event.target.value })} />
        <TooLong field="answered" text={fields.answered} />
      </div>
      <Results tree={tree} chosen={fields.result} choose={(result) => type({ result })} need={needed.includes('result')} />
      <label className="check">
        <input type="checkbox" checked={fields.kind === 'appeal_59fz'} onChange={(event) => type({ kind: event.target.checked ? 'appeal_59fz' : 'consultation' })} />
        {t('kind-label')}
      </label>
    </form>
  );
}
