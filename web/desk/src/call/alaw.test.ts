//! The sample voice is read as it was written.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readWav, sample } from './alaw';

it('codes of G.711 are the values of its table', () => {
  // Code, value in 16 bits.
  for (const [code, value] of [[0xd5, 8], [0x55, -8], [0xaa, 32_256], [0x2a, -32_256], [0x80, 5_504], [0x95, 2_112]] as const) {
    expect(sample(code) * 32_768, code.toString(16)).toBe(value);
  }
});

it('the committed sample voice is ten to thirty seconds of speech', () => {
  const file = readFileSync(new URL('../../../../data/prompts/sample_voice.wav', import.meta.url));
  const { rate, samples } = readWav(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
  expect(rate).toBe(8_000);
  expect(samples.length / rate).toBeGreaterThan(10);
  expect(samples.length / rate).toBeLessThan(30);
  const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
  expect(loudness).toBeGreaterThan(0.05);
});

it('another file is refused', () => expect(() => readWav(new ArrayBuffer(64))).toThrow('not a WAV'));
