//! A step is ticked off by what happened, and by nothing else.
import { expect, it } from 'vitest';
import { stepsDone } from './walk';

const noon = new Date('2026-11-24T12:00').getTime();
const day = '2026-11-24';

it.each([
  ['nothing yet', { day, accepted: 0, answered: 0 }, {}, []],
  ['a call that nobody took', { day, accepted: 1, answered: 0 }, { hear: noon }, ['call']],
  ['an answered call', { day, accepted: 2, answered: 1 }, {}, ['call', 'answer']],
  ['heard and seen', { day, accepted: 1, answered: 1 }, { hear: noon, figure: noon }, ['call', 'answer', 'hear', 'figure']],
  ['heard on another day', { day, accepted: 1, answered: 1 }, { hear: noon - 86_400_000 }, ['call', 'answer']],
])('%s', (_, today, seen, done) => expect([...stepsDone(today, seen)]).toEqual(done));
