//! Lists that are read page by page: how many rows, and behind which one to go on. A cursor is a time and an id.

use otklik_model::UtcMs;
use uuid::Uuid;

use crate::problem::Problem;

const USUAL_PAGE: u64 = 50;

/// Rows of a page: 1 to 200, 50 where nothing is asked for.
pub(crate) fn limit(asked: Option<u64>) -> Result<u64, Problem> {
    let limit = asked.unwrap_or(USUAL_PAGE);
    if (1..=200).contains(&limit) { Ok(limit) } else { Err(Problem::bad_request("bad_limit")) }
}

/// Reads the cursor that an earlier page gave.
pub(crate) fn read_cursor(text: Option<&str>) -> Result<Option<(UtcMs, Uuid)>, Problem> {
    let read = |text: &str| {
        let (at, id) = text.split_once('_')?;
        Some((UtcMs(at.parse().ok()?), Uuid::parse_str(id).ok()?))
    };
    text.map(|text| read(text).ok_or_else(|| Problem::bad_request("bad_cursor"))).transpose()
}

/// The cursor behind the last row of a page; nothing where the page was not full, for then the list has ended.
pub(crate) fn next_cursor<T>(rows: &[T], limit: u64, key: impl Fn(&T) -> (UtcMs, Uuid)) -> Option<String> {
    let full = rows.len() as u64 == limit;
    let (at, id) = rows.last().filter(|_| full).map(key)?;
    Some(format!("{}_{id}", at.0))
}

#[cfg(test)]
mod tests {
    use otklik_model::UtcMs;
    use uuid::Uuid;

    use super::{limit, next_cursor, read_cursor};

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_anything_else_is_refused() {
        let key = (UtcMs(1_795_543_200_000), Uuid::from_u128(7));
        let written = next_cursor(&[key], 1, |row| *row).expect("the page is full");
        assert_eq!(read_cursor(Some(&written)).expect("our own cursor"), Some(key));
        assert_eq!(next_cursor(&[key], 2, |row| *row), None, "the list has ended");
        for bad in ["", "_", "1", "x_01939f5c-6c00-7000-8000-000000000001", "1_2", "99999999999999999999_1"] {
            assert!(read_cursor(Some(bad)).is_err(), "{bad}");
        }
        assert_eq!((limit(None).ok(), limit(Some(200)).ok()), (Some(50), Some(200)));
        assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
    }
}
