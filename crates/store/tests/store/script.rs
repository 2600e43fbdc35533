//! A small pure generator of sound journals: each byte is one step of the centre.

use otklik_model::{
    AbandonStage, AgentId, AgentState, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, LineMode,
    OfferId, Outcome, QueueEntry, RecordingClosed, SubjectId, UtcMs,
};
use otklik_store::Ledger;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// 2026-11-24T05:00:00Z.
pub(crate) const START: i64 = 1_795_496_400_000;

/// A centre that only writes its journal.
pub(crate) struct Script {
    pub(crate) ledger: Ledger,
    pub(crate) envelopes: Vec<Envelope>,
    /// Completed recordings: path and bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    epoch: u64,
    at: i64,
    calls: u128,
}

impl Script {
    pub(crate) fn new() -> Self {
        let mut script =
            Self { ledger: Ledger::default(), envelopes: Vec::new(), files: Vec::new(), epoch: 1, at: START, calls: 0 };
        script.push(Fact::CentreStarted { program: "0.1.0".to_owned() });
        script
    }

    /// The journal of these steps.
    pub(crate) fn of(steps: impl IntoIterator<Item = u16>) -> Self {
        let mut script = Self::new();
        steps.into_iter().for_each(|step| script.step(step));
        script
    }

    /// One answered call with a recording; gives its id.
    pub(crate) fn answered_call(&mut self) -> CallId {
        let call = self.accept(Some(SubjectId(Uuid::from_u128(0x500 + self.calls))));
        self.push(Fact::CallQueued { call, entry: QueueEntry::First });
        self.offer(call);
        self.join(call);
        self.end(call, HangupSide::Caller);
        self.close_recordings();
        call
    }

    pub(crate) fn accept(&mut self, subject: Option<SubjectId>) -> CallId {
        self.calls += 1;
        let call = CallId(Uuid::from_u128((0x0193_6b5c << 96) | self.calls));
        self.push(Fact::CallAccepted { call, line: LineId::new(["help", "jobs"][self.calls as usize % 2]), subject });
        call
    }

    pub(crate) fn push(&mut self, fact: Fact) {
        self.at += 1_700;
        let seq = self.ledger.last_seq() + 1;
        let envelope = Envelope { partition: 0, seq, epoch: self.epoch, at: UtcMs(self.at), fact };
        self.ledger.apply(&envelope).expect("the script writes sound facts only");
        self.envelopes.push(envelope);
    }

    /// A killed process and a new leader.
    pub(crate) fn restart(&mut self) {
        self.epoch += 1;
        self.push(Fact::CentreStarted { program: "0.1.1".to_owned() });
        let now = UtcMs(self.at);
        for fact in self.ledger.close_interrupted(|_| now.plus_ms(3_600_000)) {
            self.push(fact);
        }
        for fact in self.ledger.promises().release_taken() {
            self.push(fact);
        }
        self.close_recordings();
    }

    pub(crate) fn end(&mut self, call: CallId, side: HangupSide) {
        let open = self.ledger.open_call(call).expect("an open call").clone();
        let outcome = match (open.answered_at, open.queued_at) {
            (Some(_), _) => Outcome::Answered,
            (None, Some(_)) => Outcome::Abandoned(AbandonStage::Queue),
            (None, None) => Outcome::Abandoned(AbandonStage::Greeting),
        };
        self.push(Fact::CallEnded(CallEnded {
            call,
            line: open.line,
            outcome,
            side,
            started_at: open.started_at,
            queued_at: open.queued_at,
            answered_at: open.answered_at,
            agent: open.agent,
        }));
    }

    fn step(&mut self, step: u16) {
        let open: Vec<_> = self.ledger.open_calls().map(|open| open.call).collect();
        let chosen = open.get(usize::from(step >> 4) % open.len().max(1)).copied();
        let Some(call) = chosen else {
            self.accept(None);
            return;
        };
        match step & 0xf {
            0..=2 => {
                self.accept((step & 0x10 == 0).then(|| SubjectId(Uuid::from_u128(u128::from(step)))));
            }
            3 | 4 => self.push(Fact::CallQueued { call, entry: QueueEntry::First }),
            5 | 6 => self.offer(call),
            7 | 8 => self.join(call),
            9 => self.push(Fact::SpecialistLost { call, agent: AgentId::new("anna") }),
            10..=12 => self.end(call, HangupSide::Specialist),
            13 => self.close_recordings(),
            14 => {
                let mode = if step & 0x10 == 0 { LineMode::Open } else { LineMode::Closed };
                self.push(Fact::LineModeChanged { line: LineId::new("help"), mode, by: None });
            }
            _ if step >> 4 == 0 => self.restart(),
            _ => self.push(Fact::AgentChanged {
                agent: AgentId::new("anna"),
                state: AgentState::Ready,
                by: None,
                was: None,
            }),
        }
    }

    fn offer(&mut self, call: CallId) {
        self.push(Fact::CallOffered { call, agent: AgentId::new("anna"), offer: OfferId(self.ledger.facts()) });
    }

    fn join(&mut self, call: CallId) {
        let recording = Some(format!("2026-11-24/{call}.wav"));
        self.push(Fact::CallJoined(CallJoined { call, agent: AgentId::new("anna"), recording }));
    }

    /// Completes the recordings of the calls that are over.
    fn close_recordings(&mut self) {
        let over = |call: &CallId| self.ledger.open_call(*call).is_none();
        let done: Vec<_> = self.ledger.open_recordings().filter(|(call, _)| over(call)).collect();
        let done: Vec<_> = done.into_iter().map(|(call, file)| (call, file.to_owned())).collect();
        for (call, file) in done {
            let bytes = wav(40);
            self.push(Fact::RecordingClosed(RecordingClosed {
                call,
                file: file.clone(),
                size_bytes: bytes.len() as u64,
                duration_ms: 40,
                sha256: hex(&Sha256::digest(&bytes)),
                dropped_frames: 0,
            }));
            self.files.push((file, bytes));
        }
    }
}

/// A stereo WAV file of 8-bit sound at 8,000 Hz.
fn wav(duration_ms: u32) -> Vec<u8> {
    let data = duration_ms * 16;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x06\0\x02\0");
    bytes.extend(8_000_u32.to_le_bytes());
    bytes.extend(16_000_u32.to_le_bytes());
    bytes.extend(b"\x02\0\x08\0data");
    bytes.extend(data.to_le_bytes());
    bytes.extend((0..data).map(|n| n.to_le_bytes()[0]));
    bytes
}

fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).expect("a hex digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}
