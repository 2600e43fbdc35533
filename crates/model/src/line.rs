//! A published number and its switch.

use serde::{Deserialize, Serialize};

/// The part of a called address that says which line it is: the user part of the request URI.
pub type LineNumber = String;

/// The switch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineMode {
    /// Open round the clock.
    Open,
    /// Closed round the clock.
    Closed,
    /// As the weekly hours and the production calendar say.
    #[default]
    Calendar,
}

impl LineMode {
    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Calendar => "calendar",
        }
    }
}
