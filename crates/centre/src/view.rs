//! What readers see of the live centre: a copy of its state at one moment, made after each change.

use otklik_model::{AgentId, AgentState, CallId, LegId, LineId, LineMode, SubjectId, UtcMs};
use serde::Serialize;

/// The live centre.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct View {
    /// Specialists with an open desk or a call.
    pub agents: Vec<AgentView>,
    /// Live calls, in the order of their ids (arrival).
    pub calls: Vec<CallView>,
    /// The queue.
    pub queue: QueueView,
    /// Lines and their switches.
    pub lines: Vec<LineView>,
}

/// A specialist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgentView {
    /// Who.
    pub id: AgentId,
    /// What they do.
    pub state: AgentState,
    /// Since when.
    pub since: UtcMs,
    /// When the state ends by itself.
    pub until: Option<UtcMs>,
    /// Does their sound work?
    pub sound: bool,
    /// Who put them into the state, where it was somebody else.
    pub changed_by: Option<AgentId>,
}

/// Where a live call is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallPhase {
    /// Hears the opening words.
    Greeting,
    /// Is at the recorder: hears what to do, or leaves a message.
    Message,
    /// Hears an announcement, after which we hang up.
    Farewell,
    /// Waits for a person.
    Waiting,
    /// Rings at a specialist's desk.
    Ringing,
    /// Speaks with a specialist.
    Talking,
    /// The specialist's sound broke off; the caller hears music until it comes back.
    Lost,
}

impl CallPhase {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Message => "message",
            Self::Farewell => "farewell",
            Self::Waiting => "waiting",
            Self::Ringing => "ringing",
            Self::Talking => "talking",
            Self::Lost => "lost",
        }
    }
}

/// A live call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallView {
    /// Which.
    pub id: CallId,
    /// Its line.
    pub line: LineId,
    /// Who calls.
    pub subject: Option<SubjectId>,
    /// When it was accepted.
    pub started_at: UtcMs,
    /// Since when the caller waits or waited.
    pub queued_at: Option<UtcMs>,
    /// When a person first spoke with the caller.
    pub answered_at: Option<UtcMs>,
    /// Who speaks or rings.
    pub agent: Option<AgentId>,
    /// Is it recorded now?
    pub recorded: bool,
    /// Was the recording stopped at the caller's wish?
    pub recording_stopped: bool,
    /// Did a specialist's sound break off in it: our fault, so that whoever takes it knows?
    pub came_back: bool,
    /// Where it is on its way.
    pub phase: CallPhase,
    /// The caller's leg.
    pub leg: LegId,
    /// The caller's place among those who wait, the next to be served being 1; a call that rings at a desk is still
    /// waited for. Nothing for a call that does not wait.
    pub place: Option<usize>,
}

/// The queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct QueueView {
    /// Callers who wait, those who ring at a desk included.
    pub waiting: usize,
    /// Since when the one waits who waits longest.
    pub longest_since: Option<UtcMs>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// Which.
    pub id: LineId,
    /// Its switch.
    pub mode: LineMode,
}
