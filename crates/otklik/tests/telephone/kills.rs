//! The power cut: kill -9 at chosen and at random moments; after the next start nobody who was answered is forgotten.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Callee, Centre, From, Offer, Phone, Prompt, SOON, is_long_run};
use tokio::task::JoinSet;

use crate::{number, program};

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_centre_owes_everybody_a_call() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    let line = centre.line()?;
    let mut waits = Phone::connected(&line, From::Number(&number(1))).await?;
    waits.ear().hears_beginning(&Prompt::read("danger_first")?, Duration::from_secs(40)).await?;
    waits.press_by_info('1').await?;
    waits.ear().hears_beginning(&Prompt::read("queue_unknown")?, SOON).await?;
    let listens = Phone::connected(&line, From::Number(&number(2))).await?;
    listens.ear().hears_beginning(&Prompt::read("greeting")?, SOON).await?;
    let mut answered = Phone::new(&line, From::Number(&number(3))).await?;
    answered.invite(Offer::Alaw).await?;
    ensure!(answered.answer().await?.status == 200, "answered, not confirmed");

    centre.kill().await?;
    centre.restart().await?;
    for n in 1..=3 {
        let call = centre.call(&number(n)).await?;
        assert_eq!(call.ending.as_deref(), Some("interrupted"), "{call:?}");
        assert!(call.promise_due_at.is_some(), "{call:?}");
    }
    assert_eq!(centre.today().await?["interrupted"].as_i64(), Some(3));
    centre.verify().await?;
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(4))).await?;
    phone.ear().hears_loudness(SOON).await?;
    phone.bye().await.map(drop)
}

/// Calls at once in each round.
const CALLERS: usize = 4;
/// The latest moment of a kill: by then every caller has called and some have hung up.
const LATEST_MS: u64 = 400;

/// What a caller knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knows {
    /// 200 came.
    Answered,
    /// BYE is on its way: the kill may come before or behind its place in the journal.
    HangsUp,
}

type Told = Arc<Mutex<Vec<(String, Knows)>>>;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_no_answered_caller_is_lost() -> Result<()> {
    let kills = if is_long_run() { 100 } else { 5 };
    let mut centre = Centre::start(&program()).await?;
    let told = Told::default();
    for kill in 0..kills {
        let moment = RandomState::new().hash_one(kill) % LATEST_MS;
        let line = centre.line()?;
        let mut callers = JoinSet::new();
        for place in 0..CALLERS {
            callers.spawn(calls(line.clone(), number(kill * CALLERS + place), place, Arc::clone(&told)));
        }
        // The callers go on until the kill; whoever fails before it is no failure of theirs.
        tokio::time::timeout(Duration::from_millis(moment), std::future::pending::<()>()).await.ok();
        centre.kill().await?;
        callers.shutdown().await;
        centre.restart().await?;
        let what = format!("kill {kill} after {moment} ms");
        nobody_is_lost(&centre, &told).await.context(what.clone())?;
        centre.verify().await.context(what)?;
    }
    Ok(())
}

/// Calls, and hangs up at once where the place is odd.
async fn calls(line: Callee, number: String, place: usize, told: Told) -> Result<()> {
    let mut phone = Phone::new(&line, From::Number(&number)).await?;
    phone.invite(Offer::Alaw).await?;
    ensure!(phone.answer().await?.status == 200, "answered");
    tell(&told, &number, Knows::Answered);
    phone.ack().await?;
    phone.ear().hears_something(SOON).await?;
    if place % 2 == 1 {
        tell(&told, &number, Knows::HangsUp);
        phone.bye().await?;
    }
    std::future::pending().await
}

fn tell(told: &Told, number: &str, knows: Knows) {
    if let Ok(mut told) = told.lock() {
        told.retain(|(other, _)| other != number);
        told.push((number.to_owned(), knows));
    }
}

async fn nobody_is_lost(centre: &Centre, told: &Told) -> Result<()> {
    let calls = centre.calls().await?;
    let told = told.lock().map(|told| told.clone()).unwrap_or_default();
    for (number, knows) in told {
        let mut theirs = calls.iter().filter(|call| call.caller.as_ref() == Some(&number));
        let call = theirs.next().with_context(|| format!("{number} was answered and is not in the journal"))?;
        ensure!(theirs.next().is_none(), "two calls of {number}");
        let is_owed = call.ending.as_deref() == Some("interrupted") && call.promise_due_at.is_some();
        let has_left = call.ending.as_deref() == Some("abandoned/greeting");
        ensure!(is_owed || (has_left && knows == Knows::HangsUp), "{knows:?}: {call:?}");
    }
    let open = calls.iter().find(|call| call.ending.is_none());
    ensure!(open.is_none(), "without an outcome: {open:?}");
    Ok(())
}
