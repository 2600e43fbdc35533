//! The engine's task: takes what waits, lets the rules decide, hands out what follows: facts to the commits, orders and
//! answers through the gate. It waits for everything at once and for nothing alone.

use std::collections::BTreeSet;
use std::time::Duration;

use otklik_centre::{Centre, Input, Output};
use otklik_model::{
    AgentId, CallId, Fact, HangupSide, LegEvent, LegId, LegOrder, LineNumber, Personal, PhoneNumber, SubjectId, UtcMs,
};
use otklik_store::StoreError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use uuid::{ContextV7, Timestamp, Uuid};

use crate::answers::{Answers, MediaReply};
use crate::arrivals::{Arrivals, Found, Ringing, Who};
use crate::callers::Callers;
use crate::clock::Clock;
use crate::commits::{Commits, Ended};
use crate::gate::{Gate, Release};
use crate::handle::{Ask, MediaError};
use crate::live::Published;
use crate::orders::Orders;
use crate::start::EngineError;

/// Reports, and asks, that are taken in one turn: they share a commit and one look of the readers.
const TAKEN: usize = 256;
/// How long a stop waits for recordings to be closed.
const STOP_RECORDINGS: Duration = Duration::from_secs(3);
/// How long a stop may take in all, where the disk or the switch takes nothing: less than supervisors wait before they
/// kill (Docker: 10 s).
const STOP_LIMIT: Duration = Duration::from_secs(7);
/// What a caller is told whom we cannot take now (RFC 3261 section 21.5.4).
const UNAVAILABLE: u16 = 503;

pub(crate) struct Owner {
    pub(crate) centre: Centre,
    pub(crate) clock: Clock,
    pub(crate) gate: Gate,
    pub(crate) commits: Commits,
    pub(crate) arrivals: Arrivals,
    pub(crate) orders: Orders,
    pub(crate) answers: Answers,
    pub(crate) callers: Callers,
    pub(crate) published: Published,
    /// Keeps ids of one millisecond in order.
    pub(crate) ids: ContextV7,
    pub(crate) open_recordings: BTreeSet<CallId>,
    pub(crate) stopping: Option<Stopping>,
}

/// A stop under way: no new calls, no commands; what is true goes to disk, recordings are closed.
pub(crate) struct Stopping {
    asked: Vec<oneshot::Sender<()>>,
    recordings_until: Instant,
    until: Instant,
}

impl Owner {
    pub(crate) async fn run(
        mut self,
        mut events: mpsc::Receiver<LegEvent>,
        mut asks: mpsc::Receiver<Ask>,
    ) -> Result<(), EngineError> {
        loop {
            self.orders.check()?;
            self.commits.begin();
            self.published.publish(self.centre.view());
            if self.has_stopped() {
                break;
            }
            let timer = self.centre.poll_timeout().map(|(at, _)| self.clock.instant(at));
            let late_at = self.commits.late_at();
            let (recordings_until, stop_until) = self.stop_limits();
            tokio::select! {
                ended = self.commits.ended() => self.commit_ended(ended)?,
                () = moment(late_at) => {
                    self.commits.note_late();
                    self.published.not_storing();
                }
                (ringing, found) = self.arrivals.found() => self.found(ringing, found),
                () = self.orders.flow() => {}
                event = events.recv() => {
                    self.take_event(event.ok_or(EngineError::SwitchGone)?);
                    taken(&mut events, |event| self.take_event(event));
                }
                Some(ask) = asks.recv() => {
                    self.take_ask(ask);
                    taken(&mut asks, |ask| self.take_ask(ask));
                }
                () = moment(timer) => {
                    let now = self.clock.now();
                    self.centre.handle_timeout(now);
                    self.drain(now.civil);
                }
                () = moment(recordings_until) => {
                    tracing::warn!(open = self.open_recordings.len(), "stopped before every recording was closed");
                    self.open_recordings.clear();
                }
                () = moment(stop_until) => return Err(EngineError::StopUnfinished),
            }
        }
        self.commits.close().await;
        for asked in self.stopping.into_iter().flat_map(|stopping| stopping.asked) {
            // Whoever asked may have gone; then nobody needs the answer.
            asked.send(()).ok();
        }
        Ok(())
    }

    pub(crate) fn take_event(&mut self, event: LegEvent) {
        let input = match event {
            LegEvent::Offered { leg, .. } if self.stopping.is_some() || self.commits.is_full() => {
                self.refuse(leg);
                return;
            }
            LegEvent::Offered { leg, called, caller: Some(number) } => {
                if self.arrivals.ring(Ringing { who: Who::Rings { leg, called, ended: None }, number }).is_err() {
                    self.refuse(leg);
                }
                return;
            }
            LegEvent::Offered { leg, called, caller: None } => {
                Input::Arrived { call: CallId(self.fresh_id()), leg, called, subject: None }
            }
            LegEvent::Up { leg } => Input::LegUp(leg),
            LegEvent::PlayDone { leg, play } => Input::PlayDone(leg, play),
            LegEvent::Dtmf { leg, digit } => Input::Digit(leg, digit),
            LegEvent::Ended { leg, side } => {
                self.callers.over(leg);
                if self.arrivals.leg_ended(leg, side) {
                    return;
                }
                Input::LegEnded(leg, side)
            }
            LegEvent::DeskUp { agent, leg } => Input::DeskUp(agent, leg),
            LegEvent::DeskDown { agent, leg } => Input::DeskDown(agent, leg),
            LegEvent::Spoke { leg } => Input::Spoke(leg),
            LegEvent::SpokeEnough { leg } => Input::SpokeEnough(leg),
            LegEvent::WentQuiet { leg } => Input::WentQuiet(leg),
            LegEvent::RecordingClosed(closed) => {
                self.open_recordings.remove(&closed.call);
                Input::RecordingClosed(closed)
            }
            LegEvent::SoundAnswer { leg, sdp } => {
                self.answers.negotiated(leg, sdp);
                return;
            }
        };
        self.decide(input);
    }

    /// The subject behind a number was found: now the rules learn of the call, or of the number that was keyed in.
    fn found(&mut self, ringing: Ringing, found: Found) {
        let Ringing { who, number } = ringing;
        match who {
            Who::Rings { leg, called, ended } => match self.subject(&number, found) {
                Some(subject) => self.arrived(leg, called, ended, number, subject),
                None => self.refuse(leg),
            },
            // Of a call that is over meanwhile nothing is stored, so its number is not either.
            Who::Keyed(call) if !self.centre.has_call(call) => {}
            Who::Keyed(call) => {
                if let Some(subject) = self.subject(&number, found) {
                    self.published.number(call, number);
                    self.decide(Input::Resolved(call, subject));
                }
            }
        }
    }

    /// The subject that was found, or a new one; nothing where the look-up died.
    fn subject(&mut self, number: &Personal<PhoneNumber>, found: Found) -> Option<SubjectId> {
        match found {
            Found::Known(subject) => Some(subject),
            Found::New => {
                let subject = SubjectId(self.fresh_id());
                self.arrivals.introduce(number.reveal(), subject);
                self.commits.introduce(subject, number.clone());
                Some(subject)
            }
            Found::Died => None,
        }
    }

    fn arrived(
        &mut self,
        leg: LegId,
        called: LineNumber,
        ended: Option<HangupSide>,
        number: Personal<PhoneNumber>,
        subject: SubjectId,
    ) {
        let call = CallId(self.fresh_id());
        self.published.number(call, number);
        self.decide(Input::Arrived { call, leg, called, subject: Some(subject) });
        if let Some(side) = ended {
            self.decide(Input::LegEnded(leg, side));
        }
    }

    fn take_ask(&mut self, ask: Ask) {
        match ask {
            Ask::Desk { agent, command, reply } => {
                if self.stopping.is_none()
                    && let Some(request) = self.answers.ask(reply)
                {
                    self.decide(Input::Desk { agent, command, request });
                }
            }
            Ask::Promise { by, command, reply } => {
                if self.stopping.is_none()
                    && let Some(request) = self.answers.ask_promise(reply)
                {
                    self.decide(Input::Promise { by, command, request });
                }
            }
            Ask::OpenMedia { agent, sdp, reply } => self.open_media(agent, sdp, reply),
            Ask::Caller(ask) => self.take_caller(ask),
            Ask::AllowRecording { allowed } => self.decide(Input::RecordingAllowed(allowed)),
            Ask::Configure { config, reply } => {
                self.decide(Input::Configured(config));
                reply.send(()).ok();
            }
            Ask::Probe { reply } => {
                // Whoever asked may have given up.
                reply.send(()).ok();
            }
            Ask::Stop { reply } => self.stop(reply),
        }
    }

    fn open_media(&mut self, agent: AgentId, sdp: String, reply: MediaReply) {
        if !self.centre.view().agents.iter().any(|view| view.id == agent) {
            reply.send(Err(MediaError::DeskClosed)).ok();
            return;
        }
        let leg = LegId(self.fresh_id());
        if self.answers.negotiate(leg, reply) {
            self.orders.give(self.commits.seq(), LegOrder::OpenDesk { agent, leg, sdp });
        }
    }

    fn stop(&mut self, reply: oneshot::Sender<()>) {
        if let Some(stopping) = &mut self.stopping {
            stopping.asked.push(reply);
            return;
        }
        for leg in self.arrivals.turn_away() {
            self.refuse(leg);
        }
        self.decide(Input::Stop);
        let now = Instant::now();
        self.stopping =
            Some(Stopping { asked: vec![reply], recordings_until: now + STOP_RECORDINGS, until: now + STOP_LIMIT });
    }

    fn has_stopped(&self) -> bool {
        self.stopping.is_some() && self.commits.is_idle() && self.orders.is_idle() && self.open_recordings.is_empty()
    }

    fn stop_limits(&self) -> (Option<Instant>, Option<Instant>) {
        let Some(stopping) = &self.stopping else { return (None, None) };
        let recordings = (!self.open_recordings.is_empty()).then_some(stopping.recordings_until);
        (recordings, Some(stopping.until))
    }

    fn refuse(&mut self, leg: LegId) {
        self.callers.over(leg);
        metrics::counter!("engine_calls_refused_total").increment(1);
        self.orders.give(self.commits.seq(), LegOrder::Reject { leg, status: UNAVAILABLE });
    }

    fn decide(&mut self, input: Input) {
        let now = self.clock.now();
        self.centre.handle_input(now, input);
        self.drain(now.civil);
    }

    /// Takes all that the rules gave: facts to the next commit, orders and answers through the gate.
    fn drain(&mut self, at: UtcMs) {
        while let Some(output) = self.centre.poll_output() {
            let seq = self.commits.seq();
            let released = match output {
                Output::Fact(fact) => {
                    self.record(fact, at);
                    None
                }
                Output::Note(note) => {
                    self.commits.note(note);
                    None
                }
                Output::Order(order) => self.gate.pass(seq, Release::Order(order)),
                Output::OrderWhenStored(order) => self.gate.hold(seq, Release::Order(order)),
                Output::Resolve(call, number) => {
                    // Where too many wait, the message is kept without the number.
                    self.arrivals.ring(Ringing { who: Who::Keyed(call), number }).ok();
                    None
                }
                Output::Reply(request, result) => self.gate.hold(seq, Release::Reply(request, result)),
                Output::PromiseReply(request, result) => self.gate.hold(seq, Release::PromiseReply(request, result)),
            };
            if let Some(release) = released {
                self.let_out(release);
            }
        }
    }

    fn record(&mut self, fact: Fact, at: UtcMs) {
        let records = match &fact {
            Fact::CallJoined(joined) if joined.recording.is_some() => Some(joined.call),
            fact => fact.message_begun(),
        };
        self.open_recordings.extend(records);
        self.commits.record(fact, at);
    }

    fn let_out(&mut self, release: Release) {
        match release {
            Release::Order(order) => {
                if let LegOrder::Hangup { leg } | LegOrder::Reject { leg, .. } = order {
                    self.callers.over(leg);
                }
                self.orders.give(self.commits.seq(), order);
            }
            Release::Reply(request, result) => self.answers.answer(request, result),
            Release::PromiseReply(request, result) => self.answers.answer_promise(request, result),
        }
    }

    fn commit_ended(&mut self, ended: Result<Ended, StoreError>) -> Result<(), EngineError> {
        match ended? {
            Ended::Failed => self.published.not_storing(),
            Ended::Stored(seq) => {
                self.arrivals.forget_stored(|number| self.commits.introduces(number));
                self.published.stored(seq);
                for release in self.gate.open(seq) {
                    self.let_out(release);
                }
            }
        }
        Ok(())
    }

    /// A `UUIDv7` of this moment; later ones are greater.
    fn fresh_id(&self) -> Uuid {
        let ms = self.clock.now().civil.0.unsigned_abs();
        let nanos = u32::try_from(ms % 1_000).unwrap_or_default() * 1_000_000;
        Uuid::new_v7(Timestamp::from_unix(&self.ids, ms / 1_000, nanos))
    }
}

/// Takes what waits in a channel besides the first, up to a turn's share.
fn taken<T>(from: &mut mpsc::Receiver<T>, mut take: impl FnMut(T)) {
    for _ in 1..TAKEN {
        let Ok(one) = from.try_recv() else { return };
        take(one);
    }
}

/// Waits for a moment; for ever where there is none.
async fn moment(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
