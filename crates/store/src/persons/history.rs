//! What happened with a person, newest first: the calls of their numbers, the appeals that name them, what we owed.

use otklik_model::{CallId, PersonId, PromiseId, PromiseKind, UtcMs};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use crate::appeals::Appeal;
use crate::calls::CallRow;
use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql};

/// What an entry is about, in the order of entries of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HistoryKind {
    /// A call from one of the person's numbers.
    Call,
    /// An appeal that names the person.
    Appeal,
    /// A promise to one of the person's numbers.
    Promise,
}

impl HistoryKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Call, Self::Appeal, Self::Promise];

    /// The rows of the kind: table, its time, and which rows are the person's.
    fn rows(self) -> [&'static str; 3] {
        const NUMBERS: &str = "h.subject IN (SELECT subject FROM person_phones WHERE person = $1)";
        match self {
            Self::Call => ["calls", "h.started_at", NUMBERS],
            Self::Appeal => ["appeals", "h.created_at", "(h.speaker_person = $1 OR h.for_person = $1)"],
            Self::Promise => ["promises", "h.made_at", NUMBERS],
        }
    }
}

/// The place of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HistoryKey {
    /// When it happened.
    pub at: UtcMs,
    /// What it is about.
    pub kind: HistoryKind,
    /// The id of that.
    pub id: Uuid,
}

/// A promise of a person's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryPromise {
    /// The promise.
    pub id: PromiseId,
    /// The call that caused it.
    pub call: CallId,
    /// What we owe.
    pub kind: PromiseKind,
    /// By when.
    pub due_at: UtcMs,
    /// Since when.
    pub made_at: UtcMs,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum History {
    /// A call.
    Call(Box<CallRow>),
    /// An appeal.
    Appeal(Box<Appeal>),
    /// A promise.
    Promise(HistoryPromise),
}

impl Store {
    /// The history of a person behind a key, newest first, at most `limit`, which is held to 1..=200.
    ///
    /// # Errors
    /// What the database said.
    pub async fn person_history(
        &self,
        person: PersonId,
        before: Option<HistoryKey>,
        limit: u64,
    ) -> Result<Vec<(HistoryKey, History)>, StoreError> {
        let limit = limit.clamp(1, 200);
        let mut keys = Vec::new();
        for kind in HistoryKind::ALL {
            keys.extend(self.history_keys(person, kind, before, limit).await?);
        }
        keys.sort_unstable_by(|one, other| other.cmp(one));
        keys.truncate(usize::try_from(limit).unwrap_or(200));
        let mut entries = Vec::new();
        for key in keys {
            if let Some(entry) = self.history_entry(key).await? {
                entries.push((key, entry));
            }
        }
        Ok(entries)
    }

    async fn history_keys(
        &self,
        person: PersonId,
        kind: HistoryKind,
        before: Option<HistoryKey>,
        limit: u64,
    ) -> Result<Vec<HistoryKey>, StoreError> {
        let [table, at, whose] = kind.rows();
        let mut values = vec![names::uuid(person.0), sql::big(limit)];
        // Entries of one moment are in the order of their kinds, so a key says for each kind where it goes on.
        let behind = match before {
            None => String::new(),
            Some(key) if kind == key.kind => {
                values.extend([Value::from(key.at.0), names::uuid(key.id)]);
                format!("AND ({at}, h.id) < ($3, $4)")
            }
            Some(key) => {
                values.push(Value::from(key.at.0));
                let relation = if kind < key.kind { "<=" } else { "<" };
                format!("AND {at} {relation} $3")
            }
        };
        let sql = format!(
            "SELECT h.id, {at} AS at_ms FROM {table} h WHERE {whose} {behind} ORDER BY {at} DESC, h.id DESC LIMIT $2"
        );
        let read = |row: &QueryResult| {
            Ok(HistoryKey { at: names::read_at(row, "at_ms")?, kind, id: names::read_uuid(row, "id")? })
        };
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }

    async fn history_entry(&self, key: HistoryKey) -> Result<Option<History>, StoreError> {
        Ok(match key.kind {
            HistoryKind::Call => self.call(CallId(key.id)).await?.map(|call| History::Call(Box::new(call))),
            HistoryKind::Appeal => {
                let appeal = self.appeal(otklik_model::AppealId(key.id)).await?;
                appeal.map(|appeal| History::Appeal(Box::new(appeal)))
            }
            HistoryKind::Promise => {
                let sql = "SELECT id, call_id, kind, due_at, made_at FROM promises WHERE id = $1";
                let row = sql::one(self.read(), sql, vec![names::uuid(key.id)]).await?;
                row.map(|row| read_promise(&row).map(History::Promise)).transpose()?
            }
        })
    }
}

fn read_promise(row: &QueryResult) -> Result<HistoryPromise, StoreError> {
    Ok(HistoryPromise {
        id: PromiseId(names::read_uuid(row, "id")?),
        call: CallId(names::read_uuid(row, "call_id")?),
        kind: names::read_promise_kind(row, "kind")?,
        due_at: names::read_at(row, "due_at")?,
        made_at: names::read_at(row, "made_at")?,
    })
}
