//! What a specialist's desk asks of the centre.

use serde::{Deserialize, Serialize};

use crate::agent::{AgentWish, BreakReason};
use crate::ids::{AgentId, CallId, LineId};
use crate::line::LineMode;

/// A command of a desk; each is one more input of the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum DeskCommand {
    /// The desk opened (first window of the specialist).
    Open,
    /// The last window closed, or the session ended.
    Close,
    /// Take offers from now on; also ends wrap-up early.
    Ready,
    /// Take no offers.
    Break {
        /// Why.
        reason: BreakReason,
    },
    /// Answer the offered call.
    Accept {
        /// The call that rings.
        call: CallId,
    },
    /// Pass the offered call on; it keeps its place.
    Decline {
        /// The call that rings.
        call: CallId,
    },
    /// End the talk.
    HangUp {
        /// The call.
        call: CallId,
    },
    /// Go on wrapping up: the time of a wrap-up once more. May be asked any number of times.
    ExtendWrapUp,
    /// Record no further, at the caller's wish; what was recorded until then stays.
    StopRecording {
        /// The call.
        call: CallId,
    },
    /// Change somebody else's state; who may is for the asker to know.
    SetAgent {
        /// Whose.
        agent: AgentId,
        /// What to.
        wish: AgentWish,
    },
    /// Turn the switch of a line.
    SetLineMode {
        /// The line.
        line: LineId,
        /// The new position.
        mode: LineMode,
    },
}

/// Why the centre did not carry out a command; the screen says it in words by this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DeskRefusal {
    /// The call was offered to somebody else meanwhile, or its caller has left.
    #[error("the call is no longer offered to this specialist")]
    OfferGone,
    /// The call is over or is not this specialist's.
    #[error("the call is not this specialist's talk")]
    NotYourCall,
    /// `Ready` without working sound.
    #[error("the desk has no working sound")]
    NoSound,
    /// The command does not fit the state (a break in a talk).
    #[error("not possible in this state")]
    WrongState,
    /// No such line.
    #[error("no such line")]
    NoSuchLine,
}
