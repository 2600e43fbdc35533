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
    /// The specialist's own wish, without a reason; a declined call leads here.
    Rest,
    /// Lunch.
    Lunch,
    /// A short break.
    Short,
    /// Rest for the eyes.
    ScreenRest,
    /// Coming to oneself after a hard call; never counted against the person.
    Recovery,
    /// Work on appeals.
    Paperwork,
    /// Calling people back.
    Callbacks,
    /// Training, a meeting.
    Training,
    /// With the shift lead.
    Supervisor,
    /// The equipment does not work.
    Technical,
    /// Set by the system after missed offers.
    NoAnswer,
    /// The desk is open and was never put to `Ready`, or its sound was lost.
    NotReady,
}

impl BreakReason {
    /// Every reason.
    pub const ALL: [Self; 12] = [
        Self::Rest,
        Self::Lunch,
        Self::Short,
        Self::ScreenRest,
        Self::Recovery,
        Self::Paperwork,
        Self::Callbacks,
        Self::Training,
        Self::Supervisor,
        Self::Technical,
        Self::NoAnswer,
        Self::NotReady,
    ];

    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Lunch => "lunch",
            Self::Short => "short",
            Self::ScreenRest => "screen_rest",
            Self::Recovery => "recovery",
            Self::Paperwork => "paperwork",
            Self::Callbacks => "callbacks",
            Self::Training => "training",
            Self::Supervisor => "supervisor",
            Self::Technical => "technical",
            Self::NoAnswer => "no_answer",
            Self::NotReady => "not_ready",
        }
    }

    /// May a person choose it? The others are the centre's own to give.
    pub fn is_chosen(self) -> bool {
        match self {
            Self::NoAnswer | Self::NotReady => false,
            Self::Rest
            | Self::Lunch
            | Self::Short
            | Self::ScreenRest
            | Self::Recovery
            | Self::Paperwork
            | Self::Callbacks
            | Self::Training
            | Self::Supervisor
            | Self::Technical => true,
        }
    }
}

/// What a shift lead may ask of somebody else's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AgentWish {
    /// Take offers.
    Ready,
    /// Take none.
    Break {
        /// Why; one that a person may choose.
        reason: BreakReason,
    },
}
