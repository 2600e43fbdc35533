//! The list of appeals: filters, search, pages.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{AppealPage, AppealStatus};
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// Which appeals.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only appeals that stand there.
    pub(crate) status: Option<AppealStatus>,
    /// Only appeals on this topic, or on any topic of this group.
    pub(crate) topic: Option<String>,
    /// Only appeals with this result.
    pub(crate) result: Option<String>,
    /// Only appeals of this specialist.
    pub(crate) author: Option<String>,
    /// From this local day on, `2026-11-24`.
    pub(crate) from: Option<String>,
    /// Up to this local day, the day included.
    pub(crate) to: Option<String>,
    /// Words, each of which must begin a word of the appeal or of the name of who speaks, or be the number of the
    /// appeal or the digits of the telephone number (the last four are enough).
    #[param(max_length = 200)]
    pub(crate) q: Option<String>,
}

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Appeals of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    before: Option<String>,
}

/// Appeals in whose calls somebody spoke, newest first.
#[utoipa::path(get, operation_id = "listAppeals", path = "/api/appeals", params(Filter, Part),
    responses((status = 200, body = AppealPage), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(_app): State<App>,
    _: May<ReadAppeals>,
    Query(_filter): Query<Filter>,
    Query(_part): Query<Part>,
) -> Result<Json<AppealPage>, Problem> {
    Err(Problem::unavailable())
}
