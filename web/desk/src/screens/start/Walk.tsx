//! The newcomer's walk: call, answer, write, hear the recording, see the figure. A step ticks itself off.
import type { ReactNode } from 'react';
import { Icon } from '../../parts/Icon';
import { note, STEPS, stepsDone, type Step } from '../../state/walk';
import type { Figures } from '../../transport/contract';
import { useWords } from '../../words/words';
import { hrefOf } from '../route';
import '../../look/walk.css';

/** What leads on from a step; the next one to be taken has the strong button. */
function Way({ step, dress }: { step: Step; dress: string }): ReactNode {
  const { t } = useWords();
  switch (step) {
    case 'call':
      return (
        <>
          <a className={dress} href="/call?voice=sample" target="_blank" rel="noopener">{t('walk-call-do')}</a>
          <a className="btn btn--link" href="/call" target="_blank" rel="noopener">{t('walk-call-microphone')}</a>
        </>
      );
    case 'answer':
      return <a className={dress} href={hrefOf('sign-in')} target="_blank" rel="noopener">{t('walk-answer-do')}</a>;
    case 'write':
      // The desk is open already: a second one would have no sound.
      return null;
    case 'hear':
      return <a className={dress} href={hrefOf('calls')} target="_blank" rel="noopener">{t('walk-hear-do')}</a>;
    case 'figure':
      return <a className={dress} href="#today" onClick={() => note('figure')}>{t('walk-figure-do')}</a>;
  }
}

/** The five steps. */
export function Walk({ today }: { today: Figures }) {
  const { t } = useWords();
  const done = stepsDone(today);
  const next = STEPS.find((step) => !done.has(step));
  return (
    <section className="panel walk" aria-labelledby="walk-h">
      <h1 id="walk-h">{t('walk-h')}</h1>
      <ol className="walk-steps">
        {STEPS.map((step, index) => (
          <li key={step} data-step={step} data-done={done.has(step) || undefined} aria-current={step === next ? 'step' : undefined}>
            <span className="walk-mark" aria-hidden="true">{done.has(step) ? <Icon name="check" /> : index + 1}</span>
            <div>
              <h2>{t(`walk-${step}`)}{done.has(step) && <span className="vh"> {t('walk-done')}</span>}</h2>
              <p className="dim">{t(`walk-${step}-how`)}</p>
            </div>
            <div className="walk-way"><Way step={step} dress={step === next ? 'btn btn--main' : 'btn'} /></div>
          </li>
        ))}
      </ol>
    </section>
  );
}
