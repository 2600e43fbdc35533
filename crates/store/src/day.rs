//! The figures of a day out of the cells; nothing here reads the history.

use jiff::civil::Date;
use otklik_centre::figures::{ANSWER_WITHIN_S, Day, Metric};
use otklik_model::LineId;
use sea_orm::{QueryResult, Value};

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
        Ok(Day::of(cells, ANSWER_WITHIN_S))
    }

    /// The figures of each half hour of a day (0..=47) in which something was counted, over all lines.
    ///
    /// # Errors
    /// What the database said.
    pub async fn half_hours(&self, day: Date) -> Result<Vec<(u8, Day)>, StoreError> {
        let sql = "SELECT half_hour, metric, CAST(SUM(n) AS BIGINT) AS n FROM rollups \
                   WHERE local_day = $1 GROUP BY half_hour, metric ORDER BY half_hour, metric";
        let rows = sql::all(self.read(), sql, vec![names::day(day)]).await?;
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
        Ok(cells.into_iter().map(|(half_hour, cells)| (half_hour, Day::of(cells, ANSWER_WITHIN_S))).collect())
    }
}

fn read_cell(row: &QueryResult) -> Result<(Metric, i64), StoreError> {
    let metric: String = row.try_get("", "metric")?;
    let metric = Metric::named(&metric).ok_or_else(|| StoreError::corrupt("metric"))?;
    Ok((metric, row.try_get("", "n")?))
}
