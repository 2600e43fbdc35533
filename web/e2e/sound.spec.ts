//! The measuring tools measure: otherwise no test of sound means anything.
import { expect, test } from '@playwright/test';
import { aLaw, aLawTone, linear, purity, sine } from './sound.ts';

test('A-law there and back keeps every code', () => {
  for (let byte = 0; byte < 256; byte += 1) expect(aLaw(linear(byte))).toBe(byte);
});

test('a tone is told from another one, and a mixture from both', () => {
  const tone = [...aLawTone(440, 1)].map(linear);
  expect(purity(tone, 8_000, 440, 1_000)).toEqual({ heard: 5, share: 1 });
  expect(purity(tone, 8_000, 1_000, 440)).toEqual({ heard: 5, share: 0 });
  const other = sine(1_000, 8_000, 1, 3_000);
  expect(purity(tone.map((sample, n) => sample + (other[n] ?? 0)), 8_000, 440, 1_000).share).toBe(0);
  expect(purity(Array(8_000).fill(8), 8_000, 440, 1_000)).toEqual({ heard: 0, share: 0 });
});
