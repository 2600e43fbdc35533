//! Writing an appeal: saving, filing, dismissing. The call's specialist may, and who leads the shift.

use axum::Json;
use axum::extract::{Path, State};

use super::dto::{Appeal, AppealDocument, AppealProblem, DismissalRequest, RegistrationRequest};
use crate::body::Document;
use crate::problem::Problem;
use crate::rights::{May, WriteAppeals};
use crate::state::App;

/// Saves the whole of what people write. After filing it leaves a trace, and the text before is kept.
#[utoipa::path(put, operation_id = "saveAppeal", path = "/api/appeals/{id}", params(("id" = String, Path, format = Uuid)),
    request_body = AppealDocument,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem),
              (status = 413, body = Problem), (status = 422, body = AppealProblem)))]
pub(crate) async fn save(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Path(_id): Path<String>,
    Document(_document): Document<AppealDocument>,
) -> Result<Json<Appeal>, AppealProblem> {
    Err(Problem::unavailable().into())
}

/// Files the appeal: gives it its number. Filing what is filed answers with the number that it has.
#[utoipa::path(post, operation_id = "registerAppeal", path = "/api/appeals/{id}/registration", params(("id" = String, Path, format = Uuid)),
    request_body = RegistrationRequest,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem),
              (status = 422, body = AppealProblem)))]
pub(crate) async fn register(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Path(_id): Path<String>,
    Document(_request): Document<RegistrationRequest>,
) -> Result<Json<Appeal>, AppealProblem> {
    Err(Problem::unavailable().into())
}

/// Says that the contact is no appeal. What was written stays; a filed appeal cannot be dismissed.
#[utoipa::path(post, operation_id = "dismissAppeal", path = "/api/appeals/{id}/dismissal", params(("id" = String, Path, format = Uuid)),
    request_body = DismissalRequest,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem)))]
pub(crate) async fn dismiss(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Path(_id): Path<String>,
    Document(_request): Document<DismissalRequest>,
) -> Result<Json<Appeal>, AppealProblem> {
    Err(Problem::unavailable().into())
}

/// Takes the dismissal back: the draft is open again.
#[utoipa::path(delete, operation_id = "reopenAppeal", path = "/api/appeals/{id}/dismissal", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = AppealProblem)))]
pub(crate) async fn reopen(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Path(_id): Path<String>,
) -> Result<Json<Appeal>, AppealProblem> {
    Err(Problem::unavailable().into())
}
