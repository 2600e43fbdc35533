//! How texts are found: folded into words when they are stored, and a search folded in the same way into terms, each
//! of which must begin one of the words. No database folds Cyrillic as we need it, so this is done here.

use std::collections::BTreeSet;

/// Letters of a word that are kept; a longer word is found by its beginning.
const WORD_LETTERS: usize = 40;
/// Words of a text that are kept: 8,000 letters hold fewer.
const WORDS: usize = 4_000;
/// Terms of a search that are looked at.
const TERMS: usize = 8;
/// Fewest digits that are looked for in telephone numbers.
const PHONE_DIGITS: usize = 4;

/// The words of a text: lower case, ё as е, without punctuation and stress marks; words of one letter find nothing.
pub fn words(text: &str) -> BTreeSet<String> {
    folded(text).into_iter().filter(|word| word.chars().nth(1).is_some()).take(WORDS).collect()
}

/// One thing that is looked for; whatever has any of it is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// The beginning of a word.
    pub word: Option<String>,
    /// Beginnings of the digits of a telephone number.
    pub phone: Vec<String>,
    /// The beginning of a registration number.
    pub number: Option<String>,
    /// The place in the year of a registration number.
    pub place: Option<u64>,
}

/// The terms of a search. Digits that stand beside each other are one number, however it is grouped.
pub fn terms(query: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut figures: Vec<&str> = Vec::new();
    for chunk in query.split_whitespace() {
        if is_figures(chunk) {
            figures.push(chunk);
            continue;
        }
        terms.extend(number(&std::mem::take(&mut figures)));
        terms.extend(words(chunk).into_iter().map(|word| Term { word: Some(word), ..Term::default() }));
    }
    terms.extend(number(&figures));
    terms.truncate(TERMS);
    terms
}

/// The digits under which a telephone number is found: all, without the country, the last seven, the last four.
pub fn phone_digits(e164: &str) -> BTreeSet<String> {
    let digits: String = e164.chars().filter(char::is_ascii_digit).collect();
    let tail = |n: usize| digits.len().checked_sub(n).map(|from| digits[from..].to_owned());
    let national = (digits.len() == 11).then(|| digits[1..].to_owned());
    [Some(digits.clone()), national, tail(7), tail(4)].into_iter().flatten().collect()
}

fn folded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ё' => word.push('е'),
            // й typed as two characters.
            '\u{306}' if word.ends_with('и') => {
                word.pop();
                word.push('й');
            }
            // Stress marks, soft hyphens and joiners are no letters and part no word.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            _ if c.is_alphanumeric() => word.push(c),
            _ => finish(&mut word, &mut words),
        }
    }
    finish(&mut word, &mut words);
    words
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word).chars().take(WORD_LETTERS).collect());
    }
}

fn is_figures(chunk: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '\u{2011}' | '\u{2013}');
    chunk.chars().all(figure) && chunk.contains(|c: char| c.is_ascii_digit())
}

fn number(chunks: &[&str]) -> Option<Term> {
    let typed = chunks.concat();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 2 {
        return None;
    }
    let mut term = Term::default();
    if chunks.len() == 1 && digits == typed {
        term.word = Some(digits.clone());
    }
    if digits.len() >= PHONE_DIGITS {
        term.phone.push(digits.clone());
        term.phone.extend(digits.strip_prefix('8').map(|rest| format!("7{rest}")));
    }
    let hyphen = typed.replace(['\u{2011}', '\u{2013}'], "-");
    if hyphen.find('-') == Some(2) && hyphen.matches('-').count() == 1 && hyphen.len() == digits.len() + 1 {
        term.number = Some(hyphen);
    } else if digits.len() == 8 {
        term.number = Some(format!("{}-{}", &digits[..2], &digits[2..]));
    } else if (4..=6).contains(&digits.len()) && digits == typed {
        term.place = digits.parse().ok();
    }
    (term != Term::default()).then_some(term)
}

#[cfg(test)]
mod tests {
    use super::{Term, phone_digits, terms, words};

    #[test]
    fn texts_are_folded_into_words() {
        let table: &[(&str, &[&str])] = &[
            ("Ёлкина, ЁЖ!", &["еж", "елкина"]),
            ("Из-за «единого» пособи\u{301}я", &["единого", "за", "из", "пособия"]),
            ("и\u{306}од йод", &["йод"]),
            ("я и он", &["он"]),
            ("<b>жирный</b> 59-ФЗ", &["59", "жирный", "фз"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text).into_iter().collect::<Vec<_>>(), *expected, "{text}");
        }
        assert_eq!(words(&"ы".repeat(100)).into_iter().next().map(|word| word.chars().count()), Some(40));
    }

    #[test]
    fn a_search_is_words_and_numbers() {
        let word = |word: &str| Term { word: Some(word.to_owned()), ..Term::default() };
        assert_eq!(terms("Ольга  ВЫМ"), [word("ольга"), word("вым")]);
        assert_eq!(terms("я"), []);
        assert_eq!(terms("дом 5"), [word("дом")]);
        let phone =
            |digits: &[&str]| Term { phone: digits.iter().map(|d| (*d).to_owned()).collect(), ..Term::default() };
        assert_eq!(terms("8 (831) 000-00-17"), [phone(&["88310000017", "78310000017"])]);
        assert_eq!(terms("+7 831 000-00-17"), [phone(&["78310000017"])]);
        assert_eq!(terms("Ольга 00-17")[1].phone, ["0017"]);
        assert_eq!(terms("26-000123")[0].number.as_deref(), Some("26-000123"));
        assert_eq!(terms("26-0001")[0].number.as_deref(), Some("26-0001"));
        assert_eq!(terms("26000123")[0].number.as_deref(), Some("26-000123"));
        assert_eq!(terms("000123")[0].place, Some(123));
        assert_eq!(terms(&"слово ".repeat(100)).len(), 8);
        assert!(terms("% _ ' \" \\ ;").is_empty());
    }

    #[test]
    fn a_number_is_found_by_all_and_by_its_last_digits() {
        let found: Vec<_> = phone_digits("+78310000017").into_iter().collect();
        assert_eq!(found, ["0000017", "0017", "78310000017", "8310000017"]);
        assert_eq!(phone_digits("112").into_iter().collect::<Vec<_>>(), ["112"]);
    }
}
