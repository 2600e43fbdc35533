//! The states of a specialist.

use serde::{Deserialize, Serialize};

use crate::ids::CallId;

/// What a specialist is doing, as the desk, the wallboard and the journal say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AgentState {
    /// No open desk.
    Offline,
    /// Offers may come.
    Ready,
    /// One offer rings.
    Reserved {
        /// The call that rings.
        call: CallId,
    },
    /// Joined to a caller, or about to be.
    Talking {
        /// The call.
        call: CallId,
    },
    /// Finishing what the talk left to do.
    WrapUp {
        /// The call that ended.
        call: CallId,
    },
    /// No offers, for a reason.
    Break {
        /// Why.
        reason: BreakReason,
    },
}

/// Why a specialist takes no offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakReason {
    /// The specialist's own wish.
    Rest,
    /// Set by the system after missed offers.
    NoAnswer,
    /// The desk is open and was never put to `Ready`, or its sound was lost.
    NotReady,
}
