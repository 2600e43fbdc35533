//! What a killed centre owes: the promise stands in the list, one of two people gets it, it is tried and closed, all by
//! HTTP; and whoever may not, or asks for nonsense, is told so.

use anyhow::{Context, Result, ensure};
use jiff::tz::TimeZone;
use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Location, OpenMode, Role, Store};
use otklik_testkit::{Centre, From, Phone, Reply, SOON, Session};
use otklik_web::{NewPerson, add_person};
use serde_json::{Value, json};

use crate::{number, program};

/// Of the invented administrator.
const PASSWORD: &str = "k7m2-p9qx-w4ts";
const NOWHERE: &str = "01939f5c-6c00-7000-8000-000000000001";

/// The status and the code of a problem.
fn problem(reply: &Reply) -> Result<(u16, String)> {
    let json = reply.json()?;
    ensure!(reply.head.to_lowercase().contains("application/problem+json"), "not a problem: {}", reply.head);
    Ok((reply.status, json["code"].as_str().context("a code")?.to_owned()))
}

async fn post(session: &Session, id: &str, part: &str, body: &Value) -> Result<Reply> {
    session.request("POST", &format!("/api/promises/{id}/{part}"), Some(body)).await
}

async fn take(session: &Session, id: &str) -> Result<Reply> {
    session.request("POST", &format!("/api/promises/{id}/taking"), None).await
}

async fn listed(session: &Session, which: &str) -> Result<Vec<Value>> {
    let reply = session.request("GET", &format!("/api/promises?which={which}"), None).await?;
    ensure!(reply.status == 200, "{which}: {}", reply.body);
    Ok(reply.json()?["promises"].as_array().context("a list")?.clone())
}

/// Two callers in the middle of a call when the centre is killed, one of them without a number.
async fn owing(centre: &mut Centre) -> Result<()> {
    let known = Phone::connected(&centre.line()?, From::Number(&number(1))).await?;
    let withheld = Phone::connected(&centre.line()?, From::Withheld).await?;
    for phone in [&known, &withheld] {
        phone.ear().hears_something(SOON).await?;
    }
    centre.kill().await?;
    add_administrator(centre).await?;
    centre.restart().await
}

/// The demonstration has no administrator: one is added while the centre stands still.
async fn add_administrator(centre: &Centre) -> Result<()> {
    let location = Location::parse(centre.data().path(), None)?;
    let store = Store::open(location, TimeZone::UTC, OpenMode::Lead).await?;
    let password = Personal::new(PASSWORD.to_owned());
    let (id, name) = (AgentId::new("boris"), "Борис Настройкин".to_owned());
    let boris = NewPerson { id, name, role: Role::Administrator, gender: None, password };
    add_person(&store, boris, UtcMs(0)).await?;
    Ok(store.close().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_taken_by_one_tried_and_closed_once() -> Result<()> {
    let mut centre = Centre::start(&program()).await?;
    owing(&mut centre).await?;
    let (vera, egor) = tokio::try_join!(centre.sign_in("vera"), centre.sign_in("egor"))?;
    let open = listed(&vera, "open").await?;
    ensure!(open.len() == 2 && open.iter().all(|row| row["kind"] == "our_fault"), "{open:?}");
    let of = |caller: Value| open.iter().find(|row| row["caller"] == caller).context("in the list").cloned();
    let (known, withheld) = (of(json!(number(1)))?, of(Value::Null)?);
    let id = known["id"].as_str().context("an id")?;

    let (first, second) = tokio::try_join!(take(&vera, id), take(&egor, id))?;
    let (winner, loser, lost) = if first.status == 200 { (&vera, &egor, &second) } else { (&egor, &vera, &first) };
    ensure!([first.status, second.status].iter().sum::<u16>() == 609, "one wins: {first:?} {second:?}");
    ensure!(problem(lost)? == (409, "promise_taken".to_owned()), "{lost:?}");
    let owner = lost.json()?["promise"]["owner"]["id"].clone();
    ensure!(listed(winner, "mine").await?.len() == 1 && listed(loser, "mine").await?.is_empty(), "{owner}");

    let busy = json!({ "result": "busy", "note": "  Занято, Захар Придуманный говорит с сестрой " });
    ensure!(problem(&post(loser, id, "attempts", &busy).await?)? == (409, "promise_taken".to_owned()));
    let tried = post(winner, id, "attempts", &busy).await?.json()?;
    let gap = tried["next_try_at"].as_i64().context("a next attempt")?;
    ensure!(tried["attempts"] == 1 && tried["last_result"] == "busy" && gap > 0, "{tried}");
    nonsense(&centre, winner, id).await?;

    let close = |outcome: &str, note: &str| json!({ "outcome": outcome, "note": note });
    let table = [
        (close("by_hand", " "), "promise_needs_reason"),
        (close("not_reached", ""), "promise_attempts_left"),
        (close("no_number", "нет"), "promise_number_known"),
        (json!({ "outcome": "spoken_earlier" }), "promise_no_proof"),
        (json!({ "outcome": "spoken", "proof": known["call"] }), "promise_no_proof"),
        (json!({ "outcome": "spoken", "proof": NOWHERE }), "promise_no_proof"),
        (json!({ "outcome": "spoken", "proof": withheld["call"] }), "promise_no_proof"),
    ];
    for (body, code) in table {
        ensure!(problem(&post(winner, id, "closing", &body).await?)? == (422, code.to_owned()), "{body}");
    }
    let closed = post(winner, id, "closing", &close("refused", "Больше не нужно")).await?;
    ensure!(closed.status == 200 && closed.json()?["closed_by"]["id"] == owner, "{closed:?}");
    let again = post(winner, id, "closing", &close("refused", "")).await?;
    ensure!(problem(&again)? == (409, "promise_closed".to_owned()) && again.json()?["promise"]["outcome"] == "refused");
    let detail = loser.request("GET", &format!("/api/promises/{id}"), None).await?.json()?;
    ensure!(detail["note"] == "Больше не нужно", "{detail}");
    ensure!(detail["tries"][0]["note"] == "Занято, Захар Придуманный говорит с сестрой", "{detail}");

    let id = withheld["id"].as_str().context("an id")?;
    without_a_number(&vera, &egor, id).await?;
    ensure!(listed(&egor, "closed").await?.len() == 2 && listed(&egor, "open").await?.is_empty(), "all are closed");
    ensure!(centre.stop().await? == Some(0), "stopped");
    ensure!(!centre.log().contains("Придуманный"), "a note is in the log");
    centre.verify().await
}

/// Taken by somebody who then goes off shift; closed by the other with a reason.
async fn without_a_number(vera: &Session, egor: &Session, id: &str) -> Result<()> {
    ensure!(take(vera, id).await?.status == 200);
    let tried = post(vera, id, "attempts", &json!({ "result": "busy" })).await?;
    ensure!(problem(&tried)? == (422, "promise_number_unknown".to_owned()), "{tried:?}");
    ensure!(vera.request("DELETE", "/api/session", None).await?.status == 204);
    let back = egor.request("GET", &format!("/api/promises/{id}"), None).await?.json()?;
    ensure!(back["promise"]["owner"].is_null() && back["promise"]["returned_at"].is_i64(), "{back}");
    let no_number = |note: &str| json!({ "outcome": "no_number", "note": note });
    let silent = post(egor, id, "closing", &no_number("")).await?;
    ensure!(problem(&silent)? == (422, "promise_needs_reason".to_owned()), "{silent:?}");
    ensure!(post(egor, id, "closing", &no_number("Номер скрыт")).await?.status == 200);
    Ok(())
}

/// Forged ids, bodies of another kind, too many letters, and people without the right.
async fn nonsense(centre: &Centre, session: &Session, id: &str) -> Result<()> {
    let busy = json!({ "result": "busy" });
    for forged in [NOWHERE, "x", "..%2f..%2fetc", "%00"] {
        for part in ["taking", "attempts", "closing"] {
            let body = if part == "closing" { json!({ "outcome": "refused" }) } else { busy.clone() };
            let reply = post(session, forged, part, &body).await?;
            ensure!(problem(&reply)? == (404, "no_such_promise".to_owned()), "{forged} {part}: {reply:?}");
        }
    }
    let table = [
        ("attempts", json!({ "result": "reached" }), (422, "bad_body")),
        ("attempts", json!({ "result": "busy", "note": 5 }), (422, "bad_body")),
        ("attempts", json!({ "result": "busy", "owner": "egor" }), (422, "bad_body")),
        ("attempts", json!({ "result": "busy", "note": "ы".repeat(2_001) }), (422, "note_too_long")),
        ("attempts", json!({ "result": "busy", "note": "ы".repeat(100_000) }), (413, "note_too_long")),
        ("closing", json!({ "outcome": "refused", "proof": "'; DROP TABLE promises" }), (422, "promise_no_proof")),
    ];
    for (part, body, (status, code)) in table {
        ensure!(problem(&post(session, id, part, &body).await?)? == (status, code.to_owned()), "{part} {code}");
    }
    for query in ["which=theirs", "kind=';--", "limit=0", "after=x"] {
        let reply = session.request("GET", &format!("/api/promises?{query}"), None).await?;
        ensure!(problem(&reply)?.0 == 400, "{query}: {reply:?}");
    }
    let administrator = Session::sign_in(centre.addresses()?.0, "boris", PASSWORD).await?;
    for (method, path) in [
        ("GET", "/api/promises".to_owned()),
        ("GET", "/api/promises/counts".to_owned()),
        ("GET", format!("/api/promises/{id}")),
        ("POST", format!("/api/promises/{id}/taking")),
        ("DELETE", format!("/api/promises/{id}/taking")),
        ("POST", format!("/api/promises/{id}/attempts")),
        ("POST", format!("/api/promises/{id}/closing")),
    ] {
        let reply = administrator.request(method, &path, None).await?;
        ensure!(problem(&reply)? == (403, "forbidden".to_owned()), "{method} {path}: {reply:?}");
    }
    // An attempt may not have been counted by all that.
    let row = session.request("GET", &format!("/api/promises/{id}"), None).await?.json()?;
    ensure!(row["promise"]["attempts"] == 1 && row["promise"]["closed_at"].is_null(), "{row}");
    Ok(())
}
