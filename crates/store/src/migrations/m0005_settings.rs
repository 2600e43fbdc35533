//! Settings that people edit: one row a document, all earlier versions beside it, and the sounds that they name.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0005_settings", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[
    "CREATE TABLE settings (
        kind TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL,
        changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL, PRIMARY KEY (kind, id))",
    "CREATE TABLE settings_history (
        kind TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL,
        changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL, PRIMARY KEY (kind, id, version))",
    // A sound as the hex of its A-law bytes, kept once however often it is named.
    "CREATE TABLE sounds (sha256 TEXT NOT NULL PRIMARY KEY, alaw TEXT NOT NULL)",
];
