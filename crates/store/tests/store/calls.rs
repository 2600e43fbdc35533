//! The list of calls: every call once, in order, through every filter.

use jiff::civil::date;
use otklik_model::{AbandonStage, Outcome, UtcMs};
use otklik_store::{CallRow, CallsQuery, Store, StoreError};

use crate::place::{Place, append_all};
use crate::script::Script;

#[tokio::test]
async fn pages_hold_every_call_once() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::of((0..600).map(|n: u16| n.wrapping_mul(2_654) ^ (n >> 3)));
    // Many calls of one millisecond: the key is the time and the id.
    for envelope in &mut script.envelopes {
        envelope.at = UtcMs(envelope.at.0 / 60_000 * 60_000);
    }
    append_all(&store, &script.envelopes).await;

    let mut oldest_first = Vec::new();
    let visit = |call: CallRow| {
        oldest_first.push(call);
        Ok::<_, StoreError>(())
    };
    store.each_call(visit).await.expect("read");
    assert!(oldest_first.len() > 60, "{} calls", oldest_first.len());
    assert!(oldest_first.is_sorted_by_key(|call| (call.started_at, call.id)));

    let newest_first = pages(&store, CallsQuery { limit: 7, ..CallsQuery::default() }).await;
    assert_eq!(newest_first, oldest_first.iter().rev().cloned().collect::<Vec<_>>());
    assert!(newest_first.iter().any(|call| call.outcome.is_none()), "open calls are listed");

    let today = CallsQuery { limit: 7, local_day: Some(date(2026, 11, 24)), ..CallsQuery::default() };
    assert_eq!(pages(&store, today).await.len(), oldest_first.len());
    let tomorrow = CallsQuery { limit: 7, local_day: Some(date(2026, 11, 25)), ..CallsQuery::default() };
    assert_eq!(pages(&store, tomorrow).await, []);
    let left = Some(Outcome::Abandoned(AbandonStage::Queue));
    let left = pages(&store, CallsQuery { limit: 7, outcome: left, ..CallsQuery::default() }).await;
    let abandoned = |call: &&CallRow| matches!(call.outcome, Some(Outcome::Abandoned(_)));
    assert_eq!(left, newest_first.iter().filter(abandoned).cloned().collect::<Vec<_>>());
    assert!(!left.is_empty());
}

async fn pages(store: &Store, query: CallsQuery) -> Vec<CallRow> {
    let mut rows: Vec<CallRow> = Vec::new();
    loop {
        let before = rows.last().map(|call| (call.started_at, call.id));
        let page = store.calls(CallsQuery { before, ..query.clone() }).await.expect("read");
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
        assert!(rows.len() < 10_000, "the pages have an end");
    }
}
