//! The watch over the stack: knocks at our own door and looks whether anybody moves inside.
//!
//! The stack's reader runs in a task that nobody supervises; when it dies, nothing fails, the port is only deaf.

use crate::guard::{GuardSocket, Pulse};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior};

/// After so many knocks in a row without a move the stack is given up.
const STILL_MAX: u32 = 3;

pub(super) struct Watch {
    guard: Arc<GuardSocket>,
    rounds: Interval,
    last: Option<Pulse>,
    still: u32,
}

impl Watch {
    pub(super) fn over(guard: Arc<GuardSocket>, every_ms: u32) -> Self {
        let mut rounds = tokio::time::interval(Duration::from_millis(u64::from(every_ms.max(1))));
        // After a stall of ours one look is enough; a burst of them would see a stack that had no time to move.
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { guard, rounds, last: None, still: 0 }
    }

    /// Returns when the stack has to be given up. May be dropped and called again at any time.
    pub(super) async fn alarm(&mut self) {
        loop {
            self.rounds.tick().await;
            let pulse = self.guard.backlog.pulse();
            let is_still = self.last.is_some_and(|last| pulse.stood_still_since(last));
            self.still = if is_still { self.still + 1 } else { 0 };
            if self.still >= STILL_MAX {
                self.still = 0;
                self.last = None;
                return;
            }
            self.last = Some(pulse);
            self.guard.knock().await;
        }
    }
}
