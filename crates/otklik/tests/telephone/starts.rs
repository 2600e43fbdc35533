//! Starting and not starting, the commands that read, and two centres beside each other. Who is refused is told the
//! place and the remedy, and nothing half-made is left.

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Centre, DataFolder, Finished, From, Phone, PortRange, SOON};

use crate::{number, program};

const CENTRE: &str = include_str!("../../../../data/centre.yaml");

#[tokio::test(flavor = "multi_thread")]
async fn two_centres_beside_each_other_know_their_own_calls() -> Result<()> {
    let program = program();
    let (one, two) = tokio::try_join!(Centre::start(&program), Centre::start(&program))?;
    for (n, centre) in [(1, &one), (2, &two)] {
        let mut phone = Phone::connected(&centre.line()?, From::Number(&number(n))).await?;
        phone.ear().hears_loudness(SOON).await?;
        phone.bye().await?;
        assert_eq!(centre.ended_call(&number(n)).await?.ending.as_deref(), Some("abandoned/greeting"));
    }
    for (n, centre) in [(1, &one), (2, &two)] {
        let calls = centre.calls().await?;
        assert_eq!(calls.iter().map(|call| call.caller.clone()).collect::<Vec<_>>(), [Some(number(n))]);
        centre.verify().await?;
    }
    Ok(())
}

/// A start that must fail: what is given beside a free data folder, and what has to be said.
struct Refused<'a> {
    args: Vec<&'a str>,
    said: &'a [&'a str],
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_cannot_be_says_why_and_leaves_nothing() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let (http, sip) = centre.addresses()?;
    let (http, sip) = (http.to_string(), sip.to_string());
    let files = DataFolder::new()?;
    let bad_hours = files.file("hours.yaml", &CENTRE.replacen("08:00-20:00", "20:00-08:00", 1))?;
    let bad_word = files.file("word.yaml", &CENTRE.replacen("thresholds:", "treshholds:", 1))?;
    let absent = files.path().join("absent.yaml").display().to_string();
    let table = [
        Refused { args: vec!["--sip", &sip], said: &["SIP", &sip, "--sip"] },
        Refused { args: vec!["--http", &http], said: &["pages", &http, "--http"] },
        Refused { args: vec!["--http", "0.0.0.0:0"], said: &["--demo", "loopback"] },
        Refused { args: vec!["--sip", "0.0.0.0:0"], said: &["--demo", "loopback"] },
        Refused {
            args: vec!["--centre", &bad_hours],
            said: &["hours.yaml", "lines[0] \"main\"", "opening before closing"],
        },
        Refused { args: vec!["--centre", &bad_word], said: &["word.yaml", "treshholds", "expected"] },
        Refused { args: vec!["--centre", &absent], said: &["absent.yaml", "cannot be read"] },
        Refused { args: vec!["--config", &absent], said: &["absent.yaml", "cannot be read"] },
        Refused { args: vec!["--database", "postgres://otklik:secret@db/otklik"], said: &["PostgreSQL", "--database"] },
        Refused { args: vec!["--media-ports", "5-4"], said: &["LOW-HIGH"] },
    ];
    let media = PortRange::take()?;
    for refused in table {
        let data = DataFolder::new()?;
        let finished = fails(&data, &media, &refused).await?;
        ensure!(!finished.err.contains("secret"), "a password is told: {}", finished.err);
        // A port that was taken is free tomorrow: what the folder holds by then is whole.
        if !["--sip", "--http"].contains(&refused.args[0]) {
            let made = ["centre.yaml", "centre.yaml.new", "otklik.db"].map(|name| data.path().join(name).exists());
            ensure!(made == [false; 3], "{:?} left something half-made: {made:?}", refused.args);
        }
    }
    let mut args = vec!["serve", "--demo", "--http", "127.0.0.1:0", "--sip", "127.0.0.1:0", "--data"];
    let folder = centre.data().path().display().to_string();
    args.push(&folder);
    let finished = program().run(&args).await?;
    ensure!(finished.code == Some(1) && finished.err.contains("another otklik serves"), "{finished:?}");
    ensure!(!finished.err.contains("panicked"), "{}", finished.err);
    Phone::connected(&centre.line()?, From::Number(&number(1))).await.context("the first goes on")?;
    Ok(())
}

async fn fails(data: &DataFolder, media: &PortRange, refused: &Refused<'_>) -> Result<Finished> {
    let (folder, ports) = (data.path().display().to_string(), media.as_argument());
    let mut args = vec!["serve", "--demo", "--data", &folder];
    for (flag, usual) in [("--http", "127.0.0.1:0"), ("--sip", "127.0.0.1:0"), ("--media-ports", &ports)] {
        if !refused.args.contains(&flag) {
            args.extend([flag, usual]);
        }
    }
    args.extend(&refused.args);
    let finished = program().run(&args).await?;
    let is_usage = refused.args[0] == "--media-ports";
    ensure!(finished.code == Some(if is_usage { 2 } else { 1 }), "{:?}: {finished:?}", refused.args);
    for said in refused.said {
        ensure!(finished.err.contains(said), "{:?} does not say {said:?}: {}", refused.args, finished.err);
    }
    ensure!(!finished.err.contains("panicked"), "{}", finished.err);
    Ok(finished)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reads_says_what_is_wrong() -> Result<()> {
    let empty = DataFolder::new()?;
    let nowhere = empty.path().join("nowhere").display().to_string();
    let folder = empty.path().display().to_string();
    for command in ["calls", "verify"] {
        for data in [&folder, &nowhere] {
            let finished = program().run(&[command, "--data", data]).await?;
            ensure!(finished.code == Some(1), "{command}: {finished:?}");
            ensure!(
                finished.err.contains(data.as_str()) && !finished.err.contains("panicked"),
                "{command}: {finished:?}"
            );
        }
        let finished = program().run(&[command]).await?;
        ensure!(finished.code == Some(1) && finished.err.contains("--data"), "{command}: {finished:?}");
    }
    ensure!(std::fs::read_dir(empty.path())?.next().is_none(), "who reads makes nothing");

    let mut centre = Centre::start(&program()).await?;
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    phone.bye().await?;
    centre.ended_call(&number(1)).await?;
    let data = centre.data().path().display().to_string();
    let unread = program().run_unread(&["calls", "--data", &data]).await?;
    ensure!(unread.code == Some(0) && unread.err.is_empty(), "{unread:?}");
    ensure!(centre.stop().await? == Some(0), "stopped");
    centre.verify().await?;
    falsified_journal_is_noticed(&centre, &data).await
}

/// One word of the journal changed in the file: a caller who left in the greeting now left while it rang.
async fn falsified_journal_is_noticed(centre: &Centre, data: &str) -> Result<()> {
    let file = centre.data().path().join("otklik.db");
    let mut bytes = std::fs::read(&file)?;
    let (stored, false_one) = (b"{\"abandoned\":\"greeting\"}", b"{\"abandoned\":\"ringing\" }");
    let place = bytes.windows(stored.len()).position(|part| part == stored);
    let place = place.context("a stopped centre leaves its journal in one file")?;
    bytes[place..place + stored.len()].copy_from_slice(false_one);
    std::fs::write(&file, bytes)?;
    let finished = program().run(&["verify", "--data", data, "--json"]).await?;
    ensure!(finished.code == Some(1) && finished.out.contains("table_differs"), "{finished:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centre_file_on_a_later_start_only_warns() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    ensure!(centre.stop().await? == Some(0), "stopped");
    let other = centre.data().file("other.yaml", &CENTRE.replacen("offer_s: 20", "offer_s: 25", 1))?;
    centre.set_args(vec!["--centre".to_owned(), other.clone()]);
    centre.restart().await?;
    ensure!(centre.stop().await? == Some(0), "stopped");
    let warned = centre.log().lines().any(|line| line.contains("WARN") && line.contains(&other));
    ensure!(warned, "no warning: {}", centre.log());
    Ok(())
}
