//! `backup DIR`: a consistent copy of a centre, beside a running server. The database is copied as it is at one moment;
//! recordings are added that the copy names and the folder lacks. The manifest is renamed into place last: until then
//! the former backup holds, whatever happens.

pub(crate) mod files;
pub(crate) mod manifest;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::tz::TimeZone;
use otklik_engine::Clock;
use otklik_model::UtcMs;
use otklik_store::{KeptFile, Location, OpenMode, Store};

use crate::centre_file::CENTRE_FILE;
use crate::cli::BackupFlags;
use crate::place;
use crate::report;
use crate::serve::RECORDINGS;
use crate::words::Words;
use manifest::{Entry, FORMAT, MANIFEST, Manifest};

/// The file by which a folder is known as ours; it is locked while a backup is made.
const MARK: &str = "OTKLIK-BACKUP";
/// The database's name in a backup, and in the data folder that is made of it.
pub(crate) const DATABASE: &str = "otklik.db";
/// The list of the recordings: `SHA-256  SIZE  PATH`.
pub(crate) const LIST: &str = "recordings.txt";
/// Own prompts of the centre, where there are any.
const PROMPTS: &str = "prompts";
/// Exit code of a backup that was made and lacks something.
const LACKING: u8 = 3;
/// Faults that are told one by one.
const TOLD: usize = 20;
/// Recordings between two words of progress.
const PROGRESS: u64 = 500;

/// Makes a backup.
#[expect(clippy::print_stderr, reason = "progress and faults of a command")]
pub(crate) async fn backup(flags: &BackupFlags) -> anyhow::Result<ExitCode> {
    let words = Words::of_environment();
    let data = report::data(&flags.place)?;
    let store = report::open(&flags.place).await?;
    let (dir, _lock) = (&flags.dir, claim(&flags.dir)?);
    let number = Manifest::read(dir)?.map_or(1, |before| before.number + 1);
    let state = copy_state(&store, data, dir, number).await.context("the database was not copied")?;

    let (from, to) = (data.join(RECORDINGS), dir.join(RECORDINGS));
    let copied = if flags.without_recordings {
        File::create(state.join(LIST))?;
        Copied::default()
    } else {
        copy_recordings(&state, &from, &to, &words).await?
    };
    let made_at = Clock::start(UtcMs(0)).now().civil.rfc3339();
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        number,
        made_at,
        has_recordings: !flags.without_recordings,
        recordings: copied.names.len() as u64,
        recordings_bytes: copied.bytes,
        files: Vec::new(),
    };
    manifest.files = files::below(&state)?.into_iter().map(|path| Entry::of(&state, path)).collect::<Result<_, _>>()?;
    manifest.write(dir).context(MANIFEST)?;
    tidy(dir, number, &copied.names).context("what the former backup left was not tidied away")?;
    let values = [
        ("count", manifest.recordings.to_string()),
        ("new", copied.new.to_string()),
        ("megabytes", (manifest.recordings_bytes / 1_000_000).to_string()),
    ];
    eprintln!("{}", words.say("backup-done", values));
    copied.faults.iter().take(TOLD).for_each(|fault| eprintln!("{fault}"));
    if copied.faults.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", words.say("backup-faults", [("count", copied.faults.len().to_string())]));
    Ok(ExitCode::from(LACKING))
}

/// Takes a folder: an empty one, a new one, or one that holds a backup of ours. Nobody else may write there meanwhile.
fn claim(dir: &Path) -> anyhow::Result<File> {
    let shown = dir.display();
    place::private(dir).with_context(|| format!("{shown} cannot be made"))?;
    let mark = dir.join(MARK);
    if !mark.is_file() && fs::read_dir(dir).with_context(|| format!("{shown} cannot be read"))?.next().is_some() {
        bail!("{shown} holds something that is no backup of ours: give an empty folder");
    }
    let file = File::options().create(true).append(true).open(&mark);
    let file = file.with_context(|| format!("{shown} cannot be written to"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another backup is being made in {shown}"),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{shown} cannot be locked")),
    }
}

/// Copies everything but the recordings into a folder of this backup's own.
async fn copy_state(store: &Store, data: &Path, dir: &Path, number: u64) -> anyhow::Result<PathBuf> {
    let state = dir.join(manifest::state_name(number));
    if state.exists() {
        // A backup that was cut short left it; no manifest names it.
        fs::remove_dir_all(&state)?;
    }
    fs::create_dir(&state)?;
    store.copy_to(&state.join(DATABASE)).await?;
    File::open(state.join(DATABASE))?.sync_all()?;
    let own = [PathBuf::from(CENTRE_FILE)]
        .into_iter()
        .chain(files::below(&data.join(PROMPTS))?.into_iter().map(|path| Path::new(PROMPTS).join(path)));
    for path in own.filter(|path| data.join(path).is_file()) {
        files::copy(&data.join(&path), &state.join(&path))?;
    }
    Ok(state)
}

/// Adds the recordings that the copied database names, and lists them beside it.
#[expect(clippy::print_stderr, reason = "progress of a command")]
async fn copy_recordings(state: &Path, from: &Path, to: &Path, words: &Words) -> anyhow::Result<Copied> {
    let location = Location::Sqlite(state.join(DATABASE));
    // No local day is asked of the copy, so any zone will do.
    let store = Store::open(location, TimeZone::UTC, OpenMode::ReadOnly).await?;
    let (mut copied, mut after) = (Copied::default(), None);
    let mut listed = BufWriter::new(File::create(state.join(LIST))?);
    loop {
        let page = store.kept_recordings(after).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.call);
        for recording in &page {
            copied.take(recording, from, to, &mut listed)?;
            if copied.looked_at.is_multiple_of(PROGRESS) {
                eprintln!("{}", words.say("backup-progress", [("count", copied.looked_at.to_string())]));
            }
        }
    }
    store.close().await?;
    listed.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(copied)
}

/// What was done about the recordings.
#[derive(Default)]
struct Copied {
    looked_at: u64,
    new: u64,
    bytes: u64,
    /// Paths of what the backup holds.
    names: BTreeSet<PathBuf>,
    faults: Vec<String>,
}

impl Copied {
    /// Adds a recording. A file that is there already came whole under this name: its size tells whether it still is.
    fn take(&mut self, recording: &KeptFile, from: &Path, to: &Path, listed: &mut impl Write) -> anyhow::Result<()> {
        self.looked_at += 1;
        let name = manifest::inside(&recording.file)?;
        let target = to.join(&name);
        let is_there = fs::metadata(&target).is_ok_and(|file| file.len() == recording.size_bytes);
        if !is_there {
            let source = from.join(&name);
            if !source.is_file() {
                self.faults.push(format!("{}: no such file", recording.file));
                return Ok(());
            }
            // A disk that takes nothing ends the backup; a recording that has changed costs itself only.
            let entry = files::copy_if(&source, &target, |entry| entry.sha256 == recording.sha256)?;
            if entry.sha256 != recording.sha256 {
                self.faults.push(format!("{}: other content than when it was completed", recording.file));
                return Ok(());
            }
            self.new += 1;
        }
        writeln!(listed, "{}  {}  {}", recording.sha256, recording.size_bytes, recording.file)?;
        self.bytes += recording.size_bytes;
        self.names.insert(name);
        Ok(())
    }
}

/// Removes the states of former backups, and recordings that this one does not hold: their time was over.
fn tidy(dir: &Path, number: u64, kept: &BTreeSet<PathBuf>) -> anyhow::Result<()> {
    let holds = manifest::state_name(number);
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(manifest::STATE) && name.to_string_lossy() != holds {
            fs::remove_dir_all(entry.path())?;
        }
    }
    let recordings = dir.join(RECORDINGS);
    for path in files::below(&recordings)?.into_iter().filter(|path| !kept.contains(path)) {
        fs::remove_file(recordings.join(path))?;
    }
    Ok(())
}
