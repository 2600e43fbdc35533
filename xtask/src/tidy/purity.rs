//! The rules of the centre are plain data and functions: no clock, no chance, no I/O, no hash order. What they may be
//! built from is a committed list, and what must not stand in their text is here. There are no exceptions.

use serde_json::Value;

use super::Finding;
use super::edges::{list, members, short, text};
use super::heads::is_rust;
use crate::workspace::TextFile;

/// The crates that decide.
const PURE: [&str; 2] = ["model", "centre"];

/// What may not stand in their text, and what to do instead.
const BANNED: [(&str, &str); 18] = [
    ("std::fs", "let the caller read the file and pass its text"),
    ("std::net", "take an event, give an order"),
    ("std::env", "take the setting as a value"),
    ("std::process", "take an event, give an order"),
    ("std::thread", "a machine is driven by its caller"),
    ("std::io", "take an event, give an order"),
    ("SystemTime", "take `now` as an argument"),
    ("Instant", "take `now` as an argument"),
    ("Timestamp::now", "take `now` as an argument"),
    ("Zoned::now", "take `now` as an argument"),
    ("now_v7", "take the id as an argument"),
    ("new_v4", "take the id as an argument"),
    ("tokio", "a machine is driven by its caller"),
    ("async", "a machine is driven by its caller"),
    ("rand", "take what chance decided as an argument"),
    ("RandomState", "use BTreeMap: its order is the same everywhere"),
    ("HashMap", "use BTreeMap: its order is the same everywhere"),
    ("HashSet", "use BTreeSet: its order is the same everywhere"),
];

/// Looks for what is banned in the code (not the comments) of a pure crate's `src`.
pub(crate) fn scan(file: &TextFile) -> Vec<Finding> {
    let pure = PURE.iter().any(|name| file.path.starts_with(&format!("crates/{name}/src/")));
    if !pure || !is_rust(&file.path) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (word, remedy) in BANNED.iter().filter(|(word, _)| has_word(code, word)) {
            findings.push(Finding::error(&file.path, index + 1, format!("`{word}` in a pure crate"), *remedy));
        }
    }
    findings
}

/// Whether `word` stands in the code as a word of its own: `rand::random()`, not `operand`.
fn has_word(code: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
    })
}

/// What a pure crate depends on is on the committed list: `centre: model serde jiff`, and `centre (tests): proptest`.
pub(crate) fn dependencies(metadata: &Value, list_path: &str, allowed: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let packages = members(metadata);
    for name in PURE {
        let Some(package) = packages.iter().find(|package| short(text(package, "name")) == name) else {
            findings.push(Finding::error(list_path, 1, format!("no crate `{name}`"), "change the list of pure crates"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let mark = if text(dependency, "kind") == "dev" { " (tests)" } else { "" };
            let head = format!("{name}{mark}:");
            let other = short(text(dependency, "name"));
            let words = allowed.lines().find_map(|line| line.strip_prefix(&head)).unwrap_or_default();
            if !words.split_whitespace().any(|word| word == other) {
                let remedy = "take it out; a crate without I/O, clock and chance may be added to the list";
                findings.push(Finding::error(list_path, 1, format!("{name}{mark} depends on {other}"), remedy));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{BANNED, dependencies, scan};
    use crate::tidy::finding::said;
    use crate::workspace::TextFile;

    fn scanned(path: &str, text: String) -> Vec<String> {
        said(&scan(&TextFile { path: path.to_owned(), text }))
    }

    #[test]
    fn rules_touch_nothing() {
        for (word, _) in BANNED {
            let expected = vec![format!("2: `{word}` in a pure crate")];
            assert_eq!(scanned("crates/centre/src/queue.rs", format!("\n    use {word};")), expected);
            assert_eq!(scanned("crates/store/src/a.rs", format!("use {word};")), Vec::<String>::new(), "the edges do");
            assert_eq!(scanned("crates/centre/src/a.rs", format!("/// {word}")), Vec::<String>::new(), "a comment");
            assert_eq!(scanned("crates/centre/tests/a.rs", format!("use {word};")), Vec::<String>::new(), "a test");
        }
        assert_eq!(scanned("crates/model/src/a.rs", "operand::x; Instantly; Hash".to_owned()), Vec::<String>::new());
    }

    #[test]
    fn rules_are_built_from_few_things() {
        let metadata = json!({
            "workspace_members": ["m", "c"],
            "packages": [
                { "name": "otklik-model", "id": "m", "dependencies": [{ "name": "serde", "kind": null }] },
                { "name": "otklik-centre", "id": "c", "dependencies": [
                    { "name": "otklik-model", "kind": null },
                    { "name": "tokio", "kind": null },
                    { "name": "proptest", "kind": "dev" },
                ] },
            ],
        });
        let table: &[(&str, &[&str])] = &[
            ("model: serde\ncentre: model tokio\ncentre (tests): proptest", &[]),
            ("model: serde\ncentre: model\ncentre (tests): proptest", &["1: centre depends on tokio"]),
            ("model: serde\ncentre: model tokio proptest", &["1: centre (tests) depends on proptest"]),
        ];
        for (allowed, expected) in table {
            assert_eq!(said(&dependencies(&metadata, "pure-crates.txt", allowed)), *expected, "{allowed}");
        }
    }
}
