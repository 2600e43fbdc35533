//! A file has one subject, and one subject fits 600 lines without its tests. Over 1000 in all is an error, unless the
//! committed list names the file with its length; that list only ever shrinks.

use std::collections::BTreeMap;

use super::Finding;
use super::heads::{is_generated, is_rust};
use crate::workspace::TextFile;

/// Lines without tests from which a file is warned of.
const LONG: usize = 600;
/// Lines in all that no file may pass.
const LIMIT: usize = 1000;

/// Compares every source file with the limits, and the list with the files.
pub(crate) fn check(files: &[TextFile], list_path: &str, list: &str) -> Vec<Finding> {
    let (allowed, mut findings) = parse(list_path, list);
    let mut seen = BTreeMap::new();
    for file in files.iter().filter(|file| is_source(&file.path) && !is_generated(&file.path)) {
        let total = file.text.lines().count();
        seen.insert(file.path.as_str(), total);
        let bound = allowed.get(file.path.as_str()).map_or(LIMIT, |(_, lines)| *lines);
        if total > bound {
            findings.push(Finding::error(
                &file.path,
                1,
                format!("{total} lines, at most {bound}"),
                "find the missing noun and give it a file of its own",
            ));
        } else if bare(&file.text) > LONG {
            findings.push(Finding::warning(
                &file.path,
                1,
                format!("{} lines without tests", bare(&file.text)),
                "find the missing noun before it grows on",
            ));
        }
    }
    for (path, (line, lines)) in allowed {
        let total = seen.get(path).copied().unwrap_or(0);
        if total <= LIMIT {
            findings.push(Finding::error(list_path, line, format!("{path} needs no place here"), "delete the line"));
        } else if total < lines {
            findings.push(Finding::error(
                list_path,
                line,
                format!("{path} has shrunk to {total} lines"),
                "write the smaller number",
            ));
        }
    }
    findings
}

/// Path to its line in the list and the number there.
type Allowed<'list> = BTreeMap<&'list str, (usize, usize)>;

fn parse<'list>(list_path: &str, list: &'list str) -> (Allowed<'list>, Vec<Finding>) {
    let mut allowed = BTreeMap::new();
    let mut findings = Vec::new();
    for (index, line) in list.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.rsplit_once(' ').and_then(|(path, number)| Some((path, number.parse().ok()?))) {
            Some((path, lines)) => {
                allowed.insert(path, (index + 1, lines));
            }
            None => {
                findings.push(Finding::error(list_path, index + 1, "not a path and a number", "write `PATH LINES`"));
            }
        }
    }
    (allowed, findings)
}

fn is_source(path: &str) -> bool {
    is_rust(path) || std::path::Path::new(path).extension().is_some_and(|end| end == "ts" || end == "tsx")
}

/// Lines before the unit tests.
fn bare(text: &str) -> usize {
    text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::said;
    use crate::workspace::TextFile;

    fn lines(count: usize) -> String {
        "x\n".repeat(count)
    }

    #[test]
    fn long_files_are_named_and_the_list_shrinks() {
        let tests = format!("{}#[cfg(test)]\n{}", lines(500), lines(300));
        let table: &[(&str, String, &str, &[&str])] = &[
            ("a.rs", lines(600), "", &[]),
            ("a.rs", lines(601), "", &["1: 601 lines without tests"]),
            ("a.rs", tests, "", &[]),
            ("a.rs", lines(1001), "", &["1: 1001 lines, at most 1000"]),
            ("a.tsx", lines(1001), "", &["1: 1001 lines, at most 1000"]),
            ("a.csv", lines(1001), "", &[]),
            ("generated/a.rs", lines(1001), "", &[]),
            ("a.rs", lines(1200), "# why\na.rs 1200", &["1: 1200 lines without tests"]),
            ("a.rs", lines(1201), "a.rs 1200", &["1: 1201 lines, at most 1200"]),
            ("a.rs", lines(1100), "a.rs 1200", &["1: 1100 lines without tests", "1: a.rs has shrunk to 1100 lines"]),
            ("a.rs", lines(10), "a.rs 1200", &["1: a.rs needs no place here"]),
            ("b.rs", lines(10), "a.rs 1200", &["1: a.rs needs no place here"]),
            ("b.rs", lines(10), "a.rs", &["1: not a path and a number"]),
        ];
        for (path, text, list, expected) in table {
            let file = TextFile { path: (*path).to_owned(), text: text.clone() };
            assert_eq!(said(&check(&[file], "long-files.txt", list)), *expected, "{path} {list}");
        }
    }
}
