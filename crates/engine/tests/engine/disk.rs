//! A disk that does not take what it is given: slow, locked, or another's.

use std::time::Duration;

use otklik_engine::EngineError;
use otklik_model::{AgentId, DeskCommand, LegEvent, LegOrder};
use otklik_store::OpenMode;
use sea_orm::ConnectionTrait;
use tokio::sync::mpsc::error::TryRecvError;

use crate::place::Place;
use crate::rig::{Recorded, Rig, leg, soon};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_journal_is_locked_talk_goes_on_and_nothing_is_promised() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    rig.sit_down("anna").await;
    rig.ring(leg(1), Some("+79000000001")).await;
    rig.expect(LegOrder::Answer { leg: leg(1) }).await;

    let lock = place.behind().await;
    lock.execute_unprepared("BEGIN IMMEDIATE").await.expect("locked");
    rig.ring(leg(2), Some("+79000000002")).await;
    let live = rig.until("a late commit", |live| !live.storing).await;
    assert_eq!(live.view.calls.len(), 2);
    assert!(!rig.engine.is_alive().await, "a call would not be answered now");
    assert_eq!(rig.effects.try_recv(), Err(TryRecvError::Empty), "not answered before it is stored");

    rig.send(LegEvent::Up { leg: leg(1) }).await;
    let play = rig.expect_play(leg(1), "greeting").await;
    rig.send(LegEvent::PlayDone { leg: leg(1), play }).await;
    let play = rig.expect_play(leg(1), "danger_first").await;
    rig.send(LegEvent::PlayDone { leg: leg(1), play }).await;
    rig.expect_play(leg(1), "queue_enter").await;
    let call = rig.ringing_at("anna").await;
    let engine = rig.engine.clone();
    let accept = engine.desk(AgentId::new("anna"), DeskCommand::Accept { call });
    tokio::pin!(accept);
    // Longer than a statement waits for the lock: the commit fails, and is tried again.
    let answered = tokio::time::timeout(Duration::from_millis(5_500), &mut accept).await;
    assert!(answered.is_err(), "a desk was answered before the talk was stored: {answered:?}");
    assert!(matches!(rig.order().await, LegOrder::Join { .. }), "the talk did not wait");
    assert_eq!(rig.effects.try_recv(), Err(TryRecvError::Empty));

    lock.execute_unprepared("ROLLBACK").await.expect("let go");
    rig.expect(LegOrder::Answer { leg: leg(2) }).await;
    soon("the desk's answer", accept).await.expect("accepted");
    rig.until("the journal to take facts again", |live| live.storing).await;
    rig.stop().await.expect("stops");
    let journal = place.journal().await;
    let expected = [
        "started",
        "anna break",
        "anna ready",
        "A accepted",
        "B accepted",
        "A queued",
        "A offered to anna",
        "anna reserved",
        "anna talking",
        "A joined by anna",
        "A ended by centre: interrupted",
        "A promised: our_fault",
        "anna wraps up",
        "B ended by centre: interrupted",
        "B promised: our_fault",
        "anna offline",
    ];
    assert_eq!(journal, expected);
    let report = place.verify().await;
    assert!(report.is_sound(), "{:?}", report.faults);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leads_no_longer_stops_and_answers_nobody() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    let other = place.open(OpenMode::Lead).await;
    other.begin_epoch().await.expect("another leads");
    let before = place.facts().await.len();
    rig.ring(leg(1), Some("+79000000001")).await;
    let ended = soon("the task to end", rig.task).await.expect("no panic");
    assert!(matches!(&ended, Err(EngineError::Store(error)) if error.is_fenced()), "{ended:?}");
    assert_eq!(rig.effects.recv().await, None, "the caller was not answered");
    assert_eq!(place.facts().await.len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_switch_the_engine_stops() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    rig.effects.close();
    let ended = soon("the task to end", rig.task).await.expect("no panic");
    assert!(matches!(ended, Err(EngineError::SwitchGone)), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_memory_may_hold_is_refused_and_no_order_is_lost_when_the_disk_is_back() {
    const CALLERS: u128 = 10_600;
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    let lock = place.behind().await;
    lock.execute_unprepared("BEGIN IMMEDIATE").await.expect("locked");
    for n in 1..=CALLERS {
        rig.ring(leg(n), None).await;
    }
    let LegOrder::Reject { leg: first_refused, status: 503 } = rig.order().await else { panic!("one is refused") };
    assert!(first_refused > leg(10_000), "within the limit nobody is: {first_refused}");
    lock.execute_unprepared("ROLLBACK").await.expect("let go");
    let (mut answered, mut refused) = (0, 1);
    while answered + refused < CALLERS {
        let effect = soon("an order", rig.effects.recv()).await.expect("the engine runs");
        assert_eq!(u128::from(effect.key.n), answered + refused + 1, "none is lost, none overtakes");
        if matches!(effect.order, LegOrder::Answer { .. }) { answered += 1 } else { refused += 1 }
    }
    assert_eq!(place.calls().await.len() as u128, answered);
    assert!(refused > 1 && answered >= 10_000, "{answered} answered, {refused} refused");
}
