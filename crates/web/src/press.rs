//! The page for the press, without a sign-in and without script: totals since the opening, from the rollups only, up to
//! yesterday; no cell under five, and none that the others would tell.

mod html;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::civil::Date;
use otklik_centre::figures::{Day, FORMULA_VERSION, disclosure};
use otklik_model::UtcMs;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use utoipa::ToSchema;

use crate::extract::{Json, Query};
use crate::problem::Problem;
use crate::state::App;

/// For how long a page stands before the rollups are read again, milliseconds: a call of yesterday may end today.
const STANDS_MS: i64 = 10 * 60_000;
/// The same for browsers and what stands before us.
const KEEP: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=600")];
const STYLE: &str = include_str!("press/press.css");

/// What was published last, with when it was made.
#[derive(Debug, Default)]
pub(crate) struct Printed(Mutex<Option<(UtcMs, Arc<Press>)>>);

/// What is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Press {
    /// The last day that is in it: yesterday.
    pub(crate) until: String,
    /// The first day with calls; nothing where nothing is published.
    pub(crate) since: Option<String>,
    /// Always true: what was published of a day does not change with the next call.
    pub(crate) frozen: bool,
    pub(crate) formula_version: u16,
    /// Calls since the opening; nothing where they are fewer than five.
    pub(crate) calls: Option<i64>,
    /// The time of the service level, seconds.
    pub(crate) answer_within_s: u16,
    /// Share answered in that time, whole percent.
    pub(crate) answered_in_time_percent: Option<i64>,
    /// Messages that were left.
    pub(crate) messages: Option<i64>,
    /// Oldest first; `calls` is nothing where it is not published.
    pub(crate) months: Vec<PressMonth>,
    /// Main topics of registered appeals, the most asked first.
    pub(crate) topics: Vec<PressTopic>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PressMonth {
    /// `2026-11`.
    pub(crate) month: String,
    pub(crate) calls: Option<i64>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PressTopic {
    pub(crate) name: String,
    pub(crate) appeals: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct Which {
    lang: Option<String>,
}

/// What is published, for programs.
#[utoipa::path(get, operation_id = "getPress", path = "/api/press", responses((status = 200, body = Press), (status = 503, body = Problem)))]
pub(crate) async fn data(State(app): State<App>) -> Result<Response, Problem> {
    let press = printed(&app).await?;
    Ok((KEEP, Json(Press::clone(&press))).into_response())
}

/// The page.
pub(crate) async fn page(State(app): State<App>, Query(which): Query<Which>) -> Result<Response, Problem> {
    let press = printed(&app).await?;
    let words = words::Words::of(which.lang.as_deref());
    let number = app.lines().first().cloned().map(|line| line.number.to_string()).unwrap_or_default();
    let page = html::page(&press, &words, app.0.start.demo, &number);
    Ok((KEEP, Html(page)).into_response())
}

/// Its style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, STYLE)
}

async fn printed(app: &App) -> Result<Arc<Press>, Problem> {
    let now = app.now();
    let until = app.day(now).yesterday().map_err(|_| Problem::unavailable())?;
    let mut last = app.0.press.0.lock().await;
    if let Some((made_at, press)) = last.as_ref()
        && now.since_ms(*made_at) < STANDS_MS
        && press.until == until.to_string()
    {
        return Ok(Arc::clone(press));
    }
    let months = app.0.store.months(until).await?;
    let since = app.0.store.first_day().await?.filter(|day| *day <= until);
    let press = Arc::new(Press::of(&months, since, until, app.0.store.topic_totals(until).await?));
    *last = Some((now, Arc::clone(&press)));
    Ok(press)
}

impl Press {
    fn of(months: &[(String, Day)], since: Option<Date>, until: Date, topics: BTreeMap<String, i64>) -> Self {
        let sum = |of: fn(&Day) -> i64| months.iter().map(|(_, day)| of(day)).sum::<i64>();
        let calls = sum(|day| day.accepted);
        let is_published = calls >= disclosure::SMALLEST;
        let counts: Vec<i64> = months.iter().map(|(_, day)| day.accepted).collect();
        let of_months = disclosure::published(&counts);
        let served = sum(|day| day.offered - day.short_abandoned);
        let mut topics: Vec<(String, i64)> = topics.into_iter().collect();
        topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let of_topics = disclosure::published(&topics.iter().map(|(_, n)| *n).collect::<Vec<_>>());
        let messages = sum(|day| day.recorded);
        Self {
            until: until.to_string(),
            since: since.filter(|_| is_published).map(|day| day.to_string()),
            frozen: true,
            formula_version: FORMULA_VERSION,
            calls: is_published.then_some(calls),
            answer_within_s: months
                .first()
                .map_or(otklik_centre::figures::ANSWER_WITHIN_S, |(_, day)| day.answer_within_s),
            answered_in_time_percent: disclosure::published_percent(sum(|day| day.answered_in_time), served),
            messages: (messages >= disclosure::SMALLEST && calls - messages >= disclosure::SMALLEST)
                .then_some(messages),
            months: months
                .iter()
                .zip(of_months)
                .map(|((month, _), calls)| PressMonth { month: month.clone(), calls })
                .collect(),
            topics: topics
                .into_iter()
                .zip(of_topics)
                .map(|((name, _), appeals)| PressTopic { name, appeals })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests;
