//! The engine's task: takes what waits, lets the rules decide, stores what became true, then acts. Commits are grouped
//! without a timer: all that comes while one commit is under way goes into the next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use otklik_centre::ledger::Ledger;
use otklik_centre::{Centre, Input, Output, RequestId};
use otklik_model::{
    CallId, DeskRefusal, Effect, EffectKey, Envelope, Fact, LegEvent, LegId, LegOrder, Personal, PhoneNumber,
    SubjectId, UtcMs,
};
use otklik_store::{Batch, Store, StoreError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::clock::Clock;
use crate::gate::{Gate, Release};
use crate::handle::{Ask, MediaError};
use crate::live::Live;
use crate::start::EngineError;

/// A snapshot is made after so many facts.
const SNAPSHOT_EVERY: u64 = 1_000;
/// How long a stop waits for recordings to be closed.
const STOP_LIMIT: Duration = Duration::from_secs(3);
/// The pause before a failed commit is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// A commit under way. Its task is never cancelled: a commit of unknown fate would be the result.
type Commit = JoinHandle<Result<(), StoreError>>;

pub(crate) struct Owner {
    centre: Centre,
    ledger: Ledger,
    store: Arc<Store>,
    clock: Clock,
    epoch: u64,
    seq: u64,
    effects_given: u64,
    gate: Gate,
    /// What waits for the commit under way to end.
    next: Batch,
    /// What the commit under way writes.
    writing: Option<Arc<Batch>>,
    subjects: BTreeMap<PhoneNumber, SubjectId>,
    live: Live,
    publish: watch::Sender<Arc<Live>>,
    effects: mpsc::Sender<Effect>,
    replies: BTreeMap<RequestId, oneshot::Sender<Result<(), DeskRefusal>>>,
    requests: u64,
    negotiations: BTreeMap<LegId, oneshot::Sender<Result<String, MediaError>>>,
    open_recordings: BTreeSet<CallId>,
    snapshot_at: u64,
}

/// Whether the task goes on.
enum Turn {
    GoOn,
    Stop(oneshot::Sender<()>),
}

impl Owner {
    #[expect(clippy::too_many_arguments, reason = "called once, where all of it has just been made")]
    pub(crate) fn new(
        centre: Centre,
        ledger: Ledger,
        store: Arc<Store>,
        clock: Clock,
        epoch: u64,
        stored: u64,
        publish: watch::Sender<Arc<Live>>,
        effects: mpsc::Sender<Effect>,
    ) -> Self {
        Self {
            centre,
            ledger,
            store,
            clock,
            epoch,
            seq: stored,
            effects_given: 0,
            gate: Gate::new(stored),
            next: Batch::default(),
            writing: None,
            subjects: BTreeMap::new(),
            live: Live { stored_seq: stored, storing: true, ..Live::default() },
            publish,
            effects,
            replies: BTreeMap::new(),
            requests: 0,
            negotiations: BTreeMap::new(),
            open_recordings: BTreeSet::new(),
            snapshot_at: stored,
        }
    }

    pub(crate) async fn run(
        mut self,
        mut events: mpsc::Receiver<LegEvent>,
        mut asks: mpsc::Receiver<Ask>,
    ) -> Result<(), EngineError> {
        self.publish_view();
        let mut commit: Option<Commit> = None;
        let mut stopping: Option<(oneshot::Sender<()>, tokio::time::Instant)> = None;
        loop {
            if commit.is_none() {
                commit = self.begin_commit();
            }
            if commit.is_none() && stopping.is_some() && self.open_recordings.is_empty() {
                break;
            }
            let timer = self.centre.poll_timeout().map(|(at, _)| self.clock.instant(at));
            tokio::select! {
                result = finished(&mut commit), if commit.is_some() => {
                    commit = self.end_commit(result).await?;
                }
                event = events.recv() => {
                    let Some(event) = event else { return Err(EngineError::SwitchGone) };
                    self.take_event(event).await;
                }
                ask = asks.recv() => {
                    if let Some(ask) = ask && let Turn::Stop(reply) = self.take_ask(ask) {
                        stopping = Some((reply, tokio::time::Instant::now() + STOP_LIMIT));
                    }
                }
                () = tokio::time::sleep_until(timer.unwrap_or_else(tokio::time::Instant::now)), if timer.is_some() => {
                    let now = self.clock.now();
                    self.centre.handle_timeout(now);
                    self.drain(now.civil);
                }
                () = deadline(stopping.as_ref().map(|(_, at)| *at)), if stopping.is_some() => {
                    tracing::warn!(open = self.open_recordings.len(), "stopped before every recording was closed");
                    self.open_recordings.clear();
                }
            }
        }
        self.store.snapshot(&self.ledger).await?;
        if let Some((reply, _)) = stopping {
            // Whoever asked may have gone; then nobody needs the answer.
            reply.send(()).ok();
        }
        Ok(())
    }

    async fn take_event(&mut self, event: LegEvent) {
        let input = match event {
            LegEvent::Offered { leg, called, caller } => {
                let subject = match caller {
                    Some(number) => Some(self.subject(number).await),
                    None => None,
                };
                let call = CallId(self.fresh_id());
                if let Some((_, number)) = subject.as_ref() {
                    self.live.numbers.insert(call, number.clone());
                }
                Input::Arrived { call, leg, called, subject: subject.map(|(id, _)| id) }
            }
            LegEvent::Up { leg } => Input::LegUp(leg),
            LegEvent::PlayDone { leg, play } => Input::PlayDone(leg, play),
            LegEvent::Dtmf { leg, digit } => Input::Digit(leg, digit),
            LegEvent::Ended { leg, side } => Input::LegEnded(leg, side),
            LegEvent::DeskUp { agent, leg } => Input::DeskUp(agent, leg),
            LegEvent::DeskDown { agent, leg } => Input::DeskDown(agent, leg),
            LegEvent::RecordingClosed(closed) => {
                self.open_recordings.remove(&closed.call);
                Input::RecordingClosed(closed)
            }
            LegEvent::DeskAnswer { leg, sdp } => {
                if let Some(reply) = self.negotiations.remove(&leg) {
                    reply.send(sdp.map_err(MediaError::Refused)).ok();
                }
                return;
            }
        };
        self.decide(input);
    }

    fn take_ask(&mut self, ask: Ask) -> Turn {
        match ask {
            Ask::Desk { agent, command, reply } => {
                self.requests += 1;
                let request = RequestId(self.requests);
                self.replies.insert(request, reply);
                self.decide(Input::Desk { agent, command, request });
            }
            Ask::OpenMedia { agent, sdp, reply } => {
                if !self.live.view.agents.iter().any(|view| view.id == agent) {
                    reply.send(Err(MediaError::DeskClosed)).ok();
                    return Turn::GoOn;
                }
                self.negotiations.retain(|_, waiting| !waiting.is_closed());
                let leg = LegId(self.fresh_id());
                self.negotiations.insert(leg, reply);
                self.give(LegOrder::OpenDesk { agent, leg, sdp });
            }
            Ask::Probe { reply } => {
                reply.send(()).ok();
            }
            Ask::Stop { reply } => {
                self.decide(Input::Stop);
                return Turn::Stop(reply);
            }
        }
        Turn::GoOn
    }

    fn decide(&mut self, input: Input) {
        let now = self.clock.now();
        self.centre.handle_input(now, input);
        self.drain(now.civil);
    }

    /// Takes all that the rules gave: facts to the next commit, orders and answers through the gate.
    fn drain(&mut self, at: UtcMs) {
        while let Some(output) = self.centre.poll_output() {
            let released = match output {
                Output::Fact(fact) => {
                    self.record(fact, at);
                    None
                }
                Output::Order(order) => self.gate.pass(self.seq, Release::Order(order)),
                Output::OrderWhenStored(order) => self.gate.hold(self.seq, Release::Order(order)),
                Output::Reply(request, result) => self.gate.hold(self.seq, Release::Reply(request, result)),
            };
            if let Some(release) = released {
                self.let_out(release);
            }
        }
        self.publish_view();
    }

    fn record(&mut self, fact: Fact, at: UtcMs) {
        if let Fact::CallJoined(joined) = &fact
            && joined.recording.is_some()
        {
            self.open_recordings.insert(joined.call);
        }
        self.seq += 1;
        self.next.envelopes.push(Envelope { partition: 0, seq: self.seq, epoch: self.epoch, at, fact });
    }

    fn let_out(&mut self, release: Release) {
        match release {
            Release::Order(order) => self.give(order),
            Release::Reply(request, result) => {
                if let Some(reply) = self.replies.remove(&request) {
                    // The desk may have gone meanwhile; what it asked for is done all the same.
                    reply.send(result).ok();
                }
            }
        }
    }

    fn give(&mut self, order: LegOrder) {
        self.effects_given += 1;
        let key = EffectKey { epoch: self.epoch, partition: 0, seq: self.seq, n: self.effects_given };
        if self.effects.try_send(Effect { key, order }).is_err() {
            metrics::counter!("engine_orders_lost_total").increment(1);
            tracing::error!("the switch does not take orders: one was lost");
        }
    }

    /// The subject of a number: as stored, as about to be stored, or a new one.
    async fn subject(&mut self, number: Personal<PhoneNumber>) -> (SubjectId, Personal<PhoneNumber>) {
        if let Some(subject) = self.subjects.get(number.reveal()) {
            return (*subject, number);
        }
        let stored = self.store.subject_of(number.reveal()).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a subject could not be read");
            None
        });
        let subject = stored.unwrap_or_else(|| SubjectId(self.fresh_id()));
        if stored.is_none() {
            self.subjects.insert(number.reveal().clone(), subject);
            self.next.subjects.push((subject, number.clone()));
        }
        (subject, number)
    }

    /// A `UUIDv7` of this moment.
    fn fresh_id(&self) -> Uuid {
        let ms = self.clock.now().civil.0.unsigned_abs();
        let nanos = u32::try_from(ms % 1_000).unwrap_or_default() * 1_000_000;
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, ms / 1_000, nanos))
    }

    fn begin_commit(&mut self) -> Option<Commit> {
        if self.next.envelopes.is_empty() {
            return None;
        }
        let batch = Arc::new(std::mem::take(&mut self.next));
        self.writing = Some(Arc::clone(&batch));
        let store = Arc::clone(&self.store);
        Some(tokio::spawn(async move { store.append(&batch).await }))
    }

    async fn end_commit(&mut self, result: Result<(), Failure>) -> Result<Option<Commit>, EngineError> {
        let Some(batch) = self.writing.take() else { return Ok(None) };
        if let Err(failure) = result {
            return self.retry(batch, failure).map(Some);
        }
        for envelope in &batch.envelopes {
            if let Err(fault) = self.ledger.apply(envelope) {
                metrics::counter!("engine_ledger_faults_total").increment(1);
                tracing::error!(%fault, seq = envelope.seq, "the journal contradicts itself");
            }
        }
        let stored = batch.envelopes.last().map_or(0, |last| last.seq);
        metrics::counter!("engine_facts_total").increment(batch.envelopes.len() as u64);
        self.subjects.retain(|number, _| self.next.subjects.iter().any(|(_, waiting)| waiting.reveal() == number));
        for release in self.gate.open(stored) {
            self.let_out(release);
        }
        self.live.storing = true;
        self.live.stored_seq = stored;
        self.publish_view();
        if stored - self.snapshot_at >= SNAPSHOT_EVERY {
            self.snapshot_at = stored;
            self.store.snapshot(&self.ledger).await?;
        }
        Ok(None)
    }

    /// Tries a failed commit again, for ever: what became true is kept in memory meanwhile, calls ring and are not
    /// answered, and talks go on. A writer that was fenced leads no longer and stops.
    fn retry(&mut self, batch: Arc<Batch>, failure: Failure) -> Result<Commit, EngineError> {
        let failure = match failure {
            Failure::Store(error) if error.is_fenced() => return Err(error.into()),
            failure @ (Failure::Store(_) | Failure::Died(_)) => failure,
        };
        metrics::counter!("engine_commit_failures_total").increment(1);
        tracing::error!(error = &failure as &dyn std::error::Error, "a commit failed; it is tried again");
        self.live.storing = false;
        self.publish_view();
        self.writing = Some(Arc::clone(&batch));
        let store = Arc::clone(&self.store);
        let last = batch.envelopes.last().map_or(0, |last| last.seq);
        Ok(tokio::spawn(async move {
            tokio::time::sleep_until(tokio::time::Instant::now() + RETRY_AFTER).await;
            // The failed commit may have reached the disk all the same: a blind repeat would then be refused for ever.
            if store.last_seq().await? >= last {
                return Ok(());
            }
            store.append(&batch).await
        }))
    }

    fn publish_view(&mut self) {
        self.live.view = self.centre.view();
        let calls: BTreeSet<CallId> = self.live.view.calls.iter().map(|call| call.id).collect();
        self.live.numbers.retain(|call, _| calls.contains(call));
        let changed = { *self.publish.borrow().as_ref() != self.live };
        if changed {
            self.live.rev += 1;
            self.publish.send_replace(Arc::new(self.live.clone()));
        }
    }
}

/// Why a commit did not come about.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the task of the commit died")]
    Died(#[source] tokio::task::JoinError),
}

async fn finished(commit: &mut Option<Commit>) -> Result<(), Failure> {
    let Some(task) = commit else { return std::future::pending().await };
    let result = task.await;
    *commit = None;
    Ok(result.map_err(Failure::Died)??)
}

async fn deadline(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
