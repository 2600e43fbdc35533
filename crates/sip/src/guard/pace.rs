//! How fast one source may knock: a token bucket for each address, with a bounded memory.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// What a message costs, tenths of a token: requests that start something cost a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    Start,
    Other,
}

/// The buckets of all sources; `now` is any monotonic time since a fixed start.
#[derive(Debug)]
pub(crate) struct Pace {
    per_second: u32,
    max_sources: usize,
    buckets: BTreeMap<IpAddr, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// Thousandths of a tenth of a token.
    level: u64,
    filled_at: Duration,
}

const TENTH: u64 = 1000;
const TOKEN: u64 = 10 * TENTH;

impl Pace {
    pub(crate) fn new(per_second: u32, max_sources: usize) -> Self {
        Self { per_second, max_sources: max_sources.max(1), buckets: BTreeMap::new() }
    }

    /// Takes the cost of one message from the source's bucket; `false` when it is empty.
    pub(crate) fn take(&mut self, source: IpAddr, cost: Cost, now: Duration) -> bool {
        let full = u64::from(self.per_second).saturating_mul(TOKEN);
        if !self.buckets.contains_key(&source) && self.buckets.len() >= self.max_sources {
            self.forget_oldest();
        }
        let bucket = self.buckets.entry(source).or_insert(Bucket { level: full, filled_at: now });
        let passed_ms = u64::try_from(now.saturating_sub(bucket.filled_at).as_millis()).unwrap_or(u64::MAX);
        if passed_ms > 0 {
            // per second and token, in milliseconds: TOKEN / 1000 = 10 for each.
            let gain = passed_ms.saturating_mul(u64::from(self.per_second)).saturating_mul(TOKEN / 1000);
            bucket.level = bucket.level.saturating_add(gain).min(full);
            bucket.filled_at = now;
        }
        let price = match cost {
            Cost::Start => TOKEN,
            Cost::Other => TENTH,
        };
        let is_paid = bucket.level >= price;
        if is_paid {
            bucket.level -= price;
        }
        is_paid
    }

    fn forget_oldest(&mut self) {
        // A whole sixteenth at once, so that a flood of new sources does not scan the map for each datagram.
        let mut times: Vec<Duration> = self.buckets.values().map(|bucket| bucket.filled_at).collect();
        let index = times.len() / 16;
        let (_, limit, _) = times.select_nth_unstable(index);
        let limit = *limit;
        self.buckets.retain(|_, bucket| bucket.filled_at > limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn a_source_gets_its_pace_and_no_more() {
        let mut pace = Pace::new(2, 10);
        let at = Duration::from_millis;
        let taken: Vec<bool> = [0, 0, 0, 400, 500, 999, 1000, 60_000, 60_000, 60_000]
            .into_iter()
            .map(|ms| pace.take(A, Cost::Start, at(ms)))
            .collect();
        assert_eq!(taken, [true, true, false, false, true, false, true, true, true, false]);
        assert!(pace.take(B, Cost::Start, at(60_000)), "another source has its own bucket");
    }

    #[test]
    fn memory_is_bounded() {
        let mut pace = Pace::new(1, 64);
        for n in 0..10_000_u32 {
            pace.take(IpAddr::V4(n.into()), Cost::Other, Duration::from_millis(u64::from(n)));
            assert!(pace.buckets.len() <= 64);
        }
    }
}
