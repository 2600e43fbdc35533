//! Copying files so that they are whole under their name, or not there; with the hash of what was copied.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) size_bytes: u64,
    pub(crate) sha256: String,
}

/// Copies a file.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<Seen> {
    copy_if(from, to, |_| true)
}

/// Copies a file, and keeps the copy where `is_good` says so of what was read.
pub(crate) fn copy_if(from: &Path, to: &Path, is_good: impl Fn(&Seen) -> bool) -> anyhow::Result<Seen> {
    let folder = to.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut draft = to.as_os_str().to_owned();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    let copied = write(from, &draft).with_context(|| format!("{} was not copied", from.display()))?;
    if is_good(&copied) {
        fs::rename(&draft, to)?;
        File::open(folder)?.sync_all()?;
    } else {
        fs::remove_file(&draft)?;
    }
    Ok(copied)
}

fn write(from: &Path, to: &Path) -> io::Result<Seen> {
    let mut target = File::create(to)?;
    let seen = read(from, |part| target.write_all(part))?;
    target.sync_all()?;
    Ok(seen)
}

/// Size and hash of a file.
pub(crate) fn see(path: &Path) -> io::Result<Seen> {
    read(path, |_| Ok(()))
}

fn read(path: &Path, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Seen> {
    let mut file = File::open(path)?;
    let (mut hash, mut size_bytes, mut buffer) = (Sha256::new(), 0, vec![0; 256 * 1024]);
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        take(&buffer[..n])?;
        size_bytes += n as u64;
    }
    let sha256 = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    Ok(Seen { size_bytes, sha256 })
}

/// All files below a folder, by their paths from there, in order; none where there is no such folder.
pub(crate) fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let entries = match fs::read_dir(folder.join(&inner)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && inner.as_os_str().is_empty() => return Ok(found),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
