//! What may not come in from outside: crates that pull in a second copy of what we have, and licences that do not fit
//! MIT OR Apache-2.0. `deny.toml` says the same to cargo-deny, which adds the advisories where it is installed.

use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::tidy::{self, Finding};
use crate::workspace::Workspace;

const LOCK: &str = "Cargo.lock";

/// Crates that must not be in the tree, and why.
const BANNED: [(&str, &str); 3] = [
    ("rusqlite", "SQLite comes through sqlx, in one version"),
    ("openssl-sys", "a newcomer needs a C compiler and no library; TLS is rustls"),
    ("native-tls", "TLS is rustls"),
];

/// Licences that ask for no more than a notice, or for changes to their own files.
const LICENCES: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MPL-2.0",
    "Zlib",
    "Unicode-3.0",
    "0BSD",
    "CC0-1.0",
    "BSL-1.0",
    "Unlicense",
];

/// `xtask deny`: our own rules, and cargo-deny where it is installed.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    tidy::report(&check(workspace, &workspace.metadata()?))?;
    let installed = Command::new("cargo").args(["deny", "--version"]).output().is_ok_and(|done| done.status.success());
    if installed {
        crate::step::Step::cargo("cargo-deny", &["deny", "--all-features", "check"]).run(workspace)?;
    }
    Ok(())
}

/// Both rules.
pub(crate) fn check(workspace: &Workspace, metadata: &Value) -> Vec<Finding> {
    let mut findings = bans(&workspace.text(LOCK).unwrap_or_default());
    findings.extend(licences(metadata));
    findings
}

/// No banned crate is in the lock file.
fn bans(lock: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in lock.lines().enumerate() {
        let name = line.strip_prefix("name = \"").and_then(|rest| rest.strip_suffix('"'));
        if let Some((name, why)) = BANNED.iter().find(|(banned, _)| name == Some(banned)) {
            let remedy = format!("{why}: turn off the feature that brings it (`cargo tree -i {name}`)");
            findings.push(Finding::error(LOCK, index + 1, format!("{name} is in the tree"), remedy));
        }
    }
    findings
}

/// Every package may be used under a licence of the list.
fn licences(metadata: &Value) -> Vec<Finding> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let refused = packages.iter().filter_map(|package| {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("no licence");
        let what = format!("{name} is under {licence}");
        (!allows(licence)).then(|| Finding::error(LOCK, 1, what, "take another crate"))
    });
    refused.collect()
}

/// Whether an SPDX expression can be met by the list: one side of each OR, both sides of each AND.
fn allows(expression: &str) -> bool {
    let expression = strip_brackets(expression.trim());
    if let Some(sides) = split_outside(expression, " OR ").or_else(|| split_outside(expression, "/")) {
        return sides.into_iter().any(allows);
    }
    if let Some(sides) = split_outside(expression, " AND ") {
        return sides.into_iter().all(allows);
    }
    LICENCES.contains(&expression)
}

/// Takes off brackets that enclose the whole expression.
fn strip_brackets(expression: &str) -> &str {
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) if balanced(inner) => inner.trim(),
        _ => expression,
    }
}

/// Whether no bracket closes before it opens: `a) AND (b` is not the inside of one pair.
fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The parts between `word`s that stand outside all brackets; nothing where there is no such word.
fn split_outside<'text>(expression: &'text str, word: &str) -> Option<Vec<&'text str>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in expression.match_indices(word) {
        if balanced(&expression[start..at]) {
            parts.push(&expression[start..at]);
            start = at + word.len();
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(&expression[start..]);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{allows, bans};
    use crate::tidy::Finding;

    #[test]
    fn licences_are_read_as_expressions() {
        let table = [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only AND MIT", false),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 / MIT", true),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND AGPL-3.0", false),
            ("ISC AND (Apache-2.0 OR ISC) AND (LGPL-2.1 OR GPL-2.0)", false),
            ("(GPL-2.0 AND MIT) OR (ISC)", true),
            ("MIT OR GPL-2.0 AND GPL-3.0", true),
            ("no licence", false),
            ("", false),
        ];
        for (expression, expected) in table {
            assert_eq!(allows(expression), expected, "{expression}");
        }
    }

    #[test]
    fn banned_crates_are_found_where_they_stand() {
        let lock = "[[package]]\nname = \"rusqlite\"\n[[package]]\nname = \"rusqlite-not\"\n \"native-tls\",\n";
        let found: Vec<(usize, String)> =
            bans(lock).into_iter().map(|Finding { line, what, .. }| (line, what)).collect();
        assert_eq!(found, [(2, "rusqlite is in the tree".to_owned())]);
    }
}
