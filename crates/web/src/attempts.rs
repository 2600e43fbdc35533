//! Failed sign-ins, counted so that whoever guesses is slowed and nobody is locked out by somebody else. A browser in
//! which the person signed in before counts for itself alone. All other attempts are counted three ways: by address and
//! name together, by name (guesses from many addresses), by address (one guess at many names).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use otklik_model::UtcMs;
use otklik_store::TokenHash;

/// The pause after too many failures, and the time after which failures are forgotten.
const PAUSE_MS: i64 = 60_000;
/// Counters remembered at most; the oldest go first.
const REMEMBERED: usize = 10_000;

/// What failures are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Browser(TokenHash),
    Pair(IpAddr, String),
    Name(String),
    Address(IpAddr),
}

impl Key {
    /// Failures before a pause. A whole centre may stand behind one address.
    fn free_tries(&self) -> u32 {
        match self {
            Self::Browser(_) | Self::Pair(..) => 5,
            Self::Name(_) => 30,
            Self::Address(_) => 100,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: UtcMs,
}

/// Somebody who tries to sign in.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// From where.
    pub(crate) from: IpAddr,
    /// As whom.
    pub(crate) name: String,
    /// The browser, where this person signed in with it before.
    pub(crate) browser: Option<TokenHash>,
}

impl Attempt {
    fn keys(&self) -> Vec<Key> {
        match &self.browser {
            Some(browser) => vec![Key::Browser(browser.clone())],
            None => {
                vec![Key::Pair(self.from, self.name.clone()), Key::Name(self.name.clone()), Key::Address(self.from)]
            }
        }
    }
}

/// The failures of late.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<BTreeMap<Key, Failures>>);

impl Attempts {
    /// Seconds to wait before another try is looked at; nothing = now.
    pub(crate) fn pause_s(&self, attempt: &Attempt, now: UtcMs) -> Option<u32> {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pauses = attempt.keys().into_iter().filter_map(|key| {
            let failed = failures.get(&key)?;
            let left = PAUSE_MS - now.since_ms(failed.last);
            (failed.count >= key.free_tries() && left > 0).then(|| u32::try_from(left / 1_000 + 1).unwrap_or(60))
        });
        pauses.max()
    }

    /// Counts a failure; to be called before the password is looked at, and taken back by [`Attempts::succeeded`].
    pub(crate) fn failed(&self, attempt: &Attempt, now: UtcMs) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, failed| now.since_ms(failed.last) < PAUSE_MS);
        for key in attempt.keys() {
            if failures.len() >= REMEMBERED
                && let Some(oldest) = failures.iter().min_by_key(|(_, failed)| failed.last).map(|(key, _)| key.clone())
            {
                failures.remove(&oldest);
            }
            let failed = failures.entry(key).or_insert(Failures { count: 0, last: now });
            failed.count += 1;
            failed.last = now;
        }
    }

    /// Forgets what the attempt counted for itself, and takes back what it counted for all.
    pub(crate) fn succeeded(&self, attempt: &Attempt) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in attempt.keys() {
            match key {
                Key::Browser(_) | Key::Pair(..) => drop(failures.remove(&key)),
                Key::Name(_) | Key::Address(_) => {
                    if let Some(failed) = failures.get_mut(&key) {
                        failed.count = failed.count.saturating_sub(1);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use otklik_model::UtcMs;
    use otklik_store::TokenHash;

    use super::{Attempt, Attempts};

    fn attempt(last: u8, name: &str) -> Attempt {
        Attempt { from: IpAddr::from([192, 0, 2, last]), name: name.to_owned(), browser: None }
    }

    fn at_home(last: u8, name: &str) -> Attempt {
        Attempt { browser: Some(TokenHash::of(name.as_bytes())), ..attempt(last, name) }
    }

    /// Guesses until it is slowed; gives how often it was looked at.
    fn guesses(attempts: &Attempts, of: impl Fn(u8) -> Attempt, now: UtcMs) -> usize {
        let looked_at = (0..=u8::MAX).take_while(|n| {
            let attempt = of(*n);
            let free = attempts.pause_s(&attempt, now).is_none();
            if free {
                attempts.failed(&attempt, now);
            }
            free
        });
        looked_at.count()
    }

    #[test]
    fn a_guesser_waits_a_minute_and_then_may_try_again() {
        let attempts = Attempts::default();
        let guesser = attempt(1, "vera");
        assert_eq!(guesses(&attempts, |_| guesser.clone(), UtcMs(4)), 5);
        assert_eq!(attempts.pause_s(&guesser, UtcMs(1_004)), Some(60));
        assert_eq!(attempts.pause_s(&attempt(2, "vera"), UtcMs(1_004)), None, "the owner elsewhere");
        assert_eq!(attempts.pause_s(&attempt(1, "egor"), UtcMs(1_004)), None, "a colleague behind the same address");
        assert_eq!(attempts.pause_s(&guesser, UtcMs(60_004)), None);
        attempts.succeeded(&guesser);
        attempts.failed(&guesser, UtcMs(60_005));
        assert_eq!(attempts.pause_s(&guesser, UtcMs(60_006)), None);
    }

    #[test]
    fn guesses_from_many_addresses_slow_each_other_and_never_the_owner() {
        let attempts = Attempts::default();
        assert_eq!(guesses(&attempts, |n| attempt(n, "vera"), UtcMs(0)), 30);
        assert!(attempts.pause_s(&attempt(200, "vera"), UtcMs(1)).is_some());
        assert_eq!(attempts.pause_s(&at_home(200, "vera"), UtcMs(1)), None, "her own browser");
        assert_eq!(guesses(&attempts, |_| at_home(7, "vera"), UtcMs(2)), 5, "a stolen browser is slowed too");
        assert_eq!(attempts.pause_s(&attempt(200, "egor"), UtcMs(3)), None);
    }

    #[test]
    fn one_password_tried_at_many_names_is_slowed_and_those_who_work_there_are_not() {
        let attempts = Attempts::default();
        assert_eq!(guesses(&attempts, |n| attempt(1, &format!("name{n}")), UtcMs(0)), 100);
        assert!(attempts.pause_s(&attempt(1, "vera"), UtcMs(1)).is_some());
        assert_eq!(attempts.pause_s(&at_home(1, "vera"), UtcMs(1)), None);
        assert_eq!(attempts.pause_s(&attempt(2, "vera"), UtcMs(1)), None);
    }

    #[test]
    fn a_whole_centre_signs_in_behind_one_address() {
        let attempts = Attempts::default();
        for n in 0..1_000 {
            let person = attempt(1, &format!("name{n}"));
            assert_eq!(attempts.pause_s(&person, UtcMs(0)), None, "{n}");
            attempts.failed(&person, UtcMs(0));
            attempts.succeeded(&person);
        }
    }
}
