//! The message catalogues say the same things in both languages: the same keys, each once.

use std::collections::BTreeMap;

use super::Finding;

/// Compares two Fluent files key by key.
pub(crate) fn check(paths: [&str; 2], texts: [&str; 2]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let [first, second] = [0, 1].map(|side| {
        let (keys, repeated) = keys(texts[side]);
        findings.extend(repeated.into_iter().map(|(key, line)| {
            Finding::error(paths[side], line, format!("`{key}` stands here a second time"), "delete one of them")
        }));
        keys
    });
    findings.extend(lacking(&first, &second, paths));
    findings.extend(lacking(&second, &first, [paths[1], paths[0]]));
    findings
}

/// What the first catalogue has and the second has not.
fn lacking(first: &Keys, second: &Keys, paths: [&str; 2]) -> Vec<Finding> {
    first
        .iter()
        .filter(|(key, _)| !second.contains_key(*key))
        .map(|(key, line)| {
            Finding::error(
                paths[0],
                *line,
                format!("`{key}` is absent from {}", paths[1]),
                "translate it, or delete it",
            )
        })
        .collect()
}

/// Key to its line.
type Keys = BTreeMap<String, usize>;

/// The keys of a catalogue (attributes as `message.attribute`), and those that repeat.
fn keys(text: &str) -> (Keys, Vec<(String, usize)>) {
    let mut keys = Keys::new();
    let mut repeated = Vec::new();
    let mut message = String::new();
    for (index, line) in text.lines().enumerate() {
        let Some((head, _)) = line.split_once('=') else { continue };
        let attribute = head.trim();
        let key = if is_key(head.trim_end()) {
            head.trim_end().clone_into(&mut message);
            message.clone()
        } else if head.starts_with(' ') && attribute.strip_prefix('.').is_some_and(is_key) {
            format!("{message}{attribute}")
        } else {
            continue;
        };
        if keys.insert(key.clone(), index + 1).is_some() {
            repeated.push((key, index + 1));
        }
    }
    (keys, repeated)
}

fn is_key(word: &str) -> bool {
    let name = word.strip_prefix('-').unwrap_or(word);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::said;

    #[test]
    fn both_languages_have_the_same_keys() {
        let table: &[(&str, &str, &[&str])] = &[
            ("ready = Готов\n# why = x\n", "ready = Ready\n", &[]),
            ("ready = Готов\nbreak = Перерыв", "ready = Ready", &["2: `break` is absent from en.ftl"]),
            ("ready = Готов", "a = A\nready = Ready", &["1: `a` is absent from ru.ftl"]),
            ("ready = Готов\nready = Да", "ready = Ready", &["2: `ready` stands here a second time"]),
            ("a = А\n    .title = Б", "a = A", &["2: `a.title` is absent from en.ftl"]),
            ("n = { $n ->\n    [one] а = б\n   *[many] в\n }", "n = { $n }", &[]),
            (
                "-brand = Отклик",
                "brand = Otklik",
                &["1: `-brand` is absent from en.ftl", "1: `brand` is absent from ru.ftl"],
            ),
        ];
        for (russian, english, expected) in table {
            assert_eq!(said(&check(["ru.ftl", "en.ftl"], [russian, english])), *expected, "{russian}");
        }
    }
}
