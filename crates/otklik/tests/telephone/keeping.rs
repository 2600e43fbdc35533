//! Recordings that are over their time go, with their mark; what is held or owed stays; and the disk is judged.

use anyhow::{Result, ensure};
use otklik_testkit::{Centre, DataFolder, From, Phone, SOON, Setup, until};

use crate::seeded::{Talk, seed};
use crate::{number, program};

#[tokio::test(flavor = "multi_thread")]
async fn recordings_expire_by_their_line_and_verify_accepts_it() -> Result<()> {
    let data = DataFolder::new()?;
    let old = Talk { days_ago: 200, ..Talk::default() };
    let talks = [old, Talk { held: true, ..old }, Talk { promised: true, ..old }, Talk { days_ago: 170, ..old }];
    let files = seed(data.path(), &talks).await?;
    let mut centre = Centre::start_with(&program(), data, Setup::default()).await?;
    until(SOON, "the expired recording is gone", || async {
        Ok((centre.metric("recordings_expired_total").await? == Some(1.0)).then_some(()))
    })
    .await?;
    let left: Vec<bool> = files.iter().map(|file| file.exists()).collect();
    ensure!(left == [false, true, true, true], "held, owed and young ones stay: {left:?}");
    ensure!(centre.metric("recordings_files").await? == Some(3.0), "what is left is counted");
    ensure!(centre.metric("recordings_allowed").await? == Some(1.0), "there is space");
    centre.verify().await?;

    // Another start finds nothing to do, and the mark still holds.
    ensure!(centre.stop().await? == Some(0), "stopped");
    centre.restart().await?;
    until(SOON, "counted", || async { Ok((centre.metric("recordings_files").await? == Some(3.0)).then_some(())) })
        .await?;
    ensure!(centre.metric("recordings_expired_total").await?.is_none(), "none is deleted twice");
    std::fs::remove_file(&files[3])?;
    ensure!(centre.verify().await.is_err(), "what nobody deleted is missing");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn below_the_floor_calls_are_taken() -> Result<()> {
    // No disk has four exabytes to spare.
    let args = vec!["--recording-floor-mib".to_owned(), u32::MAX.to_string()];
    let centre = Centre::start_with(&program(), DataFolder::new()?, Setup { args, ..Setup::default() }).await?;
    ensure!(centre.metric("recordings_allowed").await? == Some(0.0), "judged before the first call");
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    phone.ear().hears_something(SOON).await?;
    phone.bye().await?;
    centre.ended_call(&number(1)).await?;
    ensure!(centre.log().contains("filled down to its floor"), "{}", centre.log());
    centre.verify().await
}
