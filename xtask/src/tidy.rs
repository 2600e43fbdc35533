//! `tidy`: rules of the house that need no compiler. Each rule is a function from data to findings, in a file of its own
//! under `tidy/`; only this file reads the working copy.

mod catalogue;
mod edges;
mod finding;
mod heads;
mod lengths;
mod map;
mod names;
mod places;
mod purity;

use anyhow::{Result, bail};

pub(crate) use self::finding::{Finding, Weight};
use crate::deny;
use crate::workspace::Workspace;

const EDGES: &str = "xtask/edges.txt";
const LONG_FILES: &str = "xtask/long-files.txt";
const PURE_CRATES: &str = "xtask/pure-crates.txt";
const MAP: &str = "ARCHITECTURE.md";
/// The catalogues, a folder a language; each has the same files.
const MESSAGES: [&str; 2] = ["web/desk/messages/ru", "web/desk/messages/en"];

/// Prints every finding; an error among them is the error of the command.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let findings = collect(workspace)?;
    report(&findings)
}

/// Prints findings, and fails where one is an error.
pub(crate) fn report(findings: &[Finding]) -> Result<()> {
    for finding in findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| finding.weight == Weight::Error).count();
    if errors > 0 {
        bail!("{errors} to mend");
    }
    println!("clean, with {} warnings", findings.len());
    Ok(())
}

fn collect(workspace: &Workspace) -> Result<Vec<Finding>> {
    let files = workspace.text_files()?;
    let metadata = workspace.metadata()?;
    let committed = |path: &str| workspace.text(path).unwrap_or_default();
    let graph = edges::Graph::of(&metadata);

    let mut findings = names::check(&workspace.paths);
    for file in &files {
        findings.extend(heads::check(file));
        findings.extend(places::check(file));
        findings.extend(purity::scan(file));
    }
    findings.extend(lengths::check(&files, LONG_FILES, &committed(LONG_FILES)));
    findings.extend(edges::compare(&graph, EDGES, &committed(EDGES)));
    findings.extend(edges::arrows(&graph, EDGES));
    findings.extend(purity::dependencies(&metadata, PURE_CRATES, &committed(PURE_CRATES)));
    if let Some(text) = workspace.text(MAP) {
        findings.extend(map::check(MAP, &text, &|path| workspace.exists(path)));
    }
    findings.extend(catalogues(workspace));
    findings.extend(deny::check(workspace, &metadata));
    Ok(findings)
}

/// Holds each file of the Russian catalogue against its English one.
fn catalogues(workspace: &Workspace) -> Vec<Finding> {
    let names: std::collections::BTreeSet<&str> = workspace
        .paths
        .iter()
        .filter_map(|path| MESSAGES.iter().find_map(|folder| path.strip_prefix(&format!("{folder}/"))))
        .collect();
    let mut findings = Vec::new();
    for name in names.into_iter().filter(|name| std::path::Path::new(name).extension().is_some_and(|end| end == "ftl"))
    {
        let paths = MESSAGES.map(|folder| format!("{folder}/{name}"));
        let [russian, english] = paths.each_ref().map(|path| workspace.text(path).unwrap_or_default());
        findings.extend(catalogue::check(paths.each_ref().map(String::as_str), [&russian, &english]));
    }
    findings
}
