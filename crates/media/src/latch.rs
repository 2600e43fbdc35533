//! Symmetric RTP (RFC 4961) with a lock: whose packets a leg takes, and where it sends to. No sockets, no clock.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

/// A phone that was silent for this long may come back from another port of the same address (NAT rebinding).
const RELEARN_AFTER: Duration = Duration::from_secs(3);

/// What a valid packet means to the latch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// From the phone, as before.
    Known,
    /// From the phone, with a new SSRC or from a new address: numbers begin anew.
    NewSource,
    /// From somebody else.
    Stranger,
}

#[derive(Debug, Clone, Copy)]
struct Lock {
    addr: SocketAddr,
    ssrc: u32,
    heard_at: Instant,
}

/// The far end of one leg: the address that its SDP stated, and the one that it really sends from.
#[derive(Debug, Default)]
pub(crate) struct Latch {
    stated: Option<SocketAddr>,
    also_from: Option<IpAddr>,
    lock: Option<Lock>,
}

impl Latch {
    /// Takes the address of an SDP, and the host that signals, and waits for the first packet of either again.
    pub(crate) fn arm(&mut self, stated: SocketAddr, also_from: Option<IpAddr>) {
        self.stated = Some(stated);
        self.also_from = also_from;
        self.lock = None;
    }

    /// Where to send to; nothing before an SDP said so, or where it said to send nowhere (`c=0.0.0.0`).
    pub(crate) fn target(&self) -> Option<SocketAddr> {
        let learned = self.lock.map(|lock| lock.addr);
        learned.or(self.stated).filter(|addr| !addr.ip().is_unspecified() && addr.port() != 0)
    }

    /// Judges a packet that is valid in itself. The first one after [`Latch::arm`] locks, from any port of the two hosts; the stated address may
    /// take the lock over (a re-INVITE moved the phone while old packets were still under way).
    pub(crate) fn admit(&mut self, now: Instant, from: SocketAddr, ssrc: u32) -> Verdict {
        let Some(stated) = self.stated else {
            return Verdict::Stranger;
        };
        let (verdict, ssrc) = match self.lock {
            Some(lock) if lock.addr == from && lock.ssrc == ssrc => (Verdict::Known, ssrc),
            Some(lock) if lock.addr == from || stated == from || lock.gone(now, from) => (Verdict::NewSource, ssrc),
            // Whoever guesses the port must not take the place of a phone that is still silent.
            None if stated.ip() == from.ip() || self.also_from == Some(from.ip()) => (Verdict::NewSource, ssrc),
            Some(_) | None => return Verdict::Stranger,
        };
        self.lock = Some(Lock { addr: from, ssrc, heard_at: now });
        verdict
    }

    /// Whether control packets (RTCP) may come from this host.
    pub(crate) fn knows_host(&self, from: SocketAddr) -> bool {
        self.lock.map(|lock| lock.addr).or(self.stated).is_some_and(|addr| addr.ip() == from.ip())
    }
}

impl Lock {
    fn gone(&self, now: Instant, from: SocketAddr) -> bool {
        from.ip() == self.addr.ip() && now.saturating_duration_since(self.heard_at) >= RELEARN_AFTER
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::{Latch, Verdict};
    use crate::clock;

    fn addr(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_valid_packet_locks_and_strangers_stay_out() {
        let now = clock::now();
        let mut latch = Latch::default();
        assert_eq!(latch.admit(now, addr("192.0.2.9:4000"), 1), Verdict::Stranger, "before any SDP");
        assert_eq!(latch.target(), None);
        latch.arm(addr("10.0.0.5:4000"), Some(addr("192.0.2.1:5060").ip()));
        assert_eq!(latch.target(), Some(addr("10.0.0.5:4000")));
        assert_eq!(latch.admit(now, addr("198.51.100.1:4000"), 1), Verdict::Stranger, "somebody is quicker");
        assert_eq!(latch.target(), Some(addr("10.0.0.5:4000")));
        assert_eq!(latch.admit(now, addr("192.0.2.1:61000"), 1), Verdict::NewSource);
        assert_eq!(latch.target(), Some(addr("192.0.2.1:61000")), "behind a NAT");
        assert_eq!(latch.admit(now, addr("192.0.2.1:61000"), 1), Verdict::Known);
        assert_eq!(latch.admit(now, addr("192.0.2.1:61000"), 2), Verdict::NewSource, "the phone restarted its stream");
        assert_eq!(latch.admit(now, addr("198.51.100.1:9"), 2), Verdict::Stranger);
        assert_eq!(latch.admit(now, addr("192.0.2.1:61001"), 2), Verdict::Stranger, "other port too soon");
        let later = now + Duration::from_secs(4);
        assert_eq!(latch.admit(later, addr("198.51.100.1:9"), 2), Verdict::Stranger);
        assert_eq!(latch.admit(later, addr("192.0.2.1:61001"), 2), Verdict::NewSource, "rebound after silence");
    }

    #[test]
    fn a_re_invite_arms_again_and_its_address_wins_over_old_packets() {
        let now = clock::now();
        let mut latch = Latch::default();
        latch.arm(addr("192.0.2.1:4000"), None);
        latch.admit(now, addr("192.0.2.1:4000"), 1);
        latch.arm(addr("192.0.2.2:5000"), Some(addr("192.0.2.1:5060").ip()));
        assert_eq!(latch.admit(now, addr("192.0.2.1:4000"), 1), Verdict::NewSource, "still under way");
        assert_eq!(latch.admit(now, addr("192.0.2.2:5000"), 9), Verdict::NewSource);
        assert_eq!(latch.target(), Some(addr("192.0.2.2:5000")));
        latch.arm(addr("0.0.0.0:5000"), None);
        assert_eq!(latch.target(), None, "the old way to hold");
    }
}
