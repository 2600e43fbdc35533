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
}

impl PromiseKind {
    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::OurFault => "our_fault",
            Self::Callback => "callback",
        }
    }
}
