//! The words between a caller's page and us.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the page shows before a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallerPage {
    /// False where calls from a browser are switched off.
    pub(crate) on: bool,
    /// True in the demonstration, where a sample voice may speak instead of a microphone.
    pub(crate) demo: bool,
    /// Callers who wait now.
    pub(crate) waiting: u64,
    /// The lines; the first is called where none is named.
    pub(crate) lines: Vec<PageLine>,
}

/// A line as the page names it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PageLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) recorded: bool,
    pub(crate) open_now: bool,
    /// When it closes or opens by its hours; nothing where its switch says that it stays as it is.
    pub(crate) changes_at: Option<i64>,
}

/// A call from a page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    /// The browser's offer (RFC 8866).
    #[schema(max_length = 32768)]
    pub(crate) sdp: String,
    /// The number to ring back; may be left out.
    #[schema(max_length = 64)]
    pub(crate) phone: Option<String>,
    /// The line; the first where none is named.
    pub(crate) line: Option<String>,
}

/// A call that has begun.
#[derive(Serialize, ToSchema)]
pub(crate) struct Called {
    /// Speaks for the call. Whoever has it hears and ends the call: it stays in the page.
    pub(crate) token: String,
    /// Our answer.
    pub(crate) sdp: String,
}

/// New sound for a call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSound {
    #[schema(max_length = 128)]
    pub(crate) token: String,
    /// The browser's offer (RFC 8866).
    #[schema(max_length = 32768)]
    pub(crate) sdp: String,
}

/// Our answer to new sound.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sound {
    pub(crate) sdp: String,
}

/// How far a call is, for its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CallProgress)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Progress {
    /// The sound is being connected, or the centre writes the call down.
    Connecting,
    /// An announcement is played: who we are, or that we are closed.
    Greeting,
    /// At the recorder: what to do is being told, or a message is left.
    Message,
    /// In the queue.
    Waiting {
        /// The place; 1 is the next.
        place: u64,
        /// Since when the caller waits.
        since: i64,
    },
    /// A person speaks with the caller.
    Talking {
        /// Their first name.
        specialist: Option<String>,
        /// Since when.
        since: i64,
        /// Is it recorded?
        recorded: bool,
    },
    /// Over.
    Ended {
        /// The call's outcome; nothing where it never became a call.
        outcome: Option<&'static str>,
        /// True where we promised to ring back.
        promised: bool,
    },
    /// We are there.
    Ping,
}

/// What a page says on its WebSocket; the first message is `hello`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = CallMessage)]
#[serde(tag = "say", rename_all = "snake_case")]
pub(crate) enum PageMessage {
    /// Which call it is.
    Hello { token: String },
    /// A key was pressed: `0`-`9`, `*`, `#`.
    Key {
        #[schema(value_type = String)]
        key: char,
    },
    /// The caller hangs up.
    HangUp,
}
