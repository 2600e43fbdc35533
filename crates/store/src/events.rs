//! The outbox: what others may hear of the centre, in the order in which it became true, without personal data.

use sea_orm::Value;

use crate::error::StoreError;
use crate::open::Store;
use crate::sql;

/// One event of the outbox; (partition, seq, n) is its key for ever, and the reader's cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Part of the journal.
    pub partition: u16,
    /// Place of the fact that caused it.
    pub seq: u64,
    /// Counts the events of one fact.
    pub n: u32,
    /// What it is about: `call_ended` or `promise_made`.
    pub topic: String,
    /// JSON.
    pub body: String,
}

impl Store {
    /// The events behind a key, at most `limit`, which is held to 1..=1000.
    ///
    /// # Errors
    /// What the database said.
    pub async fn events(&self, after: (u16, u64, u32), limit: u64) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT partition, seq, n, topic, body FROM outbox WHERE (partition, seq, n) > ($1, $2, $3) \
                   ORDER BY partition, seq, n LIMIT $4";
        let values = vec![
            Value::from(i64::from(after.0)),
            sql::big(after.1),
            Value::from(i64::from(after.2)),
            sql::big(limit.clamp(1, 1_000)),
        ];
        let read = |row: &sea_orm::QueryResult| {
            Ok(Event {
                partition: u16::try_from(sql::unsigned(row, "partition")?)
                    .map_err(|_| StoreError::corrupt("partition"))?,
                seq: sql::unsigned(row, "seq")?,
                n: u32::try_from(sql::unsigned(row, "n")?).map_err(|_| StoreError::corrupt("n"))?,
                topic: row.try_get("", "topic")?,
                body: row.try_get("", "body")?,
            })
        };
        sql::all(self.read(), sql, values).await?.iter().map(read).collect()
    }
}
