//! What happened with a person: calls of their numbers, appeals, promises.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::PersonHistory;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// Which part of the history.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Entries of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    before: Option<String>,
}

/// The history of a person, newest first.
#[utoipa::path(get, operation_id = "getPersonHistory", path = "/api/persons/{id}/history", params(("id" = String, Path, format = Uuid), Part),
    responses((status = 200, body = PersonHistory), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn list(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Path(_id): Path<String>,
    Query(_part): Query<Part>,
) -> Result<Json<PersonHistory>, Problem> {
    Err(Problem::unavailable())
}
