//! Passwords: made into hashes (argon2id, RFC 9106) and checked, off the threads that serve.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash as ParsedHash};
use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Gender, PasswordHash, Person, Role, Store, StoreError};
use tokio::sync::Semaphore;

/// Somebody to be added.
#[derive(Debug)]
pub struct NewPerson {
    /// Sign-in name.
    pub id: AgentId,
    /// Name as others read it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Form of words that the screens use for them.
    pub gender: Option<Gender>,
    /// The password.
    pub password: Personal<String>,
}

/// Why somebody was not added.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

/// Adds a person.
pub async fn add_person(store: &Store, new: NewPerson, now: UtcMs) -> Result<(), PeopleError> {
    let password_hash = hash(new.password).await?;
    let name = Personal::new(new.name);
    let person =
        Person { id: new.id, name, role: new.role, gender: new.gender, password_hash, version: 1, disabled_at: None };
    Ok(store.create_person(&person, "centre", now).await?)
}

/// Gives a person another password.
pub async fn set_password(
    store: &Store,
    person: &Person,
    password: Personal<String>,
    now: UtcMs,
) -> Result<(), PeopleError> {
    let password_hash = hash(password).await?;
    store.set_password(&person.id, &password_hash, person.version, "centre", now).await?;
    Ok(())
}

/// Hashes under way at once: each takes 19 MiB and a core for a while.
static HASHING: Semaphore = Semaphore::const_new(2);

pub(crate) async fn hash(password: Personal<String>) -> Result<PasswordHash, PeopleError> {
    let _place = HASHING.acquire().await;
    let hashing = move || Argon2::default().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string());
    let hashed = tokio::task::spawn_blocking(hashing).await.map_err(|error| PeopleError::Hash(error.to_string()))?;
    hashed.map(PasswordHash).map_err(|error| PeopleError::Hash(error.to_string()))
}

/// True where the password is the person's. Without a person, or one who has set none, the same work is done for nothing, so that the time that
/// it takes does not tell which names exist.
pub(crate) async fn is_password(person: Option<&Person>, password: Personal<String>) -> bool {
    let Some(stored) = person.filter(|person| person.has_password()).map(|person| person.password_hash.0.clone())
    else {
        drop(hash(password).await);
        return false;
    };
    let _place = HASHING.acquire().await;
    let check = move || {
        ParsedHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok())
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}
