//! A SIP message as text: start line, headers, body, without meaning. Pure, bounded, and never more than a view of the bytes.

/// More header lines than this make a datagram junk.
const HEADERS_MAX: usize = 128;

/// A message split into its parts; borrows the datagram.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) start: &'a str,
    /// Header lines in order, a folded line with its continuations as one text (RFC 3261 §7.3.1).
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    /// Where the body starts in the bytes given to [`Message::split`].
    pub(crate) body_at: usize,
}

/// Why bytes are no SIP message at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Junk {
    /// No empty line ends the headers.
    NoEnd,
    /// The headers are not UTF-8 (RFC 3261 §7) or hold control characters.
    NotText,
    /// A header line without a colon, without a name, or too many of them.
    Headers,
}

impl<'a> Message<'a> {
    /// Splits a message that starts at its start line.
    pub(crate) fn split(bytes: &'a [u8]) -> Result<Self, Junk> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or(Junk::NoEnd)?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(|_| Junk::NotText)?;
        if head.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t')) {
            return Err(Junk::NotText);
        }
        // A lone CR or LF would be a line end to some parsers and none to others.
        if head.split("\r\n").any(|line| line.contains(['\r', '\n'])) {
            return Err(Junk::NotText);
        }
        let (start, rest) = head.split_once("\r\n").unwrap_or((head, ""));
        let mut headers = Vec::new();
        let mut left = rest;
        while !left.is_empty() {
            let line_end = end_of_folded_line(left);
            let line = &left[..line_end];
            left = left.get(line_end + 2..).unwrap_or("");
            let (name, value) = line.split_once(':').ok_or(Junk::Headers)?;
            let name = name.trim_end();
            if name.is_empty() || !name.bytes().all(is_token) || headers.len() == HEADERS_MAX {
                return Err(Junk::Headers);
            }
            headers.push((name, value.trim()));
        }
        Ok(Self { start, headers, body_at: end + 4 })
    }

    /// Every value of a header, by its long name and its compact form (RFC 3261 §7.3.3), in order.
    pub(crate) fn all(&self, name: Name) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(found, _)| name.is(found)).map(|(_, value)| *value)
    }

    /// The value of a header that may stand once only.
    pub(crate) fn one(&self, name: Name) -> One<'a> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (None, _) => One::Missing,
            (Some(value), None) => One::Value(value),
            (Some(_), Some(_)) => One::Repeated,
        }
    }
}

/// A header's long name and its compact form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name(pub(crate) &'static str, pub(crate) Option<&'static str>);

impl Name {
    pub(crate) const VIA: Self = Self("Via", Some("v"));
    pub(crate) const FROM: Self = Self("From", Some("f"));
    pub(crate) const TO: Self = Self("To", Some("t"));
    pub(crate) const CALL_ID: Self = Self("Call-ID", Some("i"));
    pub(crate) const CSEQ: Self = Self("CSeq", None);
    pub(crate) const CONTACT: Self = Self("Contact", Some("m"));
    pub(crate) const CONTENT_LENGTH: Self = Self("Content-Length", Some("l"));
    pub(crate) const CONTENT_TYPE: Self = Self("Content-Type", Some("c"));
    pub(crate) const CONTENT_ENCODING: Self = Self("Content-Encoding", Some("e"));
    pub(crate) const MAX_FORWARDS: Self = Self("Max-Forwards", None);
    pub(crate) const REQUIRE: Self = Self("Require", None);
    pub(crate) const PRIVACY: Self = Self("Privacy", None);
    pub(crate) const ASSERTED: Self = Self("P-Asserted-Identity", None);

    pub(crate) fn is(self, found: &str) -> bool {
        found.eq_ignore_ascii_case(self.0) || self.1.is_some_and(|compact| found.eq_ignore_ascii_case(compact))
    }
}

/// What was found where a header may stand once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum One<'a> {
    Missing,
    Value(&'a str),
    Repeated,
}

/// The value of a parameter of a header such as From or Via: the text after `;name=`, empty for a bare `;name`.
pub(crate) fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    // Parameters of the header stand after the last `>`: those inside the brackets belong to the URI.
    let outside = value.rfind('>').map_or(value, |at| &value[at + 1..]);
    outside.split(';').skip(1).find_map(|parameter| {
        let (found, text) = parameter.split_once('=').unwrap_or((parameter, ""));
        found.trim().eq_ignore_ascii_case(name).then_some(text.trim())
    })
}

/// A character of a token (RFC 3261 §25.1).
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

fn end_of_folded_line(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("\r\n") {
        let end = from + at;
        match text.as_bytes().get(end + 2) {
            Some(b' ' | b'\t') => from = end + 2,
            _ => return end,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_one_header() {
        let message = Message::split(b"A b SIP/2.0\r\nSubject: one\r\n two\r\nv : x\r\n\r\nbody").unwrap();
        assert_eq!(message.start, "A b SIP/2.0");
        assert_eq!(message.headers, [("Subject", "one\r\n two"), ("v", "x")]);
        assert_eq!(message.body_at, 42);
        assert_eq!(message.one(Name::VIA), One::Value("x"));
    }

    #[test]
    fn junk_is_named() {
        for (bytes, junk) in [
            (&b"INVITE"[..], Junk::NoEnd),
            (b"A b SIP/2.0\r\nNo colon\r\n\r\n", Junk::Headers),
            (b"A b SIP/2.0\r\n: nameless\r\n\r\n", Junk::Headers),
            (b"A \xff SIP/2.0\r\n\r\n", Junk::NotText),
            (b"A b SIP/2.0\r\nX: \0\r\n\r\n", Junk::NotText),
            (b"A b SIP/2.0\r\nX: a\nY: b\r\n\r\n", Junk::NotText),
        ] {
            assert_eq!(Message::split(bytes).err(), Some(junk), "{bytes:?}");
        }
    }

    #[test]
    fn parameters_stand_outside_the_brackets() {
        assert_eq!(parameter("\"A;tag=no\" <sip:a@b;tag=uri>;tag=yes", "tag"), Some("yes"));
        assert_eq!(parameter("<sip:a@b;tag=uri>", "tag"), None);
        assert_eq!(parameter("SIP/2.0/UDP h;rport;branch=z", "rport"), Some(""));
    }
}
