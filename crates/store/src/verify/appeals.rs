//! Appeals, which are not derived: no answered call is without one, and their numbers have no gap.

use std::collections::BTreeMap;

use otklik_centre::appeals::filing::RegistrationNumber;
use sea_orm::ConnectionTrait;

use super::{FaultCode, Faults};
use crate::error::StoreError;
use crate::sql;

/// Checks what must hold of all appeals together.
pub(super) async fn check<C: ConnectionTrait>(conn: &C, faults: &mut Faults) -> Result<(), StoreError> {
    let sql = "SELECT c.id FROM calls c LEFT JOIN appeals a ON a.call_id = c.id \
               WHERE c.answered_at IS NOT NULL AND a.id IS NULL ORDER BY c.id";
    for row in sql::all(conn, sql, vec![]).await? {
        let call: String = row.try_get("", "id")?;
        faults.add(FaultCode::NoAppeal, format!("call {call} was answered and has no appeal"));
    }
    let mut last = BTreeMap::new();
    for row in sql::all(conn, "SELECT number_year, last FROM appeal_numbers", vec![]).await? {
        last.insert(row.try_get::<i64>("", "number_year")?, sql::unsigned(&row, "last")?);
    }
    let mut found: BTreeMap<i64, u64> = BTreeMap::new();
    let sql = "SELECT id, status, number, number_year, number_n FROM appeals \
               WHERE number IS NOT NULL OR number_n IS NOT NULL OR status = 'registered' \
               ORDER BY number_year, number_n";
    for row in sql::all(conn, sql, vec![]).await? {
        let (id, status): (String, String) = (row.try_get("", "id")?, row.try_get("", "status")?);
        let number: Option<String> = row.try_get("", "number")?;
        let (year, n): (Option<i64>, Option<i64>) = (row.try_get("", "number_year")?, row.try_get("", "number_n")?);
        let (Some(number), Some(year), Some(n)) = (number, year, n.and_then(|n| u64::try_from(n).ok())) else {
            faults.add(FaultCode::NumberGap, format!("appeal {id} is {status} and has half a number"));
            continue;
        };
        let before = found.insert(year, n).unwrap_or(0);
        if n != before + 1 {
            faults.add(FaultCode::NumberGap, format!("after number {before} of {year} comes {n}"));
        }
        let written = i16::try_from(year).map(|year| RegistrationNumber { year, n }.to_string());
        if status != "registered" || written.as_ref() != Ok(&number) {
            faults.add(FaultCode::NumberGap, format!("appeal {id} is {status} under number {number}"));
        }
    }
    if found != last {
        faults.add(FaultCode::NumberGap, "the last numbers given are not the last numbers stored");
    }
    Ok(())
}
