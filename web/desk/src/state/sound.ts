//! Whether the specialist hears and is heard, and what to do where not. Pure.
import type { ServerSound } from '../transport/contract';
import { say, type Say } from './say';

/** What the telephone in the browser knows about itself. */
export type PhonePhase =
  | 'off'
  | 'asking'
  | 'connecting'
  | 'up'
  | 'elsewhere'
  | 'blocked'
  | 'refused'
  | 'not_found'
  | 'busy'
  | 'insecure'
  | 'muted'
  | 'silent'
  | 'full'
  | 'failed';

/** The one judgement of the sound that the screen draws. */
export type Sound =
  | { verdict: 'good' }
  | { verdict: 'coming'; what: Say }
  | { verdict: 'bad'; what: Say; way: Say; act: Say };

const bad = (name: 'refused' | 'not-found' | 'busy' | 'insecure' | 'muted' | 'silent' | 'full' | 'failed' | 'blocked'): Sound => ({
  verdict: 'bad',
  what: say(`sound-${name}`),
  way: say(`sound-${name}-way`),
  act: say(name === 'blocked' ? 'do-hear' : 'do-check-sound'),
});

/** Judges the telephone of the browser together with what the centre sees of it. */
export function soundOf(phone: PhonePhase, server: ServerSound): Sound {
  switch (phone) {
    case 'off':
    case 'connecting':
      return { verdict: 'coming', what: say('sound-connecting') };
    case 'asking':
      return { verdict: 'coming', what: say('sound-asking') };
    case 'up':
      return server === 'up' ? { verdict: 'good' } : { verdict: 'coming', what: say('sound-connecting') };
    case 'elsewhere':
      return server === 'up' ? { verdict: 'good' } : { verdict: 'coming', what: say('sound-elsewhere') };
    case 'refused': return bad('refused');
    case 'not_found': return bad('not-found');
    case 'busy': return bad('busy');
    case 'insecure': return bad('insecure');
    case 'muted': return bad('muted');
    case 'silent': return bad('silent');
    case 'full': return bad('full');
    case 'blocked': return bad('blocked');
    case 'failed': return bad('failed');
  }
}
