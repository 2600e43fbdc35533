//! What the desk knows from the centre: a snapshot, then deltas. Pure: messages in, knowledge out.
import type { DeskMessage, DeskView } from '../transport/contract';

/** The knowledge of a desk at one revision. */
export interface Feed {
  rev: number;
  desk: DeskView | null;
  /** Centre's clock minus this computer's clock, ms. */
  offsetMs: number;
}

/** Before the first message. */
export const emptyFeed: Feed = { rev: -1, desk: null, offsetMs: 0 };

/** Smaller shifts of the clock are delays of the network: timers must not tremble with them. */
const CLOCK_STEP_MS = 250;

function corrected(feed: Feed, centreNow: number, localNow: number): number {
  const offset = centreNow - localNow;
  return feed.desk === null || Math.abs(offset - feed.offsetMs) > CLOCK_STEP_MS ? offset : feed.offsetMs;
}

/** The knowledge after a message. A delta older than what is known, or before any snapshot, changes nothing. */
export function afterMessage(feed: Feed, message: DeskMessage, localNow: number): Feed {
  switch (message.type) {
    case 'snapshot':
      return { rev: message.rev, desk: message.desk, offsetMs: corrected(feed, message.now, localNow) };
    case 'delta': {
      if (feed.desk === null || message.rev <= feed.rev) return feed;
      const desk = { ...feed.desk, ...message.desk };
      return { rev: message.rev, desk, offsetMs: corrected(feed, message.now, localNow) };
    }
    case 'ping': {
      const offsetMs = corrected(feed, message.now, localNow);
      return offsetMs === feed.offsetMs ? feed : { ...feed, offsetMs };
    }
    case 'done':
    case 'refused':
      return feed;
  }
}
