//! Tests of the outgoing timeline.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::{any, proptest};

use super::{Origin, Slot, Timeline};
use crate::clock;

const FRAME: Duration = Duration::from_millis(20);

fn timeline(now: Instant) -> Timeline {
    // Sequence 100; the timestamp is about to wrap.
    Timeline::new(now, [0, 100, 0xff, 0xff, 0xff, 0x00])
}

fn origin(ssrc: u32, seq: u16, ts: u32) -> Origin {
    Origin { ssrc, seq, ts, marker: false }
}

#[test]
fn one_run_goes_through_prompt_talk_and_prompt() {
    let start = clock::now();
    let mut line = timeline(start);
    let base = 0xffff_ff00_u32;
    assert_eq!(line.frame(start, 160), Slot { seq: 100, ts: base, marker: true });
    assert_eq!(line.frame(start + FRAME, 160), Slot { seq: 101, ts: base.wrapping_add(160), marker: false });
    let joined = start + Duration::from_millis(500);
    line.interrupt();
    let first = line.relay(joined, origin(7, 65_535, 1_000), 160);
    assert_eq!(first, Some(Slot { seq: 102, ts: base.wrapping_add(4_000), marker: true }), "real time went on");
    let second = line.relay(joined + FRAME, origin(7, 0, 1_160), 160);
    assert_eq!(second, Some(Slot { seq: 103, ts: base.wrapping_add(4_160), marker: false }));
    line.interrupt();
    let again = line.frame(joined + FRAME * 2, 160);
    assert_eq!(again, Slot { seq: 104, ts: base.wrapping_add(4_320), marker: true });
}

#[test]
fn loss_stays_lost_late_goes_back_duplicates_and_the_unknown_past_have_no_slot() {
    let start = clock::now();
    let mut line = timeline(start);
    let mut relay = |at: u32, seq: u16| {
        line.relay(start + FRAME * at, origin(7, seq, u32::from(seq) * 160), 160).map(|slot| slot.seq)
    };
    assert_eq!(relay(0, 10), Some(100));
    assert_eq!(relay(3, 13), Some(103), "11 and 12 are missing");
    assert_eq!(relay(3, 12), Some(102), "late");
    assert_eq!(relay(3, 12), None, "twice");
    assert_eq!(relay(3, 13), None, "twice");
    assert_eq!(relay(3, 9), None, "from before the join: its number belongs to another speaker");
    assert_eq!(relay(4, 14), Some(104));
}

#[test]
fn a_key_press_leaves_no_gap() {
    let start = clock::now();
    let mut line = timeline(start);
    line.relay(start, origin(7, 10, 1_600), 160);
    line.consumed(7, 11);
    line.consumed(7, 12);
    line.consumed(8, 13);
    let after = line.relay(start + FRAME * 3, origin(7, 13, 1_600 + 480), 160).unwrap();
    assert_eq!((after.seq, after.ts), (101, 0xffff_ff00_u32.wrapping_add(480)));
}

#[test]
fn a_new_source_or_a_broken_clock_is_a_new_spurt_in_real_time() {
    let start = clock::now();
    let mut line = timeline(start);
    line.relay(start, origin(7, 10, 1_600), 160);
    let cases = [
        (origin(8, 500, 9), 1_000),
        (origin(8, 501, 900_000), 2_000),
        (origin(8, 40_000, 900_160), 3_000),
        // A phone that begins again under its old name, a little and far behind.
        (origin(8, 39_990, 5_000_000), 4_000),
        (origin(8, 39_000, 5_000_160), 5_000),
    ];
    for (number, (packet, at_ms)) in (101_u64..).zip(cases) {
        let slot = line.relay(start + Duration::from_millis(at_ms), packet, 160).unwrap();
        assert!(slot.marker, "{packet:?}");
        assert_eq!(slot.seq, number);
        assert_eq!(u64::from(slot.ts.wrapping_sub(0xffff_ff00)), at_ms * 8);
    }
}

proptest! {
    #[test]
    fn no_number_is_used_twice(packets in proptest::collection::vec((0_u8..3, any::<u16>(), any::<u32>(), 0_u64..2_000), 1..60)) {
        let mut now = clock::now();
        let mut line = timeline(now);
        let mut used = BTreeSet::new();
        for (speaker, seq, ts, wait_ms) in packets {
            now += Duration::from_millis(wait_ms);
            let slot = match speaker {
                0 => Some(line.frame(now, 160)),
                other => line.relay(now, origin(u32::from(other), seq % 200, ts % 20_000), 160),
            };
            if let Some(slot) = slot {
                assert!(used.insert(slot.seq), "{slot:?} again");
            }
        }
    }
}
