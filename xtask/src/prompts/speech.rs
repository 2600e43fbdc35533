//! Text to speech at authoring time: Festival speaks each sentence alone, sox brings it to the band of the telephone,
//! and the sentences are put together with the pause that old callers need.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{RATE, level};
use crate::workspace::output;

/// Pace of 85 %, so that each sound lasts this much longer.
const STRETCH: &str = "(Parameter.set 'Duration_Stretch 1.18)";
const VOICE: &str = "(voice_msu_ru_nsh_clunits)";
/// Silence after each sentence, the last one too: what is played next does not fall into the word.
const PAUSE: usize = RATE * 4 / 10;
/// Silence after a fragment, a text without an end mark: what is played next belongs to the same sentence.
const JOINT: usize = RATE * 4 / 100;

/// Speaks a text; full scale is 1.
pub(crate) fn speak(text: &str, scratch: &Path) -> Result<Vec<f64>> {
    let mut samples = Vec::new();
    for sentence in sentences(text) {
        let spoken = level::trim(&sentence_of_festival(sentence, scratch).with_context(|| sentence.to_owned())?);
        ensure!(!spoken.is_empty(), "{sentence}: nothing was spoken");
        samples.extend(spoken);
        let silence = if is_fragment(sentence) { JOINT } else { PAUSE };
        samples.extend(std::iter::repeat_n(0.0, silence));
    }
    Ok(level::to_speech_level(&samples))
}

/// True where a text is a part of a sentence, to be composed with others.
pub(crate) fn is_fragment(text: &str) -> bool {
    !text.ends_with(['.', '!', '?', ':'])
}

/// The sentences of a text, each with its mark.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '!', '?']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

fn sentence_of_festival(sentence: &str, scratch: &Path) -> Result<Vec<f64>> {
    let [words, spoken, telephone] = ["sentence.txt", "sentence.wav", "sentence.raw"].map(|name| scratch.join(name));
    std::fs::write(&words, sentence).context("the scratch folder cannot be written")?;
    let done = Command::new("text2wave")
        .args(["-eval", VOICE, "-eval", STRETCH])
        .arg(&words)
        .arg("-o")
        .arg(&spoken)
        .output()
        .context("Festival and its Russian voice are needed: apt-get install festival festvox-ru")?;
    // Festival ends well even where it left out a word; then it complains.
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success() && complaint.is_empty(), "Festival could not speak it: {complaint}");
    // Half of the level leaves room for what the filter adds; no dither, so that the same text gives the same bytes.
    output(
        Command::new("sox")
            .args(["-D", "-v", "0.5"])
            .arg(&spoken)
            .args(["-t", "raw", "-e", "signed-integer", "-b", "16", "-L", "-c", "1", "-r", "8000"])
            .arg(&telephone)
            .args(["sinc", "300-3400"]),
    )
    .context("sox is needed: apt-get install sox")?;
    let bytes = std::fs::read(&telephone).context("sox wrote nothing")?;
    Ok(bytes.chunks_exact(2).map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]])) / 32768.0).collect())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn each_sentence_keeps_its_mark() {
        assert_eq!(sentences("Да! Нет? Один-два, три."), ["Да!", "Нет?", "Один-два, три."]);
        assert_eq!(sentences("Да"), ["Да"]);
        assert_eq!(sentences(" "), Vec::<&str>::new());
    }
}
