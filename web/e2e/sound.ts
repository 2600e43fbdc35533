//! Tones and their detection: A-law, WAV, Goertzel. By frequency, never by level.

/** A-law (G.711) of one linear sample of 16 bits. */
export function aLaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  let magnitude = Math.min(32_635, Math.abs(Math.trunc(sample)));
  let exponent = 7;
  for (let mask = 0x4000; (magnitude & mask) === 0 && exponent > 0; mask >>= 1) exponent -= 1;
  magnitude = exponent === 0 ? magnitude >> 4 : magnitude >> (exponent + 3);
  return (sign | (exponent << 4) | (magnitude & 0x0f)) ^ 0x55;
}

/** The linear sample of 16 bits of one A-law byte. */
export function linear(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 0x07;
  let magnitude = ((value & 0x0f) << 4) + 8;
  if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** A sine of whole periods, so that it can be repeated without a click. */
export function sine(hz: number, rate: number, seconds: number, amplitude = 12_000): number[] {
  return Array.from({ length: rate * seconds }, (_, n) => Math.round(amplitude * Math.sin((2 * Math.PI * hz * n) / rate)));
}

/** A sine as bare A-law bytes, 8 kHz: what sipp streams. */
export function aLawTone(hz: number, seconds: number): Buffer {
  return Buffer.from(sine(hz, 8_000, seconds).map(aLaw));
}

/** A sine as a WAV of 16 bits, one channel, 48 kHz: what the browser takes for a microphone. */
export function wavTone(hz: number, seconds: number): Buffer {
  const samples = sine(hz, 48_000, seconds);
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, n) => data.writeInt16LE(sample, n * 2));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** A recording of a talk. */
export interface Stereo {
  rate: number;
  left: number[];
  right: number[];
}

/** Reads a WAV of A-law with two channels; anything else is an error in words. */
export function readStereo(file: Buffer): Stereo {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw new Error('not a WAV');
  let [rate, data]: [number, Buffer | null] = [0, null];
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ') {
      const [format, channels, bits] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt16LE(14)];
      if (format !== 6 || channels !== 2 || bits !== 8) throw new Error(`format ${format}, ${channels} channels, ${bits} bits: not stereo A-law`);
      rate = body.readUInt32LE(4);
    } else if (name === 'data') data = body;
    at += 8 + size + (size % 2);
  }
  if (data === null || rate === 0) throw new Error('no fmt or no data');
  const channel = (offset: number): number[] => Array.from({ length: Math.floor(data.length / 2) }, (_, n) => linear(data[n * 2 + offset] ?? 0xd5));
  return { rate, left: channel(0), right: channel(1) };
}

/** Power of one frequency in samples (Goertzel), normed by their number. */
export function power(samples: number[], rate: number, hz: number): number {
  const k = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [a, b] = [0, 0];
  for (const sample of samples) [a, b] = [sample + k * a - b, a];
  return (a * a + b * b - k * a * b) / (samples.length * samples.length || 1);
}

/**
 * The share of windows of 200 ms in which `wanted` is stronger than `other` by 20 dB, of those in which anything of either is heard.
 * 1 means that only the wanted tone was ever there.
 */
export function purity(samples: number[], rate: number, wanted: number, other: number): { heard: number; share: number } {
  const size = rate / 5;
  let [heard, pure] = [0, 0];
  for (let at = 0; at + size <= samples.length; at += size) {
    const part = samples.slice(at, at + size);
    const [own, alien] = [power(part, rate, wanted), power(part, rate, other)];
    // An amplitude of about 100 of 32 768: less is the quantisation of silence.
    if (Math.max(own, alien) < 2_500) continue;
    heard += 1;
    if (own > 100 * alien) pure += 1;
  }
  return { heard, share: heard === 0 ? 0 : pure / heard };
}
