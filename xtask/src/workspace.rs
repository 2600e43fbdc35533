//! What the rules and the gates look at: the root, the files that git knows, and what `cargo metadata` says.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The working copy.
pub(crate) struct Workspace {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
    /// Paths relative to the root, with `/`, sorted: tracked, or new and not ignored.
    pub(crate) paths: Vec<String>,
}

/// A file as text.
pub(crate) struct TextFile {
    /// Relative to the root, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl Workspace {
    /// Finds the root from the manifest of xtask, else from the current folder, and lists the files.
    pub(crate) fn find() -> Result<Self> {
        let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(manifest) => PathBuf::from(manifest),
            None => std::env::current_dir().context("the current folder is not readable")?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file())
            .context("no Cargo.lock here or above: run this inside the working copy")?
            .to_path_buf();
        let listing = output(
            Command::new("git")
                .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
                .current_dir(&root),
        )?;
        let mut paths: Vec<String> = listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        paths.sort_unstable();
        paths.dedup();
        Ok(Self { root, paths })
    }

    /// Whether git knows a file under this folder.
    pub(crate) fn has(&self, folder: &str) -> bool {
        self.paths.iter().any(|path| Path::new(path).starts_with(folder))
    }

    /// Whether this folder or file exists.
    pub(crate) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// The text of one file; nothing where it is absent.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// Every file that is text. A file that is listed and gone (removed, not yet committed) is left out.
    pub(crate) fn text_files(&self) -> Result<Vec<TextFile>> {
        let mut files = Vec::new();
        for path in &self.paths {
            let whole = self.root.join(path);
            if !whole.is_file() {
                continue;
            }
            let bytes = std::fs::read(&whole).with_context(|| format!("{path} is not readable"))?;
            if let Ok(text) = String::from_utf8(bytes)
                && !text.contains('\0')
            {
                files.push(TextFile { path: path.clone(), text });
            }
        }
        Ok(files)
    }

    /// What cargo knows of the workspace and of every package that this machine's target needs.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let about = output(Command::new("rustc").arg("-vV"))?;
        let host = about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
        let text = output(
            Command::new("cargo")
                .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
                .current_dir(&self.root),
        )?;
        serde_json::from_str(&text).context("cargo metadata is not JSON")
    }
}

/// Runs a program to its end and gives its output, or its complaint as the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().with_context(|| format!("{name} does not start: is it installed?"))?;
    if !done.status.success() {
        bail!("{name} failed ({}): {}", done.status, String::from_utf8_lossy(&done.stderr).trim());
    }
    String::from_utf8(done.stdout).with_context(|| format!("{name} printed something that is not text"))
}
