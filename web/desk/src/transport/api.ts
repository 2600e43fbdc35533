//! The HTTP side of the contract: one function a resource. Knows no screens and keeps nothing.
import { setZone } from '../state/clock';
import type { CallPage, LineMode, Session, StartPage } from './contract';

/** A refusal of the centre, or the lack of an answer (`code` is `no_link`). */
export class ApiError extends Error {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Code for the message catalogue. */
  readonly code: string;
  /** Seconds to wait, where the centre says so. */
  readonly retryAfterS: number | null;
  /** The whole problem, for whoever knows its further fields. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, retryAfterS: number | null = null, problem: Record<string, unknown> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.retryAfterS = retryAfterS;
    this.problem = problem;
  }
}

/** Whether the session is missing or over. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

async function problemOf(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as Record<string, unknown>;
    const code = typeof body['code'] === 'string' ? body['code'] : `http_${response.status}`;
    const wait = typeof body['retry_after_s'] === 'number' ? body['retry_after_s'] : null;
    return new ApiError(response.status, code, wait, body);
  } catch {
    return new ApiError(response.status, `http_${response.status}`);
  }
}

/** No request hangs for ever: a page that waits must be able to say so. */
const ANSWER_WITHIN_MS = 10_000;

/** Asks the centre; a refusal is an `ApiError`. */
export async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : body instanceof Blob ? { body, headers: { 'content-type': 'audio/wav' } } : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    throw new ApiError(0, 'no_link');
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Reads a resource. */
export async function read<T>(path: string): Promise<T> {
  return (await (await ask('GET', path)).json()) as T;
}

/** Times are told in the centre's zone, wherever its pages are read. */
function told(found: Session): Session {
  setZone(found.zone);
  return found;
}

/** Who is signed in. */
export async function session(): Promise<Session> {
  return told(await read<Session>('/api/session'));
}

/** Signs in. */
export async function signIn(name: string, password: string): Promise<Session> {
  return told((await (await ask('POST', '/api/session', { name, password })).json()) as Session);
}

/** Signs out. */
export async function signOut(): Promise<void> {
  await ask('DELETE', '/api/session');
}

/** Gives the browser's offer, takes the centre's answer. */
export async function connectMedia(sdp: string): Promise<string> {
  const answer = (await (await ask('POST', '/api/desk/media', { sdp })).json()) as { sdp: string };
  return answer.sdp;
}

/** What to choose from the list of calls. */
export interface CallQuery {
  limit: number;
  before?: string | null;
  /** Filters by their names in addresses. */
  wanted?: Readonly<Record<string, string>>;
}

/** A part of the list of calls, newest first. */
export function calls(query: CallQuery): Promise<CallPage> {
  const search = new URLSearchParams({ ...query.wanted, limit: String(query.limit) });
  if (query.before) search.set('before', query.before);
  return read(`/api/calls?${search}`);
}

/** What the start page shows. */
export const startPage = (): Promise<StartPage> => read('/api/start');

/** Turns the switch of a line of the demonstration. */
export async function setDemoLineMode(line: string, mode: LineMode): Promise<void> {
  await ask('PUT', `/api/start/lines/${encodeURIComponent(line)}/mode`, { mode });
}
