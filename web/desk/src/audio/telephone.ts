//! The telephone in the browser: one warm connection for the shift. Knows microphone, offer and answer; knows no calls.
import { soundDelayMs } from '../state/retry';
import type { PhonePhase } from '../state/sound';
import { ApiError } from '../transport/api';
import { onlyALaw } from './codec';
import { askForMicrophone } from './microphone';
import { freshWatch, meterBars, watched, type Watch } from './watch';

/** What a screen may know of the telephone. */
export interface PhoneState {
  phase: PhonePhase;
  /** Name of the microphone, where the browser tells it. */
  device: string | null;
  /** Lit bars of the level meter, 0..3. */
  bars: number;
  /** Whether packets of sound still arrive from the centre. */
  hears: boolean;
}

/** What the telephone needs from outside. */
export interface PhoneNeeds {
  wishes: MediaTrackConstraints;
  /** Takes an offer to the centre, brings the answer. */
  connect: (offer: string) => Promise<string>;
  /** Where the caller is heard. */
  loudspeaker: HTMLAudioElement;
}

/** What is read from the statistics of a connection. */
interface Found {
  packetsSent: number | null;
  packetsHeard: number | null;
  energy: number | null;
  level: number | null;
}

const LOOK_EVERY_MS = 250;
/** A connection that is only "disconnected" often comes back by itself within this time, ms. */
const FORGIVE_MS = 1_000;
/** An answer that leads to no connection within this time is given up, ms. */
const CONNECT_WITHIN_MS = 10_000;

/** One telephone a window. `start` once, `stop` once; `retry` whenever a person wants. */
export class Telephone {
  #needs: PhoneNeeds;
  #state: PhoneState = { phase: 'off', device: null, bars: 0, hears: false };
  #listeners = new Set<() => void>();
  #track: MediaStreamTrack | null = null;
  #connection: RTCPeerConnection | null = null;
  #watch: Watch = freshWatch;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setInterval> | undefined;
  /** Counts lives: what was begun in an earlier one must not touch the present one. */
  #life = 0;
  #releaseWindow: (() => void) | null = null;

  constructor(needs: PhoneNeeds) {
    this.#needs = needs;
  }

  /** Subscribes to changes (for useSyncExternalStore). */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The newest state; the same object until something changes. */
  state = (): PhoneState => this.#state;

  /** Takes the microphone and connects. A second window of the desk waits until the first lets go. */
  start(): void {
    const life = ++this.#life;
    navigator.mediaDevices?.addEventListener('devicechange', this.#devicesChanged);
    if (!navigator.locks) return void this.#begin(life);
    this.#set({ phase: 'connecting' });
    void navigator.locks.request('otklik-telephone', { ifAvailable: true }, (lock) => this.#inWindow(life, lock !== null));
  }

  /** Hangs the telephone up for good. */
  stop(): void {
    this.#life += 1;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#devicesChanged);
    this.#drop();
    this.#track?.stop();
    this.#track = null;
    this.#releaseWindow?.();
    this.#releaseWindow = null;
    this.#set({ phase: 'off', bars: 0 });
  }

  /** Tries again at once: a person pressed the button, or something changed. */
  retry(): void {
    if (this.#state.phase === 'elsewhere' || this.#state.phase === 'off') return;
    void this.#needs.loudspeaker.play().catch(() => undefined);
    if (this.#state.phase === 'blocked') return this.#set({ phase: 'up' });
    this.#attempt = 0;
    if (this.#state.phase !== 'failed' && this.#state.phase !== 'full') {
      this.#track?.stop();
      this.#track = null;
    }
    void this.#begin(++this.#life);
  }

  /** Makes the connection anew with the same microphone: the centre does not know the present one (it was started again). */
  reconnect(): void {
    if (this.#state.phase === 'up') this.#again('connecting', 0);
  }

  /** Holds the right to sound among the windows of one browser until `stop`. */
  #inWindow(life: number, mine: boolean): Promise<void> | void {
    if (life !== this.#life) return;
    if (!mine) {
      this.#set({ phase: 'elsewhere' });
      void navigator.locks.request('otklik-telephone', () => this.#inWindow(life, true));
      return;
    }
    void this.#begin(life);
    return new Promise((resolve) => {
      this.#releaseWindow = resolve;
    });
  }

  async #begin(life: number): Promise<void> {
    this.#drop();
    if (this.#track === null || this.#track.readyState === 'ended') {
      this.#set({ phase: 'asking', bars: 0 });
      const got = await askForMicrophone(this.#needs.wishes);
      if (life !== this.#life) return typeof got === 'string' ? undefined : got.stop();
      if (typeof got === 'string') return this.#set({ phase: got, device: null });
      this.#track = got;
    }
    this.#set({ phase: 'connecting', device: this.#track.label || null });
    try {
      await this.#call(life, this.#track);
    } catch (error) {
      if (life !== this.#life) return;
      this.#again(error instanceof ApiError && error.code === 'media_full' ? 'full' : 'failed');
    }
  }

  async #call(life: number, track: MediaStreamTrack): Promise<void> {
    const connection = new RTCPeerConnection();
    this.#connection = connection;
    onlyALaw(connection.addTransceiver(track, { direction: 'sendrecv', streams: [new MediaStream([track])] }));
    connection.ontrack = (event) => this.#hear(event.streams[0] ?? new MediaStream([event.track]));
    connection.onconnectionstatechange = () => this.#changed(life, connection);
    await connection.setLocalDescription(await connection.createOffer());
    // The centre needs no candidates of ours: waiting for them would only cost a second.
    const answer = await this.#needs.connect(connection.localDescription?.sdp ?? '');
    if (life !== this.#life || this.#connection !== connection) return connection.close();
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    setTimeout(() => {
      if (this.#connection === connection && connection.connectionState !== 'connected') this.#again('failed');
    }, CONNECT_WITHIN_MS);
  }

  #hear(stream: MediaStream): void {
    this.#needs.loudspeaker.srcObject = stream;
    this.#needs.loudspeaker.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#set({ phase: 'blocked' });
    });
  }

  #changed(life: number, connection: RTCPeerConnection): void {
    if (life !== this.#life || this.#connection !== connection) return;
    if (connection.connectionState === 'connected') {
      this.#attempt = 0;
      this.#watch = freshWatch;
      if (this.#state.phase !== 'blocked') this.#set({ phase: 'up' });
      clearInterval(this.#look);
      this.#look = setInterval(() => void this.#lookAt(connection), LOOK_EVERY_MS);
    } else if (connection.connectionState === 'failed') {
      this.#again('failed');
    } else if (connection.connectionState === 'disconnected') {
      setTimeout(() => {
        if (this.#connection === connection && connection.connectionState === 'disconnected') this.#again('failed');
      }, FORGIVE_MS);
    }
  }

  /** Gives this connection up, says so, and tries anew after a while. */
  #again(phase: PhonePhase, delayMs = soundDelayMs(this.#attempt)): void {
    this.#drop();
    this.#set({ phase, bars: 0 });
    const life = ++this.#life;
    this.#retry = setTimeout(() => void this.#begin(life), delayMs);
    this.#attempt += 1;
  }

  async #lookAt(connection: RTCPeerConnection): Promise<void> {
    const track = this.#track;
    if (track === null) return;
    const stats = await connection.getStats();
    if (this.#connection !== connection) return;
    const found: Found = { packetsSent: null, packetsHeard: null, energy: null, level: null };
    stats.forEach((entry: RTCStats & { kind?: string; packetsSent?: number; packetsReceived?: number; totalAudioEnergy?: number; audioLevel?: number }) => {
      if (entry.kind !== 'audio') return;
      if (entry.type === 'outbound-rtp') found.packetsSent = entry.packetsSent ?? null;
      if (entry.type === 'inbound-rtp') found.packetsHeard = entry.packetsReceived ?? null;
      if (entry.type === 'media-source') Object.assign(found, { energy: entry.totalAudioEnergy ?? null, level: entry.audioLevel ?? null });
    });
    const { level, ...sent } = found;
    const trackEnded = track.readyState === 'ended';
    this.#watch = watched(this.#watch, { atMs: performance.now(), ...sent, trackMuted: track.muted, trackEnded });
    this.#set({ hears: this.#watch.hears });
    this.#judge(level);
  }

  #judge(level: number | null): void {
    const { deaf } = this.#watch;
    if (deaf === 'not_sending') return this.#again('failed');
    if (this.#state.phase !== 'blocked') this.#set({ phase: deaf ?? 'up', bars: deaf === null && level !== null ? meterBars(level) : 0 });
  }

  /** A headset that was plugged in is taken at once; a person need not press anything. */
  #devicesChanged = (): void => {
    const waits: PhonePhase[] = ['not_found', 'busy', 'muted', 'silent'];
    if (waits.includes(this.#state.phase) || this.#track?.readyState === 'ended') this.retry();
  };

  #drop(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#look);
    const connection = this.#connection;
    this.#connection = null;
    this.#set({ hears: false });
    if (connection === null) return;
    connection.ontrack = null;
    connection.onconnectionstatechange = null;
    connection.close();
  }

  #set(change: Partial<PhoneState>): void {
    const next = { ...this.#state, ...change };
    if (next.phase === this.#state.phase && next.device === this.#state.device && next.bars === this.#state.bars && next.hears === this.#state.hears) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
