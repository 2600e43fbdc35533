//! Appeals and the persons of the number: one function a resource. Keeps nothing.
import type { CallRow, Outcome, Stage } from './contract';
import { ApiError, ask, read } from './api';

/** Where an appeal stands. */
export type AppealStatus = 'draft' | 'registered' | 'dismissed';
/** What an appeal is by law. */
export type AppealKind = 'consultation' | 'appeal_59fz';
/** Why a contact is no appeal. */
export type Dismissal = 'silence' | 'wrong_number' | 'prank' | 'abuse';
/** What is still to be filled in before it can be filed. */
export type Missing = 'topic' | 'asked' | 'result' | 'speaker';

/** A person by name. */
export interface PersonBrief {
  id: string;
  family_name: string;
  given_name: string;
  patronymic: string;
}

/** Who speaks. */
export interface Speaker {
  is: 'unknown' | 'did_not_say' | 'person';
  person: PersonBrief | null;
}

/** For whom. */
export interface Beneficiary {
  is: 'self' | 'person' | 'relation';
  person: PersonBrief | null;
  relation: string | null;
}

/** Somebody of the staff. */
export interface StaffRef {
  id: string;
  name: string;
}

/** One line of what happened to an appeal. */
export interface AppealEvent {
  at: number;
  who: StaffRef;
  what: string;
}

/** An appeal. */
export interface Appeal {
  id: string;
  call: string;
  line: { id: string; name: string } | null;
  caller: string | null;
  version: number;
  status: AppealStatus;
  number: string | null;
  kind: AppealKind;
  topics: string[];
  asked: string;
  answered: string;
  result: string | null;
  speaker: Speaker;
  for_whom: Beneficiary;
  dismissal: Dismissal | null;
  missing: Missing[];
  author: StaffRef | null;
  created_at: number;
  updated_at: number;
  updated_by: StaffRef | null;
  registered_at: number | null;
  may_write: boolean;
  history: AppealEvent[];
}

/** What people write in an appeal; a save replaces all of it. */
export interface AppealFields {
  kind: AppealKind;
  topics: string[];
  asked: string;
  answered: string;
  result: string | null;
  speaker: { is: Speaker['is']; person: string | null };
  for_whom: { is: Beneficiary['is']; person: string | null; relation: string | null };
}

/** An appeal in the list. */
export interface AppealRow {
  id: string;
  call: string;
  number: string | null;
  status: AppealStatus;
  kind: AppealKind;
  created_at: number;
  registered_at: number | null;
  caller: string | null;
  speaker: Speaker;
  topics: string[];
  asked: string;
  result: string | null;
  dismissal: Dismissal | null;
  author: StaffRef | null;
}

/** A page of appeals, newest first. */
export interface AppealPage {
  appeals: AppealRow[];
  next: string | null;
}

/** A topic. */
export interface Topic {
  id: string;
  name: string;
  says: string[];
  active: boolean;
}

/** The first level of the tree of topics. */
export interface TopicGroup {
  id: string;
  name: string;
  active: boolean;
  topics: Topic[];
}

/** What an appeal can end with. */
export interface AppealResult {
  id: string;
  name: string;
  active: boolean;
}

/** All that an appeal is filled in from. */
export interface TopicTree {
  groups: TopicGroup[];
  results: AppealResult[];
  dismissals: Dismissal[];
}

/** A person known on the number: no more than it takes to ask who speaks. */
export interface PersonOnNumber {
  id: string;
  given_name: string;
  patronymic: string;
}

/** The card of a person. */
export interface PersonCard extends PersonBrief {
  version: number;
  birth_year: number | null;
  note: string;
  phones: string[];
  created_at: number;
  updated_at: number;
  updated_by: string;
}

/** What people write on a card. */
export interface CardFields {
  family_name: string;
  given_name: string;
  patronymic: string;
  birth_year: number | null;
  note: string;
}

/** One entry of a person's history: exactly the field of its kind is given. */
export interface HistoryEntry {
  at: number;
  kind: 'call' | 'appeal' | 'promise';
  call: { id: string; line: { id: string; name: string }; outcome: Outcome | null; stage: Stage | null; talk_ms: number | null } | null;
  appeal: AppealRow | null;
  promise: Record<string, unknown> | null;
}

/** A page of a person's history, newest first. */
export interface PersonHistory {
  entries: HistoryEntry[];
  next: string | null;
}

const at = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

async function put<T>(path: string, body: unknown): Promise<T> {
  return (await (await ask('PUT', path, body)).json()) as T;
}

async function post<T>(path: string, body: unknown): Promise<T> {
  return (await (await ask('POST', path, body)).json()) as T;
}

/** Topics, results and dismissals. */
export const topicTree = (): Promise<TopicTree> => read('/api/topics');

/** The appeal that a call opened. */
export const appealOfCall = (call: string): Promise<Appeal> => read(`${at('/api/calls', call)}/appeal`);

/** An appeal. */
export const appeal = (id: string): Promise<Appeal> => read(at('/api/appeals', id));

/** Which appeals of the list. */
export interface AppealQuery {
  status?: AppealStatus | null;
  topic?: string | null;
  result?: string | null;
  author?: string | null;
  /** First and last local day, 2026-11-24. */
  from?: string | null;
  to?: string | null;
  q?: string | null;
}

function queryOf(query: object): URLSearchParams {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return new URLSearchParams(given);
}

/** A page of the list of appeals, newest first. */
export function appeals(query: AppealQuery, limit: number, before: string | null = null): Promise<AppealPage> {
  const search = queryOf({ ...query, before });
  search.set('limit', String(limit));
  return read(`/api/appeals?${search}`);
}

/** Address of the same list as a table. */
export function appealsTable(query: AppealQuery): string {
  return `/api/appeals.csv?${queryOf(query)}`;
}

/** Saves over a version. */
export const saveAppeal = (id: string, fields: AppealFields, version: number): Promise<Appeal> => put(at('/api/appeals', id), { version, ...fields });

/** Files an appeal: it gets its number. */
export const registerAppeal = (id: string, version: number): Promise<Appeal> => post(`${at('/api/appeals', id)}/registration`, { version });

/** This contact is no appeal. */
export const dismissAppeal = (id: string, reason: Dismissal): Promise<Appeal> => post(`${at('/api/appeals', id)}/dismissal`, { reason });

/** It is one after all. */
export async function undoDismissal(id: string): Promise<Appeal> {
  return (await (await ask('DELETE', `${at('/api/appeals', id)}/dismissal`)).json()) as Appeal;
}

/** The persons known on the caller's number; asked for only after the answer. */
export async function peopleOfCall(call: string): Promise<PersonOnNumber[]> {
  return (await read<{ people: PersonOnNumber[] }>(`${at('/api/calls', call)}/people`)).people;
}

/** The card of a person. */
export const person = (id: string): Promise<PersonCard> => read(at('/api/persons', id));

/** A new person, who speaks from the number of a call. */
export const addPerson = (card: CardFields, call: string | null): Promise<PersonCard> => post('/api/persons', { ...card, call });

/** Saves a card over a version. */
export const savePerson = (id: string, card: CardFields, version: number): Promise<PersonCard> => put(at('/api/persons', id), { version, ...card });

/** A person's calls, appeals and promises, newest first. */
export function personHistory(id: string, limit: number, before: string | null = null): Promise<PersonHistory> {
  const search = new URLSearchParams({ limit: String(limit), ...(before === null ? {} : { before }) });
  return read(`${at('/api/persons', id)}/history?${search}`);
}

/** Another's version, out of a refused save. */
export function theirsOf<T>(error: unknown): T | null {
  return error instanceof ApiError && error.status === 409 && error.problem['theirs'] !== undefined ? (error.problem['theirs'] as T) : null;
}

/** One call of the list. */
export const callRow = (id: string): Promise<CallRow> => read(at('/api/calls', id));
