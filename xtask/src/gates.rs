//! The gates as lists of named steps, in the order in which they run. What a gate does is read here and nowhere else.

use std::process::Command;

use anyhow::Result;

use crate::fuzz;
use crate::node::{DESK, E2E, TOOLS, install_desk, install_e2e, install_tools};
use crate::step::{Step, run_all};
use crate::tidy;
use crate::workspace::Workspace;

/// The version that `.config/nextest.toml` was written for.
const NEXTEST: &str = "=0.9.143";

/// How much the tests try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// Before each merge: at most 25 minutes on two cores.
    Short,
    /// Before saying done: soaks, 100,000 mutations, 100 kills. Tests read `OTKLIK_LONG`.
    Long,
}

/// The fast gate: three minutes where everything is built already.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let desk = workspace.has(DESK);
    let mut steps = vec![fmt(), Step::own("tidy", tidy::run), clippy()];
    steps.push(match runner() {
        Runner::Nextest => Step::cargo("unit tests", &["nextest", "run", "--workspace", "--lib", "--bins"]),
        Runner::Cargo => Step::cargo("unit tests", &["test", "--workspace", "--lib", "--bins"]),
    });
    if desk {
        steps.extend([Step::own("packages of the desk", install_desk), types(), desk_tests()]);
    }
    run_all(workspace, &steps)
}

/// Everything. The desk is built before the binary, which carries it, and the binary before the browser that looks at it.
pub(crate) fn test(workspace: &Workspace, length: Length) -> Result<()> {
    let mut steps = vec![fmt(), Step::own("tidy", tidy::run)];
    if workspace.has(TOOLS) {
        steps.push(Step::own("packages of the tools", install_tools));
        steps.push(Step::program("types are those of the API", TOOLS, &["npm", "run", "check-api"]));
    }
    if workspace.has(DESK) {
        steps.extend([
            Step::own("packages of the desk", install_desk),
            types(),
            desk_tests(),
            Step::program("build of the desk", DESK, &["npm", "run", "build"]),
        ]);
    }
    steps.push(clippy());
    steps.push(build());
    steps.push(rust_tests(length));
    if workspace.has(E2E) {
        steps.push(Step::own("packages of the browser tests", install_e2e));
        steps.push(Step::program("types of the browser tests", E2E, &["npm", "run", "typecheck"]));
        for (name, project) in [("browser tests with sound", "sound"), ("browser tests", "quiet")] {
            let words = ["npx", "playwright", "test", "--project", project, "--grep-invert", "@bench|@shots"];
            steps.push(long_if(Step::program(name, E2E, &words), length));
        }
        steps.push(Step::own("generated requests", fuzz::run));
    }
    run_all(workspace, &steps)
}

/// Measures the desk: never a gate, for machines are noisy. The figures go into docs/performance.md by hand.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    let steps = [
        Step::own("packages of the desk", install_desk),
        Step::program("build of the desk", DESK, &["npm", "run", "build"]),
        Step::cargo("build of the binary", &["build", "--locked", "--release", "--bin", "otklik"]),
        Step::own("packages of the browser tests", install_e2e),
        Step::program("measurements", E2E, &["npm", "run", "bench"]).with("OTKLIK_BIN", "../../target/release/otklik"),
    ];
    run_all(workspace, &steps)
}

fn fmt() -> Step {
    Step::cargo("fmt", &["fmt", "--all", "--check"])
}

fn clippy() -> Step {
    Step::cargo("clippy", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// The binary and the tests in one go: cargo chooses the features of dependencies for all that it builds at once, and the
/// binary alone would compile many of them a second time.
fn build() -> Step {
    Step::cargo("build", &["build", "--locked", "--workspace", "--bins", "--tests"])
}

fn types() -> Step {
    Step::program("types of the desk", DESK, &["npm", "run", "typecheck"])
}

fn desk_tests() -> Step {
    Step::program("tests of the desk", DESK, &["npm", "test"])
}

fn rust_tests(length: Length) -> Step {
    let step = match (runner(), length) {
        (Runner::Nextest, Length::Short) => {
            Step::cargo("tests", &["nextest", "run", "--locked", "--workspace", "--profile", "ci"])
        }
        (Runner::Nextest, Length::Long) => {
            Step::cargo("tests", &["nextest", "run", "--locked", "--workspace", "--profile", "long"])
        }
        // Without test groups, real centres are kept apart by running one test at a time.
        (Runner::Cargo, _) => {
            Step::cargo("tests", &["test", "--locked", "--workspace", "--tests", "--", "--test-threads=1"])
        }
    };
    long_if(step, length)
}

fn long_if(step: Step, length: Length) -> Step {
    match length {
        Length::Short => step,
        Length::Long => step.with("OTKLIK_LONG", "1"),
    }
}

/// Who runs the Rust tests.
enum Runner {
    Nextest,
    Cargo,
}

/// nextest, which is installed where it is missing; cargo itself where that does not succeed.
fn runner() -> Runner {
    let there =
        || Command::new("cargo").args(["nextest", "--version"]).output().is_ok_and(|done| done.status.success());
    if there() {
        return Runner::Nextest;
    }
    println!("cargo-nextest is missing and is built now; this takes minutes, once");
    let install = ["install", "cargo-nextest", "--locked", "--version", NEXTEST];
    let built = Command::new("cargo").args(install).status().is_ok_and(|status| status.success());
    if built && there() {
        return Runner::Nextest;
    }
    println!("cargo-nextest cannot be installed: `cargo test` runs the tests, without their time limits");
    Runner::Cargo
}
