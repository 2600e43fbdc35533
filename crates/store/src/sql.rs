//! Running statements. The SQL of this crate is one dialect for `SQLite` and `PostgreSQL`: `$n` placeholders, BIGINT and
//! TEXT only, CAST around sums, ON CONFLICT with the key named, no text functions on what people write.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

use crate::error::StoreError;

/// Runs a statement and says how many rows it touched.
pub(crate) async fn execute<C: ConnectionTrait>(conn: &C, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
    Ok(conn.execute_raw(statement).await?.rows_affected())
}

/// The rows of a query.
pub(crate) async fn all<C: ConnectionTrait>(
    conn: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await
}

/// The first row of a query.
pub(crate) async fn one<C: ConnectionTrait>(
    conn: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<QueryResult>, DbErr> {
    conn.query_one_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await
}

/// A number as BIGINT; what does not fit (never of our making) becomes the largest.
pub(crate) fn big(n: u64) -> Value {
    Value::from(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A number read from BIGINT.
pub(crate) fn unsigned(row: &QueryResult, column: &str) -> Result<u64, StoreError> {
    let n: i64 = row.try_get("", column)?;
    u64::try_from(n).map_err(|_| StoreError::corrupt(column))
}

/// `$from, $from+1, ...`: places of `count` values.
pub(crate) fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// The end of the range of texts that begin with `prefix`, compared by bytes.
pub(crate) fn behind(prefix: &str) -> Value {
    Value::from(format!("{prefix}\u{10ffff}"))
}
