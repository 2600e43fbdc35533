//! The repository works on every machine: no text names a folder of one of them, or a host that packages come from
//! (each machine has its own settings for that). Lock files are written by programs and left out.

use super::Finding;
use crate::workspace::TextFile;

/// Openings of paths that belong to one machine; in halves, so that this file does not name them itself.
const MACHINE: [&str; 5] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:", "\\")];

/// Hosts that packages come from.
const HOSTS: [&str; 9] = [
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("registry.npmmirror", ".com"),
    concat!("registry.yarnpkg", ".com"),
    concat!("pypi", ".org"),
    concat!("files.pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
    concat!("proxy.golang", ".org"),
];

const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Looks at each line of a text.
pub(crate) fn check(file: &TextFile) -> Vec<Finding> {
    if LOCK_FILES.iter().any(|name| file.path == *name || file.path.ends_with(&format!("/{name}"))) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if let Some(place) = MACHINE.into_iter().find(|place| opens_path(line, place)) {
            findings.push(Finding::error(
                &file.path,
                index + 1,
                format!("`{place}` is a folder of one machine"),
                "write a path relative to the root, or take it from the environment",
            ));
        }
        if let Some(host) = HOSTS.into_iter().find(|host| line.contains(host)) {
            findings.push(Finding::error(
                &file.path,
                index + 1,
                format!("`{host}` is a source of packages"),
                "leave it to the settings of the machine",
            ));
        }
    }
    findings
}

/// Whether a path on the line begins with `place`: what stands before it belongs to no longer path.
fn opens_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '~' | '*')))
    })
}

#[cfg(test)]
mod tests {
    use super::{HOSTS, MACHINE, check};
    use crate::workspace::TextFile;

    fn found(path: &str, text: String) -> Option<usize> {
        check(&TextFile { path: path.to_owned(), text }).first().map(|finding| finding.line)
    }

    #[test]
    fn no_text_names_a_machine() {
        for place in MACHINE {
            assert_eq!(found("a.md", format!("one\ncd {place}x")), Some(2), "{place}");
            assert_eq!(found("a.md", format!("\"{place}x\"")), Some(1), "{place}");
        }
        for host in HOSTS {
            assert_eq!(found("a.toml", format!("x = \"{host}\"")), Some(1), "{host}");
            assert_eq!(found("web/package-lock.json", format!("x = \"{host}\"")), None, "{host}");
        }
        assert_eq!(found("a.md", format!("docs{}x", MACHINE[0])), None, "the middle of a relative path");
        assert_eq!(found("a.md", "/usr/bin/chromium /proc/self/stat".to_owned()), None);
    }
}
