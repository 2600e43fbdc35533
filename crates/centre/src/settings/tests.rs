//! Settings that are refused, each with its fault, and what a day of its own does to the hours.

use jiff::civil::date;
use jiff::tz::TimeZone;
use otklik_model::{LineId, LineMode, UtcMs};

use super::{LineSettings, OwnDay, SettingsFault, Span, Weekly};
use crate::calendar::ProductionCalendar;

fn span(from: &str, to: &str) -> Span {
    Span { from: from.to_owned(), to: to.to_owned() }
}

fn day(date: &str, hours: &[Span]) -> OwnDay {
    OwnDay { date: date.to_owned(), name: String::new(), hours: hours.to_vec() }
}

fn settings() -> LineSettings {
    LineSettings {
        name: "Основная линия".to_owned(),
        number: "8-800-000-00-00".to_owned(),
        place: 0,
        mode: LineMode::Calendar,
        recorded: true,
        recorder: true,
        keep_days: 180,
        hours: Weekly::ALL[..5]
            .iter()
            .map(|day| (*day, vec![span("08:00", "12:00"), span("13:00", "20:00")]))
            .collect(),
        days: Vec::new(),
    }
}

fn at(month: i8, day: i8, hour: i8) -> UtcMs {
    let zoned = date(2026, month, day).at(hour, 30, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("a moment");
    UtcMs(zoned.timestamp().as_millisecond())
}

#[test]
fn each_fault_is_named() {
    let refuses = |spoil: fn(&mut LineSettings)| {
        let mut settings = settings();
        spoil(&mut settings);
        settings.line(LineId::new("main"), &ProductionCalendar::default(), &TimeZone::UTC, &[]).err()
    };
    assert_eq!(refuses(|_| {}), None);
    assert_eq!(refuses(|s| s.name = " ".to_owned()), Some(SettingsFault::Name));
    assert_eq!(refuses(|s| s.name = "я".repeat(121)), Some(SettingsFault::Name));
    assert_eq!(refuses(|s| s.number = "eight".to_owned()), Some(SettingsFault::Number));
    assert_eq!(refuses(|s| s.keep_days = super::LONGEST_KEPT + 1), Some(SettingsFault::Kept));
    let monday = |spans: Vec<Span>| move |s: &mut LineSettings| drop(s.hours.insert(Weekly::Mon, spans));
    for (spans, fault) in [
        (vec![span("8", "20:00")], SettingsFault::Time),
        (vec![span("08:00", "25:00")], SettingsFault::Time),
        (vec![span("20:00", "08:00")], SettingsFault::Order),
        (vec![span("08:00", "08:00")], SettingsFault::Order),
        (vec![span("12:00", "20:00"), span("08:00", "12:01")], SettingsFault::Overlap),
        (vec![span("08:00", "09:00"); 7], SettingsFault::TooMany),
    ] {
        let mut settings = settings();
        monday(spans.clone())(&mut settings);
        let fault_found = settings.line(LineId::new("main"), &ProductionCalendar::default(), &TimeZone::UTC, &[]).err();
        assert_eq!(fault_found, Some(fault), "{spans:?}");
    }
    assert_eq!(refuses(|s| s.days = vec![day("2026-02-30", &[])]), Some(SettingsFault::Date));
    assert_eq!(refuses(|s| s.days = vec![day("2026-02-20", &[]); 2]), Some(SettingsFault::TwiceADay));
}

#[test]
fn a_day_of_its_own_goes_before_the_centre_the_week_and_the_calendar() {
    let mut settings = settings();
    // Thursday 31 December closed by the centre, open for an hour by the line; Sunday 3 May open by the line.
    settings.days = vec![day("2026-12-31", &[span("10:00", "11:00")]), day("2026-05-03", &[span("00:00", "24:00")])];
    let closed = [day("2026-12-31", &[]), day("2026-12-30", &[])];
    let zone = TimeZone::UTC;
    let line = settings.line(LineId::new("main"), &ProductionCalendar::default(), &zone, &closed).expect("sound");
    let open = |month, day, hour| line.hours.is_open(at(month, day, hour));
    assert!(open(12, 29, 9) && !open(12, 29, 12) && open(12, 29, 13), "an ordinary day with its pause");
    assert!(!open(12, 30, 9), "closed by the centre");
    assert!(open(12, 31, 10) && !open(12, 31, 9), "the line goes before the centre");
    assert!(open(5, 3, 0) && open(5, 3, 23), "a Sunday that the line opens");
    assert_eq!(line.hours.next_opening(at(12, 30, 9)), Some(UtcMs(at(12, 31, 9).0 + 30 * 60_000)));
}
