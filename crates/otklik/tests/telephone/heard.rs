//! What a caller hears from the answer to the music, byte by byte; what a key does on the way; what a stop does to
//! those who wait; and that the log of all this names nobody.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Callee, Centre, DataFolder, From, Offer, Phone, Prompt, SOON, Setup};

use crate::{number, program};

/// The longest prompt lasts 10 s.
const PROMPT: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_hears_who_we_are_and_waits_with_music() -> Result<()> {
    let setup = Setup { log: Some("trace"), ..Setup::default() };
    let mut centre = Centre::start_with(&program(), DataFolder::new()?, setup).await?;
    let line = centre.line()?;
    let ((), mut in_sound, by_info, (), ()) = tokio::try_join!(
        hears_all(&centre),
        goes_on_by_key(&line, 2, Key::InSound),
        goes_on_by_key(&line, 3, Key::ByInfo),
        hears_in_mu_law(&line),
        answers_our_offer(&line),
    )?;
    let music = Prompt::read("music")?;
    in_sound.ear().hears_beginning(&music, PROMPT).await.context("music after the words of the queue")?;
    in_sound.bye().await?;

    for (n, ending) in
        [(1, "abandoned/queue"), (2, "abandoned/queue"), (4, "abandoned/greeting"), (5, "abandoned/greeting")]
    {
        let call = centre.ended_call(&number(n)).await?;
        assert_eq!((call.ending.as_deref(), call.side.as_deref()), (Some(ending), Some("caller")), "{n}");
    }
    let today = centre.today().await?;
    let counted = ["accepted", "offered", "abandoned", "short_abandoned", "answered", "interrupted"];
    // The third still waits; the first left at once after having entered the queue.
    assert_eq!(counted.map(|key| today[key].as_i64()), [5, 2, 1, 1, 0, 0].map(Some), "{today}");

    stopping_ends_with_a_promise(&mut centre, &by_info).await?;
    names_nobody(&centre.log())
}

/// The whole way without a key.
async fn hears_all(centre: &Centre) -> Result<()> {
    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    phone.ear().hears_loudness(SOON).await?;
    let call = centre.call(&number(1)).await?;
    ensure!(call.ending.is_none() && call.ended_at.is_none(), "the call goes on: {call:?}");
    for prompt in ["greeting", "recording_notice", "danger_first"] {
        let prompt = Prompt::read(prompt)?;
        phone.ear().hears_beginning(&prompt, PROMPT).await?;
        phone.ear().hears_whole(&prompt, PROMPT).await?;
    }
    // Nobody is at work, so that nothing can be said about the wait.
    phone.ear().hears_beginning(&Prompt::read("queue_unknown")?, PROMPT).await?;
    ensure!(phone.ear().lost() == 0, "packets lost: {}", phone.ear().lost());
    ensure!(phone.ear().payloads() == [8], "PCMA and nothing else: {:?}", phone.ear().payloads());
    ensure!(phone.bye().await? == 200, "BYE is answered");
    Ok(())
}

/// How a key is pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// RFC 4733.
    InSound,
    /// SIP INFO.
    ByInfo,
}

async fn press(phone: &mut Phone, key: Key) -> Result<()> {
    match key {
        Key::InSound => phone.press(5).await,
        Key::ByInfo => {
            ensure!(phone.press_by_info('5').await? == 200, "INFO is answered");
            Ok(())
        }
    }
}

/// A key does nothing in the notice, and cuts the words on danger short.
async fn goes_on_by_key(line: &Callee, n: usize, key: Key) -> Result<Phone> {
    let [greeting, notice, danger, queue] = [
        Prompt::read("greeting")?,
        Prompt::read("recording_notice")?,
        Prompt::read("danger_first")?,
        Prompt::read("queue_unknown")?,
    ];
    let mut phone = Phone::connected(line, From::Number(&number(n))).await?;
    phone.ear().hears_beginning(&greeting, PROMPT).await?;
    press(&mut phone, key).await?;
    phone.ear().hears_whole(&greeting, PROMPT).await?;
    phone.ear().hears_beginning(&notice, PROMPT).await?;
    press(&mut phone, key).await?;
    phone.ear().hears_beginning(&danger, PROMPT).await?;
    ensure!(phone.ear().has_heard_whole(&notice), "the recording notice is heard to its end, whatever is pressed");
    press(&mut phone, key).await?;
    phone.ear().hears_beginning(&queue, Duration::from_secs(3)).await.context("a key goes on at once")?;
    ensure!(!phone.ear().has_heard_whole(&danger), "the words on danger were cut short");
    Ok(phone)
}

/// A phone that knows mu-law alone.
async fn hears_in_mu_law(line: &Callee) -> Result<()> {
    let mut phone = Phone::new(line, From::Number(&number(4))).await?;
    phone.call(Offer::Ulaw).await?;
    phone.ear().hears_loudness(SOON).await?;
    ensure!(phone.ear().payloads() == [0], "PCMU and nothing else: {:?}", phone.ear().payloads());
    phone.bye().await.map(drop)
}

/// A phone whose INVITE holds no SDP: the centre offers, the ACK answers.
async fn answers_our_offer(line: &Callee) -> Result<()> {
    let mut phone = Phone::new(line, From::Number(&number(5))).await?;
    phone.call(Offer::None).await?;
    phone.ear().hears_beginning(&Prompt::read("greeting")?, SOON).await?;
    phone.bye().await.map(drop)
}

/// SIGTERM: whoever waits hears a proper end and is owed a call back.
async fn stopping_ends_with_a_promise(centre: &mut Centre, waiting: &Phone) -> Result<()> {
    let code = centre.stop().await?;
    assert_eq!(code, Some(0), "{}", centre.log());
    assert!(waiting.is_hung_up(), "BYE comes before the process ends");
    let call = centre.call(&number(3)).await?;
    assert_eq!((call.ending.as_deref(), call.side.as_deref()), (Some("interrupted"), Some("centre")), "{call:?}");
    assert!(call.promise_due_at.is_some(), "{call:?}");
    centre.verify().await
}

/// Neither numbers nor what was said on the wire.
fn names_nobody(log: &str) -> Result<()> {
    ensure!(log.contains("journal read"), "the log was to tell everything: {log}");
    for secret in ["7916", "m=audio", "c=IN", "CSeq", "v=0", "telephone-event"] {
        let place = log.lines().find(|line| line.contains(secret));
        ensure!(place.is_none(), "{secret:?} stands in the log: {place:?}");
    }
    Ok(())
}
