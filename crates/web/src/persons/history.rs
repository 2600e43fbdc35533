//! What happened with a person: calls of their numbers, appeals, promises.

use axum::extract::State;
use otklik_model::Outcome;
use otklik_store::persons::{self as store, History, HistoryKey};
use serde::Deserialize;
use utoipa::IntoParams;

use super::cards;
use super::dto::{HistoryCall, HistoryEntry, HistoryKind, HistoryPromise, PersonHistory};
use crate::appeals::shown::{Staff, row};
use crate::dto::LineRef;
use crate::extract::{Json, Path, Query};
use crate::paging;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// Which part of the history.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Entries of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    before: Option<String>,
}

/// The history of a person, newest first.
#[utoipa::path(get, operation_id = "getPersonHistory", path = "/api/persons/{id}/history", params(("id" = String, Path, format = Uuid), Part),
    responses((status = 200, body = PersonHistory), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadAppeals>,
    Path(id): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<PersonHistory>, Problem> {
    let limit = paging::limit(part.limit)?;
    let before = part.before.as_deref().map(read_key).transpose()?;
    let person = cards::read_id(&id)?;
    if app.0.store.person_card(person).await?.is_none() {
        return Err(Problem::not_found("no_such_person"));
    }
    let rows = app.0.store.person_history(person, before, limit).await?;
    let next = rows.last().filter(|_| rows.len() as u64 == limit).map(|(key, _)| written(*key));
    let staff = Staff::of(&app).await?;
    let entries = rows.into_iter().map(|(key, entry)| shown(&app, &staff, key, entry)).collect();
    Ok(Json(PersonHistory { entries, next }))
}

fn shown(app: &App, staff: &Staff, key: HistoryKey, entry: History) -> HistoryEntry {
    let kind = kind(key.kind);
    let empty = HistoryEntry { at: key.at.0, kind, call: None, appeal: None, promise: None };
    match entry {
        History::Call(call) => {
            let talk = call.ended_at.zip(call.answered_at).map(|(ended, answered)| ended.since_ms(answered));
            let call = HistoryCall {
                id: call.id.to_string(),
                line: LineRef { name: app.line_name(&call.line), id: call.line.0 },
                outcome: call.outcome.map(Outcome::name),
                stage: call.outcome.and_then(Outcome::stage),
                talk_ms: talk,
            };
            HistoryEntry { call: Some(call), ..empty }
        }
        History::Appeal(appeal) => HistoryEntry { appeal: Some(row(staff, *appeal)), ..empty },
        History::Promise(promise) => {
            let promise = HistoryPromise {
                id: promise.id.to_string(),
                call: promise.call.to_string(),
                kind: promise.kind.name(),
                made_at: promise.made_at.0,
                due_at: promise.due_at.0,
            };
            HistoryEntry { promise: Some(promise), ..empty }
        }
    }
}

fn kind(kind: store::HistoryKind) -> HistoryKind {
    match kind {
        store::HistoryKind::Call => HistoryKind::Call,
        store::HistoryKind::Appeal => HistoryKind::Appeal,
        store::HistoryKind::Promise => HistoryKind::Promise,
    }
}

/// A key as a cursor: its kind before the time and the id.
fn written(key: HistoryKey) -> String {
    let kind = match key.kind {
        store::HistoryKind::Call => 'c',
        store::HistoryKind::Appeal => 'a',
        store::HistoryKind::Promise => 'p',
    };
    format!("{kind}{}_{}", key.at.0, key.id)
}

fn read_key(text: &str) -> Result<HistoryKey, Problem> {
    let bad = || Problem::bad_request("bad_cursor");
    let mut letters = text.chars();
    let kind = match letters.next() {
        Some('c') => store::HistoryKind::Call,
        Some('a') => store::HistoryKind::Appeal,
        Some('p') => store::HistoryKind::Promise,
        _ => return Err(bad()),
    };
    let (at, id) = paging::read_cursor(Some(letters.as_str()))?.ok_or_else(bad)?;
    Ok(HistoryKey { at, kind, id })
}
