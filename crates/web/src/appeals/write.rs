//! Writing an appeal: saving, filing, dismissing. The call's specialist may, and who leads the shift.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_centre::appeals::filing::{Beneficiary, Content, Speaker};
use otklik_model::{AppealId, PersonId, Personal, ResultId, TopicId};
use otklik_store::AppealError;
use uuid::Uuid;

use super::dto::{
    Appeal, AppealDocument, AppealProblem, BeneficiaryIs, DismissalRequest, RegistrationRequest, SpeakerIs,
};
use super::{read, shown};
use crate::body::Document;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, WriteAppeals};
use crate::session::SignedIn;
use crate::state::App;

/// Saves the whole of what people write. After filing it leaves a trace, and the text before is kept.
#[utoipa::path(put, operation_id = "saveAppeal", path = "/api/appeals/{id}", params(("id" = String, Path, format = Uuid)),
    request_body = AppealDocument,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem),
              (status = 413, body = Problem), (status = 422, body = AppealProblem)))]
pub(crate) async fn save(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Path(id): Path<String>,
    Document(document): Document<AppealDocument>,
) -> Result<Json<Appeal>, AppealProblem> {
    let appeal = allowed(&app, &me, &id).await?;
    let version = document.version;
    let content = content(document)?;
    answer(&app, &me, app.0.store.save_appeal(appeal, version, content, &me.person.id, app.now()).await).await
}

/// Files the appeal: gives it its number. Filing what is filed answers with the number that it has.
#[utoipa::path(post, operation_id = "registerAppeal", path = "/api/appeals/{id}/registration", params(("id" = String, Path, format = Uuid)),
    request_body = RegistrationRequest,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem),
              (status = 422, body = AppealProblem)))]
pub(crate) async fn register(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Path(id): Path<String>,
    Document(request): Document<RegistrationRequest>,
) -> Result<Json<Appeal>, AppealProblem> {
    let appeal = allowed(&app, &me, &id).await?;
    answer(&app, &me, app.0.store.register_appeal(appeal, request.version, &me.person.id, app.now()).await).await
}

/// Says that the contact is no appeal. What was written stays; a filed appeal cannot be dismissed.
#[utoipa::path(post, operation_id = "dismissAppeal", path = "/api/appeals/{id}/dismissal", params(("id" = String, Path, format = Uuid)),
    request_body = DismissalRequest,
    responses((status = 200, body = Appeal), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = AppealProblem)))]
pub(crate) async fn dismiss(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Path(id): Path<String>,
    Document(request): Document<DismissalRequest>,
) -> Result<Json<Appeal>, AppealProblem> {
    let appeal = allowed(&app, &me, &id).await?;
    let reason = request.reason.into();
    answer(&app, &me, app.0.store.dismiss_appeal(appeal, reason, &me.person.id, app.now()).await).await
}

/// Takes the dismissal back: the draft is open again.
#[utoipa::path(delete, operation_id = "reopenAppeal", path = "/api/appeals/{id}/dismissal", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Appeal), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = AppealProblem)))]
pub(crate) async fn reopen(
    State(app): State<App>,
    me: May<WriteAppeals>,
    Path(id): Path<String>,
) -> Result<Json<Appeal>, AppealProblem> {
    let appeal = allowed(&app, &me, &id).await?;
    answer(&app, &me, app.0.store.reopen_appeal(appeal, &me.person.id, app.now()).await).await
}

/// The appeal, where this specialist may write it.
async fn allowed(app: &App, me: &SignedIn, id: &str) -> Result<AppealId, AppealProblem> {
    let appeal = read::find(app, id).await?;
    if shown::may_write(app, me, &appeal) {
        Ok(appeal.id)
    } else {
        Err(Problem::new(StatusCode::FORBIDDEN, "not_your_appeal").into())
    }
}

fn content(document: AppealDocument) -> Result<Content, AppealProblem> {
    let person = |id: Option<String>, field| {
        let id = id.and_then(|id| Uuid::parse_str(&id).ok());
        id.map(PersonId).ok_or_else(|| AppealProblem::of_field("no_such_person", field))
    };
    let AppealDocument { version: _, kind, topics, asked, answered, result, speaker, for_whom } = document;
    let speaker = match speaker.is {
        SpeakerIs::Unknown => Speaker::Unknown,
        SpeakerIs::DidNotSay => Speaker::DidNotSay,
        SpeakerIs::Person => Speaker::Person(person(speaker.person, "speaker")?),
    };
    let for_whom = match for_whom.is {
        BeneficiaryIs::Oneself => Beneficiary::Oneself,
        BeneficiaryIs::Person => Beneficiary::Person(person(for_whom.person, "for_whom")?),
        BeneficiaryIs::Relation => Beneficiary::Relation(Personal::new(for_whom.relation.unwrap_or_default())),
    };
    Ok(Content {
        kind: kind.into(),
        topics: topics.into_iter().map(TopicId).collect(),
        asked: Personal::new(asked),
        answered: Personal::new(answered),
        result: result.filter(|result| !result.is_empty()).map(ResultId),
        speaker,
        for_whom,
    })
}

/// The changed appeal, or why it was not changed.
async fn answer(
    app: &App,
    me: &SignedIn,
    changed: Result<otklik_store::Appeal, AppealError>,
) -> Result<Json<Appeal>, AppealProblem> {
    let conflict = |code| AppealProblem::from(Problem::new(StatusCode::CONFLICT, code));
    Err(match changed {
        Ok(appeal) => return Ok(Json(shown::whole(app, me, appeal).await?)),
        Err(AppealError::Store(error)) => Problem::from(error).into(),
        Err(AppealError::NoSuchAppeal) => Problem::not_found("no_such_appeal").into(),
        Err(AppealError::Stale(theirs)) => {
            let theirs = Some(Box::new(shown::whole(app, me, *theirs).await?));
            AppealProblem { theirs, ..conflict("stale") }
        }
        Err(AppealError::Flaw(flaw)) => AppealProblem::of_flaw(flaw),
        Err(AppealError::Incomplete(missing)) => {
            let missing = Some(missing.into_iter().map(Into::into).collect());
            AppealProblem { missing, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "incomplete").into() }
        }
        Err(AppealError::Dismissed) => conflict("appeal_dismissed"),
        Err(AppealError::Registered) => conflict("appeal_registered"),
        Err(AppealError::NoSuchTopic) => AppealProblem::of_field("no_such_topic", "topics"),
        Err(AppealError::NoSuchResult) => AppealProblem::of_field("no_such_result", "result"),
        Err(AppealError::NoSuchPerson) => AppealProblem::of_field("no_such_person", "speaker"),
    })
}
