//! The life of a promise in the tables: lists by state, notes beside the journal, one end, and all of it derived anew.

use otklik_model::{
    AgentId, CallId, Fact, Personal, PhoneNumber, PromiseId, PromiseOutcome, SubjectId, TryResult, UtcMs,
};
use otklik_store::{Batch, PromiseCounts, PromisesQuery, Store, WhichPromises};
use uuid::Uuid;

use crate::place::{Place, append_all};
use crate::script::{START, Script};

const NUMBER: &str = "+79000000014";

fn anna() -> AgentId {
    AgentId::new("anna")
}

/// Takes, tries and closes the first open promise of a script.
pub(crate) fn keep(script: &mut Script) -> PromiseId {
    let (promise, _) = script.ledger.promises().iter().next().expect("a promise");
    script.push(Fact::PromiseTaken { promise, by: anna() });
    let next_try_at = Some(UtcMs(START + 900_000));
    script.push(Fact::PromiseTried { promise, by: anna(), result: TryResult::Busy, next_try_at });
    let (outcome, proof) = (PromiseOutcome::Spoken, Some(CallId(Uuid::from_u128(0xCA11))));
    script.push(Fact::PromiseClosed { promise, by: anna(), outcome, proof });
    promise
}

async fn listed(store: &Store, which: WhichPromises) -> Vec<PromiseId> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let page = store.promises(PromisesQuery { which: which.clone(), after, limit: 2, kind: None }).await;
        let page = page.expect("read");
        let Some(last) = page.last() else { return ids };
        after = Some((last.closed_at.unwrap_or(last.due_at), last.id));
        ids.extend(page.iter().map(|row| row.id));
    }
}

/// Five interrupted calls of one number; two are taken, one of them given back, two closed.
#[tokio::test]
async fn lists_follow_the_life_and_the_journal_holds_no_words() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let subject = SubjectId(Uuid::from_u128(0x77));
    for _ in 0..5 {
        script.accept(Some(subject));
    }
    let killed = script.envelopes.len();
    script.restart();
    let ids: Vec<PromiseId> = script.ledger.promises().iter().map(|(id, _)| id).collect();
    let subjects = vec![(subject, Personal::new(PhoneNumber::parse(NUMBER).expect("a number")))];
    let envelopes = script.envelopes[..killed].to_vec();
    store.append(&Batch { envelopes, subjects, ..Batch::default() }).await.expect("appended");
    append_all(&store, &script.envelopes[killed..]).await;
    let now = UtcMs(START + 86_400_000);
    let counts = store.promise_counts(&anna(), now).await.expect("counted");
    assert_eq!(counts, PromiseCounts { open: 5, mine: 0, free: 5, overdue: 5 });
    assert_eq!(listed(&store, WhichPromises::Open).await, ids, "by due time and id, page by page");

    let before = script.envelopes.len();
    assert_eq!(keep(&mut script), ids[0]);
    script.push(Fact::PromiseTaken { promise: ids[1], by: anna() });
    script.push(Fact::PromiseTaken { promise: ids[2], by: AgentId::new("vera") });
    script.push(Fact::PromiseReleased { promise: ids[2], by: None });
    let (outcome, proof) = (PromiseOutcome::ByHand, None);
    script.push(Fact::PromiseClosed { promise: ids[3], by: anna(), outcome, proof });
    let envelopes = script.envelopes[before..].to_vec();
    let note = |n: usize, text: &str| (envelopes[n].seq, Personal::new(text.to_owned()));
    let notes = vec![note(1, "Занято, у соседки тоже"), note(6, "Сама Мария Придуманная просила не звонить")];
    store.append(&Batch { envelopes, notes, ..Batch::default() }).await.expect("appended");

    let counts = store.promise_counts(&anna(), UtcMs(START)).await.expect("counted");
    assert_eq!(counts, PromiseCounts { open: 3, mine: 1, free: 2, overdue: 0 });
    assert_eq!(listed(&store, WhichPromises::Open).await, [ids[1], ids[2], ids[4]]);
    assert_eq!(listed(&store, WhichPromises::OwnedBy(anna())).await, [ids[1]]);
    assert_eq!(listed(&store, WhichPromises::Free).await, [ids[2], ids[4]]);
    assert_eq!(listed(&store, WhichPromises::OwedTo(subject)).await, [ids[1], ids[2], ids[4]]);
    assert_eq!(listed(&store, WhichPromises::Overdue(UtcMs(START))).await, []);
    assert_eq!(listed(&store, WhichPromises::Closed).await, [ids[3], ids[0]], "newest first");

    let row = store.promise(ids[0]).await.expect("read").expect("is there");
    assert_eq!((row.attempts, row.last_result, row.outcome), (1, Some(TryResult::Busy), Some(PromiseOutcome::Spoken)));
    assert_eq!((row.closed_by, row.proof), (Some(anna()), Some(CallId(Uuid::from_u128(0xCA11)))));
    let (tries, reason) = store.promise_history(ids[0]).await.expect("read");
    assert_eq!((tries.len(), tries[0].result, &tries[0].by, reason), (1, TryResult::Busy, &anna(), None));
    assert_eq!(tries[0].note.as_ref().map(|note| note.reveal().as_str()), Some("Занято, у соседки тоже"));
    let (_, reason) = store.promise_history(ids[3]).await.expect("read");
    assert!(reason.is_some_and(|note| note.reveal().contains("Придуманная")));
    let returned = store.promise(ids[2]).await.expect("read").expect("is there");
    assert!(returned.owner.is_none() && returned.released_at.is_some());

    let dump = place.dump().await;
    let words = dump.iter().filter(|row| row.contains("Придуманная") || row.contains("соседки"));
    assert!(words.clone().count() == 2 && words.clone().all(|row| row.starts_with("promise_notes")), "{words:?}");
    store.rebuild().await.expect("derived anew");
    assert_eq!(place.dump().await, dump, "the same rows, and the words are still there");
    assert_eq!(store.verify(&place.recordings()).await.expect("verified").faults, []);
}

/// What no rule of ours writes: the first end stands.
#[tokio::test]
async fn a_second_end_changes_nothing() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    script.accept(None);
    script.restart();
    let promise = keep(&mut script);
    append_all(&store, &script.envelopes).await;
    let before = store.promise(promise).await.expect("read");
    let mut again = script.envelopes.last().expect("a fact").clone();
    for fact in [
        Fact::PromiseClosed { promise, by: AgentId::new("vera"), outcome: PromiseOutcome::Refused, proof: None },
        Fact::PromiseTaken { promise, by: AgentId::new("vera") },
        Fact::PromiseTried { promise, by: anna(), result: TryResult::NoAnswer, next_try_at: None },
    ] {
        again.seq += 1;
        again.fact = fact;
        append_all(&store, std::slice::from_ref(&again)).await;
    }
    assert_eq!(store.promise(promise).await.expect("read"), before);
    assert_eq!(store.promise_history(promise).await.expect("read").0.len(), 1);
    assert_eq!(store.recover().await.expect("recovers").faults, 3);
}
