//! Watching a running connection: does sound leave this computer, and how loud is it. Pure: samples in, judgement out.

/** What getStats says about the sound that leaves, at one moment. */
export interface Sample {
  atMs: number;
  packetsSent: number | null;
  /** Packets of the caller's side. */
  packetsHeard: number | null;
  /** Grows with every bit of sound; stays where a device delivers digital silence. */
  energy: number | null;
  trackMuted: boolean;
  trackEnded: boolean;
}

/** What is wrong with the sound that leaves. */
export type Deaf = 'muted' | 'silent' | 'not_sending' | null;

/** The memory of the watch. */
export interface Watch {
  mutedSince: number | null;
  stillSince: number | null;
  silentSince: number | null;
  heardOnce: boolean;
  last: Sample | null;
  deaf: Deaf;
  heardAtMs: number | null;
  /** Whether sound still arrives. */
  hears: boolean;
}

/** Nothing watched yet. */
export const freshWatch: Watch = { mutedSince: null, stillSince: null, silentSince: null, heardOnce: false, last: null, deaf: null, heardAtMs: null, hears: false };

/** A fault must last this long before anybody is told, ms. */
export const DEAF_AFTER_MS = 2_000;
/** A microphone that has worked may be quiet for this long (noise suppression makes true silence of a quiet room), ms. */
export const QUIET_AFTER_MS = 20_000;

/** Without a packet for this long nothing arrives any more, ms. */
export const UNHEARD_AFTER_MS = 1_000;

const since = (condition: boolean, before: number | null, now: number): number | null => (condition ? (before ?? now) : null);

const lasted = (start: number | null, now: number, limit: number): boolean => start !== null && now - start >= limit;

/** The watch after one more sample. */
export function watched(watch: Watch, sample: Sample): Watch {
  const { last } = watch;
  const same = (now: number | null, before: number | null | undefined): boolean => now !== null && before != null && now === before;
  const mutedSince = since(sample.trackMuted || sample.trackEnded, watch.mutedSince, sample.atMs);
  const stillSince = since(same(sample.packetsSent, last?.packetsSent), watch.stillSince, last?.atMs ?? sample.atMs);
  const silent = same(sample.energy, last?.energy);
  const silentSince = since(silent, watch.silentSince, last?.atMs ?? sample.atMs);
  const heardOnce = watch.heardOnce || (sample.energy !== null && last?.energy != null && sample.energy > last.energy);
  const deaf: Deaf = lasted(mutedSince, sample.atMs, DEAF_AFTER_MS)
    ? 'muted'
    : lasted(stillSince, sample.atMs, DEAF_AFTER_MS)
      ? 'not_sending'
      : lasted(silentSince, sample.atMs, heardOnce ? QUIET_AFTER_MS : DEAF_AFTER_MS)
        ? 'silent'
        : null;
  const heard = sample.packetsHeard !== null && sample.packetsHeard > (last?.packetsHeard ?? 0);
  const heardAtMs = heard ? sample.atMs : watch.heardAtMs;
  const hears = heardAtMs !== null && sample.atMs - heardAtMs < UNHEARD_AFTER_MS;
  return { mutedSince, stillSince, silentSince, heardOnce, last: sample, deaf, heardAtMs, hears };
}

/** A level of 0..1 as lit bars of the meter, 0..3; a voice at arm's length lights all. */
export function meterBars(level: number): number {
  if (level <= 0.002) return 0;
  if (level < 0.02) return 1;
  return level < 0.08 ? 2 : 3;
}
