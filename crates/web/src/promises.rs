//! What we owe: lists, counts, one promise with its history; taking, trying and closing stand in `doing`.

mod doing;
mod shown;

pub(crate) use doing::{__path_attempt, __path_close, __path_release, __path_take, attempt, close, release, take};
pub(crate) use shown::DeskPromise;

use axum::extract::State;
use otklik_model::{AgentId, CallId, PromiseId, PromiseKind, SubjectId};
use otklik_store::{PromiseRow, PromisesQuery, WhichPromises};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::calls;
use crate::extract::{Json, Path, Query};
use crate::paging;
use crate::problem::Problem;
use crate::promises::shown::{Promise, PromiseCount, PromiseDetail, PromisePage, Showing};
use crate::rights::{KeepPromises, May};
use crate::state::App;

/// What we owe the caller of a desk's call is shown up to so many.
const AT_DESK: u64 = 5;
/// Answered calls offered as proofs.
const PROOFS: u64 = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// `open` (where nothing is given), `mine`, `free`, `overdue` or `closed`.
    which: Option<String>,
    /// Only promises of this kind.
    kind: Option<String>,
    /// Promises of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Promises: open ones by the time when they are due, closed ones newest first.
#[utoipa::path(get, operation_id = "listPromises", path = "/api/promises", params(Asked),
    responses((status = 200, body = PromisePage), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    may: May<KeepPromises>,
    Query(asked): Query<Asked>,
) -> Result<Json<PromisePage>, Problem> {
    let limit = paging::limit(asked.limit)?;
    let after = paging::read_cursor(asked.after.as_deref())?.map(|(at, id)| (at, PromiseId(id)));
    let which = match asked.which.as_deref() {
        None | Some("open") => WhichPromises::Open,
        Some("mine") => WhichPromises::OwnedBy(may.person.id.clone()),
        Some("free") => WhichPromises::Free,
        Some("overdue") => WhichPromises::Overdue(app.now()),
        Some("closed") => WhichPromises::Closed,
        Some(_) => return Err(Problem::bad_request("bad_which")),
    };
    let kind = asked.kind.map(|name| serde_json::from_value::<PromiseKind>(name.into()));
    let kind = kind.transpose().map_err(|_| Problem::bad_request("bad_kind"))?;
    let rows = app.0.store.promises(PromisesQuery { which, kind, after, limit }).await?;
    let next = paging::next_cursor(&rows, limit, |row| (row.closed_at.unwrap_or(row.due_at), row.id.0));
    let showing = Showing::of(&app, may.person.role).await?;
    Ok(Json(PromisePage { promises: rows.into_iter().map(|row| showing.promise(row)).collect(), next }))
}

/// How many promises are open.
#[utoipa::path(get, operation_id = "countPromises", path = "/api/promises/counts",
    responses((status = 200, body = PromiseCount), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn count(State(app): State<App>, may: May<KeepPromises>) -> Result<Json<PromiseCount>, Problem> {
    Ok(Json(app.0.store.promise_counts(&may.person.id, app.now()).await?.into()))
}

/// One promise, with its attempts and the calls that can prove it kept.
#[utoipa::path(get, operation_id = "getPromise", path = "/api/promises/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = PromiseDetail), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(app): State<App>,
    may: May<KeepPromises>,
    Path(id): Path<String>,
) -> Result<Json<PromiseDetail>, Problem> {
    let row = find(&app, &id).await?;
    let (tries, note) = app.0.store.promise_history(row.id).await?;
    let proofs = match row.subject {
        Some(subject) => app.0.store.answered_since(subject, row.made_at, PROOFS).await?,
        None => Vec::new(),
    };
    let showing = Showing::of(&app, may.person.role).await?;
    Ok(Json(showing.detail(row, tries, note, proofs)))
}

/// The stored promise of that id.
async fn find(app: &App, id: &str) -> Result<PromiseRow, Problem> {
    let missing = || Problem::not_found("no_such_promise");
    let id = PromiseId(Uuid::parse_str(id).map_err(|_| missing())?);
    app.0.store.promise(id).await?.ok_or_else(missing)
}

/// What we owe the caller of a call at the desk of `me`; a store that does not answer leaves the list empty, and the talk goes on.
pub(crate) async fn owed_to(app: &App, me: &AgentId, subject: Option<SubjectId>, call: CallId) -> Vec<DeskPromise> {
    let Some(subject) = subject else { return Vec::new() };
    let which = WhichPromises::OwedTo(subject);
    let rows = app.0.store.promises(PromisesQuery { which, limit: AT_DESK, ..PromisesQuery::default() }).await;
    let (rows, names) = (rows.unwrap_or_default(), calls::names(app).await.unwrap_or_default());
    // What this very call is owed for cannot be closed by it.
    rows.into_iter().filter(|row| row.call != call).map(|row| DeskPromise::of(row, &names, me)).collect()
}

/// The promise as it stands now.
async fn now(app: &App, may: &May<KeepPromises>, id: PromiseId) -> Result<Promise, Problem> {
    let row = app.0.store.promise(id).await?.ok_or_else(|| Problem::not_found("no_such_promise"))?;
    Ok(Showing::of(app, may.person.role).await?.promise(row))
}
