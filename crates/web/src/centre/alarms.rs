//! The alarms as pages show them: since when, what helps, and who has seen them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use otklik_centre::alarms::{self, Action, Kind, Known};
use otklik_centre::keeping::DiskState;
use otklik_engine::Live;
use otklik_model::{AgentId, LineId, PromiseId, UtcMs};
use otklik_store::{PromisesQuery, Seen, WhichPromises};
use serde::Serialize;
use utoipa::ToSchema;

use crate::centre::view::person_ref;
use crate::dto::{LineRef, PersonRef};
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{LeadShift, May, SeeCentre};
use crate::state::App;
use crate::{calls, keeping, lines};

/// Late promises that are looked at; beyond, "so many and more".
const OVERDUE: u64 = 200;
/// Longest name of an alarm, bytes.
const LONGEST: usize = 200;

/// Since when alarms stand that do not know it themselves, by their names, and which alarms stand now.
#[derive(Debug, Default)]
pub(crate) struct Watch(Mutex<BTreeMap<String, UtcMs>>);

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Alarm {
    /// Its name, by which it is seen.
    pub(crate) id: String,
    /// `nobody_on_shift`, `long_wait`, `promise_overdue`, `sound_lost`, `repeated`, `not_storing`, `disk_low` or `disk_floor`.
    pub(crate) kind: &'static str,
    pub(crate) since: i64,
    /// How many, or how bad: it comes back when this rises.
    pub(crate) weight: i64,
    pub(crate) line: Option<LineRef>,
    pub(crate) specialist: Option<PersonRef>,
    /// When the promise was due, or since when somebody waits.
    pub(crate) at: Option<i64>,
    /// What helps: `call_ready`, `turn_line`, `open_calls`, `open_promise`, `say_technical` or `open_keeping`.
    pub(crate) action: &'static str,
    /// Whom or what the action is about: an id.
    pub(crate) target: Option<String>,
    /// Who has seen it as it is now.
    pub(crate) seen: Option<SeenBy>,
}

/// That somebody has seen an alarm.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SeenBy {
    pub(crate) who: PersonRef,
    pub(crate) at: i64,
}

/// Alarms.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlarmList {
    pub(crate) alarms: Vec<Alarm>,
}

/// What is to be decided now.
#[utoipa::path(get, operation_id = "listAlarms", path = "/api/alarms",
    responses((status = 200, body = AlarmList), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SeeCentre>) -> Result<Json<AlarmList>, Problem> {
    let live = app.0.engine.live().borrow().clone();
    let names = calls::names(&app).await?;
    Ok(Json(AlarmList { alarms: all(&app, &live, &names).await }))
}

/// Says that one has seen an alarm.
#[utoipa::path(put, operation_id = "seeAlarm", path = "/api/alarms/{id}/seen", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn see(
    State(app): State<App>,
    may: May<LeadShift>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let live = app.0.engine.live().borrow().clone();
    let standing = if id.len() > LONGEST {
        None
    } else {
        all(&app, &live, &BTreeMap::new()).await.into_iter().find(|alarm| alarm.id == id)
    };
    let alarm = standing.ok_or_else(|| Problem::not_found("no_such_alarm"))?;
    let seen = Seen { since: UtcMs(alarm.since), weight: alarm.weight, who: may.person.id.clone(), at: app.now() };
    app.0.store.see_alarm(&alarm.id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All alarms of this moment.
pub(super) async fn all(app: &App, live: &Live, names: &BTreeMap<AgentId, String>) -> Vec<Alarm> {
    let now = app.now();
    let found = alarms::alarms(&live.view, &known(app, live, now).await, now);
    let seen = app.0.store.alarms_seen().await.unwrap_or_default();
    let mut watch = app.0.centre.watch.0.lock().unwrap_or_else(PoisonError::into_inner);
    let before = std::mem::take(&mut *watch);
    let shown = found.into_iter().map(|alarm| {
        let id = name_of(&alarm.kind);
        let since = alarm.since.unwrap_or_else(|| before.get(&id).copied().unwrap_or(now));
        watch.insert(id.clone(), since);
        let seen = seen.get(&id).filter(|seen| since <= seen.at && alarm.weight <= seen.weight);
        shown(app, names, id, since, &alarm, seen)
    });
    shown.collect()
}

async fn known(app: &App, live: &Live, now: UtcMs) -> Known {
    let query = PromisesQuery { which: WhichPromises::Overdue(now), limit: OVERDUE, ..PromisesQuery::default() };
    let late = app.0.store.promises(query).await.unwrap_or_default();
    let late: Vec<(PromiseId, UtcMs)> = late.into_iter().map(|row| (row.id, row.due_at)).collect();
    let count = i64::try_from(late.len()).unwrap_or(i64::MAX);
    Known {
        open: lines::lines(app).into_iter().filter(|line| line.open_now).map(|line| LineId(line.id)).collect(),
        overdue: late.first().map(|(id, due_at)| (count, *id, *due_at)),
        repeated: app.0.store.repeated_facts(),
        storing: live.storing,
        disk: keeping::alarm(app),
    }
}

fn name_of(kind: &Kind) -> String {
    match kind {
        Kind::NobodyOnShift { line } => format!("nobody_on_shift:{line}"),
        Kind::LongWait { line, .. } => format!("long_wait:{line}"),
        // One name: which promise is the oldest changes as they are kept.
        Kind::PromiseOverdue { .. } => "promise_overdue".to_owned(),
        Kind::SoundLost { agent, .. } => format!("sound_lost:{agent}"),
        Kind::Repeated => "repeated".to_owned(),
        Kind::NotStoring => "not_storing".to_owned(),
        Kind::Disk(_) => "disk".to_owned(),
    }
}

fn shown(
    app: &App,
    names: &BTreeMap<AgentId, String>,
    id: String,
    since: UtcMs,
    alarm: &alarms::Alarm,
    seen: Option<&Seen>,
) -> Alarm {
    let line_ref = |line: &LineId| LineRef { id: line.to_string(), name: app.line_name(line) };
    let (kind, line, agent, at) = match &alarm.kind {
        Kind::NobodyOnShift { line } => ("nobody_on_shift", Some(line), None, None),
        Kind::LongWait { line, longest_since } => ("long_wait", Some(line), None, Some(*longest_since)),
        Kind::PromiseOverdue { due_at, .. } => ("promise_overdue", None, None, Some(*due_at)),
        Kind::SoundLost { agent, .. } => ("sound_lost", None, Some(agent), None),
        Kind::Repeated => ("repeated", None, None, None),
        Kind::NotStoring => ("not_storing", None, None, None),
        Kind::Disk(DiskState::Floor) => ("disk_floor", None, None, None),
        Kind::Disk(DiskState::Ok | DiskState::Low) => ("disk_low", None, None, None),
    };
    let (action, target, whom) = match &alarm.action {
        Action::CallReady(agent) => ("call_ready", Some(agent.to_string()), Some(agent)),
        Action::TurnLine(line) => ("turn_line", Some(line.to_string()), None),
        Action::OpenCalls(line) => ("open_calls", Some(line.to_string()), None),
        Action::OpenPromise(promise) => ("open_promise", Some(promise.to_string()), None),
        Action::SayTechnical(agent) => ("say_technical", Some(agent.to_string()), Some(agent)),
        Action::OpenKeeping => ("open_keeping", None, None),
    };
    Alarm {
        id,
        kind,
        since: since.0,
        weight: alarm.weight,
        line: line.map(line_ref),
        specialist: agent.or(whom).map(|agent| person_ref(names, agent)),
        at: at.map(|at| at.0),
        action,
        target,
        seen: seen.map(|seen| SeenBy { who: person_ref(names, &seen.who), at: seen.at.0 }),
    }
}
