//! Every Rust file opens by saying which room this is.

use super::Finding;
use crate::workspace::TextFile;

/// Whether a file was written by a program: such files are nobody's to tidy.
pub(crate) fn is_generated(path: &str) -> bool {
    path.split('/').any(|part| part == "generated")
}

/// Whether the path is Rust.
pub(crate) fn is_rust(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// The first line is `//!` with words.
pub(crate) fn check(file: &TextFile) -> Option<Finding> {
    if !is_rust(&file.path) || is_generated(&file.path) {
        return None;
    }
    let first = file.text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("//!").map(str::trim).unwrap_or_default();
    let remedy = "open it with `//!`: what lives here, and what may not";
    match words {
        "" => Some(Finding::error(&file.path, 1, "the file does not say what it is", remedy)),
        "placeholder" => Some(Finding::warning(&file.path, 1, "the file is still empty", remedy)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::workspace::TextFile;

    #[test]
    fn a_file_opens_with_its_subject() {
        let table = [
            ("a/src/lib.rs", "//! Sums.\nfn a() {}", None),
            ("a/src/lib.rs", "fn a() {}\n//! Sums.", Some("the file does not say what it is")),
            ("a/src/lib.rs", "//!\n", Some("the file does not say what it is")),
            ("a/src/lib.rs", "", Some("the file does not say what it is")),
            ("a/src/lib.rs", "//! placeholder", Some("the file is still empty")),
            ("a/src/generated/keys.rs", "fn a() {}", None),
            ("a/README.md", "Sums", None),
        ];
        for (path, text, expected) in table {
            let file = TextFile { path: path.to_owned(), text: text.to_owned() };
            let found = check(&file);
            assert_eq!(found.as_ref().map(|finding| finding.what.as_str()), expected, "{path}: {text}");
        }
    }
}
