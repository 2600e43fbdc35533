//! The people of the demonstration: invented, with passwords that are new at each start.

use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Gender, Role, Store};
use otklik_web::{NewPerson, add_person, set_password};
use rand::RngExt;

/// Somebody of the demonstration, with the password of this start.
#[derive(Debug)]
pub(crate) struct DemoPerson {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) password: String,
}

const PEOPLE: [(&str, &str, Role, Gender); 3] = [
    ("vera", "Вера Тестова", Role::Specialist, Gender::F),
    ("egor", "Егор Макетов", Role::Specialist, Gender::M),
    ("lidia", "Лидия Сменная", Role::ShiftLead, Gender::F),
];

/// Adds whoever is missing and gives everybody a new password.
pub(crate) async fn people(store: &Store, now: UtcMs) -> anyhow::Result<Vec<DemoPerson>> {
    let mut people = Vec::new();
    for (id, name, role, gender) in PEOPLE {
        let password = password();
        let secret = Personal::new(password.clone());
        match store.person(&AgentId::new(id)).await? {
            Some(person) => set_password(store, &person, secret, now).await?,
            None => {
                let (id, name, gender) = (AgentId::new(id), name.to_owned(), Some(gender));
                add_person(store, NewPerson { id, name, role, gender, password: secret }, now).await?;
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
