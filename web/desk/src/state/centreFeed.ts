//! What the page of the centre knows: a snapshot, then the fields that changed. Pure.
import type { CentreMessage, CentreView } from '../transport/centre';

/** The knowledge of a page. */
export interface CentreFeed {
  centre: CentreView | null;
  /** Centre's clock minus this computer's clock, ms. */
  offsetMs: number;
}

/** Before the first message. */
export const emptyCentre: CentreFeed = { centre: null, offsetMs: 0 };

/** Smaller shifts of the clock are delays of the network. */
const CLOCK_STEP_MS = 250;

/** The knowledge after a message; changes before any snapshot are nothing. */
export function afterCentre(feed: CentreFeed, message: CentreMessage, localNow: number): CentreFeed {
  const offset = message.now - localNow;
  const offsetMs = feed.centre === null || Math.abs(offset - feed.offsetMs) > CLOCK_STEP_MS ? offset : feed.offsetMs;
  switch (message.type) {
    case 'snapshot': return { centre: message.centre, offsetMs };
    case 'delta': return feed.centre === null ? feed : { centre: { ...feed.centre, ...message.centre }, offsetMs };
    case 'ping': return offsetMs === feed.offsetMs ? feed : { ...feed, offsetMs };
  }
}
