//! What we owe: lists of promises by their state, one promise with its attempts, and the steps of its life in SQL.

use otklik_model::{
    AgentId, CallId, Envelope, Fact, LineId, Personal, PhoneNumber, PromiseId, PromiseKind, PromiseOutcome, SubjectId,
    TryResult, UtcMs,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use crate::calls::RecordingInfo;
use crate::changes::PromiseStep;
use crate::error::StoreError;
use crate::journal::Batch;
use crate::open::Store;
use crate::{calls, names, sql, subjects};

/// A promise with whom we owe it and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// The promise.
    pub id: PromiseId,
    /// The call that caused it.
    pub call: CallId,
    /// The line of that call.
    pub line: Option<LineId>,
    /// Whom we owe it; nothing where the number is withheld.
    pub subject: Option<SubjectId>,
    /// The number; nothing where it is withheld or erased.
    pub phone: Option<Personal<PhoneNumber>>,
    /// What we owe.
    pub kind: PromiseKind,
    /// By when.
    pub due_at: UtcMs,
    /// Since when.
    pub made_at: UtcMs,
    /// Who has taken it.
    pub owner: Option<AgentId>,
    /// When somebody last gave it back, or went off shift over it.
    pub released_at: Option<UtcMs>,
    /// Attempts made.
    pub attempts: u64,
    /// What came of the last one.
    pub last_result: Option<TryResult>,
    /// When the next one is due.
    pub next_try_at: Option<UtcMs>,
    /// When it was closed; nothing while it is open.
    pub closed_at: Option<UtcMs>,
    /// Who closed it.
    pub closed_by: Option<AgentId>,
    /// Its one outcome.
    pub outcome: Option<PromiseOutcome>,
    /// The answered call that shows it.
    pub proof: Option<CallId>,
    /// The recording of the call that caused it, once it is complete on disk.
    pub recording: Option<RecordingInfo>,
}

/// An attempt to keep a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseTry {
    /// When.
    pub at: UtcMs,
    /// Who.
    pub by: AgentId,
    /// What came of it.
    pub result: TryResult,
    /// In the specialist's words.
    pub note: Option<PromiseNote>,
}

/// What somebody wrote to a step of a promise.
pub type PromiseNote = Personal<String>;

/// Which promises a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum WhichPromises {
    /// Not closed, due first first.
    #[default]
    Open,
    /// Taken by this person.
    OwnedBy(AgentId),
    /// Not closed and taken by nobody.
    Free,
    /// Not closed and due before this moment.
    Overdue(UtcMs),
    /// Not closed and owed to this subject.
    OwedTo(SubjectId),
    /// Closed, newest first.
    Closed,
}

/// A list of promises.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PromisesQuery {
    /// Which.
    pub which: WhichPromises,
    /// Only of this kind.
    pub kind: Option<PromiseKind>,
    /// Only those behind this one (the last of the page before): by due time, of closed ones by the time of closing.
    pub after: Option<(UtcMs, PromiseId)>,
    /// How many at most; held to 1..=200.
    pub limit: u64,
}

/// How many promises are not closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PromiseCounts {
    /// In all.
    pub open: u64,
    /// Taken by the one who asks.
    pub mine: u64,
    /// Taken by nobody.
    pub free: u64,
    /// Past their time.
    pub overdue: u64,
}

const NOT_CLOSED: &str = "p.state <> 'closed'";

impl Store {
    /// The promises of a list.
    ///
    /// # Errors
    /// What the database said.
    pub async fn promises(&self, query: PromisesQuery) -> Result<Vec<PromiseRow>, StoreError> {
        let mut values = vec![sql::big(query.limit.clamp(1, 200))];
        let mut place = |value: Value| {
            values.push(value);
            values.len()
        };
        let closed = query.which == WhichPromises::Closed;
        let mut conditions = vec![match query.which {
            WhichPromises::Open => NOT_CLOSED.to_owned(),
            WhichPromises::OwnedBy(agent) => {
                format!("p.state = 'taken' AND p.owner = ${}", place(Value::from(agent.0)))
            }
            WhichPromises::Free => "p.state = 'open'".to_owned(),
            WhichPromises::Overdue(now) => format!("{NOT_CLOSED} AND p.due_at < ${}", place(Value::from(now.0))),
            WhichPromises::OwedTo(subject) => {
                format!("{NOT_CLOSED} AND p.subject = ${}", place(names::uuid(subject.0)))
            }
            WhichPromises::Closed => "p.state = 'closed'".to_owned(),
        }];
        if let Some(kind) = query.kind {
            conditions.push(format!("p.kind = ${}", place(Value::from(kind.name()))));
        }
        if let Some((at, id)) = query.after {
            let (at, id) = (place(Value::from(at.0)), place(names::uuid(id.0)));
            let key = if closed { "(p.closed_at, p.id) <" } else { "(p.due_at, p.id) >" };
            conditions.push(format!("{key} (${at}, ${id})"));
        }
        let order = if closed { "p.closed_at DESC, p.id DESC" } else { "p.due_at, p.id" };
        let sql = format!("{SELECT} WHERE {} ORDER BY {order} LIMIT $1", conditions.join(" AND "));
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }

    /// One promise.
    ///
    /// # Errors
    /// What the database said.
    pub async fn promise(&self, id: PromiseId) -> Result<Option<PromiseRow>, StoreError> {
        let sql = format!("{SELECT} WHERE p.id = $1");
        let row = sql::one(self.read(), &sql, vec![names::uuid(id.0)]).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// The attempts to keep a promise, oldest first, at most 100; and what was written when it was closed.
    ///
    /// # Errors
    /// What the database said.
    pub async fn promise_history(&self, id: PromiseId) -> Result<(Vec<PromiseTry>, Option<PromiseNote>), StoreError> {
        let sql = "SELECT t.at_ms, t.who, t.result, n.note FROM promise_tries t \
                   LEFT JOIN promise_notes n ON n.seq = t.seq WHERE t.promise = $1 ORDER BY t.seq LIMIT 100";
        let rows = sql::all(self.read(), sql, vec![names::uuid(id.0)]).await?;
        let tries = rows.iter().map(read_try).collect::<Result<_, _>>()?;
        let sql = "SELECT n.note FROM promises p JOIN promise_notes n ON n.seq = p.closed_seq WHERE p.id = $1";
        let row = sql::one(self.read(), sql, vec![names::uuid(id.0)]).await?;
        Ok((tries, row.map(|row| read_note(&row)).transpose()?.flatten()))
    }

    /// Answered calls of a subject since a moment, newest first, at most `limit`: the proofs of a promise.
    ///
    /// # Errors
    /// What the database said.
    pub async fn answered_since(
        &self,
        subject: SubjectId,
        since: UtcMs,
        limit: u64,
    ) -> Result<Vec<calls::CallRow>, StoreError> {
        let sql = format!(
            "{} WHERE c.subject = $1 AND c.answered_at >= $2 ORDER BY c.started_at DESC, c.id DESC LIMIT $3",
            calls::SELECT
        );
        let values = vec![names::uuid(subject.0), Value::from(since.0), sql::big(limit.clamp(1, 200))];
        sql::all(self.read(), &sql, values).await?.iter().map(calls::read).collect()
    }

    /// How many are not closed; `mine` are those of `me`.
    ///
    /// # Errors
    /// What the database said.
    pub async fn promise_counts(&self, me: &AgentId, now: UtcMs) -> Result<PromiseCounts, StoreError> {
        let sql = "SELECT COUNT(*) AS open, \
                   CAST(COALESCE(SUM(CASE WHEN p.owner = $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine, \
                   CAST(COALESCE(SUM(CASE WHEN p.state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) AS free, \
                   CAST(COALESCE(SUM(CASE WHEN p.due_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue \
                   FROM promises p WHERE p.state IN ('open', 'taken')";
        let row = sql::one(self.read(), sql, vec![Value::from(me.0.clone()), Value::from(now.0)]).await?;
        let Some(row) = row else { return Ok(PromiseCounts::default()) };
        Ok(PromiseCounts {
            open: sql::unsigned(&row, "open")?,
            mine: sql::unsigned(&row, "mine")?,
            free: sql::unsigned(&row, "free")?,
            overdue: sql::unsigned(&row, "overdue")?,
        })
    }
}

/// Carries out one step of a promise that is not closed.
pub(crate) async fn step<C: ConnectionTrait>(
    conn: &C,
    promise: PromiseId,
    at: UtcMs,
    seq: u64,
    step: PromiseStep,
) -> Result<(), DbErr> {
    let mut values = vec![names::uuid(promise.0)];
    let set = match step {
        PromiseStep::Taken { by } => {
            values.extend([Value::from(by.0), Value::from(at.0)]);
            "state = 'taken', owner = $2, taken_at = $3"
        }
        PromiseStep::Released => {
            values.push(Value::from(at.0));
            "state = 'open', owner = NULL, released_at = $2"
        }
        PromiseStep::Tried { by, result, next_try_at } => {
            let sql = "INSERT INTO promise_tries (seq, promise, at_ms, who, result) \
                       SELECT $1, $2, $3, $4, $5 FROM promises WHERE id = $2 AND state <> 'closed'";
            let tried = vec![
                sql::big(seq),
                names::uuid(promise.0),
                Value::from(at.0),
                Value::from(by.0),
                Value::from(result.name()),
            ];
            sql::execute(conn, sql, tried).await?;
            values.extend([Value::from(result.name()), Value::from(next_try_at.map(|at| at.0))]);
            "attempts = attempts + 1, last_result = $2, next_try_at = $3"
        }
        PromiseStep::Closed { by, outcome, proof } => {
            values.extend([
                Value::from(at.0),
                Value::from(by.0),
                sql::big(seq),
                Value::from(outcome.name()),
                names::uuid_or_null(proof.map(|call| call.0)),
            ]);
            "state = 'closed', closed_at = $2, closed_by = $3, closed_seq = $4, outcome = $5, proof = $6"
        }
    };
    let sql = format!("UPDATE promises SET {set} WHERE id = $1 AND state <> 'closed'");
    sql::execute(conn, &sql, values).await.map(|_| ())
}

/// Stores what was written to the facts of a batch, beside the journal.
pub(crate) async fn insert_notes<C: ConnectionTrait>(conn: &C, batch: &Batch) -> Result<(), DbErr> {
    for (seq, note) in &batch.notes {
        let fact =
            batch.envelopes.iter().find(|envelope| envelope.seq == *seq).map(|envelope: &Envelope| &envelope.fact);
        let Some(Fact::PromiseTried { promise, .. } | Fact::PromiseClosed { promise, .. }) = fact else {
            tracing::error!(seq, "a note stands at a fact that has none");
            continue;
        };
        let sql = "INSERT INTO promise_notes (seq, promise, note) VALUES ($1, $2, $3)";
        let values = vec![sql::big(*seq), names::uuid(promise.0), Value::from(note.reveal().as_str())];
        sql::execute(conn, sql, values).await?;
    }
    Ok(())
}

const SELECT: &str = "SELECT p.id, p.call_id, c.line, p.subject, s.phone, p.kind, p.due_at, p.made_at, p.owner, \
    p.released_at, p.attempts, p.last_result, p.next_try_at, p.closed_at, p.closed_by, \
    p.outcome AS promise_outcome, p.proof, r.file, r.size_bytes, r.duration_ms, r.sha256, r.dropped_frames \
    FROM promises p LEFT JOIN calls c ON c.id = p.call_id LEFT JOIN subjects s ON s.id = p.subject \
    LEFT JOIN recordings r ON r.call_id = p.call_id";

fn read(row: &QueryResult) -> Result<PromiseRow, StoreError> {
    let line: Option<String> = row.try_get("", "line")?;
    let (owner, closed_by): (Option<String>, Option<String>) =
        (row.try_get("", "owner")?, row.try_get("", "closed_by")?);
    Ok(PromiseRow {
        id: PromiseId(names::read_uuid(row, "id")?),
        call: CallId(names::read_uuid(row, "call_id")?),
        line: line.map(LineId),
        subject: names::read_uuid_or_none(row, "subject")?.map(SubjectId),
        phone: subjects::read_phone(row)?,
        kind: names::read_promise_kind(row, "kind")?,
        due_at: names::read_at(row, "due_at")?,
        made_at: names::read_at(row, "made_at")?,
        owner: owner.map(AgentId),
        released_at: names::read_at_or_none(row, "released_at")?,
        attempts: sql::unsigned(row, "attempts")?,
        last_result: names::read_try_result(row, "last_result")?,
        next_try_at: names::read_at_or_none(row, "next_try_at")?,
        closed_at: names::read_at_or_none(row, "closed_at")?,
        closed_by: closed_by.map(AgentId),
        outcome: names::read_promise_outcome(row, "promise_outcome")?,
        proof: names::read_uuid_or_none(row, "proof")?.map(CallId),
        recording: calls::read_recording(row)?,
    })
}

fn read_try(row: &QueryResult) -> Result<PromiseTry, StoreError> {
    let by: String = row.try_get("", "who")?;
    Ok(PromiseTry {
        at: names::read_at(row, "at_ms")?,
        by: AgentId(by),
        result: names::read_try_result(row, "result")?.ok_or_else(|| StoreError::corrupt("result"))?,
        note: read_note(row)?,
    })
}

fn read_note(row: &QueryResult) -> Result<Option<PromiseNote>, StoreError> {
    let note: Option<String> = row.try_get("", "note")?;
    Ok(note.map(Personal::new))
}
