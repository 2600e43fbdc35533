//! Makes the sounds of the line from `data/prompts/prompts.tsv`, which is the source of every text. This is done by hand
//! when a text changes; the sounds are committed, and nothing at run time needs a speech engine.

#![expect(clippy::cast_precision_loss, reason = "counts of samples, words and frames are far below 2^52")]

mod level;
mod music;
mod speech;
mod table;
mod wave;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use self::level::Heard;
use self::table::{Prompt, Source};
use crate::workspace::Workspace;

/// Samples a second of everything that the line plays.
const RATE: usize = 8000;
const FOLDER: &str = "data/prompts";
const TABLE: &str = "data/prompts/prompts.tsv";
/// Slower or faster than this, in words a minute, and something was cut off or broken in the engine.
const PACE: std::ops::RangeInclusive<f64> = 50.0..=160.0;
/// The same for a fragment or a sentence of few words, in which one long word weighs more, and no pause may follow.
const SHORT_PACE: std::ops::RangeInclusive<f64> = 25.0..=260.0;
/// A text of fewer words is short.
const SHORT_WORDS: usize = 4;

/// Makes every sound again and says what it measured.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let text = workspace.text(TABLE).with_context(|| format!("{TABLE} is missing"))?;
    let prompts = table::parse(&text).with_context(|| format!("{TABLE} is not readable"))?;
    let scratch: PathBuf = workspace.root.join("target/prompts");
    std::fs::create_dir_all(&scratch).context("target/prompts cannot be made")?;
    println!("{:<20} {:>6} {:>9} {:>6} {:>6}", "prompt", "s", "words/min", "RMS", "peak");
    for prompt in &prompts {
        let samples = match prompt.source {
            Source::Generated if prompt.id == "beep" => music::beep(),
            Source::Generated => music::compose(),
            Source::Festival => speech::speak(&prompt.russian, &scratch).with_context(|| prompt.id.clone())?,
        };
        say(prompt, &samples)?;
        let path = workspace.root.join(FOLDER).join(&prompt.file);
        std::fs::write(&path, wave::a_law_file(&samples)).with_context(|| format!("{} not written", prompt.file))?;
    }
    Ok(())
}

/// Prints what the ear would notice, and refuses speech that cannot be whole.
fn say(prompt: &Prompt, samples: &[f64]) -> Result<()> {
    let heard = Heard::of(samples);
    let words = prompt.russian.split_whitespace().count();
    let pace = words as f64 * 60.0 / heard.seconds;
    println!("{:<20} {:>6.2} {pace:>9.0} {:>6.1} {:>6.1}", prompt.id, heard.seconds, heard.rms_db, heard.peak_db);
    if prompt.source == Source::Festival && !pace_of(&prompt.russian).contains(&pace) {
        bail!("{}: {pace:.0} words a minute: listen to it, the engine lost something", prompt.id);
    }
    if heard.peak_db > -0.5 {
        bail!("{}: the peak of {:.1} dBFS is clipped", prompt.id, heard.peak_db);
    }
    Ok(())
}

fn pace_of(text: &str) -> std::ops::RangeInclusive<f64> {
    let short = speech::is_fragment(text) || text.split_whitespace().count() < SHORT_WORDS;
    if short { SHORT_PACE } else { PACE }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::table::{self, Source};
    use super::{pace_of, wave};

    #[test]
    fn every_committed_prompt_is_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/prompts");
        let prompts = table::parse(&std::fs::read_to_string(folder.join("prompts.tsv")).unwrap()).unwrap();
        assert!(prompts.iter().any(|prompt| prompt.id == "greeting"));
        for prompt in prompts {
            let bytes = std::fs::read(folder.join(&prompt.file)).expect(&prompt.file);
            let seconds = wave::a_law_seconds(&bytes).expect(&prompt.file);
            let pace = prompt.russian.split_whitespace().count() as f64 * 60.0 / seconds;
            let fits = prompt.source != Source::Festival || pace_of(&prompt.russian).contains(&pace);
            assert!(fits, "{}: {pace} words a minute", prompt.id);
        }
    }
}
