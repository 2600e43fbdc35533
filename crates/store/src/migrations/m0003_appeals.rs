//! Appeals, the topics and results that they are filled in from, and the persons who make them.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0003_appeals", statements: STATEMENTS };

/// Beginnings of words are looked for as ranges, so text is compared by its bytes (`BINARY`, in `PostgreSQL` `C`).
const STATEMENTS: &[&str] = &[
    // Edited by people.
    "CREATE TABLE topic_groups (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, place BIGINT NOT NULL, active BIGINT NOT NULL,
        version BIGINT NOT NULL)",
    "CREATE TABLE topics (
        id TEXT NOT NULL PRIMARY KEY, topic_group TEXT NOT NULL REFERENCES topic_groups (id), name TEXT NOT NULL,
        says TEXT NOT NULL, place BIGINT NOT NULL, active BIGINT NOT NULL, version BIGINT NOT NULL)",
    "CREATE INDEX topics_of_group ON topics (topic_group, place)",
    "CREATE TABLE appeal_results (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, place BIGINT NOT NULL, active BIGINT NOT NULL,
        version BIGINT NOT NULL)",
    "CREATE TABLE persons (
        id TEXT NOT NULL PRIMARY KEY, family_name TEXT NOT NULL, given_name TEXT NOT NULL, patronymic TEXT NOT NULL,
        birth_year BIGINT, note TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL, updated_by TEXT NOT NULL)",
    "CREATE TABLE person_words (
        word TEXT NOT NULL, person TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
        PRIMARY KEY (word, person))",
    "CREATE INDEX person_words_of_person ON person_words (person)",
    // A number is not a person: several may speak from one.
    "CREATE TABLE person_phones (
        subject TEXT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
        person TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE, last_at BIGINT NOT NULL,
        PRIMARY KEY (subject, person))",
    "CREATE INDEX person_phones_of_person ON person_phones (person, subject)",
    // One row a call, made with the fact that it rings at a desk, or by hand; never derived anew from the journal.
    "CREATE TABLE appeals (
        id TEXT NOT NULL PRIMARY KEY, call_id TEXT NOT NULL UNIQUE, subject TEXT, version BIGINT NOT NULL,
        status TEXT NOT NULL, kind TEXT NOT NULL, asked TEXT NOT NULL, answered TEXT NOT NULL,
        result TEXT REFERENCES appeal_results (id), speaker TEXT NOT NULL,
        speaker_person TEXT REFERENCES persons (id), for_whom TEXT NOT NULL,
        for_person TEXT REFERENCES persons (id), for_relation TEXT, dismissal TEXT, author TEXT,
        number TEXT UNIQUE, number_year BIGINT, number_n BIGINT, local_day TEXT NOT NULL,
        created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, updated_by TEXT, registered_at BIGINT)",
    "CREATE INDEX appeals_newest ON appeals (created_at, id)",
    "CREATE INDEX appeals_status ON appeals (status, created_at, id)",
    "CREATE INDEX appeals_author ON appeals (author, created_at, id)",
    "CREATE INDEX appeals_result ON appeals (result, created_at, id)",
    "CREATE INDEX appeals_subject ON appeals (subject, created_at, id)",
    "CREATE INDEX appeals_speaker ON appeals (speaker_person, created_at, id)",
    "CREATE INDEX appeals_beneficiary ON appeals (for_person, created_at, id)",
    "CREATE UNIQUE INDEX appeals_number ON appeals (number_n, number_year)",
    "CREATE TABLE appeal_topics (
        appeal TEXT NOT NULL REFERENCES appeals (id) ON DELETE CASCADE, place BIGINT NOT NULL,
        topic TEXT NOT NULL REFERENCES topics (id), PRIMARY KEY (appeal, place))",
    "CREATE INDEX appeal_topics_of_topic ON appeal_topics (topic, appeal)",
    // The text before each change of a filed appeal.
    "CREATE TABLE appeal_revisions (
        appeal TEXT NOT NULL REFERENCES appeals (id) ON DELETE CASCADE, version BIGINT NOT NULL,
        at_ms BIGINT NOT NULL, who TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (appeal, version))",
    // The last number that was given in a year.
    "CREATE TABLE appeal_numbers (number_year BIGINT NOT NULL PRIMARY KEY, last BIGINT NOT NULL)",
    // What is found: folded words, and digits of numbers, which go when the number goes.
    "CREATE TABLE appeal_words (
        word TEXT NOT NULL, appeal TEXT NOT NULL REFERENCES appeals (id) ON DELETE CASCADE,
        PRIMARY KEY (word, appeal))",
    "CREATE INDEX appeal_words_of_appeal ON appeal_words (appeal)",
    "CREATE TABLE subject_digits (
        digits TEXT NOT NULL, subject TEXT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
        PRIMARY KEY (digits, subject))",
    "CREATE INDEX subject_digits_of_subject ON subject_digits (subject)",
    "CREATE INDEX calls_of_subject ON calls (subject, started_at, id)",
    "CREATE INDEX promises_of_subject ON promises (subject, made_at, id)",
    "CREATE INDEX audit_of_target ON audit (target, at_ms, id)",
    // What an older program left: calls that were answered, and numbers that called.
    "INSERT INTO appeals (id, call_id, subject, version, status, kind, asked, answered, speaker, for_whom, author,
        local_day, created_at, updated_at)
        SELECT id, id, subject, 1, 'draft', 'consultation', '', '', 'unknown', 'self', agent, local_day, answered_at,
        answered_at FROM calls WHERE answered_at IS NOT NULL",
    "INSERT INTO subject_digits (digits, subject) SELECT REPLACE(phone, '+', ''), id FROM subjects",
    "INSERT INTO subject_digits (digits, subject)
        SELECT SUBSTR(phone, 3), id FROM subjects WHERE LENGTH(phone) = 12 AND SUBSTR(phone, 1, 1) = '+'",
    "INSERT INTO subject_digits (digits, subject)
        SELECT SUBSTR(phone, LENGTH(phone) - 6), id FROM subjects WHERE LENGTH(phone) > 8 ON CONFLICT DO NOTHING",
    "INSERT INTO subject_digits (digits, subject)
        SELECT SUBSTR(phone, LENGTH(phone) - 3), id FROM subjects WHERE LENGTH(phone) > 5 ON CONFLICT DO NOTHING",
];
