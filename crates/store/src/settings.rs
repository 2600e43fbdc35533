//! Settings: documents that people edit, each a row with a version. A change is made on the version that was read, keeps
//! the one before, and leaves a line in the audit, all in one transaction. What a document means is not known here.

use otklik_model::UtcMs;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::sessions::hex;
use crate::{names, sql};

/// A document as it stands, or stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its id among those of its kind.
    pub id: String,
    /// 1 at first; rises with each change.
    pub version: u64,
    /// JSON, whose shape is the kind's.
    pub body: String,
    /// When it was changed last.
    pub changed_at: UtcMs,
    /// By whom: a sign-in name, or `centre`.
    pub changed_by: String,
}

/// Earlier versions that are given at most.
const HISTORY: u64 = 50;

const COLUMNS: &str = "id, version, body, changed_at, changed_by";

impl Store {
    /// All documents of a kind, by id; at most 1,000.
    ///
    /// # Errors
    /// What the database said.
    pub async fn settings(&self, kind: &str) -> Result<Vec<Setting>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM settings WHERE kind = $1 ORDER BY id LIMIT 1000");
        sql::all(self.read(), &sql, vec![Value::from(kind)]).await?.iter().map(read).collect()
    }

    /// One document.
    ///
    /// # Errors
    /// What the database said.
    pub async fn setting(&self, kind: &str, id: &str) -> Result<Option<Setting>, StoreError> {
        one(self.read(), kind, id).await
    }

    /// The versions of a document, newest first; at most 50.
    ///
    /// # Errors
    /// What the database said.
    pub async fn setting_versions(&self, kind: &str, id: &str) -> Result<Vec<Setting>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM settings_history WHERE kind = $1 AND id = $2 ORDER BY version DESC LIMIT $3"
        );
        let values = vec![Value::from(kind), Value::from(id), sql::big(HISTORY)];
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }

    /// Saves a document on the version that was read (0 = it was not there) and gives it as it stands now.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, or what the database said.
    pub async fn save_setting(
        &self,
        kind: &str,
        id: &str,
        body: &str,
        version: u64,
        who: &str,
        now: UtcMs,
    ) -> Result<Setting, StoreError> {
        let txn = self.begin().await?;
        let stored = one(&txn, kind, id).await?.map_or(0, |setting| setting.version);
        if stored != version {
            return Err(StoreError::Stale { expected: version, stored });
        }
        let setting = Setting {
            id: id.to_owned(),
            version: version + 1,
            body: body.to_owned(),
            changed_at: now,
            changed_by: who.to_owned(),
        };
        for table in ["settings", "settings_history"] {
            put(&txn, table, kind, &setting).await?;
        }
        audit(&txn, now, who, &format!("{kind}_set"), id).await?;
        txn.commit().await?;
        Ok(setting)
    }

    /// Keeps a sound (A-law, 8 kHz) and gives its name, the SHA-256 of its bytes.
    ///
    /// # Errors
    /// What the database said.
    pub async fn keep_sound(&self, alaw: &[u8]) -> Result<String, StoreError> {
        let name = hex(&Sha256::digest(alaw));
        let txn = self.begin().await?;
        let sql = "INSERT INTO sounds (sha256, alaw) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING";
        sql::execute(&txn, sql, vec![Value::from(name.as_str()), Value::from(hex(alaw))]).await?;
        txn.commit().await?;
        Ok(name)
    }

    /// A sound by its name.
    ///
    /// # Errors
    /// What the database said.
    pub async fn sound(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sql::one(self.read(), "SELECT alaw FROM sounds WHERE sha256 = $1", vec![Value::from(sha256)]).await?;
        let text: Option<String> = row.map(|row| row.try_get("", "alaw")).transpose()?;
        text.map(|text| unhex(&text).ok_or_else(|| StoreError::corrupt("sound"))).transpose()
    }
}

async fn one<C: ConnectionTrait>(conn: &C, kind: &str, id: &str) -> Result<Option<Setting>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM settings WHERE kind = $1 AND id = $2");
    let row = sql::one(conn, &sql, vec![Value::from(kind), Value::from(id)]).await?;
    row.map(|row| read(&row)).transpose()
}

async fn put<C: ConnectionTrait>(conn: &C, table: &str, kind: &str, setting: &Setting) -> Result<(), StoreError> {
    let key = if table == "settings" { "(kind, id)" } else { "(kind, id, version)" };
    let sql = format!(
        "INSERT INTO {table} (kind, id, version, body, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT {key} DO UPDATE SET version = excluded.version, body = excluded.body, \
         changed_at = excluded.changed_at, changed_by = excluded.changed_by"
    );
    let values = vec![
        Value::from(kind),
        Value::from(setting.id.as_str()),
        sql::big(setting.version),
        Value::from(setting.body.as_str()),
        Value::from(setting.changed_at.0),
        Value::from(setting.changed_by.as_str()),
    ];
    sql::execute(conn, &sql, values).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<Setting, StoreError> {
    Ok(Setting {
        id: row.try_get("", "id")?,
        version: sql::unsigned(row, "version")?,
        body: row.try_get("", "body")?,
        changed_at: names::read_at(row, "changed_at")?,
        changed_by: row.try_get("", "changed_by")?,
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    if rest.is_empty() { bytes } else { None }
}
