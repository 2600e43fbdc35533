//! Appeals over HTTP: who may write, what bad input is told, and that none of it loses or leaks anything.

use anyhow::{Context, Result};
use otklik_testkit::{Reply, Session, request};
use serde_json::{Value, json};

use crate::house::{House, call};

fn document(version: u64, asked: &str) -> Value {
    json!({
        "version": version, "kind": "consultation", "topics": ["pension"], "asked": asked, "answered": "",
        "result": "explained", "speaker": { "is": "did_not_say" }, "for_whom": { "is": "self" },
    })
}

/// The status and the code of a refusal.
fn refusal(reply: &Reply) -> Result<(u16, String)> {
    Ok((reply.status, reply.json()?["code"].as_str().context("a code")?.to_owned()))
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn appeal_of(session: &Session, n: usize) -> Result<Value> {
    let reply = session.request("GET", &format!("/api/calls/{}/appeal", call(n)), None).await?;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

async fn put(session: &Session, n: usize, document: &Value) -> Result<Reply> {
    session.request("PUT", &format!("/api/appeals/{}", call(n)), Some(document)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_on_one_appeal_and_a_sign_out_lose_nothing() -> Result<()> {
    let house = House::open(2).await?;
    let (vera, egor, lidia) =
        (house.sign_in("vera").await?, house.sign_in("egor").await?, house.sign_in("lidia").await?);
    let draft = appeal_of(&vera, 1).await?;
    assert_eq!((&draft["status"], &draft["version"], &draft["may_write"]), (&json!("draft"), &json!(1), &json!(true)));
    assert_eq!((&draft["author"]["id"], &draft["caller"]), (&json!("vera"), &json!("+78310000001")));
    assert_eq!(draft["missing"], json!(["topic", "asked", "result", "speaker"]));

    let saved = put(&vera, 1, &document(1, "Пишет Вера")).await?.json()?;
    assert_eq!((&saved["version"], &saved["missing"]), (&json!(2), &json!([])));
    let stale = put(&lidia, 1, &document(1, "Пишет Лидия")).await?;
    assert_eq!(refusal(&stale)?, refused(409, "stale"));
    let theirs = &stale.json()?["theirs"];
    assert_eq!((&theirs["asked"], &theirs["version"]), (&json!("Пишет Вера"), &json!(2)));
    assert_eq!((&theirs["updated_by"]["name"], &theirs["updated_at"]), (&json!("Вера Тестова"), &saved["updated_at"]));
    assert_eq!(put(&lidia, 1, &document(2, "Пишет Лидия")).await?.status, 200, "a shift lead helps");

    assert_eq!(appeal_of(&egor, 1).await?["may_write"], json!(false));
    assert_eq!(refusal(&put(&egor, 1, &document(3, "Пишет Егор")).await?)?, refused(403, "not_your_appeal"));

    assert_eq!(vera.request("DELETE", "/api/session", None).await?.status, 204);
    assert_eq!(refusal(&put(&vera, 1, &document(3, "После выхода")).await?)?, refused(401, "not_signed_in"));
    let vera = house.sign_in("vera").await?;
    let again = put(&vera, 1, &document(3, "После выхода")).await?.json()?;
    assert_eq!((&again["version"], &again["asked"]), (&json!(4), &json!("После выхода")), "the client kept it");
    house.closes_sound().await
}

#[tokio::test(flavor = "multi_thread")]
async fn other_roles_read_or_are_kept_out() -> Result<()> {
    let house = House::open(1).await?;
    let appeal = format!("/api/appeals/{}", call(1));
    let paths =
        ["/api/appeals", "/api/topics", "/api/persons?q=ва", &appeal, &format!("/api/calls/{}/people", call(1))];
    let table = [
        ("nina", 200, 200),
        ("sofia", 200, 200),
        ("lidia", 200, 200),
        ("vera", 200, 403),
        ("oleg", 403, 403),
        ("polina", 403, 403),
        ("roman", 403, 403),
    ];
    for (name, reads, exports) in table {
        let session = house.sign_in(name).await?;
        for path in paths {
            assert_eq!(session.request("GET", path, None).await?.status, reads, "{name} {path}");
        }
        assert_eq!(session.request("GET", "/api/appeals.csv", None).await?.status, exports, "{name} exports");
        let writes = if ["lidia", "vera"].contains(&name) { 200 } else { 403 };
        let asked = format!("Пишет {name}");
        let version = if name == "vera" { 2 } else { 1 };
        assert_eq!(put(&session, 1, &document(version, &asked)).await?.status, writes, "{name} writes");
    }
    let http = house.centre.addresses()?.0;
    for path in paths {
        assert_eq!(request(http, "GET", path, None).await?.status, 401, "nobody {path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_told_in_words_and_changes_nothing() -> Result<()> {
    let house = House::open(1).await?;
    let vera = house.sign_in("vera").await?;
    let path = format!("/api/appeals/{}", call(1));
    let with = |field: &str, value: Value| {
        let mut document = document(1, "Вопрос");
        document[field] = value;
        document.to_string()
    };
    let nobody = "11111111-1111-4111-8111-111111111111";
    let letters = "ы".repeat(100_000);
    let table = [
        (with("asked", json!(letters)), 422, "too_long"),
        (with("answered", json!(letters)), 422, "too_long"),
        (with("for_whom", json!({ "is": "relation", "relation": letters })), 422, "too_long"),
        (with("for_whom", json!({ "is": "relation" })), 422, "no_relation"),
        (with("for_whom", json!({ "is": "person", "person": nobody })), 422, "no_such_person"),
        (with("speaker", json!({ "is": "person", "person": nobody })), 422, "no_such_person"),
        (with("speaker", json!({ "is": "person", "person": "../../etc/passwd" })), 422, "no_such_person"),
        (with("topics", json!(["'; DROP TABLE appeals; --"])), 422, "no_such_topic"),
        (with("topics", json!(["pension", "health", "utilities", "employment"])), 422, "too_many_topics"),
        (with("result", json!("nothing")), 422, "no_such_result"),
        (with("kind", json!("ticket")), 400, "bad_body"),
        (with("version", json!("1")), 400, "bad_body"),
        (with("number", json!("26-000001")), 400, "bad_body"),
        ("{".to_owned(), 400, "bad_body"),
        (String::new(), 400, "bad_body"),
        (with("asked", json!("ы".repeat(3_000_000))), 413, "too_large"),
    ];
    for (body, status, code) in &table {
        let reply = vera.request_text("PUT", &path, body).await.context(*code)?;
        assert_eq!(refusal(&reply)?, refused(*status, code), "{body:.90}");
    }
    let long = vera.request_text("PUT", &path, &table[0].0).await?.json()?;
    assert_eq!((&long["field"], &long["limit"]), (&json!("asked"), &json!(4_000)));
    for forged in [nobody, "1", "%27%20OR%201=1", "..%2f..%2fsession", &"9".repeat(5_000)] {
        for (method, end) in [("GET", ""), ("PUT", ""), ("POST", "/registration"), ("POST", "/dismissal")] {
            let body = if end == "/dismissal" { json!({ "reason": "prank" }) } else { json!({ "version": 1 }) };
            let body = if method == "PUT" { document(1, "а") } else { body };
            let reply = vera.request(method, &format!("/api/appeals/{forged}{end}"), Some(&body)).await?;
            assert_eq!(refusal(&reply)?, refused(404, "no_such_appeal"), "{method} {forged:.40}{end}");
        }
    }
    for (query, code) in [
        ("q=%25", "bad_query"),
        ("q=я", "bad_query"),
        ("from=вчера", "bad_day"),
        ("status=lost", "bad_filter"),
        ("limit=x", "bad_filter"),
        ("before=x", "bad_cursor"),
    ] {
        assert_eq!(refusal(&vera.request("GET", &format!("/api/appeals?{query}"), None).await?)?, refused(400, code));
    }
    let draft = appeal_of(&vera, 1).await?;
    assert_eq!((&draft["version"], &draft["asked"]), (&json!(1), &json!("")), "nothing of it was stored");
    assert!(!house.centre.log().contains("Вопрос"), "no text of an appeal stands in the log");
    house.closes_sound().await
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_come_back_as_texts_and_a_table_holds_no_formula() -> Result<()> {
    let house = House::open(8).await?;
    let (vera, lidia) = (house.sign_in("vera").await?, house.sign_in("lidia").await?);
    let texts = [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "=HYPERLINK(\"http://example.org\";\"сюда\")",
        "+7 900",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "кавычка\"; =1\nвторая строка",
        "\u{1f600} ёжик '; DROP TABLE appeals; --",
    ];
    for (n, text) in (1..).zip(texts) {
        let saved = put(&vera, n, &document(1, text)).await?;
        assert_eq!(saved.json()?["asked"], json!(text));
        assert_eq!(appeal_of(&lidia, n).await?["asked"], json!(text));
    }
    let table = lidia.request("GET", "/api/appeals.csv", None).await?.body;
    assert!(table.starts_with("\u{feff}number;created_at;"), "{table:.60}");
    for text in texts {
        let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        let cell = format!(";\"{guard}{}\";", text.replace('"', "\"\""));
        assert!(table.contains(&cell), "{cell} in {table}");
    }
    assert!(table.contains("\"'+78310000001\""), "numbers are no formulas either");
    assert_eq!(table.matches("\r\n").count(), 9, "a head and eight rows");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_is_filed_dismissed_and_found() -> Result<()> {
    let house = House::open(3).await?;
    let vera = house.sign_in("vera").await?;
    let post = async |n: usize, act: &str, body: Value| {
        vera.request("POST", &format!("/api/appeals/{}/{act}", call(n)), Some(&body)).await
    };
    let incomplete = post(1, "registration", json!({ "version": 1 })).await?;
    assert_eq!(refusal(&incomplete)?, refused(422, "incomplete"));
    assert_eq!(incomplete.json()?["missing"], json!(["topic", "asked", "result", "speaker"]));

    let person = json!({ "family_name": "Вымыслова", "given_name": "Ольга", "patronymic": "Сергеевна", "birth_year": 1988,
                         "note": "", "call": call(1) });
    let card = vera.request("POST", "/api/persons", Some(&person)).await?;
    assert_eq!(card.status, 201, "{}", card.body);
    let card = card.json()?;
    assert_eq!(card["phones"], json!(["+78310000001"]));
    let people = vera.request("GET", &format!("/api/calls/{}/people", call(1)), None).await?.json()?;
    assert_eq!(people, json!({ "people": [{ "id": card["id"], "given_name": "Ольга", "patronymic": "Сергеевна" }] }));
    let nobody = vera.request("GET", &format!("/api/calls/{}/people", call(2)), None).await?.json()?;
    assert_eq!(nobody, json!({ "people": [] }), "known on one number is not known on another");

    let mut asked = document(1, "Отказали в едином пособии, ещё в октябре");
    asked["speaker"] = json!({ "is": "person", "person": card["id"] });
    assert_eq!(put(&vera, 1, &asked).await?.status, 200);
    let filed = post(1, "registration", json!({ "version": 2 })).await?.json()?;
    let number = filed["number"].as_str().context("a number")?.to_owned();
    assert!(number.ends_with("-000001") && number.len() == 9, "{number}");
    assert_eq!(post(1, "registration", json!({ "version": 2 })).await?.json()?["number"], json!(number), "asked again");
    assert_eq!(refusal(&post(1, "dismissal", json!({ "reason": "prank" })).await?)?, refused(409, "appeal_registered"));

    let dismissed = post(2, "dismissal", json!({ "reason": "silence" })).await?.json()?;
    assert_eq!((&dismissed["status"], &dismissed["dismissal"]), (&json!("dismissed"), &json!("silence")));
    assert_eq!(refusal(&put(&vera, 2, &document(2, "а")).await?)?, refused(409, "appeal_dismissed"));
    let undo = vera.request("DELETE", &format!("/api/appeals/{}/dismissal", call(2)), None).await?.json()?;
    assert_eq!(undo["status"], json!("draft"));

    let found = async |query: &str| -> Result<Vec<Value>> {
        let page = vera.request("GET", &format!("/api/appeals?{query}"), None).await?.json()?;
        Ok(page["appeals"].as_array().context("appeals")?.clone())
    };
    let queries = [
        format!("q={number}"),
        "q=%D0%B5%D1%89%D0%B5".to_owned(),
        "q=+7%20831%20000-00-01".to_owned(),
        "q=0001".to_owned(),
        "q=%D0%92%D1%8B%D0%BC".to_owned(),
        "status=registered".to_owned(),
        "topic=other".to_owned(),
        "topic=pension&result=explained&author=vera&from=2026-11-24&to=2026-11-24".to_owned(),
    ];
    for query in queries {
        let found = found(&query).await?;
        assert_eq!(found.len(), 1, "{query}");
        assert_eq!(found[0]["speaker"]["person"]["family_name"], json!("Вымыслова"));
    }
    assert_eq!(found("from=2026-11-25").await?.len() + found("to=2026-11-23").await?.len(), 0);
    assert_eq!(found("").await?.len(), 3);
    let history =
        vera.request("GET", &format!("/api/persons/{}/history", card["id"].as_str().context("id")?), None).await?;
    let kinds: Vec<_> =
        history.json()?["entries"].as_array().context("entries")?.iter().map(|e| e["kind"].clone()).collect();
    assert_eq!(kinds, [json!("appeal"), json!("call")]);
    house.closes_sound().await
}
