//! A shift lead changes the state of a specialist, or signs somebody out. Who did it stands in the journal and the audit.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_engine::DeskError;
use otklik_model::{AgentId, AgentWish, BreakReason, DeskCommand};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::refusal_code;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{LeadShift, May};
use crate::state::App;

/// Longest sign-in name that is looked for, bytes.
const LONGEST: usize = 256;

/// What somebody is to do.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[schema(as = SetAgentState)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum SetState {
    /// Take calls.
    Ready,
    /// Take none.
    Break {
        #[schema(value_type = String)]
        reason: BreakReason,
    },
}

/// Changes the state of a specialist. Whoever talks keeps talking: then it is refused.
#[utoipa::path(put, operation_id = "setAgentState", path = "/api/centre/agents/{id}/state", request_body = SetState,
    params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn set_state(
    State(app): State<App>,
    may: May<LeadShift>,
    Path(id): Path<String>,
    Json(set): Json<SetState>,
) -> Result<StatusCode, Problem> {
    let agent = find(&app, &id).await?;
    let wish = match set {
        SetState::Ready => AgentWish::Ready,
        SetState::Break { reason } => AgentWish::Break { reason },
    };
    let command = DeskCommand::SetAgent { agent, wish };
    match app.0.engine.desk(may.person.id.clone(), command).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(DeskError::Refused(refusal)) => Err(Problem::new(StatusCode::CONFLICT, refusal_code(refusal))),
        Err(DeskError::Unreached) => Err(Problem::unavailable()),
    }
}

/// Ends every session of a person: their windows close, and their desk with them. A talk goes on until it ends.
#[utoipa::path(delete, operation_id = "signOutAgent", path = "/api/centre/agents/{id}/sessions", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    may: May<LeadShift>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let agent = find(&app, &id).await?;
    app.0.store.delete_sessions_of(&agent, may.person.id.as_str(), app.now()).await?;
    app.0.revoked.all_of(&agent);
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody who may take calls: a shift lead signs nobody else out.
async fn find(app: &App, id: &str) -> Result<AgentId, Problem> {
    use crate::rights::{Right, TakeCalls};
    let missing = || Problem::not_found("no_such_person");
    if id.len() > LONGEST {
        return Err(missing());
    }
    let person = app.0.store.person(&AgentId::new(id)).await?.ok_or_else(missing)?;
    if TakeCalls::of(person.role) { Ok(person.id) } else { Err(missing()) }
}
