//! The first tables: journal and outbox, what is derived from them, personal data beside it, people and sessions.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0001_first", statements: STATEMENTS };

/// Times are BIGINT milliseconds of UTC, days TEXT as in ISO 8601, ids TEXT.
const STATEMENTS: &[&str] = &[
    // The truth.
    "CREATE TABLE journal (
        partition BIGINT NOT NULL, seq BIGINT NOT NULL, epoch BIGINT NOT NULL, at_ms BIGINT NOT NULL,
        kind TEXT NOT NULL, version BIGINT NOT NULL, call_id TEXT, body TEXT NOT NULL,
        PRIMARY KEY (partition, seq))",
    "CREATE INDEX journal_call ON journal (call_id)",
    "CREATE TABLE outbox (
        partition BIGINT NOT NULL, seq BIGINT NOT NULL, n BIGINT NOT NULL, topic TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (partition, seq, n))",
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE snapshots (seq BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL)",
    // Personal data: erasable without touching the journal.
    "CREATE TABLE subjects (id TEXT NOT NULL PRIMARY KEY, phone TEXT NOT NULL UNIQUE)",
    // Derived from the journal in the same transaction.
    "CREATE TABLE calls (
        id TEXT NOT NULL PRIMARY KEY, line TEXT NOT NULL, subject TEXT, started_at BIGINT NOT NULL,
        local_day TEXT NOT NULL, queued_at BIGINT, answered_at BIGINT, ended_at BIGINT, agent TEXT, recording TEXT,
        offers BIGINT NOT NULL, outcome TEXT, last_seq BIGINT NOT NULL)",
    "CREATE INDEX calls_newest ON calls (started_at, id)",
    "CREATE INDEX calls_day ON calls (local_day, started_at, id)",
    "CREATE INDEX calls_outcome ON calls (outcome, started_at, id)",
    "CREATE INDEX calls_day_outcome ON calls (local_day, outcome, started_at, id)",
    "CREATE TABLE outcomes (
        call_id TEXT NOT NULL PRIMARY KEY, outcome TEXT NOT NULL, stage TEXT, side TEXT NOT NULL,
        at_ms BIGINT NOT NULL, seq BIGINT NOT NULL)",
    "CREATE TABLE promises (
        id TEXT NOT NULL PRIMARY KEY, call_id TEXT NOT NULL, subject TEXT, kind TEXT NOT NULL,
        due_at BIGINT NOT NULL, made_at BIGINT NOT NULL)",
    "CREATE INDEX promises_due ON promises (due_at, id)",
    "CREATE INDEX promises_call ON promises (call_id)",
    "CREATE TABLE recordings (
        call_id TEXT NOT NULL PRIMARY KEY, file TEXT NOT NULL, size_bytes BIGINT NOT NULL,
        duration_ms BIGINT NOT NULL, sha256 TEXT NOT NULL, dropped_frames BIGINT NOT NULL)",
    "CREATE TABLE rollups (
        local_day TEXT NOT NULL, half_hour BIGINT NOT NULL, line TEXT NOT NULL, metric TEXT NOT NULL,
        n BIGINT NOT NULL, PRIMARY KEY (local_day, half_hour, line, metric))",
    "CREATE TABLE line_modes (line TEXT NOT NULL PRIMARY KEY, mode TEXT NOT NULL)",
    // Edited by people.
    "CREATE TABLE people (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, gender TEXT,
        password_hash TEXT NOT NULL, version BIGINT NOT NULL)",
    "CREATE TABLE sessions (
        token_hash TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id),
        created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL)",
    "CREATE INDEX sessions_person ON sessions (person)",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
    "CREATE TABLE audit (
        id TEXT NOT NULL PRIMARY KEY, at_ms BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        target TEXT NOT NULL)",
    "CREATE INDEX audit_newest ON audit (at_ms, id)",
];
