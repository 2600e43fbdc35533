//! The words of the press page, from the message catalogue.

use fluent::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const RUSSIAN: &str = include_str!("../../messages/ru/press.ftl");
const ENGLISH: &str = include_str!("../../messages/en/press.ftl");

/// The catalogue in one language.
pub(super) struct Words {
    bundle: FluentBundle<FluentResource>,
    /// `ru` or `en`.
    pub(super) language: &'static str,
}

impl Words {
    /// English where it is asked for, else Russian.
    pub(super) fn of(language: Option<&str>) -> Self {
        if language == Some("en") { Self::new(ENGLISH, "en") } else { Self::new(RUSSIAN, "ru") }
    }

    fn new(catalogue: &str, language: &'static str) -> Self {
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        // A test reads both catalogues without a fault.
        let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle, language }
    }

    /// A message with its values; the key itself where the catalogue lacks it.
    pub(super) fn say<const N: usize>(&self, key: &str, values: [(&str, String); N]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name.to_owned(), FluentValue::from(value));
        }
        let message = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = message else { return key.to_owned() };
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A whole number with its thousands apart.
    pub(super) fn number(&self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let between = if self.language == "en" { "," } else { "\u{a0}" };
        let mut text = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push_str(between);
            }
            text.push(digit);
        }
        text
    }

    /// «24 ноября 2026 года» of `2026-11-24`.
    pub(super) fn date(&self, iso: &str) -> String {
        let mut parts = iso.split('-');
        let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let month = self.say(&format!("month-of-{month}"), []);
        let day = day.trim_start_matches('0').to_owned();
        self.say("press-date", [("day", day), ("month", month), ("year", year.to_owned())])
    }

    /// «ноябрь 2026» of `2026-11`.
    pub(super) fn month(&self, iso: &str) -> String {
        let (year, month) = iso.split_once('-').unwrap_or((iso, ""));
        format!("{} {year}", self.say(&format!("month-{month}"), []))
    }

    /// «ноя» of `2026-11`.
    pub(super) fn short_month(&self, iso: &str) -> String {
        let (_, month) = iso.split_once('-').unwrap_or((iso, ""));
        self.say(&format!("month-short-{month}"), [])
    }
}

#[cfg(test)]
mod tests {
    use fluent::FluentResource;

    use super::{ENGLISH, RUSSIAN, Words};

    #[test]
    fn both_catalogues_read_and_have_the_same_keys() {
        let keys = |catalogue: &str| {
            assert!(FluentResource::try_new(catalogue.to_owned()).is_ok());
            let keys = catalogue.lines().filter_map(|line| line.split_once(" = ").map(|(key, _)| key.to_owned()));
            keys.collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(keys(RUSSIAN), keys(ENGLISH));
    }

    #[test]
    fn numbers_and_dates_are_told_as_people_say_them() {
        let (ru, en) = (Words::of(None), Words::of(Some("en")));
        assert_eq!(
            (ru.number(231_406), en.number(231_406), ru.number(7)),
            ("231\u{a0}406".to_owned(), "231,406".to_owned(), "7".to_owned())
        );
        assert_eq!(ru.date("2026-11-04"), "4 ноября 2026 года");
        assert_eq!((ru.month("2026-11"), en.short_month("2026-01")), ("ноябрь 2026".to_owned(), "Jan".to_owned()));
    }
}
