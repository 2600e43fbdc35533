//! Stopping: everybody on the line is owed a call back, and all of it is on disk when the stop returns.

use std::time::Duration;

use otklik_model::{DeskCommand, LegEvent, LegOrder, Outcome, PromiseKind};
use sea_orm::ConnectionTrait;

use crate::place::Place;
use crate::rig::{Recorded, Rig, leg, soon};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_owes_every_caller_and_waits_for_recordings_within_a_limit() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::Yes).await;
    rig.sit_down("anna").await;
    rig.bring_to_queue(leg(1), Some("+79000000001")).await;
    rig.expect_play(leg(1), "queue_enter").await;
    let talk = rig.ringing_at("anna").await;
    rig.desk("anna", DeskCommand::Accept { call: talk }).await.expect("accepted");
    assert!(matches!(rig.order().await, LegOrder::Record { .. }));
    assert!(matches!(rig.order().await, LegOrder::Join { .. }));
    rig.bring_to_queue(leg(2), None).await;
    rig.expect_play(leg(2), "queue_unknown").await;
    rig.ring(leg(3), Some("+79000000003")).await;
    rig.expect(LegOrder::Answer { leg: leg(3) }).await;

    let stopping = {
        let engine = rig.engine.clone();
        tokio::spawn(async move { engine.stop().await })
    };
    let again = rig.engine.clone();
    for n in 1..=3 {
        rig.expect(LegOrder::Hangup { leg: leg(n) }).await;
    }
    assert!(matches!(rig.order().await, LegOrder::Hangup { .. }), "the desk's leg");
    // Who rings now is turned away, and a second stop does not cut the first one short.
    rig.ring(leg(4), Some("+79000000004")).await;
    rig.expect(LegOrder::Reject { leg: leg(4), status: 503 }).await;
    rig.ring(leg(5), None).await;
    rig.expect(LegOrder::Reject { leg: leg(5), status: 503 }).await;
    soon("the second stop", again.stop()).await;
    soon("the first stop", stopping).await.expect("no panic");

    let calls = place.calls().await;
    assert_eq!(calls.len(), 3);
    for call in &calls {
        assert_eq!(call.outcome, Some(Outcome::Interrupted));
        assert_eq!(call.promise.expect("a promise").kind, PromiseKind::OurFault);
    }
    soon("the task to end", rig.task).await.expect("no panic").expect("the recording did not hold it up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_does_not_wait_for_a_locked_disk_for_ever_and_the_next_start_makes_it_good() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    rig.ring(leg(1), Some("+79000000001")).await;
    rig.expect(LegOrder::Answer { leg: leg(1) }).await;
    let lock = place.behind().await;
    lock.execute_unprepared("BEGIN IMMEDIATE").await.expect("locked");
    let ended = tokio::time::timeout(Duration::from_secs(20), rig.stop()).await.expect("a limit");
    assert!(matches!(ended, Err(otklik_engine::EngineError::StopUnfinished)), "{ended:?}");
    lock.execute_unprepared("ROLLBACK").await.expect("let go");

    let rig = Rig::start(&place, Recorded::No).await;
    rig.stop().await.expect("stops");
    let calls = place.calls().await;
    assert_eq!(calls.iter().map(|call| call.outcome).collect::<Vec<_>>(), [Some(Outcome::Interrupted)]);
    assert!(calls[0].promise.is_some());
    let report = place.verify().await;
    assert!(report.is_sound(), "{:?}", report.faults);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_that_closes_lets_the_stop_end_at_once() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::Yes).await;
    rig.sit_down("anna").await;
    rig.bring_to_queue(leg(1), None).await;
    rig.expect_play(leg(1), "queue_enter").await;
    let call = rig.ringing_at("anna").await;
    rig.desk("anna", DeskCommand::Accept { call }).await.expect("accepted");
    let LegOrder::Record { file, .. } = rig.order().await else { panic!("recorded") };
    assert!(matches!(rig.order().await, LegOrder::Join { .. }));
    let (engine, events) = (rig.engine.clone(), rig.events.clone());
    let stop = tokio::spawn(async move { engine.stop().await });
    rig.expect(LegOrder::Hangup { leg: leg(1) }).await;
    let closed = otklik_model::RecordingClosed {
        call,
        file,
        size_bytes: 44,
        duration_ms: 0,
        sha256: String::new(),
        dropped_frames: 0,
    };
    events.send(LegEvent::RecordingClosed(closed)).await.expect("the engine still listens");
    // Well under the limit for recordings, which is 3 s.
    tokio::time::timeout(Duration::from_secs(2), stop).await.expect("at once").expect("no panic");
    assert_eq!(place.journal().await.last().map(String::as_str), Some("A recording closed"));
}
