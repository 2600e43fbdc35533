//! The figures of a day out of the cells; nothing here reads the history.

use jiff::civil::Date;
use otklik_centre::figures::{ANSWER_WITHIN_S, Counted, Day, HOUSE, Metric};
use otklik_model::{LineId, UtcMs};
use sea_orm::{QueryResult, Value};

use crate::calls::filter::Conditions;
use crate::calls::{CallsQuery, Wanted};
use crate::error::StoreError;
use crate::open::Store;
use crate::{names, sql};

impl Store {
    /// The figures of a day of one line, or of all lines.
    ///
    /// # Errors
    /// What the database said.
    pub async fn day_figures(&self, line: Option<&LineId>, day: Date) -> Result<Day, StoreError> {
        let (sql, values) = match line {
            Some(line) => (
                "SELECT metric, CAST(SUM(n) AS BIGINT) AS n FROM rollups \
                 WHERE local_day = $1 AND line = $2 GROUP BY metric",
                vec![names::day(day), Value::from(line.as_str())],
            ),
            None => (
                "SELECT metric, CAST(SUM(n) AS BIGINT) AS n FROM rollups WHERE local_day = $1 GROUP BY metric",
                vec![names::day(day)],
            ),
        };
        let rows = sql::all(self.read(), sql, values).await?;
        let cells = rows.iter().map(read_cell).collect::<Result<Vec<_>, _>>()?;
        Ok(figures(cells, line))
    }

    /// The figures of each half hour of a day (0..=47) in which something was counted, of one line or of all.
    ///
    /// # Errors
    /// What the database said.
    pub async fn half_hours(&self, line: Option<&LineId>, day: Date) -> Result<Vec<(u8, Day)>, StoreError> {
        let (of_line, values) = match line {
            Some(line) => ("AND line = $2", vec![names::day(day), Value::from(line.as_str())]),
            None => ("", vec![names::day(day)]),
        };
        let sql = format!(
            "SELECT half_hour, metric, CAST(SUM(n) AS BIGINT) AS n FROM rollups \
             WHERE local_day = $1 {of_line} GROUP BY half_hour, metric ORDER BY half_hour, metric"
        );
        let rows = sql::all(self.read(), &sql, values).await?;
        let mut cells: Vec<(u8, Vec<(Metric, i64)>)> = Vec::new();
        for row in &rows {
            let half_hour = u8::try_from(sql::unsigned(row, "half_hour")?);
            let half_hour = half_hour.map_err(|_| StoreError::corrupt("half_hour"))?;
            let cell = read_cell(row)?;
            match cells.last_mut() {
                Some((last, of_half_hour)) if *last == half_hour => of_half_hour.push(cell),
                _ => cells.push((half_hour, vec![cell])),
            }
        }
        Ok(cells.into_iter().map(|(half_hour, cells)| (half_hour, figures(cells, line))).collect())
    }

    /// The figures of each month with calls, oldest first, up to a day and with it. Reads the rollups, not the calls.
    ///
    /// # Errors
    /// What the database said.
    pub async fn months(&self, until: Date) -> Result<Vec<(String, Day)>, StoreError> {
        let sql = "SELECT substr(local_day, 1, 7) AS month, metric, CAST(SUM(n) AS BIGINT) AS n FROM rollups \
                   WHERE local_day <= $1 AND line <> $2 GROUP BY substr(local_day, 1, 7), metric ORDER BY 1, 2";
        let rows = sql::all(self.read(), sql, vec![names::day(until), Value::from(HOUSE)]).await?;
        let mut months: Vec<(String, Vec<(Metric, i64)>)> = Vec::new();
        for row in &rows {
            let (month, cell): (String, _) = (row.try_get("", "month")?, read_cell(row)?);
            match months.last_mut() {
                Some((last, cells)) if *last == month => cells.push(cell),
                _ => months.push((month, vec![cell])),
            }
        }
        Ok(months.into_iter().map(|(month, cells)| (month, Day::of(cells, ANSWER_WITHIN_S))).collect())
    }

    /// The first day on which a call was counted.
    ///
    /// # Errors
    /// What the database said.
    pub async fn first_day(&self) -> Result<Option<Date>, StoreError> {
        let sql = "SELECT local_day FROM rollups WHERE line <> $1 ORDER BY local_day LIMIT 1";
        let row = sql::one(self.read(), sql, vec![Value::from(HOUSE)]).await?;
        row.map(|row| names::read_day(&row, "local_day")).transpose()
    }

    /// The people whom we lost on a day: each with their last abandoned call, and when they were spoken to after it.
    ///
    /// # Errors
    /// What the database said.
    pub async fn lost(&self, line: Option<&LineId>, day: Date) -> Result<Vec<Lost>, StoreError> {
        let wanted = Wanted { line: line.cloned(), counted: Some(Counted::Lost), ..Wanted::default() };
        let query = CallsQuery { local_day: Some(day), wanted, ..CallsQuery::default() };
        let (filter, values) = Conditions::of(&query, Value::from(LOST_MAX)).into_sql();
        let sql = format!(
            "SELECT c.line, c.ended_at, (SELECT MIN(a.answered_at) FROM calls a WHERE a.subject = c.subject \
             AND a.started_at >= c.ended_at AND a.answered_at IS NOT NULL) AS spoken_at \
             FROM calls c LEFT JOIN outcomes o ON o.call_id = c.id {filter} LIMIT $1"
        );
        let rows = sql::all(self.read(), &sql, values).await?;
        let read = |row: &QueryResult| {
            let line: String = row.try_get("", "line")?;
            Ok(Lost {
                line: LineId(line),
                left_at: names::read_at(row, "ended_at")?,
                spoken_at: names::read_at_or_none(row, "spoken_at")?,
            })
        };
        rows.iter().map(read).collect()
    }
}

/// People lost on one day that are looked at; a day with more has other troubles.
const LOST_MAX: i64 = 10_000;

/// Somebody who left while waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The line of their call.
    pub line: LineId,
    /// When they left.
    pub left_at: UtcMs,
    /// When a person first spoke with them afterwards.
    pub spoken_at: Option<UtcMs>,
}

fn figures(cells: Vec<(Metric, i64)>, line: Option<&LineId>) -> Day {
    let day = Day::of(cells, ANSWER_WITHIN_S);
    if line.is_some() { day.of_one_line() } else { day }
}

fn read_cell(row: &QueryResult) -> Result<(Metric, i64), StoreError> {
    let metric: String = row.try_get("", "metric")?;
    let metric = Metric::named(&metric).ok_or_else(|| StoreError::corrupt("metric"))?;
    Ok((metric, row.try_get("", "n")?))
}
