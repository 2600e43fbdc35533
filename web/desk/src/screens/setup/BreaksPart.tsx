//! Breaks: why a specialist may be away. Read only for now.
import { useWords } from '../../words/words';

const REASONS = ['rest', 'no_answer', 'not_ready'] as const;

/** Reasons of breaks. */
export function BreaksPart() {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="breaks">
      <h2 id="breaks">{t('setup-breaks')}</h2>
      <p className="dim">{t('breaks-note')}</p>
      <ul className="rows">{REASONS.map((reason) => <li key={reason}><span className="who"><b>{t(`breaks-${reason}`)}</b><br /><span className="dim">{t(`breaks-${reason}-sub`)}</span></span></li>)}</ul>
    </section>
  );
}
