//! A sound that somebody uploads, made into what the line can play: WAV of any usual rate, one channel or two, 16-bit PCM
//! or A-law, becomes A-law at 8 kHz. Pure arithmetic on bytes.

use crate::g711;
use crate::wav::{self, RATE_HZ, WavError};

/// Longest sound, seconds.
const LONGEST_S: u64 = 60;
/// Highest rate that is converted, hertz.
const HIGHEST_HZ: u32 = 48_000;
/// Zero crossings of the filter on each side.
const LOBES: f64 = 12.0;
/// Where the filter begins to cut, as a share of half the lower rate: a telephone carries up to 3.4 kHz.
const CUT: f64 = 0.9;

/// Why an uploaded sound is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadFault {
    /// No WAV file.
    #[error("not a WAV file with a format and sound")]
    NotWav,
    /// A WAV file of a kind that is not converted.
    #[error("the sound must be 16-bit PCM (8 to 48 kHz) or A-law (8 kHz), one channel or two")]
    Unsupported,
    /// Nothing to hear.
    #[error("the file holds no sound")]
    Empty,
    /// Longer than [`LONGEST_S`].
    #[error("the sound is longer than a minute")]
    TooLong,
}

impl From<WavError> for UploadFault {
    fn from(error: WavError) -> Self {
        match error {
            WavError::NotWav => Self::NotWav,
            WavError::Unsupported => Self::Unsupported,
        }
    }
}

/// Makes A-law at 8 kHz, one channel, of a WAV file's bytes.
///
/// # Errors
/// [`UploadFault`].
pub fn alaw_of_upload(bytes: &[u8]) -> Result<Vec<u8>, UploadFault> {
    let parts = wav::parts(bytes)?;
    let samples = match (parts.format, parts.channels, parts.rate, parts.bits) {
        (6, 1 | 2, RATE_HZ, 8) => parts.sound.iter().map(|byte| g711::alaw_to_linear(*byte)).collect(),
        (1, 1 | 2, RATE_HZ..=HIGHEST_HZ, 16) => {
            parts.sound.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect::<Vec<_>>()
        }
        _ => return Err(UploadFault::Unsupported),
    };
    let mono = if parts.channels == 2 { mixed(&samples) } else { samples };
    if mono.is_empty() {
        return Err(UploadFault::Empty);
    }
    if mono.len() as u64 > LONGEST_S * u64::from(parts.rate) {
        return Err(UploadFault::TooLong);
    }
    let slow = if parts.rate == RATE_HZ { mono } else { at_8_khz(&mono, parts.rate) };
    Ok(slow.into_iter().map(g711::linear_to_alaw).collect())
}

/// A WAV file of A-law samples, for a browser to play: 16-bit PCM, 8 kHz, one channel.
pub fn wav_of_alaw(alaw: &[u8]) -> Vec<u8> {
    let data = u32::try_from(alaw.len() * 2).unwrap_or(u32::MAX);
    let mut out = b"RIFF".to_vec();
    out.extend(data.saturating_add(36).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(RATE_HZ.to_le_bytes());
    out.extend((RATE_HZ * 2).to_le_bytes());
    out.extend([2, 0, 16, 0]);
    out.extend(b"data");
    out.extend(data.to_le_bytes());
    out.extend(alaw.iter().flat_map(|byte| g711::alaw_to_linear(*byte).to_le_bytes()));
    out
}

fn mixed(samples: &[i16]) -> Vec<i16> {
    samples.as_chunks::<2>().0.iter().map(|[left, right]| left.midpoint(*right)).collect()
}

/// Resamples by a windowed sinc that also takes away what 8 kHz cannot hold.
fn at_8_khz(samples: &[i16], rate: u32) -> Vec<i16> {
    let step = f64::from(rate) / f64::from(RATE_HZ);
    let half = LOBES * step;
    let length = samples.len() as u64 * u64::from(RATE_HZ) / u64::from(rate);
    (0..length).map(|n| filtered(samples, index(n) * step, half, step)).collect()
}

/// The filtered value at a place between the samples.
fn filtered(samples: &[i16], at: f64, half: f64, step: f64) -> i16 {
    let first = whole((at - half).ceil().max(0.0));
    let last = whole((at + half).floor()).min(samples.len() - 1);
    let (mut sum, mut weight) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate().take(last + 1).skip(first) {
        let distance = index(n as u64) - at;
        let share = weight_at(distance, half, step);
        sum += f64::from(*sample) * share;
        weight += share;
    }
    if weight.abs() < f64::EPSILON {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "held to the range one line above")]
    let value = (sum / weight).round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16;
    value
}

/// A sinc that cuts below half of 8 kHz, under a Hann window.
fn weight_at(distance: f64, half: f64, step: f64) -> f64 {
    let turn = std::f64::consts::PI * CUT * distance / step;
    let sinc = if turn.abs() < 1e-9 { 1.0 } else { turn.sin() / turn };
    let window = 0.5 + 0.5 * (std::f64::consts::PI * distance / half).cos();
    sinc * window
}

#[expect(clippy::cast_precision_loss, reason = "a minute of sound has three million samples")]
fn index(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the sound, never below zero")]
fn whole(at: f64) -> usize {
    at as usize
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "tones of half a second")]
mod tests {
    use super::{UploadFault, alaw_of_upload, wav_of_alaw};
    use crate::g711::alaw_to_linear;

    fn wav(format: u16, channels: u16, rate: u32, bits: u16, sound: &[u8]) -> Vec<u8> {
        let mut out = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        out.extend(format.to_le_bytes());
        out.extend(channels.to_le_bytes());
        out.extend(rate.to_le_bytes());
        out.extend([0; 6]);
        out.extend(bits.to_le_bytes());
        out.extend(b"data");
        out.extend(u32::try_from(sound.len()).unwrap().to_le_bytes());
        out.extend(sound);
        out
    }

    /// A tone of half the range, in as many channels.
    fn tone(hz: f64, rate: u32, ms: u32, channels: usize) -> Vec<u8> {
        let count = rate * ms / 1_000;
        let sample = |n: u32| (16_000.0 * (std::f64::consts::TAU * hz * f64::from(n) / f64::from(rate)).sin()) as i16;
        (0..count).flat_map(|n| std::iter::repeat_n(sample(n).to_le_bytes(), channels)).flatten().collect()
    }

    /// Strength of a frequency in A-law sound, 1 = a tone of half the range.
    fn strength(alaw: &[u8], hz: f64) -> f64 {
        let (mut re, mut im) = (0.0, 0.0);
        for (n, byte) in alaw.iter().enumerate() {
            let turn = std::f64::consts::TAU * hz * n as f64 / 8_000.0;
            re += f64::from(alaw_to_linear(*byte)) * turn.cos();
            im += f64::from(alaw_to_linear(*byte)) * turn.sin();
        }
        2.0 * f64::hypot(re, im) / alaw.len() as f64 / 16_000.0
    }

    #[test]
    fn a_tone_keeps_its_pitch_and_what_a_telephone_cannot_carry_is_gone() {
        for (rate, channels) in [(8_000, 1), (11_025, 1), (16_000, 2), (44_100, 1), (48_000, 2)] {
            let sound = tone(1_000.0, rate, 500, channels);
            let file = wav(1, u16::try_from(channels).unwrap(), rate, 16, &sound);
            let alaw = alaw_of_upload(&file).expect("a sound file");
            assert!((3_900..=4_000).contains(&alaw.len()), "{rate}: {}", alaw.len());
            let heard = strength(&alaw, 1_000.0);
            assert!((0.95..1.05).contains(&heard), "{rate}: {heard}");
        }
        // 5 kHz at 44.1 kHz would come back as 3 kHz at 8 kHz.
        let folded = alaw_of_upload(&wav(1, 1, 44_100, 16, &tone(5_000.0, 44_100, 500, 1))).expect("a sound file");
        assert!(strength(&folded, 3_000.0) < 0.02, "{}", strength(&folded, 3_000.0));
    }

    #[test]
    fn what_is_no_sound_for_the_line_is_refused_by_name() {
        let table = [
            (b"MP3".to_vec(), UploadFault::NotWav),
            (wav(1, 1, 8_000, 16, &[]), UploadFault::Empty),
            (wav(1, 1, 96_000, 16, &[0; 4]), UploadFault::Unsupported),
            (wav(1, 6, 48_000, 16, &[0; 12]), UploadFault::Unsupported),
            (wav(1, 1, 8_000, 24, &[0; 6]), UploadFault::Unsupported),
            (wav(3, 1, 8_000, 32, &[0; 8]), UploadFault::Unsupported),
            (wav(6, 1, 8_000, 8, &vec![0xd5; 60 * 8_000 + 1]), UploadFault::TooLong),
        ];
        for (file, fault) in table {
            assert_eq!(alaw_of_upload(&file), Err(fault));
        }
        let minute = alaw_of_upload(&wav(6, 1, 8_000, 8, &vec![0xd5; 60 * 8_000])).expect("a minute");
        assert_eq!(alaw_of_upload(&wav_of_alaw(&minute)), Ok(minute), "what a browser plays can be uploaded again");
    }
}
