//! The side table of personal data: which number stands behind a subject of the journal.

use otklik_centre::appeals::words::phone_digits;
use otklik_model::{Personal, PhoneNumber, SubjectId};
use sea_orm::{ConnectionTrait, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql};

impl Store {
    /// The subject behind a number, if it ever called.
    ///
    /// # Errors
    /// What the database said.
    pub async fn subject_of(&self, phone: &PhoneNumber) -> Result<Option<SubjectId>, StoreError> {
        let sql = "SELECT id FROM subjects WHERE phone = $1";
        let row = sql::one(self.read(), sql, vec![Value::from(phone.as_str())]).await?;
        row.map(|row| names::read_uuid(&row, "id").map(SubjectId)).transpose()
    }

    /// The number behind a subject; nothing where it was erased or never known.
    ///
    /// # Errors
    /// What the database said.
    pub async fn phone_of(&self, subject: SubjectId) -> Result<Option<Personal<PhoneNumber>>, StoreError> {
        let sql = "SELECT phone FROM subjects WHERE id = $1";
        let row = sql::one(self.read(), sql, vec![names::uuid(subject.0)]).await?;
        row.map_or(Ok(None), |row| read_phone(&row))
    }
}

/// Stores a number once, with the digits by which it is found; a number that stands under another subject keeps it, and the calls of the new one show none.
pub(crate) async fn insert<C: ConnectionTrait>(
    conn: &C,
    subject: SubjectId,
    phone: &Personal<PhoneNumber>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO subjects (id, phone) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let values = vec![names::uuid(subject.0), Value::from(phone.reveal().as_str())];
    if sql::execute(conn, sql, values).await? == 0 {
        let sql = "SELECT id FROM subjects WHERE id = $1 AND phone = $2";
        let values = vec![names::uuid(subject.0), Value::from(phone.reveal().as_str())];
        if sql::one(conn, sql, values).await?.is_none() {
            tracing::error!(%subject, "the number of a subject stands under another subject");
        }
        return Ok(());
    }
    for digits in phone_digits(phone.reveal().as_str()) {
        let sql = "INSERT INTO subject_digits (digits, subject) VALUES ($1, $2)";
        sql::execute(conn, sql, vec![Value::from(digits), names::uuid(subject.0)]).await?;
    }
    Ok(())
}

/// The number in the column `phone` of a row.
pub(crate) fn read_phone(row: &sea_orm::QueryResult) -> Result<Option<Personal<PhoneNumber>>, StoreError> {
    let text: Option<String> = row.try_get("", "phone")?;
    let Some(text) = text else { return Ok(None) };
    let phone = PhoneNumber::parse(&text).map_err(|_| StoreError::corrupt("phone"))?;
    Ok(Some(Personal::new(phone)))
}
