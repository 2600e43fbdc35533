//! The messages of the desk's WebSocket.

use otklik_model::{BreakReason, CallId, DeskCommand, DeskRefusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dto::DeskView;

/// What the server says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeskMessage)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ServerMessage {
    /// All that the desk shows; the first message, and the one after a change of link.
    Snapshot { rev: u64, now: i64, desk: Box<DeskView> },
    /// The top-level fields of the desk that changed.
    Delta {
        rev: u64,
        now: i64,
        #[schema(value_type = Object)]
        desk: serde_json::Value,
    },
    /// We are there.
    Ping { now: i64 },
    /// The command was carried out, and what follows from it is on disk.
    Done { request: u64 },
    /// The command was not carried out.
    Refused { request: u64, code: &'static str },
}

/// What the page asks, with a number that comes back in the answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = DeskRequest)]
pub(crate) struct Request {
    pub(crate) request: u64,
    #[serde(flatten)]
    pub(crate) command: Command,
}

/// What a page may ask for: opening and closing the desk follow from its windows.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = DeskCommand)]
#[serde(tag = "command", rename_all = "snake_case")]
pub(crate) enum Command {
    Ready,
    Break {
        /// Why; a break without a reason where it is not given.
        #[serde(default)]
        #[schema(value_type = Option<BreakReasonName>)]
        reason: Option<BreakReason>,
    },
    /// The time of a wrap-up once more.
    ExtendWrapUp,
    /// Record the talk no further, at the caller's wish.
    StopRecording {
        #[schema(value_type = String)]
        call: CallId,
    },
    Accept {
        #[schema(value_type = String)]
        call: CallId,
    },
    Decline {
        #[schema(value_type = String)]
        call: CallId,
    },
    HangUp {
        #[schema(value_type = String)]
        call: CallId,
    },
}

/// Reasons of a break that a person may choose, for the API document.
#[derive(ToSchema)]
#[schema(as = BreakReason, rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the reasons that the model owns")]
pub(crate) enum BreakReasonName {
    Rest,
    Lunch,
    Short,
    ScreenRest,
    Recovery,
    Paperwork,
    Callbacks,
    Training,
    Supervisor,
    Technical,
}

impl From<Command> for DeskCommand {
    fn from(command: Command) -> Self {
        match command {
            Command::Ready => Self::Ready,
            Command::Break { reason } => Self::Break { reason: reason.unwrap_or(BreakReason::Rest) },
            Command::ExtendWrapUp => Self::ExtendWrapUp,
            Command::StopRecording { call } => Self::StopRecording { call },
            Command::Accept { call } => Self::Accept { call },
            Command::Decline { call } => Self::Decline { call },
            Command::HangUp { call } => Self::HangUp { call },
        }
    }
}

pub(crate) fn refusal_code(refusal: DeskRefusal) -> &'static str {
    match refusal {
        DeskRefusal::OfferGone => "offer_gone",
        DeskRefusal::NotYourCall => "not_your_call",
        DeskRefusal::NoSound => "no_sound",
        DeskRefusal::WrongState => "wrong_state",
        DeskRefusal::NoSuchLine => "no_such_line",
    }
}
