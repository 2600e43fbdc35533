//! What is said at chosen moments, and that at every moment of a year there is something fitting to say whose sound
//! exists.

use std::path::Path;

use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use otklik_model::UtcMs;

use super::{closed, number, ring_back};
use crate::appeals::{due_after_absence, due_after_closed};
use crate::calendar::{Hours, Period, ProductionCalendar};

const YEARS: [&str; 2] =
    [include_str!("../../../../data/calendar/ru-2026.csv"), include_str!("../../../../data/calendar/ru-2027.csv")];

fn hours() -> Hours {
    let mut calendar = ProductionCalendar::default();
    for year in YEARS {
        calendar.add_csv(year).expect("reads");
    }
    let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
    let weekly = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday]
        .map(|weekday| (weekday, day.clone()));
    Hours::new(&weekly, calendar, TimeZone::get("Europe/Moscow").expect("bundled"))
}

fn moscow(text: &str) -> UtcMs {
    let civil: jiff::civil::DateTime = text.parse().expect("civil time");
    UtcMs(civil.in_tz("Europe/Moscow").expect("zone").timestamp().as_millisecond())
}

#[test]
fn each_kind_of_day_has_its_words_and_its_next_opening() {
    let hours = hours();
    let table = [
        ("2026-11-24T06:00", "closed_night we_open day_today at_08"),
        ("2026-11-24T20:00", "closed_night we_open day_tomorrow at_08"),
        ("2026-11-27T21:40", "closed_night we_open day_mon at_08"),
        ("2026-11-29T12:00", "closed_weekend we_open day_tomorrow at_08"),
        ("2026-11-03T20:30", "closed_night we_open day_thu at_08"), // a shortened day, before a holiday
        ("2026-11-04T12:00", "closed_holiday holiday_unity holiday_wish we_open day_tomorrow at_08"),
        ("2026-05-09T12:00", "closed_holiday holiday_victory holiday_wish we_open day_tue at_08"),
        ("2026-05-09T19:00", "closed_memory we_open day_tue at_08"),
        ("2026-05-11T12:00", "closed_moved we_open day_tomorrow at_08"),
        ("2026-12-31T12:15", "closed_moved we_open day_mon date_11 month_01 at_08"),
        ("2027-01-03T12:00", "closed_holiday holiday_new_year holiday_wish we_open day_mon date_11 month_01 at_08"),
        ("2027-01-10T12:00", "closed_weekend we_open day_tomorrow at_08"),
        ("2027-02-20T21:00", "closed_night we_open day_wed at_08"), // a working Saturday
        ("2026-11-24T12:00", "emergency_closed"),                   // closed by hand in its hours
    ];
    for (at, words) in table {
        assert_eq!(closed(&hours, moscow(at)).join(" "), words, "{at}");
    }
    let never = Hours::new(&[], ProductionCalendar::default(), TimeZone::UTC);
    assert_eq!(closed(&never, moscow("2026-11-24T12:00")).join(" "), "closed_night", "nothing is said of an opening");
}

#[test]
fn an_answer_is_due_when_it_can_be_given() {
    let hours = hours();
    let table = [
        ("2026-11-24T21:00", "day_tomorrow until_11"),
        ("2026-11-24T06:00", "day_today until_11"),
        ("2026-11-27T21:00", "day_mon until_11"),
        ("2026-12-30T21:00", "day_mon date_11 month_01 until_19"),
        ("2027-01-10T12:00", "day_tomorrow until_19"), // at the end of a long closure
        ("2026-05-09T12:00", "day_tue until_19"),
    ];
    for (at, words) in table {
        let due = due_after_closed(moscow(at), &hours);
        assert_eq!(ring_back(&hours, moscow(at), due).join(" "), format!("we_ring_back {words}"), "{at}");
    }
    let at = moscow("2026-11-24T12:00");
    assert_eq!(ring_back(&hours, at, due_after_absence(at, &hours)).join(" "), "we_ring_back day_tomorrow until_11");
    let begun = moscow("2026-11-24T11:01");
    assert_eq!(ring_back(&hours, begun, begun).join(" "), "we_ring_back day_today until_12", "never earlier than told");
    let late = moscow("2026-11-24T21:00");
    assert_eq!(ring_back(&hours, late, late).join(" "), "we_ring_back day_today", "no sound: the day alone");
}

#[test]
fn at_every_half_hour_of_a_year_there_is_a_fitting_announcement_with_sounds() {
    let hours = hours();
    let sounds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/prompts");
    let mut known = std::collections::BTreeSet::new();
    let (mut at, end) = (moscow("2026-01-01T00:00"), moscow("2027-01-01T00:00"));
    while at < end {
        let day = hours.local(at).date();
        let opening = hours.next_opening(at).expect("it opens again");
        if !hours.is_open(at) {
            let words = closed(&hours, at);
            let off = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            match words[0].as_ref() {
                "closed_night" => assert!(!off || opening > at, "{day}"),
                "closed_weekend" => assert!(off, "{day}"),
                "closed_holiday" | "closed_moved" | "closed_memory" => {}
                other => panic!("{day}: {other}"),
            }
            assert!(words.contains(&"we_open".into()) && words.last() == Some(&"at_08".into()), "{day}: {words:?}");
            let due = due_after_closed(at, &hours);
            assert!(hours.is_open(due) && due > opening, "{day}: due while people work");
            for word in words.into_iter().chain(ring_back(&hours, at, due)) {
                if known.insert(word.to_string()) {
                    assert!(sounds.join(format!("{word}.wav")).is_file(), "{word} has a sound");
                }
            }
        }
        at = at.plus_ms(30 * 60_000);
    }
    assert!(known.len() > 20, "{known:?}");
}

#[test]
fn a_number_is_said_in_groups() {
    let said = |digits: &str| number(digits).iter().map(|word| word.trim_start_matches("number_").to_owned()).collect();
    let table: [(&str, &[&str]); 5] = [
        ("8310000017", &["800", "30", "1", "0", "0", "0", "0", "0", "17"]),
        ("9161234567", &["900", "16", "100", "20", "3", "40", "5", "60", "7"]),
        ("9000050011", &["900", "0", "0", "5", "0", "0", "11"]),
        ("112", &["1", "1", "2"]),
        ("", &[]),
    ];
    for (digits, words) in table {
        let said: Vec<String> = said(digits);
        assert_eq!(said, words, "{digits}");
    }
}
