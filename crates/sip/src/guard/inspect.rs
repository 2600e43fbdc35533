//! What may pass to the stack: every check that it does not make itself, as one pure function over one datagram.

use super::answer::Refusal;
use crate::wire::{Junk, Message, Name, One, is_token, parameter};
use std::borrow::Cow;

/// The longest value of a header that identifies a request, bytes.
const IDENTIFIER_BYTES_MAX: usize = 512;
/// `CSeq` numbers are smaller than 2^31 (RFC 3261 §8.1.1.5).
const CSEQ_MAX: u32 = (1 << 31) - 1;

/// Who sent a datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An address that may start calls.
    Trusted,
    /// Anybody else.
    Stranger,
}

/// What becomes of a datagram.
#[derive(Debug)]
pub(crate) enum Verdict<'a> {
    /// To the stack, repaired where needed.
    Pass(Passed<'a>),
    /// Answered here.
    Answer(Message<'a>, Refusal),
    /// A keep-alive: CRLFs (RFC 5626 §3.5.1).
    KeepAlive,
    /// Dropped in silence.
    Drop(DropReason),
}

/// A message that may pass.
#[derive(Debug)]
pub(crate) struct Passed<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) kind: Kind,
    pub(crate) message: Message<'a>,
}

/// What a passing message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A request outside a dialog: INVITE or OPTIONS without a To tag.
    Start,
    /// A request for something that exists.
    Follow,
    /// An ACK or a response: never answered.
    Last,
}

/// Why a datagram was dropped; the label of `sip_guard_dropped_total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DropReason {
    TooLarge,
    Junk(Junk),
    NotSip,
    BadAck,
    BadResponse,
    NoVia,
    Unanswerable,
    Pace,
    Backlog,
    Panic,
}

impl DropReason {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Junk(_) => "junk",
            Self::NotSip => "not_sip",
            Self::BadAck => "bad_ack",
            Self::BadResponse => "bad_response",
            Self::NoVia => "no_via",
            Self::Unanswerable => "unanswerable",
            Self::Pace => "pace",
            Self::Backlog => "backlog",
            Self::Panic => "panic",
        }
    }
}

/// Judges one datagram.
pub(crate) fn inspect(datagram: &[u8], origin: Origin, max_bytes: usize) -> Verdict<'_> {
    if datagram.len() > max_bytes {
        return Verdict::Drop(DropReason::TooLarge);
    }
    // Empty lines before the start line are to be ignored (RFC 3261 §7.5).
    let lead = datagram.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let bytes = &datagram[lead..];
    if bytes.is_empty() {
        return Verdict::KeepAlive;
    }
    let message = match Message::split(bytes) {
        Ok(message) => message,
        Err(junk) => return Verdict::Drop(DropReason::Junk(junk)),
    };
    if message.start.starts_with("SIP/") {
        return response(bytes, message);
    }
    request(bytes, message, origin)
}

fn response<'a>(bytes: &'a [u8], message: Message<'a>) -> Verdict<'a> {
    let line_is_good = message.start.strip_prefix("SIP/2.0 ").is_some_and(|rest| {
        let code = rest.split(' ').next().unwrap_or("");
        code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()) && matches!(code.as_bytes()[0], b'1'..=b'6')
    });
    let is_whole = line_is_good && identified(&message).is_ok() && message.all(Name::VIA).next().is_some();
    match framed(bytes, &message) {
        Ok(bytes) if is_whole => Verdict::Pass(Passed { bytes, kind: Kind::Last, message }),
        Ok(_) | Err(_) => Verdict::Drop(DropReason::BadResponse),
    }
}

fn request<'a>(bytes: &'a [u8], message: Message<'a>, origin: Origin) -> Verdict<'a> {
    let mut words = message.start.splitn(3, ' ');
    let (Some(method), Some(uri), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Verdict::Drop(DropReason::NotSip);
    };
    if method.is_empty() || !method.bytes().all(is_token) || !version.trim_start().starts_with("SIP/") {
        return Verdict::Drop(DropReason::NotSip);
    }
    if message.all(Name::VIA).next().is_none() {
        return Verdict::Drop(DropReason::NoVia);
    }
    let judged = judge(&message, method, uri, version, origin).and_then(|kind| Ok((kind, framed(bytes, &message)?)));
    match judged {
        Ok((kind, bytes)) => Verdict::Pass(Passed { bytes, kind, message }),
        // Nothing answers an ACK (RFC 3261 §17.1.1.3).
        Err(_) if method == "ACK" => Verdict::Drop(DropReason::BadAck),
        Err(refusal) => Verdict::Answer(message, refusal),
    }
}

fn judge(message: &Message<'_>, method: &str, uri: &str, version: &str, origin: Origin) -> Result<Kind, Refusal> {
    if version != "SIP/2.0" {
        let is_other = version.strip_prefix("SIP/").is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        return Err(if is_other { Refusal::Version } else { Refusal::BadRequest("Malformed Request-Line") });
    }
    if uri.is_empty() || uri.len() > IDENTIFIER_BYTES_MAX || uri.contains(['<', '>', '"']) {
        return Err(Refusal::BadRequest("Malformed Request-URI"));
    }
    let (number, cseq_method, to) = identified(message)?;
    if number > CSEQ_MAX {
        return Err(Refusal::BadRequest("CSeq Out Of Range"));
    }
    if cseq_method != method {
        return Err(Refusal::BadRequest("CSeq Method Mismatch"));
    }
    match message.one(Name::MAX_FORWARDS) {
        // Elements of RFC 2543 send none.
        One::Missing => (),
        One::Value(value) if value.parse::<u8>().is_ok() => (),
        One::Value(_) | One::Repeated => return Err(Refusal::BadRequest("Malformed Max-Forwards")),
    }
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    if !["sip", "sips", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(Refusal::UriScheme);
    }
    let is_inside = parameter(to, "tag").is_some();
    let kind = match method {
        "INVITE" | "OPTIONS" if !is_inside => Kind::Start,
        "INVITE" | "OPTIONS" | "BYE" | "INFO" | "CANCEL" => Kind::Follow,
        "ACK" => Kind::Last,
        "UPDATE" | "PRACK" | "REFER" | "MESSAGE" | "NOTIFY" | "SUBSCRIBE" | "PUBLISH" | "REGISTER" => {
            return Err(Refusal::MethodNotAllowed);
        }
        _ => return Err(Refusal::NotImplemented),
    };
    if method == "INVITE" && kind == Kind::Start && origin == Origin::Stranger {
        return Err(Refusal::Forbidden);
    }
    // No extension is supported yet; ACK and CANCEL may not be refused for one (RFC 3261 §8.2.2.3).
    if !matches!(method, "ACK" | "CANCEL") {
        let required: Vec<&str> =
            message.all(Name::REQUIRE).flat_map(|value| value.split(',')).map(str::trim).collect();
        if !required.iter().all(|tag| !tag.is_empty() && tag.bytes().all(is_token)) {
            return Err(Refusal::BadRequest("Malformed Require"));
        }
        if !required.is_empty() {
            return Err(Refusal::BadExtension(required.join(", ")));
        }
    }
    if method == "INVITE" && message.all(Name::CONTACT).next().is_none() {
        return Err(Refusal::BadRequest("Missing Contact"));
    }
    Ok(kind)
}

/// Checks From, To, Call-ID and `CSeq`; gives the `CSeq` number, its method and the To value (RFC 3261 §8.1.1).
fn identified<'a>(message: &Message<'a>) -> Result<(u32, &'a str, &'a str), Refusal> {
    let one = |name, missing, repeated| match message.one(name) {
        One::Value(value) if value.len() <= IDENTIFIER_BYTES_MAX && !value.is_empty() => Ok(value),
        One::Value(_) => Err(Refusal::BadRequest("Header Too Long Or Empty")),
        One::Missing => Err(Refusal::BadRequest(missing)),
        One::Repeated => Err(Refusal::BadRequest(repeated)),
    };
    let from = one(Name::FROM, "Missing From", "Repeated From")?;
    let to = one(Name::TO, "Missing To", "Repeated To")?;
    one(Name::CALL_ID, "Missing Call-ID", "Repeated Call-ID")?;
    let cseq = one(Name::CSEQ, "Missing CSeq", "Repeated CSeq")?;
    if parameter(from, "tag").is_none_or(|tag| tag.is_empty() || !tag.bytes().all(is_token)) {
        return Err(Refusal::BadRequest("Missing From Tag"));
    }
    if parameter(to, "tag").is_some_and(|tag| tag.is_empty() || !tag.bytes().all(is_token)) {
        return Err(Refusal::BadRequest("Malformed To Tag"));
    }
    let mut words = cseq.split_ascii_whitespace();
    let number = words.next().filter(|text| text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let number: u32 = number.and_then(|text| text.parse().ok()).ok_or(Refusal::BadRequest("Malformed CSeq"))?;
    match (words.next(), words.next()) {
        (Some(method), None) => Ok((number, method, to)),
        (_, _) => Err(Refusal::BadRequest("Malformed CSeq")),
    }
}

/// The message with a Content-Length that is true: inserted where it is missing, the body cut where it is longer (RFC 3261 §18.3).
fn framed<'a>(bytes: &'a [u8], message: &Message<'a>) -> Result<Cow<'a, [u8]>, Refusal> {
    let body_bytes = bytes.len() - message.body_at;
    match message.one(Name::CONTENT_LENGTH) {
        One::Repeated => Err(Refusal::BadRequest("Repeated Content-Length")),
        One::Missing => {
            // Before the empty line: its CRLF ends the line that is put in.
            let at = message.body_at - 2;
            let mut repaired = Vec::with_capacity(bytes.len() + 32);
            repaired.extend_from_slice(&bytes[..at]);
            repaired.extend_from_slice(format!("Content-Length: {body_bytes}\r\n").as_bytes());
            repaired.extend_from_slice(&bytes[at..]);
            Ok(Cow::Owned(repaired))
        }
        One::Value(text) => {
            let is_number = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
            let told: usize = if is_number { text.parse().ok() } else { None }
                .ok_or(Refusal::BadRequest("Malformed Content-Length"))?;
            if told > body_bytes {
                return Err(Refusal::BadRequest("Body Shorter Than Content-Length"));
            }
            Ok(Cow::Borrowed(&bytes[..message.body_at + told]))
        }
    }
}
