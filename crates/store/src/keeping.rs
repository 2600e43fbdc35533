//! How long recordings stay: what was recorded of late, what is over its time, what was deleted and when. The journal
//! goes on to say that a recording was made; here stands that its file is no longer kept.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use otklik_model::{AgentId, CallId, LineId, UtcMs};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql};

/// Recordings that are marked in one transaction.
const PAGE: u64 = 100;

/// What was recorded since some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Recordings.
    pub count: u64,
    /// Their length together.
    pub duration_ms: u64,
    /// The first day of them.
    pub first_day: Option<Date>,
}

/// A recording by its call and its path under the recordings folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// The call.
    pub call: CallId,
    /// The path.
    pub file: String,
    /// Size of the file.
    pub size_bytes: u64,
    /// SHA-256 of it, lower-case hex.
    pub sha256: String,
}

/// A recording that is kept longer than its line says: somebody holds it, or we owe the caller something for that call.
const KEPT_LONGER: &str = "EXISTS (SELECT 1 FROM recordings_held h WHERE h.call_id = c.id) \
                           OR EXISTS (SELECT 1 FROM promises p WHERE p.call_id = c.id AND p.state <> 'closed')";

const DELETED: &str = "EXISTS (SELECT 1 FROM recordings_deleted d WHERE d.call_id = c.id)";

const FILES: &str = "SELECT r.call_id, r.file, r.size_bytes, r.sha256 FROM recordings r";

impl Store {
    /// What was recorded from `since` on.
    ///
    /// # Errors
    /// What the database said.
    pub async fn recorded_since(&self, since: Date) -> Result<Recorded, StoreError> {
        let sql = "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(r.duration_ms), 0) AS BIGINT) AS ms, \
                   MIN(c.local_day) AS first_day FROM calls c JOIN recordings r ON r.call_id = c.id \
                   WHERE c.local_day >= $1";
        let Some(row) = sql::one(self.read(), sql, vec![names::day(since)]).await? else {
            return Ok(Recorded::default());
        };
        let first_day: Option<String> = row.try_get("", "first_day")?;
        let first_day = first_day.map(|day| day.parse().map_err(|_| StoreError::corrupt("local_day"))).transpose()?;
        Ok(Recorded { count: sql::unsigned(&row, "n")?, duration_ms: sql::unsigned(&row, "ms")?, first_day })
    }

    /// Marks recordings of a line whose talk was before `before` as deleted, oldest first, a page of them; each with a
    /// line of the audit. Never one that is held, that belongs to an open promise, or whose call goes on.
    ///
    /// # Errors
    /// What the database said.
    pub async fn expire_recordings(&self, line: &LineId, before: UtcMs, now: UtcMs) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let sql = format!(
            "{FILES} JOIN calls c ON c.id = r.call_id WHERE c.line = $1 AND c.started_at < $2 \
             AND c.ended_at IS NOT NULL AND NOT {DELETED} AND NOT ({KEPT_LONGER}) \
             ORDER BY c.started_at, c.id LIMIT $3"
        );
        let values = vec![Value::from(line.as_str()), Value::from(before.0), sql::big(PAGE)];
        let rows = sql::all(&txn, &sql, values).await?;
        for row in &rows {
            let expired = read(row)?;
            let sql = "INSERT INTO recordings_deleted (call_id, deleted_at, size_bytes, gone) VALUES ($1, $2, $3, 0)";
            let values = vec![names::uuid(expired.call.0), Value::from(now.0), sql::big(expired.size_bytes)];
            sql::execute(&txn, sql, values).await?;
            audit(&txn, now, "centre", "recording_expired", &expired.call.to_string()).await?;
        }
        txn.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Recordings that are marked as deleted and whose files may still be there, a page of them.
    ///
    /// # Errors
    /// What the database said.
    pub async fn files_to_delete(&self) -> Result<Vec<KeptFile>, StoreError> {
        let sql = format!("{FILES} JOIN recordings_deleted d ON d.call_id = r.call_id WHERE d.gone = 0 LIMIT $1");
        sql::all(self.read(), &sql, vec![sql::big(PAGE)]).await?.iter().map(read).collect()
    }

    /// Notes that the file of a deleted recording is gone.
    ///
    /// # Errors
    /// What the database said.
    pub async fn file_is_gone(&self, call: CallId) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        sql::execute(&txn, "UPDATE recordings_deleted SET gone = 1 WHERE call_id = $1", vec![names::uuid(call.0)])
            .await?;
        Ok(txn.commit().await?)
    }

    /// Keeps a call's recording beyond its time, or no longer.
    ///
    /// # Errors
    /// What the database said.
    pub async fn hold_recording(&self, call: CallId, hold: bool, who: &AgentId, now: UtcMs) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let (touched, what) = if hold {
            let sql = "INSERT INTO recordings_held (call_id, who, held_at) VALUES ($1, $2, $3) \
                       ON CONFLICT (call_id) DO NOTHING";
            let values = vec![names::uuid(call.0), Value::from(who.as_str()), Value::from(now.0)];
            (sql::execute(&txn, sql, values).await?, "recording_held")
        } else {
            let sql = "DELETE FROM recordings_held WHERE call_id = $1";
            (sql::execute(&txn, sql, vec![names::uuid(call.0)]).await?, "recording_released")
        };
        if touched > 0 {
            audit(&txn, now, who.as_str(), what, &call.to_string()).await?;
        }
        Ok(txn.commit().await?)
    }

    /// Recordings that are complete and not deleted, by call, behind `after`, at most a thousand.
    ///
    /// # Errors
    /// What the database said.
    pub async fn kept_recordings(&self, after: Option<CallId>) -> Result<Vec<KeptFile>, StoreError> {
        let after = after.map(|call| call.to_string()).unwrap_or_default();
        let sql = format!(
            "{FILES} WHERE r.call_id > $1 AND NOT EXISTS \
             (SELECT 1 FROM recordings_deleted d WHERE d.call_id = r.call_id) ORDER BY r.call_id LIMIT 1000"
        );
        sql::all(self.read(), &sql, vec![Value::from(after)]).await?.iter().map(read).collect()
    }

    /// Copies the whole database, as it is at one moment, into a new file, beside whoever writes.
    ///
    /// # Errors
    /// What the database said: also where the file exists already.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let path = file.to_str().ok_or_else(|| StoreError::corrupt("the path of the copy"))?;
        sql::execute(self.read(), "VACUUM INTO $1", vec![Value::from(path)]).await?;
        Ok(())
    }
}

/// The calls whose recordings were deleted, for `verify`.
pub(crate) async fn deleted<C: ConnectionTrait>(conn: &C) -> Result<BTreeSet<CallId>, StoreError> {
    let rows = sql::all(conn, "SELECT call_id FROM recordings_deleted", vec![]).await?;
    rows.iter().map(|row| names::read_uuid(row, "call_id").map(CallId)).collect()
}

fn read(row: &QueryResult) -> Result<KeptFile, StoreError> {
    Ok(KeptFile {
        call: CallId(names::read_uuid(row, "call_id")?),
        file: row.try_get("", "file")?,
        size_bytes: sql::unsigned(row, "size_bytes")?,
        sha256: row.try_get("", "sha256")?,
    })
}
