//! Who is known on the number of a call. A number is not a person: several may be, and none is told before the call
//! was answered.

use axum::Json;
use axum::extract::{Path, State};

use super::dto::PeopleOnNumber;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// The persons known on the caller's number, at most 20; a 409 `not_answered_yet` while the call rings.
#[utoipa::path(get, operation_id = "listPeopleOnNumber", path = "/api/calls/{id}/people", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = PeopleOnNumber), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn list(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Path(_id): Path<String>,
) -> Result<Json<PeopleOnNumber>, Problem> {
    Err(Problem::unavailable())
}
