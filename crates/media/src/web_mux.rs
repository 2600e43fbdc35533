//! Whose datagram is it: the shared web socket's map from source address to leg, and the short memory for datagrams
//! that come before their owner. No sockets, no clock.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::ice::StunMessage;

use crate::leg::LegIndex;

/// How long a datagram of an unknown source is kept.
const EARLY_MAX_AGE: Duration = Duration::from_millis(500);
/// Datagrams of unknown sources kept at most.
const EARLY_MAX: usize = 64;
/// Sources that one leg may have: interfaces and networks of one browser.
const SOURCES_MAX: usize = 32;

/// The map of one web socket.
#[derive(Default)]
pub(crate) struct WebMux {
    by_source: BTreeMap<SocketAddr, LegIndex>,
    by_ufrag: BTreeMap<String, LegIndex>,
    early: VecDeque<Early>,
}

struct Early {
    at: Instant,
    source: SocketAddr,
    datagram: Vec<u8>,
}

/// Whom a datagram is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A source that is known.
    Known(LegIndex),
    /// A source that just made itself known; its early datagrams can be had.
    New(LegIndex),
    /// Nobody yet.
    Unknown,
}

impl WebMux {
    pub(crate) fn add(&mut self, ufrag: &str, leg: LegIndex) {
        self.by_ufrag.insert(ufrag.to_owned(), leg);
    }

    pub(crate) fn remove(&mut self, leg: LegIndex) {
        self.by_ufrag.retain(|_, owner| *owner != leg);
        self.by_source.retain(|_, owner| *owner != leg);
    }

    /// Finds the owner by source address; a new source must name a leg's ufrag in a STUN binding request
    /// (RFC 8445 section 7.2.2). A known source that names another leg moves: a reloaded page may get the old port.
    pub(crate) fn owner(&mut self, source: SocketAddr, datagram: &[u8]) -> Owner {
        let known = self.by_source.get(&source).copied();
        let asked = asked_ufrag(datagram).and_then(|ufrag| self.by_ufrag.get(&ufrag).copied());
        let leg = match (known, asked) {
            (Some(known), None) => return Owner::Known(known),
            (Some(known), Some(asked)) if known == asked => return Owner::Known(known),
            (None, None) => return Owner::Unknown,
            (Some(_) | None, Some(asked)) => asked,
        };
        if self.by_source.values().filter(|owner| **owner == leg).count() >= SOURCES_MAX {
            return Owner::Unknown;
        }
        self.by_source.insert(source, leg);
        Owner::New(leg)
    }

    /// Keeps a datagram of an unknown source for a while.
    pub(crate) fn keep(&mut self, now: Instant, source: SocketAddr, datagram: &[u8]) {
        self.forget_old(now);
        if self.early.len() >= EARLY_MAX {
            self.early.pop_front();
        }
        self.early.push_back(Early { at: now, source, datagram: datagram.to_vec() });
    }

    /// Takes out the young datagrams that are kept, in order: all of them go through [`WebMux::owner`] again.
    pub(crate) fn take_early(&mut self, now: Instant) -> Vec<(SocketAddr, Vec<u8>)> {
        self.forget_old(now);
        self.early.drain(..).map(|early| (early.source, early.datagram)).collect()
    }

    fn forget_old(&mut self, now: Instant) {
        self.early.retain(|early| now.saturating_duration_since(early.at) <= EARLY_MAX_AGE);
    }
}

/// Our ufrag as a binding request names it.
fn asked_ufrag(datagram: &[u8]) -> Option<String> {
    if datagram.len() < 20 || datagram[0] > 1 {
        return None;
    }
    let message = StunMessage::parse(datagram).ok()?;
    if !message.is_binding_request() {
        return None;
    }
    message.split_username().map(|(ours, _theirs)| ours.to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{EARLY_MAX, Owner, WebMux};
    use crate::clock;

    /// A binding request that names `ufrag`, with a priority and a false signature: str0m checks that later.
    fn binding(ufrag: &str) -> Vec<u8> {
        let user = format!("{ufrag}:them");
        let mut attribute = vec![0, 6, 0, u8::try_from(user.len()).unwrap()];
        attribute.extend(user.as_bytes());
        attribute.resize(attribute.len().next_multiple_of(4), 0);
        attribute.extend([0, 0x24, 0, 4, 0, 0, 0, 1]);
        attribute.extend([0, 8, 0, 20]);
        attribute.extend([0; 20]);
        let mut out = vec![0, 1, 0, u8::try_from(attribute.len()).unwrap(), 0x21, 0x12, 0xa4, 0x42];
        out.extend([7; 12]);
        out.extend(attribute);
        out
    }

    #[test]
    fn a_source_is_known_once_it_named_its_leg() {
        let now = clock::now();
        let source = "192.0.2.1:5000".parse().unwrap();
        let mut mux = WebMux::default();
        let hello = [22_u8; 100];
        assert_eq!(mux.owner(source, &hello), Owner::Unknown);
        mux.keep(now, source, &hello);
        assert_eq!(mux.owner(source, &binding("abcd")), Owner::Unknown, "no such leg yet");
        mux.keep(now, source, &binding("abcd"));
        mux.add("abcd", 3);
        let early = mux.take_early(now + Duration::from_millis(400));
        assert_eq!(early.len(), 2);
        assert_eq!(mux.owner(source, &early[0].1), Owner::Unknown);
        assert_eq!(mux.owner(source, &early[1].1), Owner::New(3));
        assert_eq!(mux.owner(source, &hello), Owner::Known(3));
        mux.add("efgh", 4);
        assert_eq!(mux.owner(source, &binding("efgh")), Owner::New(4), "a reloaded page on the old port");
        assert_eq!(mux.owner(source, &hello), Owner::Known(4));
        mux.remove(3);
        mux.remove(4);
        assert_eq!(mux.owner(source, &hello), Owner::Unknown);
        assert_eq!(mux.owner(source, &binding("abcd")), Owner::Unknown);
    }

    #[test]
    fn early_datagrams_are_few_and_young() {
        let now = clock::now();
        let source = "192.0.2.1:5000".parse().unwrap();
        let mut mux = WebMux::default();
        for _ in 0..EARLY_MAX * 2 {
            mux.keep(now, source, &[1]);
        }
        assert_eq!(mux.take_early(now).len(), EARLY_MAX);
        mux.keep(now, source, &[1]);
        assert_eq!(mux.take_early(now + Duration::from_millis(501)).len(), 0);
    }
}
