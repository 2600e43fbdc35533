//! `init` and `reset`: one-time links from the command line, for whoever holds the data folder.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use otklik_engine::Clock;
use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Location, OpenMode, PasswordHash, Person, Role, Store, TokenHash};
use otklik_web::fresh_token;

use crate::cli::{InitFlags, LinkFlags, ResetFlags};
use crate::place;
use crate::words::Words;

/// Sign-in name of the first administrator where none is given.
const FIRST: &str = "admin";

/// Makes the data folder and the first administrator, and prints their link. Again while no administrator has a
/// password: a new link replaces the old.
pub(crate) async fn init(flags: &InitFlags) -> anyhow::Result<ExitCode> {
    let words = Words::of_environment();
    let opened = Opened::open(&flags.link, &words, true).await?;
    let administrators = administrators(&opened.store).await?;
    if let Some(there) = administrators.iter().find(|person| person.has_password()) {
        bail!("{}", words.say("init-there", [("id", there.id.to_string())]));
    }
    let id = match (&flags.name, administrators.first()) {
        (Some(name), _) => AgentId::new(name.as_str()),
        (None, Some(waiting)) => waiting.id.clone(),
        (None, None) => AgentId::new(FIRST),
    };
    match opened.store.person(&id).await? {
        None => opened.store.create_person(&first(id.clone(), &words), "init", opened.now).await?,
        Some(person) if person.role == Role::Administrator => {}
        Some(_) => bail!("{}", words.say("init-other-role", [("id", id.to_string())])),
    }
    opened.store.drop_first_links().await?;
    opened.give_link(&id, "init", &flags.link, &words).await
}

/// Prints a link by which somebody sets another password.
pub(crate) async fn reset(flags: &ResetFlags) -> anyhow::Result<ExitCode> {
    let words = Words::of_environment();
    let opened = Opened::open(&flags.link, &words, false).await?;
    let id = AgentId::new(flags.name.trim().to_lowercase());
    match opened.store.person(&id).await? {
        Some(person) if person.disabled_at.is_none() => {}
        Some(_) => bail!("{}", words.say("reset-off", [("id", id.to_string())])),
        None => bail!("{}", words.say("reset-nobody", [("id", id.to_string())])),
    }
    opened.give_link(&id, "reset", &flags.link, &words).await
}

/// An open data folder: alone, or beside a server, which then goes on.
struct Opened {
    store: Store,
    now: UtcMs,
    /// Held until the link is printed; nothing beside a server.
    _lock: Option<std::fs::File>,
}

impl Opened {
    async fn open(flags: &LinkFlags, words: &Words, new: bool) -> anyhow::Result<Self> {
        let data = flags.place.data.as_deref().context("where do the data lie? Give --data DIR")?;
        if new {
            place::make(data)?;
        }
        if !data.is_dir() {
            bail!("there is no data folder {}: begin with `otklik init --data DIR`", data.display());
        }
        let location = Location::parse(data, flags.place.database.as_deref())?;
        let lock = place::try_lock(data)?;
        let mode = if lock.is_some() { OpenMode::Lead } else { OpenMode::Beside };
        let centre = place::open_centre(data, None, words)?;
        let store = Store::open(location, centre.zone, mode).await?;
        let now = Clock::start(UtcMs(0)).now().civil;
        Ok(Self { store, now, _lock: lock })
    }

    async fn give_link(self, id: &AgentId, by: &str, flags: &LinkFlags, words: &Words) -> anyhow::Result<ExitCode> {
        let token = fresh_token();
        self.store.invite(id, &TokenHash::of(token.as_bytes()), by, self.now).await?;
        self.store.close().await.context("the journal was not closed")?;
        let url = format!("{}/welcome/{token}", flags.public_url.trim_end_matches('/'));
        let mut out = io::stdout().lock();
        writeln!(out, "{}", words.say("link-for", [("id", id.to_string())]))?;
        writeln!(out, "{url}")?;
        writeln!(out, "{}", words.say("link-lasts", []))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn administrators(store: &Store) -> anyhow::Result<Vec<Person>> {
    let people = store.people().await?.into_iter();
    Ok(people.filter(|person| person.role == Role::Administrator && person.disabled_at.is_none()).collect())
}

fn first(id: AgentId, words: &Words) -> Person {
    Person {
        id,
        name: Personal::new(words.say("init-name", [])),
        role: Role::Administrator,
        gender: None,
        password_hash: PasswordHash(String::new()),
        version: 1,
        disabled_at: None,
    }
}
