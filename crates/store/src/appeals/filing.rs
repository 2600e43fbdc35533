//! Filing an appeal under a number without a gap, and saying that a contact is none.

use otklik_centre::appeals::filing::{Dismissal, RegistrationNumber, Status};
use otklik_centre::figures;
use otklik_model::{AgentId, AppealId, UtcMs};
use sea_orm::{ConnectionTrait, Value};

use super::{Appeal, AppealError, one};
use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::{names, sql, topic_totals};

impl Store {
    /// Files a draft on the version that was read: when this returns, its number is on disk and no other appeal has it.
    /// The numbers of a year (of the centre's local day) follow one another without a gap. Filing what is filed gives it as
    /// it is, so that whoever did not hear the answer asks again.
    ///
    /// # Errors
    /// [`AppealError`]: no number is given then.
    pub async fn register_appeal(
        &self,
        id: AppealId,
        version: u64,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<Appeal, AppealError> {
        let txn = self.begin().await?;
        let stored = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        match stored.status {
            Status::Registered => return Ok(stored),
            Status::Dismissed => return Err(AppealError::Dismissed),
            Status::Draft => {}
        }
        if stored.version != version {
            return Err(AppealError::Stale(Box::new(stored)));
        }
        let missing = stored.content.missing();
        if !missing.is_empty() {
            return Err(AppealError::Incomplete(missing));
        }
        let (day, _) = figures::cell(now, self.zone());
        let number = next_number(&txn, day.year()).await?;
        let sql = "UPDATE appeals SET status = 'registered', number = $2, number_year = $3, number_n = $4, \
                   registered_at = $5, updated_at = $5, updated_by = $6, author = COALESCE(author, $6), \
                   version = version + 1 WHERE id = $1";
        let values = vec![
            names::uuid(id.0),
            Value::from(number.to_string()),
            Value::from(i64::from(number.year)),
            sql::big(number.n),
            Value::from(now.0),
            Value::from(who.as_str()),
        ];
        sql::execute(&txn, sql, values).await?;
        topic_totals::count(&txn, id, day).await?;
        audit(&txn, now, who.as_str(), "appeal_registered", &id.to_string()).await?;
        let registered = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        txn.commit().await?;
        Ok(registered)
    }

    /// Says that the contact is no appeal. What was written stays.
    ///
    /// # Errors
    /// [`AppealError::Registered`] where it has a number, [`AppealError::NoSuchAppeal`], or what the database said.
    pub async fn dismiss_appeal(
        &self,
        id: AppealId,
        reason: Dismissal,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<Appeal, AppealError> {
        self.turn(id, Some(reason), who, now).await
    }

    /// Makes a dismissed appeal a draft again.
    ///
    /// # Errors
    /// [`AppealError::Registered`] where it has a number, [`AppealError::NoSuchAppeal`], or what the database said.
    pub async fn reopen_appeal(&self, id: AppealId, who: &AgentId, now: UtcMs) -> Result<Appeal, AppealError> {
        self.turn(id, None, who, now).await
    }

    async fn turn(
        &self,
        id: AppealId,
        dismissal: Option<Dismissal>,
        who: &AgentId,
        now: UtcMs,
    ) -> Result<Appeal, AppealError> {
        let txn = self.begin().await?;
        let stored = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        if stored.status == Status::Registered {
            return Err(AppealError::Registered);
        }
        if stored.dismissal == dismissal {
            return Ok(stored);
        }
        let (status, what) = match dismissal {
            Some(_) => (Status::Dismissed, "appeal_dismissed"),
            None => (Status::Draft, "appeal_reopened"),
        };
        let sql = "UPDATE appeals SET status = $2, dismissal = $3, updated_at = $4, updated_by = $5, \
                   author = COALESCE(author, $5), version = version + 1 WHERE id = $1";
        let values = vec![
            names::uuid(id.0),
            Value::from(status.name()),
            Value::from(dismissal.map(Dismissal::name)),
            Value::from(now.0),
            Value::from(who.as_str()),
        ];
        sql::execute(&txn, sql, values).await?;
        audit(&txn, now, who.as_str(), what, &id.to_string()).await?;
        let turned = one(&txn, id).await?.ok_or(AppealError::NoSuchAppeal)?;
        txn.commit().await?;
        Ok(turned)
    }
}

/// The next number of the year, in the transaction that stores it: what is rolled back leaves no gap.
async fn next_number<C: ConnectionTrait>(conn: &C, year: i16) -> Result<RegistrationNumber, StoreError> {
    let sql = "INSERT INTO appeal_numbers (number_year, last) VALUES ($1, 1) \
               ON CONFLICT (number_year) DO UPDATE SET last = appeal_numbers.last + 1";
    sql::execute(conn, sql, vec![Value::from(i64::from(year))]).await?;
    let sql = "SELECT last FROM appeal_numbers WHERE number_year = $1";
    let row = sql::one(conn, sql, vec![Value::from(i64::from(year))]).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("appeal_numbers"))?;
    Ok(RegistrationNumber { year, n: sql::unsigned(&row, "last")? })
}
