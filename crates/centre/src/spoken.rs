//! What a caller is told of days, hours and numbers, as prompts in the order of playing. Pure: a moment in, the ids of
//! sound files out. The day is that of playing, so «завтра» is said only where it is tomorrow then.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};
use otklik_model::UtcMs;

use crate::calendar::{Closure, Hours};

/// Ids of prompts in the order of playing.
pub type Words = Vec<Cow<'static, str>>;

/// Hours at which an opening can be told («в восемь утра»).
const OPENING_HOURS: std::ops::RangeInclusive<i8> = 5..=21;
/// Hours by which something can be promised («до одиннадцати часов»).
const DUE_HOURS: std::ops::RangeInclusive<i8> = 7..=20;
/// A day further ahead is told with its date.
const WEEKDAY_ALONE_DAYS: i32 = 6;
/// From this hour on Victory Day is a day of memory: nobody is congratulated any more.
const MEMORY_FROM_HOUR: i8 = 18;

/// Why a line is closed at that moment and when it opens next. Where its calendar says that it is open (somebody
/// closed it by hand), nothing can be said about the opening.
pub fn closed(hours: &Hours, at: UtcMs) -> Words {
    let Some(closure) = hours.closure(at) else { return absent() };
    let local = hours.local(at);
    let day = local.date();
    let memory = (day.month(), day.day()) == (5, 9) && local.hour() >= MEMORY_FROM_HOUR;
    let mut words: Words = match closure {
        Closure::Night => vec!["closed_night".into()],
        Closure::Weekend => vec!["closed_weekend".into()],
        Closure::MovedOff => vec!["closed_moved".into()],
        Closure::Holiday if memory => vec!["closed_memory".into()],
        Closure::Holiday => match holiday(day) {
            Some(name) => vec!["closed_holiday".into(), name.into(), "holiday_wish".into()],
            None => vec!["closed_holiday_any".into(), "holiday_wish".into()],
        },
    };
    if let Some(opening) = hours.next_opening(at) {
        words.push("we_open".into());
        words.extend(day_of(hours, at, opening));
        let time = hours.local(opening).time();
        if time.minute() == 0 && OPENING_HOURS.contains(&time.hour()) {
            words.push(format!("at_{:02}", time.hour()).into());
        }
    }
    words
}

/// Nobody is there, though the line is not closed by its hours: no word of a day off.
pub fn absent() -> Words {
    vec!["emergency_closed".into()]
}

/// «Мы перезвоним завтра до одиннадцати часов». An hour that has begun is told as the next one: what is stored is never
/// later than what is told.
pub fn ring_back(hours: &Hours, at: UtcMs, due_at: UtcMs) -> Words {
    let mut words: Words = vec!["we_ring_back".into()];
    words.extend(day_of(hours, at, due_at));
    let due = hours.local(due_at).time();
    let hour = if due.minute() == 0 && due.second() == 0 { due.hour() } else { due.hour() + 1 };
    if DUE_HOURS.contains(&hour) {
        words.push(format!("until_{hour:02}").into());
    }
    words
}

/// Ten digits of a number as a person says them: three, three, two, two. Anything else is told digit by digit.
pub fn number(digits: &str) -> Words {
    if digits.len() != 10 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return digits.chars().filter(char::is_ascii_digit).map(|digit| format!("number_{digit}").into()).collect();
    }
    [&digits[..3], &digits[3..6], &digits[6..8], &digits[8..]].into_iter().flat_map(group).collect()
}

/// One group: leading zeros each alone, then the rest as a number.
fn group(digits: &str) -> Words {
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let mut words: Words = vec!["number_0".into(); zeros];
    let rest: u16 = digits.parse().unwrap_or_default();
    let (hundreds, below) = (rest / 100 * 100, rest % 100);
    let (tens, ones) = if below < 20 { (0, below) } else { (below / 10 * 10, below % 10) };
    let said = [hundreds, tens, ones].into_iter().filter(|part| *part > 0);
    words.extend(said.map(|part| Cow::from(format!("number_{part}"))));
    words
}

/// The day of a moment, told at another.
fn day_of(hours: &Hours, at: UtcMs, moment: UtcMs) -> Words {
    let (today, day) = (hours.local(at).date(), hours.local(moment).date());
    let ahead = (day - today).get_days();
    let weekday = match day.weekday() {
        Weekday::Monday => "day_mon",
        Weekday::Tuesday => "day_tue",
        Weekday::Wednesday => "day_wed",
        Weekday::Thursday => "day_thu",
        Weekday::Friday => "day_fri",
        Weekday::Saturday => "day_sat",
        Weekday::Sunday => "day_sun",
    };
    match ahead {
        ..=0 => vec!["day_today".into()],
        1 => vec!["day_tomorrow".into()],
        2..=WEEKDAY_ALONE_DAYS => vec![weekday.into()],
        _ => {
            vec![weekday.into(), format!("date_{:02}", day.day()).into(), format!("month_{:02}", day.month()).into()]
        }
    }
}

/// The sound of a holiday's name (Labour Code of Russia, article 112); nothing for one that a later law may add.
fn holiday(day: Date) -> Option<&'static str> {
    Some(match (day.month(), day.day()) {
        (1, 1..=8) => "holiday_new_year",
        (2, 23) => "holiday_defender",
        (3, 8) => "holiday_women",
        (5, 1) => "holiday_labour",
        (5, 9) => "holiday_victory",
        (6, 12) => "holiday_russia",
        (11, 4) => "holiday_unity",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
