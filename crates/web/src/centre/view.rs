//! From the live centre to the view of those who lead it.

use std::collections::BTreeMap;

use otklik_centre::view::{AgentView, CallPhase, CallView};
use otklik_engine::Live;
use otklik_model::{AgentId, AgentState, CallId};
use otklik_store::{Gender, Person, Role};
use serde::Serialize;
use utoipa::ToSchema;

use crate::centre::CentreMessage;
use crate::centre::alarms::{self, Alarm};
use crate::dto::{self, DeskState, Figures, GenderName, Line, LineRef, PersonRef};
use crate::rights::{Right, SeeCalls, TakeCalls};
use crate::state::App;
use crate::{figures, lines};

/// All that the page of the centre shows.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CentreView {
    /// Everybody who may take calls, those who are not on shift included.
    pub(crate) specialists: Vec<Specialist>,
    /// Calls that go on, in the order of arrival.
    pub(crate) calls: Vec<LiveCall>,
    /// Lines with their queues.
    pub(crate) lines: Vec<LiveLine>,
    /// Callers who wait, those who ring at a desk included.
    pub(crate) waiting: u64,
    /// Since when the one waits who waits longest.
    pub(crate) longest_since: Option<i64>,
    /// Today's figures.
    pub(crate) today: Figures,
    /// What is to be decided, the worst first.
    pub(crate) alarms: Vec<Alarm>,
}

/// Somebody who may take calls.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Specialist {
    pub(crate) id: String,
    pub(crate) name: String,
    #[schema(value_type = Option<GenderName>)]
    pub(crate) gender: Option<Gender>,
    pub(crate) state: DeskState,
    /// Since when; nothing for whoever is not on shift.
    pub(crate) since: Option<i64>,
    /// When the state ends by itself.
    pub(crate) until: Option<i64>,
    /// Does their sound work?
    pub(crate) sound: bool,
    /// The line of the call that they have.
    pub(crate) line: Option<LineRef>,
    /// Where that call is; `lost` where their link broke in it.
    pub(crate) phase: Option<&'static str>,
    /// Who put them into the state, where it was somebody else.
    pub(crate) changed_by: Option<PersonRef>,
}

/// A call that goes on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct LiveCall {
    pub(crate) id: String,
    pub(crate) line: LineRef,
    /// `greeting`, `message`, `farewell`, `waiting`, `ringing`, `talking` or `lost`.
    pub(crate) phase: &'static str,
    /// Its place in the queue, 1 = served next.
    pub(crate) place: Option<u64>,
    pub(crate) started_at: i64,
    pub(crate) queued_at: Option<i64>,
    pub(crate) answered_at: Option<i64>,
    /// E.164; nothing where it is withheld, or not to be seen by this reader.
    pub(crate) caller: Option<String>,
    pub(crate) specialist: Option<PersonRef>,
}

/// A line with its queue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct LiveLine {
    #[serde(flatten)]
    pub(crate) line: Line,
    pub(crate) waiting: u64,
    pub(crate) longest_since: Option<i64>,
}

/// Makes the views of one reader and remembers the last, so that only what changed is sent.
pub(super) struct Viewer {
    app: App,
    numbers: bool,
    last: Option<CentreView>,
}

impl Viewer {
    pub(super) fn new(app: App, role: Role) -> Self {
        Self { app, numbers: SeeCalls::of(role), last: None }
    }

    pub(super) async fn snapshot(&mut self, live: &Live) -> CentreMessage {
        let centre = self.view(live).await;
        self.last = Some(centre.clone());
        CentreMessage::Snapshot { now: self.app.now().0, centre: Box::new(centre) }
    }

    /// What changed since the last view, or nothing.
    pub(super) async fn delta(&mut self, live: &Live) -> Option<CentreMessage> {
        let centre = self.view(live).await;
        let before = serde_json::to_value(self.last.as_ref()?).ok()?;
        let after = serde_json::to_value(&centre).ok()?;
        self.last = Some(centre);
        let (serde_json::Value::Object(before), serde_json::Value::Object(mut after)) = (before, after) else {
            return None;
        };
        after.retain(|field, value| before.get(field) != Some(value));
        (!after.is_empty())
            .then(|| CentreMessage::Delta { now: self.app.now().0, centre: serde_json::Value::Object(after) })
    }

    async fn view(&self, live: &Live) -> CentreView {
        // A store that does not answer leaves the cards with the sign-in names of those who are here.
        let people = self.app.0.store.people().await.unwrap_or_default();
        let names: BTreeMap<AgentId, String> =
            people.iter().map(|person| (person.id.clone(), person.name.reveal().clone())).collect();
        CentreView {
            specialists: specialists(&self.app, live, people, &names),
            calls: live.view.calls.iter().map(|call| self.call(live, &names, call)).collect(),
            lines: lines::lines(&self.app).into_iter().map(|line| with_queue(live, line)).collect(),
            waiting: live.view.queue.waiting as u64,
            longest_since: live.view.queue.longest_since.map(|at| at.0),
            today: figures::today(&self.app, live.stored_seq).await,
            alarms: alarms::all(&self.app, live, &names).await,
        }
    }

    fn call(&self, live: &Live, names: &BTreeMap<AgentId, String>, call: &CallView) -> LiveCall {
        LiveCall {
            id: call.id.to_string(),
            line: line_ref(&self.app, call),
            phase: call.phase.name(),
            place: call.place.map(|place| place as u64),
            started_at: call.started_at.0,
            queued_at: call.queued_at.map(|at| at.0),
            answered_at: call.answered_at.map(|at| at.0),
            caller: live.numbers.get(&call.id).filter(|_| self.numbers).map(dto::shown),
            specialist: call.agent.as_ref().map(|agent| person_ref(names, agent)),
        }
    }
}

pub(super) fn person_ref(names: &BTreeMap<AgentId, String>, agent: &AgentId) -> PersonRef {
    PersonRef { id: agent.to_string(), name: names.get(agent).cloned().unwrap_or_else(|| agent.to_string()) }
}

fn line_ref(app: &App, call: &CallView) -> LineRef {
    LineRef { id: call.line.to_string(), name: app.line_name(&call.line) }
}

fn specialists(app: &App, live: &Live, people: Vec<Person>, names: &BTreeMap<AgentId, String>) -> Vec<Specialist> {
    let mine = |id: &AgentId| live.view.agents.iter().find(|agent| agent.id == *id);
    people
        .into_iter()
        .filter(|person| TakeCalls::of(person.role))
        .map(|person| specialist(app, live, mine(&person.id), &person, names))
        .collect()
}

fn specialist(
    app: &App,
    live: &Live,
    agent: Option<&AgentView>,
    person: &Person,
    names: &BTreeMap<AgentId, String>,
) -> Specialist {
    let state = agent.map_or(AgentState::Offline, |agent| agent.state);
    let call = call_of(state).and_then(|id| live.view.calls.iter().find(|call| call.id == id));
    Specialist {
        id: person.id.to_string(),
        name: person.name.reveal().clone(),
        gender: person.gender,
        state: DeskState::from(state),
        since: agent.map(|agent| agent.since.0),
        until: agent.and_then(|agent| agent.until).map(|until| until.0),
        sound: agent.is_some_and(|agent| agent.sound),
        line: call.map(|call| line_ref(app, call)),
        phase: call.map(|call| call.phase.name()),
        changed_by: agent.and_then(|agent| agent.changed_by.as_ref()).map(|by| person_ref(names, by)),
    }
}

fn call_of(state: AgentState) -> Option<CallId> {
    match state {
        AgentState::Reserved { call } | AgentState::Talking { call } | AgentState::WrapUp { call } => Some(call),
        AgentState::Offline | AgentState::Ready | AgentState::Break { .. } => None,
    }
}

fn with_queue(live: &Live, of: Line) -> LiveLine {
    let waits =
        |call: &&CallView| call.line.as_str() == of.id && matches!(call.phase, CallPhase::Waiting | CallPhase::Ringing);
    let waiting = || live.view.calls.iter().filter(waits);
    LiveLine {
        waiting: waiting().count() as u64,
        longest_since: waiting().filter_map(|call| call.queued_at).min().map(|at| at.0),
        line: of,
    }
}
