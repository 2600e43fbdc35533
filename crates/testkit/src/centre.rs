//! A running centre: the binary in a data folder of its own, to be stopped, killed and started again.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::cli::{CallLine, Program, signal};
use crate::data::DataFolder;
use crate::phone::Callee;
use crate::ports::PortRange;
use crate::wait::{until, within};
use crate::web::Session;
use crate::{SOON, web};

/// A debug build on a busy machine may take so long to start.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// Lines of standard output that may wait to be read.
const LINES: usize = 64;

/// How a centre is started, beyond what every test needs.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// More arguments of `serve`.
    pub args: Vec<String>,
    /// What is logged (`RUST_LOG`); `info` where it is not given.
    pub log: Option<&'static str>,
    /// Where the centre's clock begins (`OTKLIK_CLOCK`); the machine's clock where it is not given.
    pub clock: Option<&'static str>,
    /// True where it is no demonstration: no people, no open line, no start page.
    pub real: bool,
}

/// A demonstration centre on free ports of loopback; killed on drop, its data removed.
#[derive(Debug)]
pub struct Centre {
    program: Program,
    setup: Setup,
    data: DataFolder,
    media: PortRange,
    log: Arc<Mutex<String>>,
    /// Passwords by sign-in name, as the first start printed them.
    people: BTreeMap<String, String>,
    running: Option<Running>,
}

/// The process.
#[derive(Debug)]
struct Running {
    child: Child,
    http: SocketAddr,
    sip: SocketAddr,
    out: mpsc::Receiver<String>,
    log: Option<JoinHandle<()>>,
}

impl Centre {
    /// Starts a centre with an empty data folder.
    ///
    /// # Errors
    /// Where it does not become ready, with its log.
    pub async fn start(program: &Program) -> Result<Self> {
        Self::start_with(program, DataFolder::new()?, Setup::default()).await
    }

    /// Starts a centre in a prepared data folder.
    ///
    /// # Errors
    /// Where it does not become ready, with its log.
    pub async fn start_with(program: &Program, data: DataFolder, setup: Setup) -> Result<Self> {
        let (program, media, log) = (program.clone(), PortRange::take()?, Arc::default());
        let mut centre = Self { program, setup, data, media, log, people: BTreeMap::new(), running: None };
        centre.restart().await?;
        Ok(centre)
    }

    /// Starts the stopped or killed centre again on the same data, with new ports for SIP and HTTP.
    ///
    /// # Errors
    /// Where it does not become ready, with its log.
    pub async fn restart(&mut self) -> Result<()> {
        let mut command = self.program.command();
        command.args(["serve"]).args((!self.setup.real).then_some("--demo"));
        command.args(["--http", "127.0.0.1:0", "--sip", "127.0.0.1:0", "--data"]);
        command.arg(self.data.path()).args(["--media-ports", &self.media.as_argument()]).args(&self.setup.args);
        command.env("OTKLIK_READY_JSON", "1").env("RUST_LOG", self.setup.log.unwrap_or("info"));
        if let Some(clock) = self.setup.clock {
            command.env("OTKLIK_CLOCK", clock);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (line, mut out) = mpsc::channel(LINES);
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|text| line.blocking_send(text))
            });
        }
        let log = child.stderr.take().map(|stderr| keep_log(stderr, Arc::clone(&self.log)));
        let ready = within(READY_WITHIN, "the centre is ready", async { Ok(out.recv().await) }).await;
        let said =
            ready.as_ref().ok().and_then(|line| line.as_deref()).and_then(|line| serde_json::from_str(line).ok());
        let address = |key: &str| said.as_ref().and_then(|said: &Value| said[key].as_str()?.parse().ok());
        let (Some(http), Some(sip)) = (address("http"), address("sip")) else {
            child.kill().ok();
            child.wait().ok();
            bail!("the centre did not become ready ({ready:?}):\n{}", self.log());
        };
        for person in said.iter().filter_map(|said| said["people"].as_array()).flatten() {
            if let (Some(name), Some(password)) = (person["id"].as_str(), person["password"].as_str()) {
                self.people.insert(name.to_owned(), password.to_owned());
            }
        }
        self.running = Some(Running { child, http, sip, out, log });
        Ok(())
    }

    /// Tells the centre to stop (SIGTERM) and waits for its exit code.
    ///
    /// # Errors
    /// Where it does not end in time.
    pub async fn stop(&mut self) -> Result<Option<i32>> {
        let running = self.running.as_ref().context("the centre does not run")?;
        signal(running.child.id(), "TERM")?;
        self.has_gone().await
    }

    /// Kills the centre (SIGKILL), as a power cut would.
    ///
    /// # Errors
    /// Where it does not run.
    pub async fn kill(&mut self) -> Result<()> {
        self.running.as_mut().context("the centre does not run")?.child.kill()?;
        self.has_gone().await.map(drop)
    }

    async fn has_gone(&mut self) -> Result<Option<i32>> {
        let mut running = self.running.take().context("the centre does not run")?;
        let silent = async {
            while running.out.recv().await.is_some() {}
            Ok(())
        };
        let silent = within(SOON, "the centre ends", silent).await;
        if silent.is_err() {
            running.child.kill().ok();
        }
        let status = running.child.wait()?;
        if let Some(log) = running.log.take() {
            log.join().ok();
        }
        silent.with_context(|| self.log())?;
        Ok(status.code())
    }

    /// Where to call, with the number of the demonstration's line.
    ///
    /// # Errors
    /// Where it does not run.
    pub fn line(&self) -> Result<Callee> {
        Ok(Callee { sip: self.addresses()?.1, number: "88000000000".to_owned() })
    }

    /// Addresses of HTTP and SIP.
    ///
    /// # Errors
    /// Where it does not run.
    pub fn addresses(&self) -> Result<(SocketAddr, SocketAddr)> {
        self.running.as_ref().map(|running| (running.http, running.sip)).context("the centre does not run")
    }

    /// Signs somebody of the demonstration in.
    ///
    /// # Errors
    /// Where there is nobody of that name, or the sign-in is refused.
    pub async fn sign_in(&self, name: &str) -> Result<Session> {
        let password = self.people.get(name).with_context(|| format!("nobody is called {name}"))?;
        Session::sign_in(self.addresses()?.0, name, password).await
    }

    /// Other arguments for the next start.
    pub fn set_args(&mut self, args: Vec<String>) {
        self.setup.args = args;
    }

    /// The data folder.
    pub fn data(&self) -> &DataFolder {
        &self.data
    }

    /// What a caller said in a recording: the A-law octets of its left side.
    ///
    /// # Errors
    /// Where it is not there or no recording of ours.
    pub fn recorded_voice(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.data.path().join("recordings").join(file);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let data = bytes.windows(4).position(|word| word == b"data").context("no data chunk")? + 8;
        let claimed = bytes.get(data - 4..data).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
        anyhow::ensure!(claimed.map(u64::from) == Some((bytes.len() - data) as u64), "the header's size fits");
        Ok(bytes[data..].chunks_exact(2).map(|moment| moment[0]).collect())
    }

    /// All that was written to standard error, over all starts.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All calls by the command line, oldest first.
    ///
    /// # Errors
    /// Where the command fails.
    pub async fn calls(&self) -> Result<Vec<CallLine>> {
        self.program.calls(self.data.path()).await
    }

    /// The one call from a number, once it has ended.
    ///
    /// # Errors
    /// Where there is none or more than one, or it does not end in time.
    pub async fn ended_call(&self, number: &str) -> Result<CallLine> {
        self.ended(Some(number)).await
    }

    /// The one call of somebody who withholds their number, once it has ended.
    ///
    /// # Errors
    /// Where there is none or more than one, or it does not end in time.
    pub async fn ended_withheld_call(&self) -> Result<CallLine> {
        self.ended(None).await
    }

    /// The one call from a number.
    ///
    /// # Errors
    /// Where there is none or more than one.
    pub async fn call(&self, number: &str) -> Result<CallLine> {
        self.call_of(Some(number)).await
    }

    async fn ended(&self, caller: Option<&str>) -> Result<CallLine> {
        until(SOON, &format!("the call of {caller:?} is over"), || async {
            let call = self.call_of(caller).await?;
            Ok(call.ending.is_some().then_some(call))
        })
        .await
    }

    async fn call_of(&self, caller: Option<&str>) -> Result<CallLine> {
        let calls = self.calls().await?;
        let mut theirs = calls.iter().filter(|call| call.caller.as_deref() == caller);
        match (theirs.next(), theirs.next()) {
            (Some(call), None) => Ok(call.clone()),
            (Some(_), Some(_)) => bail!("more than one call of {caller:?}: {calls:?}"),
            (None, _) => bail!("no call of {caller:?}: {calls:?}"),
        }
    }

    /// Demands that `otklik verify` finds nothing.
    ///
    /// # Errors
    /// With what it found.
    pub async fn verify(&self) -> Result<()> {
        self.program.verify(self.data.path()).await
    }

    /// Today's figures, as the start page shows them.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn today(&self) -> Result<Value> {
        let reply = web::request(self.addresses()?.0, "GET", "/api/start", None).await?;
        Ok(reply.json()?["today"].take())
    }

    /// Turns the switch of the line on the start page.
    ///
    /// # Errors
    /// Where it is refused.
    pub async fn turn(&self, mode: &str) -> Result<()> {
        let body = json!({ "mode": mode });
        let reply = web::request(self.addresses()?.0, "PUT", "/api/start/lines/main/mode", Some(&body)).await?;
        if reply.status != 204 {
            bail!("the switch: {} {}", reply.status, reply.body);
        }
        Ok(())
    }

    /// The value of a metric without labels; nothing where it was never set.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn metric(&self, name: &str) -> Result<Option<f64>> {
        let reply = web::request(self.addresses()?.0, "GET", "/metrics", None).await?;
        let value = reply.body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.map(|value| value.trim().parse().with_context(|| format!("{name} {value}"))).transpose()
    }

    /// Waits until neither SIP nor sound holds anything of a call.
    ///
    /// # Errors
    /// Where something is left.
    pub async fn is_empty_again(&self) -> Result<()> {
        until(SOON, "no dialog and no leg is left", || async {
            let held = [self.metric("sip_dialogs").await?, self.metric("media_legs").await?];
            Ok((held == [Some(0.0); 2]).then_some(()))
        })
        .await
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.child.kill().ok();
            running.child.wait().ok();
        }
    }
}

fn keep_log(stderr: ChildStderr, log: Arc<Mutex<String>>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stderr);
        let mut chunk = [0; 4_096];
        while let Ok(read) = reader.read(&mut chunk)
            && read > 0
        {
            let text = String::from_utf8_lossy(&chunk[..read]);
            log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
        }
    })
}
