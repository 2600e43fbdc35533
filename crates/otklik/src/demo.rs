//! The people of the demonstration: invented, with random passwords.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Gender, Role, Store};
use otklik_web::{NewPerson, add_person, set_password};
use rand::RngExt;
use serde::Serialize;

/// Somebody of the demonstration, with the password of this start.
#[derive(Serialize)]
pub(crate) struct DemoPerson {
    pub(crate) id: &'static str,
    #[serde(skip)]
    pub(crate) name: &'static str,
    pub(crate) password: String,
}

/// Name of the file with the passwords.
const PASSWORDS: &str = "demo-passwords.json";

const PEOPLE: [(&str, &str, Role, Gender); 6] = [
    ("vera", "Вера Тестова", Role::Specialist, Gender::F),
    ("egor", "Егор Макетов", Role::Specialist, Gender::M),
    ("lidia", "Лидия Сменная", Role::ShiftLead, Gender::F),
    ("nina", "Нина Главная", Role::Head, Gender::F),
    ("oleg", "Олег Серверов", Role::Administrator, Gender::M),
    ("polina", "Полина Цифрова", Role::PressOffice, Gender::F),
];

/// Adds whoever is missing. Passwords are made at the first start and kept in the data folder, readable by its owner
/// only, so that a start after a crash finds everybody still signed in.
pub(crate) async fn people(store: &Store, data: &Path, now: UtcMs) -> anyhow::Result<Vec<DemoPerson>> {
    let path = data.join(PASSWORDS);
    let kept: BTreeMap<String, String> = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} is not as we wrote it", path.display()))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    let mut passwords = kept.clone();
    for (id, ..) in PEOPLE {
        passwords.entry(id.to_owned()).or_insert_with(password);
    }
    if passwords != kept {
        let mut options = File::options();
        let mut file = options.create(true).write(true).truncate(true).mode(0o600).open(&path)?;
        file.write_all(serde_json::to_string_pretty(&passwords)?.as_bytes())?;
        file.sync_all()?;
    }
    let mut people = Vec::new();
    for (id, name, role, gender) in PEOPLE {
        let password = passwords.get(id).cloned().unwrap_or_default();
        let (secret, key) = (Personal::new(password.clone()), AgentId::new(id));
        match store.person(&key).await? {
            Some(_) if kept.contains_key(id) => {}
            Some(person) => set_password(store, &person, secret, now).await?,
            None => {
                let new = NewPerson { id: key, name: name.to_owned(), role, gender: Some(gender), password: secret };
                add_person(store, new, now).await?;
            }
        }
        people.push(DemoPerson { id, name, password });
    }
    Ok(people)
}

/// Three groups of four letters and digits that are not taken for one another: about 58 bits.
fn password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let mut group = || (0..4).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect::<String>();
    [group(), group(), group()].join("-")
}
