//! An open line with nobody at work: who waits is offered to leave a message after the written time, who calls later at
//! once; and nobody hears that today is a day off.

use anyhow::{Result, ensure};
use otklik_testkit::{Centre, DataFolder, From, Phone, Prompt, Setup};

use crate::messages::hears;
use crate::{number, program};

const CENTRE: &str = include_str!("../../../../data/centre.yaml");

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_is_at_work_a_message_is_taken() -> Result<()> {
    let data = DataFolder::new()?;
    let file = data.file("nobody.yaml", &CENTRE.replacen("nobody_s: 120", "nobody_s: 20", 1))?;
    let setup = Setup { args: vec!["--centre".to_owned(), file], ..Setup::default() };
    let centre = Centre::start_with(&program(), data, setup).await?;

    let mut waits = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    hears(&waits, "danger_first").await?;
    ensure!(waits.ear().has_heard_whole(&Prompt::read("recording_notice")?), "the line is open");
    waits.press(1).await?;
    hears(&waits, "queue_unknown").await?;
    hears(&waits, "emergency_closed").await?;

    // From now on nobody waits in vain.
    let mut later = Phone::connected(&centre.line()?, From::Number(&number(2))).await?;
    hears(&later, "recording_notice_closed").await?;
    later.bye().await?;

    hears(&waits, "voice_offer").await?;
    waits.bye().await?;
    let call = centre.ended_call(&number(1)).await?;
    ensure!(call.ending.as_deref() == Some("callback_requested"), "{call:?}");
    ensure!(call.promise_kind.as_deref() == Some("callback"), "told that we ring back: {call:?}");
    for prompt in ["closed_weekend", "closed_holiday", "closed_night"] {
        ensure!(!waits.ear().has_heard_whole(&Prompt::read(prompt)?), "{prompt} of an open line");
    }
    centre.is_empty_again().await?;
    centre.verify().await
}
