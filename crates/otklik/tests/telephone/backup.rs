//! A copy beside a running centre, a second one that copies only what is new, and what becomes of each damage.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Centre, DataFolder, Finished, From, Phone, SOON, Setup};

use crate::seeded::{Talk, seed};
use crate::{number, program};

async fn run(args: &[&str]) -> Result<Finished> {
    program().run(args).await
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

async fn call(centre: &Centre, n: usize) -> Result<()> {
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(n))).await?;
    phone.ear().hears_something(SOON).await?;
    phone.bye().await?;
    centre.ended_call(&number(n)).await?;
    Ok(())
}

fn written(path: &Path) -> Result<SystemTime> {
    Ok(fs::metadata(path)?.modified()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_running_centre_is_restored_whole() -> Result<()> {
    let data = DataFolder::new()?;
    let files =
        seed(data.path(), &[Talk { days_ago: 3, ..Talk::default() }, Talk { days_ago: 2, ..Talk::default() }]).await?;
    let centre = Centre::start_with(&program(), data, Setup::default()).await?;
    let (from, place) = (shown(centre.data().path()), DataFolder::new()?);
    let dir = place.path().join("copy");
    let backup = ["backup", &shown(&dir), "--data", &from].map(str::to_owned);
    let backup = backup.each_ref().map(String::as_str);

    call(&centre, 1).await?;
    let made = run(&backup).await?;
    ensure!(made.code == Some(0) && made.err.contains("Recordings 2, new ones 2"), "{made:?}");
    let first = dir.join("recordings").join("2026-01-01").join("0.wav");
    let copied_at = written(&first)?;
    call(&centre, 2).await?;
    let made = run(&backup).await?;
    ensure!(made.code == Some(0) && made.err.contains("Recordings 2, new ones 0"), "{made:?}");
    ensure!(written(&first)? == copied_at, "what is there is not copied again");
    ensure!(!dir.join("state-1").exists() && dir.join("state-2").exists(), "one state is kept");

    let new = place.path().join("new");
    let restored = restore(&dir, &new).await?;
    ensure!(restored.code == Some(0) && restored.out.contains("4 calls"), "{restored:?}");
    let calls = program().calls(&new).await?;
    ensure!(calls == centre.calls().await? && calls.len() == 4, "the same calls: {calls:?}");
    let again = restore(&dir, &new).await?;
    ensure!(again.code == Some(1) && again.err.contains("not empty"), "{again:?}");

    // A recording that changed at its source costs the copy that one, and says so.
    fs::remove_dir_all(dir.join("recordings"))?;
    fs::write(&files[0], "other")?;
    let made = run(&backup).await?;
    ensure!(made.code == Some(3) && made.err.contains("0.wav: other content"), "{made:?}");
    ensure!(fs::read_dir(place.path().join("copy/recordings"))?.count() >= 1, "the rest is copied");

    let without = place.path().join("without");
    let made = run(&["backup", &shown(&without), "--data", &from, "--without-recordings"]).await?;
    ensure!(made.code == Some(0) && !without.join("recordings").exists(), "{made:?}");
    let restored = restore(&without, &place.path().join("bare")).await?;
    ensure!(restored.code == Some(0), "a copy without recordings lacks none: {restored:?}");
    Ok(())
}

async fn restore(dir: &Path, data: &Path) -> Result<Finished> {
    run(&["restore", &shown(dir), "--data", &shown(data)]).await
}

/// What is done to a copy, and what is said of it.
struct Damage {
    harm: fn(&Path) -> Result<()>,
    said: &'static str,
}

fn flip(file: PathBuf) -> Result<()> {
    let mut bytes = fs::read(&file)?;
    let last = bytes.last_mut().context("not empty")?;
    *last ^= 1;
    Ok(fs::write(file, bytes)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_copy_is_refused_and_leaves_nothing() -> Result<()> {
    let data = DataFolder::new()?;
    seed(data.path(), &[Talk { days_ago: 3, ..Talk::default() }]).await?;
    let centre = Centre::start_with(&program(), data, Setup::default()).await?;
    let from = shown(centre.data().path());
    let table = [
        Damage { harm: |dir| flip(dir.join("state-1/otklik.db")), said: "otklik.db: damaged" },
        Damage { harm: |dir| flip(dir.join("state-1/centre.yaml")), said: "centre.yaml: damaged" },
        Damage { harm: |dir| flip(dir.join("state-1/recordings.txt")), said: "recordings.txt: damaged" },
        Damage { harm: |dir| flip(dir.join("recordings/2026-01-01/0.wav")), said: "0.wav: damaged" },
        Damage { harm: |dir| Ok(fs::remove_file(dir.join("recordings/2026-01-01/0.wav"))?), said: "0.wav: missing" },
        Damage { harm: |dir| Ok(fs::remove_file(dir.join("manifest.json"))?), said: "holds no backup" },
        Damage { harm: |dir| Ok(fs::write(dir.join("manifest.json"), "{")?), said: "is damaged" },
        Damage {
            harm: |dir| {
                let text = fs::read_to_string(dir.join("manifest.json"))?;
                Ok(fs::write(dir.join("manifest.json"), text.replace("centre.yaml", "../centre.yaml"))?)
            },
            said: "leads out of its folder",
        },
    ];
    for (n, damage) in table.iter().enumerate() {
        let place = DataFolder::new()?;
        let (dir, new) = (place.path().join("copy"), place.path().join("new"));
        let made = run(&["backup", &shown(&dir), "--data", &from]).await?;
        ensure!(made.code == Some(0), "{made:?}");
        (damage.harm)(&dir)?;
        let restored = restore(&dir, &new).await?;
        ensure!(restored.code == Some(1) && restored.err.contains(damage.said), "{n} {}: {restored:?}", damage.said);
        ensure!(!new.exists(), "{} left something half-made", damage.said);
    }
    let foreign = DataFolder::new()?;
    foreign.file("letters.txt", "mine")?;
    let refused = run(&["backup", &shown(foreign.path()), "--data", &from]).await?;
    ensure!(refused.code == Some(1) && refused.err.contains("no backup of ours"), "{refused:?}");
    ensure!(fs::read_dir(foreign.path())?.count() == 1, "nothing is written into a foreign folder");
    Ok(())
}
