//! The epoch: who leads. It rises at each start; whoever writes under an older one is refused by the journal itself.

use sea_orm::{ConnectionTrait, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::sql;

impl Store {
    /// Begins to lead: raises the stored epoch by one and takes it for this store. Every other process that led is
    /// fenced from here on.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], or what the database said.
    pub async fn begin_epoch(&self) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let epoch = stored(&txn).await?.saturating_add(1);
        let sql = "INSERT INTO meta (key, value) VALUES ('epoch', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        sql::execute(&txn, sql, vec![Value::from(epoch.to_string())]).await?;
        txn.commit().await?;
        self.take_epoch(epoch);
        Ok(epoch)
    }
}

/// The epoch that leads; 0 where none ever did.
pub(crate) async fn stored<C: ConnectionTrait>(conn: &C) -> Result<u64, StoreError> {
    let row = sql::one(conn, "SELECT value FROM meta WHERE key = 'epoch'", vec![]).await?;
    let Some(row) = row else { return Ok(0) };
    let text: String = row.try_get("", "value")?;
    text.parse().map_err(|_| StoreError::corrupt("meta epoch"))
}

/// Gives our epoch where it is the one that leads.
pub(crate) async fn hold<C: ConnectionTrait>(conn: &C, ours: u64) -> Result<u64, StoreError> {
    let stored = stored(conn).await?;
    if ours == 0 || ours != stored { Err(StoreError::Fenced { ours, stored }) } else { Ok(ours) }
}
