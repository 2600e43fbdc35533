//! The WebSocket of a desk: keeps it alive, keeps the newest knowledge, carries commands. Draws nothing and decides nothing about calls.
import { afterMessage, emptyFeed, type Feed } from '../state/feed';
import { LINK_SILENCE_MS, linkDelayMs } from '../state/retry';
import { isSignedOut, session } from './api';
import type { DeskCommand, DeskMessage, RefusalCode } from './contract';

/** How the link stands. */
export type LinkPhase = 'connecting' | 'open' | 'lost' | 'signed_out' | 'closed';

/** What a screen may know of the link. */
export interface LinkState {
  phase: LinkPhase;
  /** Centre's clock at which the link was lost. */
  lostSince: number | null;
  feed: Feed;
}

/** What came of a command: nothing said means done. */
export type CommandResult = RefusalCode | 'no_link' | null;

/** A command that gets no answer within this time counts as not carried out, ms. */
const COMMAND_WITHIN_MS = 5_000;

function address(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/desk`;
}

/** One link a window. `open` once, `close` once. */
export class DeskLink {
  #state: LinkState = { phase: 'connecting', lostSince: null, feed: emptyFeed };
  #listeners = new Set<() => void>();
  #socket: WebSocket | null = null;
  #attempt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #request = 0;
  #waiting = new Map<number, (result: CommandResult) => void>();

  /** Subscribes to changes (for useSyncExternalStore). */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The newest state; the same object until something changes. */
  state = (): LinkState => this.#state;

  /** The centre's clock, as far as is known. */
  now = (): number => Date.now() + this.#state.feed.offsetMs;

  /** Connects, and connects again after every loss. */
  open(): void {
    if (this.#socket !== null) return;
    const socket = new WebSocket(address());
    this.#socket = socket;
    socket.onmessage = (event) => this.#heard(JSON.parse(String(event.data)) as DeskMessage);
    socket.onclose = () => {
      if (this.#socket === socket) void this.#lost();
    };
    this.#listen();
  }

  /** Closes the desk of this window. */
  close(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#set({ phase: 'closed' });
    this.#dropSocket();
  }

  /** Sends a command and tells what came of it. */
  send(command: DeskCommand): Promise<CommandResult> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN) return Promise.resolve('no_link');
    const request = ++this.#request;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(request, 'no_link'), COMMAND_WITHIN_MS);
      this.#waiting.set(request, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      socket.send(JSON.stringify({ request, ...command }));
    });
  }

  #heard(message: DeskMessage): void {
    this.#listen();
    if (message.type === 'done') return this.#answer(message.request, null);
    if (message.type === 'refused') return this.#answer(message.request, message.code);
    const feed = afterMessage(this.#state.feed, message, Date.now());
    if (message.type === 'snapshot') {
      this.#attempt = 0;
      this.#set({ feed, phase: 'open', lostSince: null });
    } else if (feed !== this.#state.feed) this.#set({ feed });
  }

  #answer(request: number, result: CommandResult): void {
    this.#waiting.get(request)?.(result);
    this.#waiting.delete(request);
  }

  /** Every word of the centre starts the silence anew. */
  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#lost(), LINK_SILENCE_MS);
  }

  async #lost(): Promise<void> {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#dropSocket();
    for (const request of [...this.#waiting.keys()]) this.#answer(request, 'no_link');
    if (this.#state.phase === 'closed') return;
    this.#set({ phase: 'lost', lostSince: this.#state.lostSince ?? this.now() });
    this.#retry = setTimeout(() => void this.#again(), linkDelayMs(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  /** A closed socket does not say why: an ended session is asked for, so that nobody waits before a locked door. */
  async #again(): Promise<void> {
    try {
      await session();
    } catch (error) {
      if (isSignedOut(error)) return this.#set({ phase: 'signed_out' });
      return this.#lost();
    }
    if (this.#state.phase === 'lost') this.open();
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #set(change: Partial<LinkState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
