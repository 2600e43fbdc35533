//! Figures of the media thread, gathered in plain numbers and handed to `metrics` once a second.

use std::time::{Duration, Instant};

use crate::leg::SendCount;

const PUBLISH_EVERY: Duration = Duration::from_secs(1);

/// Counts since the last publishing.
#[derive(Debug)]
pub(crate) struct Meters {
    pub(crate) packets_in: u64,
    pub(crate) packets_ignored: u64,
    pub(crate) out: SendCount,
    late_ms_max: u32,
    publish_at: Instant,
}

impl Meters {
    pub(crate) fn new(now: Instant) -> Self {
        let out = SendCount::default();
        Self { packets_in: 0, packets_ignored: 0, out, late_ms_max: 0, publish_at: now + PUBLISH_EVERY }
    }

    /// Takes note of how late a tick came.
    pub(crate) fn tick_late(&mut self, late: Duration) {
        self.late_ms_max = self.late_ms_max.max(u32::try_from(late.as_millis()).unwrap_or(u32::MAX));
    }

    /// Publishes where a second has passed.
    pub(crate) fn publish(&mut self, now: Instant, legs: usize) {
        if now < self.publish_at {
            return;
        }
        metrics::counter!("media_packets_in_total").increment(self.packets_in);
        metrics::counter!("media_packets_ignored_total").increment(self.packets_ignored);
        metrics::counter!("media_packets_out_total").increment(self.out.sent);
        metrics::counter!("media_send_errors_total").increment(self.out.failed);
        metrics::gauge!("media_tick_late_ms").set(self.late_ms_max);
        metrics::gauge!("media_legs").set(f64::from(u32::try_from(legs).unwrap_or(u32::MAX)));
        *self = Self::new(now);
    }
}
