//! Breaks: why a specialist takes no calls. They come with the program, so they are shown and not changed.
import type { BreakReason, ChosenBreak } from '../../transport/contract';
import { useWords } from '../../words/words';

// Records, so that a reason that the program learns or forgets does not compile until it stands here.
const CHOSEN = Object.keys({
  rest: true, lunch: true, short: true, screen_rest: true, recovery: true, paperwork: true, callbacks: true, training: true, supervisor: true, technical: true,
} satisfies Record<ChosenBreak, true>) as ChosenBreak[];
type Given = Exclude<BreakReason, ChosenBreak>;
const GIVEN = Object.keys({ no_answer: true, not_ready: true } satisfies Record<Given, true>) as Given[];

/** Reasons of breaks. */
export function BreaksPart() {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="breaks">
      <h2 id="breaks">{t('setup-breaks')}</h2>
      <p className="dim">{t('breaks-note')}</p>
      <h3 id="breaks-chosen">{t('breaks-chosen')}</h3>
      <ul className="rows" aria-labelledby="breaks-chosen">{CHOSEN.map((reason) => <li key={reason} data-reason={reason}><span className="who"><b>{t(`break-${reason}`)}</b></span></li>)}</ul>
      <h3 id="breaks-given">{t('breaks-given')}</h3>
      <ul className="rows" aria-labelledby="breaks-given">{GIVEN.map((reason) => <li key={reason} data-reason={reason}><span className="who"><b>{t(`break-${reason}`)}</b><br /><span className="dim">{t(`breaks-${reason}-sub`)}</span></span></li>)}</ul>
    </section>
  );
}
