//! `calls` and `verify`: what other programs and the administrator read.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use otklik_model::{AgentId, CallId, HangupSide, LineId, Outcome, UtcMs};
use otklik_store::{CallRow, FaultCode, Location, OpenMode, Store, VerifyReport};
use serde::Serialize;
use serde_json::json;

use crate::centre_file::{self, BUILT_IN, CENTRE_FILE, Centre};
use crate::cli::{DataFlags, ReadFlags};
use crate::serve::RECORDINGS;
use crate::words::Words;

/// Prints every call, oldest first.
pub(crate) async fn calls(flags: &ReadFlags) -> anyhow::Result<ExitCode> {
    let store = open(&flags.place).await?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let json = flags.json;
    let printed: anyhow::Result<()> = store
        .each_call(|call| {
            let line = if json { json_line(&call)? } else { text_line(&call) };
            writeln!(out, "{line}").context("the list was not printed whole")
        })
        .await;
    match printed.and_then(|()| out.flush().context("the list was not printed whole")) {
        // Whoever reads may have read enough (`otklik calls | head`).
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        result => result.map(|()| ExitCode::SUCCESS),
    }
}

/// Checks everything.
pub(crate) async fn verify(flags: &ReadFlags) -> anyhow::Result<ExitCode> {
    let store = open(&flags.place).await?;
    let recordings = data(&flags.place)?.join(RECORDINGS);
    tell(&store.verify(&recordings).await?, flags)
}

/// Checks what was restored; a backup without recordings lacks them by intent.
pub(crate) async fn verify_restored(place: &DataFlags, has_recordings: bool) -> anyhow::Result<ExitCode> {
    let store = open(place).await?;
    let mut report = store.verify(&data(place)?.join(RECORDINGS)).await?;
    report.faults.retain(|fault| has_recordings || fault.code != FaultCode::RecordingMissing);
    tell(&report, &ReadFlags { place: place.clone(), json: false })
}

fn tell(report: &VerifyReport, flags: &ReadFlags) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let words = Words::of_environment();
    for fault in &report.faults {
        if flags.json {
            writeln!(out, "{}", json!(fault))?;
        } else {
            writeln!(out, "{}: {}", json!(fault.code).as_str().unwrap_or_default(), fault.text)?;
        }
    }
    let sound = report.is_sound();
    if flags.json {
        let (facts, calls, faults) = (report.facts, report.calls, report.faults.len());
        writeln!(out, "{}", json!({ "sound": sound, "facts": facts, "calls": calls, "faults": faults }))?;
    } else if sound {
        let values = [("facts", report.facts.to_string()), ("calls", report.calls.to_string())];
        writeln!(out, "{}", words.say("verify-clean", values))?;
    } else {
        writeln!(out, "{}", words.say("verify-faults", [("count", report.faults.len().to_string())]))?;
    }
    out.flush()?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the API's description.
pub(crate) fn openapi() -> anyhow::Result<ExitCode> {
    writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&otklik_web::document())?)?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the store as a reader beside a server, in the zone of the centre that it keeps.
pub(crate) async fn open(place: &DataFlags) -> anyhow::Result<Store> {
    let location = Location::parse(data(place)?, place.database.as_deref())?;
    let text = centre_file::kept(data(place)?)?;
    let zone = Centre::parse(text.as_deref().unwrap_or(BUILT_IN)).context(CENTRE_FILE)?.zone;
    Ok(Store::open(location, zone, OpenMode::ReadOnly).await?)
}

pub(crate) fn data(place: &DataFlags) -> anyhow::Result<&std::path::Path> {
    place.data.as_deref().context("where do the data lie? Give --data DIR")
}

/// A call as other programs read it; the order of the fields is that of docs/cli.md.
#[derive(Serialize)]
struct CallLine<'a> {
    id: CallId,
    line: &'a LineId,
    /// E.164; nothing where the number is withheld.
    caller: Option<&'a str>,
    started_at: String,
    answered_at: Option<String>,
    ended_at: Option<String>,
    outcome: Option<&'static str>,
    stage: Option<&'static str>,
    specialist: Option<&'a AgentId>,
    /// Appeals come with a later release; the field stands already, for other programs rely on it.
    appeal: Option<&'a str>,
    /// Path under the recordings folder.
    recording: Option<&'a str>,
    side: Option<&'static str>,
    promise_due_at: Option<String>,
    promise_kind: Option<&'static str>,
}

fn json_line(call: &CallRow) -> anyhow::Result<String> {
    let line = CallLine {
        id: call.id,
        line: &call.line,
        caller: call.caller.as_ref().map(|number| number.reveal().as_str()),
        started_at: call.started_at.rfc3339(),
        answered_at: call.answered_at.map(UtcMs::rfc3339),
        ended_at: call.ended_at.map(UtcMs::rfc3339),
        outcome: call.outcome.map(Outcome::name),
        stage: call.outcome.and_then(Outcome::stage),
        specialist: call.agent.as_ref(),
        appeal: call.appeal.as_deref(),
        recording: call.recording.as_deref(),
        side: call.side.map(HangupSide::name),
        promise_due_at: call.promise.as_ref().map(|promise| promise.due_at.rfc3339()),
        promise_kind: call.promise.as_ref().map(|promise| promise.kind.name()),
    };
    Ok(serde_json::to_string(&line)?)
}

fn text_line(call: &CallRow) -> String {
    let caller = call.caller.as_ref().map_or("-", |number| number.reveal().as_str());
    let outcome = match call.outcome {
        None => "...".to_owned(),
        Some(outcome) => {
            outcome.stage().map_or_else(|| outcome.name().to_owned(), |s| format!("{} ({s})", outcome.name()))
        }
    };
    let agent = call.agent.as_ref().map_or("-", |agent| agent.as_str());
    format!("{}  {}  {caller:<16}  {outcome:<22}  {agent}", call.started_at.rfc3339(), call.id)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
