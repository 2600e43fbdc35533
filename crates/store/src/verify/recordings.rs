//! The files of the recordings against what the journal says of them. Reads each to its end; writes nothing.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use otklik_model::RecordingClosed;
use sha2::{Digest, Sha256};

use super::{Fault, FaultCode, Faults, wav};
use crate::sessions::hex;

/// Checks every recording, one after another, away from the threads that serve.
pub(super) async fn check(folder: &Path, closed: Vec<RecordingClosed>, faults: &mut Faults) {
    let folder = folder.to_path_buf();
    let work = move || closed.iter().filter_map(|recording| one(&folder, recording)).collect::<Vec<_>>();
    match tokio::task::spawn_blocking(work).await {
        Ok(found) => found.into_iter().for_each(|fault| faults.add(fault.code, fault.text)),
        Err(error) => {
            faults.add(FaultCode::RecordingMissing, format!("the check of the recordings broke off: {error}"));
        }
    }
}

fn one(folder: &Path, recording: &RecordingClosed) -> Option<Fault> {
    let fault = |code, what: &str| Some(Fault { code, text: format!("recording {}: {what}", recording.file) });
    let Some(path) = inside(folder, &recording.file) else {
        return fault(FaultCode::RecordingMissing, "the path leads out of the recordings folder");
    };
    let Ok(mut file) = File::open(&path) else { return fault(FaultCode::RecordingMissing, "no such file") };
    let Ok(read) = read(&mut file) else { return fault(FaultCode::RecordingMissing, "the file cannot be read") };
    if read.size_bytes != recording.size_bytes {
        let what = format!("{} bytes, {} when it was completed", read.size_bytes, recording.size_bytes);
        return fault(FaultCode::RecordingChanged, &what);
    }
    if read.sha256 != recording.sha256 {
        return fault(FaultCode::RecordingChanged, "other content than when it was completed");
    }
    match wav::fits(&read.head, read.size_bytes, recording.duration_ms) {
        Ok(()) => None,
        Err(what) => fault(FaultCode::RecordingHeader, what),
    }
}

/// The path of a recording, where it stays under the folder.
fn inside(folder: &Path, file: &str) -> Option<PathBuf> {
    let file = Path::new(file);
    let plain = file.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    plain.then(|| folder.join(file))
}

struct Seen {
    size_bytes: u64,
    sha256: String,
    head: Vec<u8>,
}

fn read(file: &mut File) -> std::io::Result<Seen> {
    let mut hash = Sha256::new();
    let mut seen = Seen { size_bytes: 0, sha256: String::new(), head: Vec::new() };
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        seen.size_bytes += n as u64;
        let wanted = wav::HEAD_BYTES.saturating_sub(seen.head.len()).min(n);
        seen.head.extend_from_slice(&buffer[..wanted]);
    }
    seen.sha256 = hex(&hash.finalize());
    Ok(seen)
}
