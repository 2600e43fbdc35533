//! How the disk of the recordings stands, for who sets the centre up and for who leads it. Measured elsewhere; here it is
//! kept, told and turned into alarms.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use otklik_centre::keeping::{Disk, DiskState};
use otklik_model::{CallId, LineId, UtcMs};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calls;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{HoldRecordings, May, SeeCentre};
use crate::state::App;

/// What recordings leave free; how long they stay is each line's own to say ([`App::keep_days`]).
#[derive(Debug, Clone, Default)]
pub struct KeepingRules {
    /// What must stay free on the disk, bytes.
    pub floor_bytes: u64,
}

/// What was measured at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// When.
    pub at: UtcMs,
    /// The disk.
    pub disk: Disk,
    /// Bytes in the recordings folder.
    pub used_bytes: u64,
    /// Files in it.
    pub count: u64,
    /// When the oldest of them was last written to.
    pub oldest_at: Option<UtcMs>,
    /// Length of all talks recorded in the last days, and how many days these are.
    pub recorded_ms: u64,
    /// Days that the length is of.
    pub recorded_days: u64,
}

/// What was measured last, and since when it stands so.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeping(Arc<Mutex<Option<(Measured, UtcMs)>>>);

impl Keeping {
    fn last(&self) -> Option<(Measured, UtcMs)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Days that recordings of each line stay, as it stands now; 0 = for ever.
    pub fn keep_days(&self) -> Vec<(LineId, u32)> {
        self.lines().iter().map(|line| (line.id.clone(), line.keep_days)).collect()
    }

    /// Takes what was measured, for pages, alarms and metrics; says whether recordings may begin.
    pub fn take_measure(&self, measured: Measured) -> bool {
        let state = measured.disk.state();
        let mut last = self.0.keeping.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = last.filter(|(before, _)| before.disk.state() == state).map_or(measured.at, |(_, since)| since);
        *last = Some((measured, since));
        count(&measured);
        state != DiskState::Floor
    }
}

/// How the disk is and since when, where that is an alarm.
pub(crate) fn alarm(app: &App) -> Option<(DiskState, UtcMs)> {
    let (measured, since) = app.0.keeping.last()?;
    let state = measured.disk.state();
    (state != DiskState::Ok).then_some((state, since))
}

/// The disk and the recordings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KeepingNow {
    /// When it was measured; nothing before the first measure.
    measured_at: Option<i64>,
    /// `ok`, `low` (under two weeks or a tenth) or `floor` (recordings do not begin).
    state: &'static str,
    /// Since when it is so.
    since: Option<i64>,
    total_bytes: u64,
    free_bytes: u64,
    floor_bytes: u64,
    /// Bytes of the recordings.
    used_bytes: u64,
    /// Recordings on the disk.
    count: u64,
    /// When the oldest was made.
    oldest_at: Option<i64>,
    /// Recorded on a mean day of late, seconds.
    recorded_s_per_day: u64,
    /// What that takes, bytes a day (16,000 a second).
    growth_bytes_per_day: u64,
    /// Whole days until the floor is reached; nothing where the disk does not fill.
    days_left: Option<u64>,
    lines: Vec<LineKeeping>,
}

/// How long recordings of a line stay.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LineKeeping {
    id: String,
    name: String,
    /// Days; 0 = for ever.
    keep_days: u32,
}

/// The disk of the recordings, what a day adds to it, and how long recordings stay.
#[utoipa::path(get, operation_id = "getKeeping", path = "/api/keeping",
    responses((status = 200, body = KeepingNow), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn now(State(app): State<App>, _: May<SeeCentre>) -> Json<KeepingNow> {
    let start = &app.0.start;
    let known = app.lines();
    let lines = known.iter().map(|line| LineKeeping {
        id: line.id.to_string(),
        name: line.name.clone(),
        keep_days: line.keep_days,
    });
    let last = app.0.keeping.last();
    let (measured, disk) = (last.map(|(measured, _)| measured), last.map(|(measured, _)| measured.disk));
    Json(KeepingNow {
        measured_at: measured.map(|measured| measured.at.0),
        state: disk.map_or(DiskState::Ok, |disk| disk.state()).name(),
        since: last.map(|(_, since)| since.0),
        total_bytes: disk.map_or(0, |disk| disk.total_bytes),
        free_bytes: disk.map_or(0, |disk| disk.free_bytes),
        floor_bytes: start.keeping.floor_bytes,
        used_bytes: measured.map_or(0, |measured| measured.used_bytes),
        count: measured.map_or(0, |measured| measured.count),
        oldest_at: measured.and_then(|measured| measured.oldest_at).map(|at| at.0),
        recorded_s_per_day: measured.map_or(0, |measured| measured.recorded_ms / 1_000 / measured.recorded_days.max(1)),
        growth_bytes_per_day: disk.map_or(0, |disk| disk.growth_bytes_per_day),
        days_left: disk.and_then(|disk| disk.days_left()),
        lines: lines.collect(),
    })
}

/// Whether a recording is kept beyond its time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hold {
    held: bool,
}

/// Keeps a recording beyond its time, or no longer.
#[utoipa::path(put, operation_id = "holdRecording", path = "/api/calls/{id}/recording/hold", request_body = Hold,
    params(("id" = String, Path, format = Uuid)),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 410, body = Problem)))]
pub(crate) async fn hold(
    State(app): State<App>,
    may: May<HoldRecordings>,
    Path(id): Path<String>,
    Json(hold): Json<Hold>,
) -> Result<StatusCode, Problem> {
    let call = calls::find(&app, &id).await?;
    if call.recording_deleted_at.is_some() {
        return Err(Problem::new(StatusCode::GONE, "recording_deleted"));
    }
    if call.recording.is_none() {
        return Err(Problem::not_found("no_recording"));
    }
    let id: CallId = call.id;
    app.0.store.hold_recording(id, hold.held, &may.person.id, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; a byte more or less in 2^53 is nothing")]
fn count(measured: &Measured) {
    let disk = &measured.disk;
    metrics::gauge!("recordings_bytes").set(measured.used_bytes as f64);
    metrics::gauge!("recordings_files").set(measured.count as f64);
    metrics::gauge!("recordings_disk_free_bytes").set(disk.free_bytes as f64);
    metrics::gauge!("recordings_disk_total_bytes").set(disk.total_bytes as f64);
    metrics::gauge!("recordings_growth_bytes_per_day").set(disk.growth_bytes_per_day as f64);
    metrics::gauge!("recordings_days_left").set(disk.days_left().map_or(f64::INFINITY, |days| days as f64));
    metrics::gauge!("recordings_allowed").set(if disk.state() == DiskState::Floor { 0.0 } else { 1.0 });
}
