//! The body of a fact in the journal: self-describing JSON, with its kind and version in columns beside it.
//! `testdata/facts.jsonl` holds the golden bytes; a kind is only ever added, never changed.

use otklik_model::{Envelope, Fact, UtcMs};
use sea_orm::QueryResult;

use crate::error::StoreError;
use crate::sql;

#[cfg(test)]
mod tests;

/// Every kind that this program can read, with the newest version of its body.
const KINDS: [(&str, i64); 21] = [
    ("centre_started", 1),
    ("call_accepted", 1),
    ("call_queued", 1),
    ("call_offered", 1),
    ("offer_ended", 1),
    ("call_joined", 1),
    ("specialist_lost", 1),
    ("call_ended", 1),
    ("promise_made", 1),
    ("promise_taken", 1),
    ("promise_released", 1),
    ("promise_tried", 1),
    ("promise_closed", 1),
    ("agent_changed", 1),
    ("recording_closed", 1),
    ("recording_stopped", 1),
    ("recording_refused", 1),
    ("line_mode_changed", 1),
    ("message_started", 1),
    ("message_spoken", 1),
    ("number_given", 1),
];

/// The bytes of a fact.
pub(crate) fn encode(fact: &Fact) -> Result<String, StoreError> {
    serde_json::to_string(fact).map_err(|_| StoreError::corrupt(fact.kind()))
}

/// The fact of a body.
pub(crate) fn decode(seq: u64, kind: &str, version: i64, body: &str) -> Result<Fact, StoreError> {
    let known = KINDS.iter().any(|(name, newest)| *name == kind && (1..=*newest).contains(&version));
    if !known {
        return Err(StoreError::UnknownKind { seq, kind: kind.to_owned(), version });
    }
    let fact: Fact = serde_json::from_str(body).map_err(|_| StoreError::corrupt(format!("fact {seq}")))?;
    if fact.kind() == kind { Ok(fact) } else { Err(StoreError::corrupt(format!("kind of fact {seq}"))) }
}

/// The envelope of a row with the columns partition, seq, epoch, `at_ms`, kind, version, body.
pub(crate) fn envelope(row: &QueryResult) -> Result<Envelope, StoreError> {
    let seq = sql::unsigned(row, "seq")?;
    let kind: String = row.try_get("", "kind")?;
    let body: String = row.try_get("", "body")?;
    Ok(Envelope {
        partition: u16::try_from(sql::unsigned(row, "partition")?).map_err(|_| StoreError::corrupt("partition"))?,
        seq,
        epoch: sql::unsigned(row, "epoch")?,
        at: UtcMs(row.try_get("", "at_ms")?),
        fact: decode(seq, &kind, row.try_get("", "version")?, &body)?,
    })
}
