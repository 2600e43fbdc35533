//! The disk of the recordings: measured again and again, cleared of what is over its time, and, when it is filled down
//! to its floor, kept from new recordings. Low work: nothing waits for it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::Context;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use otklik_centre::keeping::{Disk, growth_bytes_per_day};
use otklik_engine::EngineHandle;
use otklik_model::UtcMs;
use otklik_store::Store;
use otklik_web::{App, KeepingRules, Measured, Start};

/// How often it is looked how much is free.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Looks between two counts of the whole folder, with the clearing: ten minutes.
const LOOKS_PER_COUNT: u32 = 120;
/// Days over which growth is averaged.
const DAYS: i64 = 14;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Whoever keeps the recordings.
pub(crate) struct Keeper {
    app: App,
    engine: EngineHandle,
    store: Arc<Store>,
    folder: PathBuf,
    rules: KeepingRules,
    zone: TimeZone,
}

/// What a count of the folder showed.
#[derive(Debug, Clone, Copy, Default)]
struct Folder {
    used_bytes: u64,
    count: u64,
    oldest_at: Option<UtcMs>,
}

/// What was recorded of late.
#[derive(Debug, Clone, Copy, Default)]
struct Growth {
    recorded_ms: u64,
    days: u64,
}

impl Keeper {
    pub(crate) fn of(app: &App, engine: &EngineHandle, store: &Arc<Store>, start: &Start) -> Self {
        Self {
            app: app.clone(),
            engine: engine.clone(),
            store: Arc::clone(store),
            folder: start.recordings.clone(),
            rules: start.keeping.clone(),
            zone: start.zone.clone(),
        }
    }

    /// Measures once, so that the first call finds the disk judged, and goes on for as long as the process lives.
    pub(crate) async fn start(self) {
        let mut allowed = true;
        self.look(Folder::default(), Growth::default(), &mut allowed).await;
        tokio::spawn(self.run(allowed));
    }

    async fn run(self, mut allowed: bool) {
        let (mut folder, mut growth) = (Folder::default(), Growth::default());
        let mut tick = tokio::time::interval(LOOK_EVERY);
        let mut looks = 0_u32;
        loop {
            tick.tick().await;
            if looks.is_multiple_of(LOOKS_PER_COUNT) {
                if let Err(error) = self.clear().await {
                    tracing::error!(%error, "recordings that are over their time were not all deleted");
                }
                folder = self.count().await;
                growth = self.growth().await.unwrap_or(growth);
            }
            looks = looks.wrapping_add(1);
            self.look(folder, growth, &mut allowed).await;
        }
    }

    /// Judges the disk and tells the engine where that has changed.
    async fn look(&self, folder: Folder, growth: Growth, allowed: &mut bool) {
        let (total_bytes, free_bytes) = match space(&self.folder) {
            Ok(space) => space,
            Err(error) => return tracing::error!(%error, "the disk of the recordings cannot be measured"),
        };
        let growth_bytes_per_day = growth_bytes_per_day(growth.recorded_ms, growth.days);
        let disk = Disk { total_bytes, free_bytes, floor_bytes: self.rules.floor_bytes, growth_bytes_per_day };
        let now_allowed = self.app.take_measure(Measured {
            at: self.now(),
            disk,
            used_bytes: folder.used_bytes,
            count: folder.count,
            oldest_at: folder.oldest_at,
            recorded_ms: growth.recorded_ms,
            recorded_days: growth.days,
        });
        if now_allowed == *allowed {
            return;
        }
        *allowed = now_allowed;
        self.engine.allow_recording(now_allowed).await;
        if now_allowed {
            tracing::info!(free_bytes, "talks are recorded again");
        } else {
            tracing::error!(free_bytes, "the disk is filled down to its floor: talks go on and are not recorded");
        }
    }

    fn now(&self) -> UtcMs {
        self.engine.clock().now().civil
    }

    /// Length of what was recorded in the last days, over the days since the first of it.
    async fn growth(&self) -> Option<Growth> {
        let today = self.now().timestamp().to_zoned_datetime(self.zone.clone()).date();
        let since = today.checked_sub((DAYS - 1).days()).ok()?;
        match self.store.recorded_since(since).await {
            Ok(recorded) => {
                let first = recorded.first_day.unwrap_or(today);
                let days = today.since(first).map_or(0, |span| span.get_days()).unsigned_abs() + 1;
                Some(Growth { recorded_ms: recorded.duration_ms, days: u64::from(days) })
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "what was recorded of late was not read");
                None
            }
        }
    }

    async fn count(&self) -> Folder {
        let path = self.folder.clone();
        let counted = tokio::task::spawn_blocking(move || {
            let mut folder = Folder::default();
            count(&path, &mut folder).map(|()| folder)
        });
        match counted.await {
            Ok(Ok(folder)) => folder,
            Ok(Err(error)) => {
                tracing::error!(%error, "the recordings cannot be counted");
                Folder::default()
            }
            Err(_) => Folder::default(),
        }
    }

    /// Marks what is over its time, then deletes the files of what is marked: also those of a round that was cut short.
    async fn clear(&self) -> anyhow::Result<()> {
        let now = self.now();
        for (line, days) in self.app.keep_days().into_iter().filter(|(_, days)| *days > 0) {
            let before = now.plus_ms(-DAY_MS * i64::from(days));
            while self.store.expire_recordings(&line, before, now).await? > 0 {}
        }
        loop {
            let files = self.store.files_to_delete().await?;
            if files.is_empty() {
                return Ok(());
            }
            for recording in files {
                let path = Path::new(&recording.file);
                let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
                anyhow::ensure!(is_inside, "a recording's path leads out of its folder");
                delete(&self.folder.join(path)).with_context(|| recording.file.clone())?;
                self.store.file_is_gone(recording.call).await?;
                metrics::counter!("recordings_expired_total").increment(1);
            }
        }
    }
}

fn delete(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }?;
    // The folder of a day goes with its last recording; while there is another one this is refused.
    path.parent().map(fs::remove_dir);
    Ok(())
}

/// Size of the file system and what we may still write on it, bytes. The folder itself may not be there yet.
fn space(folder: &Path) -> anyhow::Result<(u64, u64)> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let space = rustix::fs::statvfs(there)?;
    Ok((space.f_blocks.saturating_mul(space.f_frsize), space.f_bavail.saturating_mul(space.f_frsize)))
}

fn count(path: &Path, folder: &mut Folder) -> io::Result<()> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        // What goes meanwhile is not counted.
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() {
            count(&entry.path(), folder)?;
        } else {
            folder.count += 1;
            folder.used_bytes += about.len();
            let written = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let written = written.and_then(|at| i64::try_from(at.as_millis()).ok()).map(UtcMs);
            folder.oldest_at = [folder.oldest_at, written].into_iter().flatten().min();
        }
    }
    Ok(())
}
