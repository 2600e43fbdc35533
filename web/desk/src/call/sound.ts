//! The sound of one call: a connection that is made again where it breaks off. Knows no states of the call.
import { onlyALaw } from '../audio/codec';

/** What the sound tells. */
export type SoundState = 'connecting' | 'up' | 'blocked' | 'failed';

/** What the sound needs. */
export interface SoundNeeds {
  track: MediaStreamTrack;
  loudspeaker: HTMLAudioElement;
  /** Takes an offer to the centre, brings the answer. */
  connect: (offer: string) => Promise<string>;
  told: (state: SoundState) => void;
}

/** An answer that leads to no connection within this time is given up, ms. */
const CONNECT_WITHIN_MS = 8_000;
/** A connection that is only "disconnected" often comes back by itself within this time, ms. */
const FORGIVE_MS = 1_500;
/** Tries after a break; the centre waits a few seconds only. */
const TRIES = 3;

/** The sound of a call. `connect` of the needs is asked anew for each connection. */
export class Sound {
  #needs: SoundNeeds;
  #connection: RTCPeerConnection | null = null;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #wasUp = false;
  #left = TRIES;
  #closed = false;

  constructor(needs: SoundNeeds) {
    this.#needs = needs;
  }

  /** Makes the first connection; what the centre refuses is thrown. */
  start(): Promise<void> {
    return this.#begin();
  }

  /** Lets the browser sound, after a press. */
  hear(): void {
    void this.#needs.loudspeaker.play().then(() => this.#needs.told('up'), () => undefined);
  }

  /** Ends it. */
  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #begin(): Promise<void> {
    this.#drop();
    const connection = new RTCPeerConnection();
    this.#connection = connection;
    const mine = (): boolean => !this.#closed && this.#connection === connection;
    connection.ontrack = ({ track }) => mine() && this.#hear(new MediaStream([track]));
    connection.onconnectionstatechange = () => mine() && this.#changed(connection);
    onlyALaw(connection.addTransceiver(this.#needs.track, { direction: 'sendrecv' }));
    // The other side is open to the world and needs no candidate of ours (ICE lite): nothing to gather or to wait for.
    await connection.setLocalDescription(await connection.createOffer());
    const answer = await this.#needs.connect(connection.localDescription?.sdp ?? '');
    if (!mine()) return connection.close();
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#later(CONNECT_WITHIN_MS, () => mine() && connection.connectionState !== 'connected' && this.#again());
  }

  #changed(connection: RTCPeerConnection): void {
    const { connectionState } = connection;
    if (connectionState === 'connected') {
      this.#wasUp = true;
      this.#left = TRIES;
      this.#needs.told('up');
    } else if (connectionState === 'failed' || connectionState === 'closed') this.#again();
    else if (connectionState === 'disconnected') {
      this.#later(FORGIVE_MS, () => this.#connection === connection && connection.connectionState === 'disconnected' && this.#again());
    }
  }

  #again(): void {
    // A connection that never came up would not come up a second time either.
    if (!this.#wasUp || this.#left === 0) {
      this.#drop();
      return this.#needs.told('failed');
    }
    this.#left -= 1;
    this.#needs.told('connecting');
    this.#begin().catch(() => this.#later(FORGIVE_MS, () => this.#again()));
  }

  #hear(stream: MediaStream): void {
    this.#needs.loudspeaker.srcObject = stream;
    this.#needs.loudspeaker.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#needs.told('blocked');
    });
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #drop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const connection = this.#connection;
    this.#connection = null;
    if (connection === null) return;
    connection.ontrack = null;
    connection.onconnectionstatechange = null;
    connection.close();
  }
}
