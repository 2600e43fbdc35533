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

/// A closure of so many whole days leaves more to answer than a morning holds.
const LONG_CLOSURE_DAYS: u32 = 3;

/// When a call back promised out of hours is due: three hours after the next opening (11:00 where a line opens at
/// 8:00); after a long closure an hour before that day ends (19:00).
pub fn due_after_closed(now: UtcMs, hours: &Hours) -> UtcMs {
    let Some(opening) = hours.next_opening(now) else { return now.plus_ms(180 * MINUTE_MS) };
    let usual = opening.plus_ms(180 * MINUTE_MS);
    if hours.closed_days_before(opening) < LONG_CLOSURE_DAYS {
        return usual;
    }
    hours.last_closing(opening).map_or(usual, |end| end.plus_ms(-60 * MINUTE_MS)).max(usual)
}

/// When an answer is due to a message that was left because nobody was there: as out of hours, and where the hours run,
/// as after their end.
pub fn due_after_absence(now: UtcMs, hours: &Hours) -> UtcMs {
    due_after_closed(hours.closes_at(now).unwrap_or(now), hours)
}
