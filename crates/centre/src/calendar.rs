//! Working time: the production calendar and a line's weekly hours. Knows civil time and zones; knows no calls.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time, Weekday};
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

    /// The days of a year that do not follow their weekday.
    pub fn days_of(&self, year: i16) -> impl Iterator<Item = (Date, DayKind)> {
        self.days.iter().filter(move |(day, _)| day.year() == year).map(|(day, kind)| (*day, *kind))
    }

    /// The years that are known.
    pub fn years(&self) -> std::collections::BTreeSet<i16> {
        self.days.keys().map(|day| day.year()).collect()
    }

    /// True where the day is worked.
    pub fn is_working(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Holiday | DayKind::WeekendMovedOff) => false,
            Some(DayKind::WorkingMoved | DayKind::Shortened) => true,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// What the calendar says of the day, where it names it.
    pub fn kind(&self, day: Date) -> Option<DayKind> {
        self.days.get(&day).copied()
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

/// Why a line is closed by its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// A working day, outside the hours.
    Night,
    /// A Saturday or Sunday.
    Weekend,
    /// A public holiday.
    Holiday,
    /// A weekday that is off because a day off was moved onto it.
    MovedOff,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    weekly: BTreeMap<u8, Vec<Period>>,
    own: BTreeMap<Date, Vec<Period>>,
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
        Self { weekly: table, own: BTreeMap::new(), calendar, zone }
    }

    /// The same hours with days of their own, which go before the week and the calendar; no period = closed all day.
    #[must_use]
    pub fn with_days(mut self, own: BTreeMap<Date, Vec<Period>>) -> Self {
        self.own = own;
        self
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

    /// The centre's local time at that moment.
    pub fn local(&self, at: UtcMs) -> DateTime {
        at.timestamp().to_zoned_datetime(self.zone.clone()).datetime()
    }

    /// Why the line is closed at that moment; nothing where it is open.
    pub fn closure(&self, at: UtcMs) -> Option<Closure> {
        if self.is_open(at) {
            return None;
        }
        let day = self.local(at).date();
        Some(match self.calendar.kind(day) {
            Some(DayKind::Holiday) => Closure::Holiday,
            Some(DayKind::WeekendMovedOff) => Closure::MovedOff,
            Some(DayKind::WorkingMoved | DayKind::Shortened) | None if self.calendar.is_working(day) => Closure::Night,
            Some(DayKind::WorkingMoved | DayKind::Shortened) | None => Closure::Weekend,
        })
    }

    /// When the line closes that is open at that moment.
    pub fn closes_at(&self, at: UtcMs) -> Option<UtcMs> {
        let local = self.local(at);
        let holds = |period: &&Period| period.from <= local.time() && local.time() < period.to;
        let to = self.periods(local.date()).iter().find(holds)?.to;
        self.moment(local.date(), to)
    }

    /// When the last hours of that moment's day end; nothing where the day has none.
    pub fn last_closing(&self, at: UtcMs) -> Option<UtcMs> {
        let day = self.local(at).date();
        self.moment(day, self.periods(day).last()?.to)
    }

    /// How many whole days without hours lie together before the day of that moment.
    pub fn closed_days_before(&self, at: UtcMs) -> u32 {
        let mut day = self.local(at).date();
        let mut count = 0;
        while count < HORIZON_DAYS
            && let Ok(before) = day.yesterday()
            && self.periods(before).is_empty()
        {
            day = before;
            count += 1;
        }
        count
    }

    fn moment(&self, day: Date, time: Time) -> Option<UtcMs> {
        let zoned = day.to_datetime(time).to_zoned_datetime(self.zone.clone()).ok()?;
        Some(UtcMs(zoned.timestamp().as_millisecond()))
    }

    /// The zone in which the hours are told.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn periods(&self, day: Date) -> &[Period] {
        if let Some(own) = self.own.get(&day) {
            return own;
        }
        self.calendar
            .worked_as(day)
            .and_then(|weekday| self.weekly.get(&weekday.to_monday_zero_offset().unsigned_abs()))
            .map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
