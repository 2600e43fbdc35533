//! The retry of a commit whose fate is not known, on a real database.

use jiff::tz::TimeZone;
use otklik_model::{Envelope, Fact, UtcMs};
use otklik_store::{Batch, Location, OpenMode, Store, StoreError};
use uuid::Uuid;

use super::{append_again, is_final};

fn batch(epoch: u64, seqs: std::ops::RangeInclusive<u64>) -> Batch {
    let fact = || Fact::CentreStarted { program: "test".to_owned() };
    let envelopes = seqs.map(|seq| Envelope { partition: 0, seq, epoch, at: UtcMs(5), fact: fact() });
    Batch { envelopes: envelopes.collect(), ..Batch::default() }
}

#[tokio::test]
async fn a_repeat_never_writes_twice_and_never_takes_anothers_facts_for_ours() {
    let folder = std::env::temp_dir().join(format!("otklik-engine-{}", Uuid::new_v4()));
    let location = || Location::parse(&folder, None).expect("the default location");
    let open = || async { Store::open(location(), TimeZone::UTC, OpenMode::Lead).await.expect("opens") };
    let ours = open().await;
    let epoch = ours.begin_epoch().await.expect("we lead");
    ours.append(&batch(epoch, 1..=2)).await.expect("the beginning");

    let unwritten = batch(epoch, 3..=4);
    append_again(&ours, &unwritten).await.expect("the first try left nothing behind: it is written now");
    assert_eq!(ours.last_seq().await.expect("reads"), 4);
    append_again(&ours, &unwritten).await.expect("the first try was written after all");
    assert_eq!(ours.last_seq().await.expect("reads"), 4, "not twice");

    let gap = append_again(&ours, &batch(epoch, 7..=8)).await.expect_err("facts are missing before these");
    assert!(is_final(&gap), "{gap}");

    let other = open().await;
    let next = other.begin_epoch().await.expect("another leads");
    other.append(&batch(next, 5..=6)).await.expect("in the places that were to be ours");
    let fenced = append_again(&ours, &batch(epoch, 5..=6)).await.expect_err("those facts are another's");
    assert!(matches!(fenced, StoreError::Fenced { .. }) && is_final(&fenced), "{fenced}");

    let found = other.recover().await.expect("recovers");
    assert_eq!((found.faults, found.ledger.facts()), (0, 6));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
