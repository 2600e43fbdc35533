//! The prompts: those that stand in the binary, and how an uploaded sound takes the place of one.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use otklik_media::{Clip, UploadFault, alaw_of_upload, wav_of_alaw};
use otklik_model::PromptId;
use otklik_switch::Prompts;
use otklik_web::{PromptBox, PromptText};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../data/prompts"]
#[include = "*.wav"]
struct Sounds;

/// What the prompts say.
const TEXTS: &str = include_str!("../../../data/prompts/prompts.tsv");

/// The sounds of the line, shared with the switch.
#[derive(Debug)]
pub(crate) struct SoundBox {
    playing: Prompts,
    built_in: BTreeMap<String, Vec<u8>>,
    texts: Vec<PromptText>,
}

impl SoundBox {
    /// Reads every prompt of the binary; its id is the file's name.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let (playing, mut built_in) = (Prompts::default(), BTreeMap::new());
        for name in Sounds::iter() {
            let Some((id, sound)) = name.strip_suffix(".wav").zip(Sounds::get(&name)) else { continue };
            let alaw = alaw_of_upload(&sound.data).with_context(|| format!("the prompt {name} cannot be read"))?;
            playing.insert(PromptId::new(id), Clip::from_alaw(alaw.clone()));
            built_in.insert(id.to_owned(), alaw);
        }
        Ok(Self { playing, built_in, texts: texts()? })
    }

    /// The prompts for the switch.
    pub(crate) fn playing(&self) -> Prompts {
        self.playing.clone()
    }
}

impl PromptBox for SoundBox {
    fn texts(&self) -> &[PromptText] {
        &self.texts
    }

    fn built_in(&self, id: &str) -> Option<Vec<u8>> {
        self.built_in.get(id).cloned()
    }

    fn put(&self, id: &str, alaw: Vec<u8>) {
        self.playing.insert(PromptId::new(id), Clip::from_alaw(alaw));
    }

    fn of_upload(&self, wav: &[u8]) -> Result<Vec<u8>, &'static str> {
        alaw_of_upload(wav).map_err(|fault| match fault {
            UploadFault::NotWav => "not_wav",
            UploadFault::Unsupported => "unsupported_wav",
            UploadFault::Empty => "empty_sound",
            UploadFault::TooLong => "sound_too_long",
        })
    }

    fn as_wav(&self, alaw: &[u8]) -> Vec<u8> {
        wav_of_alaw(alaw)
    }
}

fn texts() -> anyhow::Result<Vec<PromptText>> {
    let rows = TEXTS.lines().skip(1).filter(|line| !line.trim().is_empty());
    let read = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        ensure!(fields.len() >= 4, "a prompt's line has fields between tabs: {line:?}");
        Ok(PromptText { id: fields[0].to_owned(), ru: fields[2].to_owned(), en: fields[3].to_owned() })
    };
    rows.map(read).collect()
}

#[cfg(test)]
mod tests {
    use otklik_web::PromptBox;

    use super::SoundBox;

    #[test]
    fn every_prompt_has_its_text_and_its_sound() {
        let sounds = SoundBox::open().expect("the built-in prompts");
        assert!(!sounds.texts().is_empty());
        for text in sounds.texts() {
            assert!(sounds.built_in(&text.id).is_some_and(|alaw| !alaw.is_empty()), "{}", text.id);
        }
    }
}
