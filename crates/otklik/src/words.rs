//! What the command line says to people, from the message catalogue.

use fluent::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const RUSSIAN: &str = include_str!("../messages/ru.ftl");
const ENGLISH: &str = include_str!("../messages/en.ftl");

/// A catalogue in one language.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Russian, or English where `LC_ALL` or else `LANG` asks for it.
    pub(crate) fn of_environment() -> Self {
        let wanted = ["LC_ALL", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        let english = wanted.is_some_and(|language| language.starts_with("en"));
        if english { Self::new(ENGLISH, "en") } else { Self::new(RUSSIAN, "ru") }
    }

    fn new(catalogue: &str, language: &str) -> Self {
        let language: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![language]);
        bundle.set_use_isolating(false);
        // A test reads both catalogues without a fault; a fault here would cost one message and no start.
        let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// A message with its values; the key itself where the catalogue lacks it.
    pub(crate) fn say<const N: usize>(&self, key: &str, values: [(&str, String); N]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name.to_owned(), FluentValue::from(value));
        }
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let mut faults = Vec::new();
        self.0.format_pattern(pattern, Some(&args), &mut faults).into_owned()
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
    fn values_are_put_in() {
        let words = Words::new(RUSSIAN, "ru");
        assert_eq!(words.say("verify-faults", [("count", "3".to_owned())]), "Нашлось расхождений: 3");
    }
}
