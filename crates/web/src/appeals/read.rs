//! One appeal.

use axum::Json;
use axum::extract::{Path, State};

use super::dto::Appeal;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// The appeal of a call. It exists from the moment on when the call first rang at a desk.
#[utoipa::path(get, operation_id = "getAppealOfCall", path = "/api/calls/{id}/appeal", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn of_call(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Path(_id): Path<String>,
) -> Result<Json<Appeal>, Problem> {
    Err(Problem::unavailable())
}

/// One appeal.
#[utoipa::path(get, operation_id = "getAppeal", path = "/api/appeals/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Path(_id): Path<String>,
) -> Result<Json<Appeal>, Problem> {
    Err(Problem::unavailable())
}
