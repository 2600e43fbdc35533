//! The list of calls, newest first for screens and oldest first for the command line, paged by key. Callers' numbers
//! come wrapped as personal data.

use jiff::civil::Date;
use otklik_model::{
    AgentId, CallId, Fact, HangupSide, LineId, Outcome, Personal, PhoneNumber, PromiseKind, RecordingClosed, SubjectId,
    UtcMs,
};
use sea_orm::{QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql, subjects};

use filter::Conditions;
pub use filter::Wanted;

pub(crate) mod filter;

/// Which calls to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallsQuery {
    /// Only calls older than this one (the last of the page before).
    pub before: Option<(UtcMs, CallId)>,
    /// How many at most; held to 1..=200.
    pub limit: u64,
    /// Only calls accepted on this local day.
    pub local_day: Option<Date>,
    /// Only calls of this outcome; every stage where it is `abandoned`.
    pub outcome: Option<Outcome>,
    /// Only calls from this number.
    pub subject: Option<SubjectId>,
    /// What else it is narrowed to.
    pub wanted: Wanted,
}

/// A call as the lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// The call.
    pub id: CallId,
    /// The line that was called.
    pub line: LineId,
    /// Who calls; nothing where the number is withheld.
    pub subject: Option<SubjectId>,
    /// Their number; nothing where it is withheld or erased.
    pub caller: Option<Personal<PhoneNumber>>,
    /// When it was accepted.
    pub started_at: UtcMs,
    /// The centre's local day of that.
    pub local_day: Date,
    /// When the caller first began to wait for a person.
    pub queued_at: Option<UtcMs>,
    /// When a person first spoke with the caller.
    pub answered_at: Option<UtcMs>,
    /// When it was over; nothing while it is open.
    pub ended_at: Option<UtcMs>,
    /// Who spoke last with the caller.
    pub agent: Option<AgentId>,
    /// How often it rang at a specialist's.
    pub offers: u64,
    /// Its one outcome; nothing while it is open.
    pub outcome: Option<Outcome>,
    /// Who hung up.
    pub side: Option<HangupSide>,
    /// What we owe the caller for it.
    pub promise: Option<PromiseInfo>,
    /// The number of its appeal, once that is filed.
    pub appeal: Option<String>,
    /// Path of the recording under the recordings folder, from the beginning of the talk on.
    pub recording: Option<String>,
    /// The recording, once it is complete on disk.
    pub recording_closed: Option<RecordingInfo>,
    /// When the recording's file was deleted, for its time was over.
    pub recording_deleted_at: Option<UtcMs>,
    /// Is the recording held beyond its time?
    pub recording_held: bool,
    /// Why the talk is not recorded though its line is, as `disk_floor`.
    pub not_recorded: Option<String>,
}

/// What a call left us to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseInfo {
    /// What we owe.
    pub kind: PromiseKind,
    /// By when.
    pub due_at: UtcMs,
    /// When it was closed; nothing while we owe it.
    pub closed_at: Option<UtcMs>,
}

/// A complete recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingInfo {
    /// Path under the recordings folder.
    pub file: String,
    /// Size of the file.
    pub size_bytes: u64,
    /// Length of the sound.
    pub duration_ms: u64,
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: String,
    /// Frames of 20 ms that a slow disk cost.
    pub dropped_frames: u64,
}

impl From<RecordingClosed> for RecordingInfo {
    fn from(closed: RecordingClosed) -> Self {
        let RecordingClosed { call: _, file, size_bytes, duration_ms, sha256, dropped_frames } = closed;
        Self { file, size_bytes, duration_ms, sha256, dropped_frames }
    }
}

impl Store {
    /// The calls, newest first, open ones included.
    ///
    /// # Errors
    /// What the database said.
    pub async fn calls(&self, query: CallsQuery) -> Result<Vec<CallRow>, StoreError> {
        let (filter, values) = Conditions::of(&query, sql::big(query.limit.clamp(1, 200))).into_sql();
        let sql = format!("{SELECT} {filter} ORDER BY c.started_at DESC, c.id DESC LIMIT $1");
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }

    /// How many calls the query means, whatever its page; counted up to `limit`.
    ///
    /// # Errors
    /// What the database said.
    pub async fn calls_count(&self, query: &CallsQuery, limit: u64) -> Result<u64, StoreError> {
        let (filter, values) = Conditions::of(query, sql::big(limit)).into_sql();
        let sql = format!(
            "SELECT COUNT(*) AS n FROM (SELECT c.id FROM calls c LEFT JOIN outcomes o ON o.call_id = c.id \
             LEFT JOIN recordings r ON r.call_id = c.id {filter} LIMIT $1) AS found"
        );
        let row = sql::one(self.read(), &sql, values).await?;
        row.map_or(Ok(0), |row| sql::unsigned(&row, "n"))
    }

    /// How the database would find the calls of a query: a line a step, for tests of the indexes.
    ///
    /// # Errors
    /// What the database said.
    pub async fn _internal_plan(&self, query: &CallsQuery) -> Result<Vec<String>, StoreError> {
        let (filter, values) = Conditions::of(query, sql::big(query.limit.clamp(1, 200))).into_sql();
        let sql = format!("EXPLAIN QUERY PLAN {SELECT} {filter} ORDER BY c.started_at DESC, c.id DESC LIMIT $1");
        let rows = sql::all(self.read(), &sql, values).await?;
        rows.iter().map(|row| Ok(row.try_get("", "detail")?)).collect()
    }

    /// One call.
    ///
    /// # Errors
    /// What the database said.
    pub async fn call(&self, id: CallId) -> Result<Option<CallRow>, StoreError> {
        let sql = format!("{SELECT} WHERE c.id = $1");
        let row = sql::one(self.read(), &sql, vec![names::uuid(id.0)]).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// The calls behind one, oldest first, at most `limit`, which is held to 1..=1000; nothing = from the first.
    ///
    /// # Errors
    /// What the database said.
    pub async fn calls_after(&self, after: Option<(UtcMs, CallId)>, limit: u64) -> Result<Vec<CallRow>, StoreError> {
        let (at, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (at.0, id.to_string()));
        let sql = format!("{SELECT} WHERE (c.started_at, c.id) > ($1, $2) ORDER BY c.started_at, c.id LIMIT $3");
        let values = vec![Value::from(at), Value::from(id), sql::big(limit.clamp(1, 1_000))];
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }

    /// Every call, oldest first, given to `visit` one by one; only a page is ever in memory.
    ///
    /// # Errors
    /// What the database or `visit` said.
    pub async fn each_call<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(CallRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = None;
        loop {
            let page = self.calls_after(after, 1_000).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some((last.started_at, last.id));
            for call in page {
                visit(call)?;
            }
        }
    }
}

pub(crate) const SELECT: &str = "SELECT c.id, c.line, c.subject, s.phone, c.started_at, c.local_day, c.queued_at, c.answered_at, \
    c.ended_at, c.agent, c.offers, o.outcome, o.stage, o.side, \
    p.kind AS promise_kind, p.due_at AS promise_due_at, p.closed_at AS promise_closed_at, a.number AS appeal, \
    c.recording, r.file, r.size_bytes, r.duration_ms, r.sha256, r.dropped_frames, \
    (SELECT d.deleted_at FROM recordings_deleted d WHERE d.call_id = c.id) AS deleted_at, \
    (SELECT h.held_at FROM recordings_held h WHERE h.call_id = c.id) AS held_at, \
    (SELECT MAX(j.body) FROM journal j WHERE j.call_id = c.id AND j.kind = 'recording_refused') AS refused \
    FROM calls c LEFT JOIN subjects s ON s.id = c.subject LEFT JOIN outcomes o ON o.call_id = c.id \
    LEFT JOIN recordings r ON r.call_id = c.id LEFT JOIN promises p ON p.id = c.id \
    LEFT JOIN appeals a ON a.call_id = c.id";

pub(crate) fn read(row: &QueryResult) -> Result<CallRow, StoreError> {
    let line: String = row.try_get("", "line")?;
    let agent: Option<String> = row.try_get("", "agent")?;
    Ok(CallRow {
        id: CallId(names::read_uuid(row, "id")?),
        line: LineId(line),
        subject: names::read_uuid_or_none(row, "subject")?.map(SubjectId),
        caller: subjects::read_phone(row)?,
        started_at: names::read_at(row, "started_at")?,
        local_day: names::read_day(row, "local_day")?,
        queued_at: names::read_at_or_none(row, "queued_at")?,
        answered_at: names::read_at_or_none(row, "answered_at")?,
        ended_at: names::read_at_or_none(row, "ended_at")?,
        agent: agent.map(AgentId),
        offers: sql::unsigned(row, "offers")?,
        outcome: names::read_outcome(row)?,
        side: names::read_side(row)?,
        promise: read_promise(row)?,
        appeal: row.try_get("", "appeal")?,
        recording: row.try_get("", "recording")?,
        recording_closed: read_recording(row)?,
        recording_deleted_at: names::read_at_or_none(row, "deleted_at")?,
        recording_held: names::read_at_or_none(row, "held_at")?.is_some(),
        not_recorded: read_refused(row)?,
    })
}

/// A promise that a call caused has the call's uuid, so there is at most one.
fn read_promise(row: &QueryResult) -> Result<Option<PromiseInfo>, StoreError> {
    let Some(due_at) = names::read_at_or_none(row, "promise_due_at")? else { return Ok(None) };
    let closed_at = names::read_at_or_none(row, "promise_closed_at")?;
    Ok(Some(PromiseInfo { kind: names::read_promise_kind(row, "promise_kind")?, due_at, closed_at }))
}

/// The reason stands in the journal only: it is rare, and no table need be derived for it.
fn read_refused(row: &QueryResult) -> Result<Option<String>, StoreError> {
    let body: Option<String> = row.try_get("", "refused")?;
    let Some(body) = body else { return Ok(None) };
    match serde_json::from_str(&body) {
        Ok(Fact::RecordingRefused { reason, .. }) => Ok(Some(reason.name().to_owned())),
        _ => Err(StoreError::corrupt("recording_refused")),
    }
}

pub(crate) fn read_recording(row: &QueryResult) -> Result<Option<RecordingInfo>, StoreError> {
    let file: Option<String> = row.try_get("", "file")?;
    let Some(file) = file else { return Ok(None) };
    Ok(Some(RecordingInfo {
        file,
        size_bytes: sql::unsigned(row, "size_bytes")?,
        duration_ms: sql::unsigned(row, "duration_ms")?,
        sha256: row.try_get("", "sha256")?,
        dropped_frames: sql::unsigned(row, "dropped_frames")?,
    }))
}
