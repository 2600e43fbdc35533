//! The words by which appeals and persons are found. A save writes only what differs from the words before.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Value};

use crate::error::StoreError;
use crate::sql;

/// Words written by one statement.
const AT_ONCE: usize = 200;

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// An appeal's.
    Appeal,
    /// A person's.
    Person,
}

impl Of {
    fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Appeal => ("appeal_words", "appeal"),
            Self::Person => ("person_words", "person"),
        }
    }
}

/// Makes `words` the words of the row `id`.
pub(crate) async fn set<C: ConnectionTrait>(
    conn: &C,
    of: Of,
    id: &str,
    words: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let (table, column) = of.table();
    let sql = format!("SELECT word FROM {table} WHERE {column} = $1");
    let mut stored = BTreeSet::new();
    for row in sql::all(conn, &sql, vec![Value::from(id)]).await? {
        stored.insert(row.try_get::<String>("", "word")?);
    }
    let gone: Vec<&String> = stored.difference(words).collect();
    for part in gone.chunks(AT_ONCE) {
        let places = sql::places(2, part.len());
        let sql = format!("DELETE FROM {table} WHERE {column} = $1 AND word IN ({places})");
        sql::execute(conn, &sql, values(id, part)).await?;
    }
    let new: Vec<&String> = words.difference(&stored).collect();
    for part in new.chunks(AT_ONCE) {
        let rows: Vec<String> = (2..part.len() + 2).map(|n| format!("(${n}, $1)")).collect();
        let sql = format!("INSERT INTO {table} (word, {column}) VALUES {}", rows.join(", "));
        sql::execute(conn, &sql, values(id, part)).await?;
    }
    Ok(())
}

fn values(id: &str, words: &[&String]) -> Vec<Value> {
    std::iter::once(Value::from(id)).chain(words.iter().map(|word| Value::from(word.as_str()))).collect()
}
