//! How many calls may come from browsers: in all, from one address, and begun in a minute. The one place of these
//! numbers.

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::http::StatusCode;
use otklik_model::UtcMs;

use crate::problem::Problem;

/// Calls from browsers: whether there are any, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserCalls {
    /// Whether `/call` takes calls.
    pub on: bool,
    /// Calls that may live at once (20). One takes about as much as a telephone's, and a leg of sound.
    pub live_max: usize,
    /// Of these, calls from one address (3): a household, an office behind one address.
    pub per_address_max: usize,
    /// Calls that one address may begin in a minute (5).
    pub starts_per_minute: usize,
}

/// A minute, in which starts are counted.
const MINUTE_MS: i64 = 60_000;
/// Addresses whose starts are remembered at most; beyond it everybody waits, which only a flood can bring about.
const REMEMBERED: usize = 10_000;
/// Seconds after which a full centre is worth another try.
const FULL_RETRY_S: u32 = 60;

impl Default for BrowserCalls {
    fn default() -> Self {
        Self { on: false, live_max: 20, per_address_max: 3, starts_per_minute: 5 }
    }
}

/// The starts of the last minute by address.
#[derive(Debug, Default)]
pub(super) struct Starts(BTreeMap<IpAddr, Vec<UtcMs>>);

impl Starts {
    /// Notes a start, or says in how many seconds one is possible.
    fn begin(&mut self, from: IpAddr, now: UtcMs, limit: usize) -> Result<(), u32> {
        self.0.retain(|_, starts| {
            starts.retain(|at| now.since_ms(*at) < MINUTE_MS);
            !starts.is_empty()
        });
        if self.0.len() >= REMEMBERED && !self.0.contains_key(&from) {
            return Err(FULL_RETRY_S);
        }
        let starts = self.0.entry(from).or_default();
        if starts.len() >= limit {
            let free_in = starts.first().map_or(MINUTE_MS, |first| MINUTE_MS - now.since_ms(*first));
            return Err(u32::try_from(free_in / 1_000 + 1).unwrap_or(FULL_RETRY_S));
        }
        starts.push(now);
        Ok(())
    }
}

impl BrowserCalls {
    /// Whether one more call may begin beside `live` ones, `own` of them from its address.
    pub(super) fn admit(
        &self,
        starts: &mut Starts,
        from: IpAddr,
        live: usize,
        own: usize,
        now: UtcMs,
    ) -> Result<(), Problem> {
        let too_many = |code| Problem::new(StatusCode::TOO_MANY_REQUESTS, code);
        if own >= self.per_address_max {
            return Err(too_many("too_many_calls"));
        }
        if live >= self.live_max {
            return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "browser_calls_full").after(FULL_RETRY_S));
        }
        let begun = starts.begin(from, now, self.starts_per_minute);
        begun.map_err(|seconds| too_many("too_many_starts").after(seconds))
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use otklik_model::UtcMs;

    use super::{BrowserCalls, Starts};

    #[test]
    fn each_limit_holds_and_says_when_to_come_again() {
        let (limits, mut starts) = (BrowserCalls::default(), Starts::default());
        let address = |n: u8| IpAddr::from(Ipv4Addr::new(192, 0, 2, n));
        let mut told = |from, live, own, at| {
            let admitted = limits.admit(&mut starts, address(from), live, own, UtcMs(at));
            admitted.map_err(|problem| (problem.status, problem.code, problem.retry_after_s))
        };
        assert_eq!(told(1, 3, 3, 0), Err((429, "too_many_calls", None)));
        assert_eq!(told(1, 20, 0, 0), Err((503, "browser_calls_full", Some(60))));
        for at in 0..5 {
            assert_eq!(told(1, 0, 0, at * 1_000), Ok(()));
        }
        assert_eq!(told(1, 0, 0, 5_000), Err((429, "too_many_starts", Some(56))));
        assert_eq!(told(2, 19, 2, 5_000), Ok(()), "another address");
        assert_eq!(told(1, 0, 0, 60_000), Ok(()), "the first start is a minute ago");
        assert_eq!(told(1, 0, 0, 60_001).map_err(|told| told.0), Err(429));
    }
}
