//! SDP for SIP legs: one audio stream of G.711 with telephone-event, by RFC 4566 and the offer/answer model of RFC 3264.
//!
//! Pure: text in, text out. What may speak on the media path is decided here; ports and packets belong to others.

mod parse;
#[cfg(test)]
mod tests;
mod write;

pub use parse::{Media, Offer, PayloadMap};
pub use write::{negotiate, own_offer};

use std::net::SocketAddr;

/// The G.711 codecs, in the order in which they are preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// A-law, static payload type 8 (RFC 3551 §6).
    Pcma,
    /// mu-law, static payload type 0 (RFC 3551 §6).
    Pcmu,
}

impl Codec {
    /// The static payload type.
    pub fn payload(self) -> u8 {
        match self {
            Self::Pcma => 8,
            Self::Pcmu => 0,
        }
    }

    /// The name in `a=rtpmap`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pcma => "PCMA",
            Self::Pcmu => "PCMU",
        }
    }
}

/// Which way media flows, as the one who writes the SDP sees it (RFC 3264 §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// The writer sends and does not listen: hold with music.
    SendOnly,
    /// The writer listens and does not send.
    RecvOnly,
    /// Neither way: hold.
    Inactive,
}

impl Direction {
    /// The same flow as the other side sees it.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::SendRecv => Self::SendRecv,
            Self::SendOnly => Self::RecvOnly,
            Self::RecvOnly => Self::SendOnly,
            Self::Inactive => Self::Inactive,
        }
    }

    /// The attribute's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }
}

/// What identifies our description of one session in the `o=` line (RFC 4566 §5.2); the version rises by one with each
/// changed description of the same call (RFC 3264 §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionIds {
    /// The session, chosen once for a call.
    pub session: u64,
    /// The version of its description.
    pub version: u64,
}

/// What both sides have agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negotiated {
    /// The SDP to send back; empty where [`read_answer`] read one that came.
    pub answer: String,
    /// Where their audio is received; the address is unspecified (0.0.0.0) while they hold in the way of RFC 2543, and nothing may be sent.
    pub remote: SocketAddr,
    /// The codec, both ways.
    pub codec: Codec,
    /// The payload type that they want for telephone-event/8000 (RFC 4733); none where they know no such thing.
    pub dtmf_payload: Option<u8>,
    /// Our direction: `RecvOnly` and `Inactive` mean that they have put us on hold.
    pub direction: Direction,
    /// How much audio one packet of theirs holds, milliseconds, 10 to 60.
    pub ptime_ms: u8,
}

/// Why no session comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// Longer than 8192 bytes, or more lines or streams than are read.
    #[error("the SDP is too long")]
    TooLong,
    /// Not SDP: the line that was not understood, counted from 1.
    #[error("line {0} of the SDP is malformed")]
    Line(usize),
    /// No usable audio stream: none, or none that is RTP/AVP with a port.
    #[error("the SDP holds no audio stream that can be used")]
    NoAudio,
    /// Neither PCMA nor PCMU: 488 is the answer (RFC 3261 §21.4.26).
    #[error("no codec in common")]
    NoCommonCodec,
    /// An audio stream without a numeric address of the family in use.
    #[error("the SDP names no usable address")]
    NoAddress,
}

/// Reads the answer to [`own_offer`], which came with the ACK.
pub fn read_answer(text: &str) -> Result<Negotiated, SdpError> {
    let answer = Offer::parse(text)?;
    let agreed = write::agree(&answer)?;
    Ok(Negotiated {
        answer: String::new(),
        remote: agreed.remote,
        codec: agreed.codec,
        dtmf_payload: agreed.dtmf_payload,
        direction: agreed.theirs.mirrored(),
        ptime_ms: agreed.ptime_ms,
    })
}
