//! The sessions of whoever asks: where they are signed in, and how to end that elsewhere.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::App;

/// A session of one's own.
#[derive(Serialize, ToSchema)]
pub(crate) struct MySession {
    /// Names it; opens nothing.
    id: String,
    created_at: i64,
    expires_at: i64,
    last_seen_at: i64,
    /// How the browser calls itself.
    browser: Option<String>,
    /// The one that asks.
    this: bool,
}

/// Sessions of one's own, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct MySessions {
    sessions: Vec<MySession>,
}

/// Where one is signed in.
#[utoipa::path(get, operation_id = "listMySessions", path = "/api/sessions", responses((status = 200, body = MySessions), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, me: SignedIn) -> Result<Json<MySessions>, Problem> {
    let listed = app.0.store.sessions_of(&me.person.id, app.now()).await?;
    let sessions = listed.into_iter().map(|one| MySession {
        id: one.token.public_id(),
        created_at: one.session.created_at.0,
        expires_at: one.session.expires_at.0,
        last_seen_at: one.session.last_seen_at.0,
        this: one.token == me.token,
        browser: one.browser,
    });
    Ok(Json(MySessions { sessions: sessions.collect() }))
}

/// Ends a session of one's own.
#[utoipa::path(delete, operation_id = "endMySession", path = "/api/sessions/{id}", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn end(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let listed = app.0.store.sessions_of(&me.person.id, app.now()).await?;
    let one = listed.into_iter().find(|one| one.token.public_id() == id);
    let one = one.ok_or_else(|| Problem::not_found("no_such_session"))?;
    app.0.store.delete_session(&one.token, app.now()).await?;
    app.0.revoked.one(&one.token);
    Ok(StatusCode::NO_CONTENT)
}
