//! What the pages read and write of appeals. Times are milliseconds since 1970 UTC. Texts are texts: whoever shows them
//! shows letters, never markup.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use otklik_centre::appeals::filing::Flaw;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dto::{LineRef, PersonRef};
use crate::persons::dto::PersonBrief;
use crate::problem::{self, Problem};

/// Where an appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AppealStatus {
    /// Being written; has no number.
    Draft,
    /// Filed, with a number.
    Registered,
    /// A contact that is no appeal.
    Dismissed,
}

/// What an appeal is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AppealKind {
    /// Information by telephone (8-FZ): no 30-day clock.
    Consultation,
    /// An appeal under 59-FZ, taken down because the person wants an official answer.
    #[serde(rename = "appeal_59fz")]
    Appeal59fz,
}

/// Why a contact is no appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Dismissal {
    Silence,
    WrongNumber,
    Prank,
    Abuse,
}

/// What still has to be filled in before an appeal can be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Missing {
    Topic,
    Asked,
    Result,
    Speaker,
}

/// Is it known who speaks?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SpeakerIs {
    /// Not asked yet.
    Unknown,
    /// Asked, and not said: an anonymous appeal is an appeal.
    DidNotSay,
    /// The person of `person`.
    Person,
}

/// Whom is it about?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BeneficiaryIs {
    /// The one who speaks.
    #[serde(rename = "self")]
    Oneself,
    /// The person of `person`.
    Person,
    /// Somebody described in words: `relation`.
    Relation,
}

/// Who speaks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Speaker {
    pub(crate) is: SpeakerIs,
    /// Given where `is` is `person`.
    pub(crate) person: Option<PersonBrief>,
}

/// For whom.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Beneficiary {
    pub(crate) is: BeneficiaryIs,
    /// Given where `is` is `person`.
    pub(crate) person: Option<PersonBrief>,
    /// Given where `is` is `relation`: `мама`, `сосед`.
    pub(crate) relation: Option<String>,
}

/// Who speaks, as it is saved.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpeakerChoice {
    pub(crate) is: SpeakerIs,
    /// Id of the person where `is` is `person`.
    #[serde(default)]
    #[schema(format = Uuid)]
    pub(crate) person: Option<String>,
}

/// For whom, as it is saved.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeneficiaryChoice {
    pub(crate) is: BeneficiaryIs,
    /// Id of the person where `is` is `person`.
    #[serde(default)]
    #[schema(format = Uuid)]
    pub(crate) person: Option<String>,
    /// Where `is` is `relation`; at most 200 letters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub(crate) relation: Option<String>,
}

/// The whole of what people write in an appeal; a save replaces all of it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppealDocument {
    /// The version that was read; another one stored meanwhile is a 409 `stale`.
    #[schema(minimum = 1)]
    pub(crate) version: u64,
    pub(crate) kind: AppealKind,
    /// Ids of topics, the main one first; at most three.
    #[schema(max_items = 3)]
    pub(crate) topics: Vec<String>,
    /// At most 4,000 letters.
    #[schema(max_length = 4000)]
    pub(crate) asked: String,
    /// At most 4,000 letters.
    #[schema(max_length = 4000)]
    pub(crate) answered: String,
    /// Id of a result.
    #[schema(required = false)]
    pub(crate) result: Option<String>,
    pub(crate) speaker: SpeakerChoice,
    pub(crate) for_whom: BeneficiaryChoice,
}

/// The version that an act is based on.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistrationRequest {
    #[schema(minimum = 1)]
    pub(crate) version: u64,
}

/// One click: this is no appeal.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissalRequest {
    pub(crate) reason: Dismissal,
}

/// One line of what happened to an appeal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppealEvent {
    pub(crate) at: i64,
    pub(crate) who: PersonRef,
    /// `appeal_saved`, `appeal_registered`, `appeal_changed`, `appeal_dismissed` or `appeal_reopened`.
    pub(crate) what: String,
}

/// An appeal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Appeal {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    /// The call that opened it.
    #[schema(format = Uuid)]
    pub(crate) call: String,
    pub(crate) line: Option<LineRef>,
    /// E.164; nothing where the number is withheld or erased.
    pub(crate) caller: Option<String>,
    /// Rises with each save.
    #[schema(minimum = 1)]
    pub(crate) version: u64,
    pub(crate) status: AppealStatus,
    /// `26-000123`, from filing on.
    pub(crate) number: Option<String>,
    pub(crate) kind: AppealKind,
    /// Ids of topics, the main one first.
    pub(crate) topics: Vec<String>,
    pub(crate) asked: String,
    pub(crate) answered: String,
    /// Id of a result.
    pub(crate) result: Option<String>,
    pub(crate) speaker: Speaker,
    pub(crate) for_whom: Beneficiary,
    /// Why it is no appeal, where it was dismissed.
    pub(crate) dismissal: Option<Dismissal>,
    /// What is still to be filled in before it can be filed.
    pub(crate) missing: Vec<Missing>,
    /// The call's specialist; nothing while nobody has answered.
    pub(crate) author: Option<PersonRef>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    /// Who saved last; nothing where nobody has.
    pub(crate) updated_by: Option<PersonRef>,
    pub(crate) registered_at: Option<i64>,
    /// May the one who asks write it now?
    pub(crate) may_write: bool,
    /// What happened to it, oldest first, at most 200 lines.
    pub(crate) history: Vec<AppealEvent>,
}

/// An appeal in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppealRow {
    #[schema(format = Uuid)]
    pub(crate) id: String,
    #[schema(format = Uuid)]
    pub(crate) call: String,
    pub(crate) number: Option<String>,
    pub(crate) status: AppealStatus,
    pub(crate) kind: AppealKind,
    pub(crate) created_at: i64,
    pub(crate) registered_at: Option<i64>,
    pub(crate) caller: Option<String>,
    pub(crate) speaker: Speaker,
    pub(crate) topics: Vec<String>,
    /// The first 300 letters of what was asked.
    pub(crate) asked: String,
    pub(crate) result: Option<String>,
    pub(crate) dismissal: Option<Dismissal>,
    pub(crate) author: Option<PersonRef>,
}

/// A page of appeals, newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppealPage {
    pub(crate) appeals: Vec<AppealRow>,
    /// Give it as `before` to read on; nothing at the end.
    pub(crate) next: Option<String>,
}

/// A problem with an appeal: `code` says which of the optional fields are given.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppealProblem {
    #[serde(flatten)]
    pub(crate) problem: Problem,
    /// `stale`: the appeal as it is stored now, with who saved it and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) theirs: Option<Box<Appeal>>,
    /// `incomplete`: what is still to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Missing>>)]
    pub(crate) missing: Option<Box<[Missing]>>,
    /// `too_long`, `no_such_topic`, `no_such_result`, `no_such_person`, `too_many_topics`, `no_relation`: the field that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<&'static str>,
    /// `too_long`: the largest number of letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub(crate) limit: Option<u32>,
}

/// A topic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Topic {
    pub(crate) id: String,
    pub(crate) name: String,
    /// How people say it, for the search of topics.
    pub(crate) says: Vec<String>,
    /// False: not offered any more, shown where old appeals name it.
    pub(crate) active: bool,
    #[schema(minimum = 1)]
    pub(crate) version: u64,
}

/// The first level of the tree of topics.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TopicGroup {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) active: bool,
    #[schema(minimum = 1)]
    pub(crate) version: u64,
    pub(crate) topics: Vec<Topic>,
}

/// What an appeal can end with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppealResult {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) active: bool,
    #[schema(minimum = 1)]
    pub(crate) version: u64,
}

/// All that an appeal is filled in from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TopicTree {
    pub(crate) groups: Vec<TopicGroup>,
    pub(crate) results: Vec<AppealResult>,
    /// Contacts that are no appeals, in the order of their buttons; words: `dismissal-<id>` of the catalogue.
    pub(crate) dismissals: Vec<Dismissal>,
}

impl AppealProblem {
    /// 422, about one field.
    pub(crate) fn of_field(code: &'static str, field: &'static str) -> Self {
        Self { field: Some(field), ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code).into() }
    }

    /// 422: what was written does not fit.
    pub(crate) fn of_flaw(flaw: Flaw) -> Self {
        let (code, field, limit) = problem::of_flaw(flaw);
        Self { limit, ..Self::of_field(code, field) }
    }
}

impl From<Problem> for AppealProblem {
    fn from(problem: Problem) -> Self {
        Self { problem, theirs: None, missing: None, field: None, limit: None }
    }
}

impl IntoResponse for AppealProblem {
    fn into_response(self) -> Response {
        self.problem.clone().with_body(&self)
    }
}
