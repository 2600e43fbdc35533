//! Does somebody speak? By the energy of the sound alone: speech rises and falls within a fifth of a second; silence is
//! not loud, noise and tones are even. No clock, no allocation; cheap enough for every recorded leg.

use std::time::{Duration, Instant};

use crate::g711::{Codec, alaw_to_linear, ulaw_to_linear};

/// Samples of a frame of 20 ms.
const FRAME: u32 = 160;
/// Frames of a block of 200 ms.
const BLOCK: u32 = 10;
const BLOCK_MS: u32 = 200;
/// Mean size of the samples of a frame from which on it may be speech (32,767 is full scale).
const LOUD: u32 = 250;
/// The quietest frame of a block of speech is under this share of the loudest, in tenths. White noise keeps above eight.
const FALLS_BELOW: u32 = 6;
/// So many ms of words are words.
const WORDS_MS: u32 = 600;
/// So many ms of words are enough for a message.
const ENOUGH_MS: u32 = 2_000;
/// Who has spoken and says nothing for so long has ended.
const QUIET_AFTER: Duration = Duration::from_secs(5);

/// What the listener notices, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noticed {
    /// Words were heard.
    Words,
    /// Enough words for a message were heard.
    Enough,
}

/// A listener on one recording.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    sum: u32,
    samples: u32,
    frames: u32,
    loudest: u32,
    quietest: u32,
    words_ms: u32,
    spoke_at: Option<Instant>,
    told_quiet: bool,
}

impl Voice {
    /// Listens to one packet.
    pub(crate) fn hear(&mut self, now: Instant, codec: Codec, payload: &[u8]) -> Option<Noticed> {
        let linear = match codec {
            Codec::Pcma => alaw_to_linear,
            Codec::Pcmu => ulaw_to_linear,
        };
        let mut noticed = None;
        for code in payload {
            self.sum += u32::from(linear(*code).unsigned_abs());
            self.samples += 1;
            if self.samples == FRAME {
                noticed = self.frame(now).or(noticed);
            }
        }
        noticed
    }

    /// True once, when nothing was said for a while after words.
    pub(crate) fn went_quiet(&mut self, now: Instant) -> bool {
        let quiet = !self.told_quiet
            && self.words_ms >= WORDS_MS
            && self.spoke_at.is_some_and(|at| now.saturating_duration_since(at) >= QUIET_AFTER);
        self.told_quiet |= quiet;
        quiet
    }

    fn frame(&mut self, now: Instant) -> Option<Noticed> {
        let level = self.sum / FRAME;
        (self.sum, self.samples) = (0, 0);
        self.loudest = if self.frames == 0 { level } else { self.loudest.max(level) };
        self.quietest = if self.frames == 0 { level } else { self.quietest.min(level) };
        self.frames += 1;
        if self.frames < BLOCK {
            return None;
        }
        self.frames = 0;
        if self.loudest < LOUD || self.quietest * 10 >= self.loudest * FALLS_BELOW {
            return None;
        }
        let before = self.words_ms;
        self.words_ms = before.saturating_add(BLOCK_MS);
        self.spoke_at = Some(now);
        let passed = |mark| before < mark && self.words_ms >= mark;
        if passed(ENOUGH_MS) { Some(Noticed::Enough) } else { passed(WORDS_MS).then_some(Noticed::Words) }
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;
    use std::time::Duration;

    use super::{Noticed, Voice};
    use crate::clock;
    use crate::g711::{Codec, linear_to_alaw, linear_to_ulaw};

    const SPEECH: &[u8] = include_bytes!("../../../data/prompts/danger_first.wav");

    /// What is noticed in five seconds of a sound, in packets of 20 ms.
    fn noticed(sound: impl Fn(u32) -> i16) -> Vec<Noticed> {
        let mut all = Vec::new();
        for (codec, encode) in [(Codec::Pcma, linear_to_alaw as fn(i16) -> u8), (Codec::Pcmu, linear_to_ulaw)] {
            let (mut voice, now) = (Voice::default(), clock::now());
            let octets: Vec<u8> = (0..40_000).map(|n| encode(sound(n))).collect();
            let heard: Vec<_> = octets.chunks(160).filter_map(|packet| voice.hear(now, codec, packet)).collect();
            if codec == Codec::Pcmu {
                assert_eq!(heard, all, "the codec makes no difference");
            }
            all = heard;
        }
        all
    }

    /// Even noise without a library: a linear congruential generator.
    fn noise(size: i32) -> impl Fn(u32) -> i16 {
        move |n| {
            let mixed = (n.wrapping_mul(747_796_405).wrapping_add(2_891_336_453) ^ (n >> 7)).wrapping_mul(277_803_737);
            i16::try_from(i32::try_from(mixed >> 16).expect("16 bits") * 2 * size / 65_536 - size).expect("fits")
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "what is made here fits in 16 bits")]
    fn tone(size: f64) -> impl Fn(u32) -> i16 {
        move |n| (size * (TAU * 440.0 * f64::from(n) / 8_000.0).sin()) as i16
    }

    fn speech(loud: i32) -> impl Fn(u32) -> i16 {
        let sound = &SPEECH[58..];
        move |n| {
            let code = sound.get(usize::try_from(n).expect("small")).copied().unwrap_or(0xd5);
            i16::try_from(i32::from(crate::g711::alaw_to_linear(code)) * loud / 100).expect("fits")
        }
    }

    #[test]
    fn speech_is_told_from_silence_noise_and_tones() {
        let words = [Noticed::Words, Noticed::Enough];
        assert_eq!(noticed(|_| 0), [], "silence");
        assert_eq!(noticed(noise(150)), [], "a quiet room");
        assert_eq!(noticed(noise(6_000)), [], "a loud road");
        assert_eq!(noticed(tone(8_000.0)), [], "a tone");
        let hum = noise(300);
        let (quiet, tone) = (speech(30), tone(8_000.0));
        assert_eq!(noticed(speech(100)), words, "speech");
        assert_eq!(noticed(&quiet), words, "quiet speech");
        assert_eq!(noticed(move |n| quiet(n) / 2 + hum(n)), words, "speech in a room");
        let begins = |n: u32| if (8_000..24_000).contains(&n) { tone(n) } else { 0 };
        assert_eq!(noticed(begins), [], "a tone that begins and ends");
        let knock = |n: u32| if n % 20_000 < 800 { 9_000 } else { 0 };
        assert_eq!(noticed(knock), [], "knocks");
    }

    #[test]
    fn a_word_is_not_a_message_and_quiet_after_words_is_told_once() {
        let start = clock::now();
        let mut voice = Voice::default();
        let said = speech(100);
        let packet: Vec<u8> = (0..12_000).map(|n| linear_to_alaw(said(n))).collect();
        assert!(!voice.went_quiet(start + Duration::from_mins(1)), "nobody has spoken yet");
        assert_eq!(voice.hear(start, Codec::Pcma, &packet), Some(Noticed::Words));
        assert!(!voice.went_quiet(start + Duration::from_millis(4_999)));
        assert!(voice.went_quiet(start + Duration::from_secs(5)));
        assert!(!voice.went_quiet(start + Duration::from_secs(9)), "once");
    }
}
