//! The calendar against the official one and against hand-checked days.

use jiff::civil::{Weekday, date, time};
use jiff::tz::TimeZone;
use otklik_model::UtcMs;

use super::{Hours, Period, ProductionCalendar};

const YEAR_2026: &str = include_str!("../../../../data/calendar/ru-2026.csv");
const YEAR_2027: &str = include_str!("../../../../data/calendar/ru-2027.csv");

fn calendar() -> ProductionCalendar {
    let mut calendar = ProductionCalendar::default();
    calendar.add_csv(YEAR_2026).expect("2026 reads");
    calendar.add_csv(YEAR_2027).expect("2027 reads");
    calendar
}

fn weekdays_8_to_20() -> Hours {
    let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
    let weekly = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday]
        .map(|weekday| (weekday, day.clone()));
    Hours::new(&weekly, calendar(), TimeZone::get("Europe/Moscow").expect("bundled"))
}

fn moscow(text: &str) -> UtcMs {
    let civil: jiff::civil::DateTime = text.parse().expect("civil time");
    let zoned = civil.in_tz("Europe/Moscow").expect("zone");
    UtcMs(zoned.timestamp().as_millisecond())
}

#[test]
fn the_official_totals_of_working_days_hold() {
    for (year, working) in [(2026, 247), (2027, 247)] {
        let calendar = calendar();
        let counted = date(year, 1, 1).series(jiff::Span::new().days(1)).take(365).filter(|d| calendar.is_working(*d));
        assert_eq!(counted.count(), working, "{year}");
    }
}

#[test]
fn open_and_next_opening() {
    let hours = weekdays_8_to_20();
    let table = [
        // moment, open?, next opening
        ("2026-11-24T10:00", true, "2026-11-24T10:00"),
        ("2026-11-24T07:59:59.999", false, "2026-11-24T08:00"),
        ("2026-11-24T20:00", false, "2026-11-25T08:00"),
        ("2026-11-27T21:00", false, "2026-11-30T08:00"), // Friday evening -> Monday
        ("2026-11-03T21:00", false, "2026-11-05T08:00"), // the 4th is a holiday
        ("2026-12-30T21:00", false, "2027-01-11T08:00"), // moved-off 31st and the January holidays
        ("2027-02-20T12:00", true, "2027-02-20T12:00"),  // a working Saturday
    ];
    for (at, open, next) in table {
        assert_eq!(hours.is_open(moscow(at)), open, "{at}");
        assert_eq!(hours.next_opening(moscow(at)), Some(moscow(next)), "{at}");
    }
    assert_eq!(hours.closes_at(moscow("2026-11-24T08:00")), Some(moscow("2026-11-24T20:00")));
    assert_eq!(hours.closes_at(moscow("2026-11-24T20:00")), None);
    let never = Hours::new(&[], calendar(), TimeZone::UTC);
    assert_eq!(never.next_opening(moscow("2026-11-24T10:00")), None);
}

#[test]
fn a_bad_calendar_file_names_its_line() {
    let mut calendar = ProductionCalendar::default();
    let fault = calendar.add_csv("date,kind\n2026-01-01,holiday\n2026-13-01,holiday\n").expect_err("no month 13");
    assert_eq!(fault.line, 3);
    let fault = calendar.add_csv("date,kind\n2026-01-01,feast\n").expect_err("no such kind");
    assert_eq!(fault.line, 2);
}
