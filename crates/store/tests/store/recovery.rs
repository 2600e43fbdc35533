//! Recovery from a snapshot and its tail is the same as from the whole journal; so are the derived tables.

use jiff::civil::date;
use jiff::tz::TimeZone;
use otklik_store::verify::FaultCode;
use otklik_store::{Fault, Ledger, OpenMode, Store, StoreError};
use proptest::prelude::*;

use crate::place::{Place, append_all, write_files};
use crate::script::Script;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn snapshot_and_tail_equal_the_whole_journal(
        steps in prop::collection::vec(any::<u16>(), 1..200),
        cut in any::<prop::sample::Index>(),
    ) {
        let script = Script::of(steps);
        let cut = cut.index(script.envelopes.len()) + 1;
        tokio::runtime::Runtime::new().expect("a runtime").block_on(recovers(&script, cut));
    }
}

async fn recovers(script: &Script, cut: usize) {
    let place = Place::new();
    let store = place.lead().await;
    let mut ledger = Ledger::default();
    for envelope in &script.envelopes[..cut] {
        ledger.apply(envelope).expect("sound");
    }
    append_all(&store, &script.envelopes[..cut]).await;
    store.snapshot(&ledger).await.expect("a snapshot");
    append_all(&store, &script.envelopes[cut..]).await;

    let found = store.recover().await.expect("recovers");
    assert_eq!(found.ledger, script.ledger);
    assert_eq!((found.last_seq, found.last_at), (script.ledger.last_seq(), script.ledger.last_at()));
    assert_eq!((found.epoch, found.faults), (script.ledger.last_epoch(), 0));
    place.damage("DELETE FROM snapshots").await;
    assert_eq!(store.recover().await.expect("recovers"), found, "without a snapshot");

    let before = place.dump().await;
    store.rebuild().await.expect("rebuilt");
    assert_eq!(place.dump().await, before, "the tables derived anew");
    write_files(&place.recordings(), &script.files);
    let report = store.verify(&place.recordings()).await.expect("verified");
    let unclosed = |fault: &&Fault| fault.code != FaultCode::RecordingUnclosed;
    assert_eq!(report.faults.iter().filter(unclosed).collect::<Vec<_>>(), Vec::<&Fault>::new());
}

const FALSIFY: &str = "UPDATE snapshots SET body = replace(body, '\"facts\":', '\"facts\":9')";
const MEND_ALL_BUT_NEWEST: &str =
    "UPDATE snapshots SET body = replace(body, '\"facts\":9', '\"facts\":') WHERE version <> 99";

#[tokio::test]
async fn snapshots_that_cannot_be_used_are_passed_over() {
    let place = Place::new();
    let store = place.lead().await;
    let script = Script::of((0..40).map(|n| n * 37));
    let mut ledger = Ledger::default();
    for envelope in &script.envelopes {
        append_all(&store, std::slice::from_ref(envelope)).await;
        ledger.apply(envelope).expect("sound");
        if envelope.seq % 5 == 0 {
            store.snapshot(&ledger).await.expect("a snapshot");
        }
    }
    let whole = store.recover().await.expect("recovers");
    assert_eq!(whole.ledger, script.ledger);

    place.damage(FALSIFY).await;
    assert_ne!(store.recover().await.expect("recovers"), whole, "the newest snapshot is what counts");
    // Three are kept: the newest is of a newer program, the next is damaged, the oldest is good.
    place.damage("UPDATE snapshots SET version = 99 WHERE seq = (SELECT MAX(seq) FROM snapshots)").await;
    place.damage(MEND_ALL_BUT_NEWEST).await;
    place.damage("UPDATE snapshots SET body = '{' WHERE seq = (SELECT MAX(seq) - 5 FROM snapshots)").await;
    assert_eq!(store.recover().await.expect("recovers"), whole);
    place.damage("DELETE FROM snapshots WHERE seq = (SELECT MAX(seq) - 10 FROM snapshots)").await;
    assert_eq!(store.recover().await.expect("recovers"), whole, "from the first fact");
    let rows = place.count("snapshots").await;
    assert_eq!(rows, 2, "three were kept, one of them deleted here");

    let mut ahead = script.envelopes.last().expect("a fact").clone();
    ahead.seq += 1;
    ahead.fact = otklik_model::Fact::CentreStarted { program: "0.1.0".to_owned() };
    ledger.apply(&ahead).expect("sound");
    let refused = store.snapshot(&ledger).await;
    assert!(matches!(refused, Err(StoreError::SnapshotAhead { .. })), "{refused:?}");
}

#[tokio::test]
async fn another_zone_derives_the_tables_anew() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    script.answered_call();
    append_all(&store, &script.envelopes).await;
    write_files(&place.recordings(), &script.files);
    let moscow = place.dump().await;
    store.close().await.expect("closes");

    // 08:00 in Moscow is 18:00 in Honolulu, the day before.
    let zone = TimeZone::get("Pacific/Honolulu").expect("the zone is known");
    let store = Store::open(place.location(), zone, OpenMode::Lead).await.expect("opens");
    let figures = store.day_figures(None, date(2026, 11, 23)).await.expect("read");
    assert_eq!((figures.accepted, figures.answered), (1, 1));
    assert_eq!(store.verify(&place.recordings()).await.expect("verified").faults, []);
    store.close().await.expect("closes");

    place.open(OpenMode::Lead).await.close().await.expect("closes");
    assert_eq!(place.dump().await, moscow, "and back");
}
