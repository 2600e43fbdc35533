//! The API under generated requests: schemathesis in an environment of its own under `.tools`, run by a browser test that
//! knows how to start a centre.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::node::E2E;
use crate::workspace::Workspace;

/// What is installed; the cases depend on it as they do on the seed.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Installs schemathesis where it is missing, and lets it loose on a centre.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let program = match installed(workspace) {
        Ok(program) => program,
        // Whether a package index answers is no fault of the tree under test.
        Err(error) => {
            println!("SKIPPED: schemathesis cannot be installed here ({error:#}): the API met no generated requests");
            return Ok(());
        }
    };
    let folder = workspace.root.join(E2E);
    let mut command = Command::new("npx");
    command.args(["playwright", "test", "fuzz.spec"]).current_dir(folder).env("OTKLIK_SCHEMATHESIS", program);
    ensure!(command.status().context("npx")?.success(), "generated requests found something");
    Ok(())
}

/// The program, installed by pip into `.tools/schemathesis`.
fn installed(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root.join(".tools/schemathesis");
    let (program, stamp) = (folder.join("bin/schemathesis"), folder.join("installed"));
    if program.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|text| text == SCHEMATHESIS) {
        return Ok(program);
    }
    println!("{SCHEMATHESIS} is installed into .tools, once");
    said(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), "python3 -m venv")?;
    let pip = folder.join("bin/pip");
    said(Command::new(pip).args(["install", "--quiet", "--disable-pip-version-check", SCHEMATHESIS]), "pip install")?;
    ensure!(program.is_file(), "pip installed no program");
    write(&stamp)?;
    Ok(program)
}

fn write(stamp: &Path) -> Result<()> {
    std::fs::write(stamp, SCHEMATHESIS).with_context(|| format!("{}", stamp.display()))
}

fn said(command: &mut Command, name: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("{name} cannot be run"))?;
    if status.success() { Ok(()) } else { bail!("{name} failed") }
}
