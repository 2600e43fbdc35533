//! One leg: a far end, its outgoing timeline, and what plays, whom it is joined to, what is recorded. Decides what
//! goes out when; knows nothing of other legs.

use std::time::Instant;

use otklik_model::{LegId, PlayId};

use crate::g711::Codec;
use crate::player::{FRAME_SAMPLES, Played, Player};
use crate::recorder::RecordingId;
use crate::rtp::Header;
use crate::timeline::{Origin, Timeline};
use crate::voice::Voice;

pub(crate) mod rtp;
pub(crate) mod web;

use rtp::RtpPort;
use web::WebPort;

/// Place of a leg in the shard's slab.
pub(crate) type LegIndex = usize;

/// One packet of sound in the words of whoever sent it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sound<'a> {
    pub(crate) codec: Codec,
    pub(crate) header: Header,
    pub(crate) payload: &'a [u8],
}

/// What a datagram means.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Heard<'a> {
    /// Nothing that we take.
    Junk,
    /// Sound.
    Sound(Sound<'a>),
    /// A packet that carries no sound: a key press (a new one where `digit` stands) or a sign of life.
    Key { digit: Option<char>, ssrc: u32, seq: u16 },
}

/// Who is at the other end of a leg.
pub(crate) enum Port {
    Rtp(Box<RtpPort>),
    Web(WebPort),
}

/// A recording whose left side this leg is.
pub(crate) struct Recorded {
    pub(crate) id: RecordingId,
    pub(crate) dropped_frames: u64,
    pub(crate) voice: Voice,
}

/// One leg.
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) port: Port,
    pub(crate) timeline: Timeline,
    pub(crate) peer: Option<LegIndex>,
    pub(crate) recorded: Option<Recorded>,
    player: Option<Player>,
    last_play: Option<PlayId>,
}

/// What became of packets to be sent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SendCount {
    pub(crate) sent: u64,
    pub(crate) failed: u64,
}

impl Leg {
    pub(crate) fn new(id: LegId, port: Port, timeline: Timeline) -> Self {
        Self { id, port, timeline, peer: None, recorded: None, player: None, last_play: None }
    }

    /// Replaces what plays; one that was asked for earlier, and comes late, does not replace a later one.
    pub(crate) fn play(&mut self, player: Player) {
        if self.last_play.is_some_and(|last| player.play() < last) {
            return;
        }
        self.last_play = Some(player.play());
        self.player = Some(player);
        self.timeline.interrupt();
    }

    /// Stops what plays; nothing is reported of it.
    pub(crate) fn stop_playing(&mut self) {
        self.player = None;
        self.timeline.interrupt();
    }

    /// Sends the frames that are due, and says which playing has come to its end.
    pub(crate) fn play_due(&mut self, now: Instant, count: &mut SendCount) -> Option<PlayId> {
        let player = self.player.as_mut()?;
        loop {
            match player.poll(now) {
                Played::Wait => return None,
                Played::Done => {
                    let play = player.play();
                    self.stop_playing();
                    return Some(play);
                }
                Played::Frame(frame) => {
                    // The sound goes on in time also while nobody can hear it.
                    if self.port.may_send() {
                        let slot = self.timeline.frame(now, u32::try_from(FRAME_SAMPLES).unwrap_or(0));
                        count.note(&self.port.send(now, slot, Codec::Pcma, &frame));
                    } else {
                        self.timeline.interrupt();
                    }
                }
            }
        }
    }

    /// Passes on what the joined leg said.
    pub(crate) fn relay(&mut self, now: Instant, sound: &Sound<'_>, count: &mut SendCount) {
        if !self.port.may_send() {
            // What is held back is no loss: the next packet begins a new spurt.
            self.timeline.interrupt();
            return;
        }
        let header = sound.header;
        let origin = Origin { ssrc: header.ssrc, seq: header.seq, ts: header.ts, marker: header.marker };
        let packet_samples = u32::try_from(sound.payload.len()).unwrap_or(0);
        if let Some(slot) = self.timeline.relay(now, origin, packet_samples) {
            count.note(&self.port.send(now, slot, sound.codec, sound.payload));
        }
    }
}

impl Port {
    fn may_send(&self) -> bool {
        match self {
            Self::Rtp(port) => port.may_send(),
            Self::Web(port) => port.may_send(),
        }
    }

    fn send(&mut self, now: Instant, slot: crate::timeline::Slot, codec: Codec, payload: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Rtp(port) => port.send(slot, codec, payload),
            Self::Web(port) => {
                port.send(now, slot, codec, payload);
                Ok(())
            }
        }
    }
}

impl SendCount {
    fn note(&mut self, outcome: &std::io::Result<()>) {
        match outcome {
            Ok(()) => self.sent += 1,
            Err(_) => self.failed += 1,
        }
    }
}
