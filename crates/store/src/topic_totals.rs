//! Registered appeals by topic: a total that moves when an appeal is filed, so that nobody counts the history.

use std::collections::BTreeMap;

use jiff::civil::Date;
use otklik_model::AppealId;
use sea_orm::{ConnectionTrait, QueryResult};

use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql};

/// Counts an appeal under its main topic, in the transaction that gives it its number.
pub(crate) async fn count<C: ConnectionTrait>(conn: &C, appeal: AppealId, day: Date) -> Result<(), StoreError> {
    let sql = "INSERT INTO topic_totals (local_day, topic, n) \
               SELECT $2, topic, 1 FROM appeal_topics WHERE appeal = $1 AND place = \
               (SELECT MIN(place) FROM appeal_topics WHERE appeal = $1) \
               ON CONFLICT (local_day, topic) DO UPDATE SET n = topic_totals.n + 1";
    sql::execute(conn, sql, vec![names::uuid(appeal.0), names::day(day)]).await?;
    Ok(())
}

impl Store {
    /// Appeals that were registered up to a day and with it, by the name of their main topic's group.
    ///
    /// # Errors
    /// What the database said.
    pub async fn topic_totals(&self, until: Date) -> Result<BTreeMap<String, i64>, StoreError> {
        let sql = "SELECT g.name, CAST(SUM(t.n) AS BIGINT) AS n FROM topic_totals t \
                   JOIN topics p ON p.id = t.topic JOIN topic_groups g ON g.id = p.topic_group \
                   WHERE t.local_day <= $1 GROUP BY g.name";
        let rows = sql::all(self.read(), sql, vec![names::day(until)]).await?;
        let read = |row: &QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "n")?));
        rows.iter().map(read).collect()
    }
}
