//! The list of appeals, newest first, paged by key; every filter and every term of a search reads an index.

use otklik_centre::appeals::filing::Status;
use otklik_centre::appeals::words::{self, Term};
use otklik_model::{AgentId, AppealId, Personal, ResultId, UtcMs};
use sea_orm::Value;

use super::{Appeal, SELECT, appeals};
use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql};

/// Which appeals to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppealsQuery {
    /// Only appeals older than this one (the last of the page before).
    pub before: Option<(UtcMs, AppealId)>,
    /// How many at most; held to 1..=200.
    pub limit: u64,
    /// Only appeals that stand there.
    pub status: Option<Status>,
    /// Only appeals on this topic, or on any topic of the group of that id.
    pub topic: Option<String>,
    /// Only appeals with this result.
    pub result: Option<ResultId>,
    /// Only appeals of this specialist.
    pub author: Option<AgentId>,
    /// Only appeals from this moment on.
    pub from: Option<UtcMs>,
    /// Only appeals before this moment.
    pub to: Option<UtcMs>,
    /// Only appeals that have all of these terms (see [`words::terms`]).
    pub search: Option<Personal<String>>,
}

/// A statement with its values.
#[derive(Debug)]
struct Select {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Select {
    fn place(&mut self, value: Value) -> usize {
        self.values.push(value);
        self.values.len()
    }

    fn only(&mut self, condition: &str, value: Value) {
        let place = self.place(value);
        self.conditions.push(condition.replace('?', &format!("${place}")));
    }

    /// `column` begins with `prefix`.
    fn begins(&mut self, column: &str, prefix: &str) -> String {
        let (from, to) = (self.place(Value::from(prefix)), self.place(sql::behind(prefix)));
        format!("{column} >= ${from} AND {column} < ${to}")
    }

    /// Any of the ways in which an appeal can have the term.
    fn term(&mut self, term: &Term) {
        let mut ways = Vec::new();
        if let Some(word) = &term.word {
            let range = self.begins("word", word);
            ways.push(format!("SELECT appeal FROM appeal_words WHERE {range}"));
            let named = format!("SELECT person FROM person_words WHERE {range}");
            ways.push(format!("SELECT id FROM appeals WHERE speaker_person IN ({named})"));
            ways.push(format!("SELECT id FROM appeals WHERE for_person IN ({named})"));
        }
        for digits in &term.phone {
            let range = self.begins("digits", digits);
            let subjects = format!("SELECT subject FROM subject_digits WHERE {range}");
            ways.push(format!("SELECT id FROM appeals WHERE subject IN ({subjects})"));
        }
        if let Some(number) = &term.number {
            let range = self.begins("number", number);
            ways.push(format!("SELECT id FROM appeals WHERE {range}"));
        }
        if let Some(place) = term.place {
            let place = self.place(sql::big(place));
            ways.push(format!("SELECT id FROM appeals WHERE number_n = ${place}"));
        }
        self.conditions.push(format!("a.id IN ({})", ways.join(" UNION ")));
    }
}

impl AppealsQuery {
    fn select(&self) -> Select {
        let mut select = Select {
            // Drafts of calls that nobody answered are no appeals yet.
            conditions: vec!["a.author IS NOT NULL".to_owned()],
            values: vec![sql::big(self.limit.clamp(1, 200))],
        };
        if let Some(status) = self.status {
            select.only("a.status = ?", Value::from(status.name()));
        }
        if let Some(topic) = &self.topic {
            let of = "SELECT id FROM topics WHERE topic_group = ? UNION SELECT id FROM topics WHERE id = ?";
            let condition = format!("a.id IN (SELECT appeal FROM appeal_topics WHERE topic IN ({of}))");
            select.only(&condition, Value::from(topic.as_str()));
        }
        if let Some(result) = &self.result {
            select.only("a.result = ?", Value::from(result.as_str()));
        }
        if let Some(author) = &self.author {
            select.only("a.author = ?", Value::from(author.as_str()));
        }
        if let Some(from) = self.from {
            select.only("a.created_at >= ?", Value::from(from.0));
        }
        if let Some(to) = self.to {
            select.only("a.created_at < ?", Value::from(to.0));
        }
        if let Some((at, id)) = self.before {
            let (at, id) = (select.place(Value::from(at.0)), select.place(names::uuid(id.0)));
            select.conditions.push(format!("(a.created_at, a.id) < (${at}, ${id})"));
        }
        if let Some(search) = &self.search {
            for term in &words::terms(search.reveal()) {
                select.term(term);
            }
        }
        select
    }
}

impl Store {
    /// Appeals in whose calls somebody spoke, newest first.
    ///
    /// # Errors
    /// What the database said.
    pub async fn appeals(&self, query: &AppealsQuery) -> Result<Vec<Appeal>, StoreError> {
        let Select { conditions, values } = query.select();
        let conditions = conditions.join(" AND ");
        let sql = format!("{SELECT} WHERE {conditions} ORDER BY a.created_at DESC, a.id DESC LIMIT $1");
        let rows = sql::all(self.read(), &sql, values).await?;
        appeals(self.read(), &rows).await
    }

    /// Leaves the trace that somebody takes appeals out of the house.
    ///
    /// # Errors
    /// What the database said.
    pub async fn note_export(&self, who: &AgentId, now: UtcMs) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        audit(&txn, now, who.as_str(), "appeals_exported", "appeals").await?;
        Ok(txn.commit().await?)
    }

    /// How `SQLite` would read that list, a step a line; for tests only.
    #[doc(hidden)]
    pub async fn _internal_appeals_plan(&self, query: &AppealsQuery) -> Result<Vec<String>, StoreError> {
        let Select { conditions, values } = query.select();
        let conditions = conditions.join(" AND ");
        let sql =
            format!("EXPLAIN QUERY PLAN {SELECT} WHERE {conditions} ORDER BY a.created_at DESC, a.id DESC LIMIT $1");
        let rows = sql::all(self.read(), &sql, values).await?;
        rows.iter().map(|row| Ok(row.try_get("", "detail")?)).collect()
    }
}
