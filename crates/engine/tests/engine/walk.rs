//! Whole calls: what the journal holds in the end, and what leaves only when it does.

use otklik_model::{AgentId, DeskCommand, DeskRefusal, LegEvent, LegOrder, RecordingClosed};
use otklik_store::OpenMode;

use crate::place::Place;
use crate::rig::{Recorded, Rig, leg};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_from_ring_to_recording() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::Yes).await;
    let anna = rig.sit_down("anna").await;
    let caller = leg(1);
    rig.ring(caller, Some("+79000000001")).await;
    rig.expect(LegOrder::Answer { leg: caller }).await;
    let beside = place.open(OpenMode::ReadOnly).await;
    let accepted = beside.calls_after(None, 10).await.expect("reads");
    assert_eq!(accepted.len(), 1, "the answer leaves when the call is on disk");
    assert_eq!(accepted[0].caller.as_ref().expect("a number").reveal().as_str(), "+79000000001");

    rig.send(LegEvent::Up { leg: caller }).await;
    let play = rig.expect_play(caller, "greeting").await;
    rig.send(LegEvent::PlayDone { leg: caller, play }).await;
    let play = rig.expect_play(caller, "danger_first").await;
    rig.send(LegEvent::PlayDone { leg: caller, play }).await;
    rig.expect_play(caller, "queue_enter").await;
    let call = rig.ringing_at("anna").await;
    assert_eq!(rig.engine.live().borrow().numbers.len(), 1);
    let gone = rig.desk("vera", DeskCommand::Accept { call }).await;
    assert_eq!(gone, Err(DeskRefusal::OfferGone.into()));
    rig.desk("anna", DeskCommand::Accept { call }).await.expect("accepted");
    let row = beside.call(call).await.expect("reads").expect("stands there");
    assert!(row.answered_at.is_some(), "a desk is answered when the talk is on disk");
    let LegOrder::Record { file, .. } = rig.order().await else { panic!("the talk is recorded") };
    rig.expect(LegOrder::Join { caller, agent: anna }).await;

    rig.desk("anna", DeskCommand::HangUp { call }).await.expect("hangs up");
    rig.expect(LegOrder::Hangup { leg: caller }).await;
    let closed =
        RecordingClosed { call, file, size_bytes: 44, duration_ms: 0, sha256: String::new(), dropped_frames: 0 };
    rig.send(LegEvent::RecordingClosed(closed)).await;
    rig.until("the recording on disk", |live| live.stored_seq == 12).await;
    rig.stop().await.expect("stops");
    let journal = place.journal().await;
    let expected = [
        "started",
        "anna break",
        "anna ready",
        "A accepted",
        "A queued",
        "A offered to anna",
        "anna reserved",
        "anna talking",
        "A joined by anna",
        "A ended by specialist: answered",
        "anna wraps up",
        "A recording closed",
        "anna offline",
    ];
    assert_eq!(journal, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_number_is_one_subject_and_is_found_again() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    for n in 1..=4 {
        let number = if n == 3 { "+79000000002" } else { "+79000000001" };
        rig.ring(leg(n), Some(number)).await;
    }
    rig.ring(leg(5), None).await;
    rig.hang_up(leg(4)).await;
    for _ in 1..=5 {
        assert!(matches!(rig.order().await, LegOrder::Answer { .. }));
    }
    rig.stop().await.expect("stops");
    let mut rig = Rig::start(&place, Recorded::No).await;
    rig.ring(leg(6), Some("8 900 000-00-01")).await;
    rig.expect(LegOrder::Answer { leg: leg(6) }).await;
    rig.stop().await.expect("stops");

    let calls = place.calls().await;
    let from = |number: &str| {
        let of = |call: &&otklik_store::CallRow| call.caller.as_ref().is_some_and(|c| c.reveal().as_str() == number);
        calls.iter().filter(of).map(|call| call.subject).collect::<Vec<_>>()
    };
    let first = from("+79000000001");
    assert_eq!(first.len(), 4);
    assert!(first.iter().all(|subject| *subject == first[0] && subject.is_some()), "{first:?}");
    assert_ne!(from("+79000000002"), [first[0]]);
    assert_eq!(calls.iter().filter(|call| call.subject.is_none()).count(), 1, "withheld");
    assert!(place.verify().await.is_sound());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sound_is_negotiated_for_open_desks_only() {
    let place = Place::new();
    let rig = Rig::start(&place, Recorded::No).await;
    let refused = rig.engine.open_media(AgentId::new("nobody"), "offer".to_owned()).await;
    assert_eq!(refused, Err(otklik_engine::MediaError::DeskClosed));
    assert!(rig.engine.is_alive().await);
    let engine = rig.engine.clone();
    rig.stop().await.expect("stops");
    assert!(!engine.is_alive().await);
    assert_eq!(engine.desk(AgentId::new("anna"), DeskCommand::Open).await, Err(otklik_engine::DeskError::Unreached));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_costs_the_recording_and_not_the_talk() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::Yes).await;
    let anna = rig.sit_down("anna").await;
    rig.engine.allow_recording(false).await;
    let caller = leg(1);
    rig.ring(caller, Some("+79000000001")).await;
    rig.expect(LegOrder::Answer { leg: caller }).await;
    rig.send(LegEvent::Up { leg: caller }).await;
    let play = rig.expect_play(caller, "greeting").await;
    rig.send(LegEvent::PlayDone { leg: caller, play }).await;
    let play = rig.expect_play(caller, "danger_first").await;
    rig.send(LegEvent::PlayDone { leg: caller, play }).await;
    rig.expect_play(caller, "queue_enter").await;
    let call = rig.ringing_at("anna").await;
    rig.desk("anna", DeskCommand::Accept { call }).await.expect("accepted");
    rig.expect(LegOrder::Join { caller, agent: anna }).await;
    assert!(rig.engine.live().borrow().view.calls.iter().all(|call| !call.recorded));

    rig.desk("anna", DeskCommand::HangUp { call }).await.expect("hangs up");
    rig.expect(LegOrder::Hangup { leg: caller }).await;
    rig.stop().await.expect("stops");
    let row = place.open(OpenMode::ReadOnly).await.call(call).await.expect("reads").expect("stands there");
    assert_eq!((row.recording, row.not_recorded.as_deref()), (None, Some("disk_floor")));
    assert!(place.journal().await.contains(&"A not recorded: disk_floor".to_owned()));
}
