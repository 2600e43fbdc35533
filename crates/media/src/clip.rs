//! A piece of sound ready to be sent: A-law samples in memory. Reads files when made, never when played.

use std::path::Path;

use crate::wav::{self, WavError};

/// A prompt, music or ringing as A-law, 8 kHz, mono; players copy from it and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct Clip {
    alaw: Vec<u8>,
}

/// Why a clip could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// The file could not be read.
    #[error("the sound file cannot be read")]
    Read(#[source] std::io::Error),
    /// The file is no sound that can be played.
    #[error(transparent)]
    Wav(#[from] WavError),
}

impl Clip {
    /// Makes a clip of A-law samples.
    pub fn from_alaw(alaw: Vec<u8>) -> Self {
        Self { alaw }
    }

    /// Makes a clip of a WAV file's bytes: 8 kHz, mono, 16-bit PCM or A-law.
    pub fn from_wav_bytes(bytes: &[u8]) -> Result<Self, ClipError> {
        Ok(Self { alaw: wav::read_mono(bytes)? })
    }

    /// Loads a WAV file: 8 kHz, mono, 16-bit PCM or A-law.
    pub fn from_wav(path: &Path) -> Result<Self, ClipError> {
        Self::from_wav_bytes(&std::fs::read(path).map_err(ClipError::Read)?)
    }

    /// Loads what the caller said in a recording of ours.
    pub fn from_recording(path: &Path) -> Result<Self, ClipError> {
        Ok(Self { alaw: wav::read_left(&std::fs::read(path).map_err(ClipError::Read)?)? })
    }

    /// How long it plays, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        self.alaw.len() as u64 / 8
    }

    pub(crate) fn alaw(&self) -> &[u8] {
        &self.alaw
    }
}

impl std::fmt::Debug for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clip").field("duration_ms", &self.duration_ms()).finish()
    }
}
