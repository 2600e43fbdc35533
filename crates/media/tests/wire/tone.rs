//! Tones in A-law, and how much of one frequency is in a sound (Goertzel's algorithm).

use std::f64::consts::TAU;

use otklik_media::{alaw_to_linear, linear_to_alaw};

/// Sample `index` of a tone at half of full level.
#[expect(clippy::cast_possible_truncation, reason = "16,000 fits in 16 bits")]
pub(crate) fn sample(hz: u32, index: u32) -> i16 {
    ((TAU * f64::from(hz) * f64::from(index) / 8_000.0).sin() * 16_000.0) as i16
}

/// A tone of some milliseconds as A-law.
pub(crate) fn alaw(hz: u32, ms: u32) -> Vec<u8> {
    (0..ms * 8).map(|index| linear_to_alaw(sample(hz, index))).collect()
}

/// The amplitude of a frequency in A-law sound.
pub(crate) fn amplitude(hz: u32, sound: &[u8]) -> f64 {
    let turn = TAU * f64::from(hz) / 8_000.0;
    let factor = 2.0 * turn.cos();
    let (mut last, mut before) = (0.0, 0.0);
    for code in sound {
        let next = f64::from(alaw_to_linear(*code)) + factor * last - before;
        before = last;
        last = next;
    }
    let power = last * last + before * before - factor * last * before;
    let count = f64::from(u32::try_from(sound.len().max(1)).unwrap());
    power.max(0.0).sqrt() * 2.0 / count
}

/// Which of the frequencies fills the sound alone, if one does.
pub(crate) fn only_tone(sound: &[u8], candidates: &[u32]) -> Option<u32> {
    let mut by_level: Vec<(f64, u32)> = candidates.iter().map(|hz| (amplitude(*hz, sound), *hz)).collect();
    by_level.sort_by(|a, b| b.0.total_cmp(&a.0));
    let others = by_level.iter().skip(1).all(|(level, _)| *level < by_level[0].0 / 30.0);
    (by_level[0].0 > 5_000.0 && others).then_some(by_level[0].1)
}
