//! The list of appeals: filters, search, pages.

use axum::extract::State;
use jiff::civil::Date;
use otklik_centre::appeals::words;
use otklik_model::{AgentId, AppealId, Personal, ResultId, UtcMs};
use otklik_store::AppealsQuery;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{AppealPage, AppealStatus};
use super::shown::{self, Staff};
use crate::extract::{Json, Query};
use crate::paging;
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

impl Filter {
    /// The query of the store.
    pub(crate) fn query(self, app: &App) -> Result<AppealsQuery, Problem> {
        let start = |day: Date| {
            let midnight = day.at(0, 0, 0, 0).to_zoned_datetime(app.0.start.zone.clone());
            let start = midnight.map_err(|_| Problem::bad_request("bad_day"))?;
            Ok::<_, Problem>(UtcMs(start.timestamp().as_millisecond()))
        };
        let to = day(self.to)?.map(|day| day.tomorrow().map_err(|_| Problem::bad_request("bad_day"))).transpose()?;
        let search = self.q.filter(|query| !query.trim().is_empty());
        if search.as_ref().is_some_and(|query| words::terms(query).is_empty()) {
            return Err(Problem::bad_request("bad_query"));
        }
        Ok(AppealsQuery {
            before: None,
            limit: 1,
            status: self.status.map(Into::into),
            topic: self.topic,
            result: self.result.map(ResultId),
            author: self.author.map(AgentId),
            from: day(self.from)?.map(start).transpose()?,
            to: to.map(start).transpose()?,
            search: search.map(Personal::new),
        })
    }
}

fn day(text: Option<String>) -> Result<Option<Date>, Problem> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::bad_request("bad_day"))).transpose()
}

/// Appeals in whose calls somebody spoke, newest first.
#[utoipa::path(get, operation_id = "listAppeals", path = "/api/appeals", params(Filter, Part),
    responses((status = 200, body = AppealPage), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadAppeals>,
    Query(filter): Query<Filter>,
    Query(part): Query<Part>,
) -> Result<Json<AppealPage>, Problem> {
    let limit = paging::limit(part.limit)?;
    let before = paging::read_cursor(part.before.as_deref())?.map(|(at, id)| (at, AppealId(id)));
    let query = AppealsQuery { before, limit, ..filter.query(&app)? };
    let appeals = app.0.store.appeals(&query).await?;
    let next = paging::next_cursor(&appeals, limit, |appeal| (appeal.created_at, appeal.id.0));
    let staff = Staff::of(&app).await?;
    let appeals = appeals.into_iter().map(|appeal| shown::row(&staff, appeal)).collect();
    Ok(Json(AppealPage { appeals, next }))
}
