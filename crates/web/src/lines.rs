//! Lines and their switches.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_engine::DeskError;
use otklik_model::{AgentId, DeskCommand, DeskRefusal, LineId, LineMode};

use crate::dto::{Line, LineList, SetMode};
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, TurnLines};
use crate::session::SignedIn;
use crate::state::App;

/// The lines.
#[utoipa::path(get, operation_id = "listLines", path = "/api/lines", responses((status = 200, body = LineList), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: SignedIn) -> Json<LineList> {
    Json(LineList { lines: lines(&app) })
}

/// Turns a line's switch.
#[utoipa::path(put, operation_id = "setLineMode", path = "/api/lines/{id}/mode", request_body = SetMode, params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn set_mode(
    State(app): State<App>,
    may: May<TurnLines>,
    Path(id): Path<String>,
    Json(set): Json<SetMode>,
) -> Result<StatusCode, Problem> {
    turn(&app, may.person.id.clone(), id, set).await
}

/// Turns a switch on somebody's behalf.
pub(crate) async fn turn(app: &App, by: AgentId, line: String, set: SetMode) -> Result<StatusCode, Problem> {
    let command = DeskCommand::SetLineMode { line: LineId(line), mode: set.mode };
    match app.0.engine.desk(by, command).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(DeskError::Refused(DeskRefusal::NoSuchLine)) => Err(Problem::not_found("no_such_line")),
        Err(DeskError::Refused(_) | DeskError::Unreached) => Err(Problem::unavailable()),
    }
}

/// The lines as they stand now.
pub(crate) fn lines(app: &App) -> Vec<Line> {
    let live = app.0.engine.live().borrow().clone();
    let now = app.now();
    let known = app.lines();
    let shown = known.iter().map(|line| {
        let mode = live.view.lines.iter().find(|view| view.id == line.id).map(|view| view.mode).unwrap_or_default();
        Line {
            id: line.id.to_string(),
            name: line.name.clone(),
            number: line.number.to_string(),
            mode,
            open_now: match mode {
                LineMode::Open => true,
                LineMode::Closed => false,
                LineMode::Calendar => line.hours.is_open(now),
            },
        }
    });
    shown.collect()
}
