//! All figures of a day, whole and by half hour, each with how it can be opened.

use axum::extract::State;
use jiff::civil::Date;
use otklik_centre::figures::{Day, FORMULA_VERSION, SHORT_ABANDON_MS, spans};
use otklik_model::{LineId, UtcMs};
use otklik_store::Lost;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::calls::which;
use crate::dto::LineRef;
use crate::extract::{Json, Query};
use crate::problem::Problem;
use crate::rights::{May, SeeFigures};
use crate::state::App;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The local day, `2026-11-24`; today where it is not given.
    day: Option<String>,
    /// Only calls of the line of this id.
    line: Option<String>,
}

/// The figures of a day (definitions: docs/figures.md).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DayFigures {
    /// The local day.
    pub(crate) day: String,
    pub(crate) line: Option<LineRef>,
    pub(crate) formula_version: u16,
    /// The time of the service level, seconds.
    pub(crate) answer_within_s: u16,
    /// Who leaves the queue sooner is a short abandon, seconds.
    pub(crate) short_abandon_s: i64,
    pub(crate) total: FigureSet,
    pub(crate) lost: LostPeople,
    /// Half hours in which something was counted.
    pub(crate) half_hours: Vec<PartOfDay>,
}

/// Figures of a day or of a half hour. Shares are 0 to 1; nothing where there is nothing to divide by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FigureSet {
    pub(crate) accepted: i64,
    pub(crate) offered: i64,
    pub(crate) answered: i64,
    pub(crate) answered_in_time: i64,
    pub(crate) abandoned: i64,
    pub(crate) short_abandoned: i64,
    pub(crate) left_before_queue: i64,
    pub(crate) recorded: i64,
    pub(crate) interrupted: i64,
    pub(crate) service_level: Option<f64>,
    pub(crate) abandonment: Option<f64>,
    pub(crate) asa_ms: Option<i64>,
    /// Rounded up to five seconds; 125 = longer than two minutes.
    pub(crate) wait_median_s: Option<u16>,
    pub(crate) wait_p90_s: Option<u16>,
    /// Of the house only: nothing where one line is asked for.
    pub(crate) aht_ms: Option<i64>,
    /// Of the house only.
    pub(crate) occupancy: Option<f64>,
}

/// People who left while waiting.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct LostPeople {
    pub(crate) people: u64,
    /// Of these, spoken to by the end of the next working day.
    pub(crate) recovered: u64,
}

/// A half hour.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PartOfDay {
    /// 0 to 47.
    pub(crate) half_hour: u8,
    /// When it begins.
    pub(crate) from: i64,
    pub(crate) figures: FigureSet,
}

/// All figures of a day.
#[utoipa::path(get, operation_id = "getDayFigures", path = "/api/figures/day", params(Which),
    responses((status = 200, body = DayFigures), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn day(
    State(app): State<App>,
    _: May<SeeFigures>,
    Query(which): Query<Which>,
) -> Result<Json<DayFigures>, Problem> {
    let day = which::day(&app, which.day.as_deref())?.unwrap_or_else(|| app.day(app.now()));
    let line = which.line.map(|id| find(&app, &id)).transpose()?;
    let id = line.as_ref().map(|line| LineId::new(line.id.clone()));
    let total = app.0.store.day_figures(id.as_ref(), day).await?;
    let half_hours = app.0.store.half_hours(id.as_ref(), day).await?;
    let lost = app.0.store.lost(id.as_ref(), day).await?;
    Ok(Json(DayFigures {
        day: day.to_string(),
        line,
        formula_version: FORMULA_VERSION,
        answer_within_s: total.answer_within_s,
        short_abandon_s: SHORT_ABANDON_MS / 1_000,
        total: FigureSet::from(total),
        lost: LostPeople {
            people: lost.len() as u64,
            recovered: lost.iter().filter(|one| is_recovered(&app, one)).count() as u64,
        },
        half_hours: half_hours.into_iter().map(|(n, figures)| half_hour(&app, day, n, figures)).collect(),
    }))
}

fn find(app: &App, id: &str) -> Result<LineRef, Problem> {
    let lines = app.lines();
    let found = lines.iter().find(|line| line.id.as_str() == id);
    let line = found.ok_or_else(|| Problem::not_found("no_such_line"))?;
    Ok(LineRef { id: line.id.to_string(), name: line.name.clone() })
}

fn half_hour(app: &App, day: Date, half_hour: u8, figures: Day) -> PartOfDay {
    let from = spans(day, half_hour, &app.0.start.zone).first().map_or(UtcMs(0), |(from, _)| *from);
    PartOfDay { half_hour, from: from.0, figures: FigureSet::from(figures) }
}

/// Spoken to by the end of the first working day of the line after the day on which they left.
fn is_recovered(app: &App, lost: &Lost) -> bool {
    let Some(spoken_at) = lost.spoken_at else { return false };
    let lines = app.lines();
    let Some(line) = lines.iter().find(|line| line.id == lost.line) else { return false };
    let begin_after = |at: UtcMs| {
        let tomorrow = app.day(at).tomorrow().ok()?;
        let begins = tomorrow.to_zoned_datetime(app.0.start.zone.clone()).ok()?;
        Some(UtcMs(begins.timestamp().as_millisecond()))
    };
    let until = begin_after(lost.left_at).and_then(|next| line.hours.next_opening(next)).and_then(begin_after);
    until.is_some_and(|until| spoken_at < until)
}

impl From<Day> for FigureSet {
    fn from(day: Day) -> Self {
        Self {
            accepted: day.accepted,
            offered: day.offered,
            answered: day.answered,
            answered_in_time: day.answered_in_time,
            abandoned: day.abandoned,
            short_abandoned: day.short_abandoned,
            left_before_queue: day.left_before_queue,
            recorded: day.recorded,
            interrupted: day.interrupted,
            service_level: day.service_level_bp.and_then(share),
            abandonment: day.abandonment_bp.and_then(share),
            asa_ms: day.asa_ms,
            wait_median_s: day.wait_median_s,
            wait_p90_s: day.wait_p90_s,
            aht_ms: day.aht_ms,
            occupancy: day.occupancy_bp.and_then(share),
        }
    }
}

/// Hundredths of a percent as a share of one; they fit into an i32 many times over.
pub(super) fn share(bp: i64) -> Option<f64> {
    i32::try_from(bp).ok().map(|bp| f64::from(bp) / 10_000.0)
}
