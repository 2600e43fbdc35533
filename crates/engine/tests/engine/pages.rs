//! A caller's page at the engine: it opens a leg, rings by itself, comes back, hangs up, and is told when it is over.

use otklik_engine::{CallerLine, EngineHandle, MediaError};
use otklik_model::{HangupSide, LegEvent, LegId, LegOrder, Personal, PhoneNumber, SoundRefusal};
use tokio::task::JoinHandle;

use crate::place::Place;
use crate::rig::{Recorded, Rig, soon};

type Opening = JoinHandle<Result<CallerLine, MediaError>>;

fn opens(engine: &EngineHandle) -> Opening {
    let (engine, number) = (engine.clone(), PhoneNumber::parse("+79000000001").expect("a number"));
    tokio::spawn(
        async move { engine.open_caller("100".to_owned(), Some(Personal::new(number)), "offer".to_owned()).await },
    )
}

/// The leg that the switch is asked to open.
async fn asked(rig: &mut Rig) -> LegId {
    let LegOrder::OpenCaller { leg, called, caller, sdp } = rig.order().await else {
        panic!("a page was to be opened")
    };
    assert_eq!((called.as_str(), sdp.as_str()), ("100", "offer"));
    assert!(caller.is_some());
    leg
}

async fn opened(rig: &mut Rig) -> CallerLine {
    let opening = opens(&rig.engine);
    let leg = asked(rig).await;
    rig.send(LegEvent::SoundAnswer { leg, sdp: Ok("answer".to_owned()) }).await;
    let line = soon("the answer", opening).await.expect("no panic").expect("opened");
    assert_eq!((line.leg, line.sdp.as_str()), (leg, "answer"));
    line
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_rings_waits_comes_back_and_hangs_up() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    let line = opened(&mut rig).await;
    rig.bring_to_queue(line.leg, Some("+79000000001")).await;
    rig.expect_play(line.leg, "queue_unknown").await;
    let mine = line.leg;
    let waits =
        rig.until("a place", |live| live.view.calls.iter().any(|call| call.leg == mine && call.place == Some(1))).await;
    assert_eq!(waits.view.queue.waiting, 1);

    let engine = rig.engine.clone();
    let renewing = tokio::spawn(async move { engine.renew_caller(mine, "again".to_owned()).await });
    rig.expect(LegOrder::RenewCaller { leg: mine, sdp: "again".to_owned() }).await;
    rig.send(LegEvent::SoundAnswer { leg: mine, sdp: Ok("second".to_owned()) }).await;
    assert_eq!(soon("the second answer", renewing).await.expect("no panic"), Ok("second".to_owned()));

    rig.engine.caller_left(mine).await;
    rig.expect(LegOrder::CallerLeft { leg: mine }).await;
    rig.hang_up(mine).await;
    assert!(soon("the end", line.over).await.is_err(), "the page is told");
    assert_eq!(rig.engine.renew_caller(mine, "late".to_owned()).await, Err(MediaError::Over));
    rig.stop().await.expect("stops");
    assert_eq!(place.journal().await.last().map(String::as_str), Some("A ended by caller: abandoned"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_learns_why_it_got_no_sound_and_that_a_stop_is_the_end() {
    let place = Place::new();
    let mut rig = Rig::start(&place, Recorded::No).await;
    for (refusal, told) in [(SoundRefusal::Full, MediaError::Full), (SoundRefusal::BadOffer, MediaError::BadOffer)] {
        let opening = opens(&rig.engine);
        let leg = asked(&mut rig).await;
        rig.send(LegEvent::SoundAnswer { leg, sdp: Err(refusal) }).await;
        rig.send(LegEvent::Ended { leg, side: HangupSide::Trunk }).await;
        assert_eq!(soon("the refusal", opening).await.expect("no panic").map(|line| line.leg), Err(told));
    }
    // One whose sound never worked, and one who was answered.
    let (mut never, up) = (opened(&mut rig).await, opened(&mut rig).await);
    rig.ring(up.leg, None).await;
    rig.expect(LegOrder::Answer { leg: up.leg }).await;
    assert!(never.over.try_recv().is_err_and(|error| error == tokio::sync::oneshot::error::TryRecvError::Empty));
    rig.send(LegEvent::Ended { leg: never.leg, side: HangupSide::Trunk }).await;
    assert!(soon("the end of a page without sound", never.over).await.is_err());
    rig.stop().await.expect("stops");
    assert!(soon("the end by a stop", up.over).await.is_err());
    let calls = place.calls().await;
    assert_eq!(calls.len(), 1, "a page whose sound never worked was no call");
    assert!(place.verify().await.is_sound());
}
