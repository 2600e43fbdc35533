//! Messages on a Sunday: a closed line tells when it opens and takes a message; whoever hangs up, is silent, withholds
//! the number, listens or records anew, is kept or owed as it should be.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use otklik_testkit::{CallLine, Callee, Centre, DataFolder, From, Phone, Prompt, SOON, Setup, until};

use crate::{number, program};

/// The clock of the centre: a Sunday.
pub(crate) const SUNDAY: &str = "2026-11-29T12:00:00+03:00";
/// The longest announcement lasts 10 s.
pub(crate) const PROMPT: Duration = Duration::from_secs(30);
/// Keys of a telephone as RFC 4733 numbers them.
pub(crate) const HASH: u8 = 11;

/// A centre on a Sunday, whose line goes by the calendar.
pub(crate) async fn on_sunday() -> Result<Centre> {
    let setup = Setup { clock: Some(SUNDAY), log: Some("trace"), ..Setup::default() };
    let centre = Centre::start_with(&program(), DataFolder::new()?, setup).await?;
    centre.turn("calendar").await?;
    Ok(centre)
}

pub(crate) async fn hears(phone: &Phone, prompt: &str) -> Result<()> {
    phone.ear().hears_beginning(&Prompt::read(prompt)?, PROMPT).await
}

/// Calls and goes to the tone by keys.
pub(crate) async fn at_the_tone(line: &Callee, from: From<'_>) -> Result<Phone> {
    let phone = Phone::connected(line, from).await?;
    phone.hush();
    for prompt in ["danger_first", "closed_weekend", "voice_instructions"] {
        hears(&phone, prompt).await?;
        phone.press(0).await?;
    }
    phone.ear().hears_whole(&Prompt::read("beep")?, PROMPT).await?;
    Ok(phone)
}

/// Speaks for five seconds, pauses included.
pub(crate) async fn speaks(phone: &Phone) -> Result<()> {
    phone.says(&Prompt::read("danger_first")?).await
}

pub(crate) fn is_kept(call: &CallLine) -> Result<()> {
    ensure!(call.ending.as_deref() == Some("recorded"), "{call:?}");
    ensure!(call.promise_kind.as_deref() == Some("voice_message"), "{call:?}");
    // Monday, three hours after the opening.
    ensure!(call.promise_due_at.as_deref() == Some("2026-11-30T08:00:00.000Z"), "{call:?}");
    ensure!(call.recording.is_some(), "{call:?}");
    Ok(())
}

/// The words are in the recording, octet by octet.
pub(crate) fn holds_words(centre: &Centre, call: &CallLine) -> Result<()> {
    let words = Prompt::read("danger_first")?;
    let voice = centre.recorded_voice(call.recording.as_deref().context("a recording")?)?;
    let begins = words.beginning();
    ensure!(voice.windows(begins.len()).any(|part| part == begins), "the words are in {:?}", call.recording);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_on_a_sunday_is_kept_whoever_hangs_up() -> Result<()> {
    let centre = on_sunday().await?;
    tokio::try_join!(leaves_a_message(&centre), hangs_up_after_words(&centre), hangs_up_before_words(&centre))?;
    centre.is_empty_again().await?;
    centre.verify().await
}

async fn leaves_a_message(centre: &Centre) -> Result<()> {
    let phone = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    phone.hush();
    hears(&phone, "recording_notice_closed").await?;
    // The notice is heard to its end, whatever is pressed.
    phone.press(1).await?;
    hears(&phone, "danger_first").await?;
    ensure!(phone.ear().has_heard_whole(&Prompt::read("recording_notice_closed")?), "no key stops the notice");
    phone.press(1).await?;
    for prompt in ["closed_weekend", "we_open", "day_tomorrow", "at_08"] {
        phone.ear().hears_whole(&Prompt::read(prompt)?, PROMPT).await?;
    }
    hears(&phone, "voice_offer").await?;
    phone.press(1).await?;
    hears(&phone, "voice_instructions").await?;
    phone.press(1).await?;
    phone.ear().hears_whole(&Prompt::read("beep")?, PROMPT).await?;
    speaks(&phone).await?;
    phone.press(HASH).await?;
    hears(&phone, "voice_review").await?;
    phone.press(1).await?;
    hears(&phone, "voice_saved").await?;
    is_promised(&centre.call(&number(1)).await?).context("kept before it is said")?;
    for prompt in ["we_ring_back", "until_11", "goodbye"] {
        phone.ear().hears_whole(&Prompt::read(prompt)?, PROMPT).await?;
    }
    phone.is_told_goodbye().await?;
    let call = centre.ended_call(&number(1)).await?;
    is_kept(&call)?;
    ensure!(call.side.as_deref() == Some("centre"), "{call:?}");
    holds_words(centre, &call)
}

fn is_promised(call: &CallLine) -> Result<()> {
    ensure!(call.promise_kind.as_deref() == Some("voice_message") && call.recording.is_some(), "{call:?}");
    Ok(())
}

async fn hangs_up_after_words(centre: &Centre) -> Result<()> {
    let mut phone = at_the_tone(&centre.line()?, From::Number(&number(2))).await?;
    speaks(&phone).await?;
    phone.bye().await?;
    let call = centre.ended_call(&number(2)).await?;
    is_kept(&call)?;
    holds_words(centre, &call)
}

async fn hangs_up_before_words(centre: &Centre) -> Result<()> {
    let mut phone = at_the_tone(&centre.line()?, From::Number(&number(3))).await?;
    phone.bye().await?;
    let call = centre.ended_call(&number(3)).await?;
    ensure!(call.ending.as_deref() == Some("callback_requested"), "{call:?}");
    ensure!(call.promise_kind.as_deref() == Some("callback"), "the offer said that we ring back: {call:?}");
    let mut early = Phone::connected(&centre.line()?, From::Number(&number(4))).await?;
    early.ear().hears_something(SOON).await?;
    early.bye().await?;
    let call = centre.ended_call(&number(4)).await?;
    ensure!(call.ending.as_deref() == Some("abandoned/greeting") && call.promise_due_at.is_none(), "{call:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_and_a_withheld_number_find_their_way() -> Result<()> {
    let centre = on_sunday().await?;
    tokio::try_join!(says_nothing(&centre), keys_the_number_in(&centre))?;
    centre.is_empty_again().await?;
    centre.verify().await?;
    // The number that was keyed in stands where numbers stand, and nowhere else.
    let log = centre.log();
    ensure!(log.contains("journal read") && !log.contains("8310000017"), "no number in the log");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_heard_again_and_recorded_anew() -> Result<()> {
    let centre = on_sunday().await?;
    records_anew(&centre).await?;
    centre.is_empty_again().await?;
    centre.verify().await
}

async fn says_nothing(centre: &Centre) -> Result<()> {
    let phone = at_the_tone(&centre.line()?, From::Number(&number(1))).await?;
    phone.press(HASH).await?;
    phone.ear().hears_whole(&Prompt::read("voice_silence")?, PROMPT).await?;
    phone.ear().hears_times(&Prompt::read("beep")?, 2, PROMPT).await?;
    phone.press(HASH).await?;
    phone.ear().hears_whole(&Prompt::read("goodbye")?, PROMPT).await?;
    phone.is_told_goodbye().await?;
    let call = centre.ended_call(&number(1)).await?;
    ensure!(call.ending.as_deref() == Some("callback_requested"), "{call:?}");
    ensure!(call.promise_kind.as_deref() == Some("callback"), "{call:?}");
    Ok(())
}

async fn keys_the_number_in(centre: &Centre) -> Result<()> {
    let mut phone = Phone::connected(&centre.line()?, From::Withheld).await?;
    phone.hush();
    for prompt in ["danger_first", "closed_weekend"] {
        hears(&phone, prompt).await?;
        phone.press(0).await?;
    }
    hears(&phone, "voice_number_ask").await?;
    for digit in [8, 3, 1, 0, 0, 0, 0, 0, 1, 7, HASH] {
        phone.press(digit).await?;
    }
    for prompt in ["number_read_back", "number_800", "number_30", "number_17", "number_confirm"] {
        phone.ear().hears_whole(&Prompt::read(prompt)?, PROMPT).await?;
        if prompt == "number_17" {
            phone.press(1).await?;
            break;
        }
    }
    hears(&phone, "voice_instructions").await?;
    phone.press(0).await?;
    phone.ear().hears_whole(&Prompt::read("beep")?, PROMPT).await?;
    speaks(&phone).await?;
    phone.press(HASH).await?;
    hears(&phone, "voice_review").await?;
    phone.press(1).await?;
    hears(&phone, "voice_saved").await?;
    phone.bye().await?;
    let call = centre.ended_call("+78310000017").await?;
    is_kept(&call)?;
    holds_words(centre, &call)
}

async fn records_anew(centre: &Centre) -> Result<()> {
    let mut phone = at_the_tone(&centre.line()?, From::Number(&number(2))).await?;
    speaks(&phone).await?;
    phone.press(HASH).await?;
    hears(&phone, "voice_review").await?;
    let first = centre.call(&number(2)).await?.recording.context("the first take")?;
    phone.press(2).await?;
    hears_itself(&phone).await?;
    phone.press(3).await?;
    phone.ear().hears_times(&Prompt::read("beep")?, 2, PROMPT).await?;
    speaks(&phone).await?;
    phone.press(HASH).await?;
    until(PROMPT, "the second take is the recording", || async {
        let recording = centre.call(&number(2)).await?.recording;
        Ok(recording.is_some_and(|file| file != first).then_some(()))
    })
    .await?;
    // The key counts once the take is complete.
    let saved = Prompt::read("voice_saved")?;
    until(PROMPT, "the message is sent", || async {
        phone.press(1).await?;
        Ok(phone.ear().hears_beginning(&saved, Duration::from_millis(700)).await.ok())
    })
    .await?;
    phone.bye().await?;
    let call = centre.ended_call(&number(2)).await?;
    is_kept(&call)?;
    ensure!(call.recording.as_deref() != Some(&first), "the second take is the message: {call:?}");
    holds_words(centre, &call)?;
    ensure!(centre.recorded_voice(&first).is_err(), "the first take is gone");
    Ok(())
}

/// What the caller said comes back as it was. The same words were heard as the announcement on danger, cut short after
/// its beginning: so its end is waited for.
async fn hears_itself(phone: &Phone) -> Result<()> {
    let words = Prompt::read("danger_first")?;
    let end = words.sound.len() - 8_000;
    let tail = Prompt { id: "what was said".to_owned(), sound: words.sound[end..end + 3_200].to_vec() };
    phone.ear().hears_whole(&tail, PROMPT).await
}
