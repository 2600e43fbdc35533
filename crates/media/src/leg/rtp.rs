//! The far end of a leg that speaks plain RTP: a phone or a trunk, on a socket pair of its own (RTP and RTCP).

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use super::{Heard, Sound};
use crate::dtmf::DtmfReceiver;
use crate::g711::{self, Codec};
use crate::latch::{Latch, Verdict};
use crate::reception::Reception;
use crate::rtcp::{self, Presence, Sent};
use crate::rtp::{self, Header};
use crate::serial::{low32, samples};
use crate::timeline::{Slot, Timeline};

/// Time between two reports (RFC 3550 section 6.2).
const REPORT_EVERY: Duration = Duration::from_secs(5);
/// Comfort noise (RFC 3389): a sign of life, no sound.
const COMFORT_NOISE: u8 = 13;
/// Longest packet that is taken, in samples (100 ms); longer ones are junk.
const PAYLOAD_MAX: usize = 800;

/// What the SDP of the far end says about sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteRtp {
    /// Where the far end wants to receive.
    pub addr: SocketAddr,
    /// The codec that we send; both codecs are understood when received.
    pub codec: Codec,
    /// Payload type of its key presses (RFC 4733), 96-127.
    pub dtmf_payload: Option<u8>,
    /// Who sends.
    pub sending: Sending,
    /// The host that signals, whose packets are taken beside those of `addr`: a phone behind a NAT states an address
    /// that nobody sees, and speaks from the one that its signalling comes from.
    pub also_from: Option<IpAddr>,
}

/// Who sends on a leg, from the direction in the far end's SDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// `sendrecv`.
    Both,
    /// `sendonly` there: it speaks, we keep quiet.
    ToUsOnly,
    /// `recvonly` there: we speak.
    FromUsOnly,
    /// `inactive`.
    Nobody,
}

/// The two sockets of a leg, on neighbouring ports (RFC 3550 section 11).
pub(crate) struct SocketPair {
    pub(crate) rtp: UdpSocket,
    /// For RTCP.
    pub(crate) control: UdpSocket,
}

/// Sockets and state of one RTP leg.
pub(crate) struct RtpPort {
    sockets: SocketPair,
    ssrc: u32,
    cname: String,
    born: Instant,
    remote: Option<RemoteRtp>,
    latch: Latch,
    rtcp_from: Option<SocketAddr>,
    dtmf: DtmfReceiver,
    reception: Option<Reception>,
    packets: u32,
    octets: u32,
    sent_since_report: u32,
    report_at: Instant,
    silence: Silence,
    out: Vec<u8>,
}

/// Watches for a phone that should speak and does not.
#[derive(Debug, Clone, Copy)]
enum Silence {
    /// Nobody has to speak.
    Allowed,
    /// Last sign of life.
    Since(Instant),
    /// Asked to speak then, and not heard yet: some phones send nothing until somebody speaks.
    NeverSince(Instant),
    /// Reported; waits for a sign of life.
    Reported,
}

impl RtpPort {
    pub(crate) fn new(sockets: SocketPair, now: Instant, chance: [u8; 12]) -> Self {
        let [i0, i1, i2, i3, name @ ..] = chance;
        Self {
            sockets,
            ssrc: u32::from_be_bytes([i0, i1, i2, i3]),
            cname: format!("{:016x}", u64::from_be_bytes(name)),
            born: now,
            remote: None,
            latch: Latch::default(),
            rtcp_from: None,
            dtmf: DtmfReceiver::default(),
            reception: None,
            packets: 0,
            octets: 0,
            sent_since_report: 0,
            report_at: now + REPORT_EVERY,
            silence: Silence::Allowed,
            out: Vec::with_capacity(rtp::HEADER_LEN + PAYLOAD_MAX),
        }
    }

    pub(crate) fn sockets(&self) -> &SocketPair {
        &self.sockets
    }

    /// Takes a new SDP of the far end, also after a re-INVITE.
    pub(crate) fn set_remote(&mut self, now: Instant, remote: RemoteRtp) {
        if self.remote.is_none_or(|before| before.addr != remote.addr) {
            self.rtcp_from = None;
        }
        self.remote = Some(remote);
        self.latch.arm(remote.addr, remote.also_from);
        self.silence = match remote.sending {
            Sending::Both | Sending::ToUsOnly => self.asked_to_speak(now),
            Sending::FromUsOnly | Sending::Nobody => Silence::Allowed,
        };
    }

    /// Takes a datagram from the RTP socket.
    pub(crate) fn receive<'d>(&mut self, now: Instant, from: SocketAddr, datagram: &'d [u8]) -> Heard<'d> {
        let (Some(remote), Some(packet)) = (self.remote, rtp::parse(datagram)) else {
            return Heard::Junk;
        };
        let header = packet.header;
        let codec = Codec::from_payload_type(header.payload_type);
        let is_key = remote.dtmf_payload == Some(header.payload_type);
        let is_sound = codec.is_some() && (1..=PAYLOAD_MAX).contains(&packet.payload.len());
        if !is_sound && !is_key && header.payload_type != COMFORT_NOISE {
            return Heard::Junk;
        }
        match self.latch.admit(now, from, header.ssrc) {
            Verdict::Stranger => return Heard::Junk,
            Verdict::NewSource => self.reception = Some(Reception::new(now, header.ssrc, header.seq, header.ts)),
            Verdict::Known => {
                if let Some(reception) = &mut self.reception {
                    reception.packet(now, header.seq, header.ts);
                }
            }
        }
        self.sign_of_life(now);
        match codec {
            Some(codec) => Heard::Sound(Sound { codec, header, payload: packet.payload }),
            None if is_key => {
                let digit = self.dtmf.receive(header.ssrc, header.ts, packet.payload);
                Heard::Key { digit, ssrc: header.ssrc, seq: header.seq }
            }
            None => Heard::Key { digit: None, ssrc: header.ssrc, seq: header.seq },
        }
    }

    /// Takes a datagram from the RTCP socket.
    pub(crate) fn receive_report(&mut self, now: Instant, from: SocketAddr, datagram: &[u8]) {
        if !self.latch.knows_host(from) {
            return;
        }
        let Some(report) = rtcp::parse(datagram, self.ssrc) else {
            return;
        };
        self.rtcp_from = Some(from);
        match report.presence {
            Presence::Stays => self.sign_of_life(now),
            Presence::Leaves => {}
        }
        if let (Some(ntp), Some(reception)) = (report.ntp_middle, &mut self.reception) {
            reception.sender_report(now, ntp);
        }
        if let Some(block) = report.about_us {
            metrics::histogram!("media_remote_loss_ratio").record(f64::from(block.fraction_lost) / 256.0);
            metrics::histogram!("media_remote_jitter_ms").record(f64::from(block.jitter) / 8.0);
        }
    }

    /// Whether sound may go out now.
    pub(crate) fn may_send(&self) -> bool {
        self.remote.is_some_and(|remote| match remote.sending {
            Sending::Both | Sending::FromUsOnly => true,
            Sending::ToUsOnly | Sending::Nobody => false,
        }) && self.latch.target().is_some()
    }

    /// Sends one packet of sound.
    pub(crate) fn send(&mut self, slot: Slot, codec: Codec, payload: &[u8]) -> std::io::Result<()> {
        let (Some(remote), Some(target)) = (self.remote, self.latch.target()) else {
            return Ok(());
        };
        let header = Header {
            marker: slot.marker,
            payload_type: remote.codec.payload_type(),
            seq: crate::serial::low16(slot.seq),
            ts: slot.ts,
            ssrc: self.ssrc,
        };
        rtp::write(header, payload, &mut self.out);
        g711::convert(codec, remote.codec, &mut self.out[rtp::HEADER_LEN..]);
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(u32::try_from(payload.len()).unwrap_or(0));
        self.sent_since_report += 1;
        self.sockets.rtp.send_to(&self.out, target).map(drop)
    }

    /// Sends a report where one is due.
    pub(crate) fn report_when_due(&mut self, now: Instant, timeline: &Timeline) {
        if now >= self.report_at {
            self.report_at = now + REPORT_EVERY;
            self.report(now, timeline, Presence::Stays);
        }
    }

    /// Says goodbye, if the far end ever heard of us.
    pub(crate) fn leave(&mut self, now: Instant, timeline: &Timeline) {
        if self.packets > 0 {
            self.report(now, timeline, Presence::Leaves);
        }
    }

    /// Whether the far end has just been silent for too long; true once for each silence. One that was heard before has
    /// `limit`, one that was never heard `never_limit`.
    pub(crate) fn fell_silent(&mut self, now: Instant, limit: Duration, never_limit: Duration) -> bool {
        let (since, limit) = match self.silence {
            Silence::Since(heard_at) => (heard_at, limit),
            Silence::NeverSince(asked_at) => (asked_at, never_limit),
            Silence::Allowed | Silence::Reported => return false,
        };
        let silent = now.saturating_duration_since(since) >= limit;
        if silent {
            self.silence = Silence::Reported;
        }
        silent
    }

    fn asked_to_speak(&self, now: Instant) -> Silence {
        match self.silence {
            Silence::Since(_) | Silence::Reported => Silence::Since(now),
            Silence::Allowed | Silence::NeverSince(_) => Silence::NeverSince(now),
        }
    }

    fn sign_of_life(&mut self, now: Instant) {
        match self.silence {
            Silence::Allowed => {}
            Silence::Since(_) | Silence::NeverSince(_) | Silence::Reported => self.silence = Silence::Since(now),
        }
    }

    fn report(&mut self, now: Instant, timeline: &Timeline, presence: Presence) {
        let next_port = |addr: SocketAddr| Some(SocketAddr::new(addr.ip(), addr.port().checked_add(1)?));
        let Some(target) = self.rtcp_from.or_else(|| self.latch.target().and_then(next_port)) else {
            return;
        };
        let sent = (self.sent_since_report > 0).then(|| Sent {
            ntp: self.ntp(now),
            ts: timeline.ts_at(now),
            packets: self.packets,
            octets: self.octets,
        });
        self.sent_since_report = 0;
        let about = self.reception.as_mut().map(|reception| reception.block(now));
        rtcp::write(&mut self.out, self.ssrc, sent, about, &self.cname, presence);
        // A lost report is like one lost on the way.
        let _ = self.sockets.control.send_to(&self.out, target);
    }

    /// The leg's age in NTP's format: a clock without civil time is allowed (RFC 3550 section 4).
    fn ntp(&self, now: Instant) -> u64 {
        let age_samples = samples(now.saturating_duration_since(self.born));
        let fraction = u64::from(low32(age_samples % 8_000)) * (u64::from(u32::MAX) / 8_000);
        ((age_samples / 8_000) << 32) | fraction
    }
}

#[cfg(test)]
mod tests;
