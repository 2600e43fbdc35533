//! `cargo run -q -p xtask -- COMMAND`: the gates of the house and what is made at authoring time. Nothing in here is part
//! of the product, and no crate may depend on it.
#![expect(clippy::print_stdout, reason = "a command-line tool speaks on its standard output")]

mod deny;
mod fuzz;
mod gates;
mod node;
mod prompts;
mod shots;
mod step;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::gates::Length;
use crate::workspace::Workspace;

const USAGE: &str = "\
usage: cargo run -q -p xtask -- COMMAND
  tidy            rules that need no compiler: file heads, lengths, edges, purity, names, licences
  deny            licences and banned crates alone
  check           the fast gate: fmt, clippy, tidy, unit tests, types and tests of the desk
  test [--long]   everything; --long adds soaks and many kills. `ci` is the same
  bench           how fast the desk is; takes minutes, asserts nothing
  shots           pictures of every screen into shots/, and one sheet of them
  prompts         speaks data/prompts again (needs festival, festvox-ru and sox)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    let workspace = Workspace::find()?;
    match words {
        ["tidy"] => tidy::run(&workspace),
        ["deny"] => deny::run(&workspace),
        ["check"] => gates::check(&workspace),
        ["test" | "ci"] => gates::test(&workspace, Length::Short),
        ["test" | "ci", "--long"] => gates::test(&workspace, Length::Long),
        ["bench"] => gates::bench(&workspace),
        ["shots"] => shots::run(&workspace),
        ["prompts"] => prompts::run(&workspace),
        _ => bail!("no such command\n{USAGE}"),
    }
}
