//! Sign-in and sessions: guessing is slowed and locks nobody out, a session ends where it is ended.

use anyhow::{Context, Result, ensure};
use otklik_testkit::Centre;
use serde_json::json;

use crate::{Visitor, program};

#[tokio::test(flavor = "multi_thread")]
async fn a_guesser_behind_the_same_address_does_not_lock_the_owner_out() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let vera = Visitor::of_demo(&centre, "vera").await?;
    let stranger = Visitor::nobody(&centre);
    let guess = json!({ "name": "vera", "password": "не тот пароль" });
    for _ in 0..5 {
        assert_eq!(stranger.asks("POST", "/api/session", Some(guess.clone())).await?.status, 401);
    }
    let slowed = stranger.asks("POST", "/api/session", Some(guess.clone())).await?;
    assert_eq!((slowed.status, slowed.code().as_str()), (429, "too_many_attempts"));
    // Her browser knows itself by its own cookie, without which the right password has to wait.
    let file = std::fs::read_to_string(centre.data().path().join("demo-passwords.json"))?;
    let passwords: serde_json::Value = serde_json::from_str(&file)?;
    let right = json!({ "name": "vera", "password": passwords["vera"] });
    assert_eq!(stranger.asks("POST", "/api/session", Some(right.clone())).await?.status, 429);
    let back = vera.asks("POST", "/api/session", Some(right)).await?;
    assert_eq!(back.status, 200, "{}", back.body);
    assert_eq!(vera.asks("GET", "/api/session", None).await?.status, 401, "the session that she had is over");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_ended_elsewhere_and_bodies_are_refused_in_words() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let here = Visitor::of_demo(&centre, "vera").await?;
    let there = Visitor::of_demo(&centre, "vera").await?;
    let egor = Visitor::of_demo(&centre, "egor").await?;
    let listed = here.gets("GET", "/api/sessions", None).await?;
    let sessions = listed["sessions"].as_array().context("sessions")?;
    let other = sessions.iter().find(|one| one["this"] == false).context("another one")?;
    let path = format!("/api/sessions/{}", other["id"].as_str().context("an id")?);
    assert_eq!(egor.is_refused("DELETE", &path, None).await?, (404, "no_such_session".to_owned()), "not his to end");
    here.gets("DELETE", &path, None).await?;
    assert_eq!(there.asks("GET", "/api/session", None).await?.status, 401);
    ensure!(here.asks("GET", "/api/session", None).await?.status == 200);

    let codes = [
        (here.is_refused("POST", "/api/session", Some(json!([]))).await?, (422, "bad_body")),
        (here.is_refused("POST", "/api/session", None).await?, (415, "not_json")),
        (here.is_refused("GET", "/api/calls?limit=many", None).await?, (400, "bad_query")),
        (here.is_refused("GET", "/api/calls/%FF", None).await?, (400, "bad_address")),
        (here.is_refused("PATCH", "/api/calls", None).await?, (405, "method_not_allowed")),
        (here.is_refused("POST", "/api/session", Some(json!({ "x": "я".repeat(70_000) }))).await?, (413, "too_large")),
    ];
    for (refused, (status, code)) in codes {
        assert_eq!(refused, (status, code.to_owned()));
    }
    Ok(())
}
