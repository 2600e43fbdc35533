//! The journal: appending facts with all that they move, and reading them in pages. Facts are never changed here.

use otklik_model::{Envelope, Personal, PhoneNumber, SubjectId};
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::appeals::draft;
use crate::epoch;
use crate::error::StoreError;
use crate::open::Store;
use crate::tables::{self, Moved, Outbox};
use crate::{body, names, promises, sql, subjects};

/// The part of the journal that a single node leads.
pub(crate) const PARTITION: u16 = 0;

/// Facts read at a time.
pub(crate) const PAGE: i64 = 5_000;

/// Facts that become durable together, with the numbers behind subjects that are new in them.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The facts, in order.
    pub envelopes: Vec<Envelope>,
    /// Numbers of subjects that the journal did not know before.
    pub subjects: Vec<(SubjectId, Personal<PhoneNumber>)>,
    /// What somebody wrote to facts of this batch about promises, by the place of the fact.
    pub notes: Vec<(u64, Personal<String>)>,
}

impl Store {
    /// Appends facts and moves everything that is derived from them, in one transaction: when this returns, all of it
    /// is on disk; where it fails, none of it is.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] where another process leads meanwhile (stop binding at once), [`StoreError::Gap`] where
    /// the facts do not follow the journal's last, else what the database said.
    pub async fn append(&self, batch: &Batch) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let epoch = epoch::hold(&txn, self.epoch()).await?;
        let mut next = last_seq(&txn).await? + 1;
        for (subject, phone) in &batch.subjects {
            subjects::insert(&txn, *subject, phone).await?;
        }
        for envelope in &batch.envelopes {
            check(envelope, epoch, next)?;
            next += 1;
            insert(&txn, envelope).await?;
            if let Moved::Repeated = tables::move_by(&txn, envelope, self.zone(), Outbox::Fill).await? {
                self.count_repeated(envelope);
            }
            draft::follow(&txn, envelope, self.zone()).await?;
        }
        promises::insert_notes(&txn, batch).await?;
        Ok(txn.commit().await?)
    }

    /// Place of the journal's last fact; 0 while it is empty. Read by the connection that writes, so that a commit of
    /// unknown fate is known.
    ///
    /// # Errors
    /// What the database said.
    pub async fn last_seq(&self) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let seq = last_seq(&txn).await?;
        txn.commit().await?;
        Ok(seq)
    }
}

fn check(envelope: &Envelope, epoch: u64, next: u64) -> Result<(), StoreError> {
    if envelope.partition != PARTITION {
        return Err(StoreError::OtherPartition { found: envelope.partition });
    }
    if envelope.epoch != epoch {
        return Err(StoreError::Fenced { ours: envelope.epoch, stored: epoch });
    }
    if envelope.seq != next {
        return Err(StoreError::Gap { expected: next, found: envelope.seq });
    }
    Ok(())
}

/// Place of the last fact; 0 in an empty journal.
pub(crate) async fn last_seq<C: ConnectionTrait>(conn: &C) -> Result<u64, StoreError> {
    let sql = "SELECT COALESCE(MAX(seq), 0) AS seq FROM journal WHERE partition = $1";
    let row = sql::one(conn, sql, vec![Value::from(i64::from(PARTITION))]).await?;
    row.map_or(Ok(0), |row| sql::unsigned(&row, "seq"))
}

/// The next facts behind a place, at most [`PAGE`].
pub(crate) async fn page<C: ConnectionTrait>(conn: &C, after: u64) -> Result<Vec<Envelope>, StoreError> {
    let sql = "SELECT partition, seq, epoch, at_ms, kind, version, body FROM journal \
               WHERE partition = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    let values = vec![Value::from(i64::from(PARTITION)), sql::big(after), Value::from(PAGE)];
    sql::all(conn, sql, values).await?.iter().map(body::envelope).collect()
}

async fn insert<C: ConnectionTrait>(conn: &C, envelope: &Envelope) -> Result<(), StoreError> {
    let sql = "INSERT INTO journal (partition, seq, epoch, at_ms, kind, version, call_id, body) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        Value::from(i64::from(envelope.partition)),
        sql::big(envelope.seq),
        sql::big(envelope.epoch),
        Value::from(envelope.at.0),
        Value::from(envelope.fact.kind()),
        Value::from(i64::from(envelope.fact.version())),
        names::uuid_or_null(envelope.fact.call().map(|call| call.0)),
        Value::from(body::encode(&envelope.fact)?),
    ];
    let done: Result<u64, DbErr> = sql::execute(conn, sql, values).await;
    done.map(|_| ()).map_err(StoreError::from)
}
