//! Filters of the list of appeals, and which letters of a row were searched for. Pure.
import { dayText } from './clock';
import type { AppealQuery, AppealStatus } from '../transport/appeals';

/** Spans of days that a list is looked at in. */
export const PERIODS = ['today', 'week', 'month', 'quarter'] as const;
/** A span of days; nothing = all. */
export type Period = (typeof PERIODS)[number] | '';

/** What a person chose; an empty word means all. */
export interface Filter {
  q: string;
  topic: string;
  result: string;
  author: string;
  period: Period;
  status: AppealStatus | '';
}

/** Everything. */
export const noFilter: Filter = { q: '', topic: '', result: '', author: '', period: '', status: '' };

/** The span behind a word of the page. */
export function periodOf(word: string): Period {
  return PERIODS.find((one) => one === word) ?? '';
}

const DAYS: Record<(typeof PERIODS)[number], number> = { today: 0, week: 6, month: 29, quarter: 89 };

/** The question to the centre. */
export function asQuery(filter: Filter, now: number): AppealQuery {
  const { period } = filter;
  const from = period === '' ? null : dayText(now - DAYS[period] * 86_400_000);
  return {
    q: filter.q.trim() || null, topic: filter.topic || null, result: filter.result || null, author: filter.author || null,
    status: filter.status || null, from,
  };
}

/** A piece of a text. */
export interface Part {
  text: string;
  hit: boolean;
}

const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** The text in pieces: beginnings of words that were searched for are hits. */
export function markedParts(text: string, query: string): Part[] {
  const wanted = fold(query).split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length > 1);
  if (wanted.length === 0) return [{ text, hit: false }];
  const folded = fold(text);
  // Folding keeps the length for the letters that we know; where it does not, nothing is marked rather than the wrong letters.
  if (folded.length !== text.length) return [{ text, hit: false }];
  const parts: Part[] = [];
  let from = 0;
  for (const found of folded.matchAll(/[\p{L}\p{N}-]+/gu)) {
    const word = wanted.filter((one) => found[0].startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (word === undefined) continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index), hit: false });
    parts.push({ text: text.slice(found.index, found.index + word.length), hit: true });
    from = found.index + word.length;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), hit: false });
  return parts;
}
