//! The centre's state machine: takes inputs and the time, gives facts and orders. Each step of a call's walk stands in
//! a file of its own: `arrival`, `waiting`, `talk`, `desk`, `ending`; what is owed afterwards in `promises`.

mod arrival;
mod desk;
mod ending;
mod message;
mod message_end;
mod message_keys;
mod promises;
mod talk;
mod waiting;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use otklik_model::{
    AgentId, AgentSpent, AgentState, CallId, DeskCommand, DeskRefusal, Fact, HangupSide, LegId, LegOrder, LineId,
    LineMode, LineNumber, MonoMs, Now, OfferId, Personal, PhoneNumber, PlayId, Playlist, PromiseCommand,
    PromiseRefusal, PromptId, RecordingClosed, SubjectId, UtcMs,
};

use crate::agent::Agent;
use crate::call::{Call, OurFault, Phase, Recording};
use crate::config::{CentreConfig, Line};
use crate::promises::Promises;
use crate::queue::Queue;
use crate::timers::{Timers, Why};
use crate::view::{AgentView, CallPhase, CallView, LineView, QueueView, View};

/// Ties a desk's command to the answer that it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// Something that happened. Ids and chance are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A caller rings.
    Arrived {
        /// The id that the call is to have.
        call: CallId,
        /// Its leg.
        leg: LegId,
        /// The number that was called.
        called: LineNumber,
        /// Who calls; nothing where the number is withheld.
        subject: Option<SubjectId>,
    },
    /// A caller's leg is confirmed and sound can flow.
    LegUp(LegId),
    /// A playlist ended.
    PlayDone(LegId, PlayId),
    /// A caller pressed a key.
    Digit(LegId, char),
    /// A caller's leg is over.
    LegEnded(LegId, HangupSide),
    /// A specialist's sound works.
    DeskUp(AgentId, LegId),
    /// A specialist's sound broke off.
    DeskDown(AgentId, LegId),
    /// Words were heard on a recorded leg.
    Spoke(LegId),
    /// Enough words were heard to be a message.
    SpokeEnough(LegId),
    /// Nothing has been said for a while after words.
    WentQuiet(LegId),
    /// Who stands behind a number that was keyed in: the answer to [`Output::Resolve`].
    Resolved(CallId, SubjectId),
    /// A recording is complete on disk.
    RecordingClosed(RecordingClosed),
    /// A desk asks for something.
    Desk {
        /// Whose desk.
        agent: AgentId,
        /// What.
        command: DeskCommand,
        /// Returned with the answer.
        request: RequestId,
    },
    /// Somebody does something with a promise.
    Promise {
        /// Who.
        by: AgentId,
        /// What.
        command: PromiseCommand,
        /// Returned with the answer.
        request: RequestId,
    },
    /// May recordings begin? The disk says so; until it has spoken they may.
    RecordingAllowed(bool),
    /// The centre was set up anew; what was saved is on disk already. Calls that live go on.
    Configured(Box<CentreConfig>),
    /// The process is about to stop: every live call ends, each with a promise.
    Stop,
}

/// What follows from an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// What is now true.
    Fact(Fact),
    /// What somebody wrote to the fact before it; never a part of the fact, for it is personal.
    Note(Personal<String>),
    /// What is to be done at once.
    Order(LegOrder),
    /// What promises something to a person: to be done when the facts before it are on disk.
    OrderWhenStored(LegOrder),
    /// Find the subject of a number that a caller keyed in, or make one; the number itself is for the side table only.
    Resolve(CallId, Personal<PhoneNumber>),
    /// The answer to a desk's command, to be given when the facts before it are on disk.
    Reply(RequestId, Result<(), DeskRefusal>),
    /// The same for a command on a promise.
    PromiseReply(RequestId, Result<(), PromiseRefusal>),
}

/// The live state of one centre. The same inputs at the same times give the same outputs, always.
#[derive(Debug)]
pub struct Centre {
    config: CentreConfig,
    modes: BTreeMap<LineId, LineMode>,
    calls: BTreeMap<CallId, Call>,
    legs: BTreeMap<LegId, CallId>,
    agents: BTreeMap<AgentId, Agent>,
    promises: Promises,
    /// The time of what happens now.
    at: UtcMs,
    queue: Queue,
    timers: Timers,
    outputs: VecDeque<Output>,
    offers: u64,
    plays: u64,
    /// On whose behalf states are changed while a shift lead's command is carried out.
    changed_by: Option<AgentId>,
    /// Since when no desk is open; nothing while one is, or before the first input.
    nobody_since: Option<MonoMs>,
    /// Recordings that are not kept, and not complete yet.
    passed_over: BTreeSet<String>,
    recording_allowed: bool,
}

impl Centre {
    /// Opens a centre without calls. `modes` are the switches that somebody turned before; other lines stand as
    /// configured.
    pub fn new(config: CentreConfig, modes: BTreeMap<LineId, LineMode>) -> Self {
        Self {
            config,
            modes,
            calls: BTreeMap::new(),
            legs: BTreeMap::new(),
            agents: BTreeMap::new(),
            promises: Promises::default(),
            at: UtcMs::default(),
            queue: Queue::default(),
            timers: Timers::default(),
            outputs: VecDeque::new(),
            offers: 0,
            plays: 0,
            changed_by: None,
            nobody_since: None,
            passed_over: BTreeSet::new(),
            recording_allowed: true,
        }
    }

    /// Takes one event. What follows stands in [`Centre::poll_output`], which is to be drained each time.
    pub fn handle_input(&mut self, now: Now, input: Input) {
        self.at = now.civil;
        match input {
            Input::Arrived { call, leg, called, subject } => self.arrived(now, call, leg, &called, subject),
            Input::LegUp(leg) => self.on_call(leg, |centre, call| centre.leg_up(now, call)),
            Input::PlayDone(leg, play) => self.on_call(leg, |centre, call| centre.play_done(now, call, play)),
            Input::Digit(leg, key) => self.on_call(leg, |centre, call| centre.digit(now, call, key)),
            Input::Spoke(leg) => self.on_call(leg, Self::spoke),
            Input::SpokeEnough(leg) => self.on_call(leg, Self::spoke_enough),
            Input::WentQuiet(leg) => self.on_call(leg, |centre, call| centre.went_quiet(now, call)),
            Input::Resolved(call, subject) => self.resolved(call, subject),
            Input::LegEnded(leg, side) => self.on_call(leg, |centre, call| centre.caller_gone(now, call, side)),
            Input::DeskUp(agent, leg) => self.desk_up(now, &agent, leg),
            Input::DeskDown(agent, leg) => self.desk_down(now, &agent, leg),
            Input::RecordingClosed(closed) => self.recording_closed(now, closed),
            Input::Desk { agent, command, request } => {
                let result = self.desk_command(now, &agent, command);
                self.outputs.push_back(Output::Reply(request, result));
            }
            Input::Promise { by, command, request } => {
                let result = self.promise_command(now, &by, command);
                self.outputs.push_back(Output::PromiseReply(request, result));
            }
            Input::RecordingAllowed(allowed) => self.recording_allowed = allowed,
            Input::Configured(config) => self.config = *config,
            Input::Stop => self.stop(now),
        }
        self.watch_desks(now);
        self.offer_waiting(now);
    }

    /// Fires every timer that is due.
    pub fn handle_timeout(&mut self, now: Now) {
        self.at = now.civil;
        while let Some(why) = self.timers.take_due(now.mono) {
            match why {
                Why::OfferOver { call, offer } => self.offer_over(now, call, offer),
                Why::WrapUpOver { agent, call } => self.wrap_up_over(now, &agent, call),
                Why::GraceOver { call, agent } => self.grace_over(now, call, &agent),
                Why::MessageStep { call, turn } => self.message_step_over(now, call, turn),
                Why::NobodyOver => self.nobody_over(now),
                Why::PauseOver => {}
            }
        }
        self.offer_waiting(now);
    }

    /// The next fact, order or answer, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When [`Centre::handle_timeout`] is to be called next, and why.
    pub fn poll_timeout(&self) -> Option<(MonoMs, Why)> {
        self.timers.next()
    }

    /// The state, for readers.
    pub fn view(&self) -> View {
        let waiting =
            || self.calls.values().filter(|call| matches!(call.phase, Phase::Waiting | Phase::Ringing { .. }));
        View {
            agents: self.agents.values().map(view_of_agent).collect(),
            calls: self.calls.values().map(|call| view_of_call(call, self.place(call))).collect(),
            queue: QueueView {
                waiting: waiting().count(),
                longest_since: waiting().filter_map(|call| call.queued_at).min(),
            },
            lines: self.config.lines.iter().map(|line| self.view_of_line(line)).collect(),
        }
    }

    /// Is the line open at that moment, by its switch, its hours and the calendar? A line that is not ours is closed.
    pub fn is_open(&self, line: &LineId, at: UtcMs) -> bool {
        self.line(line).is_some_and(|line| match self.mode(line) {
            LineMode::Open => true,
            LineMode::Closed => false,
            LineMode::Calendar => line.hours.is_open(at),
        })
    }

    /// Is the call live?
    pub fn has_call(&self, call: CallId) -> bool {
        self.calls.contains_key(&call)
    }

    fn line(&self, id: &LineId) -> Option<&Line> {
        self.config.lines.iter().find(|line| line.id == *id)
    }

    fn mode(&self, line: &Line) -> LineMode {
        self.modes.get(&line.id).copied().unwrap_or(line.mode)
    }

    /// The place of a call that waits: those who ring at a desk come first, then the queue.
    fn place(&self, call: &Call) -> Option<usize> {
        let ringing = |call: &&Call| matches!(call.phase, Phase::Ringing { .. });
        match call.phase {
            // Whoever rings at a desk is being answered: nobody is ahead.
            Phase::Ringing { .. } => Some(1),
            Phase::Waiting => {
                let ahead = self.queue.iter().position(|waiting| waiting == call.id)?;
                Some(self.calls.values().filter(ringing).count() + ahead + 1)
            }
            Phase::Answering
            | Phase::Notice(_)
            | Phase::Danger(_)
            | Phase::Message
            | Phase::Farewell(..)
            | Phase::Talking { .. }
            | Phase::Lost { .. } => None,
        }
    }

    fn view_of_line(&self, line: &Line) -> LineView {
        LineView { id: line.id.clone(), mode: self.mode(line) }
    }

    /// Runs a step for the call that a leg belongs to; a leg without a call (it has ended meanwhile) needs none.
    fn on_call(&mut self, leg: LegId, step: impl FnOnce(&mut Self, CallId)) {
        if let Some(call) = self.legs.get(&leg).copied() {
            step(self, call);
        }
    }

    fn fact(&mut self, fact: Fact) {
        // Only a fact about a promise that is not open is refused, and no rule gives one.
        self.promises.apply(&fact, self.at).ok();
        self.outputs.push_back(Output::Fact(fact));
    }

    fn order(&mut self, order: LegOrder) {
        self.outputs.push_back(Output::Order(order));
    }

    fn next_offer(&mut self) -> OfferId {
        self.offers += 1;
        OfferId(self.offers)
    }

    fn next_play(&mut self) -> PlayId {
        self.plays += 1;
        PlayId(self.plays)
    }

    /// The order to play these prompts, and the id under which their end is told.
    fn playing(&mut self, leg: LegId, prompts: &[&str], repeat_from: Option<usize>) -> (LegOrder, PlayId) {
        let play = self.next_play();
        let prompts = prompts.iter().map(|prompt| PromptId::new(*prompt)).collect();
        (LegOrder::Play { leg, play, list: Playlist { prompts, repeat_from } }, play)
    }

    /// Puts a specialist into a state and says so, if it is another one. Whoever goes offline is forgotten, with the
    /// sound that is left.
    fn set_agent(&mut self, now: Now, agent: &AgentId, state: AgentState, until: Option<UtcMs>) {
        let entry = self.agents.entry(agent.clone()).or_insert_with(|| Agent::new(agent.clone(), now.civil));
        entry.until = until;
        if entry.state == state {
            return;
        }
        if matches!(entry.state, AgentState::Talking { .. } | AgentState::Offline) {
            entry.idle_since = now.mono;
        }
        let was = Some(AgentSpent { state: entry.state, since: entry.since });
        entry.state = state;
        entry.since = now.civil;
        let by = self.changed_by.clone();
        entry.changed_by.clone_from(&by);
        let leg = entry.leg;
        self.fact(Fact::AgentChanged { agent: agent.clone(), state, by, was });
        if state == AgentState::Offline {
            self.release_promises(agent);
            self.agents.remove(agent);
            if let Some(leg) = leg {
                self.order(LegOrder::Hangup { leg });
            }
        }
    }
}

fn view_of_agent(agent: &Agent) -> AgentView {
    AgentView {
        id: agent.id.clone(),
        state: agent.state,
        since: agent.since,
        until: agent.until,
        sound: agent.leg.is_some(),
        changed_by: agent.changed_by.clone(),
    }
}

fn view_of_call(call: &Call, place: Option<usize>) -> CallView {
    let (phase, agent) = match &call.phase {
        Phase::Answering | Phase::Notice(_) | Phase::Danger(_) => (CallPhase::Greeting, None),
        Phase::Message => (CallPhase::Message, None),
        Phase::Farewell(..) => (CallPhase::Farewell, None),
        Phase::Waiting => (CallPhase::Waiting, None),
        Phase::Ringing { agent, .. } => (CallPhase::Ringing, Some(agent.clone())),
        Phase::Talking { agent } => (CallPhase::Talking, Some(agent.clone())),
        Phase::Lost { agent } => (CallPhase::Lost, Some(agent.clone())),
    };
    CallView {
        id: call.id,
        line: call.line.clone(),
        subject: call.subject,
        started_at: call.started_at,
        queued_at: call.queued_at,
        answered_at: call.answered_at,
        agent,
        recorded: call.recording.file().is_some() || call.message.as_ref().is_some_and(|message| message.records()),
        recording_stopped: call.recording == Recording::Stopped,
        came_back: call.our_fault != OurFault::No,
        phase,
        leg: call.leg,
        place,
    }
}
