//! People: who works here, what they may do, and the link by which they get in.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{self as store, Gender, PasswordHash, PersonChange, Role, StoreError, TokenHash};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dto::{GenderName, RoleName};
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, SetUp};
use crate::session;
use crate::setup;
use crate::state::App;

/// Somebody who works here, as the administrator sees them.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupPerson {
    /// Sign-in name.
    id: String,
    name: String,
    #[schema(value_type = RoleName)]
    role: Role,
    #[schema(value_type = Option<GenderName>)]
    gender: Option<Gender>,
    /// Rises with each change; to be given with the next one.
    version: u64,
    /// Since when they may not sign in.
    disabled_at: Option<i64>,
    /// Was a password set?
    has_password: bool,
    /// Until when their open link is good.
    link_expires_at: Option<i64>,
    /// How many browsers they are signed in with.
    sessions: usize,
}

/// Everybody.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupPeople {
    people: Vec<SetupPerson>,
}

/// Somebody to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSetupPerson {
    /// Sign-in name: small Latin letters, digits, `.`, `_`, `-`; begins with a letter.
    #[schema(min_length = 2, max_length = 40)]
    id: String,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(value_type = RoleName)]
    role: Role,
    #[schema(value_type = Option<GenderName>)]
    gender: Option<Gender>,
}

/// What is changed of somebody, on the version that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedPerson {
    version: u64,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(value_type = RoleName)]
    role: Role,
    #[schema(value_type = Option<GenderName>)]
    gender: Option<Gender>,
    /// True where they may not sign in.
    disabled: bool,
}

/// A one-time link. It is shown once: only its hash is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimeLink {
    /// The address on this server, `/welcome/…`.
    path: String,
    expires_at: i64,
}

/// Somebody new with their link.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedPerson {
    person: SetupPerson,
    link: OneTimeLink,
}

/// Everybody, by sign-in name.
#[utoipa::path(get, operation_id = "listPeople", path = "/api/setup/people", responses((status = 200, body = SetupPeople), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SetUp>) -> Result<Json<SetupPeople>, Problem> {
    let mut people = Vec::new();
    for person in app.0.store.people().await? {
        people.push(shown(&app, person).await?);
    }
    Ok(Json(SetupPeople { people }))
}

/// Adds somebody, without a password, and makes their link.
#[utoipa::path(post, operation_id = "addPerson", path = "/api/setup/people", request_body = NewSetupPerson,
    responses((status = 201, body = AddedPerson), (status = 400, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn add(
    State(app): State<App>,
    may: May<SetUp>,
    Json(new): Json<NewSetupPerson>,
) -> Result<(StatusCode, Json<AddedPerson>), Problem> {
    let id = sign_in_name(&new.id)?;
    let person = store::Person {
        id: id.clone(),
        name: Personal::new(setup::name(&new.name)?),
        role: new.role,
        gender: new.gender,
        password_hash: PasswordHash(String::new()),
        version: 1,
        disabled_at: None,
    };
    let by = may.person.id.as_str();
    app.0.store.create_person(&person, by, app.now()).await.map_err(setup::refused)?;
    let link = link(&app, &id, by).await?;
    Ok((StatusCode::CREATED, Json(AddedPerson { person: shown(&app, person).await?, link })))
}

/// Changes somebody. Another role, or switching them off, signs them out everywhere at once.
#[utoipa::path(put, operation_id = "changePerson", path = "/api/setup/people/{id}", request_body = ChangedPerson, params(("id" = String, Path)),
    responses((status = 200, body = SetupPerson), (status = 400, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Json(changed): Json<ChangedPerson>,
) -> Result<Json<SetupPerson>, Problem> {
    let id = AgentId::new(id);
    let ChangedPerson { version, name, role, gender, disabled } = changed;
    let change = PersonChange { name: Personal::new(setup::name(&name)?), role, gender, disabled };
    match app.0.store.change_person(&id, &change, version, may.person.id.as_str(), app.now()).await {
        Ok(person) => {
            // Whoever kept their sessions finds them in the database.
            app.0.revoked.all_of(&id);
            Ok(Json(shown(&app, person).await?))
        }
        Err(StoreError::Stale { .. }) => {
            let stored = app.0.store.person(&id).await?.ok_or_else(|| Problem::not_found("no_such_colleague"))?;
            Err(setup::stale(&shown(&app, stored).await?))
        }
        Err(error) => Err(setup::refused(error)),
    }
}

/// Makes a new link for somebody, which replaces an earlier one: to get in for the first time, or to set another password.
#[utoipa::path(post, operation_id = "makeLink", path = "/api/setup/people/{id}/link", params(("id" = String, Path)),
    responses((status = 200, body = OneTimeLink), (status = 404, body = Problem)))]
pub(crate) async fn make_link(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
) -> Result<Json<OneTimeLink>, Problem> {
    Ok(Json(link(&app, &AgentId::new(id), may.person.id.as_str()).await?))
}

/// Signs somebody out everywhere.
#[utoipa::path(delete, operation_id = "endSessionsOf", path = "/api/setup/people/{id}/sessions", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub(crate) async fn end_sessions(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = AgentId::new(id);
    app.0.store.person(&id).await?.ok_or_else(|| Problem::not_found("no_such_colleague"))?;
    app.0.store.delete_sessions_of(&id, may.person.id.as_str(), app.now()).await?;
    app.0.revoked.all_of(&id);
    Ok(StatusCode::NO_CONTENT)
}

async fn link(app: &App, id: &AgentId, by: &str) -> Result<OneTimeLink, Problem> {
    let token = session::fresh_token();
    let made = app.0.store.invite(id, &TokenHash::of(token.as_bytes()), by, app.now()).await;
    let UtcMs(expires_at) = made.map_err(setup::refused)?;
    Ok(OneTimeLink { path: format!("/welcome/{token}"), expires_at })
}

async fn shown(app: &App, person: store::Person) -> Result<SetupPerson, Problem> {
    let now = app.now();
    Ok(SetupPerson {
        link_expires_at: app.0.store.link_expiry(&person.id, now).await?.map(|at| at.0),
        sessions: app.0.store.sessions_of(&person.id, now).await?.len(),
        has_password: person.has_password(),
        id: person.id.0,
        name: person.name.into_inner(),
        role: person.role,
        gender: person.gender,
        version: person.version,
        disabled_at: person.disabled_at.map(|at| at.0),
    })
}

fn sign_in_name(text: &str) -> Result<AgentId, Problem> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    let fits = begins && (2..=40).contains(&text.len()) && text.bytes().all(allowed);
    if fits { Ok(AgentId::new(text)) } else { Err(Problem::bad_request("bad_sign_in_name")) }
}
