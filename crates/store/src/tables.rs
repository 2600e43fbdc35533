//! Carrying out the changes of facts in SQL, and deriving the tables anew from the journal.

use jiff::tz::TimeZone;
use otklik_centre::figures::Delta;
use otklik_model::{Envelope, RecordingClosed};
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::changes::{self, CallNew, Change, Once, OutcomeNew, PromiseNew};
use crate::error::StoreError;
use crate::{journal, names, promises, sql};

/// What carrying out the changes of one fact showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moved {
    /// All is well.
    Yes,
    /// The fact repeats what can be true once only; the tables stay as they were.
    Repeated,
}

/// Whether rows of the outbox are written: at an append, not when the tables are derived anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outbox {
    Fill,
    Leave,
}

/// Moves the tables by one fact.
pub(crate) async fn move_by<C: ConnectionTrait>(
    conn: &C,
    envelope: &Envelope,
    zone: &TimeZone,
    outbox: Outbox,
) -> Result<Moved, DbErr> {
    let changes = changes::of(envelope, zone);
    if let Moved::Repeated = begin(conn, changes.once).await? {
        return Ok(Moved::Repeated);
    }
    let mut n = 0;
    for change in changes.then {
        match change {
            Change::Event { topic, body } if outbox == Outbox::Fill => {
                event(conn, envelope, n, topic, body).await?;
                n += 1;
            }
            Change::Event { .. } => {}
            Change::Queued { .. }
            | Change::Offered { .. }
            | Change::Joined { .. }
            | Change::Take { .. }
            | Change::Subject { .. }
            | Change::Ended { .. }
            | Change::Seen { .. }
            | Change::Cell(_)
            | Change::Promise { .. }
            | Change::LineMode { .. } => carry_out(conn, change).await?,
        }
    }
    Ok(Moved::Yes)
}

/// Derives every table that is derived from the journal anew, page by page.
pub(crate) async fn rebuild<C: ConnectionTrait>(conn: &C, zone: &TimeZone) -> Result<(), StoreError> {
    for table in ["calls", "outcomes", "promises", "promise_tries", "recordings", "rollups", "line_modes"] {
        conn.execute_unprepared(&format!("DELETE FROM {table}")).await?;
    }
    let mut after = 0;
    loop {
        let page = journal::page(conn, after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.seq;
        for envelope in &page {
            move_by(conn, envelope, zone, Outbox::Leave).await?;
        }
    }
}

async fn begin<C: ConnectionTrait>(conn: &C, once: Once) -> Result<Moved, DbErr> {
    let inserted = match once {
        Once::Nothing => return Ok(Moved::Yes),
        Once::Call(new) => call(conn, new).await?,
        Once::Outcome(new) => outcome(conn, new).await?,
        Once::Promise(new) => promise(conn, new).await?,
        Once::Recording(closed) => recording(conn, closed).await?,
    };
    Ok(if inserted == 0 { Moved::Repeated } else { Moved::Yes })
}

async fn call<C: ConnectionTrait>(conn: &C, new: CallNew) -> Result<u64, DbErr> {
    let sql = "INSERT INTO calls (id, line, subject, started_at, local_day, offers, last_seq) \
               VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (id) DO NOTHING";
    let values = vec![
        names::uuid(new.call.0),
        Value::from(new.line.0),
        names::uuid_or_null(new.subject.map(|subject| subject.0)),
        Value::from(new.started_at.0),
        names::day(new.local_day),
        sql::big(new.seq),
    ];
    sql::execute(conn, sql, values).await
}

async fn outcome<C: ConnectionTrait>(conn: &C, new: OutcomeNew) -> Result<u64, DbErr> {
    let sql = "INSERT INTO outcomes (call_id, outcome, stage, side, at_ms, seq) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (call_id) DO NOTHING";
    let values = vec![
        names::uuid(new.call.0),
        Value::from(new.outcome.name()),
        Value::from(new.outcome.stage()),
        Value::from(new.side.name()),
        Value::from(new.at.0),
        sql::big(new.seq),
    ];
    sql::execute(conn, sql, values).await
}

async fn promise<C: ConnectionTrait>(conn: &C, new: PromiseNew) -> Result<u64, DbErr> {
    let sql = "INSERT INTO promises (id, call_id, subject, kind, due_at, made_at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (id) DO NOTHING";
    let values = vec![
        names::uuid(new.promise.0),
        names::uuid(new.call.0),
        names::uuid_or_null(new.subject.map(|subject| subject.0)),
        Value::from(new.kind.name()),
        Value::from(new.due_at.0),
        Value::from(new.made_at.0),
    ];
    sql::execute(conn, sql, values).await
}

async fn recording<C: ConnectionTrait>(conn: &C, closed: RecordingClosed) -> Result<u64, DbErr> {
    let sql = "INSERT INTO recordings (call_id, file, size_bytes, duration_ms, sha256, dropped_frames) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (call_id) DO NOTHING";
    let values = vec![
        names::uuid(closed.call.0),
        Value::from(closed.file),
        sql::big(closed.size_bytes),
        sql::big(closed.duration_ms),
        Value::from(closed.sha256),
        sql::big(closed.dropped_frames),
    ];
    sql::execute(conn, sql, values).await
}

async fn carry_out<C: ConnectionTrait>(conn: &C, change: Change) -> Result<(), DbErr> {
    let (sql, values) = match change {
        Change::Queued { call, at } => (
            "UPDATE calls SET queued_at = COALESCE(queued_at, $2) WHERE id = $1",
            vec![names::uuid(call.0), Value::from(at.0)],
        ),
        Change::Offered { call } => ("UPDATE calls SET offers = offers + 1 WHERE id = $1", vec![names::uuid(call.0)]),
        Change::Joined { call, at, agent, recording } => (
            "UPDATE calls SET answered_at = COALESCE(answered_at, $2), agent = $3, \
             recording = COALESCE($4, recording) WHERE id = $1",
            vec![names::uuid(call.0), Value::from(at.0), Value::from(agent.0), Value::from(recording)],
        ),
        Change::Take { call, file, words: true } => {
            ("UPDATE calls SET recording = $2 WHERE id = $1", vec![names::uuid(call.0), Value::from(file)])
        }
        Change::Take { call, file, words: false } => (
            "UPDATE calls SET recording = COALESCE(recording, $2) WHERE id = $1",
            vec![names::uuid(call.0), Value::from(file)],
        ),
        Change::Subject { call, subject } => {
            ("UPDATE calls SET subject = $2 WHERE id = $1", vec![names::uuid(call.0), names::uuid(subject.0)])
        }
        Change::Ended { call, at, outcome } => (
            "UPDATE calls SET ended_at = $2, outcome = $3 WHERE id = $1",
            vec![names::uuid(call.0), Value::from(at.0), Value::from(outcome.name())],
        ),
        Change::Seen { call, seq } => {
            ("UPDATE calls SET last_seq = $2 WHERE id = $1", vec![names::uuid(call.0), sql::big(seq)])
        }
        Change::Cell(delta) => return cell(conn, delta).await,
        Change::Promise { promise, at, seq, step } => return promises::step(conn, promise, at, seq, step).await,
        Change::LineMode { line, mode } => (
            "INSERT INTO line_modes (line, mode) VALUES ($1, $2) \
             ON CONFLICT (line) DO UPDATE SET mode = excluded.mode",
            vec![Value::from(line.0), Value::from(mode.name())],
        ),
        Change::Event { .. } => return Ok(()),
    };
    sql::execute(conn, sql, values).await.map(|_| ())
}

async fn cell<C: ConnectionTrait>(conn: &C, delta: Delta) -> Result<(), DbErr> {
    let sql = "INSERT INTO rollups (local_day, half_hour, line, metric, n) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (local_day, half_hour, line, metric) DO UPDATE SET n = rollups.n + excluded.n";
    let values = vec![
        names::day(delta.local_day),
        Value::from(i64::from(delta.half_hour)),
        Value::from(delta.line.0),
        Value::from(delta.metric.name()),
        Value::from(delta.add),
    ];
    sql::execute(conn, sql, values).await.map(|_| ())
}

async fn event<C: ConnectionTrait>(
    conn: &C,
    envelope: &Envelope,
    n: i64,
    topic: &str,
    body: String,
) -> Result<(), DbErr> {
    let sql = "INSERT INTO outbox (partition, seq, n, topic, body) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        Value::from(i64::from(envelope.partition)),
        sql::big(envelope.seq),
        Value::from(n),
        Value::from(topic),
        Value::from(body),
    ];
    sql::execute(conn, sql, values).await.map(|_| ())
}
