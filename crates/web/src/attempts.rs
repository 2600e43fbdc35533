//! Failed sign-ins, counted by address and name together: whoever guesses is slowed, and nobody else is locked out.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use otklik_model::UtcMs;

/// Failures before a pause.
const FREE_TRIES: u32 = 5;
/// The pause after them, and the time after which failures are forgotten.
const PAUSE_MS: i64 = 60_000;
/// Pairs remembered at most; the oldest go first.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: UtcMs,
}

/// The failures of late.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<BTreeMap<(IpAddr, String), Failures>>);

impl Attempts {
    /// Seconds to wait before another try is looked at; nothing = now.
    pub(crate) fn pause_s(&self, from: IpAddr, name: &str, now: UtcMs) -> Option<u32> {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = failures.get(&(from, name.to_owned()))?;
        let left = PAUSE_MS - now.since_ms(failed.last);
        (failed.count >= FREE_TRIES && left > 0).then(|| u32::try_from(left / 1_000 + 1).unwrap_or(60))
    }

    pub(crate) fn failed(&self, from: IpAddr, name: &str, now: UtcMs) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, failed| now.since_ms(failed.last) < PAUSE_MS);
        if failures.len() >= REMEMBERED
            && let Some(oldest) = failures.iter().min_by_key(|(_, failed)| failed.last).map(|(key, _)| key.clone())
        {
            failures.remove(&oldest);
        }
        let failed = failures.entry((from, name.to_owned())).or_insert(Failures { count: 0, last: now });
        failed.count += 1;
        failed.last = now;
    }

    pub(crate) fn succeeded(&self, from: IpAddr, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(from, name.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use otklik_model::UtcMs;

    use super::Attempts;

    #[test]
    fn a_guesser_waits_and_the_owner_of_the_name_does_not() {
        let attempts = Attempts::default();
        let (guesser, owner) = (IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv4Addr::new(192, 0, 2, 1)));
        for at in 0..5 {
            assert_eq!(attempts.pause_s(guesser, "vera", UtcMs(at)), None);
            attempts.failed(guesser, "vera", UtcMs(at));
        }
        assert_eq!(attempts.pause_s(guesser, "vera", UtcMs(1_004)), Some(60));
        assert_eq!(attempts.pause_s(owner, "vera", UtcMs(1_004)), None);
        assert_eq!(attempts.pause_s(guesser, "vera", UtcMs(60_004)), None);
        attempts.succeeded(guesser, "vera");
        attempts.failed(guesser, "vera", UtcMs(60_005));
        assert_eq!(attempts.pause_s(guesser, "vera", UtcMs(60_006)), None);
    }
}
