//! What a fact changes in the derived tables, as data. The store carries it out in SQL, `verify` in memory: there is
//! one meaning of a fact, and the two can be held against each other.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_centre::figures::{self, Delta};
use otklik_model::{
    AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, LineMode, Outcome, PromiseId,
    PromiseKind, PromiseOutcome, RecordingClosed, SubjectId, TryResult, UtcMs,
};
use serde_json::json;

/// Everything that one fact changes. `then` is carried out only where `once` was new (or asks for nothing).
pub(crate) struct Changes {
    pub(crate) once: Once,
    pub(crate) then: Vec<Change>,
}

/// A row that can come into being once; a second one of the same key is refused and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Once {
    Nothing,
    Call(CallNew),
    Outcome(OutcomeNew),
    Promise(PromiseNew),
    Recording(RecordingClosed),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallNew {
    pub(crate) call: CallId,
    pub(crate) line: LineId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) started_at: UtcMs,
    pub(crate) local_day: Date,
    pub(crate) seq: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutcomeNew {
    pub(crate) call: CallId,
    pub(crate) outcome: Outcome,
    pub(crate) side: HangupSide,
    pub(crate) at: UtcMs,
    pub(crate) seq: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PromiseNew {
    pub(crate) promise: PromiseId,
    pub(crate) call: CallId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) kind: PromiseKind,
    pub(crate) due_at: UtcMs,
    pub(crate) made_at: UtcMs,
}

/// One change of rows that may happen any number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Queued {
        call: CallId,
        at: UtcMs,
    },
    Offered {
        call: CallId,
    },
    Joined {
        call: CallId,
        at: UtcMs,
        agent: AgentId,
        recording: Option<String>,
    },
    /// A take of a message: the first one, or one in which words were heard.
    Take {
        call: CallId,
        file: String,
        words: bool,
    },
    Subject {
        call: CallId,
        subject: SubjectId,
    },
    Ended {
        call: CallId,
        at: UtcMs,
        outcome: Outcome,
    },
    Seen {
        call: CallId,
        seq: u64,
    },
    Cell(Delta),
    LineMode {
        line: LineId,
        mode: LineMode,
    },
    Promise {
        promise: PromiseId,
        at: UtcMs,
        seq: u64,
        step: PromiseStep,
    },
    Event {
        topic: &'static str,
        body: String,
    },
}

/// One step of a promise that is not closed; of a closed one nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PromiseStep {
    Taken { by: AgentId },
    Released,
    Tried { by: AgentId, result: TryResult, next_try_at: Option<UtcMs> },
    Closed { by: AgentId, outcome: PromiseOutcome, proof: Option<CallId> },
}

/// What the fact changes; `zone` is the centre's.
pub(crate) fn of(envelope: &Envelope, zone: &TimeZone) -> Changes {
    let at = envelope.at;
    let (once, mut then) = match &envelope.fact {
        Fact::CallAccepted { call, line, subject } => {
            let (local_day, _) = figures::cell(at, zone);
            let (call, line, subject) = (*call, line.clone(), *subject);
            (Once::Call(CallNew { call, line, subject, started_at: at, local_day, seq: envelope.seq }), vec![])
        }
        Fact::CallQueued { call, .. } => (Once::Nothing, vec![Change::Queued { call: *call, at }]),
        Fact::CallOffered { call, .. } => (Once::Nothing, vec![Change::Offered { call: *call }]),
        Fact::CallJoined(CallJoined { call, agent, recording }) => {
            let (agent, recording) = (agent.clone(), recording.clone());
            (Once::Nothing, vec![Change::Joined { call: *call, at, agent, recording }])
        }
        Fact::MessageStarted { call, file } => {
            (Once::Nothing, vec![Change::Take { call: *call, file: file.clone(), words: false }])
        }
        Fact::MessageSpoken { call, file } => {
            (Once::Nothing, vec![Change::Take { call: *call, file: file.clone(), words: true }])
        }
        Fact::NumberGiven { call, subject } => {
            (Once::Nothing, vec![Change::Subject { call: *call, subject: *subject }])
        }
        Fact::CallEnded(ended) => ended_changes(envelope, ended),
        Fact::PromiseMade { promise, call, subject, promise_kind, due_at, line: _ } => {
            let (promise, call, subject, due_at) = (*promise, *call, *subject, *due_at);
            let new = PromiseNew { promise, call, subject, kind: *promise_kind, due_at, made_at: at };
            let event = promise_event(&new);
            (Once::Promise(new), vec![event])
        }
        Fact::PromiseTaken { promise, by } => {
            (Once::Nothing, step(envelope, *promise, PromiseStep::Taken { by: by.clone() }))
        }
        Fact::PromiseReleased { promise, by: _ } => (Once::Nothing, step(envelope, *promise, PromiseStep::Released)),
        Fact::PromiseTried { promise, by, result, next_try_at } => {
            let (by, result, next_try_at) = (by.clone(), *result, *next_try_at);
            (Once::Nothing, step(envelope, *promise, PromiseStep::Tried { by, result, next_try_at }))
        }
        Fact::PromiseClosed { promise, by, outcome, proof } => {
            let (by, outcome, proof) = (by.clone(), *outcome, *proof);
            let mut changes = step(envelope, *promise, PromiseStep::Closed { by, outcome, proof });
            changes.push(closed_event(*promise, outcome, proof, at));
            (Once::Nothing, changes)
        }
        Fact::RecordingClosed(closed) => (Once::Recording(closed.clone()), vec![]),
        Fact::LineModeChanged { line, mode, .. } => {
            (Once::Nothing, vec![Change::LineMode { line: line.clone(), mode: *mode }])
        }
        Fact::CentreStarted { .. }
        | Fact::OfferEnded { .. }
        | Fact::SpecialistLost { .. }
        | Fact::RecordingStopped { .. }
        | Fact::RecordingRefused { .. }
        | Fact::AgentChanged { .. } => (Once::Nothing, vec![]),
    };
    then.extend(envelope.fact.call().map(|call| Change::Seen { call, seq: envelope.seq }));
    then.extend(figures::fold(envelope, zone).into_iter().map(Change::Cell));
    Changes { once, then }
}

fn ended_changes(envelope: &Envelope, ended: &CallEnded) -> (Once, Vec<Change>) {
    let (call, at, outcome) = (ended.call, envelope.at, ended.outcome);
    let new = OutcomeNew { call, outcome, side: ended.side, at, seq: envelope.seq };
    (Once::Outcome(new), vec![Change::Ended { call, at, outcome }, ended_event(ended, at)])
}

fn ended_event(ended: &CallEnded, at: UtcMs) -> Change {
    let body = json!({
        "call": ended.call,
        "line": ended.line,
        "outcome": ended.outcome.name(),
        "stage": ended.outcome.stage(),
        "started_at": ended.started_at,
        "queued_at": ended.queued_at,
        "answered_at": ended.answered_at,
        "ended_at": at,
    });
    Change::Event { topic: "call_ended", body: body.to_string() }
}

fn promise_event(new: &PromiseNew) -> Change {
    let body = json!({
        "promise": new.promise,
        "call": new.call,
        "promise_kind": new.kind.name(),
        "due_at": new.due_at,
        "made_at": new.made_at,
    });
    Change::Event { topic: "promise_made", body: body.to_string() }
}

fn step(envelope: &Envelope, promise: PromiseId, step: PromiseStep) -> Vec<Change> {
    vec![Change::Promise { promise, at: envelope.at, seq: envelope.seq, step }]
}

fn closed_event(promise: PromiseId, outcome: PromiseOutcome, proof: Option<CallId>, at: UtcMs) -> Change {
    let body = json!({ "promise": promise, "outcome": outcome.name(), "proof": proof, "closed_at": at });
    Change::Event { topic: "promise_closed", body: body.to_string() }
}
