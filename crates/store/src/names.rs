//! How the words of the model stand in columns: uuids, outcomes, sides and days as text, both ways.

use jiff::civil::Date;
use otklik_model::{HangupSide, LineMode, Outcome, PromiseKind, PromiseOutcome, TryResult, UtcMs};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use crate::error::StoreError;

pub(crate) fn uuid(id: Uuid) -> Value {
    Value::from(id.to_string())
}

pub(crate) fn uuid_or_null(id: Option<Uuid>) -> Value {
    Value::from(id.map(|id| id.to_string()))
}

pub(crate) fn day(day: Date) -> Value {
    Value::from(day.to_string())
}

pub(crate) fn read_uuid(row: &QueryResult, column: &str) -> Result<Uuid, StoreError> {
    let text: String = row.try_get("", column)?;
    Uuid::parse_str(&text).map_err(|_| StoreError::corrupt(column))
}

pub(crate) fn read_uuid_or_none(row: &QueryResult, column: &str) -> Result<Option<Uuid>, StoreError> {
    let text: Option<String> = row.try_get("", column)?;
    text.map(|text| Uuid::parse_str(&text).map_err(|_| StoreError::corrupt(column))).transpose()
}

pub(crate) fn read_day(row: &QueryResult, column: &str) -> Result<Date, StoreError> {
    let text: String = row.try_get("", column)?;
    text.parse().map_err(|_| StoreError::corrupt(column))
}

pub(crate) fn read_at(row: &QueryResult, column: &str) -> Result<UtcMs, StoreError> {
    Ok(UtcMs(row.try_get("", column)?))
}

pub(crate) fn read_at_or_none(row: &QueryResult, column: &str) -> Result<Option<UtcMs>, StoreError> {
    let at: Option<i64> = row.try_get("", column)?;
    Ok(at.map(UtcMs))
}

/// The outcome of its two columns; nothing where the first is empty.
pub(crate) fn read_outcome(row: &QueryResult) -> Result<Option<Outcome>, StoreError> {
    let name: Option<String> = row.try_get("", "outcome")?;
    let stage: Option<String> = row.try_get("", "stage")?;
    let Some(name) = name else { return Ok(None) };
    let found = Outcome::ALL.into_iter().find(|o| o.name() == name && o.stage() == stage.as_deref());
    found.map(Some).ok_or_else(|| StoreError::corrupt("outcome"))
}

pub(crate) fn read_side(row: &QueryResult) -> Result<Option<HangupSide>, StoreError> {
    const ALL: [HangupSide; 4] = [HangupSide::Caller, HangupSide::Specialist, HangupSide::Trunk, HangupSide::Centre];
    let name: Option<String> = row.try_get("", "side")?;
    let Some(name) = name else { return Ok(None) };
    let found = ALL.into_iter().find(|side| side.name() == name);
    found.map(Some).ok_or_else(|| StoreError::corrupt("side"))
}

pub(crate) fn read_promise_kind(row: &QueryResult, column: &str) -> Result<PromiseKind, StoreError> {
    let name: String = row.try_get("", column)?;
    let found = PromiseKind::ALL.into_iter().find(|kind| kind.name() == name);
    found.ok_or_else(|| StoreError::corrupt("kind"))
}

pub(crate) fn read_line_mode(row: &QueryResult) -> Result<LineMode, StoreError> {
    let name: String = row.try_get("", "mode")?;
    let found = [LineMode::Open, LineMode::Closed, LineMode::Calendar].into_iter().find(|mode| mode.name() == name);
    found.ok_or_else(|| StoreError::corrupt("mode"))
}

pub(crate) fn read_try_result(row: &QueryResult, column: &str) -> Result<Option<TryResult>, StoreError> {
    let name: Option<String> = row.try_get("", column)?;
    let Some(name) = name else { return Ok(None) };
    let found = TryResult::ALL.into_iter().find(|result| result.name() == name);
    found.map(Some).ok_or_else(|| StoreError::corrupt(column))
}

pub(crate) fn read_promise_outcome(row: &QueryResult, column: &str) -> Result<Option<PromiseOutcome>, StoreError> {
    let name: Option<String> = row.try_get("", column)?;
    let Some(name) = name else { return Ok(None) };
    let found = PromiseOutcome::ALL.into_iter().find(|outcome| outcome.name() == name);
    found.map(Some).ok_or_else(|| StoreError::corrupt(column))
}
