//! Who is known on the number of a call. A number is not a person: several may be, and none is told before the call
//! was answered.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_model::AgentState;

use super::dto::{PeopleOnNumber, PersonOnNumber};
use crate::calls;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// The persons known on the caller's number, at most 20; a 409 `not_answered_yet` while the call rings.
#[utoipa::path(get, operation_id = "listPeopleOnNumber", path = "/api/calls/{id}/people", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = PeopleOnNumber), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadAppeals>,
    Path(id): Path<String>,
) -> Result<Json<PeopleOnNumber>, Problem> {
    if rings(&app, &id) {
        return Err(Problem::new(StatusCode::CONFLICT, "not_answered_yet"));
    }
    let Some(subject) = calls::find(&app, &id).await?.subject else {
        return Ok(Json(PeopleOnNumber { people: Vec::new() }));
    };
    let people = app.0.store.persons_on(subject).await?.into_iter().map(|card| PersonOnNumber {
        id: card.id.to_string(),
        given_name: card.content.name.given_name.into_inner(),
        patronymic: card.content.name.patronymic.into_inner(),
    });
    Ok(Json(PeopleOnNumber { people: people.collect() }))
}

/// Does the call go on, and does nobody speak with the caller?
fn rings(app: &App, id: &str) -> bool {
    let live = app.0.engine.live();
    let live = live.borrow();
    let Some(call) = live.view.calls.iter().find(|call| call.id.to_string() == id.to_lowercase()) else { return false };
    let talks = |state: AgentState| state == AgentState::Talking { call: call.id };
    !live.view.agents.iter().any(|agent| talks(agent.state))
}
