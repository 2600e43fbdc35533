//! What requests carry: the SDP of an INVITE and the key of an INFO. Pure.

use crate::wire::{Message, Name, One};

/// The content types that an INVITE may carry.
pub(super) const ACCEPT: &str = "application/sdp";
/// The content types that an INFO may carry.
pub(super) const ACCEPT_INFO: &str = "application/dtmf-relay, application/dtmf";

/// A body that is not understood (RFC 3261 §21.4.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnsupportedMedia;

/// The SDP in a request; none where there is no body.
pub(super) fn sdp(bytes: &[u8]) -> Result<Option<String>, UnsupportedMedia> {
    let Some((content_type, body)) = typed_body(bytes)? else { return Ok(None) };
    if !content_type.eq_ignore_ascii_case("application/sdp") {
        return Err(UnsupportedMedia);
    }
    String::from_utf8(body.to_vec()).map(Some).map_err(|_| UnsupportedMedia)
}

/// The key in an INFO; none where it carries nothing or no key.
pub(super) fn digit(bytes: &[u8]) -> Result<Option<char>, UnsupportedMedia> {
    let Some((content_type, body)) = typed_body(bytes)? else { return Ok(None) };
    let text = std::str::from_utf8(body).map_err(|_| UnsupportedMedia)?;
    let signal = if content_type.eq_ignore_ascii_case("application/dtmf-relay") {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once(['=', ':'])?;
            name.trim().eq_ignore_ascii_case("signal").then_some(value.trim())
        })
    } else if content_type.eq_ignore_ascii_case("application/dtmf") {
        Some(text.trim())
    } else {
        return Err(UnsupportedMedia);
    };
    Ok(signal.and_then(key))
}

/// A key by its character or by its event number (RFC 4733 §3.2).
fn key(signal: &str) -> Option<char> {
    let by_number = match signal {
        "10" => Some('*'),
        "11" => Some('#'),
        "12" => Some('A'),
        "13" => Some('B'),
        "14" => Some('C'),
        "15" => Some('D'),
        _ => None,
    };
    by_number.or_else(|| {
        let mut characters = signal.chars();
        let only = characters.next().filter(|_| characters.next().is_none())?.to_ascii_uppercase();
        matches!(only, '0'..='9' | '*' | '#' | 'A'..='D').then_some(only)
    })
}

fn typed_body(bytes: &[u8]) -> Result<Option<(&str, &[u8])>, UnsupportedMedia> {
    let message = Message::split(bytes).map_err(|_| UnsupportedMedia)?;
    let body = &bytes[message.body_at..];
    if body.is_empty() {
        return Ok(None);
    }
    let is_plain = message.all(Name::CONTENT_ENCODING).all(|encoding| encoding.eq_ignore_ascii_case("identity"));
    match message.one(Name::CONTENT_TYPE) {
        One::Value(content_type) if is_plain => Ok(Some((content_type.split(';').next().unwrap_or("").trim(), body))),
        One::Value(_) | One::Missing | One::Repeated => Err(UnsupportedMedia),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(content_type: &str, body: &str) -> Vec<u8> {
        format!("INFO sip:a SIP/2.0\r\nContent-Type: {content_type}\r\n\r\n{body}").into_bytes()
    }

    #[test]
    fn keys() {
        for (content_type, body, expected) in [
            ("application/dtmf-relay", "Signal=5\r\nDuration=160", Ok(Some('5'))),
            ("application/dtmf-relay", "Signal= *\r\nDuration= 160", Ok(Some('*'))),
            ("application/dtmf-relay", "Duration=160\r\nsignal=11", Ok(Some('#'))),
            ("Application/DTMF; x=y", "d\r\n", Ok(Some('D'))),
            ("application/dtmf", "12345", Ok(None)),
            ("application/dtmf", "", Ok(None)),
            ("application/dtmf-relay", "x", Ok(None)),
            ("text/plain", "5", Err(UnsupportedMedia)),
        ] {
            assert_eq!(digit(&request(content_type, body)), expected, "{content_type} {body}");
        }
    }

    #[test]
    fn only_plain_sdp_is_an_offer() {
        assert_eq!(sdp(&request("application/sdp", "v=0")), Ok(Some("v=0".to_owned())));
        assert_eq!(sdp(&request("application/sdp", "")), Ok(None));
        assert_eq!(sdp(&request("multipart/mixed;boundary=x", "--x")), Err(UnsupportedMedia));
        assert_eq!(sdp(b"INVITE sip:a SIP/2.0\r\n\r\nv=0"), Err(UnsupportedMedia));
        assert_eq!(sdp(b"INVITE sip:a SIP/2.0\r\nc: application/sdp\r\ne: gzip\r\n\r\nv=0"), Err(UnsupportedMedia));
    }
}
