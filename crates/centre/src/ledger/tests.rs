//! The ledger over a real course of calls, and over courses that no sound journal holds.

use otklik_model::{
    AbandonStage, AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, LineMode, Outcome,
    PromiseId, PromiseKind, QueueEntry, RecordingClosed, SubjectId, UtcMs,
};
use uuid::Uuid;

use super::{Ledger, LedgerFault, Place};

const A: CallId = CallId(Uuid::from_u128(0xA));
const B: CallId = CallId(Uuid::from_u128(0xB));
const CALLER: SubjectId = SubjectId(Uuid::from_u128(0x5));

fn envelope(seq: u64, at: i64, fact: Fact) -> Envelope {
    Envelope { partition: 0, seq, epoch: 1, at: UtcMs(at), fact }
}

fn accepted(call: CallId) -> Fact {
    Fact::CallAccepted { call, line: LineId::new("help"), subject: Some(CALLER) }
}

fn queued(call: CallId, entry: QueueEntry) -> Fact {
    Fact::CallQueued { call, entry }
}

fn joined(call: CallId, recording: &str) -> Fact {
    Fact::CallJoined(CallJoined { call, agent: AgentId::new("anna"), recording: Some(recording.to_owned()) })
}

fn ended(call: CallId, started_at: i64, queued_at: Option<i64>, answered_at: Option<i64>) -> Fact {
    Fact::CallEnded(CallEnded {
        call,
        line: LineId::new("help"),
        outcome: Outcome::Abandoned(AbandonStage::Queue),
        side: HangupSide::Caller,
        started_at: UtcMs(started_at),
        queued_at: queued_at.map(UtcMs),
        answered_at: answered_at.map(UtcMs),
        agent: None,
    })
}

/// Folds facts at seq 1, 2, 3... and at 10, 20, 30... ms, and gives the faults beside the sum.
fn fold(facts: Vec<Fact>) -> (Ledger, Vec<LedgerFault>) {
    let mut ledger = Ledger::default();
    let mut faults = Vec::new();
    for (seq, fact) in (1_u32..).zip(facts) {
        faults.extend(ledger.apply(&envelope(u64::from(seq), i64::from(seq) * 10, fact)).err());
    }
    (ledger, faults)
}

#[test]
fn an_open_call_keeps_all_that_its_end_must_say() {
    let (ledger, faults) = fold(vec![
        accepted(A),
        accepted(B),
        queued(A, QueueEntry::First),
        joined(A, "2026/a.wav"),
        Fact::SpecialistLost { call: A, agent: AgentId::new("anna") },
        queued(A, QueueEntry::SpecialistLost),
        ended(B, 20, None, None),
        Fact::LineModeChanged { line: LineId::new("help"), mode: LineMode::Closed, by: None },
    ]);
    assert_eq!(faults, []);
    let open: Vec<_> = ledger.open_calls().collect();
    let [call] = open[..] else { panic!("one call is open, not {}", open.len()) };
    assert_eq!((call.started_at, call.queued_at, call.answered_at), (UtcMs(10), Some(UtcMs(30)), Some(UtcMs(40))));
    assert_eq!((call.place, call.specialist_lost), (Place::Queue, true));
    assert_eq!(call.recording.as_deref(), Some("2026/a.wav"));
    assert_eq!(ledger.open_recordings().collect::<Vec<_>>(), [(A, "2026/a.wav")]);
    assert_eq!(ledger.line_modes().get(&LineId::new("help")), Some(&LineMode::Closed));
    assert_eq!((ledger.facts(), ledger.last_seq(), ledger.last_at()), (8, 8, UtcMs(80)));
}

#[test]
fn a_new_leader_ends_each_open_call_once_and_owes_each_caller() {
    let (mut ledger, _) = fold(vec![accepted(A), accepted(B), queued(A, QueueEntry::First), joined(A, "a.wav")]);
    let due_at = UtcMs(9_000);
    let facts = ledger.close_interrupted(|_| due_at);
    assert_eq!(facts.len(), 4);
    for (seq, fact) in (5..).zip(&facts) {
        ledger.apply(&envelope(seq, 500, fact.clone())).expect("the closing facts fit the journal");
    }
    assert_eq!(ledger.open_calls().count(), 0);
    let Some(Fact::CallEnded(end)) = facts.first() else { panic!("the end of the call comes first") };
    assert_eq!((end.call, end.outcome, end.side), (A, Outcome::Interrupted, HangupSide::Centre));
    assert_eq!((end.queued_at, end.answered_at), (Some(UtcMs(30)), Some(UtcMs(40))));
    let owed = Fact::PromiseMade {
        promise: PromiseId(A.0),
        call: A,
        subject: Some(CALLER),
        promise_kind: PromiseKind::OurFault,
        due_at,
        line: Some(LineId::new("help")),
    };
    assert_eq!(facts.get(1), Some(&owed));
    assert_eq!(ledger.close_interrupted(|_| due_at), [], "nothing is left to close");

    let closed = RecordingClosed {
        call: A,
        file: "a.wav".to_owned(),
        size_bytes: 44,
        duration_ms: 0,
        sha256: String::new(),
        dropped_frames: 0,
    };
    assert_eq!(ledger.open_recordings().count(), 1, "the recording outlives the call");
    ledger.apply(&envelope(9, 600, Fact::RecordingClosed(closed))).expect("a recording may close after the end");
    assert_eq!(ledger.open_recordings().count(), 0);
}

#[test]
fn impossible_courses_are_faults() {
    let not_open = |seq, call| LedgerFault::NotOpen { seq, call };
    let table: Vec<(&str, Vec<Fact>, Vec<LedgerFault>)> = vec![
        (
            "a second outcome",
            vec![accepted(A), ended(A, 10, None, None), ended(A, 10, None, None)],
            vec![not_open(3, A)],
        ),
        ("a call that was never accepted", vec![queued(B, QueueEntry::First)], vec![not_open(1, B)]),
        ("a talk after the end", vec![accepted(A), ended(A, 10, None, None), joined(A, "a")], vec![not_open(3, A)]),
        ("accepted twice", vec![accepted(A), accepted(A)], vec![LedgerFault::AcceptedTwice { seq: 2, call: A }]),
        (
            "an end that forgets the queue",
            vec![accepted(A), queued(A, QueueEntry::First), ended(A, 10, None, None)],
            vec![LedgerFault::EndDiffers { seq: 3, call: A }],
        ),
    ];
    for (name, facts, expected) in table {
        assert_eq!(fold(facts).1, expected, "{name}");
    }
}

#[test]
fn a_journal_out_of_order_is_a_fault() {
    let started = || Fact::CentreStarted { program: "0.1.0".to_owned() };
    let table: [(u64, u64, i64, Result<(), LedgerFault>); 4] = [
        (3, 2, 20, Ok(())),
        (4, 2, 20, Err(LedgerFault::SeqGap { expected: 3, found: 4 })),
        (3, 1, 20, Err(LedgerFault::EpochFell { seq: 3 })),
        (3, 2, 19, Err(LedgerFault::TimeFell { seq: 3 })),
    ];
    for (seq, epoch, at, expected) in table {
        let mut ledger = Ledger::default();
        for seq in 1..=2 {
            let first = Envelope { epoch: 2, ..envelope(seq, 20, started()) };
            ledger.apply(&first).expect("the first two are sound");
        }
        let next = Envelope { epoch, ..envelope(seq, at, started()) };
        assert_eq!(ledger.apply(&next), expected);
        assert_eq!((ledger.last_seq(), ledger.last_epoch(), ledger.last_at()), (seq, 2, UtcMs(20)), "never falls");
    }
}

#[test]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test names the facts that it is about")]
fn a_message_that_a_crash_cut_is_the_last_take_with_words_and_is_owed_an_answer() {
    let started = |call, file: &str| Fact::MessageStarted { call, file: file.to_owned() };
    let spoken = |call, file: &str| Fact::MessageSpoken { call, file: file.to_owned() };
    let kept = Fact::PromiseMade {
        promise: PromiseId(B.0),
        call: B,
        subject: Some(CALLER),
        promise_kind: PromiseKind::VoiceMessage,
        due_at: UtcMs(900),
        line: None,
    };
    let withheld = Fact::CallAccepted { call: A, line: LineId::new("help"), subject: None };
    let (ledger, faults) = fold(vec![
        withheld,
        Fact::NumberGiven { call: A, subject: CALLER },
        started(A, "a.wav"),
        spoken(A, "a.wav"),
        started(A, "a-2.wav"),
        accepted(B),
        started(B, "b.wav"),
        started(B, "b-2.wav"),
        spoken(B, "b-2.wav"),
        kept,
    ]);
    assert_eq!(faults, []);
    assert_eq!(ledger.open_recordings().collect::<Vec<_>>(), [(A, "a.wav"), (B, "b-2.wav")]);
    let said: Vec<_> = ledger
        .close_interrupted(|_| UtcMs(700))
        .into_iter()
        .map(|fact| match fact {
            Fact::CallEnded(ended) => (ended.call, Some(ended.outcome), None),
            Fact::PromiseMade { call, subject, promise_kind, .. } => (call, None, Some((promise_kind, subject))),
            other => panic!("{other:?}"),
        })
        .collect();
    let owed = (PromiseKind::VoiceMessage, Some(CALLER));
    let cut = [(A, Some(Outcome::Interrupted), None), (A, None, Some(owed))];
    assert_eq!(said, [cut[0], cut[1], (B, Some(Outcome::Recorded), None)], "what was kept before is no broken call");
}
