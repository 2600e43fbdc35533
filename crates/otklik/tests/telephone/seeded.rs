//! A data folder with recorded talks of former days, written through the journal as a running centre writes them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::tz::TimeZone;
use otklik_engine::Clock;
use otklik_model::{
    AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, Outcome, PromiseId, PromiseKind,
    RecordingClosed, UtcMs,
};
use otklik_store::{Batch, Location, OpenMode, Store};
use sha2::{Digest, Sha256};

const DAY_MS: i64 = 86_400_000;

/// A talk of some days ago.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Talk {
    pub(crate) days_ago: i64,
    /// Is its recording held?
    pub(crate) held: bool,
    /// Do we owe the caller something for it?
    pub(crate) promised: bool,
}

/// Writes the talks, the oldest first, and gives the paths of their recordings.
pub(crate) async fn seed(data: &Path, talks: &[Talk]) -> Result<Vec<PathBuf>> {
    let zone = TimeZone::get("Europe/Moscow")?;
    let store = Store::open(Location::parse(data, None)?, zone, OpenMode::Lead).await?;
    store.begin_epoch().await?;
    let now = Clock::start(UtcMs(0)).now().civil;
    let (mut envelopes, mut files) = (Vec::new(), Vec::new());
    for (n, talk) in (0_u8..).zip(talks) {
        let at = now.plus_ms(-DAY_MS * talk.days_ago);
        let call =
            CallId(serde_json::from_value(serde_json::json!(format!("01939f5c-6c00-7000-8000-0000000000{n:02}")))?);
        let (file, bytes) = (format!("2026-01-{:02}/{n}.wav", n + 1), wav(n));
        let path = data.join("recordings").join(&file);
        fs::create_dir_all(path.parent().expect("a folder"))?;
        fs::write(&path, &bytes)?;
        files.push(path);
        let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let (line, agent, recording) = (LineId::new("main"), AgentId::new("vera"), Some(file.clone()));
        let mut facts = vec![
            Fact::CallAccepted { call, line: line.clone(), subject: None },
            Fact::CallJoined(CallJoined { call, agent: agent.clone(), recording }),
            Fact::CallEnded(CallEnded {
                call,
                line,
                outcome: Outcome::Answered,
                side: HangupSide::Caller,
                started_at: at,
                queued_at: None,
                answered_at: Some(at),
                agent: Some(agent),
            }),
            Fact::RecordingClosed(RecordingClosed {
                call,
                file,
                size_bytes: bytes.len() as u64,
                duration_ms: 20,
                sha256,
                dropped_frames: 0,
            }),
        ];
        if talk.promised {
            let (promise, promise_kind) = (PromiseId(call.0), PromiseKind::Callback);
            facts.push(Fact::PromiseMade { promise, call, subject: None, promise_kind, due_at: now, line: None });
        }
        for fact in facts {
            envelopes.push(Envelope { partition: 0, seq: envelopes.len() as u64 + 1, epoch: 1, at, fact });
        }
        if talk.held {
            store.hold_recording(call, true, &AgentId::new("lidia"), at).await?;
        }
    }
    store.append(&Batch { envelopes, ..Batch::default() }).await?;
    store.close().await?;
    Ok(files)
}

/// 20 ms of stereo A-law, as the recorder writes it.
fn wav(sample: u8) -> Vec<u8> {
    let mut bytes = b"RIFF\x64\x01\0\0WAVEfmt \x10\0\0\0\x06\0\x02\0".to_vec();
    bytes.extend(8_000_u32.to_le_bytes());
    bytes.extend(16_000_u32.to_le_bytes());
    bytes.extend(b"\x02\0\x08\0data\x40\x01\0\0");
    bytes.resize(364, sample);
    bytes
}
