//! The one real clock of the house.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use otklik_model::{MonoMs, Now, UtcMs};

/// Tells both times. Civil time never falls, though the machine's clock may be set back: the journal's times are
/// monotone, and stand still until the clock has caught up.
#[derive(Debug, Clone)]
pub struct Clock {
    origin: Instant,
    last_civil: Arc<AtomicI64>,
    /// Civil time at the start, where somebody set it: it runs on from there.
    set_to: Option<UtcMs>,
}

impl Clock {
    /// Starts the clock; `not_before` is the last time in the journal.
    #[expect(clippy::disallowed_methods, reason = "this file is the one real clock")]
    pub fn start(not_before: UtcMs) -> Self {
        Self { origin: Instant::now(), last_civil: Arc::new(AtomicI64::new(not_before.0)), set_to: None }
    }

    /// Starts a clock whose civil time begins at `at` and runs on; where the journal is ahead of that, at its end.
    pub(crate) fn start_at(not_before: UtcMs, at: UtcMs) -> Self {
        Self { set_to: Some(at.max(not_before)), ..Self::start(not_before) }
    }

    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "this file is the one real clock")]
    pub fn now(&self) -> Now {
        let mono = u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX);
        if let Some(at) = self.set_to {
            let civil = at.plus_ms(i64::try_from(mono).unwrap_or(i64::MAX));
            return Now { mono: MonoMs(mono), civil: self.never_falling(civil.0) };
        }
        let civil = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let civil = i64::try_from(civil.as_millis()).unwrap_or(i64::MAX);
        Now { mono: MonoMs(mono), civil: self.never_falling(civil) }
    }

    fn never_falling(&self, civil: i64) -> UtcMs {
        let last = self.last_civil.fetch_max(civil, Ordering::Relaxed);
        UtcMs(civil.max(last))
    }

    /// The [`tokio::time::Instant`] of a moment of this clock.
    pub(crate) fn instant(&self, at: MonoMs) -> tokio::time::Instant {
        tokio::time::Instant::from_std(self.origin + Duration::from_millis(at.0))
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::UtcMs;

    use super::Clock;

    #[test]
    fn civil_time_stands_still_where_the_machine_sets_it_back() {
        let clock = Clock::start(UtcMs(100));
        for (machine, told) in [(90, 100), (150, 150), (120, 150), (149, 150), (151, 151)] {
            assert_eq!(clock.never_falling(machine), UtcMs(told), "{machine}");
        }
        let set = Clock::start_at(UtcMs(100), UtcMs(5_000)).now();
        assert_eq!(set.civil, UtcMs(5_000).plus_ms(i64::try_from(set.mono.0).expect("short")), "it runs on from there");
        assert!(Clock::start_at(UtcMs(9_000), UtcMs(5_000)).now().civil >= UtcMs(9_000), "never before the journal");
        let far = i64::MAX - 1;
        assert_eq!(Clock::start(UtcMs(far)).now().civil, UtcMs(far), "no fact is older than the journal's last");
    }
}
