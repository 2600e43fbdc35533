//! Signed-in sessions. The token itself is never stored, only its hash; time comes in from outside.

use std::fmt;

use otklik_model::{AgentId, UtcMs};
use sea_orm::Value;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql};

/// A session's `last_seen_at` is written at most this often (milliseconds), so that reading a page is no write.
const TOUCH_MS: i64 = 60_000;

/// SHA-256 of a session's token, as lower-case hex.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenHash(String);

impl TokenHash {
    /// Hashes a token (256 random bits or more, so that no slow hash is needed).
    pub fn of(token: &[u8]) -> Self {
        Self(hex(&Sha256::digest(token)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// A name of the session that opens nothing: the first half of the hash.
    pub fn public_id(&self) -> String {
        self.0.chars().take(32).collect()
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(hidden)")
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: AgentId,
    /// Since when.
    pub created_at: UtcMs,
    /// Until when at most.
    pub expires_at: UtcMs,
    /// When last seen, to the minute.
    pub last_seen_at: UtcMs,
}

/// A session in a person's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// The session's token, hashed.
    pub token: TokenHash,
    /// What it is.
    pub session: Session,
    /// How the browser calls itself; nothing where it did not say, or the session is older than the column.
    pub browser: Option<String>,
}

impl Store {
    /// Begins a session of a person.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], also where the person is switched off, or what the database said.
    pub async fn create_session(
        &self,
        token: &TokenHash,
        person: &AgentId,
        now: UtcMs,
        expires_at: UtcMs,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "SELECT id FROM people WHERE id = $1 AND disabled_at IS NULL";
        let known = sql::one(&txn, sql, vec![Value::from(person.as_str())]).await?;
        if known.is_none() {
            return Err(StoreError::NoSuchPerson);
        }
        let sql = "INSERT INTO sessions (token_hash, person, created_at, expires_at, last_seen_at) \
                   VALUES ($1, $2, $3, $4, $3)";
        let values = vec![
            Value::from(token.0.as_str()),
            Value::from(person.as_str()),
            Value::from(now.0),
            Value::from(expires_at.0),
        ];
        sql::execute(&txn, sql, values).await?;
        audit(&txn, now, person.as_str(), "signed_in", person.as_str()).await?;
        Ok(txn.commit().await?)
    }

    /// The session of a token that has not expired at `now`; marks it as seen.
    ///
    /// # Errors
    /// What the database said.
    pub async fn find_session(&self, token: &TokenHash, now: UtcMs) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT person, created_at, expires_at, last_seen_at FROM sessions \
                   WHERE token_hash = $1 AND expires_at > $2";
        let values = vec![Value::from(token.0.as_str()), Value::from(now.0)];
        let Some(row) = sql::one(self.read(), sql, values).await? else { return Ok(None) };
        let person: String = row.try_get("", "person")?;
        let mut session = Session {
            person: AgentId(person),
            created_at: names::read_at(&row, "created_at")?,
            expires_at: names::read_at(&row, "expires_at")?,
            last_seen_at: names::read_at(&row, "last_seen_at")?,
        };
        if now.since_ms(session.last_seen_at) >= TOUCH_MS {
            let txn = self.begin().await?;
            let sql = "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1";
            sql::execute(&txn, sql, vec![Value::from(token.0.as_str()), Value::from(now.0)]).await?;
            txn.commit().await?;
            session.last_seen_at = now;
        }
        Ok(Some(session))
    }

    /// Ends a session; ending one that is over already changes nothing.
    ///
    /// # Errors
    /// What the database said.
    pub async fn delete_session(&self, token: &TokenHash, now: UtcMs) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "SELECT person FROM sessions WHERE token_hash = $1";
        let Some(row) = sql::one(&txn, sql, vec![Value::from(token.0.as_str())]).await? else {
            return Ok(txn.rollback().await?);
        };
        let person: String = row.try_get("", "person")?;
        let sql = "DELETE FROM sessions WHERE token_hash = $1";
        sql::execute(&txn, sql, vec![Value::from(token.0.as_str())]).await?;
        audit(&txn, now, &person, "signed_out", &person).await?;
        Ok(txn.commit().await?)
    }

    /// Notes how the browser of a session calls itself.
    ///
    /// # Errors
    /// What the database said.
    pub async fn name_browser(&self, token: &TokenHash, browser: &str) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "UPDATE sessions SET browser = $2 WHERE token_hash = $1";
        sql::execute(&txn, sql, vec![Value::from(token.0.as_str()), Value::from(browser)]).await?;
        Ok(txn.commit().await?)
    }

    /// The sessions of a person that have not expired, newest first; at most 100.
    ///
    /// # Errors
    /// What the database said.
    pub async fn sessions_of(&self, person: &AgentId, now: UtcMs) -> Result<Vec<ListedSession>, StoreError> {
        let sql = "SELECT token_hash, person, created_at, expires_at, last_seen_at, browser FROM sessions \
                   WHERE person = $1 AND expires_at > $2 ORDER BY created_at DESC, token_hash LIMIT 100";
        let rows = sql::all(self.read(), sql, vec![Value::from(person.as_str()), Value::from(now.0)]).await?;
        let read = |row: &sea_orm::QueryResult| {
            let session = Session {
                person: person.clone(),
                created_at: names::read_at(row, "created_at")?,
                expires_at: names::read_at(row, "expires_at")?,
                last_seen_at: names::read_at(row, "last_seen_at")?,
            };
            let token = TokenHash(row.try_get("", "token_hash")?);
            Ok(ListedSession { token, session, browser: row.try_get("", "browser")? })
        };
        rows.iter().map(read).collect()
    }

    /// Ends all sessions of a person and says how many there were.
    ///
    /// # Errors
    /// What the database said.
    pub async fn delete_sessions_of(&self, person: &AgentId, who: &str, now: UtcMs) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let sql = "DELETE FROM sessions WHERE person = $1";
        let ended = sql::execute(&txn, sql, vec![Value::from(person.as_str())]).await?;
        audit(&txn, now, who, "sessions_ended", person.as_str()).await?;
        txn.commit().await?;
        Ok(ended)
    }

    /// Drops the sessions, and the links, that have expired at `now`, and says how many sessions there were.
    ///
    /// # Errors
    /// What the database said.
    pub async fn delete_expired_sessions(&self, now: UtcMs) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let sql = "DELETE FROM sessions WHERE expires_at <= $1";
        let dropped = sql::execute(&txn, sql, vec![Value::from(now.0)]).await?;
        sql::execute(&txn, "DELETE FROM invitations WHERE expires_at <= $1", vec![Value::from(now.0)]).await?;
        txn.commit().await?;
        Ok(dropped)
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
