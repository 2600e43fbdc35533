//! The list of calls.

use std::collections::BTreeMap;

use axum::extract::State;
use otklik_centre::view::CallView;
use otklik_model::{AgentId, CallId, HangupSide, Outcome};
use otklik_store::{self as store, CallsQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::calls::which::Wish;
use crate::dto::{self, CallPage, CallRow, LineRef, PersonRef, PromiseRef, RecordingRef};
use crate::extract::{Json, Path, Query};
use crate::paging;
use crate::problem::Problem;
use crate::rights::{May, SeeCalls};
use crate::state::App;

pub(crate) mod which;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Calls of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    before: Option<String>,
}

/// Calls are counted up to here: a list that is longer says "more".
const COUNTED_TO: u64 = 10_000;

/// How many calls there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallCount {
    /// So many; where there are more than `at_most`, that.
    count: u64,
    /// Up to which number is counted.
    at_most: u64,
}

/// Calls, newest first, those that go on included.
#[utoipa::path(get, operation_id = "listCalls", path = "/api/calls", params(Page, Wish),
    responses((status = 200, body = CallPage), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<SeeCalls>,
    Query(page): Query<Page>,
    Query(wish): Query<Wish>,
) -> Result<Json<CallPage>, Problem> {
    let limit = paging::limit(page.limit)?;
    let before = paging::read_cursor(page.before.as_deref())?.map(|(at, id)| (at, CallId(id)));
    let Some(query) = wish.query(&app).await? else {
        return Ok(Json(CallPage { calls: Vec::new(), next: None }));
    };
    let rows = app.0.store.calls(CallsQuery { before, limit, ..query }).await?;
    let next = paging::next_cursor(&rows, limit, |row| (row.started_at, row.id.0));
    let names = names(&app).await?;
    Ok(Json(CallPage { calls: rows.into_iter().map(|row| shown(&app, &names, row)).collect(), next }))
}

/// How many calls a list has.
#[utoipa::path(get, operation_id = "countCalls", path = "/api/calls/count", params(Wish),
    responses((status = 200, body = CallCount), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn count(
    State(app): State<App>,
    _: May<SeeCalls>,
    Query(wish): Query<Wish>,
) -> Result<Json<CallCount>, Problem> {
    let count = match wish.query(&app).await? {
        Some(query) => app.0.store.calls_count(&query, COUNTED_TO).await?,
        None => 0,
    };
    Ok(Json(CallCount { count, at_most: COUNTED_TO }))
}

/// One call.
#[utoipa::path(get, operation_id = "getCall", path = "/api/calls/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = CallRow), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(app): State<App>,
    _: May<SeeCalls>,
    Path(id): Path<String>,
) -> Result<Json<CallRow>, Problem> {
    let row = find(&app, &id).await?;
    let names = names(&app).await?;
    Ok(Json(shown(&app, &names, row)))
}

/// The stored call of that id.
pub(crate) async fn find(app: &App, id: &str) -> Result<store::CallRow, Problem> {
    let missing = || Problem::not_found("no_such_call");
    let id = CallId(Uuid::parse_str(id).map_err(|_| missing())?);
    app.0.store.call(id).await?.ok_or_else(missing)
}

/// Names of all who work here.
pub(crate) async fn names(app: &App) -> Result<BTreeMap<AgentId, String>, Problem> {
    let people = app.0.store.people().await?;
    Ok(people.into_iter().map(|person| (person.id, person.name.into_inner())).collect())
}

fn shown(app: &App, names: &BTreeMap<AgentId, String>, row: store::CallRow) -> CallRow {
    let closed = row.recording_closed.filter(|_| row.recording_deleted_at.is_none());
    let recording = closed.map(|recording| RecordingRef {
        url: format!("/api/calls/{}/recording", row.id),
        duration_ms: recording.duration_ms,
        size_bytes: recording.size_bytes,
        held: row.recording_held,
    });
    let live = app.0.engine.live().borrow().clone();
    let goes_on: Option<&CallView> = live.view.calls.iter().find(|call| call.id == row.id && row.outcome.is_none());
    CallRow {
        id: row.id.to_string(),
        line: LineRef { id: row.line.to_string(), name: app.line_name(&row.line) },
        caller: row.caller.as_ref().map(dto::shown),
        started_at: row.started_at.0,
        queued_at: row.queued_at.map(|at| at.0),
        answered_at: row.answered_at.map(|at| at.0),
        ended_at: row.ended_at.map(|at| at.0),
        outcome: row.outcome.map(Outcome::name),
        stage: row.outcome.and_then(Outcome::stage),
        phase: goes_on.map(|call| call.phase.name()),
        side: row.side.map(HangupSide::name),
        specialist: row.agent.map(|id| {
            let name = names.get(&id).cloned().unwrap_or_else(|| id.to_string());
            PersonRef { id: id.0, name }
        }),
        recording,
        recording_deleted_at: row.recording_deleted_at.map(|at| at.0),
        not_recorded: row.not_recorded,
        promise: row.promise.map(|promise| PromiseRef {
            kind: promise.kind.name(),
            due_at: promise.due_at.0,
            closed_at: promise.closed_at.map(|at| at.0),
        }),
    }
}
