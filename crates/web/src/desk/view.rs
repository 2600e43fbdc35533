//! From the live centre to one desk's view of it.

use otklik_engine::Live;
use otklik_model::{AgentId, AgentState, CallId, SubjectId};
use otklik_store::{CallsQuery, Person};

use crate::desk::message::ServerMessage;
use crate::dto::{self, DeskCall, DeskState, DeskView, EarlierCall, LineRef, PersonRef, QueueStrip};
use crate::figures;
use crate::promises::{self, DeskPromise};
use crate::state::App;

/// How many earlier calls of the number are shown.
const EARLIER: u64 = 3;

/// Makes one desk's views and remembers the last, so that only what changed is sent.
pub(crate) struct Viewer {
    app: App,
    person: Person,
    last: Option<DeskView>,
    /// The call at the desk as it was last seen: in wrap-up the live centre knows it no more.
    call: Option<DeskCall>,
    /// What we owe its caller, as of a place in the journal.
    owed: Option<Owed>,
}

/// What we owe the caller of a call, read when the journal stood at `seq`.
struct Owed {
    call: CallId,
    seq: u64,
    promises: Vec<DeskPromise>,
}

impl Viewer {
    pub(crate) fn new(app: App, person: Person) -> Self {
        Self { app, person, last: None, call: None, owed: None }
    }

    pub(crate) async fn snapshot(&mut self, live: &Live) -> ServerMessage {
        let desk = self.view(live).await;
        self.last = Some(desk.clone());
        ServerMessage::Snapshot { rev: live.rev, now: self.app.now().0, desk: Box::new(desk) }
    }

    /// What changed since the last view, or nothing.
    pub(crate) async fn delta(&mut self, live: &Live) -> Option<ServerMessage> {
        let desk = self.view(live).await;
        let before = serde_json::to_value(self.last.as_ref()?).ok()?;
        let after = serde_json::to_value(&desk).ok()?;
        self.last = Some(desk);
        let (serde_json::Value::Object(before), serde_json::Value::Object(mut after)) = (before, after) else {
            return None;
        };
        after.retain(|field, value| before.get(field) != Some(value));
        (!after.is_empty()).then(|| ServerMessage::Delta {
            rev: live.rev,
            now: self.app.now().0,
            desk: serde_json::Value::Object(after),
        })
    }

    async fn view(&mut self, live: &Live) -> DeskView {
        let mine = live.view.agents.iter().find(|agent| agent.id == self.person.id);
        let state = mine.map_or(AgentState::Offline, |agent| agent.state);
        let call = match state {
            AgentState::Reserved { call } | AgentState::Talking { call } | AgentState::WrapUp { call } => Some(call),
            AgentState::Offline | AgentState::Ready | AgentState::Break { .. } => None,
        };
        self.call = match call {
            Some(call) => self.call(live, call).await,
            None => None,
        };
        let now = self.app.now();
        let state_by = match mine.and_then(|agent| agent.changed_by.as_ref()) {
            Some(by) => Some(self.person_ref(by).await),
            None => None,
        };
        DeskView {
            me: self.person.clone().into(),
            state: DeskState::from(state),
            state_since: mine.map_or(now, |agent| agent.since).0,
            state_until: mine.and_then(|agent| agent.until).map(|until| until.0),
            state_by,
            sound: if mine.is_some_and(|agent| agent.sound) { "up" } else { "none" },
            call: self.call.clone(),
            queue: QueueStrip {
                waiting: live.view.queue.waiting as u64,
                longest_since: live.view.queue.longest_since.map(|since| since.0),
            },
            today: figures::today(&self.app, live.stored_seq).await,
        }
    }

    async fn person_ref(&self, id: &AgentId) -> PersonRef {
        let known = self.app.0.store.person(id).await.ok().flatten();
        let name = known.map_or_else(|| id.to_string(), |person| person.name.into_inner());
        PersonRef { id: id.to_string(), name }
    }

    async fn call(&mut self, live: &Live, id: CallId) -> Option<DeskCall> {
        let known = self.call.take().filter(|call| call.id == id.to_string());
        let Some(call) = live.view.calls.iter().find(|call| call.id == id) else {
            // Over: in wrap-up the desk still shows it, also after a reload.
            return match known {
                Some(call) => Some(DeskCall { promises: self.owed_after(live.stored_seq, id).await, ..call }),
                None => self.ended_call(id).await,
            };
        };
        let promises = self.owed(live.stored_seq, id, call.subject).await;
        let earlier = match known {
            Some(known) => known.earlier,
            None => self.earlier(call.subject, id).await,
        };
        Some(DeskCall {
            id: id.to_string(),
            line: LineRef { id: call.line.to_string(), name: self.app.line_name(&call.line) },
            caller: live.numbers.get(&id).map(dto::shown),
            started_at: call.started_at.0,
            queued_at: call.queued_at.map(|at| at.0),
            answered_at: call.answered_at.map(|at| at.0),
            recorded: call.recorded,
            recording: match (call.recording_stopped, call.recorded) {
                (true, _) => "stopped",
                (false, true) => "on",
                (false, false) => "off",
            },
            number_written: self.app.0.caller.is_page(call.leg),
            our_fault: call.came_back,
            earlier,
            promises,
        })
    }

    async fn ended_call(&mut self, id: CallId) -> Option<DeskCall> {
        let row = self.app.0.store.call(id).await.ok()??;
        Some(DeskCall {
            id: id.to_string(),
            line: LineRef { id: row.line.to_string(), name: self.app.line_name(&row.line) },
            caller: row.caller.as_ref().map(dto::shown),
            started_at: row.started_at.0,
            queued_at: row.queued_at.map(|at| at.0),
            answered_at: row.answered_at.map(|at| at.0),
            recorded: row.recording.is_some(),
            recording: if row.recording.is_some() { "on" } else { "off" },
            number_written: false,
            our_fault: false,
            earlier: self.earlier(row.subject, id).await,
            promises: promises::owed_to(&self.app, &self.person.id, row.subject, id).await,
        })
    }

    /// What we owe the caller; read anew only when something was stored since.
    async fn owed(&mut self, seq: u64, call: CallId, subject: Option<SubjectId>) -> Vec<DeskPromise> {
        if let Some(owed) = self.owed.as_ref().filter(|owed| owed.call == call && owed.seq == seq) {
            return owed.promises.clone();
        }
        let promises = promises::owed_to(&self.app, &self.person.id, subject, call).await;
        self.owed = Some(Owed { call, seq, promises: promises.clone() });
        promises
    }

    /// The same of a call that is over, whose subject the live centre knows no more.
    async fn owed_after(&mut self, seq: u64, call: CallId) -> Vec<DeskPromise> {
        if let Some(owed) = self.owed.as_ref().filter(|owed| owed.call == call && owed.seq == seq) {
            return owed.promises.clone();
        }
        let subject = self.app.0.store.call(call).await.ok().flatten().and_then(|row| row.subject);
        self.owed(seq, call, subject).await
    }

    /// Earlier calls of the number; a store that does not answer leaves the list empty, and the talk goes on.
    async fn earlier(&self, subject: Option<SubjectId>, this: CallId) -> Vec<EarlierCall> {
        let Some(subject) = subject else { return Vec::new() };
        let query = CallsQuery { subject: Some(subject), limit: EARLIER + 1, ..CallsQuery::default() };
        let rows = self.app.0.store.calls(query).await.unwrap_or_default();
        let earlier = rows.into_iter().filter(|row| row.id != this).take(usize::try_from(EARLIER).unwrap_or(3));
        earlier
            .map(|row| EarlierCall {
                started_at: row.started_at.0,
                outcome: row.outcome.map(otklik_model::Outcome::name),
                stage: row.outcome.and_then(otklik_model::Outcome::stage),
                talk_ms: row.ended_at.zip(row.answered_at).map(|(ended, answered)| ended.since_ms(answered)),
            })
            .collect()
    }
}
