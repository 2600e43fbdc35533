//! Which room may know which. The edges of the workspace are committed, so that a new one is seen in review; the arrows
//! that must never be drawn stand here and hold whatever the list says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;

/// The workspace's own crates, by short name (`otklik-sip` is `sip`), with what each depends on.
pub(crate) struct Graph {
    /// From crate to crate. Edges of tests are kept apart.
    built: BTreeMap<String, BTreeSet<String>>,
    tested: BTreeMap<String, BTreeSet<String>>,
}

/// Who may not reach whom, through any number of steps, and why.
const FORBIDDEN: [(&str, &[&str], &str); 9] = [
    ("sip", &["centre", "engine", "store", "web", "switch", "media"], "sip knows RFCs, not queues"),
    ("media", &["centre", "engine", "store", "web", "switch", "sip"], "media knows packets, not calls"),
    ("store", &["engine", "web", "switch", "sip", "media"], "arrows point down"),
    ("engine", &["web", "switch", "sip", "media"], "the engine speaks to the edges in words of the model"),
    ("web", &["switch", "sip", "media"], "web and switch never meet"),
    ("switch", &["web", "engine", "store"], "web and switch never meet; the engine is reached by channels"),
    ("model", &["centre", "sip", "media", "switch", "store", "engine", "web"], "the words know nobody"),
    ("centre", &["sip", "media", "switch", "store", "engine", "web"], "the rules decide, the edges do"),
    ("xtask", &["otklik", "model", "centre", "store", "engine", "web"], "the tools are no part of the product"),
];

/// Crates that may know both `sip` and `media`: the one that joins them, and the binary that wires everything.
const KNOW_BOTH: [&str; 2] = ["switch", "otklik"];

impl Graph {
    /// Reads the edges from the output of `cargo metadata`.
    pub(crate) fn of(metadata: &Value) -> Self {
        let mut graph = Self { built: BTreeMap::new(), tested: BTreeMap::new() };
        for package in members(metadata) {
            let from = short(text(package, "name"));
            graph.built.entry(from.clone()).or_default();
            for dependency in list(package, "dependencies").iter().filter(|one| one["path"].is_string()) {
                let side = if text(dependency, "kind") == "dev" { &mut graph.tested } else { &mut graph.built };
                side.entry(from.clone()).or_default().insert(short(text(dependency, "name")));
            }
        }
        graph
    }

    /// One line an edge, sorted: `web -> model`, `otklik -> testkit (tests)`.
    fn lines(&self) -> BTreeSet<String> {
        let line = |mark: &'static str| {
            move |(from, all): (&String, &BTreeSet<String>)| -> Vec<String> {
                all.iter().map(|to| format!("{from} -> {to}{mark}")).collect()
            }
        };
        self.built.iter().flat_map(line("")).chain(self.tested.iter().flat_map(line(" (tests)"))).collect()
    }

    /// Whom a crate reaches, through any number of steps. Tests are left out: they may look from above.
    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(name) = waiting.pop() {
            for next in self.built.get(name).into_iter().flatten() {
                if reached.insert(next.as_str()) {
                    waiting.push(next);
                }
            }
        }
        reached
    }
}

/// The edges equal the committed list.
pub(crate) fn compare(graph: &Graph, list_path: &str, list: &str) -> Vec<Finding> {
    let drawn = graph.lines();
    let mut findings = Vec::new();
    let mut listed = BTreeSet::new();
    for (index, line) in list.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        listed.insert(line);
        if !drawn.contains(line) {
            findings.push(Finding::error(list_path, index + 1, format!("no such edge: {line}"), "delete the line"));
        }
    }
    let new = drawn.iter().filter(|line| !listed.contains(line.as_str()));
    findings.extend(new.map(|line| {
        let remedy = "add the line if the arrow points down and is needed, else take the dependency out";
        Finding::error(list_path, 1, format!("a new edge: {line}"), remedy)
    }));
    findings
}

/// No arrow that must never be drawn is drawn.
pub(crate) fn arrows(graph: &Graph, list_path: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut refuse = |what: String, why: &str| {
        findings.push(Finding::error(list_path, 1, what, format!("{why}: speak through the words of the model")));
    };
    for (from, never, why) in FORBIDDEN {
        let reached = graph.reached(from);
        for to in never.iter().filter(|to| reached.contains(*to)) {
            refuse(format!("{from} reaches {to}"), why);
        }
    }
    for (from, direct) in &graph.built {
        if direct.contains("sip") && direct.contains("media") && !KNOW_BOTH.contains(&from.as_str()) {
            refuse(format!("{from} knows both sip and media"), "switch alone joins them");
        }
    }
    findings
}

/// The packages of the workspace itself.
pub(crate) fn members(metadata: &Value) -> Vec<&Value> {
    let ids = list(metadata, "workspace_members");
    list(metadata, "packages").iter().filter(|package| ids.contains(&package["id"])).collect()
}

/// A crate's name as the design says it.
pub(crate) fn short(name: &str) -> String {
    name.strip_prefix("otklik-").unwrap_or(name).to_owned()
}

/// A field that is a list; empty where it is not.
pub(crate) fn list<'json>(value: &'json Value, field: &str) -> &'json [Value] {
    value[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A field that is text; empty where it is not.
pub(crate) fn text<'json>(value: &'json Value, field: &str) -> &'json str {
    value[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Graph, arrows, compare};
    use crate::tidy::finding::said;

    /// A workspace of these edges, each `from -> to` or `from -> to (tests)`.
    fn workspace(edges: &[&str]) -> Value {
        let mut names: Vec<String> = Vec::new();
        for edge in edges {
            names.extend(edge.trim_end_matches(" (tests)").split(" -> ").map(str::to_owned));
        }
        names.sort_unstable();
        names.dedup();
        let package = |name: &String| {
            let from_here = edges.iter().filter_map(|edge| edge.strip_prefix(&format!("{name} -> ")));
            let dependencies: Vec<Value> = from_here
                .map(|to| match to.strip_suffix(" (tests)") {
                    Some(to) => json!({ "name": format!("otklik-{to}"), "path": "x", "kind": "dev" }),
                    None => json!({ "name": format!("otklik-{to}"), "path": "x", "kind": null }),
                })
                .chain([json!({ "name": "serde", "kind": null })])
                .collect();
            json!({ "name": format!("otklik-{name}"), "id": name, "dependencies": dependencies })
        };
        json!({ "workspace_members": names, "packages": names.iter().map(package).collect::<Vec<_>>() })
    }

    #[test]
    fn edges_equal_the_list() {
        let graph = Graph::of(&workspace(&["web -> model", "web -> testkit (tests)"]));
        let table: &[(&str, &[&str])] = &[
            ("# head\nweb -> model\nweb -> testkit (tests)\n", &[]),
            ("web -> model", &["1: a new edge: web -> testkit (tests)"]),
            ("web -> model\nweb -> testkit (tests)\nweb -> sip", &["3: no such edge: web -> sip"]),
        ];
        for (committed, expected) in table {
            assert_eq!(said(&compare(&graph, "edges.txt", committed)), *expected, "{committed}");
        }
    }

    #[test]
    fn arrows_point_down() {
        let table: &[(&[&str], &[&str])] = &[
            (&["switch -> sip", "switch -> media", "otklik -> sip", "otklik -> media", "web -> engine"], &[]),
            (&["sip -> testkit (tests)", "testkit -> web"], &[]),
            (&["sip -> store"], &["1: sip reaches store"]),
            (&["web -> engine", "engine -> switch"], &["1: engine reaches switch", "1: web reaches switch"]),
            (&["centre -> model", "model -> centre"], &["1: model reaches centre"]),
            (&["testkit -> sip", "testkit -> media"], &["1: testkit knows both sip and media"]),
        ];
        for (edges, expected) in table {
            let graph = Graph::of(&workspace(edges));
            assert_eq!(said(&arrows(&graph, "edges.txt")), *expected, "{edges:?}");
        }
    }
}
