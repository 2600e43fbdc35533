//! People: invitations, switched-off people, devices, browsers that are known, and what a session tells of itself.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0004_people", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[
    "ALTER TABLE people ADD COLUMN disabled_at BIGINT",
    "ALTER TABLE sessions ADD COLUMN browser TEXT",
    // One open invitation a person: a new one replaces the old.
    "CREATE TABLE invitations (
        person TEXT NOT NULL PRIMARY KEY REFERENCES people (id), token_hash TEXT NOT NULL UNIQUE,
        created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)",
    // Browsers in which somebody signed in before: they keep a budget of attempts of their own.
    "CREATE TABLE browsers (
        token_hash TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), seen_at BIGINT NOT NULL)",
    "CREATE INDEX browsers_person ON browsers (person, seen_at)",
    "CREATE TABLE devices (
        person TEXT NOT NULL PRIMARY KEY REFERENCES people (id), kind TEXT NOT NULL, address TEXT,
        version BIGINT NOT NULL)",
];
