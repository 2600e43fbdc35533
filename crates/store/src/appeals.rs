//! Appeals as they are stored: one row a call, edited by people, with a version. A row comes into being with the fact
//! that its call rings at a desk, in the same transaction, so that no answered call is without one; it is not derived, and
//! deriving the tables anew leaves it alone.

use otklik_centre::appeals::filing::{Beneficiary, Content, Dismissal, Flaw, Kind, Missing, Speaker, Status};
use otklik_model::{
    AgentId, AppealId, CallId, LineId, PersonId, Personal, PhoneNumber, ResultId, SubjectId, TopicId, UtcMs,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::persons::PersonName;
use crate::{names, persons, sql, subjects};

pub(crate) mod draft;
mod filing;
mod list;
mod save;
pub(crate) mod words;

pub use list::AppealsQuery;

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Which.
    pub id: AppealId,
    /// The call that opened it.
    pub call: CallId,
    /// The line of that call.
    pub line: Option<LineId>,
    /// Who called.
    pub subject: Option<SubjectId>,
    /// Their number; nothing where it is withheld or erased.
    pub caller: Option<Personal<PhoneNumber>>,
    /// Rises with each change; 1 at first.
    pub version: u64,
    /// Where it stands.
    pub status: Status,
    /// What people wrote.
    pub content: Content,
    /// The name of who speaks, where that is a person.
    pub speaker: Option<PersonName>,
    /// The name of the one it is for, where that is another person.
    pub beneficiary: Option<PersonName>,
    /// Why it is no appeal.
    pub dismissal: Option<Dismissal>,
    /// The call's specialist; nothing while nobody has answered or written.
    pub author: Option<AgentId>,
    /// Its number, once it is filed.
    pub number: Option<String>,
    /// When the call first rang at a desk.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
    /// Who changed it last; nothing where nobody has.
    pub updated_by: Option<AgentId>,
    /// When it was filed.
    pub registered_at: Option<UtcMs>,
}

/// Why an appeal was not changed.
#[derive(Debug, thiserror::Error)]
pub enum AppealError {
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such appeal.
    #[error("no such appeal")]
    NoSuchAppeal,
    /// It was changed by somebody else since it was read; here is how it is stored.
    #[error("the appeal is at version {}", .0.version)]
    Stale(Box<Appeal>),
    /// It does not fit.
    #[error("the appeal does not fit")]
    Flaw(#[from] Flaw),
    /// It lacks something that a filed one needs.
    #[error("the appeal lacks {0:?}")]
    Incomplete(Vec<Missing>),
    /// It is no appeal.
    #[error("the appeal is dismissed")]
    Dismissed,
    /// It is filed.
    #[error("the appeal is registered")]
    Registered,
    /// A topic that nobody can choose.
    #[error("no such topic")]
    NoSuchTopic,
    /// A result that nobody can choose.
    #[error("no such result")]
    NoSuchResult,
    /// A person without a card.
    #[error("no such person")]
    NoSuchPerson,
}

impl From<DbErr> for AppealError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// One appeal.
    ///
    /// # Errors
    /// What the database said.
    pub async fn appeal(&self, id: AppealId) -> Result<Option<Appeal>, StoreError> {
        one(self.read(), id).await
    }

    /// The appeal of a call.
    ///
    /// # Errors
    /// What the database said.
    pub async fn appeal_of_call(&self, call: CallId) -> Result<Option<Appeal>, StoreError> {
        let sql = format!("{SELECT} WHERE a.call_id = $1");
        let row = sql::one(self.read(), &sql, vec![names::uuid(call.0)]).await?;
        Ok(appeals(self.read(), row.as_slice()).await?.pop())
    }
}

/// One appeal, as the connection sees it.
pub(crate) async fn one<C: ConnectionTrait>(conn: &C, id: AppealId) -> Result<Option<Appeal>, StoreError> {
    let sql = format!("{SELECT} WHERE a.id = $1");
    let row = sql::one(conn, &sql, vec![names::uuid(id.0)]).await?;
    Ok(appeals(conn, row.as_slice()).await?.pop())
}

const SELECT: &str = "SELECT a.id, a.call_id, c.line, a.subject, s.phone, a.version, a.status, a.kind, a.asked, \
    a.answered, a.result, a.speaker, a.speaker_person, a.for_whom, a.for_person, a.for_relation, a.dismissal, \
    a.author, a.number, a.created_at, a.updated_at, a.updated_by, a.registered_at, \
    p.family_name, p.given_name, p.patronymic, \
    f.family_name AS for_family_name, f.given_name AS for_given_name, f.patronymic AS for_patronymic \
    FROM appeals a LEFT JOIN calls c ON c.id = a.call_id LEFT JOIN subjects s ON s.id = a.subject \
    LEFT JOIN persons p ON p.id = a.speaker_person LEFT JOIN persons f ON f.id = a.for_person";

/// The appeals of rows, each with its topics.
async fn appeals<C: ConnectionTrait>(conn: &C, rows: &[QueryResult]) -> Result<Vec<Appeal>, StoreError> {
    let mut appeals = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if appeals.is_empty() {
        return Ok(appeals);
    }
    let ids: Vec<Value> = appeals.iter().map(|appeal| names::uuid(appeal.id.0)).collect();
    let sql = format!(
        "SELECT appeal, topic FROM appeal_topics WHERE appeal IN ({}) ORDER BY appeal, place",
        sql::places(1, ids.len())
    );
    for row in sql::all(conn, &sql, ids).await? {
        let (id, topic): (_, String) = (AppealId(names::read_uuid(&row, "appeal")?), row.try_get("", "topic")?);
        if let Some(appeal) = appeals.iter_mut().find(|appeal| appeal.id == id) {
            appeal.content.topics.push(TopicId(topic));
        }
    }
    Ok(appeals)
}

fn read(row: &QueryResult) -> Result<Appeal, StoreError> {
    let text = |column: &str| row.try_get::<Option<String>>("", column);
    let author = text("author")?;
    let (speaker_is, speaker_person) = (text("speaker")?, names::read_uuid_or_none(row, "speaker_person")?);
    let (for_is, for_person) = (text("for_whom")?, names::read_uuid_or_none(row, "for_person")?);
    let dismissal =
        text("dismissal")?.map(|name| Dismissal::named(&name).ok_or_else(|| StoreError::corrupt("dismissal")));
    let kind = text("kind")?.and_then(|name| Kind::named(&name)).ok_or_else(|| StoreError::corrupt("kind"))?;
    let content = Content {
        kind,
        topics: Vec::new(),
        asked: Personal::new(row.try_get("", "asked")?),
        answered: Personal::new(row.try_get("", "answered")?),
        result: text("result")?.map(ResultId),
        speaker: read_speaker(speaker_is.as_deref(), speaker_person.map(PersonId))?,
        for_whom: read_beneficiary(for_is.as_deref(), for_person.map(PersonId), text("for_relation")?)?,
    };
    Ok(Appeal {
        id: AppealId(names::read_uuid(row, "id")?),
        call: CallId(names::read_uuid(row, "call_id")?),
        line: text("line")?.map(LineId),
        subject: names::read_uuid_or_none(row, "subject")?.map(SubjectId),
        caller: subjects::read_phone(row)?,
        version: sql::unsigned(row, "version")?,
        status: text("status")?.and_then(|name| Status::named(&name)).ok_or_else(|| StoreError::corrupt("status"))?,
        content,
        speaker: persons::read_name(row, persons::NAME)?,
        beneficiary: persons::read_name(row, ["for_family_name", "for_given_name", "for_patronymic"])?,
        dismissal: dismissal.transpose()?,
        author: author.map(AgentId),
        number: text("number")?,
        created_at: names::read_at(row, "created_at")?,
        updated_at: names::read_at(row, "updated_at")?,
        updated_by: text("updated_by")?.map(AgentId),
        registered_at: names::read_at_or_none(row, "registered_at")?,
    })
}

fn read_speaker(is: Option<&str>, person: Option<PersonId>) -> Result<Speaker, StoreError> {
    match (is, person) {
        (Some("unknown"), None) => Ok(Speaker::Unknown),
        (Some("did_not_say"), None) => Ok(Speaker::DidNotSay),
        (Some("person"), Some(person)) => Ok(Speaker::Person(person)),
        _ => Err(StoreError::corrupt("speaker")),
    }
}

fn read_beneficiary(
    is: Option<&str>,
    person: Option<PersonId>,
    relation: Option<String>,
) -> Result<Beneficiary, StoreError> {
    match (is, person, relation) {
        (Some("self"), None, None) => Ok(Beneficiary::Oneself),
        (Some("person"), Some(person), None) => Ok(Beneficiary::Person(person)),
        (Some("relation"), None, Some(relation)) => Ok(Beneficiary::Relation(Personal::new(relation))),
        _ => Err(StoreError::corrupt("for_whom")),
    }
}
