//! The tree of topics and the results of appeals: rows that people change, with versions. Nothing is ever deleted, for
//! stored appeals name it; what is not active is not offered any more.

use otklik_model::{AgentId, ResultId, TopicGroupId, TopicId, UtcMs};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::sql;

/// Rows of each table that are read: a tree that people can use has tens of groups and some hundreds of topics.
const MOST: i64 = 2_000;

/// The first level of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicGroup {
    /// Its id, for ever.
    pub id: TopicGroupId,
    /// Its name.
    pub name: String,
    /// Its place among the groups.
    pub place: i64,
    /// Is it offered?
    pub active: bool,
    /// Rises with each change; 1 at first.
    pub version: u64,
}

/// A leaf of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its id, for ever.
    pub id: TopicId,
    /// Its group.
    pub group: TopicGroupId,
    /// Its name.
    pub name: String,
    /// How people say it.
    pub says: Vec<String>,
    /// Its place in the group.
    pub place: i64,
    /// Is it offered?
    pub active: bool,
    /// Rises with each change; 1 at first.
    pub version: u64,
}

/// What an appeal can end with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealResult {
    /// Its id, for ever.
    pub id: ResultId,
    /// Its name.
    pub name: String,
    /// Its place among the results.
    pub place: i64,
    /// Is it offered?
    pub active: bool,
    /// Rises with each change; 1 at first.
    pub version: u64,
}

/// All of it, each in the order in which it is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topics {
    /// Groups.
    pub groups: Vec<TopicGroup>,
    /// Topics of all groups.
    pub topics: Vec<Topic>,
    /// Results.
    pub results: Vec<AppealResult>,
}

impl Store {
    /// Fills empty tables with these topics and results; tables that hold any are left as people made them. Gives true
    /// where it filled.
    ///
    /// # Errors
    /// What the database said.
    pub async fn seed_topics(&self, topics: &Topics, now: UtcMs) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let sql = "SELECT id FROM topic_groups UNION ALL SELECT id FROM appeal_results LIMIT 1";
        if sql::one(&txn, sql, vec![]).await?.is_some() {
            return Ok(false);
        }
        for group in &topics.groups {
            put_group(&txn, group, None).await?;
        }
        for topic in &topics.topics {
            put_topic(&txn, topic, None).await?;
        }
        for result in &topics.results {
            put_result(&txn, result, None).await?;
        }
        audit(&txn, now, "centre", "topics_seeded", "topics").await?;
        txn.commit().await?;
        Ok(true)
    }

    /// Groups, topics and results.
    ///
    /// # Errors
    /// What the database said.
    pub async fn topics(&self) -> Result<Topics, StoreError> {
        let read = |table: &str| format!("SELECT * FROM {table} ORDER BY place, id LIMIT {MOST}");
        let groups = sql::all(self.read(), &read("topic_groups"), vec![]).await?;
        let topics = sql::all(self.read(), &read("topics"), vec![]).await?;
        let results = sql::all(self.read(), &read("appeal_results"), vec![]).await?;
        Ok(Topics {
            groups: groups.iter().map(read_group).collect::<Result<_, _>>()?,
            topics: topics.iter().map(read_topic).collect::<Result<_, _>>()?,
            results: results.iter().map(read_result).collect::<Result<_, _>>()?,
        })
    }

    /// Adds a group (`on` nothing), or changes it on the version that was read; gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, of which 0 stands for "no such row", or what the database said.
    pub async fn put_topic_group(
        &self,
        group: &TopicGroup,
        on: Option<u64>,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let version = put_group(&txn, group, on).await?;
        finish(txn, who, "topic_group", group.id.as_str(), now).await?;
        Ok(version)
    }

    /// Adds a topic (`on` nothing), or changes it on the version that was read; gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, of which 0 stands for "no such row", or what the database said.
    pub async fn put_topic(
        &self,
        topic: &Topic,
        on: Option<u64>,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let version = put_topic(&txn, topic, on).await?;
        finish(txn, who, "topic", topic.id.as_str(), now).await?;
        Ok(version)
    }

    /// Adds a result (`on` nothing), or changes it on the version that was read; gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, of which 0 stands for "no such row", or what the database said.
    pub async fn put_appeal_result(
        &self,
        result: &AppealResult,
        on: Option<u64>,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let version = put_result(&txn, result, on).await?;
        finish(txn, who, "appeal_result", result.id.as_str(), now).await?;
        Ok(version)
    }
}

async fn finish(txn: DatabaseTransaction, who: &AgentId, table: &str, id: &str, now: UtcMs) -> Result<(), StoreError> {
    audit(&txn, now, who.as_str(), &format!("{table}_saved"), id).await?;
    Ok(txn.commit().await?)
}

async fn put_group<C: ConnectionTrait>(conn: &C, group: &TopicGroup, on: Option<u64>) -> Result<u64, StoreError> {
    let columns = [("name", Value::from(group.name.as_str()))];
    let values = with_place(columns, group.place, group.active);
    put(conn, "topic_groups", group.id.as_str(), values, on).await
}

async fn put_topic<C: ConnectionTrait>(conn: &C, topic: &Topic, on: Option<u64>) -> Result<u64, StoreError> {
    let columns = [
        ("name", Value::from(topic.name.as_str())),
        ("topic_group", Value::from(topic.group.as_str())),
        ("says", Value::from(topic.says.join("\n"))),
    ];
    let values = with_place(columns, topic.place, topic.active);
    put(conn, "topics", topic.id.as_str(), values, on).await
}

async fn put_result<C: ConnectionTrait>(conn: &C, result: &AppealResult, on: Option<u64>) -> Result<u64, StoreError> {
    let columns = [("name", Value::from(result.name.as_str()))];
    let values = with_place(columns, result.place, result.active);
    put(conn, "appeal_results", result.id.as_str(), values, on).await
}

type Column = (&'static str, Value);

fn with_place<const N: usize>(columns: [Column; N], place: i64, active: bool) -> Vec<Column> {
    let rest = [("place", Value::from(place)), ("active", Value::from(i64::from(active)))];
    columns.into_iter().chain(rest).collect()
}

async fn put<C: ConnectionTrait>(
    conn: &C,
    table: &'static str,
    id: &str,
    columns: Vec<Column>,
    on: Option<u64>,
) -> Result<u64, StoreError> {
    let sql = format!("SELECT version FROM {table} WHERE id = $1");
    let row = sql::one(conn, &sql, vec![Value::from(id)]).await?;
    let stored = row.map_or(Ok(0), |row| sql::unsigned(&row, "version"))?;
    let expected = on.unwrap_or(0);
    if stored != expected {
        return Err(StoreError::Stale { expected, stored });
    }
    let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let sql = if stored == 0 {
        let places = sql::places(3, names.len());
        format!("INSERT INTO {table} (id, version, {}) VALUES ($1, $2, {places})", names.join(", "))
    } else {
        let set: Vec<String> = names.iter().zip(3..).map(|(name, n)| format!("{name} = ${n}")).collect();
        format!("UPDATE {table} SET version = $2, {} WHERE id = $1", set.join(", "))
    };
    let key = [Value::from(id), sql::big(stored + 1)];
    sql::execute(conn, &sql, key.into_iter().chain(values).collect()).await?;
    Ok(stored + 1)
}

fn read_group(row: &QueryResult) -> Result<TopicGroup, StoreError> {
    Ok(TopicGroup {
        id: TopicGroupId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        place: row.try_get("", "place")?,
        active: is_active(row)?,
        version: sql::unsigned(row, "version")?,
    })
}

fn read_topic(row: &QueryResult) -> Result<Topic, StoreError> {
    let says: String = row.try_get("", "says")?;
    Ok(Topic {
        id: TopicId(row.try_get("", "id")?),
        group: TopicGroupId(row.try_get("", "topic_group")?),
        name: row.try_get("", "name")?,
        says: says.lines().map(str::to_owned).collect(),
        place: row.try_get("", "place")?,
        active: is_active(row)?,
        version: sql::unsigned(row, "version")?,
    })
}

fn read_result(row: &QueryResult) -> Result<AppealResult, StoreError> {
    Ok(AppealResult {
        id: ResultId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        place: row.try_get("", "place")?,
        active: is_active(row)?,
        version: sql::unsigned(row, "version")?,
    })
}

fn is_active(row: &QueryResult) -> Result<bool, StoreError> {
    Ok(row.try_get::<i64>("", "active")? != 0)
}
