//! Setting the centre up: people, devices, lines, days, prompts, topics. For administrators. Every change is made on
//! the version that was read; a change on an older one is refused and told what stands there now.

pub(crate) mod days;
pub(crate) mod devices;
pub(crate) mod lines;
pub(crate) mod people;
pub(crate) mod prompts;
pub(crate) mod topics;

use axum::http::StatusCode;
use otklik_store::StoreError;
use serde::Serialize;

use crate::problem::Problem;

/// The refusal of a change on an older version, with what stands there now.
pub(crate) fn stale(stored: &impl Serialize) -> Problem {
    let mut problem = Problem::new(StatusCode::CONFLICT, "stale");
    problem.stored = serde_json::to_value(stored).ok().map(Box::new);
    problem
}

/// What the store refused, where it is not a stale version.
pub(crate) fn refused(error: StoreError) -> Problem {
    if matches!(error, StoreError::NoSuchPerson) {
        Problem::not_found("no_such_colleague")
    } else if matches!(error, StoreError::PersonExists) {
        Problem::new(StatusCode::CONFLICT, "person_exists")
    } else if matches!(error, StoreError::LastAdministrator) {
        Problem::new(StatusCode::CONFLICT, "last_administrator")
    } else {
        error.into()
    }
}

/// A name that a person wrote: trimmed, one line, 1 to 120 letters.
pub(crate) fn name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= 120 && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Problem::bad_request("bad_name")) }
}
