//! The data folder: who may open it, and with which centre it was opened.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use anyhow::{Context, bail};

use crate::centre_file::{self, BUILT_IN, CENTRE_FILE, Centre};
use crate::words::Words;

/// Keeps a second process out of the data folder.
pub(crate) fn lock(data: &Path) -> anyhow::Result<File> {
    try_lock(data)?
        .with_context(|| format!("another otklik serves {}: stop it, or give another --data", data.display()))
}

/// The lock of the data folder; nothing while another process serves it.
pub(crate) fn try_lock(data: &Path) -> anyhow::Result<Option<File>> {
    let file = File::create(data.join("lock")).context("the data folder cannot be written to")?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).context("the data folder cannot be locked"),
    }
}

/// The centre that holds: the one that this data folder was opened with. A given file is imported into an empty
/// folder, later only compared.
pub(crate) fn open_centre(data: &Path, file: Option<&Path>, words: &Words) -> anyhow::Result<Centre> {
    let given = match file {
        Some(path) => Some(fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?),
        None => None,
    };
    let name = file.map_or_else(|| CENTRE_FILE.to_owned(), |path| path.display().to_string());
    let kept = centre_file::kept(data)?;
    let differs = given.as_ref().zip(kept.as_ref()).is_some_and(|(given, kept)| given != kept);
    if differs {
        tracing::warn!("{}", words.say("warn-centre-differs", [("path", name.clone())]));
    }
    let is_new = kept.is_none();
    let text = kept.or(given).unwrap_or_else(|| BUILT_IN.to_owned());
    let centre = Centre::parse(&text).context(name)?;
    if is_new {
        centre_file::keep(data, &text)?;
    }
    Ok(centre)
}

/// Makes a folder that only its owner may look into, where it is missing: recordings and numbers lie in it, whatever the
/// mask of the shell says.
pub(crate) fn private(folder: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes the data folder where it is missing.
pub(crate) fn make(data: &Path) -> anyhow::Result<()> {
    if data.is_file() {
        bail!("{} is a file: --data names a folder", data.display());
    }
    private(data).with_context(|| format!("{} cannot be made", data.display()))
}
