//! The life of a promise: taken, tried, closed.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0002_promises", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[
    // Derived from the journal.
    "ALTER TABLE promises ADD COLUMN state TEXT NOT NULL DEFAULT 'open'",
    "ALTER TABLE promises ADD COLUMN owner TEXT",
    "ALTER TABLE promises ADD COLUMN taken_at BIGINT",
    "ALTER TABLE promises ADD COLUMN released_at BIGINT",
    "ALTER TABLE promises ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE promises ADD COLUMN last_result TEXT",
    "ALTER TABLE promises ADD COLUMN next_try_at BIGINT",
    "ALTER TABLE promises ADD COLUMN closed_at BIGINT",
    "ALTER TABLE promises ADD COLUMN closed_by TEXT",
    "ALTER TABLE promises ADD COLUMN closed_seq BIGINT",
    "ALTER TABLE promises ADD COLUMN outcome TEXT",
    "ALTER TABLE promises ADD COLUMN proof TEXT",
    "CREATE INDEX promises_state ON promises (state, due_at, id)",
    "CREATE INDEX promises_owner ON promises (owner, due_at, id)",
    "CREATE INDEX promises_subject ON promises (subject, due_at, id)",
    "CREATE INDEX promises_closed ON promises (closed_at, id)",
    "CREATE TABLE promise_tries (
        seq BIGINT NOT NULL PRIMARY KEY, promise TEXT NOT NULL, at_ms BIGINT NOT NULL, who TEXT NOT NULL,
        result TEXT NOT NULL)",
    "CREATE INDEX promise_tries_promise ON promise_tries (promise, seq)",
    "CREATE INDEX calls_subject ON calls (subject, started_at, id)",
    // Personal data: what somebody wrote to a fact; erasable without touching the journal.
    "CREATE TABLE promise_notes (seq BIGINT NOT NULL PRIMARY KEY, promise TEXT NOT NULL, note TEXT NOT NULL)",
];
