//! A file's name says what is in it.

use super::Finding;

/// Names that fit everything and therefore say nothing.
const EMPTY_WORDS: [&str; 8] = ["common", "util", "utils", "helper", "helpers", "manager", "managers", "misc"];

/// Looks at each part of each path.
pub(crate) fn check(paths: &[String]) -> Vec<Finding> {
    paths.iter().filter_map(|path| check_path(path)).collect()
}

fn check_path(path: &str) -> Option<Finding> {
    if path.ends_with("/mod.rs") {
        let remedy = "call it after its folder, beside the folder: `foo.rs` and `foo/`";
        return Some(Finding::error(path, 1, "a file is called mod.rs", remedy));
    }
    let word = path.split('/').find_map(empty_word)?;
    Some(Finding::error(path, 1, format!("`{word}` names nothing"), "name the thing that is in it"))
}

/// The empty word in one part of a path, as in `utils`, `agent_utils.rs`, `call-manager.ts`.
fn empty_word(part: &str) -> Option<&'static str> {
    let stem = part.split('.').find(|piece| !piece.is_empty())?;
    let words: Vec<String> = stem.split(['_', '-']).map(str::to_lowercase).collect();
    EMPTY_WORDS.into_iter().find(|empty| words.iter().any(|word| word == empty))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_name_says_what_is_in_it() {
        let table = [
            ("crates/centre/src/queue.rs", None),
            ("crates/centre/src/queue/mod.rs", Some("a file is called mod.rs")),
            ("crates/centre/src/model.rs", None),
            ("crates/common/src/lib.rs", Some("`common` names nothing")),
            ("crates/centre/src/agent_utils.rs", Some("`utils` names nothing")),
            ("web/desk/src/call-manager.ts", Some("`manager` names nothing")),
            ("web/desk/src/helpers/a.ts", Some("`helpers` names nothing")),
            ("crates/centre/src/commonness.rs", None),
            (".gitignore", None),
        ];
        for (path, expected) in table {
            let found = check(&[path.to_owned()]);
            assert_eq!(found.first().map(|finding| finding.what.as_str()), expected, "{path}");
        }
    }
}
