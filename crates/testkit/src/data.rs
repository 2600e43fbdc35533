//! A data folder of its own for a centre, which goes with its owner.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use anyhow::{Context, Result};

static MADE: AtomicU32 = AtomicU32::new(0);

/// An empty folder that is removed on drop.
#[derive(Debug)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// Makes one.
    ///
    /// # Errors
    /// What the system said.
    pub fn new() -> Result<Self> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("otklik-proof-{}-{number}", process::id()));
        // Left by a process with the same number that was killed.
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it and returns its path as an argument.
    ///
    /// # Errors
    /// What the system said.
    pub fn file(&self, name: &str, text: &str) -> Result<String> {
        let path = self.0.join(name);
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(path.display().to_string())
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
