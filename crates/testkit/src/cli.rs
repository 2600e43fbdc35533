//! The commands of the binary that read: `calls`, `verify`; and starts that fail.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::SOON;
use crate::wait::within;

/// The binary.
#[derive(Debug, Clone)]
pub struct Program(PathBuf);

/// What a command did.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Its exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A line of `otklik calls --json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// The call.
    pub id: String,
    /// E.164; nothing where withheld.
    pub caller: Option<String>,
    /// The outcome with its stage, as `abandoned/queue`; nothing while the call goes on.
    pub ending: Option<String>,
    /// Who hung up.
    pub side: Option<String>,
    /// When it ended, RFC 3339.
    pub ended_at: Option<String>,
    /// When the promise is due that the call caused, RFC 3339.
    pub promise_due_at: Option<String>,
    /// What the promise is: `our_fault`, `callback`, `voice_message`.
    pub promise_kind: Option<String>,
    /// Path of the recording under the recordings folder.
    pub recording: Option<String>,
}

impl Program {
    /// The binary at a path: `env!("CARGO_BIN_EXE_otklik")` of the test.
    pub fn new(path: &str) -> Self {
        Self(PathBuf::from(path))
    }

    /// A command with English words and nothing of the environment's log filter.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.env("LC_ALL", "en_US.UTF-8").env_remove("RUST_LOG").stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// Where it does not start or does not end in time.
    pub async fn run(&self, args: &[&str]) -> Result<Finished> {
        let mut command = self.command();
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let what = format!("otklik {}", args.join(" "));
        let child = command.spawn().with_context(|| what.clone())?;
        finished(child, &what).await
    }

    /// Runs a command whose standard output nobody reads, as `otklik calls | true` does.
    ///
    /// # Errors
    /// Where it does not start or does not end in time.
    pub async fn run_unread(&self, args: &[&str]) -> Result<Finished> {
        let (read, write) = std::io::pipe()?;
        drop(read);
        let mut command = self.command();
        let child = command.args(args).stdout(write).stderr(Stdio::piped()).spawn()?;
        drop(command);
        finished(child, &format!("otklik {} into a closed pipe", args.join(" "))).await
    }

    /// All calls in a data folder, oldest first.
    ///
    /// # Errors
    /// Where the command fails.
    pub async fn calls(&self, data: &Path) -> Result<Vec<CallLine>> {
        let finished = self.run(&["calls", "--json", "--data", &data.display().to_string()]).await?;
        ensure!(finished.code == Some(0), "calls: {finished:?}");
        finished.out.lines().map(CallLine::read).collect()
    }

    /// Demands that `verify` finds nothing.
    ///
    /// # Errors
    /// With what it found.
    pub async fn verify(&self, data: &Path) -> Result<()> {
        let finished = self.run(&["verify", "--data", &data.display().to_string()]).await?;
        ensure!(finished.code == Some(0), "verify: {}{}", finished.out, finished.err);
        Ok(())
    }
}

impl CallLine {
    fn read(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let ending = text("outcome").map(|outcome| match text("stage") {
            Some(stage) => format!("{outcome}/{stage}"),
            None => outcome,
        });
        Ok(Self {
            id: text("id").context("a call has an id")?,
            caller: text("caller"),
            ending,
            side: text("side"),
            ended_at: text("ended_at"),
            promise_due_at: text("promise_due_at"),
            promise_kind: text("promise_kind"),
            recording: text("recording"),
        })
    }
}

async fn finished(mut child: Child, what: &str) -> Result<Finished> {
    let pid = child.id();
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let work = tokio::task::spawn_blocking(move || -> Result<Finished> {
        let err = std::thread::spawn(move || err.map(std::io::read_to_string).transpose());
        let out = out.map(std::io::read_to_string).transpose()?.unwrap_or_default();
        let err = err.join().ok().context("the reader of standard error panicked")??.unwrap_or_default();
        Ok(Finished { code: child.wait()?.code(), out, err })
    });
    let finished = within(SOON, what, async { work.await? }).await;
    if finished.is_err() {
        signal(pid, "KILL").ok();
    }
    finished
}

/// Sends a signal by its name.
pub(crate) fn signal(pid: u32, name: &str) -> Result<()> {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {pid}")]).status()?;
    ensure!(sent.success(), "no process {pid} for the signal {name}");
    Ok(())
}
