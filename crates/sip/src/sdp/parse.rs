//! Reading SDP: bounded, line by line, keeping only what a G.711 leg needs.

use super::{Codec, Direction, SdpError};
use std::net::{IpAddr, Ipv4Addr};

const BYTES_MAX: usize = 8192;
const LINES_MAX: usize = 512;
const MEDIA_MAX: usize = 16;
const FORMATS_MAX: usize = 64;
const MAPS_MAX: usize = 128;

/// A session description that the other side sent, an offer or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Every m-line in its order: an answer has to hold as many (RFC 3264 §6).
    pub media: Vec<Media>,
}

/// One m-line with what belongs to it, session-level defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// `audio`, `video` and so on, as written.
    pub kind: String,
    /// The port; 0 means that the stream is not wanted.
    pub port: u16,
    /// The transport, as written: `RTP/AVP`.
    pub protocol: String,
    /// The formats, as written.
    pub formats: Vec<String>,
    /// Where media is received; none where no numeric address of one host is given.
    pub address: Option<IpAddr>,
    /// The dynamic payload types.
    pub maps: Vec<PayloadMap>,
    /// The direction; `Inactive` also where the address is 0.0.0.0, the hold of RFC 2543.
    pub direction: Direction,
    /// How much audio a packet should hold, milliseconds, where told.
    pub ptime_ms: Option<u8>,
}

/// What a payload type means (RFC 4566 §6, `a=rtpmap`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadMap {
    /// The payload type, 0 to 127.
    pub payload: u8,
    /// The encoding's name, in upper case.
    pub encoding: String,
    /// Its clock, hertz.
    pub clock_hz: u32,
}

/// What holds for every stream unless it says otherwise.
#[derive(Default)]
struct Session {
    address: Option<Address>,
    direction: Option<Direction>,
}

/// What a `c=` line names.
#[derive(Clone, Copy)]
enum Address {
    Numeric(IpAddr),
    /// A host name: nobody is asked where it leads.
    Name,
}

/// An m-line that is still being read.
struct Open {
    media: Media,
    address: Option<Address>,
    direction: Option<Direction>,
}

impl Offer {
    /// Reads a description of at most 8192 bytes.
    ///
    /// # Errors
    /// [`SdpError::TooLong`] and [`SdpError::Line`].
    pub fn parse(text: &str) -> Result<Self, SdpError> {
        if text.len() > BYTES_MAX {
            return Err(SdpError::TooLong);
        }
        let mut session = Session::default();
        let mut streams: Vec<Open> = Vec::new();
        let mut lines = text.lines().enumerate();
        match lines.next() {
            Some((_, "v=0")) => (),
            Some(_) | None => return Err(SdpError::Line(1)),
        }
        for (index, line) in lines {
            let wrong = SdpError::Line(index + 1);
            if index >= LINES_MAX {
                return Err(SdpError::TooLong);
            }
            if line.is_empty() {
                continue;
            }
            let (kind, value) = line.split_once('=').filter(|(kind, _)| kind.len() == 1).ok_or(wrong)?;
            match kind {
                "m" if streams.len() == MEDIA_MAX => return Err(SdpError::TooLong),
                "m" => streams.push(Open { media: media_line(value).ok_or(wrong)?, address: None, direction: None }),
                "c" => {
                    let address = connection(value).ok_or(wrong)?;
                    match streams.last_mut() {
                        Some(open) => open.address = Some(address),
                        None => session.address = Some(address),
                    }
                }
                "a" => match streams.last_mut() {
                    Some(open) => attribute(open, value)?,
                    None => session.direction = direction(value).or(session.direction),
                },
                // The rest describes the session to people.
                _ => (),
            }
        }
        Ok(Self { media: streams.into_iter().map(|open| open.close(&session)).collect() })
    }
}

impl Media {
    /// Whether this stream can become the audio of a leg.
    pub fn is_usable_audio(&self) -> bool {
        self.kind == "audio" && self.port != 0 && self.protocol.eq_ignore_ascii_case("RTP/AVP")
    }

    /// Whether the stream offers this codec, under its static payload type (RFC 3551 §6).
    pub fn offers(&self, codec: Codec) -> bool {
        let payload = codec.payload();
        let listed = self.formats.iter().any(|format| format.parse() == Ok(payload));
        // A static type that is mapped to something else is not that codec.
        let mapped = self.maps.iter().find(|map| map.payload == payload);
        listed && mapped.is_none_or(|map| map.encoding == codec.name() && map.clock_hz == 8000)
    }

    /// The payload type of telephone-event at 8000 hertz (RFC 4733 §2.4.1).
    pub fn telephone_event(&self) -> Option<u8> {
        let is_event = |map: &&PayloadMap| map.encoding == "TELEPHONE-EVENT" && map.clock_hz == 8000;
        let listed = |map: &&PayloadMap| self.formats.iter().any(|format| format.parse() == Ok(map.payload));
        self.maps.iter().filter(is_event).find(listed).map(|map| map.payload)
    }
}

impl Open {
    fn close(self, session: &Session) -> Media {
        let address = match self.address.or(session.address) {
            Some(Address::Numeric(address)) if is_one_host(address) => Some(address),
            Some(Address::Numeric(_) | Address::Name) | None => None,
        };
        let told = self.direction.or(session.direction).unwrap_or(Direction::SendRecv);
        let is_held = address.is_some_and(|address| address.is_unspecified());
        Media { address, direction: if is_held { Direction::Inactive } else { told }, ..self.media }
    }
}

/// Whether sound to that address reaches one host, and not a whole network: the centre is nobody's amplifier. The
/// unspecified address means hold.
fn is_one_host(address: IpAddr) -> bool {
    !address.is_multicast() && address != IpAddr::V4(Ipv4Addr::BROADCAST)
}

fn media_line(value: &str) -> Option<Media> {
    let mut words = value.split_ascii_whitespace();
    let kind = words.next().filter(|kind| kind.len() <= 32)?;
    // `port/count`: only the first port of several is ours to use.
    let port = words.next()?.split('/').next()?.parse().ok()?;
    let protocol = words.next().filter(|protocol| protocol.len() <= 64)?;
    let formats: Vec<String> = words.take(FORMATS_MAX).map(|format| format.chars().take(64).collect()).collect();
    if formats.is_empty() {
        return None;
    }
    Some(Media {
        kind: kind.to_owned(),
        port,
        protocol: protocol.to_owned(),
        formats,
        address: None,
        maps: Vec::new(),
        direction: Direction::SendRecv,
        ptime_ms: None,
    })
}

/// The address of a `c=` line.
fn connection(value: &str) -> Option<Address> {
    let mut words = value.split_ascii_whitespace();
    let (net, family, address) = (words.next()?, words.next()?, words.next()?);
    if !net.eq_ignore_ascii_case("IN") {
        return None;
    }
    match address.split('/').next()?.parse::<IpAddr>() {
        Ok(address) if address.is_ipv4() == family.eq_ignore_ascii_case("IP4") => Some(Address::Numeric(address)),
        Ok(_) => None,
        Err(_) => Some(Address::Name),
    }
}

fn attribute(open: &mut Open, value: &str) -> Result<(), SdpError> {
    let (name, rest) = value.split_once(':').unwrap_or((value, ""));
    match name {
        "rtpmap" => {
            if open.media.maps.len() == MAPS_MAX {
                return Err(SdpError::TooLong);
            }
            // A map that is not understood leaves its payload type unused; the call may do without it.
            open.media.maps.extend(rtpmap(rest));
        }
        "ptime" => open.media.ptime_ms = rest.trim().parse().ok().filter(|ms| (10..=60).contains(ms)),
        _ => open.direction = direction(name).or(open.direction),
    }
    Ok(())
}

fn rtpmap(value: &str) -> Option<PayloadMap> {
    let (payload, encoding) = value.trim().split_once(' ')?;
    let mut parts = encoding.trim().split('/');
    let encoding = parts.next().filter(|name| !name.is_empty() && name.len() <= 64)?.to_ascii_uppercase();
    let clock_hz = parts.next()?.parse().ok()?;
    Some(PayloadMap { payload: payload.parse().ok().filter(|payload| *payload < 128)?, encoding, clock_hz })
}

fn direction(name: &str) -> Option<Direction> {
    [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive]
        .into_iter()
        .find(|direction| direction.name() == name)
}
