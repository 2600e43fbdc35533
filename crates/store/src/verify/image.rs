//! The derived tables in memory, as the journal alone makes them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use otklik_model::{AgentId, CallId, LineId, LineMode, Outcome, PromiseId, RecordingClosed, SubjectId, UtcMs};

use crate::changes::{CallNew, Change, Changes, Once, OutcomeNew, PromiseStep};
use crate::verify::owed::{CLOSED, Promise, Try};

/// Rows of the derived tables by their keys.
#[derive(Debug, Default)]
pub(super) struct Image {
    pub(super) calls: BTreeMap<CallId, Call>,
    pub(super) outcomes: BTreeMap<CallId, OutcomeNew>,
    pub(super) promises: BTreeMap<PromiseId, Promise>,
    pub(super) tries: BTreeMap<u64, Try>,
    pub(super) recordings: BTreeMap<CallId, RecordingClosed>,
    pub(super) cells: BTreeMap<Cell, i64>,
    pub(super) line_modes: BTreeMap<LineId, LineMode>,
}

/// Key of a row of the rollups, the metric by its name.
pub(super) type Cell = (Date, u8, LineId, String);

/// A row of the calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) line: LineId,
    pub(super) subject: Option<SubjectId>,
    pub(super) started_at: UtcMs,
    pub(super) local_day: Date,
    pub(super) queued_at: Option<UtcMs>,
    pub(super) answered_at: Option<UtcMs>,
    pub(super) ended_at: Option<UtcMs>,
    pub(super) agent: Option<AgentId>,
    pub(super) recording: Option<String>,
    pub(super) offers: u64,
    pub(super) outcome: Option<&'static str>,
    pub(super) last_seq: u64,
}

impl Image {
    /// Carries out the changes of one fact as the store does in SQL.
    pub(super) fn move_by(&mut self, changes: Changes) {
        if !self.begin(changes.once) {
            return;
        }
        for change in changes.then {
            self.carry_out(change);
        }
    }

    pub(super) fn into_recordings(self) -> Vec<RecordingClosed> {
        self.recordings.into_values().collect()
    }

    /// False where the row stands already.
    fn begin(&mut self, once: Once) -> bool {
        fn insert<K: Ord, V>(table: &mut BTreeMap<K, V>, key: K, row: V) -> bool {
            let fresh = !table.contains_key(&key);
            table.entry(key).or_insert(row);
            fresh
        }
        match once {
            Once::Nothing => true,
            Once::Call(new) => insert(&mut self.calls, new.call, Call::new(new)),
            Once::Outcome(new) => insert(&mut self.outcomes, new.call, new),
            Once::Promise(new) => insert(&mut self.promises, new.promise, Promise::new(new)),
            Once::Recording(closed) => insert(&mut self.recordings, closed.call, closed),
        }
    }

    fn carry_out(&mut self, change: Change) {
        match change {
            Change::Queued { call, at } => self.call(call, |row| {
                row.queued_at.get_or_insert(at);
            }),
            Change::Offered { call } => self.call(call, |row| row.offers += 1),
            Change::Joined { call, at, agent, recording } => self.call(call, |row| {
                row.answered_at.get_or_insert(at);
                row.agent = Some(agent);
                row.recording = recording.or(row.recording.take());
            }),
            Change::Take { call, file, words } => self.call(call, |row| {
                if words || row.recording.is_none() {
                    row.recording = Some(file);
                }
            }),
            Change::Subject { call, subject } => self.call(call, |row| row.subject = Some(subject)),
            Change::Ended { call, at, outcome } => self.call(call, |row| row.ended(at, outcome)),
            Change::Seen { call, seq } => self.call(call, |row| row.last_seq = seq),
            Change::Cell(delta) => {
                let key = (delta.local_day, delta.half_hour, delta.line, delta.metric.name());
                *self.cells.entry(key).or_default() += delta.add;
            }
            Change::LineMode { line, mode } => {
                self.line_modes.insert(line, mode);
            }
            Change::Promise { promise, at, seq, step } => self.promise(promise, at, seq, step),
            // The outbox may be emptied once its readers have passed.
            Change::Event { .. } => {}
        }
    }

    fn promise(&mut self, promise: PromiseId, at: UtcMs, seq: u64, step: PromiseStep) {
        let Some(row) = self.promises.get_mut(&promise).filter(|row| row.state != CLOSED) else { return };
        if let PromiseStep::Tried { by, result, .. } = &step {
            self.tries.insert(seq, Try { promise, at, who: by.clone(), result: *result });
        }
        row.step(at, seq, step);
    }

    fn call(&mut self, call: CallId, change: impl FnOnce(&mut Call)) {
        if let Some(row) = self.calls.get_mut(&call) {
            change(row);
        }
    }
}

impl Call {
    fn new(new: CallNew) -> Self {
        Self {
            line: new.line,
            subject: new.subject,
            started_at: new.started_at,
            local_day: new.local_day,
            queued_at: None,
            answered_at: None,
            ended_at: None,
            agent: None,
            recording: None,
            offers: 0,
            outcome: None,
            last_seq: new.seq,
        }
    }

    fn ended(&mut self, at: UtcMs, outcome: Outcome) {
        self.ended_at = Some(at);
        self.outcome = Some(outcome.name());
    }
}
