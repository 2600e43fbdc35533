//! When a specialist is told that nobody hears them: after two seconds, and not for a quiet room.
import { expect, it } from 'vitest';
import { microphoneWishes, refusalPhase } from './microphone';
import { freshWatch, meterBars, watched, type Sample } from './watch';

/** Plays samples every 250 ms and tells when which fault was first seen. */
function firstFault(make: (n: number) => Partial<Sample>, count = 100): string | null {
  let watch = freshWatch;
  for (let n = 0; n < count; n += 1) {
    watch = watched(watch, { atMs: n * 250, packetsSent: n * 12, packetsHeard: n * 12, energy: n * 0.001, trackMuted: false, trackEnded: false, ...make(n) });
    if (watch.deaf !== null) return `${watch.deaf} at ${n * 250}`;
  }
  return null;
}

it.each([
  ['all well', () => ({}), null],
  ['muted by the headset from 1 s on', (n: number) => ({ trackMuted: n >= 4 }), 'muted at 3000'],
  ['pulled out', (n: number) => ({ trackEnded: n >= 4 }), 'muted at 3000'],
  ['a short blink', (n: number) => ({ trackMuted: n >= 4 && n < 10 }), null],
  ['a device that gives silence from the start', () => ({ energy: 0 }), 'silent at 2000'],
  ['a room that falls quiet for ten seconds', (n: number) => ({ energy: n < 20 ? n : n < 60 ? 20 : n }), null],
  ['a headset that dies in the talk', (n: number) => ({ energy: Math.min(n, 20) }), 'silent at 25000'],
  ['packets stop', (n: number) => ({ packetsSent: Math.min(n, 20) }), 'not_sending at 7000'],
  ['a browser that tells nothing', () => ({ packetsSent: null, energy: null }), null],
] as [string, (n: number) => Partial<Sample>, string | null][])('%s', (_, make, expected) => expect(firstFault(make, 120)).toBe(expected));

it('the meter has three bars', () => {
  expect([0, 0.001, 0.01, 0.05, 0.5].map(meterBars)).toEqual([0, 0, 1, 2, 3]);
});

it('people keep the processing of the browser; only the test parameter turns it off', () => {
  expect(microphoneWishes('')).toMatchObject({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
  expect(microphoneWishes('?sound=raw')).toMatchObject({ echoCancellation: false, noiseSuppression: false, autoGainControl: false });
});

it.each([['NotAllowedError', 'refused'], ['NotFoundError', 'not_found'], ['OverconstrainedError', 'not_found'], ['NotReadableError', 'busy']])(
  '%s means %s', (name, phase) => expect(refusalPhase(name)).toBe(phase),
);

it('hears while packets arrive, and for a second after the last', () => {
  let watch = freshWatch;
  const heard: boolean[] = [];
  for (let n = 0; n < 16; n += 1) {
    watch = watched(watch, { atMs: n * 250, packetsSent: n * 12, packetsHeard: Math.min(n, 8) * 12, energy: n, trackMuted: false, trackEnded: false });
    heard.push(watch.hears);
  }
  expect(heard.indexOf(true)).toBe(1);
  expect(heard.lastIndexOf(true)).toBe(11);
});
