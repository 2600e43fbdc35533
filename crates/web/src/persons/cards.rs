//! The cards of persons: found, made, read, saved.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_centre::appeals::person::PersonContent;
use otklik_centre::appeals::words;
use otklik_model::{PersonId, Personal};
use otklik_store::{self as store, PersonError, PersonName};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{NewPersonCard, PersonCard, PersonCardDocument, PersonFound, PersonList, PersonProblem};
use crate::appeals::shown::{brief, may_write};
use crate::body::Document;
use crate::extract::{Json, Path, Query};
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals, WriteAppeals};
use crate::state::App;
use crate::{calls, dto};

/// Longest name that is looked for, letters.
const LONGEST_QUERY: usize = 200;

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
    State(app): State<App>,
    _: May<ReadAppeals>,
    Query(which): Query<Which>,
) -> Result<Json<PersonList>, Problem> {
    if which.q.chars().count() > LONGEST_QUERY || words::words(&which.q).is_empty() {
        return Err(Problem::bad_request("bad_query"));
    }
    let persons = app
        .0
        .store
        .persons_named(&which.q)
        .await?
        .into_iter()
        .map(|card| PersonFound { birth_year: card.content.birth_year, person: brief(card.id, card.content.name) });
    Ok(Json(PersonList { persons: persons.collect() }))
}

/// Makes a card; where a call is given, the person is known on its number from then on.
#[utoipa::path(post, operation_id = "createPerson", path = "/api/persons", request_body = NewPersonCard,
    responses((status = 201, body = PersonCard), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 413, body = Problem),
              (status = 422, body = PersonProblem)))]
pub(crate) async fn create(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Document(card): Document<NewPersonCard>,
) -> Result<(StatusCode, Json<PersonCard>), PersonProblem> {
    let subject = match &card.call {
        None => None,
        Some(call) => {
            let call = calls::find(&app, call).await?;
            let appeal = app.0.store.appeal_of_call(call.id).await.map_err(Problem::from)?;
            if !appeal.is_some_and(|appeal| may_write(&app, &me, &appeal)) {
                return Err(Problem::new(StatusCode::FORBIDDEN, "not_your_appeal").into());
            }
            call.subject
        }
    };
    let name = name(card.family_name, card.given_name, card.patronymic);
    let content = PersonContent { name, birth_year: card.birth_year, note: Personal::new(card.note) };
    let id = PersonId(Uuid::new_v4());
    let created = app.0.store.create_person_card(id, content, subject, &me.person.id, app.now()).await;
    Ok((StatusCode::CREATED, answer(created)?))
}

/// One card.
#[utoipa::path(get, operation_id = "getPerson", path = "/api/persons/{id}", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = PersonCard), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(app): State<App>,
    _: May<ReadAppeals>,
    Path(id): Path<String>,
) -> Result<Json<PersonCard>, Problem> {
    let card = app.0.store.person_card(read_id(&id)?).await?.ok_or_else(missing)?;
    Ok(Json(shown(card)))
}

/// Saves the whole of a card.
#[utoipa::path(put, operation_id = "savePerson", path = "/api/persons/{id}", params(("id" = String, Path, format = Uuid)),
    request_body = PersonCardDocument,
    responses((status = 200, body = PersonCard), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = PersonProblem),
              (status = 413, body = Problem), (status = 422, body = PersonProblem)))]
pub(crate) async fn save(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Path(id): Path<String>,
    Document(card): Document<PersonCardDocument>,
) -> Result<Json<PersonCard>, PersonProblem> {
    let name = name(card.family_name, card.given_name, card.patronymic);
    let content = PersonContent { name, birth_year: card.birth_year, note: Personal::new(card.note) };
    answer(app.0.store.save_person_card(read_id(&id)?, card.version, content, &me.person.id, app.now()).await)
}

fn missing() -> Problem {
    Problem::not_found("no_such_person")
}

pub(super) fn read_id(id: &str) -> Result<PersonId, Problem> {
    Uuid::parse_str(id).map(PersonId).map_err(|_| missing())
}

fn name(family_name: String, given_name: String, patronymic: String) -> PersonName {
    let [family_name, given_name, patronymic] = [family_name, given_name, patronymic].map(Personal::new);
    PersonName { family_name, given_name, patronymic }
}

fn answer(changed: Result<store::PersonCard, PersonError>) -> Result<Json<PersonCard>, PersonProblem> {
    match changed {
        Ok(card) => Ok(Json(shown(card))),
        Err(PersonError::Store(error)) => Err(Problem::from(error).into()),
        Err(PersonError::NoSuchPerson) => Err(missing().into()),
        Err(PersonError::Flaw(flaw)) => Err(PersonProblem::of_flaw(flaw)),
        Err(PersonError::Stale(theirs)) => {
            let stale = PersonProblem::from(Problem::new(StatusCode::CONFLICT, "stale"));
            Err(PersonProblem { theirs: Some(Box::new(shown(*theirs))), ..stale })
        }
    }
}

fn shown(card: store::PersonCard) -> PersonCard {
    let PersonName { family_name, given_name, patronymic } = card.content.name;
    PersonCard {
        id: card.id.to_string(),
        version: card.version,
        family_name: family_name.into_inner(),
        given_name: given_name.into_inner(),
        patronymic: patronymic.into_inner(),
        birth_year: card.content.birth_year,
        note: card.content.note.into_inner(),
        phones: card.phones.iter().map(dto::shown).collect(),
        created_at: card.created_at.0,
        updated_at: card.updated_at.0,
        updated_by: card.updated_by.0,
    }
}
