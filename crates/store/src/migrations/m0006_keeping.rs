//! Keeping: how long recordings stay and what was deleted.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0006_keeping", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[
    // What was deleted when its time was over; `gone` is 1 once its file is known to be gone.
    "CREATE TABLE recordings_deleted (
        call_id TEXT NOT NULL PRIMARY KEY, deleted_at BIGINT NOT NULL, size_bytes BIGINT NOT NULL, gone BIGINT NOT NULL)",
    "CREATE INDEX recordings_deleted_left ON recordings_deleted (gone)",
    // What somebody wants kept beyond its time.
    "CREATE TABLE recordings_held (call_id TEXT NOT NULL PRIMARY KEY, who TEXT NOT NULL, held_at BIGINT NOT NULL)",
    "CREATE INDEX calls_line ON calls (line, started_at, id)",
];
