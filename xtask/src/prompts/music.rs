//! The sound of waiting: nine soft chords, each coming and going over seconds, with a quiet bell above. It is composed
//! here, so that it belongs to nobody else. The last chord fades into the first: the loop has no seam.

use std::f64::consts::TAU;

use super::RATE;
use super::level::to_level;

/// Under speech, which stands at -16.
const MUSIC_DB: f64 = -22.0;
/// Under speech as well: it comes suddenly.
const BEEP_DB: f64 = -20.0;
const CHORD_SECONDS: usize = 5;
/// Each chord: four voices and the bell, in semitones from A at 440 Hz. The lowest voice is A at 220 Hz: where a narrow
/// telephone cuts it off, its partials are still heard.
const CHORDS: [[i32; 5]; 9] = [
    [-9, -2, 2, 7, 14],   // C, major seventh
    [-12, -5, -2, 3, 10], // A minor, seventh
    [-4, 0, 3, 7, 12],    // F, major seventh
    [-9, -5, -2, 5, 10],  // C with the ninth
    [-5, -2, 2, 5, 9],    // E minor, seventh
    [-12, -5, 0, 3, 7],   // A minor
    [-7, -4, 0, 3, 8],    // D minor, seventh
    [-2, 3, 5, 8, 10],    // G, suspended
    [-2, 2, 5, 8, 14],    // G, seventh
];
/// Strength of the first three partials of a voice.
const PARTIALS: [f64; 3] = [1.0, 0.22, 0.06];

/// Composes the loop; the same samples every time.
pub(crate) fn compose() -> Vec<f64> {
    let mut sound = vec![0.0; CHORDS.len() * CHORD_SECONDS * RATE];
    for (index, chord) in CHORDS.iter().enumerate() {
        let start = index * CHORD_SECONDS * RATE;
        for (voice, semitones) in chord[..4].iter().enumerate() {
            // The voices come in one after the other, a third of a second apart.
            add(&mut sound, start + voice * RATE / 3, 8 * RATE, |at, length| {
                pad(at, length) * voice_at(*semitones, at) / (1.0 + voice as f64 * 0.3)
            });
        }
        add(&mut sound, start + 2 * RATE + RATE / 2, 4 * RATE, |at, length| {
            0.18 * bell(at, length) * sine(chord[4], at)
        });
    }
    to_level(&sound, MUSIC_DB)
}

/// The tone after which a message is recorded: 0.4 s of 1,000 Hz, coming and going over 10 ms, and a moment of silence.
pub(crate) fn beep() -> Vec<f64> {
    let (length, edge) = (RATE * 4 / 10, RATE / 100);
    let gain = |at: usize| (at.min(length - at).min(edge)) as f64 / edge as f64;
    let tone = (0..length).map(|at| gain(at) * (TAU * 1_000.0 * at as f64 / RATE as f64).sin());
    to_level(&tone.collect::<Vec<_>>(), BEEP_DB)
}

/// Adds a note; what goes past the end is heard at the beginning.
fn add(sound: &mut [f64], start: usize, length: usize, note: impl Fn(usize, usize) -> f64) {
    let total = sound.len();
    for at in 0..length {
        sound[(start + at) % total] += note(at, length);
    }
}

/// Three seconds to come, three to go.
fn pad(at: usize, length: usize) -> f64 {
    let edge = 3 * RATE;
    let near = at.min(length - at).min(edge) as f64 / edge as f64;
    (1.0 - (near * TAU / 2.0).cos()) / 2.0
}

/// Struck softly, gone within four seconds.
fn bell(at: usize, length: usize) -> f64 {
    let rise = (at as f64 / (RATE as f64 * 0.06)).min(1.0);
    let rest = 1.0 - at as f64 / length as f64;
    rise * rest.powi(4)
}

fn voice_at(semitones: i32, at: usize) -> f64 {
    let partials = PARTIALS.iter().zip([0, 12, 19]);
    partials.map(|(strength, above)| strength * sine(semitones + above, at)).sum()
}

fn sine(semitones: i32, at: usize) -> f64 {
    let hertz = 440.0 * 2_f64.powf(f64::from(semitones) / 12.0);
    (TAU * hertz * at as f64 / RATE as f64).sin()
}

#[cfg(test)]
mod tests {
    use super::{MUSIC_DB, RATE, compose};
    use crate::prompts::level::Heard;

    fn largest_step(sound: &[f64]) -> f64 {
        sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_loop_has_no_seam_and_stays_under_speech() {
        let sound = compose();
        let (end, beginning) = (&sound[sound.len() - RATE..], &sound[..RATE]);
        let seam = largest_step(&[end, beginning].concat());
        let elsewhere = largest_step(&sound[RATE..sound.len() - RATE]);
        assert!(seam <= elsewhere * 1.1, "a step of {seam} around the seam, {elsewhere} elsewhere");
        let [before, after] = [end, beginning].map(|second| Heard::of(second).rms_db);
        assert!((before - after).abs() < 3.0, "{before} dBFS before the seam, {after} after");
        let heard = Heard::of(&sound);
        assert!((heard.rms_db - MUSIC_DB).abs() < 0.5, "{}", heard.rms_db);
        assert!(heard.peak_db < -8.0, "{}", heard.peak_db);
        assert!((heard.seconds - 45.0).abs() < 0.01, "{}", heard.seconds);
    }
}
