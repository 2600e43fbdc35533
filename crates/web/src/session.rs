//! Sign-in, sign-out, and who stands behind a request.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_model::{AgentId, Personal, PromiseCommand};
use otklik_store::{Person, TokenHash};
use rand::RngExt;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::attempts::Attempt;
use crate::client::ClientIp;
use crate::dto::Session;
use crate::extract::Json;
use crate::people;
use crate::problem::Problem;
use crate::state::App;

/// A session lasts a shift and its evening: 12 hours.
const LASTS_S: i64 = 12 * 3_600;
/// A browser is known for a year.
const BROWSER_LASTS_S: i64 = 365 * 86_400;
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
        let token = token(&parts.headers, &cookie_name(app)).ok_or_else(Problem::not_signed_in)?;
        let session = app.0.store.find_session(&token, app.now()).await?.ok_or_else(Problem::not_signed_in)?;
        let person = app.0.store.person(&session.person).await?.ok_or_else(Problem::not_signed_in)?;
        if person.disabled_at.is_some() {
            return Err(Problem::not_signed_in());
        }
        Ok(Self { person, token })
    }
}

/// Signs in.
#[utoipa::path(post, operation_id = "signIn", path = "/api/session", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 429, body = Problem)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    ClientIp(from): ClientIp,
    headers: HeaderMap,
    Json(given): Json<SignIn>,
) -> Result<Response, Problem> {
    let wrong = || Problem::new(StatusCode::UNAUTHORIZED, "wrong_password");
    let name = given.name.trim().to_lowercase();
    if name.len() > LONGEST || given.password.len() > LONGEST {
        return Err(wrong());
    }
    let now = app.now();
    let key = AgentId::new(name.clone());
    let browser = match known_browser(&headers, &app) {
        Some(token) if app.0.store.knows_browser(&token, &key).await? => Some(token),
        _ => None,
    };
    let places = if browser.is_some() { &app.0.known_sign_ins } else { &app.0.sign_ins };
    let attempt = Attempt { from, name, browser };
    if let Some(seconds) = app.0.attempts.pause_s(&attempt, now) {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts").after(seconds));
    }
    // Counted before it is looked at: a hundred guesses at once are a hundred guesses.
    app.0.attempts.failed(&attempt, now);
    let Ok(_place) = places.try_acquire() else {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts").after(5));
    };
    let person = app.0.store.person(&key).await?;
    if !people::is_password(person.as_ref(), Personal::new(given.password)).await {
        return Err(wrong());
    }
    let person = person.ok_or_else(wrong)?;
    app.0.attempts.succeeded(&attempt);
    if person.disabled_at.is_some() {
        // Only whoever knows the password learns it.
        return Err(Problem::new(StatusCode::FORBIDDEN, "switched_off"));
    }
    begin(&app, person, &headers).await
}

/// Begins a session of a person under a fresh token; the one that the browser had is over, and the browser is known.
pub(crate) async fn begin(app: &App, person: Person, headers: &HeaderMap) -> Result<Response, Problem> {
    let now = app.now();
    if let Some(before) = token(headers, &cookie_name(app)) {
        app.0.store.delete_session(&before, now).await?;
        app.0.revoked.one(&before);
    }
    let token = fresh_token();
    let hash = TokenHash::of(token.as_bytes());
    app.0.store.create_session(&hash, &person.id, now, now.plus_ms(LASTS_S * 1_000)).await?;
    if let Some(browser) = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()) {
        let browser: String = browser.chars().take(LONGEST).collect();
        app.0.store.name_browser(&hash, &browser).await?;
    }
    let browser = fresh_token();
    app.0.store.remember_browser(&TokenHash::of(browser.as_bytes()), &person.id, now).await?;
    let mut response = Json(Session { person: person.into(), zone: zone(app) }).into_response();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookie(app, &cookie_name(app), &token, LASTS_S)?);
    headers.append(header::SET_COOKIE, cookie(app, &browser_name(app), &browser, BROWSER_LASTS_S)?);
    Ok(response)
}

/// Says who is signed in.
#[utoipa::path(get, operation_id = "whoIsSignedIn", path = "/api/session", responses((status = 200, body = Session), (status = 401, body = Problem)))]
pub(crate) async fn who(State(app): State<App>, signed_in: SignedIn) -> Json<Session> {
    Json(Session { zone: zone(&app), person: signed_in.person.into() })
}

fn zone(app: &App) -> Option<String> {
    app.0.start.zone.iana_name().map(str::to_owned)
}

/// Signs out.
#[utoipa::path(delete, operation_id = "signOut", path = "/api/session", responses((status = 204), (status = 401, body = Problem)))]
pub(crate) async fn sign_out(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Problem> {
    app.0.store.delete_session(&signed_in.token, app.now()).await?;
    // Whoever goes off shift leaves nothing behind that nobody looks after; an engine that has stopped did so itself.
    app.0.engine.promise(signed_in.person.id.clone(), PromiseCommand::ReleaseAll).await.ok();
    app.0.revoked.one(&signed_in.token);
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, &cookie_name(&app), "", 0)?);
    Ok(response)
}

fn cookie_name(app: &App) -> String {
    // Browsers take a `__Host-` cookie only from us, over TLS, for the whole site (RFC 6265bis section 4.1.3.2).
    let prefix = if app.0.start.site.is_secure() { "__Host-" } else { "" };
    format!("{prefix}otklik_session_{}", app.0.start.http.port())
}

/// Another cookie says that somebody signed in with this browser before; it opens nothing.
fn browser_name(app: &App) -> String {
    format!("otklik_browser_{}", app.0.start.http.port())
}

fn known_browser(headers: &HeaderMap, app: &App) -> Option<TokenHash> {
    token(headers, &browser_name(app))
}

/// A token that nobody guesses: 256 bits, as hex.
pub fn fresh_token() -> String {
    hex(&rand::rng().random::<[u8; 32]>())
}

fn cookie(app: &App, name: &str, token: &str, lasts_s: i64) -> Result<HeaderValue, Problem> {
    let secure = if app.0.start.site.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts_s}{secure}");
    HeaderValue::try_from(text).map_err(|_| Problem::unavailable())
}

fn token(headers: &HeaderMap, name: &str) -> Option<TokenHash> {
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
