//! What the page says to the centre and hears from it: a few requests, and one WebSocket while a call lives.
import { ApiError } from '../transport/api';
import type { components } from '../transport/generated/api';

/** What the page is told before a call. */
export type CallerPage = components['schemas']['CallerPage'];
/** A line as the page names it. */
export type PageLine = components['schemas']['PageLine'];
/** How far a call is. */
export type Progress = components['schemas']['CallProgress'];
type PageMessage = components['schemas']['CallMessage'];

const ANSWER_WITHIN_MS = 10_000;
/** The centre speaks every 5 s; after so much silence the link is made anew, ms. */
const SILENT_AFTER_MS = 12_000;
const AGAIN_AFTER_MS = 500;

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  let response: Response;
  try {
    response = await fetch(path, { ...post, credentials: 'same-origin', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  } catch {
    throw new ApiError(0, 'no_link');
  }
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; retry_after_s?: number };
  throw new ApiError(response.status, problem.code ?? 'unknown', problem.retry_after_s ?? null);
}

/** What the page shows before a call. */
export const callerPage = (): Promise<CallerPage> => ask('/api/call');

/** Calls. */
export const call = (sdp: string, phone: string, line: string | null): Promise<{ token: string; sdp: string }> =>
  ask('/api/call', { sdp, ...(phone === '' ? {} : { phone }), ...(line === null ? {} : { line }) });

/** Gives the call new sound. */
export const renew = (token: string, sdp: string): Promise<{ sdp: string }> => ask('/api/call/sound', { token, sdp });

/** Follows one call until it is over; comes back by itself after a break. */
export class Link {
  #token: string;
  #told: (progress: Progress, now: number) => void;
  #lost: () => void;
  #socket: WebSocket | null = null;
  #heard = 0;
  #watch: ReturnType<typeof setInterval>;
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `lost` is told where the centre does not know the call. */
  constructor(token: string, told: (progress: Progress, now: number) => void, lost: () => void) {
    this.#token = token;
    this.#told = told;
    this.#lost = lost;
    this.#watch = setInterval(() => this.#look(), 1_000);
    this.#open();
  }

  /** A key. */
  press(key: string): void {
    this.#say({ say: 'key', key });
  }

  /** Hangs up; false where no link is there to say it by. */
  hangUp(): boolean {
    return this.#say({ say: 'hang_up' });
  }

  /** The call is over for this page. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    clearTimeout(this.#again);
    this.#socket?.close();
  }

  #say(message: PageMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #open(): void {
    const address = new URL('/api/call/events', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#heard = performance.now();
    socket.onopen = () => this.#say({ say: 'hello', token: this.#token });
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.#closed || this.#socket !== socket) return;
      this.#heard = performance.now();
      const { now, ...progress } = JSON.parse(event.data) as Progress & { now: number };
      if (progress.state !== 'ping') this.#told(progress as Progress, now);
    };
    socket.onclose = (event) => {
      if (this.#closed || this.#socket !== socket) return;
      if (event.code === 1008) return this.#lost();
      this.#again = setTimeout(() => this.#open(), AGAIN_AFTER_MS);
    };
  }

  #look(): void {
    const socket = this.#socket;
    if (socket === null || performance.now() - this.#heard < SILENT_AFTER_MS) return;
    this.#socket = null;
    socket.close();
    this.#open();
  }
}
