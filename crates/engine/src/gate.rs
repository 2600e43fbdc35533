//! Holds back what promises something to a person until the facts before it are on disk. Orders inside a live call do
//! not wait; but none overtakes an earlier order to the same leg.

use std::collections::VecDeque;

use otklik_centre::RequestId;
use otklik_model::{DeskRefusal, LegOrder, PromiseRefusal};

/// What leaves the engine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Release {
    Order(LegOrder),
    Reply(RequestId, Result<(), DeskRefusal>),
    PromiseReply(RequestId, Result<(), PromiseRefusal>),
}

/// The gate. `seq` is always the place of the last fact before the thing that is held.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    held: VecDeque<(u64, Release)>,
    stored: u64,
}

impl Gate {
    /// Starts with a journal of which all up to `stored` is on disk.
    pub(crate) fn new(stored: u64) -> Self {
        Self { held: VecDeque::new(), stored }
    }

    /// Takes something that waits for the fact `seq`; gives it back if nothing is to be waited for.
    pub(crate) fn hold(&mut self, seq: u64, release: Release) -> Option<Release> {
        if seq <= self.stored {
            return self.pass(seq, release);
        }
        self.held.push_back((seq, release));
        None
    }

    /// Takes something that need not wait; keeps it only behind a held order to the same leg.
    pub(crate) fn pass(&mut self, seq: u64, release: Release) -> Option<Release> {
        let Release::Order(order) = &release else { return Some(release) };
        let leg = order.leg();
        let behind = |held: &(u64, Release)| matches!(&held.1, Release::Order(earlier) if earlier.leg() == leg);
        if self.held.iter().any(behind) {
            self.held.push_back((seq, release));
            return None;
        }
        Some(release)
    }

    /// All up to `stored` is on disk: gives what has waited for it, in order.
    pub(crate) fn open(&mut self, stored: u64) -> Vec<Release> {
        self.stored = stored;
        let mut free = Vec::new();
        while let Some((seq, release)) = self.held.pop_front() {
            if seq > stored {
                self.held.push_front((seq, release));
                break;
            }
            free.push(release);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use otklik_centre::RequestId;
    use otklik_model::{LegId, LegOrder};
    use uuid::Uuid;

    use super::{Gate, Release};

    #[test]
    fn promises_wait_for_the_disk_and_nothing_overtakes_them_on_their_leg() {
        let leg = |n| LegId(Uuid::from_u128(n));
        let answer = |n| Release::Order(LegOrder::Answer { leg: leg(n) });
        let hangup = |n| Release::Order(LegOrder::Hangup { leg: leg(n) });
        let mut gate = Gate::new(4);
        assert_eq!(gate.hold(4, answer(1)), Some(answer(1)), "already on disk");
        assert_eq!(gate.hold(5, answer(2)), None);
        assert_eq!(gate.pass(5, hangup(2)), None, "does not overtake the answer");
        assert_eq!(gate.pass(5, hangup(3)), Some(hangup(3)), "another leg");
        assert_eq!(gate.hold(6, Release::Reply(RequestId(1), Ok(()))), None);
        assert_eq!(gate.open(5), [answer(2), hangup(2)]);
        assert_eq!(gate.open(6), [Release::Reply(RequestId(1), Ok(()))]);
    }
}
