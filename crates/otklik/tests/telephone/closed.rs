//! A closed line without a recorder: what is promised stands in the journal before it is said, and holds if the caller leaves meanwhile.

use std::time::Duration;

use anyhow::{Result, ensure};
use otklik_testkit::{Centre, DataFolder, From, Phone, Prompt, SOON, Setup};

use crate::{number, program};

const CENTRE: &str = include_str!("../../../../data/centre.yaml");
const PROMPT: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_line_promises_before_it_speaks() -> Result<()> {
    let data = DataFolder::new()?;
    let file = data.file("plain.yaml", &CENTRE.replacen("recorder: true", "recorder: false", 1))?;
    let setup = Setup { args: vec!["--centre".to_owned(), file], ..Setup::default() };
    let centre = Centre::start_with(&program(), data, setup).await?;
    centre.turn("closed").await?;
    tokio::try_join!(hears_the_promise(&centre), leaves_in_the_promise(&centre), is_told_the_hours(&centre))?;
    assert_eq!(centre.calls().await?.len(), 3);

    centre.turn("open").await?;
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(3))).await?;
    phone.ear().hears_beginning(&Prompt::read("greeting")?, SOON).await?;
    phone.bye().await?;
    assert_eq!(centre.ended_call(&number(3)).await?.ending.as_deref(), Some("abandoned/greeting"));
    centre.is_empty_again().await?;
    centre.verify().await
}

async fn hears_the_promise(centre: &Centre) -> Result<()> {
    let announcement = Prompt::read("closed_callback")?;
    let phone = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    phone.ear().hears_something(SOON).await?;
    let call = centre.call(&number(1)).await?;
    ensure!(call.ending.is_none() && call.promise_due_at.is_some(), "promised at the first sound: {call:?}");
    phone.ear().hears_whole(&announcement, PROMPT).await?;
    phone.is_told_goodbye().await?;
    let call = centre.ended_call(&number(1)).await?;
    ensure!(call.ending.as_deref() == Some("callback_requested"), "{call:?}");
    ensure!(call.side.as_deref() == Some("centre") && call.promise_due_at.is_some(), "{call:?}");
    Ok(())
}

async fn leaves_in_the_promise(centre: &Centre) -> Result<()> {
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(2))).await?;
    phone.ear().hears_something(SOON).await?;
    phone.bye().await?;
    let call = centre.ended_call(&number(2)).await?;
    ensure!(call.ending.as_deref() == Some("callback_requested") && call.promise_due_at.is_some(), "{call:?}");
    Ok(())
}

async fn is_told_the_hours(centre: &Centre) -> Result<()> {
    let announcement = Prompt::read("closed_no_number")?;
    let phone = Phone::connected(&centre.line()?, From::Withheld).await?;
    phone.ear().hears_whole(&announcement, PROMPT).await?;
    phone.is_told_goodbye().await?;
    let call = centre.ended_withheld_call().await?;
    ensure!(call.ending.as_deref() == Some("self_served") && call.promise_due_at.is_none(), "{call:?}");
    Ok(())
}
