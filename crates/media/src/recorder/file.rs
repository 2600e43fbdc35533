//! A recording on disk: appended to, kept playable at every moment, hashed when closed, repaired after a crash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::wav::{self, FRAME_LEN, HEADER_LEN};

/// What is known of a recording whose file is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredWav {
    /// Size of the file.
    pub size_bytes: u64,
    /// Length of the sound.
    pub duration_ms: u64,
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: String,
}

/// Makes a recording that a crash cut short whole again: sizes in the header from the real length, half a moment at
/// the end cut off, all of it on disk. Running it twice changes nothing.
///
/// # Errors
/// `InvalidData` where the file is no recording of ours (it is left as it is); else what the disk says.
pub fn recover_wav(path: &Path) -> io::Result<RecoveredWav> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let size = file.metadata()?.len();
    let mut head = [0; HEADER_LEN];
    let whole = size >= HEADER_LEN as u64 && file.read_exact_at(&mut head, 0).is_ok();
    if !whole || !wav::is_recording(&head) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a recording of ours"));
    }
    let data_len = (size - HEADER_LEN as u64) / FRAME_LEN * FRAME_LEN;
    file.set_len(HEADER_LEN as u64 + data_len)?;
    RecordingFile { file, path: path.to_owned(), data_len, folder: FolderEntry::New }.finish()
}

/// Makes the file of a recording that a crash kept from beginning: whole, and without sound.
///
/// # Errors
/// Where the name leaves the folder, the file exists, or the disk refuses.
pub fn empty_wav(folder: &Path, name: &str) -> io::Result<RecoveredWav> {
    RecordingFile::create(folder, name)?.finish()
}

/// The place of a recording, where its name stays under the recordings folder.
pub(crate) fn inside(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let name = Path::new(name);
    let inside = name.components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || name.file_name().is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the name leaves the recordings folder"));
    }
    Ok(folder.join(name))
}

/// Removes a recording.
pub(crate) fn remove(folder: &Path, name: &str) -> io::Result<()> {
    fs::remove_file(inside(folder, name)?)
}

/// A recording that is being written.
pub(crate) struct RecordingFile {
    file: File,
    path: PathBuf,
    data_len: u64,
    folder: FolderEntry,
}

/// Whether the file's name is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FolderEntry {
    New,
    OnDisk,
}

impl RecordingFile {
    /// Creates the file, and folders on the way, under the recordings folder. An existing file is never overwritten.
    pub(crate) fn create(folder: &Path, name: &str) -> io::Result<Self> {
        let path = inside(folder, name)?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        file.write_all_at(&wav::header(0), 0)?;
        Ok(Self { file, path, data_len: 0, folder: FolderEntry::New })
    }

    /// Appends interleaved samples; where it fails, the next call writes to the same place again.
    pub(crate) fn append(&mut self, moments: &[[u8; 2]]) -> io::Result<()> {
        let bytes = moments.as_flattened();
        self.file.write_all_at(bytes, HEADER_LEN as u64 + self.data_len)?;
        self.data_len += bytes.len() as u64;
        Ok(())
    }

    /// Brings the sizes in the header up to date and everything to the disk.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        let data_len = u32::try_from(self.data_len).unwrap_or(u32::MAX);
        self.file.write_all_at(&wav::header(data_len), 0)?;
        self.file.sync_data()?;
        if self.folder == FolderEntry::New {
            self.sync_folder()?;
            self.folder = FolderEntry::OnDisk;
        }
        Ok(())
    }

    /// Closes the file for good: header, file and folder on disk, and the hash of what stands there.
    pub(crate) fn finish(mut self) -> io::Result<RecoveredWav> {
        let size_bytes = HEADER_LEN as u64 + self.data_len;
        // A failed append may have left bytes behind the last whole one.
        self.file.set_len(size_bytes)?;
        self.sync()?;
        self.file.sync_all()?;
        let duration_ms = self.data_len / FRAME_LEN * 1_000 / u64::from(wav::RATE_HZ);
        Ok(RecoveredWav { size_bytes, duration_ms, sha256: sha256(&self.path)? })
    }

    fn sync_folder(&self) -> io::Result<()> {
        match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
            Some(_) | None => Ok(()),
        }
    }
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
    }
    let digits = b"0123456789abcdef";
    let hex = |half: u8| char::from(digits[usize::from(half & 0x0f)]);
    Ok(hash.finalize().iter().flat_map(|byte| [hex(byte >> 4), hex(*byte)]).collect())
}
