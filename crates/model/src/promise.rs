//! What the centre owes a person, and what somebody may do with it.

use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, CallId, PromiseId, SubjectId};
use crate::personal::Personal;
use crate::time::UtcMs;

/// The kind of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// A call back after a break by our fault.
    OurFault,
    /// A call back that an announcement promised.
    Callback,
    /// An answer to a message that was left.
    VoiceMessage,
}

impl PromiseKind {
    /// Every kind, for tables and tests.
    pub const ALL: [Self; 3] = [Self::OurFault, Self::Callback, Self::VoiceMessage];

    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::OurFault => "our_fault",
            Self::Callback => "callback",
            Self::VoiceMessage => "voice_message",
        }
    }
}

/// What came of an attempt to reach the person; a machine is never a person reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryResult {
    /// Nobody answered.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// A machine answered.
    Machine,
    /// Somebody else answered.
    WrongPerson,
    /// The person asked to be rung later.
    AskedLater,
}

impl TryResult {
    /// Every result, for tables and tests.
    pub const ALL: [Self; 5] = [Self::NoAnswer, Self::Busy, Self::Machine, Self::WrongPerson, Self::AskedLater];

    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Machine => "machine",
            Self::WrongPerson => "wrong_person",
            Self::AskedLater => "asked_later",
        }
    }
}

/// How a promise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseOutcome {
    /// We have spoken with the person.
    Spoken,
    /// The person rang before we did, and was answered.
    SpokenEarlier,
    /// Not reached in all attempts.
    NotReached,
    /// The person does not want it any more.
    Refused,
    /// There is no number to ring.
    NoNumber,
    /// Another promise says the same.
    Duplicate,
    /// Closed by hand, for a reason.
    ByHand,
}

impl PromiseOutcome {
    /// Every outcome, for tables and tests.
    pub const ALL: [Self; 7] = [
        Self::Spoken,
        Self::SpokenEarlier,
        Self::NotReached,
        Self::Refused,
        Self::NoNumber,
        Self::Duplicate,
        Self::ByHand,
    ];

    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spoken => "spoken",
            Self::SpokenEarlier => "spoken_earlier",
            Self::NotReached => "not_reached",
            Self::Refused => "refused",
            Self::NoNumber => "no_number",
            Self::Duplicate => "duplicate",
            Self::ByHand => "by_hand",
        }
    }
}

/// A call that shows that the person was spoken to, as the store knows it. The rules judge it, and trust of a call that
/// goes on only what they know themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The call.
    pub call: CallId,
    /// Who called.
    pub subject: Option<SubjectId>,
    /// When a person first spoke with the caller; nothing = never.
    pub answered_at: Option<UtcMs>,
    /// Who spoke last with the caller.
    pub agent: Option<AgentId>,
}

/// What somebody does with a promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum PromiseCommand {
    /// Become its owner.
    Take {
        /// The promise.
        promise: PromiseId,
    },
    /// Give it back to the list.
    Release {
        /// The promise.
        promise: PromiseId,
    },
    /// Take it from whoever owns it, as the lead of the shift, and give it back to the list.
    TakeBack {
        /// The promise.
        promise: PromiseId,
    },
    /// Give back all that one owns: the end of a shift.
    ReleaseAll,
    /// Note an attempt.
    Try {
        /// The promise.
        promise: PromiseId,
        /// What came of it.
        result: TryResult,
        /// In the specialist's words.
        note: Option<Personal<String>>,
    },
    /// Close it.
    Close {
        /// The promise.
        promise: PromiseId,
        /// How it ended.
        outcome: PromiseOutcome,
        /// The call in which the person was spoken to.
        proof: Option<Proof>,
        /// The reason, in the specialist's words.
        note: Option<Personal<String>>,
    },
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum PromiseRefusal {
    /// It is closed, or was never made.
    #[error("the promise is not open")]
    NotOpen,
    /// Somebody else owns it.
    #[error("{owner} has taken the promise")]
    TakenBy {
        /// Who.
        owner: AgentId,
    },
    /// Nobody owns it: there is nothing to give back.
    #[error("nobody has taken the promise")]
    NotTaken,
    /// This outcome must be explained, or shown by a call.
    #[error("the outcome needs a reason")]
    NeedsReason,
    /// The call is not an answered call of this person since the promise was made.
    #[error("the call proves nothing of this promise")]
    NoProof,
    /// The person is not given up before all attempts were made.
    #[error("not all attempts were made")]
    AttemptsLeft,
    /// There is a number to ring.
    #[error("the number of the person is known")]
    NumberKnown,
    /// There is no number to ring, so nothing can be tried.
    #[error("the number of the person is not known")]
    NumberUnknown,
}
