//! Figures as they are drawn and written down. Pure.
import type { DayFigures, FigureSet } from '../transport/centre';
import { span } from './clock';

/** A share as «84,1 %»; nothing where there is none. */
export function percent(share: number | null | undefined, locale: string): string | null {
  if (share === null || share === undefined) return null;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** The bound of a percentile, in seconds, as a time; 125 is what no bucket bounds. */
export function waitBound(seconds: number | null | undefined): { text: string; over: boolean } | null {
  if (seconds === null || seconds === undefined) return null;
  return seconds > 120 ? { text: span(120_000), over: true } : { text: span(seconds * 1_000), over: false };
}

/** A cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula (OWASP: CSV injection). */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Columns of the half hours that count calls or time. */
export const COLUMNS = ['accepted', 'offered', 'answered', 'answered_in_time', 'abandoned', 'short_abandoned', 'recorded', 'interrupted', 'asa_ms', 'aht_ms'] as const satisfies (keyof FigureSet)[];

/** The day as a CSV file that spreadsheets of Russia open as it is: a mark of UTF-8, semicolons, CRLF. */
export function csvOf(figures: DayFigures, heads: readonly string[], timeOf: (halfHour: number) => string): string {
  const rows = figures.half_hours.map((part) => [timeOf(part.half_hour), ...COLUMNS.map((name) => part.figures[name] ?? null)]);
  const head = [figures.day, figures.line?.name ?? '', figures.formula_version];
  return `\uFEFF${[head, heads, ...rows].map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`;
}

/** The height of a bar of `n` where the tallest is `most` and `height` px tall; something is never nothing. */
export function barHeight(n: number, most: number, height: number): number {
  return n <= 0 || most <= 0 ? 0 : Math.max(2, (n / most) * height);
}
