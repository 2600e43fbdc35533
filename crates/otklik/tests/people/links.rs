//! One-time links: the first administrator, whoever is added, whoever lost their password.

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Centre, DataFolder, Finished, Setup};
use serde_json::json;

use crate::{Visitor, program};

const PASSWORD: &str = "пять зелёных чайников";

fn path_of(printed: &Finished) -> Result<String> {
    let line = printed.out.lines().find(|line| line.contains("/welcome/")).with_context(|| format!("{printed:?}"))?;
    Ok(line[line.find("/welcome/").unwrap_or_default()..].trim().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_centre_is_opened_by_one_link_once() -> Result<()> {
    let data = DataFolder::new()?;
    let folder = data.path().display().to_string();
    let init = program().run(&["init", "--data", &folder, "--public-url", "https://otklik.example/"]).await?;
    ensure!(init.code == Some(0) && init.out.contains("https://otklik.example/welcome/"), "{init:?}");
    let replaced = path_of(&init)?;
    // Again while nobody has a password, also beside the server: the new link replaces the old.
    let centre = Centre::start_with(&program(), data, Setup { real: true, ..Setup::default() }).await?;
    let again = program().run(&["init", "--data", &folder]).await?;
    ensure!(again.code == Some(0), "{again:?}");
    let link = path_of(&again)?;
    let nobody = Visitor::nobody(&centre);
    let gone = (404, "link_gone".to_owned());
    assert_eq!(nobody.is_refused("GET", &format!("/api{replaced}"), None).await?, gone);
    assert_eq!(nobody.is_refused("GET", "/api/welcome/0000", None).await?, gone);

    let hello = nobody.gets("GET", &format!("/api{link}"), None).await?;
    assert_eq!((&hello["id"], &hello["again"]), (&json!("admin"), &json!(false)));
    for (password, code) in [("короткий", "password_too_short"), ("qwerty1234567", "password_too_common")] {
        let refused = nobody.is_refused("POST", &format!("/api{link}"), Some(json!({ "password": password }))).await?;
        assert_eq!(refused, (400, code.to_owned()));
    }
    let admin = Visitor::by_link(&centre, &link, PASSWORD).await?;
    assert_eq!(admin.gets("GET", "/api/session", None).await?["person"]["role"], "administrator");
    let used = nobody.is_refused("POST", &format!("/api{link}"), Some(json!({ "password": PASSWORD }))).await?;
    assert_eq!(used, gone);
    Visitor::signed_in(&centre, "admin", PASSWORD).await?;

    let refused = program().run(&["init", "--data", &folder]).await?;
    ensure!(refused.code == Some(1) && refused.err.contains("otklik reset admin"), "{refused:?}");
    let reset = program().run(&["reset", "admin", "--data", &folder]).await?;
    let reset = path_of(&reset)?;
    Visitor::by_link(&centre, &reset, "шесть красных чайников").await?;
    assert_eq!(admin.asks("GET", "/api/session", None).await?.status, 401, "another password ends the sessions");
    let nobody = program().run(&["reset", "nobody", "--data", &folder]).await?;
    ensure!(nobody.code == Some(1) && nobody.err.contains("nobody"), "{nobody:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_added_gets_in_by_their_link_and_out_at_once() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let new = |id: &str| json!({ "id": id, "name": "Зоя <script>", "role": "specialist", "gender": "f" });
    for bad in ["Zoya", "z", "1zoya", "zoya anna", "зоя", &"z".repeat(41)] {
        let refused = oleg.is_refused("POST", "/api/setup/people", Some(new(bad))).await?;
        assert_eq!(refused, (400, "bad_sign_in_name".to_owned()), "{bad}");
    }
    let added = oleg.gets("POST", "/api/setup/people", Some(new("zoya"))).await?;
    let twice = oleg.is_refused("POST", "/api/setup/people", Some(new("zoya"))).await?;
    assert_eq!(twice, (409, "person_exists".to_owned()));
    let without = json!({ "name": "zoya", "password": "" });
    let refused = Visitor::nobody(&centre).is_refused("POST", "/api/session", Some(without)).await?;
    assert_eq!(refused, (401, "wrong_password".to_owned()), "no password is no empty password");
    let link = added["link"]["path"].as_str().context("a link")?;
    let zoya = Visitor::by_link(&centre, link, PASSWORD).await?;
    ensure!(zoya.asks("GET", "/api/calls", None).await?.status == 200);

    // Two administrators: the second one is told what the first one saved.
    let change = |version: u64, name: &str, disabled: bool| json!({ "version": version, "name": name, "role": "specialist", "gender": "f", "disabled": disabled });
    let saved = oleg.gets("PUT", "/api/setup/people/zoya", Some(change(2, "Зоя Первая", false))).await?;
    assert_eq!(saved["version"], 3);
    let stale = oleg.asks("PUT", "/api/setup/people/zoya", Some(change(2, "Зоя Вторая", false))).await?;
    assert_eq!((stale.status, stale.code().as_str()), (409, "stale"));
    assert_eq!(stale.json()?["stored"]["name"], "Зоя Первая");
    ensure!(zoya.asks("GET", "/api/session", None).await?.status == 200, "another name ends no session");

    let off = oleg.gets("PUT", "/api/setup/people/zoya", Some(change(3, "Зоя Первая", true))).await?;
    ensure!(off["disabled_at"].is_i64() && off["sessions"] == 0, "{off}");
    assert_eq!(zoya.asks("GET", "/api/session", None).await?.status, 401);
    let given = json!({ "name": "zoya", "password": PASSWORD });
    let refused = Visitor::nobody(&centre).is_refused("POST", "/api/session", Some(given)).await?;
    assert_eq!(refused, (403, "switched_off".to_owned()));
    assert_eq!(oleg.asks("POST", "/api/setup/people/zoya/link", None).await?.status, 404, "no link while switched off");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let oleg = Visitor::of_demo(&centre, "oleg").await?;
    let new = json!({ "id": "second", "name": "Второй", "role": "administrator", "gender": null });
    let second = oleg.gets("POST", "/api/setup/people", Some(new)).await?;
    let away = json!({ "version": 1, "name": "Олег", "role": "head", "gender": "m", "disabled": false });
    let refused = oleg.is_refused("PUT", "/api/setup/people/oleg", Some(away.clone())).await?;
    assert_eq!(refused, (409, "last_administrator".to_owned()), "one who never signed in is none");
    let link = second["link"]["path"].as_str().context("a link")?;
    Visitor::by_link(&centre, link, PASSWORD).await?;
    oleg.gets("PUT", "/api/setup/people/oleg", Some(away)).await?;
    assert_eq!(oleg.asks("GET", "/api/session", None).await?.status, 401, "another role asks for another sign-in");
    Ok(())
}
