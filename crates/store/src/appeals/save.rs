//! Saving what people write: the whole of it, on the version that was read.

use otklik_centre::appeals::filing::{Beneficiary, Content, Kind, Speaker, Status};
use otklik_centre::appeals::words as fold;
use otklik_model::{AgentId, AppealId, ResultId, TopicId, UtcMs};
use sea_orm::{ConnectionTrait, Value};

use super::words::{self, Of};
use super::{Appeal, AppealError, one};
use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, persons, sql};

impl Store {
    /// Saves an appeal on the version that was read, and gives it as it is stored then. What is the same already changes
    /// nothing. The trace of a draft tells who wrote in it, not each stroke; each change of a filed appeal is traced, and the
    /// content before it is kept. Whoever speaks is known on the call's number from then on.
    ///
    /// # Errors
    /// [`AppealError`]: nothing is changed then.
    pub async fn save_appeal(
        &self,
        id: AppealId,
        version: u64,
        content: Content,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<Appeal, AppealError> {
        let content = content.tidied()?;
        let txn = self.begin().await?;
        let stored = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        if stored.status == Status::Dismissed {
            return Err(AppealError::Dismissed);
        }
        if stored.version != version {
            return Err(AppealError::Stale(Box::new(stored)));
        }
        if stored.content == content {
            return Ok(stored);
        }
        check(&txn, &content, &stored.content).await?;
        if stored.status == Status::Registered {
            let missing = content.missing();
            if !missing.is_empty() {
                return Err(AppealError::Incomplete(missing));
            }
            keep(&txn, &stored, who, now).await?;
            audit(&txn, now, who.as_str(), "appeal_changed", &id.to_string()).await?;
        } else if stored.updated_by.as_ref() != Some(who) {
            audit(&txn, now, who.as_str(), "appeal_saved", &id.to_string()).await?;
        }
        write(&txn, &stored, &content, who, now).await?;
        if let (Speaker::Person(person), Some(subject)) = (content.speaker, stored.subject)
            && content.speaker != stored.content.speaker
        {
            persons::link(&txn, subject, person, now).await?;
        }
        let saved = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        txn.commit().await?;
        Ok(saved)
    }
}

/// Demands that all that is named exists. What is not offered any more may stay where it was.
async fn check<C: ConnectionTrait>(conn: &C, content: &Content, before: &Content) -> Result<(), AppealError> {
    for topic in content.topics.iter().filter(|topic| !before.topics.contains(topic)) {
        if !is_offered(conn, "topics", topic.as_str()).await? {
            return Err(AppealError::NoSuchTopic);
        }
    }
    if let Some(result) = content.result.as_ref().filter(|result| before.result.as_ref() != Some(*result))
        && !is_offered(conn, "appeal_results", result.as_str()).await?
    {
        return Err(AppealError::NoSuchResult);
    }
    if persons::exist(conn, content.persons()).await? { Ok(()) } else { Err(AppealError::NoSuchPerson) }
}

async fn is_offered<C: ConnectionTrait>(conn: &C, table: &'static str, id: &str) -> Result<bool, StoreError> {
    let sql = format!("SELECT id FROM {table} WHERE id = $1 AND active = 1");
    Ok(sql::one(conn, &sql, vec![Value::from(id)]).await?.is_some())
}

/// Keeps the content of a filed appeal before it is changed.
async fn keep<C: ConnectionTrait>(conn: &C, stored: &Appeal, who: &AgentId, now: UtcMs) -> Result<(), StoreError> {
    let body = serde_json::to_string(&stored.content).map_err(|_| StoreError::corrupt("appeal"))?;
    let sql = "INSERT INTO appeal_revisions (appeal, version, at_ms, who, body) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        names::uuid(stored.id.0),
        sql::big(stored.version),
        Value::from(now.0),
        Value::from(who.as_str()),
        Value::from(body),
    ];
    sql::execute(conn, sql, values).await?;
    Ok(())
}

async fn write<C: ConnectionTrait>(
    conn: &C,
    stored: &Appeal,
    content: &Content,
    who: &AgentId,
    now: UtcMs,
) -> Result<(), StoreError> {
    let sql = "UPDATE appeals SET kind = $2, asked = $3, answered = $4, result = $5, speaker = $6, \
               speaker_person = $7, for_whom = $8, for_person = $9, for_relation = $10, updated_by = $11, \
               updated_at = $12, author = COALESCE(author, $11), version = version + 1 WHERE id = $1";
    let (speaker, speaker_person) = match content.speaker {
        Speaker::Unknown => ("unknown", None),
        Speaker::DidNotSay => ("did_not_say", None),
        Speaker::Person(person) => ("person", Some(person)),
    };
    let (for_whom, for_person, relation) = match &content.for_whom {
        Beneficiary::Oneself => ("self", None, None),
        Beneficiary::Person(person) => ("person", Some(*person), None),
        Beneficiary::Relation(relation) => ("relation", None, Some(relation.reveal().as_str())),
    };
    let values = vec![
        names::uuid(stored.id.0),
        Value::from(Kind::name(content.kind)),
        Value::from(content.asked.reveal().as_str()),
        Value::from(content.answered.reveal().as_str()),
        Value::from(content.result.as_ref().map(ResultId::as_str)),
        Value::from(speaker),
        names::uuid_or_null(speaker_person.map(|person| person.0)),
        Value::from(for_whom),
        names::uuid_or_null(for_person.map(|person| person.0)),
        Value::from(relation),
        Value::from(who.as_str()),
        Value::from(now.0),
    ];
    sql::execute(conn, sql, values).await?;
    if stored.content.topics != content.topics {
        set_topics(conn, stored.id, &content.topics).await?;
    }
    let text = format!("{}\n{}\n{}", content.asked.reveal(), content.answered.reveal(), relation.unwrap_or_default());
    words::set(conn, Of::Appeal, &stored.id.to_string(), &fold::words(&text)).await
}

async fn set_topics<C: ConnectionTrait>(conn: &C, id: AppealId, topics: &[TopicId]) -> Result<(), StoreError> {
    sql::execute(conn, "DELETE FROM appeal_topics WHERE appeal = $1", vec![names::uuid(id.0)]).await?;
    for (place, topic) in (0_i64..).zip(topics) {
        let sql = "INSERT INTO appeal_topics (appeal, place, topic) VALUES ($1, $2, $3)";
        sql::execute(conn, sql, vec![names::uuid(id.0), Value::from(place), Value::from(topic.as_str())]).await?;
    }
    Ok(())
}
