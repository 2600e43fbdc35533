//! The manifest of a backup: what it holds, with sizes and hashes. Renamed into place last, so that what it names is
//! whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};

use super::files;

/// Its name.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The form that this program writes and reads.
pub(crate) const FORMAT: u32 = 1;
/// How the folder of a state begins.
pub(crate) const STATE: &str = "state-";

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    /// Version of the program that made it.
    pub(crate) program: String,
    /// 1, 2, 3: the backups made in this folder.
    pub(crate) number: u64,
    /// RFC 3339, UTC.
    pub(crate) made_at: String,
    /// False where it was made without recordings.
    pub(crate) has_recordings: bool,
    pub(crate) recordings: u64,
    pub(crate) recordings_bytes: u64,
    /// What lies in the folder of the state.
    pub(crate) files: Vec<Entry>,
}

/// A file in the folder of the state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) size_bytes: u64,
    /// Lower-case hex.
    pub(crate) sha256: String,
}

impl Entry {
    pub(crate) fn of(folder: &Path, path: PathBuf) -> anyhow::Result<Self> {
        let seen = files::see(&folder.join(&path))?;
        let path = path.into_os_string().into_string().ok().context("a file's name is no text")?;
        Ok(Self { path, size_bytes: seen.size_bytes, sha256: seen.sha256 })
    }
}

impl Manifest {
    /// The manifest of a folder; nothing where no backup was completed there.
    pub(crate) fn read(dir: &Path) -> anyhow::Result<Option<Self>> {
        let path = dir.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let manifest: Self = serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))?;
        ensure!(manifest.format == FORMAT, "{} is of a form that this program does not know", path.display());
        Ok(Some(manifest))
    }

    /// Writes it: whole and on disk, or not at all.
    pub(crate) fn write(&self, dir: &Path) -> anyhow::Result<()> {
        let draft = dir.join("manifest.json.new");
        let mut file = File::create(&draft)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, dir.join(MANIFEST))?;
        Ok(File::open(dir)?.sync_all()?)
    }
}

/// The folder of a state.
pub(crate) fn state_name(number: u64) -> String {
    format!("{STATE}{number}")
}

/// A path that stays under its folder.
pub(crate) fn inside(path: &str) -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(path);
    if path.as_os_str().is_empty() || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        bail!("the path {} leads out of its folder", path.display());
    }
    Ok(path)
}
