//! What we owe, due first first.

use axum::extract::State;
use otklik_model::PromiseId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::dto::{self, Promise, PromisePage};
use crate::extract::{Json, Query};
use crate::paging;
use crate::problem::Problem;
use crate::rights::{KeepPromises, May};
use crate::state::App;

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
    _: May<KeepPromises>,
    Query(which): Query<Which>,
) -> Result<Json<PromisePage>, Problem> {
    let limit = paging::limit(which.limit)?;
    let after = paging::read_cursor(which.after.as_deref())?.map(|(at, id)| (at, PromiseId(id)));
    let rows = app.0.store.promises_open(limit, after).await?;
    let next = paging::next_cursor(&rows, limit, |row| (row.due_at, row.id.0));
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
