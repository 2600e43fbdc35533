//! The newcomer's walk through the demonstration: which steps are done, by what really happened.
import type { Figures } from '../transport/contract';

/** The steps, in their order. */
export const STEPS = ['call', 'answer', 'write', 'hear', 'figure'] as const;
/** A step. */
export type Step = (typeof STEPS)[number];

/** Steps that only the browser sees; each is noted by the screen where it happens. */
type Noted = Extract<Step, 'write' | 'hear' | 'figure'>;

const KEPT_AS = 'otklik-walk';

function noted(): Partial<Record<Noted, number>> {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Record<Noted, number>>;
  } catch {
    return {};
  }
}

/** Notes that a step was taken in this browser. */
export function note(step: Noted): void {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ ...noted(), [step]: Date.now() }));
  } catch {
    // Without storage the step is not ticked off; nothing else is lost.
  }
}

/** What the browser noted is of this walk for so long: a newcomer's day, whatever the zone of the centre, ms. */
const HOLDS_MS = 12 * 3_600_000;

/**
 * The steps that are done. Calls and answers are counted by the centre; what the browser noted counts only once somebody
 * was answered there today, so that the walk of another centre or day does not.
 */
export function stepsDone(today: Pick<Figures, 'accepted' | 'answered'>, now = Date.now(), seen = noted()): ReadonlySet<Step> {
  const done = new Set<Step>();
  if (today.accepted > 0) done.add('call');
  if (today.answered === 0) return done;
  done.add('answer');
  for (const step of ['write', 'hear', 'figure'] as const) if (now - (seen[step] ?? -Infinity) < HOLDS_MS) done.add(step);
  return done;
}
