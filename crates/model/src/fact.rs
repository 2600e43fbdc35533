//! Facts: what is now true of a call, a specialist or a line. The journal is a list of them.
//! Bodies are self-describing JSON. Fields are only ever added, and optional; a meaning never changes: a new one gets
//! a new kind. `testdata/facts.jsonl` holds the golden bytes of every kind and version.

use serde::{Deserialize, Serialize};

use crate::agent::AgentState;
use crate::ids::{AgentId, CallId, LineId, OfferId, PromiseId, SubjectId};
use crate::line::LineMode;
use crate::outcome::{HangupSide, Outcome};
use crate::promise::{PromiseKind, PromiseOutcome, TryResult};
use crate::time::UtcMs;

/// One thing that became true. All time, chance and ids are in it or in its [`Envelope`], so replay asks nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// A process began to lead the centre under a new epoch.
    CentreStarted {
        /// Version of the program.
        program: String,
    },
    /// A call is ours: from here the caller cannot be lost.
    CallAccepted {
        /// The call.
        call: CallId,
        /// The line that was called.
        line: LineId,
        /// Who calls; nothing where the number is withheld.
        subject: Option<SubjectId>,
    },
    /// The caller waits for a person.
    CallQueued {
        /// The call.
        call: CallId,
        /// How the call came into the queue.
        entry: QueueEntry,
    },
    /// A specialist's desk rings.
    CallOffered {
        /// The call.
        call: CallId,
        /// The specialist.
        agent: AgentId,
        /// The offer.
        offer: OfferId,
    },
    /// An offer ended without a talk.
    OfferEnded {
        /// The call.
        call: CallId,
        /// The specialist.
        agent: AgentId,
        /// The offer.
        offer: OfferId,
        /// Why.
        reason: OfferEnd,
    },
    /// A specialist speaks with the caller.
    CallJoined(CallJoined),
    /// The specialist's sound broke off in a talk: our fault.
    SpecialistLost {
        /// The call.
        call: CallId,
        /// The specialist.
        agent: AgentId,
    },
    /// The call is over, with its one outcome.
    CallEnded(CallEnded),
    /// We owe somebody something.
    PromiseMade {
        /// The promise.
        promise: PromiseId,
        /// The call that caused it.
        call: CallId,
        /// Whom we owe it; nothing where the number is withheld.
        subject: Option<SubjectId>,
        /// What we owe.
        promise_kind: PromiseKind,
        /// By when.
        due_at: UtcMs,
        /// The line on whose hours it is kept; journals before 0.2 do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<LineId>,
    },
    /// Somebody owns a promise from now on.
    PromiseTaken {
        /// The promise.
        promise: PromiseId,
        /// Who.
        by: AgentId,
    },
    /// Nobody owns a promise any more: it is back in the list.
    PromiseReleased {
        /// The promise.
        promise: PromiseId,
        /// Who gave it back; nothing where the shift ended over it.
        by: Option<AgentId>,
    },
    /// An attempt to keep a promise.
    PromiseTried {
        /// The promise.
        promise: PromiseId,
        /// Who.
        by: AgentId,
        /// What came of it.
        result: TryResult,
        /// When the next attempt is due; nothing after the last one.
        next_try_at: Option<UtcMs>,
    },
    /// A promise is closed, with its one outcome.
    PromiseClosed {
        /// The promise.
        promise: PromiseId,
        /// Who closed it.
        by: AgentId,
        /// How it ended.
        outcome: PromiseOutcome,
        /// The answered call that shows it.
        proof: Option<CallId>,
    },
    /// A specialist's state changed.
    AgentChanged {
        /// The specialist.
        agent: AgentId,
        /// The new state.
        state: AgentState,
        /// Who changed it, where it was somebody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AgentId>,
        /// The state that ended with it, so that the figures of how time was spent look nothing up; nothing in facts
        /// of before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<AgentSpent>,
    },
    /// The talk goes on unrecorded, at the caller's wish.
    RecordingStopped {
        /// The call.
        call: CallId,
        /// The specialist who was asked for it.
        by: AgentId,
    },
    /// A recording is complete on disk.
    RecordingClosed(RecordingClosed),
    /// A message begins to be recorded: stands here before the file does.
    MessageStarted {
        /// The call.
        call: CallId,
        /// Path of this take under the recordings folder.
        file: String,
    },
    /// Words were heard in a take: from here it is the call's recording, and we owe an answer to it.
    MessageSpoken {
        /// The call.
        call: CallId,
        /// Path of the take under the recordings folder.
        file: String,
    },
    /// A caller who withholds the number has keyed one in.
    NumberGiven {
        /// The call.
        call: CallId,
        /// Who stands behind the number.
        subject: SubjectId,
    },
    /// A talk that should be recorded is not.
    RecordingRefused {
        /// The call.
        call: CallId,
        /// Why.
        reason: RecordingRefusal,
    },
    /// A line's switch was turned.
    LineModeChanged {
        /// The line.
        line: LineId,
        /// The new position.
        mode: LineMode,
        /// Who turned it; nothing for the configuration.
        by: Option<AgentId>,
    },
}

/// How a call came into the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueEntry {
    /// For the first time, at the tail.
    First,
    /// Back to the head: the offer was not taken.
    OfferNotTaken,
    /// At the head: the talk broke off by our fault.
    SpecialistLost,
}

/// Why a talk that should be recorded is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingRefusal {
    /// The disk of the recordings is filled down to its floor.
    DiskFloor,
}

impl RecordingRefusal {
    /// The name in the journal and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::DiskFloor => "disk_floor",
        }
    }
}

/// Why an offer ended without a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferEnd {
    /// The specialist passed it on.
    Declined,
    /// Not answered in time.
    TimedOut,
    /// The caller left while it rang.
    CallerLeft,
    /// The desk closed or lost its sound.
    DeskLost,
}

/// A state of a specialist that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSpent {
    /// What they did.
    pub state: AgentState,
    /// Since when.
    pub since: UtcMs,
}

/// Body of [`Fact::CallJoined`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallJoined {
    /// The call.
    pub call: CallId,
    /// The specialist.
    pub agent: AgentId,
    /// Path of the recording under the recordings folder; nothing where the talk is not recorded.
    pub recording: Option<String>,
}

/// Body of [`Fact::CallEnded`]: the outcome with all that the figures need, so that folding it looks nothing up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEnded {
    /// The call.
    pub call: CallId,
    /// Its line.
    pub line: LineId,
    /// The one outcome.
    pub outcome: Outcome,
    /// Who hung up.
    pub side: HangupSide,
    /// When it was accepted.
    pub started_at: UtcMs,
    /// When the caller first began to wait for a person.
    pub queued_at: Option<UtcMs>,
    /// When a person first spoke with the caller.
    pub answered_at: Option<UtcMs>,
    /// Who spoke last with the caller.
    pub agent: Option<AgentId>,
}

/// Body of [`Fact::RecordingClosed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingClosed {
    /// The call.
    pub call: CallId,
    /// Path under the recordings folder.
    pub file: String,
    /// Size of the file.
    pub size_bytes: u64,
    /// Length of the sound.
    pub duration_ms: u64,
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: String,
    /// Frames of 20 ms that a slow disk cost.
    pub dropped_frames: u64,
}

impl Fact {
    /// The kind, as it stands in the envelope.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CentreStarted { .. } => "centre_started",
            Self::CallAccepted { .. } => "call_accepted",
            Self::CallQueued { .. } => "call_queued",
            Self::CallOffered { .. } => "call_offered",
            Self::OfferEnded { .. } => "offer_ended",
            Self::CallJoined(_) => "call_joined",
            Self::SpecialistLost { .. } => "specialist_lost",
            Self::CallEnded(_) => "call_ended",
            Self::PromiseMade { .. } => "promise_made",
            Self::PromiseTaken { .. } => "promise_taken",
            Self::PromiseReleased { .. } => "promise_released",
            Self::PromiseTried { .. } => "promise_tried",
            Self::PromiseClosed { .. } => "promise_closed",
            Self::AgentChanged { .. } => "agent_changed",
            Self::RecordingClosed(_) => "recording_closed",
            Self::RecordingStopped { .. } => "recording_stopped",
            Self::MessageStarted { .. } => "message_started",
            Self::MessageSpoken { .. } => "message_spoken",
            Self::NumberGiven { .. } => "number_given",
            Self::RecordingRefused { .. } => "recording_refused",
            Self::LineModeChanged { .. } => "line_mode_changed",
        }
    }

    /// The version of the kind's body.
    pub fn version(&self) -> u8 {
        1
    }

    /// The call in which something begins to be recorded, if that is the fact.
    pub fn recording_begun(&self) -> Option<CallId> {
        if let Self::CallJoined(joined) = self {
            return joined.recording.is_some().then_some(joined.call);
        }
        if let Self::MessageStarted { call, .. } = self { Some(*call) } else { None }
    }

    /// The call that the fact is about, if it is about one.
    pub fn call(&self) -> Option<CallId> {
        match self {
            Self::CallAccepted { call, .. }
            | Self::CallQueued { call, .. }
            | Self::CallOffered { call, .. }
            | Self::OfferEnded { call, .. }
            | Self::SpecialistLost { call, .. }
            | Self::RecordingStopped { call, .. }
            | Self::RecordingRefused { call, .. }
            | Self::PromiseMade { call, .. }
            | Self::MessageStarted { call, .. }
            | Self::MessageSpoken { call, .. }
            | Self::NumberGiven { call, .. } => Some(*call),
            Self::CallJoined(joined) => Some(joined.call),
            Self::CallEnded(ended) => Some(ended.call),
            Self::RecordingClosed(closed) => Some(closed.call),
            Self::CentreStarted { .. }
            | Self::AgentChanged { .. }
            | Self::LineModeChanged { .. }
            | Self::PromiseTaken { .. }
            | Self::PromiseReleased { .. }
            | Self::PromiseTried { .. }
            | Self::PromiseClosed { .. } => None,
        }
    }
}

/// A fact in its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Part of the journal; 0 on one node.
    pub partition: u16,
    /// Place in the partition: 1, 2, 3, without a gap.
    pub seq: u64,
    /// Who led when it was written; never falls.
    pub epoch: u64,
    /// When it became true; never falls.
    pub at: UtcMs,
    /// What became true.
    pub fact: Fact,
}
