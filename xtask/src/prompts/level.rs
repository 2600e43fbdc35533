//! Loudness: what was heard, and how speech gets to one level without a clipped peak. Full scale is 1.

use super::RATE;

/// RMS of speech while somebody speaks.
const SPEECH_DB: f64 = -16.0;
/// No sample goes over this; A-law needs a little room.
const CEILING: f64 = 0.84;
/// 20 ms: the piece of speech whose loudness is asked.
const FRAME: usize = RATE / 50;
/// A frame this much under the loudest one is a pause.
const PAUSE_DB: f64 = -32.0;
/// 5 ms on both sides, in which the limiter turns down and up again.
const REACH: usize = RATE / 200;

/// What the ear would notice.
pub(crate) struct Heard {
    pub(crate) seconds: f64,
    /// RMS of the frames that are no pause, in dBFS.
    pub(crate) rms_db: f64,
    /// The highest sample, in dBFS.
    pub(crate) peak_db: f64,
}

impl Heard {
    /// Measures a sound.
    pub(crate) fn of(samples: &[f64]) -> Self {
        let peak = samples.iter().fold(0.0_f64, |peak, sample| peak.max(sample.abs()));
        Self { seconds: samples.len() as f64 / RATE as f64, rms_db: db(active_rms(samples)), peak_db: db(peak) }
    }
}

/// Takes the silence off both ends, but for 30 ms before and 60 ms after, which fade.
pub(crate) fn trim(samples: &[f64]) -> Vec<f64> {
    let loud = active_frames(samples);
    let (Some(first), Some(last)) = (loud.first(), loud.last()) else { return Vec::new() };
    let start = (first * FRAME).saturating_sub(RATE * 3 / 100);
    let end = ((last + 1) * FRAME + RATE * 6 / 100).min(samples.len());
    let mut kept = samples[start..end].to_vec();
    let length = kept.len();
    for step in 0..FRAME.min(length / 2) {
        let gain = step as f64 / FRAME as f64;
        kept[step] *= gain;
        kept[length - 1 - step] *= gain;
    }
    kept
}

/// Brings speech to its level. Each pass of the limiter takes a little loudness, which the next gives back.
pub(crate) fn to_speech_level(samples: &[f64]) -> Vec<f64> {
    (0..4).fold(samples.to_vec(), |sound, _| limit(&to_level(&sound, SPEECH_DB)))
}

/// Multiplies so that the RMS outside pauses is `level_db`; silence stays silence.
pub(crate) fn to_level(samples: &[f64], level_db: f64) -> Vec<f64> {
    let rms = active_rms(samples);
    if rms == 0.0 {
        return samples.to_vec();
    }
    let gain = 10_f64.powf(level_db / 20.0) / rms;
    samples.iter().map(|sample| sample * gain).collect()
}

/// Turns down around each sample over the ceiling: the smallest gain within reach, averaged over the same reach, is
/// never more than the sample itself needs.
fn limit(samples: &[f64]) -> Vec<f64> {
    let needed: Vec<f64> = samples.iter().map(|sample| (CEILING / sample.abs()).min(1.0)).collect();
    let lowest: Vec<f64> = around(&needed).map(|near| near.iter().copied().fold(1.0, f64::min)).collect();
    let smooth = around(&lowest).map(|near| near.iter().sum::<f64>() / near.len() as f64);
    samples.iter().zip(smooth).map(|(sample, gain)| sample * gain).collect()
}

/// For each value, those within reach of it.
fn around(values: &[f64]) -> impl Iterator<Item = &[f64]> {
    (0..values.len()).map(|at| &values[at.saturating_sub(REACH)..(at + REACH + 1).min(values.len())])
}

fn active_rms(samples: &[f64]) -> f64 {
    let frames: Vec<&[f64]> = samples.chunks(FRAME).collect();
    let active = active_frames(samples);
    if active.is_empty() {
        return 0.0;
    }
    let mean = active.iter().map(|frame| rms(frames[*frame]).powi(2)).sum::<f64>() / active.len() as f64;
    mean.sqrt()
}

/// The frames that are no pause.
fn active_frames(samples: &[f64]) -> Vec<usize> {
    let levels: Vec<f64> = samples.chunks(FRAME).map(rms).collect();
    let loudest = levels.iter().copied().fold(0.0, f64::max);
    let floor = loudest * 10_f64.powf(PAUSE_DB / 20.0);
    levels.iter().enumerate().filter(|(_, level)| **level > floor).map(|(frame, _)| frame).collect()
}

fn rms(samples: &[f64]) -> f64 {
    (samples.iter().map(|sample| sample * sample).sum::<f64>() / samples.len() as f64).sqrt()
}

fn db(level: f64) -> f64 {
    20.0 * level.max(1e-9).log10()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::{CEILING, FRAME, Heard, SPEECH_DB, limit, to_speech_level, trim};

    /// 0.2 s of silence, 0.5 s of a tone with one sharp peak, 0.3 s of silence.
    fn word() -> Vec<f64> {
        let tone =
            (0..4000).map(|at| (f64::from(at) * TAU * 500.0 / 8000.0).sin() * if at == 2002 { 0.9 } else { 0.05 });
        std::iter::repeat_n(0.0, 1600).chain(tone).chain(std::iter::repeat_n(0.0, 2400)).collect()
    }

    #[test]
    fn speech_gets_its_level_and_no_clipped_peak() {
        let heard = Heard::of(&to_speech_level(&word()));
        assert!((heard.rms_db - SPEECH_DB).abs() < 1.0, "{}", heard.rms_db);
        assert!(heard.peak_db <= 20.0 * CEILING.log10() + 1e-6, "{}", heard.peak_db);
    }

    #[test]
    fn the_limiter_leaves_quiet_sounds_alone() {
        let quiet: Vec<f64> = word().iter().map(|sample| sample * 0.5).collect();
        assert_eq!(limit(&quiet), quiet);
    }

    #[test]
    fn silence_goes_and_the_word_stays() {
        let kept = trim(&word());
        assert!((4000..4000 + 720 + 2 * FRAME).contains(&kept.len()), "{}", kept.len());
        assert_eq!(trim(&vec![0.0; 4000]), Vec::<f64>::new());
        assert_eq!(trim(&[]), Vec::<f64>::new());
    }
}
