//! The cards of those who turn to the centre, and the numbers that they speak from. A number is not a person: several
//! persons may speak from one, and a person from several.

use otklik_centre::appeals::filing::Flaw;
use otklik_centre::appeals::person::PersonContent;
use otklik_centre::appeals::words as fold;
use otklik_model::{AgentId, PersonId, Personal, PhoneNumber, SubjectId, UtcMs};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use crate::appeals::words::{self, Of};
use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql, subjects};

mod history;

pub use history::{History, HistoryKey, HistoryKind, HistoryPromise};
pub use otklik_centre::appeals::person::PersonName;

/// Numbers that a card shows.
const PHONES: i64 = 20;
/// Persons that are told of one number, or of one search.
const SHOWN: i64 = 20;

/// The card of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// Whose.
    pub id: PersonId,
    /// Rises with each change; 1 at first.
    pub version: u64,
    /// What people wrote.
    pub content: PersonContent,
    /// The numbers that they speak from, the last one first.
    pub phones: Vec<Personal<PhoneNumber>>,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
    /// By whom.
    pub updated_by: AgentId,
}

/// Why a card was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such person.
    #[error("no such person")]
    NoSuchPerson,
    /// It was changed by somebody else since it was read; here is how it is stored.
    #[error("the card is at version {}", .0.version)]
    Stale(Box<PersonCard>),
    /// It does not fit.
    #[error("the card does not fit")]
    Flaw(#[from] Flaw),
}

impl From<DbErr> for PersonError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Reads a name from three columns of a row; nothing where they are of no person.
pub(crate) fn read_name(row: &QueryResult, columns: [&str; 3]) -> Result<Option<PersonName>, StoreError> {
    let [family_name, given_name, patronymic] = columns.map(|column| row.try_get::<Option<String>>("", column));
    Ok(match (family_name?, given_name?, patronymic?) {
        (Some(family_name), Some(given_name), Some(patronymic)) => Some(PersonName {
            family_name: Personal::new(family_name),
            given_name: Personal::new(given_name),
            patronymic: Personal::new(patronymic),
        }),
        _ => None,
    })
}

/// The columns of a name.
pub(crate) const NAME: [&str; 3] = ["family_name", "given_name", "patronymic"];

impl Store {
    /// Makes a card; where a number is given, the person is known on it from then on.
    ///
    /// # Errors
    /// [`PersonError::Flaw`], or what the database said.
    pub async fn create_person_card(
        &self,
        id: PersonId,
        content: PersonContent,
        on: Option<SubjectId>,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<PersonCard, PersonError> {
        let content = content.tidied()?;
        let txn = self.begin().await?;
        let sql = "INSERT INTO persons (family_name, given_name, patronymic, birth_year, note, version, created_at, \
                   updated_at, updated_by, id) VALUES ($1, $2, $3, $4, $5, 1, $7, $7, $6, $8)";
        sql::execute(&txn, sql, values(&content, who, now, id)).await?;
        index(&txn, id, &content).await?;
        if let Some(subject) = on {
            link(&txn, subject, id, now).await?;
        }
        audit(&txn, now, who.as_str(), "person_card_created", &id.to_string()).await?;
        let card = card(&txn, id).await?.ok_or(PersonError::NoSuchPerson)?;
        txn.commit().await.map_err(StoreError::from)?;
        Ok(card)
    }

    /// Saves a card on the version that was read.
    ///
    /// # Errors
    /// [`PersonError::Stale`] with the stored card, [`PersonError::NoSuchPerson`], [`PersonError::Flaw`], or what the
    /// database said.
    pub async fn save_person_card(
        &self,
        id: PersonId,
        version: u64,
        content: PersonContent,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<PersonCard, PersonError> {
        let content = content.tidied()?;
        let txn = self.begin().await?;
        let stored = card(&txn, id).await?.ok_or(PersonError::NoSuchPerson)?;
        if stored.version != version {
            return Err(PersonError::Stale(Box::new(stored)));
        }
        if stored.content == content {
            return Ok(stored);
        }
        let sql = "UPDATE persons SET family_name = $1, given_name = $2, patronymic = $3, birth_year = $4, note = $5, \
                   updated_by = $6, updated_at = $7, version = version + 1 WHERE id = $8";
        sql::execute(&txn, sql, values(&content, who, now, id)).await?;
        index(&txn, id, &content).await?;
        audit(&txn, now, who.as_str(), "person_card_changed", &id.to_string()).await?;
        let card = card(&txn, id).await?.ok_or(PersonError::NoSuchPerson)?;
        txn.commit().await.map_err(StoreError::from)?;
        Ok(card)
    }

    /// One card.
    ///
    /// # Errors
    /// What the database said.
    pub async fn person_card(&self, id: PersonId) -> Result<Option<PersonCard>, StoreError> {
        card(self.read(), id).await
    }

    /// The persons known on a number, whoever spoke last first, at most 20.
    ///
    /// # Errors
    /// What the database said.
    pub async fn persons_on(&self, subject: SubjectId) -> Result<Vec<PersonCard>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM person_phones n JOIN persons p ON p.id = n.person WHERE n.subject = $1 \
             ORDER BY n.last_at DESC, p.id LIMIT {SHOWN}"
        );
        sql::all(self.read(), &sql, vec![names::uuid(subject.0)]).await?.iter().map(read).collect()
    }

    /// The persons whose names have a word for each beginning of `query`, at most 20, without their numbers.
    ///
    /// # Errors
    /// What the database said.
    pub async fn persons_named(&self, query: &str) -> Result<Vec<PersonCard>, StoreError> {
        let beginnings: Vec<String> = fold::words(query).into_iter().take(8).collect();
        if beginnings.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = Vec::new();
        let conditions: Vec<String> = beginnings
            .iter()
            .map(|beginning| {
                values.extend([Value::from(beginning.as_str()), sql::behind(beginning)]);
                let (from, to) = (values.len() - 1, values.len());
                format!("p.id IN (SELECT person FROM person_words WHERE word >= ${from} AND word < ${to})")
            })
            .collect();
        let conditions = conditions.join(" AND ");
        let sql = format!("SELECT {COLUMNS} FROM persons p WHERE {conditions} ORDER BY p.id LIMIT {SHOWN}");
        sql::all(self.read(), &sql, values).await?.iter().map(read).collect()
    }
}

/// Makes the person known on the number, or known anew. An erased number is passed over.
pub(crate) async fn link<C: ConnectionTrait>(
    conn: &C,
    subject: SubjectId,
    person: PersonId,
    now: UtcMs,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO person_phones (subject, person, last_at) SELECT id, $2, $3 FROM subjects WHERE id = $1 \
               ON CONFLICT (subject, person) DO UPDATE SET last_at = excluded.last_at";
    let values = vec![names::uuid(subject.0), names::uuid(person.0), Value::from(now.0)];
    sql::execute(conn, sql, values).await?;
    Ok(())
}

/// True where every one of them has a card.
pub(crate) async fn exist<C: ConnectionTrait>(
    conn: &C,
    persons: impl Iterator<Item = PersonId>,
) -> Result<bool, StoreError> {
    for person in persons {
        if sql::one(conn, "SELECT id FROM persons WHERE id = $1", vec![names::uuid(person.0)]).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

const COLUMNS: &str = "p.id, p.family_name, p.given_name, p.patronymic, p.birth_year, p.note, p.version, \
                       p.created_at, p.updated_at, p.updated_by";

async fn card<C: ConnectionTrait>(conn: &C, id: PersonId) -> Result<Option<PersonCard>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE p.id = $1");
    let Some(row) = sql::one(conn, &sql, vec![names::uuid(id.0)]).await? else { return Ok(None) };
    let mut card = read(&row)?;
    let sql = format!(
        "SELECT s.phone FROM person_phones n JOIN subjects s ON s.id = n.subject WHERE n.person = $1 \
         ORDER BY n.last_at DESC, s.id LIMIT {PHONES}"
    );
    for row in sql::all(conn, &sql, vec![names::uuid(id.0)]).await? {
        card.phones.extend(subjects::read_phone(&row)?);
    }
    Ok(Some(card))
}

fn values(content: &PersonContent, who: &AgentId, now: UtcMs, id: PersonId) -> Vec<Value> {
    let PersonName { family_name, given_name, patronymic } = &content.name;
    let [family_name, given_name, patronymic, note] =
        [family_name, given_name, patronymic, &content.note].map(|text| Value::from(text.reveal().as_str()));
    let birth_year = Value::from(content.birth_year.map(i64::from));
    let (who, now) = (Value::from(who.as_str()), Value::from(now.0));
    vec![family_name, given_name, patronymic, birth_year, note, who, now, names::uuid(id.0)]
}

async fn index<C: ConnectionTrait>(conn: &C, id: PersonId, content: &PersonContent) -> Result<(), StoreError> {
    let PersonName { family_name, given_name, patronymic } = &content.name;
    let name = [family_name, given_name, patronymic].map(|part| part.reveal().as_str()).join(" ");
    words::set(conn, Of::Person, &id.to_string(), &fold::words(&name)).await
}

fn read(row: &QueryResult) -> Result<PersonCard, StoreError> {
    let birth_year: Option<i64> = row.try_get("", "birth_year")?;
    let birth_year = birth_year.map(|year| u16::try_from(year).map_err(|_| StoreError::corrupt("birth_year")));
    let updated_by: String = row.try_get("", "updated_by")?;
    Ok(PersonCard {
        id: PersonId(names::read_uuid(row, "id")?),
        version: sql::unsigned(row, "version")?,
        content: PersonContent {
            name: read_name(row, NAME)?.ok_or_else(|| StoreError::corrupt("persons"))?,
            birth_year: birth_year.transpose()?,
            note: Personal::new(row.try_get("", "note")?),
        },
        phones: Vec::new(),
        created_at: names::read_at(row, "created_at")?,
        updated_at: names::read_at(row, "updated_at")?,
        updated_by: AgentId(updated_by),
    })
}
