//! Reading a WAV of A-law (ITU-T G.711) with one channel: not every browser knows that format.

/** One code of A-law as a sample from -1 to 1. */
export function sample(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const low = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? low : (low + 0x100) << (segment - 1);
  return ((bits & 0x80) === 0 ? -magnitude : magnitude) / 32_768;
}

/** The samples of a WAV file and their rate; an error where it is of another kind. */
export function readWav(file: ArrayBuffer): { rate: number; samples: Float32Array<ArrayBuffer> } {
  const view = new DataView(file);
  const name = (at: number): string => String.fromCharCode(...new Uint8Array(file, at, 4));
  if (name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new Error('not a WAV');
  let rate = 0;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const size = view.getUint32(at + 4, true);
    if (name(at) === 'fmt ') {
      if (view.getUint16(at + 8, true) !== 6 || view.getUint16(at + 10, true) !== 1) throw new Error('not A-law with one channel');
      rate = view.getUint32(at + 12, true);
    } else if (name(at) === 'data' && rate > 0) {
      return { rate, samples: Float32Array.from(new Uint8Array(file, at + 8, Math.min(size, file.byteLength - at - 8)), sample) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no sound in it');
}
