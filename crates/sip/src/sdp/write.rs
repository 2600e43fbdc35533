//! Writing SDP: the answer to an offer and an offer of our own.

use super::{Codec, Direction, Media, Negotiated, Offer, SdpError, SessionIds};
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

/// The payload type of telephone-event in offers of ours: the one that nearly everybody uses.
const OWN_DTMF_PAYLOAD: u8 = 101;
/// What we send, milliseconds of audio in a packet.
const PTIME_MS: u8 = 20;

/// What a description of theirs lets us do.
pub(super) struct Agreed {
    /// The m-line that is used.
    pub(super) stream: usize,
    pub(super) remote: SocketAddr,
    pub(super) codec: Codec,
    pub(super) dtmf_payload: Option<u8>,
    pub(super) theirs: Direction,
    pub(super) ptime_ms: u8,
}

/// Answers an offer: the first audio stream with PCMA, else PCMU; every other stream is refused with port 0 in its place
/// (RFC 3264 §6). `local` is where we receive.
///
/// # Errors
/// [`SdpError::NoAudio`], [`SdpError::NoCommonCodec`] and [`SdpError::NoAddress`]: 488 is what to reply.
pub fn negotiate(offer: &Offer, local: SocketAddr, session: SessionIds) -> Result<Negotiated, SdpError> {
    let agreed = agree(offer)?;
    let direction = agreed.theirs.mirrored();
    let mut answer = head(local, session);
    for (index, media) in offer.media.iter().enumerate() {
        if index == agreed.stream {
            audio(&mut answer, local.port(), &[agreed.codec], agreed.dtmf_payload, direction);
        } else {
            let formats = media.formats.join(" ");
            // Writing to a String cannot fail.
            write!(answer, "m={} 0 {} {formats}\r\n", media.kind, media.protocol).ok();
        }
    }
    let Agreed { remote, codec, dtmf_payload, ptime_ms, .. } = agreed;
    Ok(Negotiated { answer, remote, codec, dtmf_payload, direction, ptime_ms })
}

/// An offer of ours, for an INVITE or re-INVITE that came without one: PCMA, PCMU, telephone-event, both ways.
pub fn own_offer(local: SocketAddr, session: SessionIds) -> String {
    let mut offer = head(local, session);
    audio(&mut offer, local.port(), &[Codec::Pcma, Codec::Pcmu], Some(OWN_DTMF_PAYLOAD), Direction::SendRecv);
    offer
}

pub(super) fn agree(theirs: &Offer) -> Result<Agreed, SdpError> {
    let codec_of = |media: &Media| [Codec::Pcma, Codec::Pcmu].into_iter().find(|codec| media.offers(*codec));
    let mut usable = theirs.media.iter().enumerate().filter(|(_, media)| media.is_usable_audio()).peekable();
    if usable.peek().is_none() {
        return Err(SdpError::NoAudio);
    }
    let (stream, media, codec) = usable
        .find_map(|(index, media)| codec_of(media).map(|codec| (index, media, codec)))
        .ok_or(SdpError::NoCommonCodec)?;
    let address = media.address.ok_or(SdpError::NoAddress)?;
    Ok(Agreed {
        stream,
        remote: SocketAddr::new(address, media.port),
        codec,
        dtmf_payload: media.telephone_event(),
        theirs: media.direction,
        ptime_ms: media.ptime_ms.unwrap_or(PTIME_MS),
    })
}

fn head(local: SocketAddr, ids: SessionIds) -> String {
    let address = local.ip().to_canonical();
    let family = match address {
        IpAddr::V4(_) => "IP4",
        IpAddr::V6(_) => "IP6",
    };
    let SessionIds { session, version } = ids;
    format!("v=0\r\no=- {session} {version} IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\nt=0 0\r\n")
}

fn audio(text: &mut String, port: u16, codecs: &[Codec], dtmf_payload: Option<u8>, direction: Direction) {
    write!(text, "m=audio {port} RTP/AVP").ok();
    for payload in codecs.iter().map(|codec| codec.payload()).chain(dtmf_payload) {
        write!(text, " {payload}").ok();
    }
    text.push_str("\r\n");
    for codec in codecs {
        write!(text, "a=rtpmap:{} {}/8000\r\n", codec.payload(), codec.name()).ok();
    }
    if let Some(payload) = dtmf_payload {
        write!(text, "a=rtpmap:{payload} telephone-event/8000\r\na=fmtp:{payload} 0-15\r\n").ok();
    }
    write!(text, "a=ptime:{PTIME_MS}\r\na={}\r\n", direction.name()).ok();
}
