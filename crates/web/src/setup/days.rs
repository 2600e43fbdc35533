//! Days: what the production calendar says of a year, and the days on which the whole centre is closed.

use axum::extract::State;
use otklik_centre::calendar::DayKind;
use otklik_centre::settings::{self, OwnDay};
use otklik_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Json, Query};
use crate::kept::{self, CLOSED_DAYS, CLOSED_DAYS_ID};
use crate::problem::Problem;
use crate::rights::{May, SetUp};
use crate::setup;
use crate::state::App;

/// A day that does not follow its weekday.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarDay {
    /// The local day, `2026-11-04`.
    date: String,
    /// `holiday`, `weekend_moved_off`, `working_moved` or `shortened`.
    kind: &'static str,
}

/// A day on which the whole centre is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosedDay {
    /// The local day, `2026-12-31`.
    #[schema(max_length = 10)]
    pub(crate) date: String,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub(crate) name: String,
}

/// The centre's own closed days, with the version to change them on.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosedDays {
    /// 0 where nobody has changed them yet.
    version: u64,
    days: Vec<ClosedDay>,
}

/// Closed days to be set, on the version that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedDays {
    version: u64,
    #[schema(max_items = 400)]
    days: Vec<ClosedDay>,
}

/// A year of the calendar.
#[derive(Serialize, ToSchema)]
pub(crate) struct Year {
    #[serde(rename = "year")]
    shown: i16,
    /// Years that the program knows.
    #[serde(rename = "years")]
    known: Vec<i16>,
    /// Days of the production calendar that do not follow their weekday.
    days: Vec<CalendarDay>,
    closed: ClosedDays,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The year; this one where it is not given.
    #[param(minimum = 1900, maximum = 2999)]
    year: Option<i16>,
}

/// What is closed in a year, by the production calendar and by the centre.
#[utoipa::path(get, operation_id = "getYear", path = "/api/setup/days", params(Which), responses((status = 200, body = Year), (status = 400, body = Problem)))]
pub(crate) async fn year(
    State(app): State<App>,
    _: May<SetUp>,
    Query(which): Query<Which>,
) -> Result<Json<Year>, Problem> {
    let calendar = &app.0.start.setup.calendar;
    let year = which.year.unwrap_or_else(|| app.day(app.now()).year());
    let days = calendar.days_of(year).map(|(date, kind)| CalendarDay { date: date.to_string(), kind: kind_name(kind) });
    let closed = closed(&app).await?;
    Ok(Json(Year { shown: year, known: calendar.years().into_iter().collect(), days: days.collect(), closed }))
}

/// Sets the days on which the whole centre is closed. Holds for new calls at once.
#[utoipa::path(put, operation_id = "setClosedDays", path = "/api/setup/days", request_body = ChangedDays,
    responses((status = 200, body = ClosedDays), (status = 400, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    may: May<SetUp>,
    Json(changed): Json<ChangedDays>,
) -> Result<Json<ClosedDays>, Problem> {
    let mut days = changed.days;
    days.sort_by(|one, other| one.date.cmp(&other.date));
    settings::own_days(&kept::own_days(&days)).map_err(|fault| Problem::bad_request(fault.name()))?;
    let body = serde_json::to_string(&days).map_err(|_| Problem::unavailable())?;
    let _alone = app.0.saving.lock().await;
    let by = may.person.id.as_str();
    let saved = app.0.store.save_setting(CLOSED_DAYS, CLOSED_DAYS_ID, &body, changed.version, by, app.now()).await;
    match saved {
        Ok(setting) => {
            kept::hold(&app).await?;
            Ok(Json(ClosedDays { version: setting.version, days }))
        }
        Err(StoreError::Stale { .. }) => Err(setup::stale(&closed(&app).await?)),
        Err(error) => Err(setup::refused(error)),
    }
}

async fn closed(app: &App) -> Result<ClosedDays, Problem> {
    let Some(setting) = app.0.store.setting(CLOSED_DAYS, CLOSED_DAYS_ID).await? else {
        return Ok(ClosedDays { version: 0, days: Vec::new() });
    };
    let days = serde_json::from_str(&setting.body).map_err(|_| kept::unreadable(CLOSED_DAYS))?;
    Ok(ClosedDays { version: setting.version, days })
}

fn kind_name(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Holiday => "holiday",
        DayKind::WeekendMovedOff => "weekend_moved_off",
        DayKind::WorkingMoved => "working_moved",
        DayKind::Shortened => "shortened",
    }
}

impl From<&ClosedDay> for OwnDay {
    fn from(day: &ClosedDay) -> Self {
        Self { date: day.date.clone(), name: day.name.clone(), hours: Vec::new() }
    }
}
