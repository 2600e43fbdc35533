//! One call: where it is on its way, and how it would end if it ended now.

use otklik_model::{
    AbandonStage, AgentId, CallId, HangupSide, LegId, LineId, OfferId, Outcome, PlayId, SubjectId, UtcMs,
};

use crate::message::Message;
use crate::queue::Pauses;

/// A live call.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) leg: LegId,
    pub(crate) line: LineId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) started_at: UtcMs,
    pub(crate) queued_at: Option<UtcMs>,
    pub(crate) answered_at: Option<UtcMs>,
    pub(crate) agent: Option<AgentId>,
    pub(crate) recording: Recording,
    pub(crate) pauses: Pauses,
    pub(crate) our_fault: OurFault,
    /// The words on danger were heard.
    pub(crate) heard_danger: bool,
    /// A promise was made for it.
    pub(crate) promised: bool,
    /// The message that is being left; in [`Phase::Message`] only.
    pub(crate) message: Option<Box<Message>>,
    pub(crate) phase: Phase,
}

/// Whether a specialist's sound broke off in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OurFault {
    /// It did not.
    No,
    /// It did, and nobody has spoken with the caller since: an end now is ours.
    Open,
    /// It did, and somebody speaks with the caller again: a mark for whoever it is.
    Mended,
}

/// How a call stands with its recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recording {
    /// Nothing was recorded.
    Off,
    /// It runs, into this file.
    On(String),
    /// It was stopped at the caller's wish and does not begin again.
    Stopped,
}

impl Recording {
    /// The file that is being written.
    pub(crate) fn file(&self) -> Option<&String> {
        match self {
            Self::On(file) => Some(file),
            Self::Off | Self::Stopped => None,
        }
    }
}

/// Where a call is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// We answered; the caller's side has not confirmed yet.
    Answering,
    /// The greeting and the recording notice play: no key stops them.
    Notice(PlayId),
    /// The words on danger play: any key goes on to a person.
    Danger(PlayId),
    /// Leaves a message.
    Message,
    /// An announcement plays, after which we hang up.
    Farewell(PlayId, Farewell),
    /// Waits for a person.
    Waiting,
    /// Rings at a specialist's desk.
    Ringing { agent: AgentId, offer: OfferId },
    /// Speaks with a specialist.
    Talking { agent: AgentId },
    /// The specialist's sound broke off; we wait for it to come back.
    Lost { agent: AgentId },
}

/// The announcement that ends a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Farewell {
    /// Closed; we have promised to ring back.
    ClosedPromised,
    /// Closed; the number is withheld, so the hours were told instead.
    ClosedTold,
    /// Too many wait; we have promised to ring back.
    Busy,
    /// Too many wait and the number is withheld.
    BusyTold,
}

impl Call {
    /// The outcome that the call has if `side` ends it now.
    pub(crate) fn outcome_if_ended(&self, side: HangupSide) -> Outcome {
        if self.our_fault == OurFault::Open {
            return Outcome::Interrupted;
        }
        match &self.phase {
            Phase::Answering | Phase::Notice(_) | Phase::Danger(_) | Phase::Message => {
                Outcome::Abandoned(AbandonStage::Greeting)
            }
            Phase::Waiting => Outcome::Abandoned(AbandonStage::Queue),
            Phase::Ringing { .. } => Outcome::Abandoned(AbandonStage::Ringing),
            Phase::Talking { .. } | Phase::Lost { .. } => Outcome::Answered,
            Phase::Farewell(_, farewell) => match (farewell, side) {
                (Farewell::ClosedPromised, _) => Outcome::CallbackRequested,
                (Farewell::Busy | Farewell::BusyTold, _) => Outcome::Rejected,
                (Farewell::ClosedTold, HangupSide::Centre) => Outcome::SelfServed,
                (Farewell::ClosedTold, _) => Outcome::Abandoned(AbandonStage::Greeting),
            },
        }
    }
}
