//! Every operation of the API as every role: `crates/web/roles.tsv` says who may, and a real server is asked.
//! `UPDATE_ROLES=1` writes the table as it is served, to be read in the diff before it is committed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use otklik_testkit::Centre;
use serde_json::{Value, json};

use crate::{Visitor, program};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/roles.tsv");
const NOBODY: &str = "nobody";
const COLUMNS: [&str; 8] =
    [NOBODY, "specialist", "shift_lead", "head", "administrator", "press_office", "measure_editor", "privacy_officer"];

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_answers_those_whom_the_table_names_and_nobody_else() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    let visitors = visitors(&centre).await?;
    let mut served = BTreeMap::new();
    for (method, path) in operations(&centre).await? {
        let mut answers = Vec::new();
        for (role, visitor) in COLUMNS.iter().zip(&visitors) {
            let body = ["post", "put", "patch"].contains(&method.as_str()).then(|| json!({}));
            let reply = visitor.asks(&method.to_uppercase(), &filled(&path), body).await?;
            let refusal = if *role == NOBODY { 401 } else { 403 };
            ensure!(
                ![401, 403].contains(&reply.status) || reply.status == refusal,
                "{method} {path} as {role}: {} {}",
                reply.status,
                reply.body
            );
            answers.push(if reply.status == refusal { "no" } else { "yes" });
        }
        served.insert(format!("{}\t{path}", method.to_uppercase()), answers.join("\t"));
    }
    compare(&served)
}

/// Somebody of each role, nobody first.
async fn visitors(centre: &Centre) -> Result<Vec<Visitor<'_>>> {
    let oleg = Visitor::of_demo(centre, "oleg").await?;
    let mut visitors = vec![Visitor::nobody(centre)];
    for id in ["vera", "lidia", "nina", "oleg", "polina"] {
        visitors.push(Visitor::of_demo(centre, id).await?);
    }
    for (id, role) in [("marina", "measure_editor"), ("pavel", "privacy_officer")] {
        let new = json!({ "id": id, "name": "Кто-то Новый", "role": role, "gender": null });
        let added = oleg.gets("POST", "/api/setup/people", Some(new)).await?;
        let link = added["link"]["path"].as_str().context("a link")?;
        visitors.push(Visitor::by_link(centre, link, "пять зелёных чайников").await?);
    }
    Ok(visitors)
}

/// Every operation of the API's description; the one that signs out comes last.
async fn operations(centre: &Centre) -> Result<Vec<(String, String)>> {
    let document = Visitor::nobody(centre).gets("GET", "/api/openapi.json", None).await?;
    let paths = document["paths"].as_object().context("paths")?;
    let of = |(path, methods): (&String, &Value)| {
        let methods: Vec<String> = methods.as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
        methods.into_iter().map(|method| (method, path.clone())).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = paths.iter().flat_map(of).collect();
    ensure!(all.len() > 30, "only {} operations", all.len());
    all.sort_by_key(|(method, path)| (method == "delete" && path == "/api/session", path.clone(), method.clone()));
    Ok(all)
}

/// The address with ids that name nothing.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        _ if !part.starts_with('{') => part,
        _ => "01939f5c-6c00-7000-8000-00000000dead",
    });
    parts.collect::<Vec<_>>().join("/")
}

fn compare(served: &BTreeMap<String, String>) -> Result<()> {
    let lines: Vec<String> = served.iter().map(|(operation, answers)| format!("{operation}\t{answers}")).collect();
    let text = format!("method\tpath\t{}\n{}\n", COLUMNS.join("\t"), lines.join("\n"));
    if std::env::var_os("UPDATE_ROLES").is_some() {
        std::fs::write(TABLE, &text).context(TABLE)?;
    }
    let table = std::fs::read_to_string(Path::new(TABLE)).context(TABLE)?;
    let committed: Vec<&str> = table.lines().skip(1).collect();
    let missing: Vec<&String> = lines.iter().filter(|line| !committed.contains(&line.as_str())).collect();
    let stray: Vec<&&str> = committed.iter().filter(|line| !lines.iter().any(|served| served == *line)).collect();
    ensure!(
        missing.is_empty() && stray.is_empty(),
        "crates/web/roles.tsv differs from what is served.\nserved and not in the table:\n{missing:#?}\n\
         in the table and not served so:\n{stray:#?}"
    );
    Ok(())
}
