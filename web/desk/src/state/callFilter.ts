//! The filters of the list of calls as they stand in its address: a link shows the same list to everybody. Pure.

/** Names of the filters, as the address and the server have them. */
export const FILTER_NAMES = ['outcome', 'day', 'from', 'to', 'half_hour', 'line', 'specialist', 'number', 'recorded', 'overdue', 'figure'] as const;
/** The name of a filter. */
export type FilterName = (typeof FILTER_NAMES)[number];
/** What the list is narrowed to. */
export type CallFilter = Readonly<Partial<Record<FilterName, string>>>;

/** The filters of an address; what is not a filter is passed over. */
export function readFilter(search: string): CallFilter {
  const query = new URLSearchParams(search);
  const found = FILTER_NAMES.map((name) => [name, query.get(name)?.trim() ?? ''] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found);
}

/** The filter with changes; an empty value takes a filter away. A half hour is one of a day: without it it has no meaning. */
export function withFilter(filter: CallFilter, change: Partial<Record<FilterName, string>>): CallFilter {
  const all = { ...filter, ...change };
  const kept = Object.entries(all).filter(([name, value]) => value !== '' && value !== undefined && !(name === 'half_hour' && !all.day));
  return Object.fromEntries(kept);
}

/** 21 becomes «10:30–11:00». */
export function halfHourText(halfHour: number): string {
  const time = (n: number): string => `${Math.floor(n / 2)}:${n % 2 === 0 ? '00' : '30'}`;
  return `${time(halfHour)}–${time(halfHour + 1)}`;
}
