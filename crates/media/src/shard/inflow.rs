//! From the sockets to where the sound belongs: reading, finding the leg, recording, relaying.

use std::net::{SocketAddr, UdpSocket};
use std::time::Instant;

use super::Shard;
use crate::event::MediaEvent;
use crate::leg::web::{self, WebChange};
use crate::leg::{Heard, LegIndex, Port, Sound};
use crate::recorder::Side;
use crate::voice::Noticed;
use crate::web_mux::Owner;

/// Datagrams taken from one leg's socket in one tick: a flood on one leg does not starve the others.
const LEG_BURST_MAX: usize = 32;
/// Datagrams taken from the browsers' socket in one tick.
const WEB_BURST_MAX: usize = 2_048;
/// Longest datagram; what is longer is cut and then refused by its reader.
const DATAGRAM_MAX: usize = 2_048;

/// Token of the browsers' socket.
pub(super) const WEB_TOKEN: u64 = u64::MAX;

/// Token of a leg's RTP socket.
pub(super) fn rtp_token(index: LegIndex) -> u64 {
    index as u64 * 2
}

/// Token of a leg's RTCP socket.
pub(super) fn rtcp_token(index: LegIndex) -> u64 {
    index as u64 * 2 + 1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Web,
    Rtp(LegIndex),
    Rtcp(LegIndex),
}

impl Source {
    fn of_token(token: u64) -> Self {
        let index = usize::try_from(token / 2).unwrap_or(usize::MAX);
        match token {
            WEB_TOKEN => Self::Web,
            even if even % 2 == 0 => Self::Rtp(index),
            _ => Self::Rtcp(index),
        }
    }
}

impl Shard {
    pub(super) fn read_sockets(&mut self, now: Instant) {
        let mut ready = Vec::new();
        if let Err(error) = self.sockets.wait(0, &mut ready) {
            tracing::error!(%error, "the media sockets cannot be looked at");
            return;
        }
        let mut buffer = [0; DATAGRAM_MAX];
        for token in ready {
            let source = Source::of_token(token);
            let limit = if source == Source::Web { WEB_BURST_MAX } else { LEG_BURST_MAX };
            for _ in 0..limit {
                let Some((len, from)) = self.socket(source).and_then(|socket| socket.recv_from(&mut buffer).ok())
                else {
                    break;
                };
                self.meters.packets_in += 1;
                self.datagram(now, source, from, &buffer[..len]);
            }
        }
    }

    fn socket(&self, source: Source) -> Option<&UdpSocket> {
        let sockets = |index: LegIndex| match &self.legs.get(index)?.as_ref()?.port {
            Port::Rtp(port) => Some(port.sockets()),
            Port::Web(_) => None,
        };
        match source {
            Source::Web => Some(&self.web_socket),
            Source::Rtp(index) => sockets(index).map(|pair| &pair.rtp),
            Source::Rtcp(index) => sockets(index).map(|pair| &pair.control),
        }
    }

    fn datagram(&mut self, now: Instant, source: Source, from: SocketAddr, datagram: &[u8]) {
        match source {
            Source::Web => self.web_datagram(now, from, datagram),
            Source::Rtp(index) => self.guarded(index, |shard| shard.rtp_datagram(index, now, from, datagram)),
            Source::Rtcp(index) => self.guarded(index, |shard| {
                if let Some(Port::Rtp(port)) = shard.leg_mut(index).map(|leg| &mut leg.port) {
                    port.receive_report(now, from, datagram);
                }
            }),
        }
    }

    fn rtp_datagram(&mut self, index: LegIndex, now: Instant, from: SocketAddr, datagram: &[u8]) {
        let heard = match self.leg_mut(index).map(|leg| &mut leg.port) {
            Some(Port::Rtp(port)) => port.receive(now, from, datagram),
            Some(Port::Web(_)) | None => Heard::Junk,
        };
        self.route(index, now, heard);
    }

    pub(super) fn web_datagram(&mut self, now: Instant, from: SocketAddr, datagram: &[u8]) {
        match self.web_mux.owner(from, datagram) {
            Owner::Known(index) => self.feed_web(index, now, from, datagram),
            Owner::New(index) => {
                self.feed_web(index, now, from, datagram);
                for (source, early) in self.web_mux.take_early(now) {
                    match self.web_mux.owner(source, &early) {
                        Owner::Known(index) | Owner::New(index) => self.feed_web(index, now, source, &early),
                        Owner::Unknown => self.web_mux.keep(now, source, &early),
                    }
                }
            }
            Owner::Unknown => {
                self.meters.packets_ignored += 1;
                self.web_mux.keep(now, from, datagram);
            }
        }
    }

    fn feed_web(&mut self, index: LegIndex, now: Instant, from: SocketAddr, datagram: &[u8]) {
        let local = self.web_addr;
        self.guarded(index, |shard| {
            if let Some(Port::Web(port)) = shard.leg_mut(index).map(|leg| &mut leg.port) {
                port.receive(now, from, local, datagram);
            }
            shard.drain_web(index, now);
        });
    }

    /// Takes everything out of a browser's connection: what it wants to send, what arrived, what changed.
    pub(super) fn drain_web(&mut self, index: LegIndex, now: Instant) {
        let Some(leg) = self.legs.get_mut(index).and_then(Option::as_mut) else {
            return;
        };
        let Port::Web(port) = &mut leg.port else {
            return;
        };
        let drained = port.drain(now, &self.web_socket);
        let id = leg.id;
        self.meters.out.failed += drained.send_errors;
        match drained.change {
            Some(WebChange::Up) => self.events.send(MediaEvent::Up { leg: id }),
            Some(WebChange::Down) => self.events.send(MediaEvent::Down { leg: id }),
            None => {}
        }
        for packet in &drained.packets {
            self.route(index, now, web::heard(packet));
        }
    }

    /// What a leg said: to the recordings that it belongs in, and to the leg that it is joined to.
    fn route(&mut self, index: LegIndex, now: Instant, heard: Heard<'_>) {
        match heard {
            Heard::Junk => self.meters.packets_ignored += 1,
            Heard::Sound(sound) => self.route_sound(index, now, &sound),
            Heard::Key { digit, ssrc, seq } => {
                let Some((id, peer)) = self.leg_mut(index).map(|leg| (leg.id, leg.peer)) else {
                    return;
                };
                if let Some(peer) = peer.and_then(|peer| self.leg_mut(peer)) {
                    peer.timeline.consumed(ssrc, seq);
                }
                if let Some(digit) = digit {
                    self.events.send(MediaEvent::Dtmf { leg: id, digit });
                }
            }
        }
    }

    fn route_sound(&mut self, index: LegIndex, now: Instant, sound: &Sound<'_>) {
        let Some(leg) = self.legs.get_mut(index).and_then(Option::as_mut) else {
            return;
        };
        if let Some(recorded) = &mut leg.recorded {
            self.recorder.frame(recorded, Side::Left, sound, now);
            match recorded.voice.hear(now, sound.codec, sound.payload) {
                Some(Noticed::Words) => self.events.send(MediaEvent::Spoke { leg: leg.id }),
                Some(Noticed::Enough) => self.events.send(MediaEvent::SpokeEnough { leg: leg.id }),
                None => {}
            }
        }
        let Some(peer) = leg.peer else {
            return;
        };
        self.guarded(peer, |shard| {
            let Some(leg) = shard.legs.get_mut(peer).and_then(Option::as_mut) else {
                return;
            };
            if let Some(recorded) = &mut leg.recorded {
                shard.recorder.frame(recorded, Side::Right, sound, now);
            }
            leg.relay(now, sound, &mut shard.meters.out);
        });
    }
}
