//! One appeal.

use axum::extract::State;
use otklik_model::{AppealId, CallId};
use otklik_store as store;
use uuid::Uuid;

use super::dto::Appeal;
use super::shown;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// The appeal of a call. It exists from the moment on when the call first rang at a desk.
#[utoipa::path(get, operation_id = "getAppealOfCall", path = "/api/calls/{id}/appeal", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn of_call(
    State(app): State<App>,
    me: May<ReadAppeals>,
    Path(id): Path<String>,
) -> Result<Json<Appeal>, Problem> {
    let call = CallId(Uuid::parse_str(&id).map_err(|_| Problem::not_found("no_such_call"))?);
    match app.0.store.appeal_of_call(call).await? {
        Some(appeal) => Ok(Json(shown::whole(&app, &me, appeal).await?)),
        // It rings, or somebody speaks already, and the disk is behind.
        None if is_at_a_desk(&app, call) => Err(Problem::unavailable().after(1)),
        None => Err(Problem::not_found("no_such_appeal")),
    }
}

fn is_at_a_desk(app: &App, call: CallId) -> bool {
    let live = app.0.engine.live();
    live.borrow().view.calls.iter().any(|live| live.id == call && live.agent.is_some())
}

/// The stored appeal of that id.
pub(super) async fn find(app: &App, id: &str) -> Result<store::Appeal, Problem> {
    let missing = || Problem::not_found("no_such_appeal");
    let id = AppealId(Uuid::parse_str(id).map_err(|_| missing())?);
    app.0.store.appeal(id).await?.ok_or_else(missing)
}

/// One appeal.
#[utoipa::path(get, operation_id = "getAppeal", path = "/api/appeals/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(app): State<App>,
    me: May<ReadAppeals>,
    Path(id): Path<String>,
) -> Result<Json<Appeal>, Problem> {
    let appeal = find(&app, &id).await?;
    Ok(Json(shown::whole(&app, &me, appeal).await?))
}
