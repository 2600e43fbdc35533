//! What the pages read and write of the persons who turn to the centre.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use otklik_centre::appeals::filing::Flaw;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::appeals::dto::AppealRow;
use crate::dto::LineRef;
use crate::problem::{self, Problem};

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PersonBrief {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    pub(crate) family_name: String,
    pub(crate) given_name: String,
    pub(crate) patronymic: String,
}

/// A person known on the caller's number: no more than it takes to ask who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PersonOnNumber {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    pub(crate) given_name: String,
    pub(crate) patronymic: String,
}

/// The persons known on the caller's number, whoever spoke last first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeopleOnNumber {
    pub(crate) people: Vec<PersonOnNumber>,
}

/// The card of a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonCard {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    #[schema(minimum = 1)]
    pub(crate) version: u64,
    pub(crate) family_name: String,
    pub(crate) given_name: String,
    pub(crate) patronymic: String,
    #[schema(minimum = 1880, maximum = 2100)]
    pub(crate) birth_year: Option<u16>,
    /// Marks that the next specialist should know: how to speak, what to leave out.
    pub(crate) note: String,
    /// E.164, at most 20.
    pub(crate) phones: Vec<String>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    /// Sign-in name of who saved last.
    pub(crate) updated_by: String,
}

/// A new person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPersonCard {
    /// At most 100 letters, as the other names; one of family and given name is needed.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub(crate) family_name: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    pub(crate) given_name: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    pub(crate) patronymic: String,
    #[serde(default)]
    #[schema(minimum = 1880, maximum = 2100)]
    pub(crate) birth_year: Option<u16>,
    /// At most 1,000 letters.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(crate) note: String,
    /// The call whose number the person speaks from.
    #[serde(default)]
    #[schema(format = Uuid)]
    pub(crate) call: Option<String>,
}

/// The whole of what people write on a card; a save replaces all of it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonCardDocument {
    #[schema(minimum = 1)]
    pub(crate) version: u64,
    #[schema(max_length = 100)]
    pub(crate) family_name: String,
    #[schema(max_length = 100)]
    pub(crate) given_name: String,
    #[schema(max_length = 100)]
    pub(crate) patronymic: String,
    #[schema(minimum = 1880, maximum = 2100)]
    pub(crate) birth_year: Option<u16>,
    #[schema(max_length = 1000)]
    pub(crate) note: String,
}

/// Persons found by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonList {
    pub(crate) persons: Vec<PersonFound>,
}

/// A person found by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonFound {
    #[serde(flatten)]
    pub(crate) person: PersonBrief,
    pub(crate) birth_year: Option<u16>,
}

/// A call from one of the person's numbers; who spoke is told by its appeal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HistoryCall {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    pub(crate) line: LineRef,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) talk_ms: Option<i64>,
}

/// What we owed to one of the person's numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HistoryPromise {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    #[schema(format = Uuid)]
    pub(crate) call: String,
    pub(crate) kind: &'static str,
    pub(crate) made_at: i64,
    pub(crate) due_at: i64,
}

/// What an entry of a person's history is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HistoryKind {
    Call,
    Appeal,
    Promise,
}

/// One entry of a person's history: exactly the field of its kind is given.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HistoryEntry {
    pub(crate) at: i64,
    pub(crate) kind: HistoryKind,
    pub(crate) call: Option<HistoryCall>,
    pub(crate) appeal: Option<AppealRow>,
    pub(crate) promise: Option<HistoryPromise>,
}

/// A page of a person's history, newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonHistory {
    pub(crate) entries: Vec<HistoryEntry>,
    /// Give it as `before` to read on; nothing at the end.
    pub(crate) next: Option<String>,
}

/// A problem with a card: `code` says which of the optional fields are given.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonProblem {
    #[serde(flatten)]
    pub(crate) problem: Problem,
    /// `stale`: the card as it is stored now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) theirs: Option<Box<PersonCard>>,
    /// `too_long`, `no_name`, `bad_birth_year`: the field that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<&'static str>,
    /// `too_long`: the largest number of letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub(crate) limit: Option<u32>,
}

impl PersonProblem {
    /// 422: what was written does not fit.
    pub(crate) fn of_flaw(flaw: Flaw) -> Self {
        let (code, field, limit) = problem::of_flaw(flaw);
        Self { field: Some(field), limit, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code).into() }
    }
}

impl From<Problem> for PersonProblem {
    fn from(problem: Problem) -> Self {
        Self { problem, theirs: None, field: None, limit: None }
    }
}

impl IntoResponse for PersonProblem {
    fn into_response(self) -> Response {
        self.problem.clone().with_body(&self)
    }
}
