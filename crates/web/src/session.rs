//! Sign-in, sign-out, and who stands behind a request.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_model::{AgentId, Personal, PromiseCommand};
use otklik_store::{Person, TokenHash};
use rand::RngExt;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::client::ClientIp;
use crate::dto::Session;
use crate::people;
use crate::problem::Problem;
use crate::state::App;

/// A session lasts a shift and its evening: 12 hours.
const LASTS_S: i64 = 12 * 3_600;
/// Longest name and password that are looked at, bytes.
const LONGEST: usize = 256;

/// A name and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    #[schema(max_length = 256)]
    name: String,
    #[schema(max_length = 256, format = Password)]
    password: String,
}

/// Whoever is signed in: a handler that takes it answers nobody else.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) person: Person,
    pub(crate) token: TokenHash,
}

impl SignedIn {
    /// Is the session still good? (Signed out elsewhere, expired.)
    pub(crate) async fn still_good(&self, app: &App) -> bool {
        app.0.store.find_session(&self.token, app.now()).await.is_ok_and(|session| session.is_some())
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(&parts.headers, app).ok_or_else(Problem::not_signed_in)?;
        let session = app.0.store.find_session(&token, app.now()).await?.ok_or_else(Problem::not_signed_in)?;
        let person = app.0.store.person(&session.person).await?.ok_or_else(Problem::not_signed_in)?;
        Ok(Self { person, token })
    }
}

/// Signs in.
#[utoipa::path(post, operation_id = "signIn", path = "/api/session", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    ClientIp(from): ClientIp,
    Json(given): Json<SignIn>,
) -> Result<Response, Problem> {
    let wrong = || Problem::new(StatusCode::UNAUTHORIZED, "wrong_password");
    let name = given.name.trim().to_lowercase();
    if name.len() > LONGEST || given.password.len() > LONGEST {
        return Err(wrong());
    }
    let now = app.now();
    if let Some(seconds) = app.0.attempts.pause_s(from, &name, now) {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts").after(seconds));
    }
    // Counted before it is looked at: a hundred guesses at once are a hundred guesses.
    app.0.attempts.failed(from, &name, now);
    let Ok(_place) = app.0.sign_ins.try_acquire() else {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts").after(5));
    };
    let person = app.0.store.person(&AgentId::new(name.clone())).await?;
    if !people::is_password(person.as_ref(), Personal::new(given.password)).await {
        return Err(wrong());
    }
    let person = person.ok_or_else(wrong)?;
    app.0.attempts.succeeded(from, &name);
    let token = hex(&rand::rng().random::<[u8; 32]>());
    let expires_at = now.plus_ms(LASTS_S * 1_000);
    app.0.store.create_session(&TokenHash::of(token.as_bytes()), &person.id, now, expires_at).await?;
    let mut response = Json(Session { person: person.into() }).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, &token, LASTS_S)?);
    Ok(response)
}

/// Says who is signed in.
#[utoipa::path(get, operation_id = "whoIsSignedIn", path = "/api/session", responses((status = 200, body = Session), (status = 401, body = Problem)))]
pub(crate) async fn who(signed_in: SignedIn) -> Json<Session> {
    Json(Session { person: signed_in.person.into() })
}

/// Signs out.
#[utoipa::path(delete, operation_id = "signOut", path = "/api/session", responses((status = 204), (status = 401, body = Problem)))]
pub(crate) async fn sign_out(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Problem> {
    app.0.store.delete_session(&signed_in.token, app.now()).await?;
    // Whoever goes off shift leaves nothing behind that nobody looks after; an engine that has stopped did so itself.
    app.0.engine.promise(signed_in.person.id.clone(), PromiseCommand::ReleaseAll).await.ok();
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, "", 0)?);
    Ok(response)
}

fn cookie_name(app: &App) -> String {
    // Browsers take a `__Host-` cookie only from us, over TLS, for the whole site (RFC 6265bis section 4.1.3.2).
    let prefix = if app.0.start.site.is_secure() { "__Host-" } else { "" };
    format!("{prefix}otklik_session_{}", app.0.start.http.port())
}

fn cookie(app: &App, token: &str, lasts_s: i64) -> Result<HeaderValue, Problem> {
    let name = cookie_name(app);
    let secure = if app.0.start.site.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts_s}{secure}");
    HeaderValue::try_from(text).map_err(|_| Problem::unavailable())
}

fn token(headers: &HeaderMap, app: &App) -> Option<TokenHash> {
    let name = cookie_name(app);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let token = cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name && !value.is_empty() && value.len() <= LONGEST).then_some(value)
    })?;
    Some(TokenHash::of(token.as_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
