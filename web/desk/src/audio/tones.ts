//! The small sounds of the desk, made on the spot: ringing, link lost and back, end of wrap-up near.

/** One note: frequency in Hz, start and length in seconds. */
interface Note {
  hz: number;
  at: number;
  length: number;
}

const RING: Note[] = [{ hz: 587, at: 0, length: 0.22 }, { hz: 784, at: 0.24, length: 0.34 }];
const RING_EVERY_MS = 2_400;
const NOTES = {
  lost: [{ hz: 262, at: 0, length: 0.4 }],
  back: [{ hz: 784, at: 0, length: 0.25 }],
  tick: [{ hz: 440, at: 0, length: 0.09 }],
} satisfies Record<string, Note[]>;

/** Plays the desk's sounds on the loudspeaker of this computer. Silent until a person has pressed anything on the page. */
export class Tones {
  #context: AudioContext | null = null;
  #ringing: ReturnType<typeof setInterval> | undefined;

  /** Called by a press: browsers let a page sound only then. */
  wake = (): void => {
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') void this.#context.resume();
  };

  /** Two rising notes, again and again, until `stopRinging`. */
  startRinging(): void {
    this.stopRinging();
    // After a reload nobody has pressed anything yet; a page that holds the microphone may sound all the same.
    this.wake();
    this.#play(RING);
    this.#ringing = setInterval(() => this.#play(RING), RING_EVERY_MS);
  }

  /** Ends the ringing. */
  stopRinging(): void {
    clearInterval(this.#ringing);
  }

  /** Plays one of the short signs. */
  sign(name: keyof typeof NOTES): void {
    this.#play(NOTES[name]);
  }

  #play(notes: Note[]): void {
    const context = this.#context;
    if (context === null || context.state === 'closed') return;
    // Still asleep: its clock stands, and the notes would all sound at once later.
    if (context.state !== 'running') return void context.resume();
    for (const note of notes) {
      const start = context.currentTime + note.at;
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = note.hz;
      // Soft edges: a sine that begins at once clicks.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(0.22, start + 0.03);
      gain.gain.setTargetAtTime(0, start + note.length - 0.06, 0.03);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + note.length + 0.2);
    }
  }
}
