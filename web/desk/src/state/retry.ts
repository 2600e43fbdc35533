//! How long to wait before the next attempt: the link to the centre and the sound each have their own patience.

/** Wait before attempt `attempt` (0 = the first after a loss) to reach the centre again, ms. `chance` in 0..1 spreads a crowd of desks. */
export function linkDelayMs(attempt: number, chance: number): number {
  const step = Math.min(10_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(step * (0.75 + 0.5 * chance));
}

/** Wait before attempt `attempt` (0 = the first after a loss) to connect the sound again, ms: 1, 2, then every 5 s. */
export function soundDelayMs(attempt: number): number {
  return [1_000, 2_000][attempt] ?? 5_000;
}

/** No word from the centre for this long means that the link is lost, ms. The centre says something every 5 s. */
export const LINK_SILENCE_MS = 12_000;
