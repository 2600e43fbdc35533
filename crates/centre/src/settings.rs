//! A line as people set it up: a document of words and times, checked field by field, and turned into the rules' own
//! [`Line`]. Where documents are kept is not known here.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use otklik_model::{LineId, LineMode, PhoneNumber};
use serde::{Deserialize, Serialize};

use crate::calendar::{Hours, Period, ProductionCalendar};
use crate::config::Line;

/// Periods of one day at most.
const PERIODS: usize = 6;
/// Days of its own that a line may have.
const OWN_DAYS: usize = 400;
/// Longest name of a line or a day, letters.
const LONGEST_NAME: usize = 120;
/// The longest time that recordings stay by days: a hundred years.
pub const LONGEST_KEPT: u32 = 36_500;
/// How long recordings stay where nobody said it, days.
const USUALLY_KEPT: u32 = 180;

/// A line as it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSettings {
    /// Its name on screens.
    pub name: String,
    /// The number that people call.
    pub number: String,
    /// Where it stands among the lines; the first also takes calls to a number that none of them has.
    #[serde(default)]
    pub place: u32,
    /// Its switch until somebody turns it.
    #[serde(default)]
    pub mode: LineMode,
    /// Are talks recorded?
    pub recorded: bool,
    /// May a message be left where nobody answers?
    #[serde(default)]
    pub recorder: bool,
    /// Days that recordings stay; 0 = for ever.
    #[serde(default = "usually_kept")]
    pub keep_days: u32,
    /// The week, by day.
    pub hours: BTreeMap<Weekly, Vec<Span>>,
    /// Days with hours of their own, which go before the week and the calendar.
    #[serde(default)]
    pub days: Vec<OwnDay>,
}

/// How long recordings stay where nobody said it.
pub fn usually_kept() -> u32 {
    USUALLY_KEPT
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Weekly {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// A span of a day as people write it, `08:00` to `20:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Opening.
    pub from: String,
    /// Closing.
    pub to: String,
}

/// A day with hours of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnDay {
    /// The local day, `2026-12-30`.
    pub date: String,
    /// Why, for whoever reads the list.
    #[serde(default)]
    pub name: String,
    /// When it is open; empty = closed all day.
    #[serde(default)]
    pub hours: Vec<Span>,
}

/// What is wrong with a line's settings; its name is a key of the message catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsFault {
    /// The name is empty or too long.
    Name,
    /// The number cannot be called.
    Number,
    /// Recordings would stay longer than anything does.
    Kept,
    /// A time is none.
    Time,
    /// A span closes before it opens.
    Order,
    /// Two spans of a day touch the same time.
    Overlap,
    /// Too many spans, or too many days.
    TooMany,
    /// A day is none.
    Date,
    /// A day stands there twice.
    TwiceADay,
}

impl SettingsFault {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "bad_name",
            Self::Number => "bad_number",
            Self::Kept => "bad_keep_days",
            Self::Time => "bad_time",
            Self::Order => "closes_before_it_opens",
            Self::Overlap => "hours_overlap",
            Self::TooMany => "too_many_hours",
            Self::Date => "bad_day",
            Self::TwiceADay => "day_twice",
        }
    }
}

impl LineSettings {
    /// The line for the rules. `closed` are days of the whole centre, which a line's own days go before.
    ///
    /// # Errors
    /// The first fault that is found.
    pub fn line(
        &self,
        id: LineId,
        calendar: &ProductionCalendar,
        zone: &TimeZone,
        closed: &[OwnDay],
    ) -> Result<Line, SettingsFault> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(SettingsFault::Name);
        }
        let number = PhoneNumber::parse(&self.number).map_err(|_| SettingsFault::Number)?;
        if self.keep_days > LONGEST_KEPT {
            return Err(SettingsFault::Kept);
        }
        let mut weekly = Vec::new();
        for (day, spans) in &self.hours {
            weekly.push((day.weekday(), periods(spans)?));
        }
        let mut own = own_days(closed)?;
        own.extend(own_days(&self.days)?);
        let hours = Hours::new(&weekly, calendar.clone(), zone.clone()).with_days(own);
        let Self { mode, recorded, recorder, keep_days, .. } = *self;
        Ok(Line { id, name, number, hours, mode, recorded, recorder, keep_days })
    }
}

/// Days with hours of their own, checked.
///
/// # Errors
/// The first fault that is found.
pub fn own_days(days: &[OwnDay]) -> Result<BTreeMap<Date, Vec<Period>>, SettingsFault> {
    if days.len() > OWN_DAYS {
        return Err(SettingsFault::TooMany);
    }
    let mut own = BTreeMap::new();
    for day in days {
        if day.name.chars().count() > LONGEST_NAME {
            return Err(SettingsFault::Name);
        }
        let date: Date = day.date.parse().map_err(|_| SettingsFault::Date)?;
        if own.insert(date, periods(&day.hours)?).is_some() {
            return Err(SettingsFault::TwiceADay);
        }
    }
    Ok(own)
}

fn periods(spans: &[Span]) -> Result<Vec<Period>, SettingsFault> {
    if spans.len() > PERIODS {
        return Err(SettingsFault::TooMany);
    }
    let mut periods: Vec<Period> = spans.iter().map(Span::period).collect::<Result<_, _>>()?;
    periods.sort_by_key(|period| period.from);
    let overlap = periods.windows(2).any(|pair| pair[1].from < pair[0].to);
    if overlap { Err(SettingsFault::Overlap) } else { Ok(periods) }
}

impl Span {
    fn period(&self) -> Result<Period, SettingsFault> {
        let (from, to) = (time(&self.from)?, time(&self.to)?);
        if from < to { Ok(Period { from, to }) } else { Err(SettingsFault::Order) }
    }
}

/// A time as `08:00`; `24:00` is the end of the day.
fn time(text: &str) -> Result<Time, SettingsFault> {
    if text == "24:00" {
        return Ok(Time::MAX);
    }
    if text.len() != 5 {
        return Err(SettingsFault::Time);
    }
    text.parse().map_err(|_| SettingsFault::Time)
}

impl Weekly {
    /// The whole week, Monday first.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }
}

#[cfg(test)]
mod tests;
