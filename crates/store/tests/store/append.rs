//! One transaction: all of it or none of it, by one leader only.

use jiff::civil::date;
use otklik_model::{
    CallEnded, Fact, HangupSide, LineId, Outcome, Personal, PhoneNumber, PromiseId, PromiseKind, SubjectId,
};
use otklik_store::{Batch, CallsQuery, OpenMode, PromisesQuery, Store, StoreError};
use uuid::Uuid;

use crate::place::{Place, append, append_all, zone};
use crate::script::Script;

#[tokio::test]
async fn an_append_moves_every_table() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let call = script.answered_call();
    let subject = SubjectId(Uuid::from_u128(0x500));
    let phone = PhoneNumber::parse("+79000000014").expect("a number");
    let subjects = vec![(subject, Personal::new(phone.clone()))];
    store.append(&Batch { envelopes: script.envelopes.clone(), subjects, ..Batch::default() }).await.expect("appended");

    let row = store.call(call).await.expect("read").expect("the call is there");
    assert_eq!((row.outcome, row.side, row.offers), (Some(Outcome::Answered), Some(HangupSide::Caller), 1));
    assert_eq!(row.caller, Some(Personal::new(phone.clone())));
    assert_eq!(row.agent.as_ref().map(ToString::to_string), Some("anna".to_owned()));
    assert!(row.queued_at > Some(row.started_at) && row.answered_at > row.queued_at && row.ended_at > row.answered_at);
    let recording = row.recording_closed.expect("the recording is complete");
    assert_eq!((Some(recording.file), recording.duration_ms), (row.recording, 40));
    assert_eq!(store.subject_of(&phone).await.expect("read"), Some(subject));
    assert_eq!(store.phone_of(subject).await.expect("read"), Some(Personal::new(phone)));

    let day = date(2026, 11, 24);
    let figures = store.day_figures(Some(&row.line), day).await.expect("read");
    assert_eq!((figures.accepted, figures.offered, figures.answered), (1, 1, 1));
    assert_eq!((figures.service_level_bp, figures.asa_ms), (Some(10_000), Some(3_400)));
    let all = store.day_figures(None, day).await.expect("read");
    assert_eq!(all.of_one_line(), figures);
    assert_eq!(store.half_hours(None, day).await.expect("read"), [(16, all)]);
    let nothing = store.day_figures(Some(&LineId::new("other")), day).await.expect("read");
    assert_eq!((nothing.accepted, nothing.service_level_bp), (0, None));

    let events = store.events((0, 0, 0), 10).await.expect("read");
    assert_eq!(events.iter().map(|event| event.topic.as_str()).collect::<Vec<_>>(), ["call_ended"]);
    assert!(!events[0].body.contains("79000000014") && !events[0].body.contains(&subject.to_string()));
    let last = (events[0].partition, events[0].seq, events[0].n);
    assert_eq!(store.events(last, 10).await.expect("read"), []);
}

#[tokio::test]
async fn an_interrupted_call_is_owed() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let call = script.accept(None);
    let later = script.accept(None);
    append_all(&store, &script.envelopes).await;
    let before = script.envelopes.len();
    script.restart();
    append_all(&store, &script.envelopes[before..]).await;

    let open = |limit, after| PromisesQuery { limit, after, ..PromisesQuery::default() };
    let owed = store.promises(open(1, None)).await.expect("read");
    assert_eq!((owed[0].id, owed[0].call, owed[0].kind), (PromiseId(call.0), call, PromiseKind::OurFault));
    let next = store.promises(open(10, Some((owed[0].due_at, owed[0].id)))).await.expect("read");
    assert_eq!(next.iter().map(|promise| promise.call).collect::<Vec<_>>(), [later]);
    let row = store.call(call).await.expect("read").expect("the call");
    assert_eq!(
        (row.outcome, row.promise.map(|promise| promise.due_at)),
        (Some(Outcome::Interrupted), Some(owed[0].due_at))
    );
    let topics: Vec<_> = store.events((0, 0, 0), 10).await.expect("read").into_iter().map(|e| e.topic).collect();
    assert_eq!(topics, ["call_ended", "promise_made", "call_ended", "promise_made"]);
}

#[tokio::test]
async fn a_failed_append_changes_nothing() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    script.answered_call();
    append_all(&store, &script.envelopes).await;
    let before = place.dump().await;
    let done = script.envelopes.len();
    script.answered_call();
    let next = &script.envelopes[done..];
    let phone = PhoneNumber::parse("+79000000015").expect("a number");
    let subjects = vec![(SubjectId(Uuid::from_u128(9)), Personal::new(phone))];

    let mut gap = next.to_vec();
    gap.remove(2);
    let refused = store.append(&Batch { envelopes: gap, subjects: subjects.clone(), ..Batch::default() }).await;
    assert!(matches!(refused, Err(StoreError::Gap { .. })), "{refused:?}");
    let twice = append(&store, &script.envelopes[..2]).await;
    assert!(matches!(twice, Err(StoreError::Gap { .. })), "{twice:?}");
    assert_eq!(place.dump().await, before);

    // The database itself fails at the last of all changes.
    place.behind_once("CREATE TRIGGER full BEFORE INSERT ON recordings BEGIN SELECT RAISE(ABORT, 'full'); END").await;
    let failed =
        store.append(&Batch { envelopes: next.to_vec(), subjects: subjects.clone(), ..Batch::default() }).await;
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    assert_eq!(place.dump().await, before);
    place.behind_once("DROP TRIGGER full").await;
    store
        .append(&Batch { envelopes: next.to_vec(), subjects, ..Batch::default() })
        .await
        .expect("the same facts fit afterwards");
}

#[tokio::test]
async fn a_second_outcome_is_impossible_and_counted() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let call = script.answered_call();
    append_all(&store, &script.envelopes).await;
    let before = place.dump().await;

    let mut second = script.envelopes.last().expect("a fact").clone();
    second.seq += 1;
    second.fact = Fact::CallEnded(CallEnded {
        call,
        line: LineId::new("help"),
        outcome: Outcome::Rejected,
        side: HangupSide::Centre,
        started_at: second.at,
        queued_at: None,
        answered_at: None,
        agent: None,
    });
    append(&store, &[second.clone()]).await.expect("the transaction goes on");
    assert_eq!(store.repeated_facts(), 1);
    let beside = |rows: Vec<String>| rows.into_iter().filter(|row| !row.starts_with("journal")).collect::<Vec<_>>();
    assert_eq!(beside(place.dump().await), beside(before), "the first outcome stands, and no figure moved");
    assert_eq!(store.recover().await.expect("recovers").faults, 1);

    second.seq += 1;
    second.fact = Fact::LineModeChanged { line: LineId::new("help"), mode: otklik_model::LineMode::Open, by: None };
    append(&store, &[second]).await.expect("the centre works on");
}

#[tokio::test]
async fn who_no_longer_leads_is_refused() {
    let place = Place::new();
    let first = place.lead().await;
    let script = Script::of([0, 0x10, 3]);
    append(&first, &script.envelopes[..2]).await.expect("the first leads");

    let second = place.open(OpenMode::Lead).await;
    let early = append(&second, &script.envelopes[2..]).await;
    assert!(matches!(early, Err(StoreError::Fenced { ours: 0, stored: 1 })), "{early:?}");
    assert_eq!(second.begin_epoch().await.expect("an epoch begins"), 2);
    let late = append(&first, &script.envelopes[2..]).await;
    assert!(matches!(late, Err(StoreError::Fenced { ours: 1, stored: 2 })), "{late:?}");
    let late = first.snapshot(&script.ledger).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    let old = append(&second, &script.envelopes[2..]).await;
    assert!(matches!(old, Err(StoreError::Fenced { ours: 1, stored: 2 })), "facts of an old epoch: {old:?}");
    let mut fresh = script.envelopes[2..].to_vec();
    for envelope in &mut fresh {
        envelope.epoch = 2;
    }
    append(&second, &fresh).await.expect("the second leads");
}

#[tokio::test]
async fn a_reader_works_beside_a_writer_and_changes_nothing() {
    let place = Place::new();
    let missing = Store::open(place.location(), zone(), OpenMode::ReadOnly).await;
    assert!(matches!(missing, Err(StoreError::NotFound { .. })));

    let writer = place.lead().await;
    let mut script = Script::new();
    script.answered_call();
    append_all(&writer, &script.envelopes).await;
    let reader = place.open(OpenMode::ReadOnly).await;
    let all = || CallsQuery { limit: 200, ..CallsQuery::default() };
    assert_eq!(reader.calls(all()).await.expect("read").len(), 1);
    let done = script.envelopes.len();
    script.answered_call();
    append_all(&writer, &script.envelopes[done..]).await;
    assert_eq!(reader.calls(all()).await.expect("read").len(), 2, "what is written is seen");

    assert!(matches!(reader.begin_epoch().await, Err(StoreError::ReadOnly)));
    assert!(matches!(append(&reader, &script.envelopes).await, Err(StoreError::ReadOnly)));
    assert!(matches!(reader.rebuild().await, Err(StoreError::ReadOnly)));
    reader.close().await.expect("closes");
    writer.close().await.expect("closes");

    let alone = place.open(OpenMode::ReadOnly).await;
    assert_eq!(alone.calls(all()).await.expect("read").len(), 2, "also where no server runs");
    alone.close().await.expect("closes");
    place.damage("UPDATE seaql_migrations SET version = 'm9999_future' WHERE version = (SELECT MAX(version) FROM seaql_migrations)").await;
    let newer = Store::open(place.location(), zone(), OpenMode::ReadOnly).await;
    assert!(matches!(newer, Err(StoreError::OtherSchema { .. })));
}

#[tokio::test]
async fn a_journal_of_a_newer_program_cannot_be_led() {
    let place = Place::new();
    let store = place.lead().await;
    append_all(&store, &Script::of([0, 3]).envelopes).await;
    place.damage("UPDATE journal SET kind = 'call_teleported' WHERE seq = 3").await;
    let refused = store.recover().await;
    assert!(matches!(refused, Err(StoreError::UnknownKind { seq: 3, .. })), "{refused:?}");
}
