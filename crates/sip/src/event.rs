//! The words in which the port reports what happened on the wire.

use std::net::SocketAddr;

/// One call on the wire, for the life of the process; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DialogId(pub u64);

/// What happened on the wire.
#[derive(Clone, PartialEq, Eq)]
pub enum SipEvent {
    /// A trusted source starts a call; it has been told 100 (RFC 3261 §13.3.1).
    Invite {
        /// The new call.
        dialog: DialogId,
        /// The user part of the request URI: the number that was called; empty where the URI has none.
        called: String,
        /// The caller's number by P-Asserted-Identity (RFC 3325), else From; none where it is withheld.
        caller: Option<String>,
        /// The SDP offer; none where ours is asked for.
        offer: Option<String>,
        /// Where the request came from.
        source: SocketAddr,
    },
    /// The ACK of our 200 came: the talk may begin (RFC 3261 §13.3.1.4). At most once; a BYE that overtakes the ACK leaves it out.
    Confirmed {
        /// The call.
        dialog: DialogId,
        /// The SDP answer, where our 200 held the offer.
        answer: Option<String>,
    },
    /// The other side asks to change or refresh the session (RFC 3261 §14.2); answer it with [`crate::SipHandle::answer_reoffer`].
    Reoffer {
        /// The call.
        dialog: DialogId,
        /// The new offer; none where ours is asked for.
        offer: Option<String>,
    },
    /// A key was reported by SIP INFO: `0`-`9`, `*`, `#`, `A`-`D`.
    Digit {
        /// The call.
        dialog: DialogId,
        /// The key.
        digit: char,
    },
    /// The call is over. Comes exactly once for each [`SipEvent::Invite`].
    Ended {
        /// The call.
        dialog: DialogId,
        /// What ended it.
        by: EndedBy,
    },
}

/// What ended a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// The other side hung up.
    Bye,
    /// The caller gave up before we answered, or while our answer was on its way.
    Cancel,
    /// Our 200 was never acknowledged.
    NoAck,
    /// The stack failed; what went wrong is in the log and in `sip_failures_total`.
    Error,
    /// We rejected it or hung up.
    Us,
}

impl SipEvent {
    /// The call that this is about.
    pub fn dialog(&self) -> DialogId {
        match self {
            Self::Invite { dialog, .. }
            | Self::Confirmed { dialog, .. }
            | Self::Reoffer { dialog, .. }
            | Self::Digit { dialog, .. }
            | Self::Ended { dialog, .. } => *dialog,
        }
    }
}

/// Prints kind and id only: numbers, keys and SDP are personal data.
impl std::fmt::Debug for SipEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let dialog = self.dialog().0;
        match self {
            Self::Invite { .. } => write!(f, "Invite({dialog})"),
            Self::Confirmed { .. } => write!(f, "Confirmed({dialog})"),
            Self::Reoffer { .. } => write!(f, "Reoffer({dialog})"),
            Self::Digit { .. } => write!(f, "Digit({dialog})"),
            Self::Ended { by, .. } => write!(f, "Ended({dialog}, {by:?})"),
        }
    }
}
