//! The answers that the guard gives by itself, without a transaction (RFC 3261 §8.2.7). Pure text from the request's own headers.

use crate::wire::{Message, Name, One, parameter};
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;

/// The longest set of echoed headers that is answered, bytes: beyond it nobody honest is asking.
const ECHO_BYTES_MAX: usize = 4096;

/// The methods that reach a call here (RFC 3261 §20.5).
pub(crate) const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO";

/// Why a request is refused at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 400, with the reason phrase.
    BadRequest(&'static str),
    /// 403: a stranger starts a call.
    Forbidden,
    /// 405: a known method that is not served here.
    MethodNotAllowed,
    /// 416: neither sip: nor sips: nor tel:.
    UriScheme,
    /// 420 with the option tags that are not supported.
    BadExtension(String),
    /// 501: a method that no RFC here knows.
    NotImplemented,
    /// 503 while too much waits.
    Busy {
        /// Seconds for `Retry-After`.
        retry_after_s: u32,
    },
    /// 505: another SIP version.
    Version,
}

impl Refusal {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::Forbidden => 403,
            Self::MethodNotAllowed => 405,
            Self::UriScheme => 416,
            Self::BadExtension(_) => 420,
            Self::NotImplemented => 501,
            Self::Busy { .. } => 503,
            Self::Version => 505,
        }
    }

    fn phrase(&self) -> &'static str {
        match self {
            Self::BadRequest(why) => why,
            Self::Forbidden => "Forbidden",
            Self::MethodNotAllowed => "Method Not Allowed",
            Self::UriScheme => "Unsupported URI Scheme",
            Self::BadExtension(_) => "Bad Extension",
            Self::NotImplemented => "Not Implemented",
            Self::Busy { .. } => "Service Unavailable",
            Self::Version => "Version Not Supported",
        }
    }
}

/// Writes the answers, with To tags that a retransmitted request gets again but a stranger cannot guess.
#[derive(Debug, Default)]
pub(crate) struct Answerer {
    tags: RandomState,
}

impl Answerer {
    /// The answer to send back to `source`, or none where the request does not hold what an answer needs.
    pub(crate) fn answer(&self, request: &Message<'_>, refusal: &Refusal, source: SocketAddr) -> Option<Vec<u8>> {
        let echoed: usize =
            request.headers.iter().filter(|(name, _)| is_echoed(name)).map(|(n, v)| n.len() + v.len()).sum();
        if echoed > ECHO_BYTES_MAX || request.all(Name::VIA).next().is_none() {
            return None;
        }
        let (One::Value(from), One::Value(to)) = (request.one(Name::FROM), request.one(Name::TO)) else { return None };
        let (One::Value(call_id), One::Value(cseq)) = (request.one(Name::CALL_ID), request.one(Name::CSEQ)) else {
            return None;
        };
        let mut text = format!("SIP/2.0 {} {}\r\n", refusal.status(), refusal.phrase());
        for (index, via) in request.all(Name::VIA).enumerate() {
            let via = if index == 0 { with_source(via, source) } else { via.to_owned() };
            write!(text, "Via: {via}\r\n").ok()?;
        }
        let tag = if parameter(to, "tag").is_none() {
            format!(";tag=g{:016x}", self.tags.hash_one((call_id, from, cseq)))
        } else {
            String::new()
        };
        write!(text, "From: {from}\r\nTo: {to}{tag}\r\nCall-ID: {call_id}\r\nCSeq: {cseq}\r\n").ok()?;
        match refusal {
            Refusal::MethodNotAllowed | Refusal::NotImplemented => write!(text, "Allow: {ALLOW}\r\n").ok()?,
            Refusal::BadExtension(tags) => write!(text, "Unsupported: {tags}\r\n").ok()?,
            Refusal::Busy { retry_after_s } => write!(text, "Retry-After: {retry_after_s}\r\n").ok()?,
            Refusal::BadRequest(_) | Refusal::Forbidden | Refusal::UriScheme | Refusal::Version => (),
        }
        text.push_str("Content-Length: 0\r\n\r\n");
        Some(text.into_bytes())
    }
}

fn is_echoed(name: &str) -> bool {
    [Name::VIA, Name::FROM, Name::TO, Name::CALL_ID, Name::CSEQ].iter().any(|echoed| echoed.is(name))
}

/// The topmost Via with the address that the datagram came from (RFC 3261 §18.2.1, RFC 3581 §4).
fn with_source(via: &str, source: SocketAddr) -> String {
    // Only the first of several values in one line is ours to mark.
    let (first, others) = via.find(',').map_or((via, ""), |at| via.split_at(at));
    let mut marked = String::with_capacity(via.len() + 64);
    let mut wants_port = false;
    for (index, part) in first.split(';').enumerate() {
        let name = part.split('=').next().unwrap_or("").trim();
        if name.eq_ignore_ascii_case("rport") {
            wants_port = true;
        } else if !name.eq_ignore_ascii_case("received") {
            let separator = if index == 0 { "" } else { ";" };
            marked.push_str(separator);
            marked.push_str(part);
        }
    }
    marked.push_str(";received=");
    marked.push_str(&source.ip().to_canonical().to_string());
    if wants_port {
        marked.push_str(";rport=");
        marked.push_str(&source.port().to_string());
    }
    marked.push_str(others);
    marked
}
