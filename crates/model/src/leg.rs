//! What legs report and what is asked of them: the seam between the engine and the switch.

use serde::{Deserialize, Serialize};

use crate::fact::RecordingClosed;
use crate::ids::{AgentId, CallId, LegId, PlayId, PromptId};
use crate::line::LineNumber;
use crate::outcome::HangupSide;
use crate::personal::Personal;
use crate::phone::PhoneNumber;

/// What the switch reports of a leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum LegEvent {
    /// A caller rings: INVITE was taken, 100 sent, nothing answered yet.
    Offered {
        /// The new leg.
        leg: LegId,
        /// The number that was called.
        called: LineNumber,
        /// The caller's number; nothing where it is withheld.
        caller: Option<Personal<PhoneNumber>>,
    },
    /// The leg's answer was confirmed (ACK) and sound can flow.
    Up {
        /// The leg.
        leg: LegId,
    },
    /// A playlist was played to its end (never sent for one that repeats).
    PlayDone {
        /// The leg.
        leg: LegId,
        /// The playing that ended.
        play: PlayId,
    },
    /// A key was pressed.
    Dtmf {
        /// The leg.
        leg: LegId,
        /// `0`-`9`, `*`, `#`, `A`-`D`.
        digit: char,
    },
    /// The leg is over; nothing follows from it but `RecordingClosed`.
    Ended {
        /// The leg.
        leg: LegId,
        /// Who ended it.
        side: HangupSide,
    },
    /// A browser's offer was negotiated: a specialist's, or a caller's.
    SoundAnswer {
        /// The browser's leg.
        leg: LegId,
        /// The SDP answer (RFC 8866), or why there is none.
        sdp: Result<String, SoundRefusal>,
    },
    /// Sound to and from a specialist's desk works (ICE and DTLS are through).
    DeskUp {
        /// The specialist.
        agent: AgentId,
        /// Their leg.
        leg: LegId,
    },
    /// A specialist's desk lost its sound.
    DeskDown {
        /// The specialist.
        agent: AgentId,
        /// Their leg.
        leg: LegId,
    },
    /// On a recorded leg 600 ms of words were heard; once a recording.
    Spoke {
        /// The leg.
        leg: LegId,
    },
    /// On a recorded leg two seconds of words were heard; once a recording.
    SpokeEnough {
        /// The leg.
        leg: LegId,
    },
    /// On a recorded leg nothing has been said for five seconds after words; once a recording.
    WentQuiet {
        /// The leg.
        leg: LegId,
    },
    /// A recording is complete, flushed and hashed.
    RecordingClosed(RecordingClosed),
}

/// Why a browser gets no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SoundRefusal {
    /// As many legs as there may be, or no port is left.
    #[error("there is no room for another leg")]
    Full,
    /// The offer cannot be answered.
    #[error("the offer cannot be answered")]
    BadOffer,
    /// The call that the sound was for is over.
    #[error("the leg is over")]
    Over,
}

/// What to play: every prompt in turn, then again from `repeat_from`, if that is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playlist {
    /// Prompts in order; one that has no sound is skipped.
    pub prompts: Vec<PromptId>,
    /// Index into `prompts` from which the list repeats for ever; nothing = play once.
    pub repeat_from: Option<usize>,
}

/// What the engine asks of the switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum LegOrder {
    /// Answer the caller's leg (200 with SDP).
    Answer {
        /// The leg.
        leg: LegId,
    },
    /// Refuse the caller's leg before it was answered.
    Reject {
        /// The leg.
        leg: LegId,
        /// SIP status, 400-699.
        status: u16,
    },
    /// Play to a leg; parts a joined pair first, replaces what was playing.
    Play {
        /// The leg.
        leg: LegId,
        /// Returned by `PlayDone`.
        play: PlayId,
        /// What to play.
        list: Playlist,
    },
    /// Start the call's recording on the caller's leg: left what the caller says, right what the specialist says.
    /// It ends with the leg.
    Record {
        /// The caller's leg.
        leg: LegId,
        /// The call.
        call: CallId,
        /// Path under the recordings folder.
        file: String,
    },
    /// End the recording of a leg before the leg ends; `RecordingClosed` follows.
    StopRecord {
        /// The caller's leg.
        leg: LegId,
    },
    /// Remove a recording that is over and nobody will hear: a message that was recorded anew.
    DropRecording {
        /// The leg that it was recorded on; it may be over.
        leg: LegId,
        /// Path under the recordings folder.
        file: String,
    },
    /// Play to a leg what its caller said in a recording that is over; as `Play` in all else. One that cannot be read
    /// is told as played.
    PlayRecording {
        /// The leg.
        leg: LegId,
        /// Returned by `PlayDone`.
        play: PlayId,
        /// Path under the recordings folder.
        file: String,
    },
    /// Join the sound of a caller and a specialist.
    Join {
        /// The caller's leg.
        caller: LegId,
        /// The specialist's warm leg.
        agent: LegId,
    },
    /// End the leg.
    Hangup {
        /// The leg.
        leg: LegId,
    },
    /// Negotiate a specialist's browser connection; answered by `SoundAnswer`.
    OpenDesk {
        /// The specialist.
        agent: AgentId,
        /// The new leg.
        leg: LegId,
        /// The browser's SDP offer.
        sdp: String,
    },
    /// Negotiate a caller's browser connection; answered by `SoundAnswer`. When its sound works the caller rings:
    /// `Offered` follows.
    OpenCaller {
        /// The new leg.
        leg: LegId,
        /// The number of the line.
        called: LineNumber,
        /// The number that the caller gave.
        caller: Option<Personal<PhoneNumber>>,
        /// The browser's SDP offer.
        sdp: String,
    },
    /// Negotiate the sound of a caller's leg anew (the page was loaded again, or changed its network); answered by
    /// `SoundAnswer`. The call goes on.
    RenewCaller {
        /// The caller's leg.
        leg: LegId,
        /// The browser's new SDP offer.
        sdp: String,
    },
    /// End a browser's leg because its caller hung up; answered by `Ended`, unless the caller has not rung yet.
    CallerLeft {
        /// The caller's leg.
        leg: LegId,
    },
}

impl LegOrder {
    /// The leg that the order is about; for a join the caller's.
    pub fn leg(&self) -> LegId {
        match self {
            Self::Answer { leg }
            | Self::Reject { leg, .. }
            | Self::Play { leg, .. }
            | Self::Record { leg, .. }
            | Self::StopRecord { leg }
            | Self::DropRecording { leg, .. }
            | Self::PlayRecording { leg, .. }
            | Self::Join { caller: leg, .. }
            | Self::Hangup { leg }
            | Self::OpenDesk { leg, .. }
            | Self::OpenCaller { leg, .. }
            | Self::RenewCaller { leg, .. }
            | Self::CallerLeft { leg } => *leg,
        }
    }
}

/// The mark on an order by which a repeat or a dead leader's late word is known and refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectKey {
    /// Rises at each start (on one node) and at each change of leader (on several).
    pub epoch: u64,
    /// Part of the journal that the deciding engine leads; 0 on one node.
    pub partition: u16,
    /// The journal's last fact when the order was given.
    pub seq: u64,
    /// Counts the orders of one epoch.
    pub n: u64,
}

/// An order with its mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The mark.
    pub key: EffectKey,
    /// What to do.
    pub order: LegOrder,
}
