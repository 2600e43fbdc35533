//! One caller and their page: from the press on the button to the end of the call. Decides nothing of the centre's; draws
//! nothing.
import { ApiError } from '../transport/api';
import { call, Link, renew, type Progress } from './link';
import { Sound, type SoundState } from './sound';
import { keyTone, microphone, sample, type NoMicrophone, type Voice } from './voice';

/** Who speaks. */
export type Speaker = 'microphone' | 'sample';

/** What the page shows. */
export type State =
  | { name: 'start'; refused: { code: string; seconds: number } | null }
  | { name: 'asking' }
  | { name: 'no_microphone'; why: NoMicrophone }
  | { name: 'no_sound' }
  | { name: 'call'; progress: Progress; offset: number; sound: SoundState }
  | { name: 'ended'; outcome: string | null; promised: boolean; talkedMs: number };

/** How the call is remembered over a reload of the page. */
const KEPT_AS = 'otklik-call';

interface Kept {
  token: string;
  speaker: Speaker;
}

function kept(): Kept | null {
  try {
    const text = sessionStorage.getItem(KEPT_AS);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

function keep(what: Kept | null): void {
  try {
    if (what === null) sessionStorage.removeItem(KEPT_AS);
    else sessionStorage.setItem(KEPT_AS, JSON.stringify(what));
  } catch {
    // A browser without storage loses the call on a reload, and nothing else.
  }
}

/** The caller of this page. */
export class Caller {
  state: State = { name: 'start', refused: null };
  /** Whether the microphone (or the sample voice) is switched off. */
  muted = false;
  /** Whether the loudspeaker is switched off. */
  quiet = false;
  speaker: Speaker = 'microphone';
  #changed: () => void;
  #loudspeaker: HTMLAudioElement;
  #voice: Voice | null = null;
  #sound: Sound | null = null;
  #link: Link | null = null;
  #token: string | null = null;
  #talk: { since: number; until: number } | null = null;
  /** Counts tries: what was begun in an earlier one must not touch the present one. */
  #life = 0;

  constructor(loudspeaker: HTMLAudioElement, changed: () => void) {
    this.#loudspeaker = loudspeaker;
    this.#changed = changed;
  }

  /** Calls. Begins with the microphone, so that nobody rings who could not speak. */
  async call(phone: string, line: string | null): Promise<void> {
    const life = ++this.#life;
    if (!(await this.#speak(life))) return;
    await this.#connect(life, async (offer) => {
      if (this.#token !== null) return (await renew(this.#token, offer)).sdp;
      const begun = await call(offer, phone, line);
      this.#follow(begun.token);
      return begun.sdp;
    });
  }

  /** Takes a call up again that a reload of the page cut off. */
  async resume(): Promise<void> {
    const before = kept();
    if (before === null) return;
    const life = ++this.#life;
    this.speaker = before.speaker;
    // The link first: it keeps the call alive.
    this.#follow(before.token);
    if (!(await this.#speak(life))) return;
    await this.#connect(life, async (offer) => (await renew(before.token, offer)).sdp);
  }

  /** Hangs up. */
  hangUp(): void {
    if (this.#link?.hangUp() === true) return;
    // Nobody hears that we hang up; the centre will notice that we are gone.
    this.#end(null, false);
  }

  /** Presses a key of the telephone. */
  press(key: string): void {
    if (this.state.name !== 'call') return;
    keyTone(key);
    this.#link?.press(key);
  }

  /** Switches the microphone off or on. */
  turnMicrophone(): void {
    this.muted = !this.muted;
    if (this.#voice !== null) this.#voice.track.enabled = !this.muted;
    this.#changed();
  }

  /** Switches the loudspeaker off or on. */
  turnLoudspeaker(): void {
    this.quiet = !this.quiet;
    this.#loudspeaker.muted = this.quiet;
    this.#changed();
  }

  /** Lets the browser sound, after a press. */
  hear(): void {
    this.#sound?.hear();
  }

  /** Back to the button. */
  again(): void {
    this.#set({ name: 'start', refused: null });
  }

  /** Chooses who speaks. */
  choose(speaker: Speaker): void {
    this.speaker = speaker;
    this.#set({ name: 'start', refused: null });
  }

  async #speak(life: number): Promise<boolean> {
    if (this.state.name !== 'call') this.#set({ name: 'asking' });
    // Two tabs of one computer would howl: the sample voice comes with a silent page.
    this.quiet = this.speaker === 'sample';
    this.#loudspeaker.muted = this.quiet;
    this.muted = false;
    const voice = await (this.speaker === 'sample' ? sample().catch(() => 'not_found' as const) : microphone());
    if (life !== this.#life) {
      if (typeof voice !== 'string') voice.stop();
      return false;
    }
    if (typeof voice === 'string') {
      this.#leave();
      this.#set({ name: 'no_microphone', why: voice });
      return false;
    }
    this.#voice = voice;
    return true;
  }

  async #connect(life: number, connect: (offer: string) => Promise<string>): Promise<void> {
    if (this.#voice === null) return;
    if (this.state.name !== 'call') this.#set({ name: 'call', progress: { state: 'connecting' }, offset: 0, sound: 'connecting' });
    this.#sound = new Sound({ track: this.#voice.track, loudspeaker: this.#loudspeaker, connect, told: (sound) => this.#sounds(sound) });
    try {
      await this.#sound.start();
    } catch (error) {
      if (life !== this.#life) return;
      // The call ended meanwhile: the link knows how.
      if (error instanceof ApiError && (error.code === 'call_over' || error.code === 'no_such_call')) return;
      const refused = error instanceof ApiError ? { code: error.code, seconds: error.retryAfterS ?? 60 } : { code: 'unknown', seconds: 60 };
      this.#leave();
      this.#set({ name: 'start', refused });
    }
  }

  #follow(token: string): void {
    this.#token = token;
    keep({ token, speaker: this.speaker });
    this.#link = new Link(token, (progress, now) => this.#told(progress, now), () => this.#end(null, false));
  }

  #told(progress: Progress, now: number): void {
    if (progress.state === 'ended') return this.#end(progress.outcome ?? null, progress.promised);
    if (progress.state === 'talking') this.#talk = { since: progress.since, until: now };
    const sound = this.state.name === 'call' ? this.state.sound : 'connecting';
    this.#set({ name: 'call', progress, offset: now - Date.now(), sound });
  }

  #sounds(sound: SoundState): void {
    const { state } = this;
    if (sound === 'failed') {
      this.#leave();
      return this.#set({ name: 'no_sound' });
    }
    if (state.name === 'call') this.#set({ ...state, sound });
  }

  #end(outcome: string | null, promised: boolean): void {
    const { state } = this;
    const now = Date.now() + (state.name === 'call' ? state.offset : 0);
    const talkedMs = this.#talk === null ? 0 : now - this.#talk.since;
    this.#leave();
    this.#set({ name: 'ended', outcome, promised, talkedMs });
  }

  /** Lets go of everything of the call. */
  #leave(): void {
    this.#life += 1;
    this.#link?.hangUp();
    this.#link?.close();
    this.#sound?.close();
    this.#voice?.stop();
    this.#link = this.#sound = this.#voice = this.#token = this.#talk = null;
    keep(null);
  }

  #set(state: State): void {
    this.state = state;
    this.#changed();
  }
}
