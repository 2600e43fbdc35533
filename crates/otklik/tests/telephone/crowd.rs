//! Many at once: fifty callers of another make (sipp), ten a second, and phones among them that listen.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Centre, DataFolder, From, Phone, Prompt, SOON};

use crate::{number, program};

/// A caller who listens for seven seconds, which is longer than the greeting.
const SCENARIO: &str = include_str!("crowd.xml");
const CALLERS: usize = 50;
/// One after the other, while the crowd is there.
const LISTENERS: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_are_heard_out_and_counted() -> Result<()> {
    if Command::new("sipp").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        ensure!(std::env::var_os("CI").is_none(), "sipp is missing (./run test installs it)");
        return Ok(());
    }
    let centre = Centre::start(&program()).await?;
    let folder = DataFolder::new()?;
    let scenario = folder.file("crowd.xml", SCENARIO)?;
    let (_, sip) = centre.addresses()?;
    let rest = ["-m", "50", "-r", "10", "-l", "50", "-i", "127.0.0.1", "-timeout", "25s", "-timeout_error", "-nostdin"];
    let mut sipp = Command::new("sipp");
    sipp.args([&sip.to_string(), "-sf", &scenario, "-s", "88000000000"]).args(rest);
    sipp.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let crowd = tokio::task::spawn_blocking(move || sipp.output());
    let greeting = Prompt::read("greeting")?;
    for n in 1..=LISTENERS {
        let mut phone = Phone::connected(&centre.line()?, From::Number(&number(n))).await?;
        phone.ear().hears_whole(&greeting, SOON).await.context("in the crowd")?;
        phone.bye().await?;
    }
    let crowd = crowd.await?.context("sipp")?;
    ensure!(crowd.status.success(), "sipp: {}", String::from_utf8_lossy(&crowd.stdout));
    centre.is_empty_again().await?;
    let calls = centre.calls().await?;
    assert_eq!(calls.len(), CALLERS + LISTENERS);
    let other = calls.iter().find(|call| call.ending.as_deref() != Some("abandoned/greeting"));
    assert_eq!(other, None);
    assert_eq!(centre.today().await?["accepted"].as_u64(), u64::try_from(CALLERS + LISTENERS).ok());
    centre.verify().await
}
