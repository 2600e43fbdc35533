//! How a call ends: exactly one outcome, and who hung up.

use serde::{Deserialize, Serialize};

/// The one outcome of a call. Meaning of each: docs/glossary.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A person spoke with the caller.
    Answered,
    /// The caller left before an answer; the stage says where.
    Abandoned(AbandonStage),
    /// A message was left.
    Recorded,
    /// We owe a call back, and the caller was told so.
    CallbackRequested,
    /// Sent to an agency without a specialist.
    Forwarded,
    /// Left after the announcement that answers the question.
    SelfServed,
    /// A blocked number, or over capacity after the busy announcement.
    Rejected,
    /// Our fault; always with a promise.
    Interrupted,
}

/// Where the caller left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbandonStage {
    /// Before the end of the opening words.
    Greeting,
    /// In the menu.
    Menu,
    /// Waiting for a person.
    Queue,
    /// While a specialist's desk rang.
    Ringing,
}

/// Who ended a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HangupSide {
    /// The caller.
    Caller,
    /// The specialist.
    Specialist,
    /// The network: no ACK, no media, an error of the trunk.
    Trunk,
    /// Ourselves: the end of an announcement, a stop of the process.
    Centre,
}

impl HangupSide {
    /// The name in tables, in the API and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Specialist => "specialist",
            Self::Trunk => "trunk",
            Self::Centre => "centre",
        }
    }
}

impl Outcome {
    /// Every outcome, for tables and tests.
    pub const ALL: [Self; 11] = [
        Self::Answered,
        Self::Abandoned(AbandonStage::Greeting),
        Self::Abandoned(AbandonStage::Menu),
        Self::Abandoned(AbandonStage::Queue),
        Self::Abandoned(AbandonStage::Ringing),
        Self::Recorded,
        Self::CallbackRequested,
        Self::Forwarded,
        Self::SelfServed,
        Self::Rejected,
        Self::Interrupted,
    ];

    /// The name in tables, in the API and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Abandoned(_) => "abandoned",
            Self::Recorded => "recorded",
            Self::CallbackRequested => "callback_requested",
            Self::Forwarded => "forwarded",
            Self::SelfServed => "self_served",
            Self::Rejected => "rejected",
            Self::Interrupted => "interrupted",
        }
    }

    /// The stage of an abandoned call, or nothing.
    pub fn stage(self) -> Option<&'static str> {
        let Self::Abandoned(stage) = self else { return None };
        Some(match stage {
            AbandonStage::Greeting => "greeting",
            AbandonStage::Menu => "menu",
            AbandonStage::Queue => "queue",
            AbandonStage::Ringing => "ringing",
        })
    }
}
