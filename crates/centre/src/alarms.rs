//! What a shift lead has to decide: states of the live centre that will not mend by themselves, each with since when, how
//! bad, and the one action that helps. Computed from what is known, never stored.

use otklik_model::{AgentId, AgentState, BreakReason, CallId, LineId, PromiseId, UtcMs};

use crate::keeping::DiskState;
use crate::view::{AgentView, CallPhase, CallView, View};

/// How long a caller may wait before somebody must decide, milliseconds; the goal is 30 s.
pub const LONG_WAIT_MS: i64 = 120_000;
/// How long sound may be missing at an open desk, milliseconds: a page that loads has none yet.
pub const SOUND_MISSING_MS: i64 = 20_000;
/// Alarms shown at once; a centre with more has one alarm.
const AT_MOST: usize = 50;

/// One thing to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// What.
    pub kind: Kind,
    /// Since when; nothing where only the watcher can know.
    pub since: Option<UtcMs>,
    /// How bad: one that was seen comes back when this rises.
    pub weight: i64,
    /// What helps.
    pub action: Action,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line is open, somebody waits, and nobody takes calls.
    NobodyOnShift {
        /// The line.
        line: LineId,
    },
    /// Somebody waits too long.
    LongWait {
        /// The line.
        line: LineId,
        /// Since when the one waits who waits longest.
        longest_since: UtcMs,
    },
    /// We owe something that is late.
    PromiseOverdue {
        /// The one that is late longest.
        promise: PromiseId,
        /// By when it was due.
        due_at: UtcMs,
    },
    /// An open desk has no working sound.
    SoundLost {
        /// Whose.
        agent: AgentId,
        /// In a talk?
        call: Option<CallId>,
    },
    /// The journal told something twice that can be true once only.
    Repeated,
    /// The disk does not take what we give it.
    NotStoring,
    /// The disk of the recordings fills up, or is full down to its floor.
    Disk(DiskState),
}

/// The one action of an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Bring somebody back who is on a break and whose sound works.
    CallReady(AgentId),
    /// Turn the switch of a line.
    TurnLine(LineId),
    /// See the calls of a line.
    OpenCalls(LineId),
    /// See the promise.
    OpenPromise(PromiseId),
    /// Say that somebody's equipment does not work, so that all know it.
    SayTechnical(AgentId),
    /// See how the database and the disk are.
    OpenKeeping,
}

/// What is known beside the live centre.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Lines that are open now.
    pub open: Vec<LineId>,
    /// Promises that are late: how many, and the oldest.
    pub overdue: Option<(i64, PromiseId, UtcMs)>,
    /// Facts that repeated what can be true once only.
    pub repeated: u64,
    /// Does the journal take what we give it?
    pub storing: bool,
    /// How the disk is and since when, where that is an alarm.
    pub disk: Option<(DiskState, UtcMs)>,
}

/// All that is to be decided, the worst first.
#[must_use]
pub fn alarms(view: &View, known: &Known, now: UtcMs) -> Vec<Alarm> {
    let mut found = Vec::new();
    if !known.storing {
        found.push(Alarm { kind: Kind::NotStoring, since: None, weight: 1, action: Action::OpenKeeping });
    }
    if let Some((state, since)) = known.disk {
        let weight = if state == DiskState::Floor { 2 } else { 1 };
        found.push(Alarm { kind: Kind::Disk(state), since: Some(since), weight, action: Action::OpenKeeping });
    }
    for line in &view.lines {
        let waiting: Vec<&CallView> = view.calls.iter().filter(|call| call.line == line.id && waits(call)).collect();
        found.extend(nobody(view, known, &line.id, &waiting));
        found.extend(long_wait(view, &line.id, &waiting, now));
    }
    found.extend(view.agents.iter().filter_map(|agent| sound_lost(view, agent, now)));
    if let Some((count, promise, due_at)) = known.overdue {
        let kind = Kind::PromiseOverdue { promise, due_at };
        found.push(Alarm { kind, since: Some(due_at), weight: count, action: Action::OpenPromise(promise) });
    }
    if known.repeated > 0 {
        let weight = i64::try_from(known.repeated).unwrap_or(i64::MAX);
        found.push(Alarm { kind: Kind::Repeated, since: None, weight, action: Action::OpenKeeping });
    }
    found.truncate(AT_MOST);
    found
}

fn waits(call: &CallView) -> bool {
    matches!(call.phase, CallPhase::Waiting | CallPhase::Ringing)
}

fn nobody(view: &View, known: &Known, line: &LineId, waiting: &[&CallView]) -> Option<Alarm> {
    let since = waiting.iter().filter_map(|call| call.queued_at).min()?;
    let works = |agent: &AgentView| match agent.state {
        AgentState::Ready | AgentState::Reserved { .. } | AgentState::Talking { .. } | AgentState::WrapUp { .. } => {
            true
        }
        AgentState::Offline | AgentState::Break { .. } => false,
    };
    if !known.open.contains(line) || view.agents.iter().any(works) {
        return None;
    }
    let action = resting(view).map_or_else(|| Action::TurnLine(line.clone()), Action::CallReady);
    let weight = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    Some(Alarm { kind: Kind::NobodyOnShift { line: line.clone() }, since: Some(since), weight, action })
}

fn long_wait(view: &View, line: &LineId, waiting: &[&CallView], now: UtcMs) -> Option<Alarm> {
    let long = |since: &UtcMs| now.since_ms(*since) >= LONG_WAIT_MS;
    let long: Vec<UtcMs> = waiting.iter().filter_map(|call| call.queued_at).filter(long).collect();
    let longest_since = *long.iter().min()?;
    let kind = Kind::LongWait { line: line.clone(), longest_since };
    let action = resting(view).map_or_else(|| Action::OpenCalls(line.clone()), Action::CallReady);
    let weight = i64::try_from(long.len()).unwrap_or(i64::MAX);
    Some(Alarm { kind, since: Some(longest_since.plus_ms(LONG_WAIT_MS)), weight, action })
}

fn sound_lost(view: &View, agent: &AgentView, now: UtcMs) -> Option<Alarm> {
    let (call, weight) = match agent.state {
        AgentState::Talking { call } if view.calls.iter().any(|c| c.id == call && c.phase == CallPhase::Lost) => {
            (Some(call), 2)
        }
        AgentState::Break { reason: BreakReason::NotReady }
            if !agent.sound && now.since_ms(agent.since) >= SOUND_MISSING_MS =>
        {
            (None, 1)
        }
        AgentState::Talking { .. }
        | AgentState::Break { .. }
        | AgentState::Offline
        | AgentState::Ready
        | AgentState::Reserved { .. }
        | AgentState::WrapUp { .. } => return None,
    };
    // In a talk nobody's state can be changed: its calls are what can be looked at.
    let of_call = call.and_then(|id| view.calls.iter().find(|call| call.id == id)).map(|call| call.line.clone());
    let action = of_call.map_or_else(|| Action::SayTechnical(agent.id.clone()), Action::OpenCalls);
    let kind = Kind::SoundLost { agent: agent.id.clone(), call };
    Some(Alarm { kind, since: Some(agent.since), weight, action })
}

/// Who rests longest and could take a call. Whoever comes to themselves after a hard call is left in peace.
fn resting(view: &View) -> Option<AgentId> {
    let rests = |agent: &&AgentView| match agent.state {
        AgentState::Break { reason } => {
            agent.sound && !matches!(reason, BreakReason::Recovery | BreakReason::Technical)
        }
        AgentState::Offline
        | AgentState::Ready
        | AgentState::Reserved { .. }
        | AgentState::Talking { .. }
        | AgentState::WrapUp { .. } => false,
    };
    view.agents.iter().filter(rests).min_by_key(|agent| (agent.since, agent.id.clone())).map(|agent| agent.id.clone())
}

#[cfg(test)]
mod tests;
