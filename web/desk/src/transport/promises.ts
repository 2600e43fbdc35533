//! The HTTP side of what we owe: one function a resource. Types come from the server's own description.
import { ask, read } from './api';
import type { components } from './generated/api';

type Served = components['schemas'];
/** A promise. */
export type Owed = Served['Promise'];
/** A promise with its history. */
export type OwedDetail = Served['PromiseDetail'];
/** A page of promises. */
export type OwedPage = Served['PromisePage'];
/** How many are open. */
export type OwedCount = Served['PromiseCount'];
/** What came of an attempt. */
export type TryResult = Served['TryResult'];
/** How a promise ended. */
export type OwedOutcome = Served['PromiseOutcome'];
/** Which promises a list shows. */
export type Which = 'open' | 'mine' | 'free' | 'overdue' | 'closed';

const place = (id: string, part = ''): string => `/api/promises/${encodeURIComponent(id)}${part}`;

async function changed(answer: Promise<Response>): Promise<Owed> {
  return (await (await answer).json()) as Owed;
}

/** A page of a list; `after` is the `next` of the page before. */
export function owedPage(which: Which, limit: number, after: string | null): Promise<OwedPage> {
  const search = new URLSearchParams({ which, limit: String(limit) });
  if (after !== null) search.set('after', after);
  return read(`/api/promises?${search}`);
}

/** How many are open. */
export const owedCount = (): Promise<OwedCount> => read('/api/promises/counts');

/** One promise with its history. */
export const owedDetail = (id: string): Promise<OwedDetail> => read(place(id));

/** Takes a promise. */
export const takeOwed = (id: string): Promise<Owed> => changed(ask('POST', place(id, '/taking')));

/** Gives it back to the list. */
export const releaseOwed = (id: string): Promise<Owed> => changed(ask('DELETE', place(id, '/taking')));

/** Notes an attempt. */
export const tryOwed = (id: string, result: TryResult, note: string): Promise<Owed> =>
  changed(ask('POST', place(id, '/attempts'), { result, note }));

/** Closes it. */
export const closeOwed = (id: string, outcome: OwedOutcome, proof: string | null, note: string): Promise<Owed> =>
  changed(ask('POST', place(id, '/closing'), { outcome, proof, note }));
