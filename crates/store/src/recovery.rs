//! Snapshots, and finding back to the newest state from one: the newest snapshot that can be used, then the tail.

use otklik_centre::ledger::Ledger;
use otklik_model::UtcMs;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::{epoch, journal, sql};

/// Version of the snapshot's body: raise it with any change of `Ledger`; older ones are then passed over.
const SNAPSHOT_VERSION: i64 = 2;

/// Snapshots that are kept.
const KEPT: i64 = 3;

/// What a start finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The sum of all facts.
    pub ledger: Ledger,
    /// Place of the last fact; 0 in an empty journal.
    pub last_seq: u64,
    /// Time of the last fact; no later one may be older.
    pub last_at: UtcMs,
    /// The epoch that leads.
    pub epoch: u64,
    /// Facts that the ledger found impossible and passed over; more than zero is an alarm.
    pub faults: u64,
}

impl Store {
    /// Reads the newest state: snapshot and tail, or the whole journal where no snapshot can be used. Begin the epoch
    /// first, so that no older leader writes any more.
    ///
    /// # Errors
    /// [`StoreError::UnknownKind`] where the journal was written by a newer program, which alone may lead.
    pub async fn recover(&self) -> Result<Recovery, StoreError> {
        let read = self.read();
        let end = journal::last_seq(read).await?;
        let mut ledger = newest_snapshot(read, end).await?.unwrap_or_default();
        let mut faults = 0;
        loop {
            let page = journal::page(read, ledger.last_seq()).await?;
            if page.is_empty() {
                break;
            }
            for envelope in &page {
                if let Err(fault) = ledger.apply(envelope) {
                    faults += 1;
                    tracing::error!(%fault, "the journal holds an impossible fact");
                }
            }
        }
        let (last_seq, last_at) = (ledger.last_seq(), ledger.last_at());
        Ok(Recovery { ledger, last_seq, last_at, epoch: epoch::stored(read).await?, faults })
    }

    /// Stores the ledger as a snapshot and drops all but the newest three. Its facts must be in the journal.
    ///
    /// # Errors
    /// [`StoreError::Fenced`], [`StoreError::SnapshotAhead`], or what the database said.
    pub async fn snapshot(&self, ledger: &Ledger) -> Result<(), StoreError> {
        let body = serde_json::to_string(ledger).map_err(|_| StoreError::corrupt("snapshot"))?;
        let txn = self.begin().await?;
        epoch::hold(&txn, self.epoch()).await?;
        let (snapshot, journal) = (ledger.last_seq(), journal::last_seq(&txn).await?);
        if snapshot > journal {
            return Err(StoreError::SnapshotAhead { snapshot, journal });
        }
        let sql = "INSERT INTO snapshots (seq, version, body) VALUES ($1, $2, $3) \
                   ON CONFLICT (seq) DO UPDATE SET version = excluded.version, body = excluded.body";
        let values = vec![sql::big(snapshot), Value::from(SNAPSHOT_VERSION), Value::from(body)];
        sql::execute(&txn, sql, values).await?;
        let sql = "DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT $1)";
        sql::execute(&txn, sql, vec![Value::from(KEPT)]).await?;
        Ok(txn.commit().await?)
    }
}

/// Every snapshot of this version with its place; nothing in the stead of one that cannot be read.
pub(crate) async fn snapshots<C: ConnectionTrait>(conn: &C) -> Result<Vec<(u64, Option<Ledger>)>, StoreError> {
    let sql = "SELECT seq, body FROM snapshots WHERE version = $1 ORDER BY seq";
    let rows = sql::all(conn, sql, vec![Value::from(SNAPSHOT_VERSION)]).await?;
    let read = |row: &QueryResult| {
        let body: String = row.try_get("", "body")?;
        Ok((sql::unsigned(row, "seq")?, serde_json::from_str(&body).ok()))
    };
    rows.iter().map(read).collect()
}

/// The newest snapshot of this version that can be read and is not ahead of the journal.
async fn newest_snapshot<C: ConnectionTrait>(conn: &C, end: u64) -> Result<Option<Ledger>, StoreError> {
    let sql = "SELECT seq, body FROM snapshots WHERE version = $1 AND seq <= $2 ORDER BY seq DESC LIMIT $3";
    let rows = sql::all(conn, sql, vec![Value::from(SNAPSHOT_VERSION), sql::big(end), Value::from(KEPT)]).await?;
    for row in rows {
        let body: String = row.try_get("", "body")?;
        let seq = sql::unsigned(&row, "seq")?;
        match serde_json::from_str::<Ledger>(&body) {
            Ok(ledger) if ledger.last_seq() == seq => return Ok(Some(ledger)),
            Ok(_) | Err(_) => tracing::warn!(seq, "a snapshot cannot be used"),
        }
    }
    Ok(None)
}
