//! Messages and power cuts: kill -9 while somebody speaks, and a run of many who leave at any moment.

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Callee, From, Phone, Prompt, SOON, is_long_run, until};
use tokio::task::JoinSet;

use crate::messages::{PROMPT, at_the_tone, hears, holds_words, on_sunday, speaks};
use crate::number;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_cut_by_a_kill_is_owed_an_answer_and_can_be_heard() -> Result<()> {
    let mut centre = on_sunday().await?;
    let line = centre.line()?;
    let (speaking, silent) = (number(1), number(2));
    let (speaking, silent) =
        tokio::try_join!(at_the_tone(&line, From::Number(&speaking)), at_the_tone(&line, From::Number(&silent)))?;
    speaks(&speaking).await?;
    let begun = centre.call(&number(1)).await?.recording.context("a recording that has begun")?;
    until(SOON, "what was said is on disk", || async {
        let voice = centre.recorded_voice(&begun);
        Ok(voice.is_ok_and(|voice| voice.len() > 30_000).then_some(()))
    })
    .await?;
    centre.kill().await?;
    drop((speaking, silent));
    centre.restart().await?;
    let call = centre.call(&number(1)).await?;
    ensure!(call.ending.as_deref() == Some("interrupted"), "{call:?}");
    ensure!(call.promise_kind.as_deref() == Some("voice_message") && call.promise_due_at.is_some(), "{call:?}");
    holds_words(&centre, &call)?;
    let call = centre.call(&number(2)).await?;
    ensure!(call.promise_kind.as_deref() == Some("our_fault"), "{call:?}");
    centre.verify().await?;
    // The clock goes on, and so does the recorder.
    let phone = Phone::connected(&centre.line()?, From::Number(&number(3))).await?;
    hears(&phone, "greeting").await
}

/// Callers at once in a round.
const CALLERS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn many_leave_at_any_moment_and_each_has_one_outcome() -> Result<()> {
    let rounds = if is_long_run() { 4 } else { 1 };
    let centre = on_sunday().await?;
    for round in 0..rounds {
        let line = centre.line()?;
        let mut callers = JoinSet::new();
        for place in 0..CALLERS {
            callers.spawn(leaves_at(line.clone(), number(round * CALLERS + place), place));
        }
        while let Some(left) = callers.join_next().await {
            left??;
        }
        for place in 0..CALLERS {
            let call = centre.ended_call(&number(round * CALLERS + place)).await?;
            let expected = match place % 4 {
                0 => ["abandoned/greeting", "null"],
                1 => ["callback_requested", "callback"],
                _ => ["recorded", "voice_message"],
            };
            let told = [call.ending.as_deref().unwrap_or("null"), call.promise_kind.as_deref().unwrap_or("null")];
            ensure!(told == expected, "place {place}: {call:?}");
        }
    }
    centre.is_empty_again().await?;
    centre.verify().await
}

/// Hangs up in the words on danger, at the tone, after words, or in the review.
async fn leaves_at(line: Callee, number: String, place: usize) -> Result<()> {
    if place.is_multiple_of(4) {
        let mut phone = Phone::connected(&line, From::Number(&number)).await?;
        hears(&phone, "danger_first").await?;
        return phone.bye().await.map(drop);
    }
    let mut phone = at_the_tone(&line, From::Number(&number)).await?;
    if place % 4 >= 2 {
        speaks(&phone).await?;
    }
    if place % 4 == 3 {
        phone.press(crate::messages::HASH).await?;
        phone.ear().hears_beginning(&Prompt::read("voice_review")?, PROMPT).await?;
    }
    phone.bye().await.map(drop)
}
