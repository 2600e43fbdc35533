//! The map of the house names only rooms that stand: every path in `ARCHITECTURE.md` exists.

use super::Finding;

/// Folders in which a path of the map may begin. A word such as `text/html` begins in none of them.
const ROOTS: [&str; 10] = ["crates", "web", "data", "docs", "xtask", "fuzz", "bench", "scenarios", ".ci", ".config"];

/// Looks up each path; `exists` answers for paths relative to the root.
pub(crate) fn check(map_path: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for path in line.split(|c: char| !is_path_char(c)).filter_map(as_path) {
            let stands = exists(path) || exists(&format!("crates/{path}")) || exists(&format!("web/{path}"));
            if !stands {
                let remedy = "correct the map, or build the room";
                findings.push(Finding::error(map_path, index + 1, format!("`{path}` does not exist"), remedy));
            }
        }
    }
    findings
}

fn is_path_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '*' | '{' | '<' | '%')
}

/// The word as a path, if it is meant as one: it ends with `/`, or begins in a folder of ours.
fn as_path(word: &str) -> Option<&str> {
    let word = word.trim_end_matches(['.', ':']);
    if word.starts_with('/') || word.contains([':', '*', '{', '<', '%']) || word.contains("//") {
        return None;
    }
    let (first, _) = word.split_once('/')?;
    (word.ends_with('/') || ROOTS.contains(&first)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_map_names_what_stands() {
        let standing = ["crates/sip/", "crates/sip/src/guard.rs", "web/desk", "xtask/", "crates/sip"];
        let table: &[(&str, &[&str])] = &[
            ("`crates/sip/` speaks SIP; `crates/sip/src/guard.rs` guards.", &[]),
            ("  sip/      SIP on the wire", &[]),
            ("  sips/     SIP on the wire", &["sips/"]),
            ("see `crates/sip/src/gone.rs`.", &["crates/sip/src/gone.rs"]),
            ("see [the desk](web/desk) and (web/gone)", &["web/gone"]),
            ("`text/html`, INVITE/BYE, and/or, /api/calls, https://host/crates/x/, crates/*/src", &[]),
        ];
        for (text, missing) in table {
            let found = check("ARCHITECTURE.md", text, &|path| standing.contains(&path));
            let expected: Vec<String> = missing.iter().map(|path| format!("`{path}` does not exist")).collect();
            assert_eq!(found.into_iter().map(|finding| finding.what).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
