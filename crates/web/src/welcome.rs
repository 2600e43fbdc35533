//! One-time links: whoever opens one is greeted by name, sets a password, and is signed in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use otklik_model::Personal;
use otklik_store::{Person, TokenHash};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::passwords;
use crate::people;
use crate::problem::Problem;
use crate::session;
use crate::state::App;

/// Longest token that is looked at, bytes.
const LONGEST_TOKEN: usize = 128;

/// Whose link it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Welcome {
    /// Sign-in name.
    id: String,
    /// Name as others read it.
    name: String,
    /// True where the person had a password already: the link sets another one.
    again: bool,
}

/// The first, or another, password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstPassword {
    #[schema(max_length = 256, format = Password)]
    password: String,
}

/// Says whose link it is.
#[utoipa::path(get, operation_id = "openLink", path = "/api/welcome/{token}", params(("token" = String, Path)),
    responses((status = 200, body = Welcome), (status = 404, body = Problem)))]
pub(crate) async fn open(State(app): State<App>, Path(token): Path<String>) -> Result<Json<Welcome>, Problem> {
    let person = whose(&app, &token).await?;
    let again = person.has_password();
    Ok(Json(Welcome { id: person.id.0, name: person.name.into_inner(), again }))
}

/// Uses a link: sets the password, ends the person's sessions, signs in.
#[utoipa::path(post, operation_id = "useLink", path = "/api/welcome/{token}", request_body = FirstPassword, params(("token" = String, Path)),
    responses((status = 200, body = crate::dto::Session), (status = 400, body = Problem), (status = 404, body = Problem),
              (status = 429, body = Problem)))]
pub(crate) async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Json(given): Json<FirstPassword>,
) -> Result<Response, Problem> {
    let person = whose(&app, &token).await?;
    let password = Personal::new(given.password);
    if let Some(code) = passwords::fault(&password, person.id.as_str()) {
        return Err(Problem::bad_request(code));
    }
    let Ok(_place) = app.0.sign_ins.try_acquire() else {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts").after(5));
    };
    let hash = people::hash(password).await.map_err(|error| {
        tracing::error!(%error, "a password was not hashed");
        Problem::unavailable()
    })?;
    let used = app.0.store.accept_invitation(&TokenHash::of(token.as_bytes()), &hash, app.now()).await?;
    let person = used.ok_or_else(gone)?;
    app.0.revoked.all_of(&person.id);
    session::begin(&app, person, &headers).await
}

/// The person of a link that is good. A link that was used, has expired, or never was, is told in one way.
async fn whose(app: &App, token: &str) -> Result<Person, Problem> {
    if token.len() > LONGEST_TOKEN {
        return Err(gone());
    }
    app.0.store.invited(&TokenHash::of(token.as_bytes()), app.now()).await?.ok_or_else(gone)
}

fn gone() -> Problem {
    Problem::not_found("link_gone")
}
