//! Which alarms somebody has seen. An alarm itself is a state that is computed, never stored.

use std::collections::BTreeMap;

use otklik_model::{AgentId, UtcMs};
use sea_orm::{QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql};

/// Alarms that are remembered as seen; of older ones the oldest are forgotten.
const KEPT: i64 = 500;

/// That somebody saw an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Since when the alarm stood that was seen: another one of the same name is a new one.
    pub since: UtcMs,
    /// How bad it was then.
    pub weight: i64,
    /// Who saw it.
    pub who: AgentId,
    /// When.
    pub at: UtcMs,
}

impl Store {
    /// What was seen, by the names of the alarms.
    ///
    /// # Errors
    /// What the database said.
    pub async fn alarms_seen(&self) -> Result<BTreeMap<String, Seen>, StoreError> {
        let sql = "SELECT alarm, since, weight, who, seen_at FROM alarms_seen ORDER BY seen_at DESC LIMIT $1";
        let rows = sql::all(self.read(), sql, vec![Value::from(KEPT)]).await?;
        let read = |row: &QueryResult| {
            let (alarm, who): (String, String) = (row.try_get("", "alarm")?, row.try_get("", "who")?);
            let seen = Seen {
                since: names::read_at(row, "since")?,
                weight: row.try_get("", "weight")?,
                who: AgentId(who),
                at: names::read_at(row, "seen_at")?,
            };
            Ok((alarm, seen))
        };
        rows.iter().map(read).collect()
    }

    /// Remembers that somebody saw an alarm, with a line in the audit.
    ///
    /// # Errors
    /// What the database said.
    pub async fn see_alarm(&self, alarm: &str, seen: &Seen) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "INSERT INTO alarms_seen (alarm, since, weight, who, seen_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (alarm) DO UPDATE SET since = excluded.since, weight = excluded.weight, \
                   who = excluded.who, seen_at = excluded.seen_at";
        let values = vec![
            Value::from(alarm),
            Value::from(seen.since.0),
            Value::from(seen.weight),
            Value::from(seen.who.as_str()),
            Value::from(seen.at.0),
        ];
        sql::execute(&txn, sql, values).await?;
        let sql = "DELETE FROM alarms_seen WHERE alarm NOT IN \
                   (SELECT alarm FROM alarms_seen ORDER BY seen_at DESC, alarm LIMIT $1)";
        sql::execute(&txn, sql, vec![Value::from(KEPT)]).await?;
        audit(&txn, seen.at, seen.who.as_str(), "alarm_seen", alarm).await?;
        Ok(txn.commit().await?)
    }

    /// Writes a line of the audit for a change that is a fact of the journal or lives in memory only.
    ///
    /// # Errors
    /// What the database said.
    pub async fn note(&self, now: UtcMs, who: &AgentId, what: &str, target: &str) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        audit(&txn, now, who.as_str(), what, target).await?;
        Ok(txn.commit().await?)
    }
}
