//! Times as people say them. Pure: every "now" comes in as a number.

/** 48 000 becomes 0:48; from an hour on 1:02:03. Negative spans (clocks that disagree) count as nothing. */
export function span(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The time of a state on the bar: two digits of minutes, so that it does not change its width at ten. */
export function wideSpan(ms: number): string {
  const text = span(ms);
  return text.length === 4 ? `0${text}` : text;
}

/** Remaining time, rounded up: "0:01" until it is really over. */
export function remaining(sinceMs: number, untilMs: number, nowMs: number): number {
  const whole = Math.max(0, Math.ceil((untilMs - nowMs) / 1000) * 1000);
  // The two clocks differ by the way of a message: a term of 20 s never has 21 s left.
  return Math.min(whole, untilMs - sinceMs);
}

/** What part of a term is left, 0..1; nothing where no term runs. */
export function partLeft(sinceMs: number, untilMs: number | null, nowMs: number): number | null {
  if (untilMs === null || untilMs <= sinceMs) return null;
  return Math.min(1, Math.max(0, (untilMs - nowMs) / (untilMs - sinceMs)));
}

/** The zone in which times are told; that of the browser until the centre has named its own. */
let zone: string | undefined;
let format = formatOf(zone);

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Names the zone of the centre. One that this browser does not know changes nothing. */
export function setZone(name: string | null): void {
  try {
    format = formatOf(name ?? undefined);
    zone = name ?? undefined;
  } catch {
    // An old browser without the zone goes on in its own.
  }
}

function partsOf(ms: number): { day: string; hour: number; minute: string; year: number } {
  const found = Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
  const { year = '', month = '', day = '', hour = '0', minute = '' } = found;
  return { day: `${year}-${month}-${day}`, hour: Number(hour), minute, year: Number(year) };
}

/** The day of a moment in the centre's zone, as the centre writes it: 2026-11-24. */
export function dayText(ms: number): string {
  return partsOf(ms).day;
}

/** Which day a moment belongs to, seen from now, in the centre's zone. */
export type DayWord = 'today' | 'yesterday' | 'tomorrow' | 'other';

function dayNumber(ms: number): number {
  return Math.round(Date.parse(`${dayText(ms)}T00:00:00Z`) / 86_400_000);
}

/** Today, yesterday, tomorrow or another day. */
export function dayWord(ms: number, nowMs: number): DayWord {
  switch (dayNumber(ms) - dayNumber(nowMs)) {
    case 0: return 'today';
    case -1: return 'yesterday';
    case 1: return 'tomorrow';
    default: return 'other';
  }
}

/** 10:41 */
export function clockTime(ms: number): string {
  const { hour, minute } = partsOf(ms);
  return `${hour}:${minute}`;
}

/** "12 окт.", with the year where it is not the current one. */
export function shortDate(ms: number, nowMs: number, locale: string): string {
  const sameYear = partsOf(ms).year === partsOf(nowMs).year;
  return new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(ms);
}
