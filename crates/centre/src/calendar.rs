//! Working time: the production calendar and a line's weekly hours. Knows civil time and zones; knows no calls.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use otklik_model::UtcMs;

/// What the production calendar says of one day. Days that it does not name follow the weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A non-working public holiday (Labour Code of Russia, article 112).
    Holiday,
    /// A working weekday that is off because a day off was moved onto it.
    WeekendMovedOff,
    /// A Saturday or Sunday that is a working day.
    WorkingMoved,
    /// A working day that is one hour shorter (article 95). The line keeps its usual hours.
    Shortened,
}

/// The official production calendar of one or more years.
#[derive(Debug, Clone, Default)]
pub struct ProductionCalendar {
    days: BTreeMap<Date, DayKind>,
}

/// Why a calendar file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFault {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there, in English, for the operator.
    pub text: String,
}

impl ProductionCalendar {
    /// Adds a year's file: `date,kind,name,source` with a heading line. A day with two rows keeps the one that says
    /// whether it is worked.
    pub fn add_csv(&mut self, csv: &str) -> Result<(), CalendarFault> {
        for (index, row) in csv.lines().enumerate().skip(1) {
            let line = index + 1;
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let fault = |text: &str| CalendarFault { line, text: text.to_owned() };
            let mut fields = row.split(',');
            let date = fields.next().unwrap_or_default();
            let date: Date = date.parse().map_err(|_| fault("the first field is a date such as 2026-11-04"))?;
            let kind = match fields.next().unwrap_or_default() {
                "holiday" => DayKind::Holiday,
                "weekend_moved_off" => DayKind::WeekendMovedOff,
                "working_moved" => DayKind::WorkingMoved,
                "shortened" => DayKind::Shortened,
                _ => return Err(fault("the kind is holiday, weekend_moved_off, working_moved or shortened")),
            };
            let kept = self.days.entry(date).or_insert(kind);
            if *kept == DayKind::Shortened {
                *kept = kind;
            }
        }
        Ok(())
    }

    /// True where the day is worked.
    pub fn is_working(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Holiday | DayKind::WeekendMovedOff) => false,
            Some(DayKind::WorkingMoved | DayKind::Shortened) => true,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The weekday whose hours hold on that day: a moved working day is worked as a Monday.
    fn worked_as(&self, day: Date) -> Option<Weekday> {
        if !self.is_working(day) {
            return None;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(if weekend { Weekday::Monday } else { day.weekday() })
    }
}

/// One span of a day, from inclusive to exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Opening.
    pub from: Time,
    /// Closing.
    pub to: Time,
}

/// The hours of a line: a weekly table under the production calendar, in the centre's zone.
#[derive(Debug, Clone)]
pub struct Hours {
    weekly: BTreeMap<u8, Vec<Period>>,
    calendar: ProductionCalendar,
    zone: TimeZone,
}

/// How far ahead an opening is looked for; a line that opens at no time within it is told as "never".
const HORIZON_DAYS: u32 = 400;

impl Hours {
    /// Makes the hours. `weekly` gives each weekday's periods; days left out are closed.
    pub fn new(weekly: &[(Weekday, Vec<Period>)], calendar: ProductionCalendar, zone: TimeZone) -> Self {
        let mut table = BTreeMap::new();
        for (weekday, periods) in weekly {
            let mut periods = periods.clone();
            periods.sort_by_key(|period| period.from);
            table.insert(weekday.to_monday_zero_offset().unsigned_abs(), periods);
        }
        Self { weekly: table, calendar, zone }
    }

    /// Is the line open at that moment?
    pub fn is_open(&self, at: UtcMs) -> bool {
        let local = at.timestamp().to_zoned_datetime(self.zone.clone()).datetime();
        self.periods(local.date()).iter().any(|period| period.from <= local.time() && local.time() < period.to)
    }

    /// The first moment not before `after` at which the line is open; nothing within 400 days = never.
    pub fn next_opening(&self, after: UtcMs) -> Option<UtcMs> {
        if self.is_open(after) {
            return Some(after);
        }
        let mut day = after.timestamp().to_zoned_datetime(self.zone.clone()).date();
        for _ in 0..HORIZON_DAYS {
            for period in self.periods(day) {
                // A time that a change of the clocks skips becomes the moment after the gap.
                let opening = day.to_datetime(period.from).to_zoned_datetime(self.zone.clone()).ok()?;
                let opening = UtcMs(opening.timestamp().as_millisecond());
                if opening >= after {
                    return Some(opening);
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// When the line that is open at that moment closes; nothing where it is closed.
    pub fn closing(&self, at: UtcMs) -> Option<UtcMs> {
        let local = at.timestamp().to_zoned_datetime(self.zone.clone()).datetime();
        let open = |period: &&Period| period.from <= local.time() && local.time() < period.to;
        let period = self.periods(local.date()).iter().find(open)?;
        let closing = local.date().to_datetime(period.to).to_zoned_datetime(self.zone.clone()).ok()?;
        Some(UtcMs(closing.timestamp().as_millisecond()))
    }

    /// The zone in which the hours are told.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn periods(&self, day: Date) -> &[Period] {
        self.calendar
            .worked_as(day)
            .and_then(|weekday| self.weekly.get(&weekday.to_monday_zero_offset().unsigned_abs()))
            .map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
