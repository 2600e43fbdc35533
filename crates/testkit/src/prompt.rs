//! The prompts as they lie in the repository, to be known again in what a phone hears: between two ends of A-law
//! nothing is transcoded, so the very bytes arrive.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::g711::alaw_to_linear;

/// Where the prompts lie.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/prompts");
/// What is enough to know a prompt again: 40 ms.
const MARK_LEN: usize = 320;
/// Mean size of a sample from which on sound is speech or music.
const LOUD: i64 = 500;

/// The sound of a prompt, A-law, 8,000 octets a second.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Its id.
    pub id: String,
    /// Its sound.
    pub sound: Vec<u8>,
}

impl Prompt {
    /// Reads a prompt.
    ///
    /// # Errors
    /// Where the file is not there or not A-law.
    pub fn read(id: &str) -> Result<Self> {
        let path = Path::new(FOLDER).join(format!("{id}.wav"));
        let file = fs::read(&path).with_context(|| path.display().to_string())?;
        let data = file.windows(4).position(|word| word == b"data").context("no data chunk")? + 8;
        ensure!(file.get(20) == Some(&6), "{id} is not A-law");
        let size = file.get(data - 4..data).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
        // A sound of odd length is followed by a byte that belongs to none.
        let sound = file[data..].iter().take(usize::try_from(size)?).copied().collect();
        Ok(Self { id: id.to_owned(), sound })
    }

    /// The first loud part of the prompt.
    pub fn beginning(&self) -> &[u8] {
        self.sound.windows(MARK_LEN).step_by(80).find(|part| is_loud(part)).unwrap_or(&self.sound)
    }
}

fn is_loud(part: &[u8]) -> bool {
    let sum: i64 = part.iter().map(|octet| i64::from(alaw_to_linear(*octet)).abs()).sum();
    sum > LOUD * i64::try_from(part.len()).unwrap_or(i64::MAX)
}
