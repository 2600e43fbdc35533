//! What happened, for other programs: the outbox as a feed that is read by key. No personal data stands in it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Json, Query};
use crate::paging;
use crate::problem::Problem;
use crate::rights::{May, ReadEvents};
use crate::state::App;

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct Event {
    /// Its key; give the last one as `after` to read on.
    key: String,
    /// `call_ended`, `promise_made` or `promise_closed`.
    topic: String,
    /// The fact.
    #[schema(value_type = Object)]
    body: serde_json::Value,
}

/// A page of events.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventPage {
    events: Vec<Event>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The key of the last event read; from the first where it is not given.
    after: Option<String>,
    /// Events of a page.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// Events, oldest first.
#[utoipa::path(get, operation_id = "listEvents", path = "/api/events", params(Which),
    responses((status = 200, body = EventPage), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadEvents>,
    Query(which): Query<Which>,
) -> Result<Json<EventPage>, Problem> {
    let limit = paging::limit(which.limit)?;
    let after = match which.after.as_deref() {
        None => (0, 0, 0),
        Some(key) => parse_key(key).ok_or_else(|| Problem::bad_request("bad_cursor"))?,
    };
    let events = app.0.store.events(after, limit).await?.into_iter().map(|event| Event {
        key: format!("{}.{}.{}", event.partition, event.seq, event.n),
        topic: event.topic,
        body: serde_json::from_str(&event.body).unwrap_or_default(),
    });
    Ok(Json(EventPage { events: events.collect() }))
}

fn parse_key(key: &str) -> Option<(u16, u64, u32)> {
    let mut parts = key.splitn(3, '.');
    let key = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    // The database counts in signed 64 bits.
    i64::try_from(key.1).is_ok().then_some(key)
}

#[cfg(test)]
mod tests {
    use super::parse_key;

    #[test]
    fn a_key_is_read_or_refused() {
        assert_eq!(parse_key("0.17.1"), Some((0, 17, 1)));
        for bad in ["", "0", "0.1", "0.1.x", "0.18446744073709551615.1", "70000.1.1", "0.1.1.1"] {
            assert_eq!(parse_key(bad), None, "{bad}");
        }
    }
}
