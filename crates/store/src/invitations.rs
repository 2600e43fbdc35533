//! One-time links: the first administrator, everybody who is added, everybody whose password is lost. Only the hash of
//! a link's token is stored; it is good once, and until it expires.

use otklik_model::{AgentId, UtcMs};
use sea_orm::{ConnectionTrait, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::{self, PasswordHash, Person, Role, audit};
use crate::sessions::TokenHash;
use crate::{names, sql};

/// How long a link is good, milliseconds: 24 hours.
pub const LINK_LASTS_MS: i64 = 24 * 3_600_000;

impl Store {
    /// Makes a link for a person who is not switched off; it replaces an earlier one. Gives when it expires.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], or what the database said.
    pub async fn invite(&self, id: &AgentId, token: &TokenHash, who: &str, now: UtcMs) -> Result<UtcMs, StoreError> {
        let txn = self.begin().await?;
        let person = people::find(&txn, id).await?.filter(|person| person.disabled_at.is_none());
        if person.is_none() {
            return Err(StoreError::NoSuchPerson);
        }
        let expires_at = now.plus_ms(LINK_LASTS_MS);
        let sql = "INSERT INTO invitations (person, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (person) DO UPDATE SET token_hash = excluded.token_hash, \
                   created_at = excluded.created_at, expires_at = excluded.expires_at";
        let values =
            vec![Value::from(id.as_str()), Value::from(token.as_str()), Value::from(now.0), Value::from(expires_at.0)];
        sql::execute(&txn, sql, values).await?;
        audit(&txn, now, who, "link_made", id.as_str()).await?;
        txn.commit().await?;
        Ok(expires_at)
    }

    /// Whose link it is, while it is good.
    ///
    /// # Errors
    /// What the database said.
    pub async fn invited(&self, token: &TokenHash, now: UtcMs) -> Result<Option<Person>, StoreError> {
        invited(self.read(), token, now).await
    }

    /// When the open link of a person expires; nothing where there is none.
    ///
    /// # Errors
    /// What the database said.
    pub async fn link_expiry(&self, id: &AgentId, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
        let sql = "SELECT expires_at FROM invitations WHERE person = $1 AND expires_at > $2";
        let row = sql::one(self.read(), sql, vec![Value::from(id.as_str()), Value::from(now.0)]).await?;
        row.map(|row| names::read_at(&row, "expires_at")).transpose()
    }

    /// Uses a link: sets the password, ends all sessions of the person, and gives the person as they stand now. A link
    /// that was used meanwhile, or has expired, changes nothing and gives nothing.
    ///
    /// # Errors
    /// What the database said.
    pub async fn accept_invitation(
        &self,
        token: &TokenHash,
        hash: &PasswordHash,
        now: UtcMs,
    ) -> Result<Option<Person>, StoreError> {
        let txn = self.begin().await?;
        let Some(mut person) = invited(&txn, token, now).await? else {
            txn.rollback().await?;
            return Ok(None);
        };
        let id = || Value::from(person.id.as_str());
        sql::execute(&txn, "DELETE FROM invitations WHERE person = $1", vec![id()]).await?;
        let sql = "UPDATE people SET password_hash = $2, version = version + 1 WHERE id = $1";
        sql::execute(&txn, sql, vec![id(), Value::from(hash.0.as_str())]).await?;
        sql::execute(&txn, "DELETE FROM sessions WHERE person = $1", vec![id()]).await?;
        audit(&txn, now, person.id.as_str(), "link_used", person.id.as_str()).await?;
        txn.commit().await?;
        person.password_hash = hash.clone();
        person.version += 1;
        Ok(Some(person))
    }

    /// Drops the links of administrators who never set a password, so that one link alone opens a new centre.
    ///
    /// # Errors
    /// What the database said.
    pub async fn drop_first_links(&self) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "DELETE FROM invitations WHERE person IN \
                   (SELECT id FROM people WHERE role = $1 AND password_hash = '')";
        sql::execute(&txn, sql, vec![Value::from(Role::Administrator.name())]).await?;
        Ok(txn.commit().await?)
    }
}

async fn invited<C: ConnectionTrait>(conn: &C, token: &TokenHash, now: UtcMs) -> Result<Option<Person>, StoreError> {
    let sql = "SELECT person FROM invitations WHERE token_hash = $1 AND expires_at > $2";
    let row = sql::one(conn, sql, vec![Value::from(token.as_str()), Value::from(now.0)]).await?;
    let Some(row) = row else { return Ok(None) };
    let id: String = row.try_get("", "person")?;
    Ok(people::find(conn, &AgentId(id)).await?.filter(|person| person.disabled_at.is_none()))
}
