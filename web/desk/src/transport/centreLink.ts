//! The WebSocket of the live centre: keeps it alive and keeps the newest knowledge. It has nothing to say.
import { afterCentre, emptyCentre, type CentreFeed } from '../state/centreFeed';
import { LINK_SILENCE_MS, linkDelayMs } from '../state/retry';
import { isSignedOut, session } from './api';
import type { CentreMessage } from './centre';

/** How the link stands. */
export interface CentreLinkState {
  phase: 'connecting' | 'open' | 'lost' | 'signed_out';
  feed: CentreFeed;
}

/** One link a page. `open` once, `close` once. */
export class CentreLink {
  #state: CentreLinkState = { phase: 'connecting', feed: emptyCentre };
  #listeners = new Set<() => void>();
  #socket: WebSocket | null = null;
  #closed = false;
  #attempt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Subscribes to changes (for useSyncExternalStore). */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The newest state; the same object until something changes. */
  state = (): CentreLinkState => this.#state;

  /** The centre's clock, as far as is known. */
  now = (): number => Date.now() + this.#state.feed.offsetMs;

  /** Connects, and connects again after every loss. */
  open(): void {
    this.#closed = false;
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/centre/live`);
    this.#socket = socket;
    socket.onmessage = (event) => this.#heard(JSON.parse(String(event.data)) as CentreMessage);
    socket.onclose = () => this.#lost();
    this.#listen();
  }

  /** Closes for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#drop();
  }

  #heard(message: CentreMessage): void {
    this.#listen();
    const feed = afterCentre(this.#state.feed, message, Date.now());
    if (message.type === 'snapshot') this.#attempt = 0;
    if (message.type === 'snapshot') this.#set({ phase: 'open', feed });
    else if (feed !== this.#state.feed) this.#set({ feed });
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), LINK_SILENCE_MS);
  }

  #lost(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#drop();
    if (this.#closed) return;
    this.#set({ phase: 'lost' });
    this.#retry = setTimeout(() => void this.#again(), linkDelayMs(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  /** A closed socket does not say why: an ended session is asked for. */
  async #again(): Promise<void> {
    try {
      await session();
    } catch (error) {
      if (isSignedOut(error)) return this.#set({ phase: 'signed_out' });
      return this.#lost();
    }
    if (!this.#closed) this.open();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #set(change: Partial<CentreLinkState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
