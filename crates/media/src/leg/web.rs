//! The far end of a leg that is a browser: one str0m connection (ICE, DTLS, SRTP) behind the shared web socket.

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use str0m::media::Mid;
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::{Event, IceConnectionState, Input, Output, Rtc, RtcError};

use super::{Heard, Sound};
use crate::g711::{self, Codec};
use crate::rtp::Header;
use crate::timeline::Slot;

/// Outputs taken at once: a bound on what one input can cause.
const OUTPUTS_MAX: usize = 512;

/// What a connection told while it was drained.
#[derive(Default)]
pub(crate) struct Drained {
    /// Sound that arrived.
    pub(crate) packets: Vec<RtpPacket>,
    /// What changed.
    pub(crate) change: Option<WebChange>,
    /// Datagrams that the socket refused.
    pub(crate) send_errors: u64,
}

/// A change of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WebChange {
    Up,
    Down,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Connecting,
    Up,
    Down,
}

/// State of one browser leg.
pub(crate) struct WebPort {
    rtc: Box<Rtc>,
    ufrag: String,
    mid: Option<Mid>,
    state: State,
    /// When str0m wants to be called next.
    wake_at: Instant,
    heard_at: Instant,
    unflushed: bool,
    scratch: Vec<u8>,
}

impl WebPort {
    pub(crate) fn new(rtc: Box<Rtc>, ufrag: String, now: Instant) -> Self {
        Self {
            rtc,
            ufrag,
            mid: None,
            state: State::Connecting,
            wake_at: now,
            heard_at: now,
            unflushed: false,
            scratch: Vec::new(),
        }
    }

    /// The name under which the browser's first packets ask for this leg.
    pub(crate) fn ufrag(&self) -> &str {
        &self.ufrag
    }

    /// Feeds one datagram; [`WebPort::drain`] must follow.
    pub(crate) fn receive(&mut self, now: Instant, source: SocketAddr, destination: SocketAddr, datagram: &[u8]) {
        let Ok(contents) = datagram.try_into() else {
            return;
        };
        self.heard_at = now;
        let receive = Receive { proto: Protocol::Udp, source, destination, contents };
        let outcome = self.rtc.handle_input(Input::Receive(now, receive));
        note(outcome);
    }

    /// Queues one packet of sound; it leaves with the next [`WebPort::drain`].
    pub(crate) fn send(&mut self, now: Instant, slot: Slot, codec: Codec, payload: &[u8]) {
        let Some(mid) = self.mid else {
            return;
        };
        self.scratch.clear();
        self.scratch.extend_from_slice(payload);
        g711::convert(codec, Codec::Pcma, &mut self.scratch);
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else {
            return;
        };
        let write =
            RtpWrite::new(Codec::Pcma.payload_type().into(), slot.seq.into(), slot.ts, now, self.scratch.as_slice());
        stream.write_rtp(write.marker(slot.marker));
        self.unflushed = true;
    }

    /// Whether sound can go out.
    pub(crate) fn may_send(&self) -> bool {
        self.state == State::Up
    }

    /// Whether [`WebPort::drain`] has something to do.
    pub(crate) fn wants(&self, now: Instant) -> bool {
        self.state != State::Down && (self.unflushed || now >= self.wake_at)
    }

    /// Lets time pass, sends what is to be sent, and says what happened.
    pub(crate) fn drain(&mut self, now: Instant, socket: &UdpSocket) -> Drained {
        let mut drained = Drained::default();
        if self.state == State::Down {
            return drained;
        }
        let was = self.state;
        self.poll_all(now, socket, &mut drained);
        if !self.rtc.is_alive() {
            self.state = State::Down;
        }
        drained.change = match (was, self.state) {
            (State::Connecting, State::Up) => Some(WebChange::Up),
            (State::Connecting | State::Up, State::Down) => Some(WebChange::Down),
            (State::Up, State::Connecting | State::Up)
            | (State::Connecting, State::Connecting)
            | (State::Down, State::Connecting | State::Up | State::Down) => None,
        };
        drained
    }

    /// Whether the browser has just been gone for too long; true once.
    pub(crate) fn fell_silent(&mut self, now: Instant, limit: Duration) -> bool {
        let gone = self.state != State::Down && now.saturating_duration_since(self.heard_at) >= limit;
        if gone {
            self.state = State::Down;
        }
        gone
    }

    /// Says goodbye (RTCP BYE, DTLS `close_notify`).
    pub(crate) fn leave(&mut self, now: Instant, socket: &UdpSocket) {
        if self.rtc.close().is_ok() {
            self.poll_all(now, socket, &mut Drained::default());
        }
    }

    fn poll_all(&mut self, now: Instant, socket: &UdpSocket, drained: &mut Drained) {
        self.unflushed = false;
        let outcome = self.rtc.handle_input(Input::Timeout(now));
        note(outcome);
        for _ in 0..OUTPUTS_MAX {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.wake_at = at;
                    break;
                }
                Ok(Output::Transmit(out)) => {
                    if socket.send_to(&out.contents, out.destination).is_err() {
                        drained.send_errors += 1;
                    }
                }
                Ok(Output::Event(event)) => self.event(event, drained),
                Err(error) => {
                    note(Err(error));
                    break;
                }
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "most events of str0m belong to features that are off here")]
    fn event(&mut self, event: Event, drained: &mut Drained) {
        match event {
            Event::Connected => self.state = State::Up,
            Event::MediaAdded(media) => self.mid = Some(media.mid),
            Event::RtpPacket(packet) => drained.packets.push(packet),
            Event::Closed | Event::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                self.state = State::Down;
            }
            _ => {}
        }
    }
}

fn note(outcome: Result<(), RtcError>) {
    if let Err(error) = outcome {
        // Errors of one datagram (a forged or damaged one) are str0m's to survive; dead is only what it says is.
        metrics::counter!("media_web_errors_total").increment(1);
        tracing::debug!(%error, "a browser connection reported an error");
    }
}

/// What a packet from the browser means.
pub(crate) fn heard(packet: &RtpPacket) -> Heard<'_> {
    let header = Header {
        marker: packet.header.marker,
        payload_type: *packet.header.payload_type,
        seq: packet.header.sequence_number,
        ts: packet.header.timestamp,
        ssrc: *packet.header.ssrc,
    };
    match Codec::from_payload_type(header.payload_type) {
        Some(codec) if !packet.payload.is_empty() => Heard::Sound(Sound { codec, header, payload: &packet.payload }),
        Some(_) | None => Heard::Junk,
    }
}
