//! The list as a table for a spreadsheet (CSV, RFC 4180).

use axum::extract::{Query, State};
use axum::response::Response;

use super::list::Filter;
use crate::problem::Problem;
use crate::rights::{ExportAppeals, May};
use crate::state::App;

/// The appeals of the same filters as the list, newest first, at most 10,000.
#[utoipa::path(get, operation_id = "exportAppeals", path = "/api/appeals.csv", params(Filter),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = Problem),
              (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn table(
    State(_app): State<App>,
    _: May<ExportAppeals>,
    Query(_filter): Query<Filter>,
) -> Result<Response, Problem> {
    Err(Problem::unavailable())
}
