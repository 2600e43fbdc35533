//! Appeals. Here: by when the promise is due that a call leaves behind. In `filing`: what an appeal is and what it lacks
//! before it can be filed; in `person`: what a card says of who makes it; in `words`: how texts are found.

pub mod filing;
pub mod person;
pub mod words;

use otklik_model::UtcMs;

use crate::calendar::Hours;

const MINUTE_MS: i64 = 60_000;

/// When a call back after a break by our fault is due: soon while people work, else half an hour after the next
/// opening. `soon_ms` is the setting for the former; a line that never opens owes it soon as well.
pub fn due_after_fault(now: UtcMs, hours: Option<&Hours>, soon_ms: i64) -> UtcMs {
    let soon = now.plus_ms(soon_ms);
    match hours {
        None => soon,
        Some(hours) if hours.is_open(soon) => soon,
        Some(hours) => hours.next_opening(soon).map_or(soon, |opening| opening.plus_ms(30 * MINUTE_MS)),
    }
}

/// When a call back promised out of hours is due: three hours after the next opening (11:00 where a line opens at
/// 8:00).
pub fn due_after_closed(now: UtcMs, hours: &Hours) -> UtcMs {
    hours.next_opening(now).unwrap_or(now).plus_ms(180 * MINUTE_MS)
}
