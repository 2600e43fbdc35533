//! What speaks for the caller: the microphone, or in the demonstration a sample voice, which needs none.
import { askForMicrophone, microphoneWishes } from '../audio/microphone';
import { readWav } from './alaw';
import sampleVoice from '../../../../data/prompts/sample_voice.wav?url';

/** Why there is no microphone. */
export type NoMicrophone = 'refused' | 'not_found' | 'busy' | 'insecure';

/** Silence between two rounds of the sample voice, s. */
const ROUND_PAUSE_S = 2.5;

/** The one clock and loudspeaker for made sounds; browsers let it run after a press only. */
let context: AudioContext | null = null;

/** Called by a press, or hopefully. */
export function wake(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** Something that speaks. */
export interface Voice {
  track: MediaStreamTrack;
  stop: () => void;
}

/** The microphone, or why there is none. */
export async function microphone(): Promise<Voice | NoMicrophone> {
  const track = await askForMicrophone(microphoneWishes(location.search));
  if (typeof track === 'string') return track === 'refused' || track === 'busy' || track === 'insecure' ? track : 'not_found';
  return { track, stop: () => track.stop() };
}

/** The sample voice, again and again. */
export async function sample(): Promise<Voice> {
  const live = wake();
  const { rate, samples } = readWav(await (await fetch(sampleVoice)).arrayBuffer());
  const round = live.createBuffer(1, samples.length + Math.round(rate * ROUND_PAUSE_S), rate);
  round.copyToChannel(samples, 0);
  const source = live.createBufferSource();
  source.buffer = round;
  source.loop = true;
  const out = live.createMediaStreamDestination();
  source.connect(out);
  source.start();
  const track = out.stream.getAudioTracks()[0];
  if (track === undefined) throw new Error('no track for the sample voice');
  return { track, stop: () => { source.stop(); track.stop(); } };
}

/** The two tones of each key (ITU-T Q.23), so that the caller hears what was pressed. */
const ROWS = [697, 770, 852, 941] as const;
const COLUMNS = [1_209, 1_336, 1_477] as const;
/** The keys, as they stand on a telephone. */
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** Sounds a key on this computer. */
export function keyTone(key: string): void {
  const at = KEYS.findIndex((one) => one === key);
  const live = wake();
  if (at < 0 || live.state !== 'running') return;
  const gain = live.createGain();
  gain.gain.setValueAtTime(0, live.currentTime);
  gain.gain.linearRampToValueAtTime(0.08, live.currentTime + 0.01);
  gain.gain.setTargetAtTime(0, live.currentTime + 0.12, 0.02);
  gain.connect(live.destination);
  for (const hz of [ROWS[Math.floor(at / 3)], COLUMNS[at % 3]]) {
    const tone = live.createOscillator();
    tone.frequency.value = hz ?? 0;
    tone.connect(gain);
    tone.start();
    tone.stop(live.currentTime + 0.25);
  }
}
