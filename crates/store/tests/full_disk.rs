//! A disk without room, played by a limit on the size of this process's files; so this test has a process of its own.

use std::process::Command;
use std::time::Duration;

use jiff::tz::TimeZone;
use otklik_model::{Envelope, Fact, UtcMs};
use otklik_store::{Batch, Location, OpenMode, Store};
use tokio::signal::unix::{SignalKind, signal};

/// Sent to a process that writes past the limit; unless somebody listens it ends the process (setrlimit(2)).
const SIGXFSZ: i32 = 25;

fn fact(seq: u64, epoch: u64, letters: usize) -> Batch {
    let fact = Fact::CentreStarted { program: "x".repeat(letters) };
    let at = UtcMs(i64::try_from(seq).expect("small"));
    Batch { envelopes: vec![Envelope { partition: 0, seq, epoch, at, fact }], ..Batch::default() }
}

fn limit_files_to(bytes: &str) {
    let (process, limit) = (std::process::id().to_string(), format!("--fsize={bytes}:"));
    let set = Command::new("prlimit").args(["--pid", &process, &limit]).status().expect("prlimit is in util-linux");
    assert!(set.success());
}

#[tokio::test]
async fn what_is_stored_after_a_full_disk_is_really_stored() {
    let _no_end = signal(SignalKind::from_raw(SIGXFSZ)).expect("listens");
    let folder = std::env::temp_dir().join(format!("otklik-full-{}", uuid::Uuid::new_v4()));
    let location = Location::parse(&folder, None).expect("a place");
    let store = Store::open(location.clone(), TimeZone::UTC, OpenMode::Lead).await.expect("opens");
    let epoch = store.begin_epoch().await.expect("leads");
    store.append(&fact(1, epoch, 10)).await.expect("there is room");

    limit_files_to("300000");
    for attempt in 0..5 {
        assert!(store.append(&fact(2, epoch, 1_000_000)).await.is_err(), "no room, attempt {attempt}");
    }
    limit_files_to("unlimited");

    // Each fact that is said to be stored is seen by somebody else.
    for seq in 2..6 {
        let stored = tokio::time::timeout(Duration::from_secs(20), store.append(&fact(seq, epoch, 10))).await;
        stored.expect("in time").expect("there is room again");
        let other = Store::open(location.clone(), TimeZone::UTC, OpenMode::ReadOnly).await.expect("reads beside it");
        assert_eq!(other.recover().await.expect("read").last_seq, seq);
    }
    store.close().await.expect("closes");
    std::fs::remove_dir_all(folder).expect("tidied");
}
