//! A hang-up at each moment of the set-up: each accepted call has exactly one outcome, and nothing is left of it.

use std::time::Duration;

use anyhow::{Result, ensure};
use otklik_testkit::{Callee, Centre, From, Offer, Phone, SOON, is_long_run, until};

use crate::{number, program};

/// When the caller changes their mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// CANCEL right behind the INVITE.
    CancelAtOnce,
    /// CANCEL when the first response has come: it races our 200.
    CancelWhenNoticed,
    /// CANCEL behind our 200, before the ACK.
    CancelAfterAnswer,
    /// BYE instead of the ACK.
    ByeInsteadOfAck,
    /// BYE right behind the ACK.
    ByeAtOnce,
    /// BYE when the greeting is heard.
    ByeInGreeting,
}

const MOMENTS: [Moment; 6] = [
    Moment::CancelAtOnce,
    Moment::CancelWhenNoticed,
    Moment::CancelAfterAnswer,
    Moment::ByeInsteadOfAck,
    Moment::ByeAtOnce,
    Moment::ByeInGreeting,
];
/// Each moment so many times, for some are races.
const TIMES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_hang_up_at_each_moment_of_the_set_up_is_one_outcome() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    for round in 0..TIMES {
        let mut callers = tokio::task::JoinSet::new();
        for (place, moment) in MOMENTS.into_iter().enumerate() {
            let (line, number) = (centre.line()?, number(round * MOMENTS.len() + place));
            callers.spawn(async move {
                let ended = hangs_up(&line, &number, moment).await;
                ended.map_err(|error| error.context(format!("{moment:?} by {number}")))
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller??;
        }
    }
    centre.is_empty_again().await?;
    for n in 0..TIMES * MOMENTS.len() {
        let (call, moment) = (centre.ended_call(&number(n)).await?, MOMENTS[n % MOMENTS.len()]);
        assert_eq!(call.ending.as_deref(), Some("abandoned/greeting"), "{moment:?}: {call:?}");
        assert_eq!(call.side.as_deref(), Some("caller"), "{moment:?}: {call:?}");
    }
    let accepted = i64::try_from(TIMES * MOMENTS.len())?;
    assert_eq!(centre.today().await?["accepted"].as_i64(), Some(accepted));
    centre.verify().await
}

async fn hangs_up(line: &Callee, number: &str, moment: Moment) -> Result<()> {
    let mut phone = Phone::new(line, From::Number(number)).await?;
    phone.invite(Offer::Alaw).await?;
    match moment {
        Moment::CancelAtOnce => return is_taken_back(&mut phone).await,
        Moment::CancelWhenNoticed => {
            phone.is_noticed().await?;
            return is_taken_back(&mut phone).await;
        }
        Moment::CancelAfterAnswer => {
            ensure!(phone.answer().await?.status == 200, "answered");
            phone.cancel().await?;
            phone.ack().await?;
            return phone.is_told_goodbye().await;
        }
        Moment::ByeInsteadOfAck => ensure!(phone.answer().await?.status == 200, "answered"),
        Moment::ByeAtOnce | Moment::ByeInGreeting => {
            ensure!(phone.answer().await?.status == 200, "answered");
            phone.ack().await?;
        }
    }
    if moment == Moment::ByeInGreeting {
        phone.ear().hears_something(SOON).await?;
    }
    let status = phone.bye().await?;
    ensure!(status == 200, "BYE was answered with {status}");
    Ok(())
}

/// After a CANCEL comes 487, or the 200 that crossed it and then our BYE (RFC 3261 §9.1).
async fn is_taken_back(phone: &mut Phone) -> Result<()> {
    let cancelled = phone.cancel().await?;
    ensure!([200, 481].contains(&cancelled), "CANCEL was answered with {cancelled}");
    match phone.answer().await?.status {
        487 => Ok(()),
        200 => {
            phone.ack().await?;
            phone.is_told_goodbye().await
        }
        other => anyhow::bail!("the INVITE was answered with {other}"),
    }
}

/// Who is not heard of any more is hung up after half a minute: 64*T1 without an ACK, 30 s without sound.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_vanishes_is_let_go() -> Result<()> {
    if !is_long_run() {
        return Ok(());
    }
    let centre = Centre::start(&program()).await?;
    let mut silent = Phone::new(&centre.line()?, From::Number(&number(1))).await?;
    silent.invite(Offer::Alaw).await?;
    silent.answer().await?;
    let gone = Phone::connected(&centre.line()?, From::Number(&number(2))).await?;
    gone.ear().hears_something(SOON).await?;
    // A phone that was never heard is given ten minutes; this one was.
    until(SOON, "the phone is heard", || async {
        Ok(centre.metric("media_packets_in_total").await?.filter(|heard| *heard >= 10.0))
    })
    .await?;
    drop(gone);
    for n in [1_usize, 2] {
        let ended = until(
            Duration::from_secs(45),
            ["", "whoever does not confirm is let go", "whoever falls silent is let go"][n],
            || async { Ok(Some(centre.call(&number(n)).await?).filter(|call| call.ending.is_some())) },
        );
        let call = ended.await?;
        assert!(call.ending.as_deref().is_some_and(|ending| ending.starts_with("abandoned")), "{call:?}");
        assert_eq!(call.side.as_deref(), Some("trunk"), "{call:?}");
    }
    centre.verify().await
}
