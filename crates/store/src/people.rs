//! The people who sign in, and the trace of what they change. Each change writes its audit row in its own
//! transaction; a change of a row that was changed meanwhile is refused.

use std::fmt;

use otklik_model::{AgentId, Personal, UtcMs};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes calls.
    Specialist,
    /// Leads a shift: sees and helps all.
    ShiftLead,
    /// Answers for the centre: sees all, takes no calls.
    Head,
    /// Sets the centre up; sees nobody's appeal.
    Administrator,
    /// Publishes figures.
    PressOffice,
    /// Writes the measures of support.
    MeasureEditor,
    /// Watches over personal data.
    PrivacyOfficer,
}

impl Role {
    /// Every role, for tables and tests.
    pub const ALL: [Self; 7] = [
        Self::Specialist,
        Self::ShiftLead,
        Self::Head,
        Self::Administrator,
        Self::PressOffice,
        Self::MeasureEditor,
        Self::PrivacyOfficer,
    ];

    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Specialist => "specialist",
            Self::ShiftLead => "shift_lead",
            Self::Head => "head",
            Self::Administrator => "administrator",
            Self::PressOffice => "press_office",
            Self::MeasureEditor => "measure_editor",
            Self::PrivacyOfficer => "privacy_officer",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A grammatical form, which Russian asks for in the past tense and in short adjectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Feminine.
    F,
    /// Masculine.
    M,
}

impl Gender {
    /// The name in tables and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::F => "f",
            Self::M => "m",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::F, Self::M].into_iter().find(|gender| gender.name() == name)
    }
}

/// The hash of a password in PHC text (argon2id), made and checked by whoever signs people in; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their sign-in name.
    pub id: AgentId,
    /// Their name as others read it.
    pub name: Personal<String>,
    /// What they may do.
    pub role: Role,
    /// The form of words that screens use for them; neutral where nothing is given.
    pub gender: Option<Gender>,
    /// The hash of their password; empty where none was set yet.
    pub password_hash: PasswordHash,
    /// Rises with each change of the row; 1 at first.
    pub version: u64,
    /// Since when the person may no longer sign in; nothing = they may.
    pub disabled_at: Option<UtcMs>,
}

impl Person {
    /// Can this person sign in with a password?
    pub fn has_password(&self) -> bool {
        !self.password_hash.0.is_empty()
    }
}

/// What can be changed of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// Their name as others read it.
    pub name: Personal<String>,
    /// What they may do.
    pub role: Role,
    /// The form of words that screens use for them.
    pub gender: Option<Gender>,
    /// True where they may not sign in.
    pub disabled: bool,
}

/// One line of the trace: who did what to whom or what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: UtcMs,
    /// Sign-in name of who did it, or `centre`.
    pub who: String,
    /// What was done, as `person_created`.
    pub what: String,
    /// To whom or what: an id, never a text of a person.
    pub target: String,
}

impl Store {
    /// Adds a person; their row begins at version 1 whatever `person` says. `who` and `now` go into the audit.
    ///
    /// # Errors
    /// [`StoreError::PersonExists`], or what the database said.
    pub async fn create_person(&self, person: &Person, who: &str, now: UtcMs) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "INSERT INTO people (id, name, role, gender, password_hash, version) VALUES ($1, $2, $3, $4, $5, 1) \
                   ON CONFLICT (id) DO NOTHING";
        let values = vec![
            Value::from(person.id.as_str()),
            Value::from(person.name.reveal().as_str()),
            Value::from(person.role.name()),
            Value::from(person.gender.map(Gender::name)),
            Value::from(person.password_hash.0.as_str()),
        ];
        if sql::execute(&txn, sql, values).await? == 0 {
            return Err(StoreError::PersonExists);
        }
        audit(&txn, now, who, "person_created", person.id.as_str()).await?;
        Ok(txn.commit().await?)
    }

    /// The person of that sign-in name.
    ///
    /// # Errors
    /// What the database said.
    pub async fn person(&self, id: &AgentId) -> Result<Option<Person>, StoreError> {
        find(self.read(), id).await
    }

    /// Everybody who can sign in, by sign-in name. A centre has tens of them, not thousands: at most 1,000 are given.
    ///
    /// # Errors
    /// What the database said.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let sql = format!("{SELECT} ORDER BY id LIMIT 1000");
        sql::all(self.read(), &sql, vec![]).await?.iter().map(read).collect()
    }

    /// How many people can sign in.
    ///
    /// # Errors
    /// What the database said.
    pub async fn people_count(&self) -> Result<u64, StoreError> {
        let row = sql::one(self.read(), "SELECT COUNT(*) AS n FROM people", vec![]).await?;
        row.map_or(Ok(0), |row| sql::unsigned(&row, "n"))
    }

    /// Changes a person on the version of the row that was read, and gives the row as it stands now. Whoever gets another
    /// role, or is switched off, is signed out everywhere; whoever is switched off loses their link as well.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, [`StoreError::LastAdministrator`], [`StoreError::NoSuchPerson`], or what
    /// the database said.
    pub async fn change_person(
        &self,
        id: &AgentId,
        change: &PersonChange,
        version: u64,
        who: &str,
        now: UtcMs,
    ) -> Result<Person, StoreError> {
        let txn = self.begin().await?;
        let before = find(&txn, id).await?.ok_or(StoreError::NoSuchPerson)?;
        if before.version != version {
            return Err(StoreError::Stale { expected: version, stored: before.version });
        }
        let stays = change.role == Role::Administrator && !change.disabled;
        if before.role == Role::Administrator
            && before.disabled_at.is_none()
            && !stays
            && !others_lead(&txn, id).await?
        {
            return Err(StoreError::LastAdministrator);
        }
        let disabled_at = change.disabled.then(|| before.disabled_at.unwrap_or(now));
        let sql = "UPDATE people SET name = $2, role = $3, gender = $4, disabled_at = $5, version = version + 1 \
                   WHERE id = $1";
        let values = vec![
            Value::from(id.as_str()),
            Value::from(change.name.reveal().as_str()),
            Value::from(change.role.name()),
            Value::from(change.gender.map(Gender::name)),
            Value::from(disabled_at.map(|at| at.0)),
        ];
        sql::execute(&txn, sql, values).await?;
        if change.disabled || change.role != before.role {
            sql::execute(&txn, "DELETE FROM sessions WHERE person = $1", vec![Value::from(id.as_str())]).await?;
        }
        if change.disabled {
            sql::execute(&txn, "DELETE FROM invitations WHERE person = $1", vec![Value::from(id.as_str())]).await?;
        }
        audit(&txn, now, who, "person_changed", id.as_str()).await?;
        txn.commit().await?;
        let PersonChange { name, role, gender, .. } = change.clone();
        Ok(Person { name, role, gender, disabled_at, version: version + 1, ..before })
    }

    /// Sets a password on the version of the row that was read, ends all sessions of the person, and gives the new
    /// version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, [`StoreError::NoSuchPerson`], or what the database said.
    pub async fn set_password(
        &self,
        id: &AgentId,
        hash: &PasswordHash,
        version: u64,
        who: &str,
        now: UtcMs,
    ) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let sql = "SELECT version FROM people WHERE id = $1";
        let row = sql::one(&txn, sql, vec![Value::from(id.as_str())]).await?.ok_or(StoreError::NoSuchPerson)?;
        let stored = sql::unsigned(&row, "version")?;
        if stored != version {
            return Err(StoreError::Stale { expected: version, stored });
        }
        let sql = "UPDATE people SET password_hash = $2, version = version + 1 WHERE id = $1";
        sql::execute(&txn, sql, vec![Value::from(id.as_str()), Value::from(hash.0.as_str())]).await?;
        sql::execute(&txn, "DELETE FROM sessions WHERE person = $1", vec![Value::from(id.as_str())]).await?;
        audit(&txn, now, who, "password_set", id.as_str()).await?;
        txn.commit().await?;
        Ok(stored + 1)
    }

    /// The newest lines of the audit, at most `limit`, which is held to 1..=200.
    ///
    /// # Errors
    /// What the database said.
    pub async fn audit_newest(&self, limit: u64) -> Result<Vec<AuditRow>, StoreError> {
        let sql = "SELECT at_ms, who, what, target FROM audit ORDER BY at_ms DESC, id DESC LIMIT $1";
        let rows = sql::all(self.read(), sql, vec![sql::big(limit.clamp(1, 200))]).await?;
        rows.iter().map(read_audit).collect()
    }

    /// What was done to one target, oldest first, at most 200 lines.
    ///
    /// # Errors
    /// What the database said.
    pub async fn audit_of(&self, target: &str) -> Result<Vec<AuditRow>, StoreError> {
        let sql = "SELECT at_ms, who, what, target FROM audit WHERE target = $1 ORDER BY at_ms, id LIMIT 200";
        sql::all(self.read(), sql, vec![Value::from(target)]).await?.iter().map(read_audit).collect()
    }
}

/// Writes a line of the audit in the transaction of the change.
pub(crate) async fn audit<C: ConnectionTrait>(
    conn: &C,
    now: UtcMs,
    who: &str,
    what: &str,
    target: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at_ms, who, what, target) VALUES ($1, $2, $3, $4, $5)";
    let values =
        vec![names::uuid(Uuid::new_v4()), Value::from(now.0), Value::from(who), Value::from(what), Value::from(target)];
    sql::execute(conn, sql, values).await?;
    Ok(())
}

fn read_audit(row: &QueryResult) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        at: names::read_at(row, "at_ms")?,
        who: row.try_get("", "who")?,
        what: row.try_get("", "what")?,
        target: row.try_get("", "target")?,
    })
}

/// Is there another administrator who can sign in?
async fn others_lead<C: ConnectionTrait>(conn: &C, id: &AgentId) -> Result<bool, StoreError> {
    let sql =
        "SELECT id FROM people WHERE role = $1 AND id <> $2 AND disabled_at IS NULL AND password_hash <> '' LIMIT 1";
    let values = vec![Value::from(Role::Administrator.name()), Value::from(id.as_str())];
    Ok(sql::one(conn, sql, values).await?.is_some())
}

/// The person of that sign-in name.
pub(crate) async fn find<C: ConnectionTrait>(conn: &C, id: &AgentId) -> Result<Option<Person>, StoreError> {
    let sql = format!("{SELECT} WHERE id = $1");
    let row = sql::one(conn, &sql, vec![Value::from(id.as_str())]).await?;
    row.map(|row| read(&row)).transpose()
}

const SELECT: &str = "SELECT id, name, role, gender, password_hash, version, disabled_at FROM people";

fn read(row: &QueryResult) -> Result<Person, StoreError> {
    let (id, name): (String, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
    let role: String = row.try_get("", "role")?;
    let gender: Option<String> = row.try_get("", "gender")?;
    let gender = gender.map(|name| Gender::named(&name).ok_or_else(|| StoreError::corrupt("gender")));
    Ok(Person {
        id: AgentId(id),
        name: Personal::new(name),
        role: Role::named(&role).ok_or_else(|| StoreError::corrupt("role"))?,
        gender: gender.transpose()?,
        password_hash: PasswordHash(row.try_get("", "password_hash")?),
        version: sql::unsigned(row, "version")?,
        disabled_at: names::read_at_or_none(row, "disabled_at")?,
    })
}
