//! Promises as the pages read them. Times are milliseconds since 1970 UTC.

use std::collections::BTreeMap;

use otklik_model::{AgentId, PromiseOutcome, TryResult};
use otklik_store::{CallRow, PromiseCounts, PromiseNote, PromiseRow, PromiseTry, Role};
use serde::Serialize;
use utoipa::ToSchema;

use crate::calls;
use crate::dto::{self, LineRef, PersonRef};
use crate::problem::Problem;
use crate::rights::{HearRecordings, Right};
use crate::state::App;

/// The recording of the call that caused a promise: a message, or the talk that broke off. It stays while we owe.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromiseRecording {
    url: String,
    duration_ms: u64,
    size_bytes: u64,
}

/// A promise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Promise {
    pub(crate) id: String,
    /// The call that caused it.
    call: String,
    line: Option<LineRef>,
    /// E.164; nothing where the number is withheld.
    caller: Option<String>,
    /// Name of the person, where somebody has found out who it is.
    person: Option<String>,
    /// `our_fault`, `callback` or another kind of what we owe.
    kind: &'static str,
    made_at: i64,
    due_at: i64,
    /// Who has taken it.
    owner: Option<PersonRef>,
    /// When it came back to the list, if somebody had taken it before and nobody has now.
    returned_at: Option<i64>,
    /// Attempts made.
    attempts: u64,
    /// What came of the last one.
    #[schema(value_type = Option<TryResultName>)]
    last_result: Option<TryResult>,
    /// When the next attempt is due; nothing before the first and after the last.
    next_try_at: Option<i64>,
    recording: Option<PromiseRecording>,
    closed_at: Option<i64>,
    closed_by: Option<PersonRef>,
    #[schema(value_type = Option<PromiseOutcomeName>)]
    outcome: Option<PromiseOutcome>,
    /// The answered call that shows it.
    proof: Option<String>,
}

/// Results of an attempt, for the API document.
#[derive(ToSchema)]
#[schema(as = TryResult, rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the result that the model owns")]
pub(crate) enum TryResultName {
    NoAnswer,
    Busy,
    Machine,
    WrongPerson,
    AskedLater,
}

/// Outcomes of a promise, for the API document.
#[derive(ToSchema)]
#[schema(as = PromiseOutcome, rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the outcome that the model owns")]
pub(crate) enum PromiseOutcomeName {
    Spoken,
    SpokenEarlier,
    NotReached,
    Refused,
    NoNumber,
    Duplicate,
    ByHand,
}

/// A page of promises.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromisePage {
    pub(crate) promises: Vec<Promise>,
    /// Give it as `after` to read on; nothing at the end.
    pub(crate) next: Option<String>,
}

/// How many promises are open.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromiseCount {
    open: u64,
    /// Taken by you.
    mine: u64,
    /// Taken by nobody.
    free: u64,
    overdue: u64,
}

impl From<PromiseCounts> for PromiseCount {
    fn from(counts: PromiseCounts) -> Self {
        let PromiseCounts { open, mine, free, overdue } = counts;
        Self { open, mine, free, overdue }
    }
}

/// An attempt.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Attempt {
    at: i64,
    by: PersonRef,
    #[schema(value_type = TryResultName)]
    result: TryResult,
    note: Option<String>,
}

/// An answered call of the person since the promise was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProofCall {
    id: String,
    answered_at: i64,
    specialist: Option<PersonRef>,
    /// Nothing while the talk goes on.
    talk_ms: Option<i64>,
}

/// A promise with its history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromiseDetail {
    promise: Promise,
    /// Oldest first.
    tries: Vec<Attempt>,
    /// What was written when it was closed.
    note: Option<String>,
    /// Newest first, at most twenty.
    proofs: Vec<ProofCall>,
}

/// What we owe the caller of a desk's call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DeskPromise {
    id: String,
    kind: &'static str,
    made_at: i64,
    due_at: i64,
    /// Name of the colleague who has taken it; nothing where nobody has, or you have.
    owner: Option<String>,
    attempts: u64,
}

impl DeskPromise {
    pub(crate) fn of(row: PromiseRow, names: &BTreeMap<AgentId, String>, me: &AgentId) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.name(),
            made_at: row.made_at.0,
            due_at: row.due_at.0,
            owner: row.owner.filter(|owner| owner != me).map(|id| named(names, id).name),
            attempts: row.attempts,
        }
    }
}

fn named(names: &BTreeMap<AgentId, String>, id: AgentId) -> PersonRef {
    let name = names.get(&id).cloned().unwrap_or_else(|| id.to_string());
    PersonRef { id: id.0, name }
}

/// How promises are shown to somebody.
pub(crate) struct Showing<'a> {
    app: &'a App,
    names: BTreeMap<AgentId, String>,
    hears: bool,
}

impl<'a> Showing<'a> {
    pub(crate) async fn of(app: &'a App, role: Role) -> Result<Self, Problem> {
        Ok(Self { app, names: calls::names(app).await?, hears: HearRecordings::of(role) })
    }

    pub(crate) fn promise(&self, row: PromiseRow) -> Promise {
        let recording = row.recording.filter(|_| self.hears).map(|recording| PromiseRecording {
            url: format!("/api/calls/{}/recording", row.call),
            duration_ms: recording.duration_ms,
            size_bytes: recording.size_bytes,
        });
        Promise {
            id: row.id.to_string(),
            call: row.call.to_string(),
            line: row.line.map(|line| LineRef { id: line.to_string(), name: self.app.line_name(&line) }),
            caller: row.phone.as_ref().map(dto::shown),
            person: None,
            kind: row.kind.name(),
            made_at: row.made_at.0,
            due_at: row.due_at.0,
            returned_at: row.released_at.filter(|_| row.owner.is_none()).map(|at| at.0),
            owner: row.owner.map(|id| self.named(id)),
            attempts: row.attempts,
            last_result: row.last_result,
            next_try_at: row.next_try_at.map(|at| at.0),
            recording,
            closed_at: row.closed_at.map(|at| at.0),
            closed_by: row.closed_by.map(|id| self.named(id)),
            outcome: row.outcome,
            proof: row.proof.map(|call| call.to_string()),
        }
    }

    pub(crate) fn detail(
        &self,
        row: PromiseRow,
        tries: Vec<PromiseTry>,
        note: Option<PromiseNote>,
        proofs: Vec<CallRow>,
    ) -> PromiseDetail {
        let caused_by = row.call;
        let tries = tries.into_iter().map(|attempt| Attempt {
            at: attempt.at.0,
            by: self.named(attempt.by),
            result: attempt.result,
            note: attempt.note.map(PromiseNote::into_inner),
        });
        let proofs = proofs.into_iter().filter(|call| call.id != caused_by).filter_map(|call| {
            let answered_at = call.answered_at?;
            Some(ProofCall {
                id: call.id.to_string(),
                answered_at: answered_at.0,
                specialist: call.agent.map(|id| self.named(id)),
                talk_ms: call.ended_at.map(|ended| ended.since_ms(answered_at)),
            })
        });
        PromiseDetail {
            tries: tries.collect(),
            note: note.map(PromiseNote::into_inner),
            proofs: proofs.collect(),
            promise: self.promise(row),
        }
    }

    fn named(&self, id: AgentId) -> PersonRef {
        named(&self.names, id)
    }
}
