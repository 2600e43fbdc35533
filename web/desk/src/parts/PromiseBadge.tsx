//! The one badge of the navigation: how many promises are open; in brick where one is overdue.
import { useState } from 'react';
import { owedCount, type OwedCount } from '../transport/promises';
import { useWords } from '../words/words';
import { usePoll } from './hooks';
import '../look/promises.css';

const EVERY_MS = 5_000;

/** Kept over screens, so that the badge does not blink when another one opens. */
let known: OwedCount | null = null;

/** The counts, read anew by themselves; a count that cannot be read stays as it was. */
export function usePromiseCount(): OwedCount | null {
  const [count, setCount] = useState(known);
  usePoll(async () => {
    try {
      known = await owedCount();
      setCount(known);
    } catch {
      // The screens say themselves that there is no link.
    }
  }, EVERY_MS);
  return count;
}

/** Draws the badge; nothing where nothing is owed. */
export function PromiseBadge() {
  const { t } = useWords();
  const count = usePromiseCount();
  if (count === null || count.open === 0) return null;
  return (
    <>
      <span className={`count${count.overdue > 0 ? ' count--late' : ''}`} aria-hidden="true">{count.open > 99 ? '99+' : count.open}</span>
      <span className="vh">{t(count.overdue > 0 ? 'promises-badge-late' : 'promises-badge', { open: count.open, overdue: count.overdue })}</span>
    </>
  );
}
