//! Taking, trying and closing: asked of the engine, answered with the promise as it then stands. Whoever comes second
//! is told so, and shown what the first one did.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_engine::PromiseError;
use otklik_model::{CallId, Personal, PromiseCommand, PromiseId, PromiseOutcome, PromiseRefusal, Proof, TryResult};
use otklik_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::promises::shown::{Promise, PromiseOutcomeName, TryResultName};
use crate::promises::{find, now};
use crate::rights::{KeepPromises, LeadShift, May, Right};
use crate::state::App;

/// Longest note, letters.
const LONGEST_NOTE: usize = 2_000;

/// An attempt to reach the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAttempt {
    #[schema(value_type = TryResultName)]
    result: TryResult,
    #[schema(max_length = 2000)]
    note: Option<String>,
}

/// The end of a promise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    #[schema(value_type = PromiseOutcomeName)]
    outcome: PromiseOutcome,
    /// The answered call of the person that shows it.
    proof: Option<String>,
    /// The reason, where no call shows it.
    #[schema(max_length = 2000)]
    note: Option<String>,
}

/// Somebody was quicker: the problem, and the promise as it stands now.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseConflict {
    #[serde(flatten)]
    problem: Problem,
    promise: Promise,
}

/// Why nothing was done.
pub(crate) enum Undone {
    Problem(Problem),
    Conflict(Box<PromiseConflict>),
}

impl From<Problem> for Undone {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

impl IntoResponse for Undone {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Conflict(conflict) => {
                let mut response = (StatusCode::CONFLICT, Json(conflict)).into_response();
                let kind = HeaderValue::from_static("application/problem+json");
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
                response
            }
        }
    }
}

/// Takes a promise: from now on it is yours.
#[utoipa::path(post, operation_id = "takePromise", path = "/api/promises/{id}/taking", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Promise), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = PromiseConflict)))]
pub(crate) async fn take(
    State(app): State<App>,
    may: May<KeepPromises>,
    Path(id): Path<String>,
) -> Result<Json<Promise>, Undone> {
    let promise = find(&app, &id).await?.id;
    done(&app, &may, promise, PromiseCommand::Take { promise }).await
}

/// Gives a promise back to the list; the lead of the shift gives back also what others have taken.
#[utoipa::path(delete, operation_id = "releasePromise", path = "/api/promises/{id}/taking", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Promise), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = PromiseConflict)))]
pub(crate) async fn release(
    State(app): State<App>,
    may: May<KeepPromises>,
    Path(id): Path<String>,
) -> Result<Json<Promise>, Undone> {
    let promise = find(&app, &id).await?.id;
    let command = if LeadShift::of(may.person.role) {
        PromiseCommand::TakeBack { promise }
    } else {
        PromiseCommand::Release { promise }
    };
    done(&app, &may, promise, command).await
}

/// Notes an attempt that did not reach the person. A promise that nobody has taken is yours then.
#[utoipa::path(post, operation_id = "addPromiseAttempt", path = "/api/promises/{id}/attempts", request_body = NewAttempt, params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Promise), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = PromiseConflict), (status = 422, body = Problem)))]
pub(crate) async fn attempt(
    State(app): State<App>,
    may: May<KeepPromises>,
    Path(id): Path<String>,
    given: Result<Json<NewAttempt>, Problem>,
) -> Result<Json<Promise>, Undone> {
    let NewAttempt { result, note } = body(given)?;
    let promise = find(&app, &id).await?.id;
    let command = PromiseCommand::Try { promise, result, note: read_note(note)? };
    done(&app, &may, promise, command).await
}

/// Closes a promise.
#[utoipa::path(post, operation_id = "closePromise", path = "/api/promises/{id}/closing", request_body = Closing, params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Promise), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = PromiseConflict), (status = 422, body = Problem)))]
pub(crate) async fn close(
    State(app): State<App>,
    may: May<KeepPromises>,
    Path(id): Path<String>,
    given: Result<Json<Closing>, Problem>,
) -> Result<Json<Promise>, Undone> {
    let Closing { outcome, proof, note } = body(given)?;
    let promise = find(&app, &id).await?.id;
    let proof = match proof {
        Some(call) => Some(read_proof(&app, &call).await?),
        None => None,
    };
    let command = PromiseCommand::Close { promise, outcome, proof, note: read_note(note)? };
    done(&app, &may, promise, command).await
}

/// Asks the engine, and shows what came of it.
async fn done(
    app: &App,
    may: &May<KeepPromises>,
    promise: PromiseId,
    command: PromiseCommand,
) -> Result<Json<Promise>, Undone> {
    let unprocessable = |code| Undone::Problem(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code));
    let code = match app.0.engine.promise(may.person.id.clone(), command).await {
        Ok(()) => return Ok(Json(now(app, may, promise).await?)),
        Err(PromiseError::Unreached) => return Err(Problem::unavailable().into()),
        Err(PromiseError::Refused(refusal)) => match refusal {
            PromiseRefusal::NotOpen => "promise_closed",
            PromiseRefusal::TakenBy { .. } => "promise_taken",
            PromiseRefusal::NotTaken => "promise_not_taken",
            PromiseRefusal::NeedsReason => return Err(unprocessable("promise_needs_reason")),
            PromiseRefusal::NoProof => return Err(unprocessable("promise_no_proof")),
            PromiseRefusal::AttemptsLeft => return Err(unprocessable("promise_attempts_left")),
            PromiseRefusal::NumberKnown => return Err(unprocessable("promise_number_known")),
            PromiseRefusal::NumberUnknown => return Err(unprocessable("promise_number_unknown")),
        },
    };
    let problem = Problem::new(StatusCode::CONFLICT, code);
    let promise = now(app, may, promise).await?;
    Err(Undone::Conflict(Box::new(PromiseConflict { problem, promise })))
}

/// The call as the store knows it; one that it does not know proves nothing.
async fn read_proof(app: &App, call: &str) -> Result<Proof, Problem> {
    let no_proof = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "promise_no_proof");
    let call = CallId(Uuid::parse_str(call).map_err(|_| no_proof())?);
    let row = app.0.store.call(call).await?.ok_or_else(no_proof)?;
    Ok(Proof { call, subject: row.subject, answered_at: row.answered_at, agent: row.agent })
}

fn read_note(note: Option<String>) -> Result<Option<Personal<String>>, Problem> {
    let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    if note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "note_too_long"));
    }
    Ok(note.map(Personal::new))
}

/// The body of a request, or a problem that says what is wrong with it.
fn body<T>(given: Result<Json<T>, Problem>) -> Result<T, Problem> {
    let of_note = |problem: Problem| match StatusCode::from_u16(problem.status) {
        Ok(StatusCode::PAYLOAD_TOO_LARGE) => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "note_too_long"),
        _ => problem,
    };
    given.map(|Json(given)| given).map_err(of_note)
}
