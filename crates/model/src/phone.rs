//! Telephone numbers as the trunk presents them and as we keep them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number in the form in which it is stored and compared: E.164 with the plus for what can be dialled from
/// anywhere (`+79000000014`), bare digits for short and inner numbers (`112`, `7831`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// No digit, as in `anonymous`: the caller withheld the number.
    #[error("the number is withheld or holds no digit")]
    Withheld,
    /// A character that stands in no number.
    #[error("a number holds digits, spaces, brackets, dots, hyphens and one leading plus only")]
    NotANumber,
    /// More than the 15 digits of E.164.
    #[error("a number has at most 15 digits")]
    TooLong,
}

impl PhoneNumber {
    /// Reads a number. Russian national forms become E.164: `8 (831) 000-00-17`, `78310000017` and `8310000017` are
    /// all `+78310000017`; anything shorter than ten digits stays as it is.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = text.trim();
        let (plus, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut digits = String::with_capacity(16);
        let mut strange = false;
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '(' | ')' | '-' | '.' | '\u{a0}' | '\u{2011}' => {}
                _ => strange = true,
            }
            if digits.len() > 15 {
                return Err(PhoneError::TooLong);
            }
        }
        if strange && !digits.is_empty() {
            return Err(PhoneError::NotANumber);
        }
        if digits.is_empty() {
            return Err(PhoneError::Withheld);
        }
        Ok(Self(match (plus, digits.len(), digits.as_bytes().first()) {
            (false, 11, Some(b'7' | b'8')) => format!("+7{}", &digits[1..]),
            (false, 10, _) => format!("+7{digits}"),
            (true, _, _) => format!("+{digits}"),
            (false, _, _) => digits,
        }))
    }

    /// The stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::{PhoneError, PhoneNumber};

    #[test]
    fn numbers_are_normalised_once_and_for_all() {
        let table: &[(&str, Result<&str, PhoneError>)] = &[
            ("+7 900 000-00-14", Ok("+79000000014")),
            ("8 (831) 000-00-17", Ok("+78310000017")),
            ("78310000017", Ok("+78310000017")),
            ("8310000017", Ok("+78310000017")),
            ("88000000000", Ok("+78000000000")),
            ("+375291234567", Ok("+375291234567")),
            ("112", Ok("112")),
            ("78310001", Ok("78310001")),
            ("anonymous", Err(PhoneError::Withheld)),
            ("", Err(PhoneError::Withheld)),
            ("+", Err(PhoneError::Withheld)),
            ("12;drop", Err(PhoneError::NotANumber)),
            ("1234567890123456", Err(PhoneError::TooLong)),
        ];
        for (text, expected) in table {
            let parsed = PhoneNumber::parse(text);
            assert_eq!(parsed.as_ref().map(PhoneNumber::as_str), expected.as_ref().copied(), "{text}");
            if let Ok(number) = parsed {
                assert_eq!(PhoneNumber::parse(number.as_str()), Ok(number.clone()), "stable: {text}");
            }
        }
    }
}
