//! What we owe, due first first.

use axum::Json;
use axum::extract::{Query, State};
use otklik_model::{PromiseId, UtcMs};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::dto::{self, Promise, PromisePage};
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::App;

const USUAL_PAGE: u64 = 50;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Promises of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Open promises.
#[utoipa::path(get, operation_id = "listPromises", path = "/api/promises", params(Which),
    responses((status = 200, body = PromisePage), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: SignedIn,
    Query(which): Query<Which>,
) -> Result<Json<PromisePage>, Problem> {
    let limit = which.limit.unwrap_or(USUAL_PAGE);
    if !(1..=200).contains(&limit) {
        return Err(Problem::bad_request("bad_limit"));
    }
    let after = which.after.map(|cursor| {
        let read = cursor.split_once('_').and_then(|(at, id)| Some((at.parse().ok()?, Uuid::parse_str(id).ok()?)));
        read.map(|(at, id)| (UtcMs(at), PromiseId(id))).ok_or_else(|| Problem::bad_request("bad_cursor"))
    });
    let rows = app.0.store.promises_open(limit, after.transpose()?).await?;
    let full = rows.len() as u64 == limit;
    let next = rows.last().filter(|_| full).map(|row| format!("{}_{}", row.due_at.0, row.id));
    let promises = rows.into_iter().map(|row| Promise {
        id: row.id.to_string(),
        call: row.call.to_string(),
        caller: row.phone.as_ref().map(dto::shown),
        kind: row.kind.name(),
        made_at: row.made_at.0,
        due_at: row.due_at.0,
    });
    Ok(Json(PromisePage { promises: promises.collect(), next }))
}
