//! What we owe: the open promises, those due first.

use otklik_model::{CallId, LineId, Personal, PhoneNumber, PromiseId, PromiseKind, UtcMs};
use sea_orm::{QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql, subjects};

/// A promise with whom we owe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// The promise.
    pub id: PromiseId,
    /// The call that caused it.
    pub call: CallId,
    /// The line of that call.
    pub line: Option<LineId>,
    /// The number; nothing where it is withheld or erased.
    pub phone: Option<Personal<PhoneNumber>>,
    /// What we owe.
    pub kind: PromiseKind,
    /// By when.
    pub due_at: UtcMs,
    /// Since when.
    pub made_at: UtcMs,
}

impl Store {
    /// The open promises (as yet none can be closed), by due time; `after` is the last of the page before; at most
    /// `limit`, which is held to 1..=200.
    ///
    /// # Errors
    /// What the database said.
    pub async fn promises_open(
        &self,
        limit: u64,
        after: Option<(UtcMs, PromiseId)>,
    ) -> Result<Vec<PromiseRow>, StoreError> {
        let limit = sql::big(limit.clamp(1, 200));
        let (sql, values) = match after {
            None => (format!("{SELECT} ORDER BY p.due_at, p.id LIMIT $1"), vec![limit]),
            Some((due_at, id)) => (
                format!("{SELECT} WHERE (p.due_at, p.id) > ($2, $3) ORDER BY p.due_at, p.id LIMIT $1"),
                vec![limit, Value::from(due_at.0), names::uuid(id.0)],
            ),
        };
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }
}

const SELECT: &str = "SELECT p.id, p.call_id, c.line, s.phone, p.kind, p.due_at, p.made_at FROM promises p \
                      LEFT JOIN calls c ON c.id = p.call_id LEFT JOIN subjects s ON s.id = p.subject";

fn read(row: &QueryResult) -> Result<PromiseRow, StoreError> {
    let line: Option<String> = row.try_get("", "line")?;
    Ok(PromiseRow {
        id: PromiseId(names::read_uuid(row, "id")?),
        call: CallId(names::read_uuid(row, "call_id")?),
        line: line.map(LineId),
        phone: subjects::read_phone(row)?,
        kind: names::read_promise_kind(row, "kind")?,
        due_at: names::read_at(row, "due_at")?,
        made_at: names::read_at(row, "made_at")?,
    })
}
