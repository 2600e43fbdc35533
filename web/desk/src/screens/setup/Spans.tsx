//! The hours of one day: any number of spans, none = closed.
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import type { HoursSpan } from '../../transport/setup';
import { useWords } from '../../words/words';

const MOST = 6;

/** The spans of a day; `of` names the day for screen readers. */
export function Spans({ of, spans, set }: { of: string; spans: HoursSpan[]; set: (spans: HoursSpan[]) => void }) {
  const { t } = useWords();
  const put = (index: number, span: HoursSpan): void => set(spans.map((one, i) => (i === index ? span : one)));
  return (
    <>
      {spans.length === 0 && <span className="off">{t('spans-closed')}</span>}
      {spans.map((span, index) => (
        <span className="span" key={index}>
          <input className="in in--time" aria-label={t('spans-from', { day: of })} value={span.from} maxLength={5} onChange={(event) => put(index, { ...span, from: event.currentTarget.value })} />
          <span aria-hidden="true">–</span>
          <input className="in in--time" aria-label={t('spans-to', { day: of })} value={span.to} maxLength={5} onChange={(event) => put(index, { ...span, to: event.currentTarget.value })} />
          <Press small tone="quiet" aria-label={t('spans-remove', { day: of })} onClick={() => set(spans.filter((_, i) => i !== index))}><Icon name="close" /></Press>
        </span>
      ))}
      {spans.length < MOST && <Press small onClick={() => set([...spans, { from: '08:00', to: '20:00' }])}>{t('spans-add')}<span className="vh">: {of}</span></Press>}
    </>
  );
}
