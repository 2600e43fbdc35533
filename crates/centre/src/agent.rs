//! One specialist: state, desk, sound.

use otklik_model::{AgentId, AgentState, CallId, LegId, MonoMs, UtcMs};

/// A specialist whom the centre has seen since it started.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) id: AgentId,
    pub(crate) state: AgentState,
    pub(crate) since: UtcMs,
    /// When the state ends by itself: an offer, a wrap-up.
    pub(crate) until: Option<UtcMs>,
    /// When the wrap-up is over, if one runs.
    pub(crate) wrap_up_until: MonoMs,
    /// Who put them into the state, where it was somebody else.
    pub(crate) changed_by: Option<AgentId>,
    /// Since when without a call: the longest idle is served first.
    pub(crate) idle_since: MonoMs,
    pub(crate) desk_open: bool,
    /// The warm leg whose sound works.
    pub(crate) leg: Option<LegId>,
    /// Offers missed in a row.
    pub(crate) missed: u32,
}

impl Agent {
    pub(crate) fn new(id: AgentId, since: UtcMs) -> Self {
        Self {
            id,
            state: AgentState::Offline,
            since,
            until: None,
            wrap_up_until: MonoMs(0),
            changed_by: None,
            idle_since: MonoMs(0),
            desk_open: false,
            leg: None,
            missed: 0,
        }
    }

    /// The leg to which a call can be joined, if this specialist can take one now.
    pub(crate) fn free_leg(&self) -> Option<LegId> {
        match self.state {
            AgentState::Ready if self.desk_open => self.leg,
            AgentState::Ready
            | AgentState::Offline
            | AgentState::Reserved { .. }
            | AgentState::Talking { .. }
            | AgentState::WrapUp { .. }
            | AgentState::Break { .. } => None,
        }
    }

    /// The call that rings at this desk.
    pub(crate) fn offered(&self) -> Option<CallId> {
        match self.state {
            AgentState::Reserved { call } => Some(call),
            AgentState::Offline
            | AgentState::Ready
            | AgentState::Talking { .. }
            | AgentState::WrapUp { .. }
            | AgentState::Break { .. } => None,
        }
    }

    /// True while `call` rings at this desk.
    pub(crate) fn is_offered(&self, call: CallId) -> bool {
        self.state == AgentState::Reserved { call }
    }
}
