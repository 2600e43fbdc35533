//! The list as a table for a spreadsheet (CSV, RFC 4180). It is written page by page while it is sent, so that its size
//! asks for no memory; a cell that a spreadsheet would take for a formula begins with an apostrophe.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use otklik_centre::appeals::filing::{Beneficiary, Speaker};
use otklik_model::{ResultId, TopicId, UtcMs};
use otklik_store::{Appeal, AppealsQuery, PersonName, StoreError, Topics};
use tokio::sync::mpsc;

use super::list::Filter;
use crate::extract::Query;
use crate::problem::Problem;
use crate::rights::{ExportAppeals, May};
use crate::state::App;

/// Most appeals of a table.
const MOST: u64 = 10_000;
/// Appeals read at a time.
const PAGE: u64 = 200;
/// Pages that may wait for a slow reader.
const WAITING: usize = 2;
/// Says to spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The first row.
const HEAD: &str =
    "number;created_at;registered_at;status;kind;caller;speaker;for_whom;topics;asked;answered;result;author\r\n";

/// The appeals of the same filters as the list, newest first, at most 10,000; drafts and dismissed ones included.
#[utoipa::path(get, operation_id = "exportAppeals", path = "/api/appeals.csv", params(Filter),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = Problem),
              (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn table(
    State(app): State<App>,
    me: May<ExportAppeals>,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    let query = AppealsQuery { limit: PAGE, ..filter.query(&app)? };
    app.0.store.note_export(&me.person.id, app.now()).await?;
    let (rows, body) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        if let Err(error) = write(&app, query, &rows).await {
            tracing::error!(error = &error as &dyn std::error::Error, "a table of appeals broke off");
            // The reader is told that the table is not whole.
            rows.send(Err(io::Error::other("the table broke off"))).await.ok();
        }
    });
    let mut response = Body::from_stream(Rows(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"appeals.csv\""));
    Ok(response)
}

/// The pages of the table, as they are written.
#[derive(Debug)]
struct Rows(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Rows {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

/// Writes until the list ends, the table is full, or its reader has gone.
async fn write(app: &App, mut query: AppealsQuery, rows: &mpsc::Sender<io::Result<Bytes>>) -> Result<(), StoreError> {
    let topics = app.0.store.topics().await?;
    let mut text = format!("{BYTE_ORDER_MARK}{HEAD}");
    for _ in 0..MOST / PAGE {
        let page = app.0.store.appeals(&query).await?;
        for appeal in &page {
            row(app, &topics, appeal, &mut text);
        }
        if rows.send(Ok(Bytes::from(std::mem::take(&mut text)))).await.is_err() {
            return Ok(());
        }
        match page.last().filter(|_| page.len() as u64 == PAGE) {
            Some(last) => query.before = Some((last.created_at, last.id)),
            None => return Ok(()),
        }
    }
    Ok(())
}

fn row(app: &App, topics: &Topics, appeal: &Appeal, text: &mut String) {
    let moment = |at: UtcMs| {
        let local = at.timestamp().to_zoned_datetime(app.0.start.zone.clone());
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let content = &appeal.content;
    let speaker = match content.speaker {
        Speaker::Person(_) => full_name(appeal.speaker.as_ref()),
        Speaker::Unknown | Speaker::DidNotSay => String::new(),
    };
    let for_whom = match &content.for_whom {
        Beneficiary::Oneself => String::new(),
        Beneficiary::Person(_) => full_name(appeal.beneficiary.as_ref()),
        Beneficiary::Relation(relation) => relation.reveal().clone(),
    };
    let cells = [
        appeal.number.clone().unwrap_or_default(),
        moment(appeal.created_at),
        appeal.registered_at.map(moment).unwrap_or_default(),
        appeal.status.name().to_owned(),
        content.kind.name().to_owned(),
        appeal.caller.as_ref().map(|phone| phone.reveal().to_string()).unwrap_or_default(),
        speaker,
        for_whom,
        content.topics.iter().map(|topic| topic_name(topics, topic)).collect::<Vec<_>>().join(", "),
        content.asked.reveal().clone(),
        content.answered.reveal().clone(),
        content.result.as_ref().map(|result| result_name(topics, result)).unwrap_or_default(),
        appeal.author.as_ref().map(ToString::to_string).unwrap_or_default(),
    ];
    text.push_str(&cells.map(|cell| guarded(&cell)).join(";"));
    text.push_str("\r\n");
}

fn full_name(name: Option<&PersonName>) -> String {
    let parts = name.map(|name| [&name.family_name, &name.given_name, &name.patronymic]);
    let parts = parts.into_iter().flatten().map(|part| part.reveal().as_str()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

fn topic_name(topics: &Topics, id: &TopicId) -> String {
    topics.topics.iter().find(|topic| topic.id == *id).map_or_else(|| id.to_string(), |topic| topic.name.clone())
}

fn result_name(topics: &Topics, id: &ResultId) -> String {
    topics.results.iter().find(|result| result.id == *id).map_or_else(|| id.to_string(), |result| result.name.clone())
}

/// A cell that is a text whatever stands in it: quoted, and never a formula (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula_and_none_ends_early() {
        let table = [
            ("=1+2", "\"'=1+2\""),
            ("+79000000014", "\"'+79000000014\""),
            ("-2+3+cmd|' /C calc'!A0", "\"'-2+3+cmd|' /C calc'!A0\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("a\";\"=1", "\"a\"\";\"\"=1\""),
            ("две\nстроки; =1", "\"две\nстроки; =1\""),
            ("", "\"\""),
        ];
        for (text, cell) in table {
            assert_eq!(guarded(text), cell);
        }
    }
}
