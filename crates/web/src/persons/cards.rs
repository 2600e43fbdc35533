//! The cards of persons: found, made, read, saved.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{NewPersonCard, PersonCard, PersonCardDocument, PersonList, PersonProblem};
use crate::body::Document;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals, WriteAppeals};
use crate::state::App;

/// Whom to find.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Beginnings of the words of a name; at least two letters.
    #[param(min_length = 2, max_length = 200)]
    q: String,
}

/// Persons by name, at most 20.
#[utoipa::path(get, operation_id = "findPersons", path = "/api/persons", params(Which),
    responses((status = 200, body = PersonList), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem)))]
pub(crate) async fn find(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Query(_which): Query<Which>,
) -> Result<Json<PersonList>, Problem> {
    Err(Problem::unavailable())
}

/// Makes a card; where a call is given, the person is known on its number from then on.
#[utoipa::path(post, operation_id = "createPerson", path = "/api/persons", request_body = NewPersonCard,
    responses((status = 201, body = PersonCard), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 413, body = Problem),
              (status = 422, body = PersonProblem)))]
pub(crate) async fn create(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Document(_card): Document<NewPersonCard>,
) -> Result<(StatusCode, Json<PersonCard>), PersonProblem> {
    Err(Problem::unavailable().into())
}

/// One card.
#[utoipa::path(get, operation_id = "getPerson", path = "/api/persons/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = PersonCard), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Path(_id): Path<String>,
) -> Result<Json<PersonCard>, Problem> {
    Err(Problem::unavailable())
}

/// Saves the whole of a card.
#[utoipa::path(put, operation_id = "savePerson", path = "/api/persons/{id}", params(("id" = String, Path, format = Uuid)),
    request_body = PersonCardDocument,
    responses((status = 200, body = PersonCard), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = PersonProblem),
              (status = 413, body = Problem), (status = 422, body = PersonProblem)))]
pub(crate) async fn save(
    State(_app): State<App>,
    _me: May<WriteAppeals>,
    Path(_id): Path<String>,
    Document(_card): Document<PersonCardDocument>,
) -> Result<Json<PersonCard>, PersonProblem> {
    Err(Problem::unavailable().into())
}
