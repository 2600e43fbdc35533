//! A step is ticked off by what happened, and by nothing else.
import { expect, it } from 'vitest';
import { stepsDone } from './walk';

const now = 1_000_000_000_000;

it.each([
  ['nothing yet', { accepted: 0, answered: 0 }, {}, []],
  ['a call that nobody took', { accepted: 1, answered: 0 }, { hear: now }, ['call']],
  ['an answered call', { accepted: 2, answered: 1 }, {}, ['call', 'answer']],
  ['heard and seen', { accepted: 1, answered: 1 }, { hear: now - 60_000, figure: now }, ['call', 'answer', 'hear', 'figure']],
  ['heard on another day', { accepted: 1, answered: 1 }, { hear: now - 86_400_000 }, ['call', 'answer']],
])('%s', (_, today, seen, done) => expect([...stepsDone(today, now, seen)]).toEqual(done));
