//! Keeps a text safe: into this browser at every change, to the centre within a second, again and again until it is there. No DOM: time, store and centre come in.
import { confirmed, failed, isUnsaved, maySend, opened, refreshed, sending, settled, typed, type Copy, type Draft, type Kept, type Side, type Trouble } from './draft';
import { linkDelayMs } from './retry';

/** What a keeper needs from outside. */
export interface KeeperNeeds<F> {
  /** Saves over a version; gives the new version and when. */
  save: (fields: F, version: number) => Promise<{ version: number; at: number }>;
  /** What a failure of `save` means. */
  troubleOf: (error: unknown) => Trouble<F>;
  /** Keeps in this browser; nothing = forget. False where the browser cannot. */
  keep: (kept: Kept<F> | null) => boolean;
  now: () => number;
  /** Calls back later; gives the way to call it off. */
  later: (ms: number, then: () => void) => () => void;
}

/** Saving begins when the fingers rest for this long, ms. */
export const REST_MS = 350;
/** Whoever never rests is saved after this long all the same, ms: with the way to the centre it stays within a second. */
export const AT_MOST_MS = 700;

/** The keeper of one text. */
export class Keeper<F extends object> {
  #needs: KeeperNeeds<F>;
  #draft: Draft<F>;
  #listeners = new Set<() => void>();
  #callOff: (() => void) | null = null;
  /** When the unsaved text must leave, however busy the fingers are. */
  #leaveBy: number | null = null;
  #attempt = 0;
  #stopped = false;
  #settle: (() => void)[] = [];

  constructor(copy: Copy<F>, kept: Kept<F> | null, needs: KeeperNeeds<F>) {
    this.#needs = needs;
    this.#draft = opened(copy, kept);
    if (!isUnsaved(this.#draft)) void needs.keep(null);
    else if (this.#draft.trouble === null) this.#sendAfter(0);
  }

  /** Subscribes to changes (for useSyncExternalStore). */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The newest state; the same object until something changes. */
  state = (): Draft<F> => this.#draft;

  /** Somebody typed. */
  type = (change: Partial<F>): void => {
    this.#set(typed(this.#draft, change));
    this.#keep();
    this.#leaveBy ??= this.#needs.now() + AT_MOST_MS;
    if (maySend(this.#draft)) this.#sendSoon();
  };

  /** The two versions are made one. */
  settle = (picks: Partial<Record<keyof F, Side>>): void => {
    this.#set(settled(this.#draft, picks));
    this.#keep();
    this.#send();
  };

  /** A newer version of the centre was seen. */
  refresh = (copy: Copy<F>): void => this.#set(refreshed(this.#draft, copy));

  /** The link or the session is back: no waiting for the next attempt. */
  again = (): void => {
    this.#attempt = 0;
    this.#send();
  };

  /** Sends nothing any more: somebody else signed in. What is unsaved stays in this browser, under the name of its writer. */
  stop = (): void => {
    this.#stopped = true;
    this.#callOff?.();
  };

  /** Saves now. True once the centre has all that stands on the screen; false where something is in the way. */
  flush = async (): Promise<boolean> => {
    this.#send();
    while (this.#draft.sent !== null) await new Promise<void>((done) => this.#settle.push(done));
    if (maySend(this.#draft) && this.#draft.trouble === null) return this.flush();
    return !isUnsaved(this.#draft);
  };

  #keep(): void {
    const { base, fields } = this.#draft;
    const kept = this.#needs.keep(isUnsaved(this.#draft) ? { base, fields } : null);
    if (kept !== this.#draft.kept) this.#set({ ...this.#draft, kept });
  }

  #sendSoon(): void {
    const left = (this.#leaveBy ?? Infinity) - this.#needs.now();
    this.#sendAfter(Math.max(0, Math.min(REST_MS, left)));
  }

  #sendAfter(ms: number): void {
    this.#callOff?.();
    this.#callOff = this.#needs.later(ms, () => this.#send());
  }

  #send(): void {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#stopped || !maySend(this.#draft)) return;
    this.#leaveBy = null;
    this.#set(sending(this.#draft));
    const { fields, base } = this.#draft;
    this.#needs.save(fields, base.version).then(
      ({ version, at }) => {
        this.#attempt = 0;
        this.#answered(confirmed(this.#draft, version, at));
        if (isUnsaved(this.#draft)) this.#sendSoon();
      },
      (error: unknown) => {
        const trouble = this.#needs.troubleOf(error);
        this.#answered(failed(this.#draft, trouble));
        // A locked door opens by a sign-in, not by knocking: `again` comes with it, and never under another's name.
        if (trouble.kind === 'no_link') this.#sendAfter(linkDelayMs(this.#attempt++, 0.5));
        else if (maySend(this.#draft)) this.#sendSoon();
      },
    );
  }

  #answered(draft: Draft<F>): void {
    this.#set(draft);
    this.#keep();
    for (const done of this.#settle.splice(0)) done();
  }

  #set(draft: Draft<F>): void {
    if (draft === this.#draft) return;
    this.#draft = draft;
    for (const listener of this.#listeners) listener();
  }
}
