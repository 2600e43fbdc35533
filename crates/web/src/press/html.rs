//! The press page as HTML. What comes from people is escaped; there is no script, and no style but our own file.

use std::fmt::Write as _;

use super::words::Words;
use super::{Press, PressMonth};

/// Months that are drawn; the table has all.
const DRAWN: usize = 12;
const CHART: (usize, usize) = (640, 240);

/// Text as HTML text or as the value of an attribute.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, letter| {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}

/// A number as people read it, and as the desk writes it: 8 800 000-00-00, +7 831 000-01-14; others stay in one piece.
fn readable(number: &str) -> String {
    let Some(digits) =
        number.strip_prefix("+7").filter(|rest| rest.len() == 10 && rest.bytes().all(|b| b.is_ascii_digit()))
    else {
        return number.to_owned();
    };
    let (code, rest) = digits.split_at(3);
    let (first, rest) = rest.split_at(3);
    let (second, third) = rest.split_at(2);
    let country = if code == "800" { "8" } else { "+7" };
    format!("{country} {code} {first}-{second}-{third}")
}

/// The whole page.
pub(super) fn page(press: &Press, words: &Words, demo: bool, number: &str) -> String {
    let say = |key: &str| escaped(&words.say(key, []));
    let other = if words.language == "en" { ("/press", "ru") } else { ("/press?lang=en", "en") };
    let demo = if demo { format!("<p class=\"demo\">{}</p>", say("press-demo")) } else { String::new() };
    let content = match press.calls {
        None => format!("<p class=\"lead\">{}</p>", say("press-calls-none")),
        Some(calls) => content(press, words, calls),
    };
    let until = escaped(&words.say("press-until", [("date", words.date(&press.until))]));
    let (seconds, formula) = (press.answer_within_s.to_string(), press.formula_version.to_string());
    let note = escaped(&words.say("press-note", [("seconds", seconds), ("formula", formula)]));
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{name}</title>\
         <link rel=\"stylesheet\" href=\"/press.css\"><link rel=\"alternate\" hreflang=\"{other_language}\" href=\"{other_href}\">\
         </head><body><a class=\"skip\" href=\"#main\">{skip}</a>\
         <header class=\"head\"><div class=\"wrap\">{mark}<b>{name}</b>\
         <a class=\"tel\" href=\"tel:{number}\">{readable}</a></div></header>\
         <main id=\"main\">{demo}<div class=\"wrap stack\"><h1>{title} <span class=\"dim\">{until}</span></h1>{content}\
         <p class=\"small hint\">{note}</p>\
         <p class=\"small\"><a href=\"/api/press\">{data}</a> · <a href=\"{other_href}\" lang=\"{other_language}\" \
         hreflang=\"{other_language}\">{other_name}</a></p></div></main></body></html>",
        language = words.language,
        other_href = other.0,
        other_language = other.1,
        name = say("press-name"),
        skip = say("press-skip"),
        title = say("press-title"),
        data = say("press-data"),
        other_name = say("press-other-language"),
        number = escaped(number),
        readable = escaped(&readable(number)),
        mark = MARK,
    )
}

const MARK: &str = "<svg class=\"brand-mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">\
    <circle cx=\"6.5\" cy=\"12\" r=\"3.5\" fill=\"currentColor\"/><path d=\"M12 6.2a8.2 8.2 0 0 1 0 11.6M15.8 3.4a12.6 12.6 0 0 1 \
    0 17.2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.4\" stroke-linecap=\"round\"/></svg>";

fn content(press: &Press, words: &Words, calls: i64) -> String {
    let since = words.date(press.since.as_deref().unwrap_or_default());
    let seconds = press.answer_within_s.to_string();
    let mut bigs = big(&words.number(calls), &words.say("press-calls", [("date", since.clone())]));
    if let Some(percent) = press.answered_in_time_percent {
        bigs += &big(&format!("{percent}\u{a0}%"), &words.say("press-level", [("seconds", seconds.clone())]));
    }
    if let Some(messages) = press.messages {
        bigs += &big(&words.number(messages), &words.say("press-messages", []));
    }
    let values = [("since", since), ("until", words.date(&press.until)), ("calls", words.number(calls))];
    let mut text = words.say("press-text", values);
    if let Some(percent) = press.answered_in_time_percent {
        text += " ";
        text += &words.say("press-text-level", [("percent", percent.to_string()), ("seconds", seconds)]);
    }
    format!(
        "<div class=\"bigs\">{bigs}</div><div class=\"grid2\">{months}{topics}</div>\
         <section class=\"quote\"><h2>{heading}</h2><p>{text}</p></section>",
        months = months(press, words),
        topics = topics(press, words),
        heading = escaped(&words.say("press-text-h", [])),
        text = escaped(&text),
    )
}

fn big(figure: &str, what: &str) -> String {
    format!("<p><b>{}</b><span>{}</span></p>", escaped(figure), escaped(what))
}

fn months(press: &Press, words: &Words) -> String {
    let say = |key: &str| escaped(&words.say(key, []));
    let count = |month: &PressMonth| {
        let hidden = || format!("<span class=\"hint\">{}</span>", say("press-hidden"));
        month.calls.map_or_else(hidden, |n| escaped(&words.number(n)))
    };
    let rows = press.months.iter().fold(String::new(), |mut rows, month| {
        let name = escaped(&words.month(&month.month));
        // Writing into a String cannot fail.
        let _ = write!(rows, "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>", count(month));
        rows
    });
    let unfinished = match press.months.last().filter(|month| press.until.starts_with(&month.month)) {
        Some(month) => escaped(&words.say("press-months-unfinished", [("month", words.month(&month.month))])),
        None => String::new(),
    };
    format!(
        "<section><h2>{title}</h2>{chart}<p class=\"small hint\">{unfinished}</p><details><summary>{table}</summary>\
         <table><thead><tr><th scope=\"col\">{month}</th><th scope=\"col\">{calls}</th></tr></thead><tbody>{rows}</tbody></table>\
         </details></section>",
        title = say("press-months"),
        chart = chart(press, words),
        table = say("press-table"),
        month = say("press-month"),
        calls = say("press-count"),
    )
}

fn chart(press: &Press, words: &Words) -> String {
    let drawn = press.months.get(press.months.len().saturating_sub(DRAWN)..).unwrap_or_default();
    let counts = || drawn.iter().filter_map(|month| month.calls);
    let (Some(least), Some(most)) = (counts().min(), counts().max().filter(|most| *most > 0)) else {
        return String::new();
    };
    let label = words.say("press-chart", [("least", words.number(least)), ("most", words.number(most))]);
    let (width, height) = CHART;
    let step = width / drawn.len().max(6);
    let mut bars = String::new();
    for (i, month) in drawn.iter().enumerate() {
        let (left, middle) = (i * step + 4, i * step + step / 2);
        if let Some(n) = month.calls {
            let tall = usize::try_from(n.saturating_mul(200) / most).unwrap_or_default().max(2);
            let top = height - tall;
            let figure = escaped(&words.number(n));
            let wide = step - 8;
            let _ = write!(
                bars,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" rx=\"4\"/>\
                 <text class=\"lab\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{figure}</text>",
                top - 8,
            );
        }
        let name = escaped(&words.short_month(&month.month));
        let _ = write!(bars, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{name}</text>", height + 24);
    }
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {}\" role=\"img\" aria-label=\"{}\">\
         <line class=\"axis\" x1=\"0\" x2=\"{width}\" y1=\"{height}\" y2=\"{height}\"/>{bars}</svg>",
        height + 32,
        escaped(&label),
    )
}

fn topics(press: &Press, words: &Words) -> String {
    let shown: Vec<_> =
        press.topics.iter().filter_map(|topic| Some((topic.name.as_str(), topic.appeals?))).take(8).collect();
    let Some(most) = shown.iter().map(|(_, n)| *n).max() else { return String::new() };
    let rows = shown.iter().fold(String::new(), |mut rows, (name, n)| {
        let wide = n.saturating_mul(100) / most.max(1);
        let (name, n) = (escaped(name), escaped(&words.number(*n)));
        let _ = write!(
            rows,
            "<li><span>{name}</span><b>{n}</b><svg class=\"b\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect width=\"{wide}\" height=\"4\"/></svg></li>"
        );
        rows
    });
    format!("<section><h2>{}</h2><ul class=\"bars\">{rows}</ul></section>", escaped(&words.say("press-topics", [])))
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_number_reads_as_people_write_it() {
        let read = ["+78000000000", "+78310000114", "+4930123456", "100"].map(readable);
        assert_eq!(read, ["8 800 000-00-00", "+7 831 000-01-14", "+4930123456", "100"]);
    }
}
