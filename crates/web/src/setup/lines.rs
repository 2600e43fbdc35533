//! Lines: name, number, hours, recording. What is saved holds for new calls at once; calls that live go on.

use std::collections::BTreeMap;

use axum::extract::State;
use otklik_centre::settings::{LineSettings, OwnDay, Span, Weekly};
use otklik_model::{LineId, LineMode};
use otklik_store::{Setting, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::kept::{self, KeptLine, LINES};
use crate::lines;
use crate::problem::Problem;
use crate::rights::{May, SetUp};
use crate::setup;
use crate::state::App;

/// Lines that a centre may have.
const LINES_MAX: usize = 50;

/// A span of a day, `08:00` to `20:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursSpan {
    #[schema(max_length = 5)]
    from: String,
    #[schema(max_length = 5)]
    to: String,
}

/// A day with hours of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineDay {
    /// The local day, `2026-12-30`.
    #[schema(max_length = 10)]
    date: String,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 120)]
    name: String,
    /// When it is open; empty = closed all day.
    #[schema(max_items = 6)]
    hours: Vec<HoursSpan>,
}

/// The week of a line; a day without spans is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Week {
    #[serde(default)]
    mon: Vec<HoursSpan>,
    #[serde(default)]
    tue: Vec<HoursSpan>,
    #[serde(default)]
    wed: Vec<HoursSpan>,
    #[serde(default)]
    thu: Vec<HoursSpan>,
    #[serde(default)]
    fri: Vec<HoursSpan>,
    #[serde(default)]
    sat: Vec<HoursSpan>,
    #[serde(default)]
    sun: Vec<HoursSpan>,
}

/// A line as it is set up.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupLine {
    id: String,
    version: u64,
    name: String,
    number: String,
    recorded: bool,
    /// May a message be left where nobody answers?
    recorder: bool,
    /// Days that recordings stay; 0 = for ever.
    keep_days: u32,
    hours: Week,
    days: Vec<LineDay>,
    /// How its switch stands now.
    #[schema(value_type = crate::dto::LineModeName)]
    mode: LineMode,
    /// Would a caller reach a person now?
    open_now: bool,
    changed_at: i64,
    changed_by: String,
}

/// All lines; the first also takes calls to a number that none of them has.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupLines {
    lines: Vec<SetupLine>,
}

/// A line to be set up, on the version that was read; 0 adds it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedLine {
    version: u64,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(max_length = 40)]
    number: String,
    recorded: bool,
    /// May a message be left where nobody answers?
    recorder: bool,
    /// Days that recordings stay; 0 = for ever.
    #[schema(maximum = 36_500)]
    keep_days: u32,
    hours: Week,
    #[schema(max_items = 400)]
    days: Vec<LineDay>,
}

/// The lines as they are set up.
#[utoipa::path(get, operation_id = "listLineSetups", path = "/api/setup/lines", responses((status = 200, body = SetupLines), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SetUp>) -> Result<Json<SetupLines>, Problem> {
    let kept = kept::kept_lines(&app.0.store).await?;
    Ok(Json(SetupLines { lines: kept.into_iter().map(|line| shown(&app, line)).collect() }))
}

/// Sets a line up, or adds one.
#[utoipa::path(put, operation_id = "setLineUp", path = "/api/setup/lines/{id}", request_body = ChangedLine, params(("id" = String, Path)),
    responses((status = 200, body = SetupLine), (status = 400, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Json(changed): Json<ChangedLine>,
) -> Result<Json<SetupLine>, Problem> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    if !(1..=40).contains(&id.len()) || !id.bytes().all(allowed) {
        return Err(Problem::bad_request("bad_line_id"));
    }
    let _alone = app.0.saving.lock().await;
    let kept = kept::kept_lines(&app.0.store).await?;
    let before = kept.iter().find(|line| line.setting.id == id);
    if before.is_none() && changed.version > 0 {
        return Err(Problem::not_found("no_such_line"));
    }
    let version = changed.version;
    let settings = settings(changed, before);
    check(&app, &id, &settings, &kept)?;
    let body = serde_json::to_string(&settings).map_err(|_| Problem::unavailable())?;
    match app.0.store.save_setting(LINES, &id, &body, version, may.person.id.as_str(), app.now()).await {
        Ok(setting) => {
            kept::hold(&app).await?;
            Ok(Json(shown(&app, KeptLine { setting, settings })))
        }
        Err(StoreError::Stale { .. }) => {
            let kept = kept::kept_lines(&app.0.store).await?.into_iter().find(|line| line.setting.id == id);
            Err(setup::stale(&kept.map(|line| shown(&app, line))))
        }
        Err(error) => Err(setup::refused(error)),
    }
}

fn settings(changed: ChangedLine, before: Option<&KeptLine>) -> LineSettings {
    LineSettings {
        name: changed.name.trim().to_owned(),
        number: changed.number.trim().to_owned(),
        place: before.map_or(LINES_MAX.try_into().unwrap_or(u32::MAX), |line| line.settings.place),
        mode: before.map(|line| line.settings.mode).unwrap_or_default(),
        recorded: changed.recorded,
        recorder: changed.recorder,
        keep_days: changed.keep_days,
        hours: changed.hours.into(),
        days: changed.days.into_iter().map(Into::into).collect(),
    }
}

/// Fields one by one, then the line among the others.
fn check(app: &App, id: &str, settings: &LineSettings, kept: &[KeptLine]) -> Result<(), Problem> {
    let setup = &app.0.start.setup;
    let line = settings.line(LineId::new(id), &setup.calendar, &app.0.start.zone, &[]);
    let line = line.map_err(|fault| Problem::bad_request(fault.name()))?;
    let others = || kept.iter().filter(|line| line.setting.id != id);
    if others().count() >= LINES_MAX {
        return Err(Problem::bad_request("too_many_lines"));
    }
    let same =
        |other: &KeptLine| otklik_model::PhoneNumber::parse(&other.settings.number).is_ok_and(|n| n == line.number);
    if others().any(same) { Err(Problem::bad_request("number_taken")) } else { Ok(()) }
}

fn shown(app: &App, line: KeptLine) -> SetupLine {
    let KeptLine { setting, settings } = line;
    let Setting { id, version, changed_at, changed_by, .. } = setting;
    let now = lines::lines(app).into_iter().find(|line| line.id == id);
    SetupLine {
        mode: now.as_ref().map_or(settings.mode, |line| line.mode),
        open_now: now.is_some_and(|line| line.open_now),
        id,
        version,
        name: settings.name,
        number: settings.number,
        recorded: settings.recorded,
        recorder: settings.recorder,
        keep_days: settings.keep_days,
        hours: settings.hours.into(),
        days: settings.days.into_iter().map(Into::into).collect(),
        changed_at: changed_at.0,
        changed_by,
    }
}

impl From<HoursSpan> for Span {
    fn from(HoursSpan { from, to }: HoursSpan) -> Self {
        Self { from, to }
    }
}

impl From<Span> for HoursSpan {
    fn from(Span { from, to }: Span) -> Self {
        Self { from, to }
    }
}

impl From<LineDay> for OwnDay {
    fn from(day: LineDay) -> Self {
        Self { date: day.date, name: day.name, hours: day.hours.into_iter().map(Into::into).collect() }
    }
}

impl From<OwnDay> for LineDay {
    fn from(day: OwnDay) -> Self {
        Self { date: day.date, name: day.name, hours: day.hours.into_iter().map(Into::into).collect() }
    }
}

impl From<Week> for BTreeMap<Weekly, Vec<Span>> {
    fn from(week: Week) -> Self {
        let days = [week.mon, week.tue, week.wed, week.thu, week.fri, week.sat, week.sun];
        let spans = days.map(|spans| spans.into_iter().map(Span::from).collect::<Vec<_>>());
        Weekly::ALL.into_iter().zip(spans).collect()
    }
}

impl From<BTreeMap<Weekly, Vec<Span>>> for Week {
    fn from(mut hours: BTreeMap<Weekly, Vec<Span>>) -> Self {
        let [mon, tue, wed, thu, fri, sat, sun] = Weekly::ALL
            .map(|day| hours.remove(&day).unwrap_or_default().into_iter().map(HoursSpan::from).collect::<Vec<_>>());
        Self { mon, tue, wed, thu, fri, sat, sun }
    }
}
