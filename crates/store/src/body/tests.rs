//! Golden bytes: what was ever written can be read, and what is written now is written the same way.

use std::collections::BTreeSet;

use otklik_model::Fact;

use super::{KINDS, decode, encode};
use crate::error::StoreError;

const GOLDEN: &str = include_str!("../../testdata/facts.jsonl");

#[test]
fn golden_bytes_are_read_and_written_the_same() {
    let mut kinds = BTreeSet::new();
    for line in GOLDEN.lines() {
        let fact: Fact = serde_json::from_str(line).expect("a golden fact is read");
        assert_eq!(encode(&fact).expect("and written"), line);
        let decoded = decode(1, fact.kind(), i64::from(fact.version()), line);
        assert_eq!(decoded.expect("and read as from the journal"), fact);
        kinds.insert(fact.kind());
    }
    let known: BTreeSet<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, known, "each kind has golden bytes, and each golden kind is known");
}

#[test]
fn bodies_that_this_program_does_not_know_are_refused() {
    let line = GOLDEN.lines().next().expect("a golden fact");
    let fact: Fact = serde_json::from_str(line).expect("is read");
    let unknown = decode(7, "call_teleported", 1, line).map_err(|error| error.to_string());
    assert_eq!(
        unknown,
        Err("fact 7 is of kind call_teleported version 1, which this program does not know".to_owned())
    );
    assert!(matches!(decode(7, fact.kind(), 2, line), Err(StoreError::UnknownKind { version: 2, .. })));
    assert!(matches!(decode(7, fact.kind(), 1, "{}"), Err(StoreError::Corrupt { .. })));
    assert!(matches!(decode(7, "call_queued", 1, line), Err(StoreError::Corrupt { .. })));
}

#[test]
fn a_field_that_a_newer_program_added_does_no_harm() {
    let newer = r#"{"kind":"centre_started","program":"9.0.0","node":"voice-7"}"#;
    let fact = decode(1, "centre_started", 1, newer).expect("unknown fields are passed over");
    assert_eq!(fact, Fact::CentreStarted { program: "9.0.0".to_owned() });
}
