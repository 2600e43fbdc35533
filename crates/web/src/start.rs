//! The start page: what a newcomer to the demonstration needs to make the first call.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_model::AgentId;

use crate::dto::{SetMode, StartPage};
use crate::extract::{Json, Path};
use crate::figures;
use crate::lines;
use crate::problem::Problem;
use crate::state::App;

/// The start page. Outside the demonstration it tells nothing.
#[utoipa::path(get, operation_id = "getStartPage", path = "/api/start", responses((status = 200, body = StartPage), (status = 503, body = Problem)))]
pub(crate) async fn page(State(app): State<App>) -> Result<Json<StartPage>, Problem> {
    let start = &app.0.start;
    if !start.demo {
        let (sip, number) = (String::new(), String::new());
        return Ok(Json(StartPage { demo: false, sip, number, lines: Vec::new(), people: Vec::new(), today: None }));
    }
    let stored = app.0.engine.live().borrow().stored_seq;
    Ok(Json(StartPage {
        demo: true,
        sip: start.sip.to_string(),
        number: app.lines().first().map(|line| line.number.to_string()).unwrap_or_default(),
        lines: lines::lines(&app),
        people: app.0.store.people().await?.into_iter().map(Into::into).collect(),
        today: Some(figures::today(&app, stored).await),
    }))
}

/// Turns a line's switch in the demonstration, without a sign-in: it listens on loopback.
#[utoipa::path(put, operation_id = "setDemonstrationLineMode", path = "/api/start/lines/{id}/mode", request_body = SetMode, params(("id" = String, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn set_mode(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(set): Json<SetMode>,
) -> Result<StatusCode, Problem> {
    if !app.0.start.demo {
        return Err(Problem::forbidden());
    }
    lines::turn(&app, AgentId::new("start-page"), id, set).await
}
