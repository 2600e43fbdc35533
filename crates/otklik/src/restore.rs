//! `restore DIR --data NEW`: a data folder of a backup. Every file is checked while it is copied; the database gets its
//! name last, so that half a restore is never taken for a centre; then all of it is verified.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};

use crate::backup::files::{self, Seen};
use crate::backup::manifest::{self, MANIFEST, Manifest};
use crate::backup::{DATABASE, LIST};
use crate::cli::{DataFlags, RestoreFlags};
use crate::place;
use crate::report;
use crate::serve::RECORDINGS;
use crate::words::Words;

/// Faults that are told one by one.
const TOLD: usize = 20;

/// Makes a data folder of a backup.
#[expect(clippy::print_stderr, reason = "progress of a command")]
pub(crate) async fn restore(flags: &RestoreFlags) -> anyhow::Result<ExitCode> {
    let words = Words::of_environment();
    let (dir, data) = (&flags.dir, &flags.data);
    let Some(manifest) = Manifest::read(dir)? else { bail!("{} holds no backup", dir.display()) };
    let is_free = !data.exists() || data.is_dir() && fs::read_dir(data)?.next().is_none();
    ensure!(is_free, "{} is not empty: give a new folder", data.display());
    place::private(data).with_context(|| format!("{} cannot be made", data.display()))?;
    if let Err(error) = fill(&manifest, dir, data) {
        // The folder was empty: what is in it is ours. What cannot be removed is told by the next try.
        fs::remove_dir_all(data).ok();
        return Err(error);
    }
    let values = [("made_at", manifest.made_at.clone()), ("count", manifest.recordings.to_string())];
    eprintln!("{}", words.say("restore-done", values));
    let place = DataFlags { data: Some(data.clone()), database: None };
    report::verify_restored(&place, manifest.has_recordings).await
}

fn fill(manifest: &Manifest, dir: &Path, data: &Path) -> anyhow::Result<()> {
    let state = dir.join(manifest::state_name(manifest.number));
    for entry in &manifest.files {
        let path = manifest::inside(&entry.path)?;
        let wanted = Seen { size_bytes: entry.size_bytes, sha256: entry.sha256.clone() };
        ensure!(files::see(&state.join(&path)).context(entry.path.clone())? == wanted, "{}: damaged", entry.path);
        let target = match entry.path.as_str() {
            LIST => continue,
            DATABASE => data.join("otklik.db.restored"),
            _ => data.join(&path),
        };
        ensure!(files::copy(&state.join(&path), &target)? == wanted, "{}: damaged", entry.path);
    }
    if manifest.has_recordings {
        recordings(&state.join(LIST), &dir.join(RECORDINGS), &data.join(RECORDINGS))?;
    }
    let database = data.join("otklik.db.restored");
    ensure!(database.is_file(), "{MANIFEST} names no database");
    fs::rename(database, data.join(DATABASE))?;
    Ok(File::open(data)?.sync_all()?)
}

fn recordings(list: &Path, from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut faults = Vec::new();
    for line in BufReader::new(File::open(list)?).lines() {
        let line = line?;
        let mut words = line.splitn(3, "  ");
        let (Some(sha256), Some(size), Some(file)) = (words.next(), words.next(), words.next()) else {
            bail!("{LIST}: not as it was written");
        };
        let wanted = Seen { size_bytes: size.parse().context(LIST)?, sha256: sha256.to_owned() };
        let path = manifest::inside(file)?;
        let source = from.join(&path);
        if !source.is_file() {
            faults.push(format!("{file}: missing"));
        } else if files::copy_if(&source, &to.join(&path), |seen| *seen == wanted)? != wanted {
            faults.push(format!("{file}: damaged"));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let told = faults.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
    bail!("{} recordings of the backup are not as they were: {told}", faults.len());
}
