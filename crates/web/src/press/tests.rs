//! What is published, and what is not.

use std::collections::BTreeMap;

use jiff::civil::date;
use otklik_centre::figures::Day;

use super::words::Words;
use super::{Press, html};

fn month(accepted: i64, in_time: i64) -> Day {
    Day {
        accepted,
        offered: accepted,
        answered: in_time,
        answered_in_time: in_time,
        answer_within_s: 30,
        ..Day::default()
    }
}

fn press(months: &[(&str, Day)], topics: &[(&str, i64)]) -> Press {
    let months: Vec<_> = months.iter().map(|(month, day)| ((*month).to_owned(), *day)).collect();
    let topics: BTreeMap<_, _> = topics.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    Press::of(&months, Some(date(2026, 9, 1)), date(2026, 11, 23), topics)
}

#[test]
fn small_cells_are_neither_shown_nor_told_by_the_sum() {
    let months = [("2026-09", month(3, 3)), ("2026-10", month(40, 30)), ("2026-11", month(9, 9))];
    let press = press(&months, &[("Семьи", 20), ("<b>Жильё</b>", 2), ("Карта", 7)]);
    assert_eq!((press.calls, press.answered_in_time_percent), (Some(52), Some(81)));
    assert_eq!(press.months.iter().map(|month| month.calls).collect::<Vec<_>>(), [None, Some(40), None]);
    assert_eq!(press.topics.iter().map(|topic| topic.appeals).collect::<Vec<_>>(), [Some(20), None, None]);

    let page = html::page(&press, &Words::of(None), true, "+78000000000");
    assert!(page.contains(">52<") && page.contains("81\u{a0}%") && page.contains("1 сентября 2026 года"));
    assert!(page.contains("не публикуем") && page.contains("Демонстрация"));
    assert!(
        !page.contains("<td>3</td>")
            && !page.contains("<td>9</td>")
            && !page.contains("<script")
            && !page.contains(" style=")
    );
    let english = html::page(&press, &Words::of(Some("en")), false, "+78000000000");
    assert!(
        english.contains("<html lang=\"en\">")
            && english.contains("1 September 2026")
            && !english.contains("Demonstration")
    );
}

#[test]
fn what_people_wrote_is_text() {
    let press = press(&[("2026-11", month(40, 30))], &[("<script>alert(1)</script>", 9), ("\"'&", 8)]);
    let page = html::page(&press, &Words::of(None), false, "\"><script>");
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)") && page.contains("&quot;&#39;&amp;"));
}

#[test]
fn a_centre_that_has_just_opened_publishes_nothing() {
    let press = press(&[("2026-11", month(4, 4))], &[]);
    assert_eq!((press.calls, &press.since, press.answered_in_time_percent), (None, &None, None));
    assert!(html::page(&press, &Words::of(None), false, "").contains("Публиковать пока нечего"));
}
