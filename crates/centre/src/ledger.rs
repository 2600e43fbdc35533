//! What the journal's facts add up to: the open calls, the open promises, the switches of the lines and the place in the journal.
//! Recovery folds it, `verify` listens to its faults, a snapshot is it in JSON. No rule of the centre, no I/O, no clock.

use std::collections::BTreeMap;
use std::fmt;

use otklik_model::{
    AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, LineMode, Outcome, PromiseId,
    PromiseKind, QueueEntry, RecordingClosed, SubjectId, UtcMs,
};
use serde::{Deserialize, Serialize};

use crate::promises::Promises;

#[cfg(test)]
mod tests;

/// The sum of all facts up to one place in the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    facts: u64,
    seq: u64,
    epoch: u64,
    at: UtcMs,
    open: BTreeMap<CallId, OpenCall>,
    line_modes: BTreeMap<LineId, LineMode>,
    /// Recordings that began and are not closed, of open and of ended calls.
    recordings: BTreeMap<CallId, String>,
    /// What is owed and not closed.
    promises: Promises,
}

/// A call that has no outcome yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCall {
    /// The call.
    pub call: CallId,
    /// The line that was called.
    pub line: LineId,
    /// Who calls; nothing where the number is withheld.
    pub subject: Option<SubjectId>,
    /// When it was accepted.
    pub started_at: UtcMs,
    /// When the caller first began to wait for a person.
    pub queued_at: Option<UtcMs>,
    /// When a person first spoke with the caller.
    pub answered_at: Option<UtcMs>,
    /// Who spoke last with the caller.
    pub agent: Option<AgentId>,
    /// Where the caller is now.
    pub place: Place,
    /// Path of the recording under the recordings folder, once a talk began that is recorded, or a message.
    pub recording: Option<String>,
    /// Words of a message were heard: the recording holds what we owe an answer to.
    pub message_spoken: bool,
    /// True where a specialist's sound broke off in a talk: our fault, also if the caller leaves afterwards.
    pub specialist_lost: bool,
    /// A promise was made for it already: an announcement may be saying so.
    pub promised: bool,
}

/// Where the caller of an open call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Accepted; hears the opening words or an announcement.
    Accepted,
    /// Waits for a person.
    Queue,
    /// Speaks with a specialist.
    Talk,
}

/// A sequence of facts that a sound journal cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerFault {
    /// A fact is missing, or stands twice.
    SeqGap {
        /// The place that should follow.
        expected: u64,
        /// The place that did.
        found: u64,
    },
    /// A fact of an older leader stands behind one of a newer.
    EpochFell {
        /// The place of the fact.
        seq: u64,
    },
    /// A fact is older than the one before it.
    TimeFell {
        /// The place of the fact.
        seq: u64,
    },
    /// A call was accepted twice.
    AcceptedTwice {
        /// The place of the fact.
        seq: u64,
        /// The call.
        call: CallId,
    },
    /// A fact of a call that was never accepted, or has its outcome already (so also: a second outcome).
    NotOpen {
        /// The place of the fact.
        seq: u64,
        /// The call.
        call: CallId,
    },
    /// A fact of a promise that was never made, or is closed already (so also: a second end).
    PromiseNotOpen {
        /// The place of the fact.
        seq: u64,
        /// The promise.
        promise: PromiseId,
    },
    /// The end of a call says other times or another line than the facts before it.
    EndDiffers {
        /// The place of the fact.
        seq: u64,
        /// The call.
        call: CallId,
    },
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SeqGap { expected, found } => write!(f, "fact {expected} should follow, fact {found} does"),
            Self::EpochFell { seq } => write!(f, "fact {seq} was written under an older epoch than the one before it"),
            Self::TimeFell { seq } => write!(f, "fact {seq} is older than the one before it"),
            Self::AcceptedTwice { seq, call } => write!(f, "fact {seq} accepts call {call} a second time"),
            Self::NotOpen { seq, call } => write!(f, "fact {seq} is about call {call}, which is not open"),
            Self::PromiseNotOpen { seq, promise } => {
                write!(f, "fact {seq} is about promise {promise}, which is not open")
            }
            Self::EndDiffers { seq, call } => {
                write!(f, "fact {seq} ends call {call} with other times than the facts before it")
            }
        }
    }
}

impl std::error::Error for LedgerFault {}

impl Ledger {
    /// Adds one fact. The fact is taken in as far as it makes sense also where a fault is returned, so that recovery
    /// can count faults and go on.
    ///
    /// # Errors
    /// The first fault that the fact shows, place before content.
    pub fn apply(&mut self, envelope: &Envelope) -> Result<(), LedgerFault> {
        let placed = self.place(envelope);
        let folded = self.fold(envelope);
        placed.and(folded)
    }

    /// The calls without an outcome, by id (so by arrival).
    pub fn open_calls(&self) -> impl Iterator<Item = &OpenCall> {
        self.open.values()
    }

    /// The open call of that id.
    pub fn open_call(&self, call: CallId) -> Option<&OpenCall> {
        self.open.get(&call)
    }

    /// Recordings that began and are not closed: (call, path under the recordings folder), of open and ended calls.
    pub fn open_recordings(&self) -> impl Iterator<Item = (CallId, &str)> {
        self.recordings.iter().map(|(call, file)| (*call, file.as_str()))
    }

    /// The switch of every line that was ever turned.
    pub fn line_modes(&self) -> &BTreeMap<LineId, LineMode> {
        &self.line_modes
    }

    /// What is owed and not closed.
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    /// How many facts were added.
    pub fn facts(&self) -> u64 {
        self.facts
    }

    /// Place of the last fact; 0 before the first.
    pub fn last_seq(&self) -> u64 {
        self.seq
    }

    /// Epoch of the last fact; 0 before the first.
    pub fn last_epoch(&self) -> u64 {
        self.epoch
    }

    /// Time of the last fact; zero before the first.
    pub fn last_at(&self) -> UtcMs {
        self.at
    }

    /// What a new leader must write of calls that the last one left open: for each its outcome `interrupted` and the
    /// promise to call back, unless the caller has been promised that already. `due_at` says by when it is due on a
    /// line.
    #[must_use]
    pub fn close_interrupted(&self, due_at: impl Fn(&LineId) -> UtcMs) -> Vec<Fact> {
        self.open.values().flat_map(|open| open.interrupted(due_at(&open.line))).collect()
    }

    fn place(&mut self, envelope: &Envelope) -> Result<(), LedgerFault> {
        let seq = envelope.seq;
        let expected = self.seq.saturating_add(1);
        let fault = if seq != expected {
            Err(LedgerFault::SeqGap { expected, found: seq })
        } else if envelope.epoch < self.epoch {
            Err(LedgerFault::EpochFell { seq })
        } else if envelope.at < self.at {
            Err(LedgerFault::TimeFell { seq })
        } else {
            Ok(())
        };
        self.facts = self.facts.saturating_add(1);
        self.seq = self.seq.max(seq);
        self.epoch = self.epoch.max(envelope.epoch);
        self.at = self.at.max(envelope.at);
        fault
    }

    fn fold(&mut self, envelope: &Envelope) -> Result<(), LedgerFault> {
        let (seq, at) = (envelope.seq, envelope.at);
        let owed = self.promises.apply(&envelope.fact, at);
        owed.map_err(|promise| LedgerFault::PromiseNotOpen { seq, promise })?;
        match &envelope.fact {
            Fact::CallAccepted { call, line, subject } => {
                let fresh = OpenCall::accepted(*call, line.clone(), *subject, at);
                match self.open.insert(*call, fresh) {
                    None => Ok(()),
                    Some(_) => Err(LedgerFault::AcceptedTwice { seq, call: *call }),
                }
            }
            Fact::CallQueued { call, entry } => self.open_mut(seq, *call).map(|open| open.queued(at, *entry)),
            Fact::CallOffered { call, .. }
            | Fact::RecordingStopped { call, .. }
            | Fact::RecordingRefused { call, .. } => self.open_mut(seq, *call).map(|_| ()),
            Fact::CallJoined(joined) => self.joined(seq, at, joined),
            Fact::SpecialistLost { call, .. } => self.open_mut(seq, *call).map(|open| {
                open.specialist_lost = true;
                open.place = Place::Queue;
            }),
            Fact::CallEnded(ended) => self.ended(seq, ended),
            Fact::RecordingClosed(RecordingClosed { call, .. }) => {
                self.recordings.remove(call);
                Ok(())
            }
            Fact::LineModeChanged { line, mode, .. } => {
                self.line_modes.insert(line.clone(), *mode);
                Ok(())
            }
            // A promise may be made after the call's end: of ended calls the ledger knows nothing.
            Fact::PromiseMade { call, .. } => {
                if let Some(open) = self.open.get_mut(call) {
                    open.promised = true;
                }
                Ok(())
            }
            Fact::OfferEnded { .. }
            | Fact::CentreStarted { .. }
            | Fact::AgentChanged { .. }
            | Fact::PromiseTaken { .. }
            | Fact::PromiseReleased { .. }
            | Fact::PromiseTried { .. }
            | Fact::PromiseClosed { .. } => Ok(()),
            Fact::MessageStarted { call, file } => self.message_started(seq, *call, file),
            Fact::MessageSpoken { call, file } => self.message_spoken(seq, *call, file),
            Fact::NumberGiven { call, subject } => self.open_mut(seq, *call).map(|open| open.subject = Some(*subject)),
        }
    }

    fn joined(&mut self, seq: u64, at: UtcMs, joined: &CallJoined) -> Result<(), LedgerFault> {
        let open = self.open_mut(seq, joined.call)?;
        open.answered_at.get_or_insert(at);
        open.agent = Some(joined.agent.clone());
        open.place = Place::Talk;
        if let Some(file) = &joined.recording {
            open.recording = Some(file.clone());
            self.recordings.insert(joined.call, file.clone());
        }
        Ok(())
    }

    /// The first take is the call's recording; a later one becomes it only when words are heard in it.
    fn message_started(&mut self, seq: u64, call: CallId, file: &str) -> Result<(), LedgerFault> {
        let open = self.open_mut(seq, call)?;
        let file = open.recording.get_or_insert_with(|| file.to_owned()).clone();
        self.recordings.entry(call).or_insert(file);
        Ok(())
    }

    fn message_spoken(&mut self, seq: u64, call: CallId, file: &str) -> Result<(), LedgerFault> {
        let open = self.open_mut(seq, call)?;
        open.recording = Some(file.to_owned());
        open.message_spoken = true;
        self.recordings.insert(call, file.to_owned());
        Ok(())
    }

    fn ended(&mut self, seq: u64, ended: &CallEnded) -> Result<(), LedgerFault> {
        let call = ended.call;
        let open = self.open.remove(&call).ok_or(LedgerFault::NotOpen { seq, call })?;
        let same = open.line == ended.line
            && open.started_at == ended.started_at
            && open.queued_at == ended.queued_at
            && open.answered_at == ended.answered_at;
        if same { Ok(()) } else { Err(LedgerFault::EndDiffers { seq, call }) }
    }

    fn open_mut(&mut self, seq: u64, call: CallId) -> Result<&mut OpenCall, LedgerFault> {
        self.open.get_mut(&call).ok_or(LedgerFault::NotOpen { seq, call })
    }
}

impl OpenCall {
    fn accepted(call: CallId, line: LineId, subject: Option<SubjectId>, started_at: UtcMs) -> Self {
        Self {
            call,
            line,
            subject,
            started_at,
            queued_at: None,
            answered_at: None,
            agent: None,
            place: Place::Accepted,
            recording: None,
            message_spoken: false,
            specialist_lost: false,
            promised: false,
        }
    }

    fn queued(&mut self, at: UtcMs, entry: QueueEntry) {
        self.queued_at.get_or_insert(at);
        self.place = Place::Queue;
        match entry {
            QueueEntry::SpecialistLost => self.specialist_lost = true,
            QueueEntry::First | QueueEntry::OfferNotTaken => {}
        }
    }

    /// A message that was kept before the break is no broken one; any other is, and its words are kept all the same.
    fn interrupted(&self, due_at: UtcMs) -> impl Iterator<Item = Fact> {
        let kept = self.message_spoken && self.promised;
        let promise_kind = if self.message_spoken { PromiseKind::VoiceMessage } else { PromiseKind::OurFault };
        let ended = CallEnded {
            call: self.call,
            line: self.line.clone(),
            outcome: if kept { Outcome::Recorded } else { Outcome::Interrupted },
            side: HangupSide::Centre,
            started_at: self.started_at,
            queued_at: self.queued_at,
            answered_at: self.answered_at,
            agent: self.agent.clone(),
        };
        let promise = Fact::PromiseMade {
            promise: PromiseId(self.call.0),
            call: self.call,
            subject: self.subject,
            promise_kind,
            due_at,
            line: Some(self.line.clone()),
        };
        let owed = (!self.promised).then_some(promise);
        std::iter::once(Fact::CallEnded(ended)).chain(owed)
    }
}
