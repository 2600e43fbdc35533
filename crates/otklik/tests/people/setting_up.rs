//! Lines, days and prompts: what is saved holds for the next call, without a restart, and after one.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use jiff::tz::TimeZone;
use otklik_model::UtcMs;
use otklik_store::{Location, OpenMode, Store};
use otklik_testkit::{Centre, From, Phone, Prompt, SOON, send};
use serde_json::{Value, json};

use crate::{Visitor, program};

const PROMPT: Duration = Duration::from_secs(20);

async fn line(oleg: &Visitor<'_>) -> Result<Value> {
    let lines = oleg.gets("GET", "/api/setup/lines", None).await?;
    Ok(lines["lines"][0].clone())
}

/// The line with other hours on every day of the week.
fn with_hours(line: &Value, spans: &Value) -> Value {
    let week: serde_json::Map<String, Value> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .map(|day| ((*day).to_owned(), spans.clone()))
        .collect();
    json!({ "version": line["version"], "name": line["name"], "number": line["number"], "recorded": line["recorded"], "recorder": false,
            "keep_days": 180, "hours": week, "days": [] })
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_hours_are_heard_by_the_next_call_and_the_one_before_goes_on() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    centre.turn("calendar").await?;
    let always = json!([{ "from": "00:00", "to": "24:00" }]);
    let open = with_hours(&line(&oleg).await?, &always);
    oleg.gets("PUT", "/api/setup/lines/main", Some(open)).await?;
    // Today may be no working day: the line opens it by a day of its own.
    let mut own = with_hours(&line(&oleg).await?, &always);
    let today = centre.today().await?["day"].clone();
    own["days"] = json!([{ "date": today, "name": "", "hours": always }]);
    let stands = oleg.gets("PUT", "/api/setup/lines/main", Some(own)).await?;
    assert_eq!(stands["open_now"], true);
    let mut early = Phone::connected(&centre.line()?, From::Number("+79160000001")).await?;
    early.ear().hears_beginning(&Prompt::read("greeting")?, SOON).await?;

    let closed = oleg.gets("PUT", "/api/setup/lines/main", Some(with_hours(&stands, &json!([])))).await?;
    assert_eq!(closed["open_now"], false);
    let late = Phone::connected(&centre.line()?, From::Number("+79160000002")).await?;
    late.ear().hears_whole(&Prompt::read("closed_callback")?, PROMPT).await?;
    ensure!(centre.call("+79160000001").await?.ending.is_none(), "the call before goes on");
    early.bye().await?;

    let stale = oleg.asks("PUT", "/api/setup/lines/main", Some(with_hours(&stands, &always))).await?;
    assert_eq!((stale.status, stale.code().as_str()), (409, "stale"));
    assert_eq!(stale.json()?["stored"]["version"], closed["version"]);
    let bad = with_hours(&closed, &json!([{ "from": "09:00", "to": "08:00" }]));
    let refused = oleg.is_refused("PUT", "/api/setup/lines/main", Some(bad)).await?;
    assert_eq!(refused, (400, "closes_before_it_opens".to_owned()));

    centre.stop().await?;
    centre.restart().await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let kept = line(&oleg).await?;
    assert_eq!((&kept["version"], &kept["open_now"]), (&closed["version"], &json!(false)));
    centre.verify().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_line_takes_calls_and_a_closed_day_closes_it() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let always = json!([{ "from": "00:00", "to": "24:00" }]);
    let today = centre.today().await?["day"].clone();
    let mut new =
        with_hours(&json!({ "version": 0, "name": "Вторая", "number": "8-831-000-00-01", "recorded": false }), &always);
    new["number"] = json!("8-800-000-00-00");
    let taken = oleg.is_refused("PUT", "/api/setup/lines/second", Some(new.clone())).await?;
    assert_eq!(taken, (400, "number_taken".to_owned()));
    new["number"] = json!("8-831-000-00-01");
    oleg.gets("PUT", "/api/setup/lines/second", Some(new)).await?;
    let lines = oleg.gets("GET", "/api/lines", None).await?;
    let ids: Vec<_> = lines["lines"].as_array().context("lines")?.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["main", "second"], "the first line stays the first");

    let days = oleg.gets("GET", "/api/setup/days", None).await?;
    assert_eq!(days["closed"]["version"], 0);
    ensure!(days["days"].as_array().is_some_and(|days| days.iter().any(|day| day["kind"] == "holiday")), "{days}");
    let close = json!({ "version": 0, "days": [{ "date": today, "name": "Учения" }] });
    oleg.gets("PUT", "/api/setup/days", Some(close.clone())).await?;
    let open = |lines: Value| lines["lines"][1]["open_now"].clone();
    assert_eq!(open(oleg.gets("GET", "/api/lines", None).await?), json!(false));
    let stale = oleg.asks("PUT", "/api/setup/days", Some(close)).await?;
    assert_eq!((stale.status, stale.json()?["stored"]["version"].clone()), (409, json!(1)));
    let twice = json!({ "version": 1, "days": [{ "date": today, "name": "" }, { "date": today, "name": "" }] });
    assert_eq!(oleg.is_refused("PUT", "/api/setup/days", Some(twice)).await?, (400, "day_twice".to_owned()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_greeting_is_heard_by_the_next_caller_until_it_is_brought_back() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/prompts/closed_callback.wav"))?;
    let put = |version: u64, body: Vec<u8>| {
        let path = format!("/api/setup/prompts/greeting/sound?version={version}&file=new.wav");
        let (http, cookies) = (centre.addresses().map(|(http, _)| http), oleg.cookies.clone());
        async move { send(http?, &cookies, "PUT", &path, Some("audio/wav"), &body).await }
    };
    let refused = put(0, b"RIFF of nothing".to_vec()).await?;
    assert_eq!((refused.status, refused.code().as_str()), (400, "not_wav"));
    let large = put(0, vec![0; 5_600_000]).await?;
    assert_eq!((large.status, large.code().as_str()), (413, "sound_too_large"));
    let saved = put(0, file.clone()).await?;
    assert_eq!((saved.status, saved.json()?["version"].clone()), (200, json!(1)), "{}", saved.body);
    let stale = put(0, file).await?;
    assert_eq!((stale.status, stale.json()?["stored"]["version"].clone()), (409, json!(1)));

    let new = Prompt::read("closed_callback")?;
    let mut phone = Phone::connected(&centre.line()?, From::Number("+79160000003")).await?;
    phone.ear().hears_beginning(&new, SOON).await?;
    phone.bye().await?;
    // It would speak on, into a port that the next start may give to another call.
    drop(phone);
    // It is kept: the next start plays it too.
    centre.stop().await?;
    centre.restart().await?;
    let mut phone = Phone::connected(&centre.line()?, From::Number("+79160000004")).await?;
    phone.ear().hears_beginning(&new, SOON).await?;
    phone.bye().await?;

    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let back = json!({ "version": 1, "to": 0 });
    let stands = oleg.gets("POST", "/api/setup/prompts/greeting/restored", Some(back)).await?;
    assert_eq!((&stands["version"], &stands["built_in"]), (&json!(2), &json!(true)));
    assert_eq!(stands["versions"].as_array().map(Vec::len), Some(2), "the sound that was replaced stays");
    let mut phone = Phone::connected(&centre.line()?, From::Number("+79160000005")).await?;
    phone.ear().hears_beginning(&Prompt::read("greeting")?, SOON).await?;
    phone.bye().await?;
    centre.verify().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_noted_and_nonsense_is_not() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let phone = |version: u64, address: &str| json!({ "version": version, "kind": "sip", "address": address });
    let bad = oleg.is_refused("PUT", "/api/setup/devices/vera", Some(phone(0, "javascript:alert(1)"))).await?;
    assert_eq!(bad, (400, "bad_sip_address".to_owned()));
    let set = oleg.gets("PUT", "/api/setup/devices/vera", Some(phone(0, "sip:101@192.0.2.10"))).await?;
    assert_eq!((&set["version"], &set["address"]), (&json!(1), &json!("sip:101@192.0.2.10")));
    let stale = oleg.asks("PUT", "/api/setup/devices/vera", Some(phone(0, "sip:102@192.0.2.10"))).await?;
    assert_eq!((stale.status, stale.json()?["stored"]["address"].clone()), (409, json!("sip:101@192.0.2.10")));
    let nobody = oleg.is_refused("PUT", "/api/setup/devices/oleg", Some(phone(0, "sip:1@host"))).await?;
    assert_eq!(nobody, (404, "no_such_colleague".to_owned()), "an administrator takes no calls");
    Ok(())
}

fn topic(group: &str, version: u64, name: &str, active: bool) -> Value {
    json!({ "version": version, "group": group, "name": name, "says": [" карта победы ", "", "карта победы", "победная"],
            "place": 0, "active": active })
}

/// The topic of this id on the desk's tree, with the id of its group.
async fn offered(vera: &Visitor<'_>, id: &str) -> Result<(Value, Value)> {
    let tree = vera.gets("GET", "/api/topics", None).await?;
    let groups = tree["groups"].as_array().context("groups")?.clone();
    let mut topics = groups.iter().flat_map(|group| {
        let topics = group["topics"].as_array().cloned().unwrap_or_default();
        topics.into_iter().map(|topic| (group["id"].clone(), topic))
    });
    topics.find(|(_, topic)| topic["id"] == id).with_context(|| format!("{id}: {tree}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_is_renamed_moved_and_hidden_and_nothing_is_saved_over_unseen() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let vera = Visitor::of_demo(&centre, "vera").await?;
    let path = "/api/setup/topics/victory_card";
    let saved = oleg.gets("PUT", path, Some(topic("children", 1, " Карта <b>Победы</b> ", true))).await?;
    assert_eq!((&saved["version"], &saved["says"]), (&json!(2), &json!(["карта победы", "победная"])));
    let (group, shown) = offered(&vera, "victory_card").await?;
    assert_eq!(
        (&group, &shown["name"], &shown["active"]),
        (&json!("children"), &json!("Карта <b>Победы</b>"), &json!(true))
    );

    let stale = oleg.asks("PUT", path, Some(topic("veterans", 1, "Моё", true))).await?;
    assert_eq!((stale.status, stale.code().as_str()), (409, "stale"));
    assert_eq!(stale.json()?["stored"], saved, "what stands there is told whole");
    oleg.gets("PUT", path, Some(topic("veterans", 2, "Моё", false))).await?;
    let (group, hidden) = offered(&vera, "victory_card").await?;
    assert_eq!((&group, &hidden["name"], &hidden["active"]), (&json!("veterans"), &json!("Моё"), &json!(false)));

    let group = |version: u64, name: &str| json!({ "version": version, "name": name, "place": 3, "active": true });
    oleg.gets("PUT", "/api/setup/topic-groups/floods", Some(group(0, "Паводок"))).await?;
    oleg.gets("PUT", "/api/setup/topics/flood_help", Some(topic("floods", 0, "Помощь после паводка", true))).await?;
    let twice = oleg.asks("PUT", "/api/setup/topic-groups/floods", Some(group(0, "Другой"))).await?;
    assert_eq!((twice.status, twice.json()?["stored"]["name"].clone()), (409, json!("Паводок")));
    let refusals = [
        ("/api/setup/topics/floods", topic("floods", 0, "Т", true), (400, "topic_id_taken")),
        ("/api/setup/topic-groups/flood_help", group(0, "Г"), (400, "topic_id_taken")),
        ("/api/setup/topics/%D0%96", topic("floods", 0, "Т", true), (400, "bad_topic_id")),
        ("/api/setup/topics/nowhere", topic("floods", 7, "Т", true), (404, "no_such_topic")),
        ("/api/setup/topic-groups/nowhere", group(7, "Г"), (404, "no_such_topic_group")),
        ("/api/setup/topics/flood_help", topic("nowhere", 1, "Т", true), (400, "no_such_topic_group")),
        ("/api/setup/topics/flood_help", topic("floods", 1, &"я".repeat(100_000), true), (413, "too_large")),
        ("/api/setup/topics/flood_help", topic("floods", 1, &"я".repeat(121), true), (400, "bad_name")),
        (
            "/api/setup/topics/flood_help",
            with(topic("floods", 1, "Т", true), "says", json!(["а\nб"])),
            (400, "bad_says"),
        ),
        ("/api/setup/topics/flood_help", with(topic("floods", 1, "Т", true), "place", json!(-1)), (400, "bad_place")),
    ];
    for (path, body, (status, code)) in refusals {
        assert_eq!(oleg.is_refused("PUT", path, Some(body)).await?, (status, code.to_owned()), "{path}");
    }

    centre.stop().await?;
    centre.restart().await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let tree = oleg.gets("GET", "/api/setup/topics", None).await?;
    let kept = |id: &str| tree["topics"].as_array().and_then(|all| all.iter().find(|one| one["id"] == id)).cloned();
    let (hidden, new) = (kept("victory_card").context("kept")?, kept("flood_help").context("kept")?);
    assert_eq!((&hidden["version"], &hidden["active"]), (&json!(3), &json!(false)));
    assert_eq!((&new["version"], &new["group"]), (&json!(1), &json!("floods")), "refused saves left no trace");
    centre.verify().await
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_line_keeps_its_recordings_holds_at_once_and_after_a_restart() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let before = line(&oleg).await?;
    assert_eq!(before["keep_days"], 180, "as the centre's file has it");
    let days = |version: &Value, days: u32| {
        let line = with(with_hours(&before, &json!([])), "keep_days", json!(days));
        with(line, "version", version.clone())
    };
    let refused = oleg.is_refused("PUT", "/api/setup/lines/main", Some(days(&before["version"], 36_501))).await?;
    assert_eq!(refused, (400, "bad_keep_days".to_owned()));
    let saved = oleg.gets("PUT", "/api/setup/lines/main", Some(days(&before["version"], 30))).await?;
    assert_eq!(saved["keep_days"], 30);
    assert_eq!(oleg.gets("GET", "/api/keeping", None).await?["lines"][0]["keep_days"], 30);
    let stale = oleg.asks("PUT", "/api/setup/lines/main", Some(days(&before["version"], 0))).await?;
    assert_eq!((stale.status, stale.json()?["stored"]["keep_days"].clone()), (409, json!(30)));

    centre.stop().await?;
    put_older_line(centre.data().path()).await?;
    centre.restart().await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let lines = oleg.gets("GET", "/api/keeping", None).await?["lines"].clone();
    assert_eq!(lines[0]["keep_days"], 30, "the file does not go before what was saved");
    assert_eq!((&lines[1]["id"], &lines[1]["keep_days"]), (&json!("older"), &json!(0)), "what was for ever stays so");
    centre.verify().await
}

/// A line that was added when lines did not say yet how long they keep recordings, which was for ever.
async fn put_older_line(data: &Path) -> Result<()> {
    let store = Store::open(Location::parse(data, None)?, TimeZone::UTC, OpenMode::Lead).await?;
    let body = json!({ "name": "Прежняя", "number": "8-831-000-00-09", "place": 9, "recorded": true, "hours": {} });
    store.save_setting("line", "older", &body.to_string(), 0, "oleg", UtcMs(0)).await?;
    Ok(store.close().await?)
}
