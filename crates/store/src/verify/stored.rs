//! The tables as they are stored, row by row against the image that the journal makes.

use std::collections::BTreeMap;
use std::fmt::Debug;

use otklik_model::{AgentId, CallId, LineId, Outcome, PromiseId, RecordingClosed, SubjectId};
use sea_orm::{ConnectionTrait, QueryResult};

use super::image::{Call, Cell, Image};
use super::{FaultCode, Faults, owed};
use crate::changes::{OutcomeNew, PromiseNew};
use crate::error::StoreError;
use crate::{names, sql};

/// Compares every derived table.
pub(super) async fn compare<C: ConnectionTrait>(
    conn: &C,
    image: &Image,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    let rows = sql::all(conn, "SELECT * FROM calls", vec![]).await?;
    table("calls", &rows, call, &image.calls, faults);
    let rows = sql::all(conn, "SELECT * FROM outcomes", vec![]).await?;
    table("outcomes", &rows, outcome, &image.outcomes, faults);
    let rows = sql::all(conn, "SELECT * FROM promises", vec![]).await?;
    table("promises", &rows, promise, &image.promises, faults);
    let rows = sql::all(conn, "SELECT * FROM promise_tries", vec![]).await?;
    table("promise_tries", &rows, owed::attempt, &image.tries, faults);
    let rows = sql::all(conn, "SELECT * FROM recordings", vec![]).await?;
    table("recordings", &rows, recording, &image.recordings, faults);
    let rows = sql::all(conn, "SELECT * FROM rollups", vec![]).await?;
    table("rollups", &rows, cell, &image.cells, faults);
    let rows = sql::all(conn, "SELECT * FROM line_modes", vec![]).await?;
    table("line_modes", &rows, line_mode, &image.line_modes, faults);
    Ok(())
}

fn table<K: Ord + Debug, V: PartialEq>(
    name: &str,
    rows: &[QueryResult],
    read: fn(&QueryResult) -> Result<(K, V), StoreError>,
    image: &BTreeMap<K, V>,
    faults: &mut Faults,
) {
    let mut stored = BTreeMap::new();
    for row in rows {
        match read(row) {
            Ok((key, value)) => {
                stored.insert(key, value);
            }
            Err(error) => faults.add(FaultCode::TableDiffers, format!("{name}: a row cannot be read: {error}")),
        }
    }
    for (key, value) in image {
        match stored.get(key) {
            None => faults.add(FaultCode::TableDiffers, format!("{name}: {key:?} is missing")),
            Some(other) if other != value => {
                faults.add(FaultCode::TableDiffers, format!("{name}: {key:?} says other than the journal"));
            }
            Some(_) => {}
        }
    }
    for key in stored.keys().filter(|key| !image.contains_key(key)) {
        faults.add(FaultCode::TableDiffers, format!("{name}: {key:?} is not in the journal"));
    }
}

fn call(row: &QueryResult) -> Result<(CallId, Call), StoreError> {
    let (line, agent): (String, Option<String>) = (row.try_get("", "line")?, row.try_get("", "agent")?);
    let outcome: Option<String> = row.try_get("", "outcome")?;
    let outcome = match outcome {
        None => None,
        Some(name) => {
            let found = Outcome::ALL.into_iter().map(Outcome::name).find(|known| *known == name);
            Some(found.ok_or_else(|| StoreError::corrupt("outcome"))?)
        }
    };
    let call = Call {
        line: LineId(line),
        subject: names::read_uuid_or_none(row, "subject")?.map(SubjectId),
        started_at: names::read_at(row, "started_at")?,
        local_day: names::read_day(row, "local_day")?,
        queued_at: names::read_at_or_none(row, "queued_at")?,
        answered_at: names::read_at_or_none(row, "answered_at")?,
        ended_at: names::read_at_or_none(row, "ended_at")?,
        agent: agent.map(AgentId),
        recording: row.try_get("", "recording")?,
        offers: sql::unsigned(row, "offers")?,
        outcome,
        last_seq: sql::unsigned(row, "last_seq")?,
    };
    Ok((CallId(names::read_uuid(row, "id")?), call))
}

fn outcome(row: &QueryResult) -> Result<(CallId, OutcomeNew), StoreError> {
    let call = CallId(names::read_uuid(row, "call_id")?);
    let new = OutcomeNew {
        call,
        outcome: names::read_outcome(row)?.ok_or_else(|| StoreError::corrupt("outcome"))?,
        side: names::read_side(row)?.ok_or_else(|| StoreError::corrupt("side"))?,
        at: names::read_at(row, "at_ms")?,
        seq: sql::unsigned(row, "seq")?,
    };
    Ok((call, new))
}

fn promise(row: &QueryResult) -> Result<(PromiseId, owed::Promise), StoreError> {
    let promise = PromiseId(names::read_uuid(row, "id")?);
    let new = PromiseNew {
        promise,
        call: CallId(names::read_uuid(row, "call_id")?),
        subject: names::read_uuid_or_none(row, "subject")?.map(SubjectId),
        kind: names::read_promise_kind(row, "kind")?,
        due_at: names::read_at(row, "due_at")?,
        made_at: names::read_at(row, "made_at")?,
    };
    Ok((promise, owed::promise(row, new)?))
}

fn recording(row: &QueryResult) -> Result<(CallId, RecordingClosed), StoreError> {
    let call = CallId(names::read_uuid(row, "call_id")?);
    let closed = RecordingClosed {
        call,
        file: row.try_get("", "file")?,
        size_bytes: sql::unsigned(row, "size_bytes")?,
        duration_ms: sql::unsigned(row, "duration_ms")?,
        sha256: row.try_get("", "sha256")?,
        dropped_frames: sql::unsigned(row, "dropped_frames")?,
    };
    Ok((call, closed))
}

fn cell(row: &QueryResult) -> Result<(Cell, i64), StoreError> {
    let (line, metric): (String, String) = (row.try_get("", "line")?, row.try_get("", "metric")?);
    let half_hour = u8::try_from(sql::unsigned(row, "half_hour")?).map_err(|_| StoreError::corrupt("half_hour"))?;
    Ok(((names::read_day(row, "local_day")?, half_hour, LineId(line), metric), row.try_get("", "n")?))
}

fn line_mode(row: &QueryResult) -> Result<(LineId, otklik_model::LineMode), StoreError> {
    let line: String = row.try_get("", "line")?;
    Ok((LineId(line), names::read_line_mode(row)?))
}
