//! The microphone: asking for it and saying in one word why it cannot be had.
import type { PhonePhase } from '../state/sound';

/** Processing by the browser: on for people; off only for tests that look for pure tones (`?sound=raw`). */
export function microphoneWishes(search: string): MediaTrackConstraints {
  const processed = new URLSearchParams(search).get('sound') !== 'raw';
  return { echoCancellation: processed, noiseSuppression: processed, autoGainControl: processed, channelCount: 1 };
}

/** Asks for the microphone; a refusal is a phase of the telephone. */
export async function askForMicrophone(wishes: MediaTrackConstraints): Promise<MediaStreamTrack | PhonePhase> {
  // `mediaDevices` is missing on plain http addresses other than this computer.
  if (!navigator.mediaDevices) return 'insecure';
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes });
    return stream.getAudioTracks()[0] ?? 'not_found';
  } catch (error) {
    return refusalPhase(error instanceof DOMException ? error.name : '');
  }
}

/** What a failure of getUserMedia means for a person. */
export function refusalPhase(name: string): PhonePhase {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'not_found';
  }
}
