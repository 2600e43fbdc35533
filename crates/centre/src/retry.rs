//! When we try again to reach somebody: gaps between the attempts, and the hours in which people may be rung.
//! The numbers are `callback_policy` and `promise_kinds` of the demonstration centre.

use jiff::ToSpan;
use jiff::civil::{Date, Time, time};
use jiff::tz::TimeZone;
use otklik_model::{PromiseKind, UtcMs};

use crate::calendar::{Hours, Period};

const MINUTE_MS: i64 = 60_000;

/// How often a moment is moved on before it is taken as it is: hours and window that never meet end here.
const MOVES: u32 = 800;

/// How we try to reach people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Minutes to wait after the first, second, ... attempt; one attempt for each, and then no more is owed.
    pub gaps_min: Vec<i64>,
    /// The same after a break by our fault.
    pub fault_gaps_min: Vec<i64>,
    /// When people may be rung, in the centre's zone, whatever the hours of a line are.
    pub window: Period,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            gaps_min: vec![15, 60, 180],
            fault_gaps_min: vec![5, 15, 60],
            window: Period { from: time(8, 30, 0, 0), to: time(19, 45, 0, 0) },
        }
    }
}

impl RetryPolicy {
    /// Attempts after which a person counts as not reached.
    pub fn attempts(&self, kind: PromiseKind) -> usize {
        self.gaps(kind).len()
    }

    /// When the next attempt is due after `made` attempts, the last of them now; nothing where no more is owed.
    /// `hours` are the line's; a line that stands open whatever the calendar says keeps the window of `zone` alone.
    pub fn next_try(
        &self,
        now: UtcMs,
        kind: PromiseKind,
        made: usize,
        hours: Option<&Hours>,
        zone: &TimeZone,
    ) -> Option<UtcMs> {
        let gaps = self.gaps(kind);
        let gap_min = gaps.get(made.checked_sub(1)?).filter(|_| made < gaps.len())?;
        let mut at = now.plus_ms(gap_min * MINUTE_MS);
        for _ in 0..MOVES {
            let moved = hours.and_then(|hours| hours.next_opening(at)).unwrap_or(at);
            let moved = self.window_after(moved, zone);
            if moved == at {
                break;
            }
            at = moved;
        }
        Some(at)
    }

    fn gaps(&self, kind: PromiseKind) -> &[i64] {
        if kind == PromiseKind::OurFault { &self.fault_gaps_min } else { &self.gaps_min }
    }

    /// The first moment not before `at` in which people may be rung.
    fn window_after(&self, at: UtcMs, zone: &TimeZone) -> UtcMs {
        let local = at.timestamp().to_zoned_datetime(zone.clone()).datetime();
        let opening = |day: Date, from: Time| {
            let moment = day.to_datetime(from).to_zoned_datetime(zone.clone()).ok()?;
            Some(UtcMs(moment.timestamp().as_millisecond()))
        };
        let moved = if local.time() < self.window.from {
            opening(local.date(), self.window.from)
        } else if local.time() >= self.window.to {
            local.date().checked_add(1.day()).ok().and_then(|day| opening(day, self.window.from))
        } else {
            Some(at)
        };
        moved.unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, time};
    use jiff::tz::TimeZone;
    use otklik_model::{PromiseKind, UtcMs};

    use super::RetryPolicy;
    use crate::calendar::{Hours, Period, ProductionCalendar};

    fn at(text: &str) -> UtcMs {
        let moment: jiff::Timestamp = format!("{text}:00+03:00").parse().expect("a moment");
        UtcMs(moment.as_millisecond())
    }

    #[test]
    fn the_next_try_keeps_the_gap_the_window_and_the_calendar() {
        let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
        let week: Vec<_> = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday]
            .into_iter()
            .map(|weekday| (weekday, day.clone()))
            .collect();
        let mut calendar = ProductionCalendar::default();
        calendar.add_csv("date,kind,name,source\n2026-11-25,holiday,Invented,test\n").expect("a calendar");
        let hours = Hours::new(&week, calendar, TimeZone::get("Europe/Moscow").expect("a zone"));
        let policy = RetryPolicy::default();
        // A Tuesday before a holiday, and the Friday of the same week.
        let table = [
            (PromiseKind::Callback, 1, "2026-11-24T10:00", Some("2026-11-24T10:15")),
            (PromiseKind::Callback, 2, "2026-11-24T10:00", Some("2026-11-24T11:00")),
            (PromiseKind::Callback, 3, "2026-11-24T10:00", None),
            (PromiseKind::Callback, 7, "2026-11-24T10:00", None),
            (PromiseKind::OurFault, 1, "2026-11-24T10:00", Some("2026-11-24T10:05")),
            (PromiseKind::Callback, 1, "2026-11-24T08:01", Some("2026-11-24T08:30")),
            (PromiseKind::Callback, 1, "2026-11-24T19:30", Some("2026-11-26T08:30")),
            (PromiseKind::Callback, 1, "2026-11-24T21:00", Some("2026-11-26T08:30")),
            (PromiseKind::Callback, 2, "2026-11-27T19:00", Some("2026-11-30T08:30")),
        ];
        for (kind, made, now, next) in table {
            assert_eq!(
                policy.next_try(at(now), kind, made, Some(&hours), hours.zone()),
                next.map(at),
                "{kind:?} {made} {now}"
            );
        }
        let open = policy.next_try(at("2026-11-24T20:00"), PromiseKind::Callback, 1, None, hours.zone());
        assert_eq!(open, Some(at("2026-11-25T08:30")), "a line that is switched open keeps the window alone");
        let never = Hours::new(&[], ProductionCalendar::default(), TimeZone::UTC);
        let lone = policy.next_try(at("2026-11-24T15:00"), PromiseKind::Callback, 1, Some(&never), hours.zone());
        assert_eq!(lone, Some(at("2026-11-24T15:15")), "a line that never opens holds nobody back");
    }
}
