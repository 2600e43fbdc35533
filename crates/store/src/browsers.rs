//! Browsers in which a person signed in before. Whoever guesses a name's password from elsewhere cannot take these
//! browsers' own attempts away.

use otklik_model::{AgentId, UtcMs};
use sea_orm::Value;

use crate::error::StoreError;
use crate::open::Store;
use crate::sessions::TokenHash;
use crate::sql;

/// Browsers that are remembered of one person.
const REMEMBERED: u64 = 20;

impl Store {
    /// Remembers a browser of a person; the longest unseen beyond twenty are forgotten.
    ///
    /// # Errors
    /// What the database said.
    pub async fn remember_browser(&self, token: &TokenHash, person: &AgentId, now: UtcMs) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let sql = "INSERT INTO browsers (token_hash, person, seen_at) VALUES ($1, $2, $3) \
                   ON CONFLICT (token_hash) DO UPDATE SET person = excluded.person, seen_at = excluded.seen_at";
        let values = vec![Value::from(token.as_str()), Value::from(person.as_str()), Value::from(now.0)];
        sql::execute(&txn, sql, values).await?;
        let sql = "DELETE FROM browsers WHERE person = $1 AND token_hash NOT IN \
                   (SELECT token_hash FROM browsers WHERE person = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)";
        sql::execute(&txn, sql, vec![Value::from(person.as_str()), sql::big(REMEMBERED)]).await?;
        Ok(txn.commit().await?)
    }

    /// Did this person sign in with this browser before?
    ///
    /// # Errors
    /// What the database said.
    pub async fn knows_browser(&self, token: &TokenHash, person: &AgentId) -> Result<bool, StoreError> {
        let sql = "SELECT person FROM browsers WHERE token_hash = $1 AND person = $2";
        let values = vec![Value::from(token.as_str()), Value::from(person.as_str())];
        Ok(sql::one(self.read(), sql, values).await?.is_some())
    }
}
