//! The figures of a day, from the rollups.

use axum::extract::State;
use jiff::civil::Date;
use otklik_centre::figures::Day;
use serde::Deserialize;
use tokio::sync::Mutex;
use utoipa::IntoParams;

use crate::dto::Figures;
use crate::extract::{Json, Query};
use crate::problem::Problem;
use crate::rights::{May, SeeFigures};
use crate::state::App;

pub(crate) mod detail;

/// Today's figures as last read; they are read anew when the journal has grown or the day has changed.
#[derive(Debug, Default)]
pub(crate) struct Today(Mutex<Option<(u64, Date, Figures)>>);

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The local day, `2026-11-24`; today where it is not given.
    day: Option<String>,
}

/// The figures of a day.
#[utoipa::path(get, operation_id = "getFigures", path = "/api/figures", params(Which),
    responses((status = 200, body = Figures), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn day(
    State(app): State<App>,
    _: May<SeeFigures>,
    Query(which): Query<Which>,
) -> Result<Json<Figures>, Problem> {
    let day = match which.day {
        None => app.day(app.now()),
        Some(day) => day.parse().map_err(|_| Problem::bad_request("bad_day"))?,
    };
    Ok(Json(shown(day, app.0.store.day_figures(None, day).await?)))
}

/// Today's figures; those last read where the store does not answer.
pub(crate) async fn today(app: &App, stored_seq: u64) -> Figures {
    let day = app.day(app.now());
    let mut last = app.0.today.0.lock().await;
    if let Some((seq, of, figures)) = last.as_ref()
        && (*seq, *of) == (stored_seq, day)
    {
        return figures.clone();
    }
    match app.0.store.day_figures(None, day).await {
        Ok(read) => {
            let figures = shown(day, read);
            *last = Some((stored_seq, day, figures.clone()));
            figures
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "today's figures were not read");
            last.as_ref().map_or_else(|| shown(day, Day::default()), |(_, _, figures)| figures.clone())
        }
    }
}

fn shown(day: Date, figures: Day) -> Figures {
    Figures {
        day: day.to_string(),
        formula_version: figures.formula_version,
        accepted: figures.accepted,
        offered: figures.offered,
        answered: figures.answered,
        abandoned: figures.abandoned,
        short_abandoned: figures.short_abandoned,
        interrupted: figures.interrupted,
        service_level: figures.service_level_bp.and_then(detail::share),
        answer_within_s: figures.answer_within_s,
        asa_ms: figures.asa_ms,
    }
}
