//! Draws the two voices of a recording on a canvas: the caller above, the specialist below; what was heard in colour.
import type { Peaks } from '../transport/centre';

/** Colours of the drawing, read from the page's tokens. */
export interface WaveInk {
  left: string;
  right: string;
  rest: string;
  line: string;
  now: string;
}

/** Columns of the drawing: 3 px of ink, 2 px of air. */
const STEP = 5;
const BAR = 3;

/** The loudest of the stretches of a column, 0..1. */
export function loudness(channel: Peaks['left'], from: number, to: number): number {
  let loudest = 0;
  for (let i = Math.floor(from); i < Math.max(Math.floor(from) + 1, to) && i < channel.min.length; i += 1) {
    loudest = Math.max(loudest, Math.abs(channel.min[i] ?? 0), Math.abs(channel.max[i] ?? 0));
  }
  // Quiet speech is speech: the root lets it be seen.
  return Math.sqrt(Math.min(1, loudest / 127));
}

/** Draws the shape; `played` is the part that was heard, 0..1. */
export function paintWave(canvas: HTMLCanvasElement, peaks: Peaks, played: number, muted: { left: boolean; right: boolean }, ink: WaveInk): void {
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  const columns = Math.max(1, Math.floor(width / STEP));
  const buckets = peaks.left.min.length;
  const half = height / 2;
  for (const [voice, channel, colour] of [[0, peaks.left, muted.left ? ink.rest : ink.left], [1, peaks.right, muted.right ? ink.rest : ink.right]] as const) {
    const middle = half * voice + half / 2;
    for (let column = 0; column < columns; column += 1) {
      const tall = Math.max(2, loudness(channel, (column * buckets) / columns, ((column + 1) * buckets) / columns) * (half - 8));
      pen.fillStyle = (column + 0.5) / columns <= played ? colour : ink.rest;
      pen.beginPath();
      pen.roundRect(column * STEP, middle - tall / 2, BAR, tall, 1.5);
      pen.fill();
    }
  }
  pen.fillStyle = ink.line;
  pen.fillRect(0, half - 0.5, width, 1);
  pen.fillStyle = ink.now;
  const at = Math.min(width - 2, Math.max(0, played * width - 1));
  pen.fillRect(at, 0, 2, height);
}
