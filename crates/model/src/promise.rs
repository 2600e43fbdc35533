//! What the centre owes a person.

use serde::{Deserialize, Serialize};

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
