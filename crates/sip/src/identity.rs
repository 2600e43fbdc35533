//! Who calls whom: user parts of URIs, asserted identity and privacy. Pure.

use std::borrow::Cow;

/// The longest user part that is looked at, bytes.
const USER_BYTES_MAX: usize = 128;

/// What a request says about its caller.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Claims<'a> {
    pub(crate) from: &'a str,
    pub(crate) asserted: &'a [&'a str],
    pub(crate) privacy: Option<&'a str>,
}

/// The caller's number: P-Asserted-Identity (RFC 3325 §9.1), else From; none where the caller withholds it (RFC 3323 §4.1).
pub(crate) fn caller(claims: Claims<'_>) -> Option<String> {
    let withheld = |privacy: &str| {
        privacy
            .split([';', ','])
            .any(|value| ["id", "user", "header"].iter().any(|kind| value.trim().eq_ignore_ascii_case(kind)))
    };
    if claims.privacy.is_some_and(withheld) || is_anonymous(claims.from) {
        return None;
    }
    claims.asserted.iter().copied().chain([claims.from]).find_map(|value| user_part(uri_of(value)))
}

/// The user part of a `sip:`, `sips:` or `tel:` URI, unescaped and without parameters.
pub(crate) fn user_part(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.trim().split_once(':')?;
    let user = if scheme.eq_ignore_ascii_case("tel") {
        rest
    } else if scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips") {
        // A host holds no `@`; a password after `:` belongs to nobody's number.
        rest.rsplit_once('@')?.0.split(':').next()?
    } else {
        return None;
    };
    let user = user.split(';').next().unwrap_or("");
    if user.is_empty() || user.len() > USER_BYTES_MAX {
        return None;
    }
    Some(unescaped(user).into_owned()).filter(|user| !user.contains(char::is_control))
}

/// The URI in a header such as From: inside the brackets, or the bare address up to its parameters.
fn uri_of(value: &str) -> &str {
    match value.rfind('<') {
        Some(open) => {
            let inside = &value[open + 1..];
            inside.find('>').map_or(inside, |close| &inside[..close])
        }
        None => value.split(';').next().unwrap_or("").trim(),
    }
}

fn is_anonymous(from: &str) -> bool {
    let uri = uri_of(from);
    let host = uri.rsplit_once('@').map_or("", |(_, host)| host.split([';', ':', '?']).next().unwrap_or(""));
    host.eq_ignore_ascii_case("anonymous.invalid")
        || user_part(uri).is_some_and(|user| {
            ["anonymous", "unavailable", "restricted"].iter().any(|word| user.eq_ignore_ascii_case(word))
        })
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let [first, rest @ ..] = left {
        let escaped = match left {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        left = if escaped.is_some() { &left[3..] } else { rest };
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_parts() {
        for (uri, user) in [
            ("sip:112@centre.example", Some("112")),
            ("sip:+7%20495@h", Some("+7 495")),
            ("sips:a:secret@h;transport=tcp", Some("a")),
            ("tel:+74951234567;phone-context=ru", Some("+74951234567")),
            ("sip:100;phone-context=x@h", Some("100")),
            ("sip:centre.example", None),
            ("mailto:a@b", None),
            ("sip:@h", None),
            ("sip:a%0db@h", None),
            ("sip:100%@h", Some("100%")),
        ] {
            assert_eq!(user_part(uri).as_deref(), user, "{uri}");
        }
    }

    #[test]
    fn callers() {
        let from = "\"Anna <x>\" <sip:+79160000001@trunk.example>;tag=1";
        let table: [(Claims<'_>, Option<&str>); 8] = [
            (Claims { from, ..Claims::default() }, Some("+79160000001")),
            (Claims { from: "sip:5551@h;tag=2", ..Claims::default() }, Some("5551")),
            (Claims { from, asserted: &["<sip:+74950000002@t>"], privacy: None }, Some("+74950000002")),
            (Claims { from, asserted: &["<sip:t>", "<tel:+74950000003>"], privacy: None }, Some("+74950000003")),
            (Claims { from, asserted: &["<sip:+74950000002@t>"], privacy: Some("none") }, Some("+74950000002")),
            (Claims { from, asserted: &["<sip:+74950000002@t>"], privacy: Some("id;critical") }, None),
            (Claims { from: "<sip:anonymous@anonymous.invalid>;tag=3", ..Claims::default() }, None),
            (Claims { from: "<sip:Anonymous@trunk.example>;tag=3", ..Claims::default() }, None),
        ];
        for (claims, expected) in table {
            assert_eq!(caller(claims).as_deref(), expected, "{claims:?}");
        }
    }
}
