//! The packages of the web folders, installed when their lock file has changed since the last time.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Where the screens live.
pub(crate) const DESK: &str = "web/desk";
/// Where the browser tests live.
pub(crate) const E2E: &str = "web/e2e";

/// Where the types of the HTTP contract are generated.
pub(crate) const TOOLS: &str = "web/tools";

/// A copy of the lock file that was installed; `run` writes and reads the same.
const STAMP: &str = "node_modules/.installed-lock.json";

/// Installs what the desk is built from.
pub(crate) fn install_desk(workspace: &Workspace) -> Result<()> {
    install(workspace, DESK)
}

/// Installs what drives the browser; the browser itself is the system's.
pub(crate) fn install_e2e(workspace: &Workspace) -> Result<()> {
    install(workspace, E2E)
}

/// Installs what generates the types of the contract.
pub(crate) fn install_tools(workspace: &Workspace) -> Result<()> {
    install(workspace, TOOLS)
}

fn install(workspace: &Workspace, folder: &str) -> Result<()> {
    let folder_path = workspace.root.join(folder);
    let lock = std::fs::read(folder_path.join("package-lock.json"))
        .with_context(|| format!("{folder}/package-lock.json is missing: commit it"))?;
    if std::fs::read(folder_path.join(STAMP)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let status = Command::new("npm")
        .arg("ci")
        .current_dir(&folder_path)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .status()
        .context("npm does not start: `./run` gets Node where it is missing")?;
    if !status.success() {
        bail!("npm ci in {folder} failed ({status})");
    }
    std::fs::create_dir_all(folder_path.join("node_modules")).context("node_modules cannot be made")?;
    std::fs::write(folder_path.join(STAMP), lock).with_context(|| format!("{folder}/{STAMP} cannot be written"))
}
