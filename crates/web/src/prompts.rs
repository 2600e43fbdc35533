//! The sounds of the line as they are kept: each prompt has its built-in sound and those that were put in its place.
//! Making and playing sound is not known here: whoever starts the pages gives a [`PromptBox`].

use std::fmt::Debug;

use otklik_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::kept::SettingsError;

/// The kind of documents that are prompts.
pub(crate) const PROMPTS: &str = "prompt";

/// A prompt that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptText {
    /// Its id.
    pub id: String,
    /// What is said, in Russian.
    pub ru: String,
    /// What it means, in English.
    pub en: String,
}

/// The prompts and their sounds. Sound is A-law at 8 kHz, one channel.
pub trait PromptBox: Debug + Send + Sync {
    /// Every prompt that the line may play.
    fn texts(&self) -> &[PromptText];
    /// The sound that comes with the program.
    fn built_in(&self, id: &str) -> Option<Vec<u8>>;
    /// What the next playlist plays.
    fn put(&self, id: &str, alaw: Vec<u8>);
    /// Makes sound of an uploaded WAV file, or says why not, as a key of the message catalogue. May take a second.
    ///
    /// # Errors
    /// `not_wav`, `unsupported_wav`, `empty_sound` or `sound_too_long`.
    fn of_upload(&self, wav: &[u8]) -> Result<Vec<u8>, &'static str>;
    /// A WAV file that a browser plays.
    fn as_wav(&self, alaw: &[u8]) -> Vec<u8>;
}

/// What is kept of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptPrompt {
    /// SHA-256 of the sound; nothing = the built-in one.
    pub(crate) sound: Option<String>,
    /// The file's name as it was uploaded.
    pub(crate) file: String,
}

/// Puts every kept sound in its place, at start.
///
/// # Errors
/// [`SettingsError`].
pub async fn put_kept_prompts(store: &Store, prompts: &dyn PromptBox) -> Result<(), SettingsError> {
    for setting in store.settings(PROMPTS).await? {
        let read = serde_json::from_str::<KeptPrompt>(&setting.body);
        let kept = read.map_err(|error| SettingsError::Unusable {
            kind: PROMPTS,
            id: setting.id.clone(),
            fault: error.to_string(),
        })?;
        if let Some(name) = kept.sound {
            let lost = || StoreError::Corrupt { what: format!("sound of {}", setting.id) };
            prompts.put(&setting.id, store.sound(&name).await?.ok_or_else(lost)?);
        }
    }
    Ok(())
}
