//! The outgoing timeline of a leg: one run of sequence numbers and timestamps for the leg's whole life, whatever
//! speaks on it (prompt, music, another leg). No sockets, no clock.

use std::time::Instant;

use crate::serial::{ahead16, ahead32, low32, samples};

/// Difference between timestamps and real time after which a speaker is anchored anew, in samples (1 s).
const DRIFT_MAX: i64 = 8_000;
/// Forward jump of sequence numbers that still counts as loss (RFC 3550 appendix A.1, `MAX_DROPOUT`).
const LOSS_MAX: i16 = 3_000;
/// How far back a packet may come late: the width of the memory of what was sent.
const LATE_MAX: i16 = 64;

/// Where a packet stands in the outgoing run. `seq` is extended: its low 16 bits go on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) seq: u64,
    pub(crate) ts: u32,
    pub(crate) marker: bool,
}

/// Where a packet stood in the run that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) ssrc: u32,
    pub(crate) seq: u16,
    pub(crate) ts: u32,
    pub(crate) marker: bool,
}

/// The run of one leg.
#[derive(Debug)]
pub(crate) struct Timeline {
    base_at: Instant,
    base_ts: u32,
    next_seq: u64,
    next_ts: u32,
    speaker: Speaker,
}

#[derive(Debug)]
enum Speaker {
    Nobody,
    Player,
    Relay(Relay),
}

/// How one source's numbers map to ours: the newest packet of both sides, and which of the last 64 were sent.
#[derive(Debug)]
struct Relay {
    ssrc: u32,
    in_seq: u16,
    in_ts: u32,
    out_seq: u64,
    out_ts: u32,
    first_out: u64,
    sent: u64,
    heard_at: Instant,
}

impl Timeline {
    /// A run that begins at a random place (RFC 3550 section 5.1); the sequence number leaves room below 65,536,
    /// because SRTP receivers begin to count roll-overs at zero.
    pub(crate) fn new(now: Instant, chance: [u8; 6]) -> Self {
        let [s0, s1, t0, t1, t2, t3] = chance;
        let base_ts = u32::from_be_bytes([t0, t1, t2, t3]);
        let next_seq = u64::from(u16::from_be_bytes([s0 & 0x7f, s1]));
        Self { base_at: now, base_ts, next_seq, next_ts: base_ts, speaker: Speaker::Nobody }
    }

    /// Ends the present speaker's spurt: whatever comes next begins a new one.
    pub(crate) fn interrupt(&mut self) {
        self.speaker = Speaker::Nobody;
    }

    /// The timestamp of the moment `now`.
    pub(crate) fn ts_at(&self, now: Instant) -> u32 {
        self.base_ts.wrapping_add(low32(samples(now.saturating_duration_since(self.base_at))))
    }

    /// A slot for a frame of our own player.
    pub(crate) fn frame(&mut self, now: Instant, frame_samples: u32) -> Slot {
        let drift = i64::from(ahead32(self.ts_at(now), self.next_ts)).abs();
        let goes_on = match self.speaker {
            Speaker::Player => drift <= DRIFT_MAX,
            Speaker::Nobody | Speaker::Relay(_) => false,
        };
        self.speaker = Speaker::Player;
        let ts = if goes_on { self.next_ts } else { self.fresh_ts(now) };
        let slot = Slot { seq: self.next_seq, ts, marker: !goes_on };
        self.next_seq += 1;
        self.next_ts = ts.wrapping_add(frame_samples);
        slot
    }

    /// A slot for a packet of another leg: losses stay visible as gaps, late packets go where they belong, and what
    /// was sent once (a duplicate) has no slot.
    pub(crate) fn relay(&mut self, now: Instant, origin: Origin, packet_samples: u32) -> Option<Slot> {
        let slot = match &mut self.speaker {
            Speaker::Relay(relay) if relay.knows(origin, now) => relay.map(origin, now)?,
            Speaker::Relay(_) | Speaker::Player | Speaker::Nobody => self.begin_relay(origin, now),
        };
        let end = slot.ts.wrapping_add(packet_samples);
        if slot.seq >= self.next_seq {
            self.next_seq = slot.seq + 1;
        }
        if ahead32(end, self.next_ts) > 0 {
            self.next_ts = end;
        }
        Some(slot)
    }

    /// Takes note of a packet that is not passed on (a key press), so that it leaves no gap that looks like loss.
    pub(crate) fn consumed(&mut self, ssrc: u32, seq: u16) {
        match &mut self.speaker {
            Speaker::Relay(relay) if relay.ssrc == ssrc && ahead16(seq, relay.in_seq) == 1 => relay.in_seq = seq,
            Speaker::Relay(_) | Speaker::Player | Speaker::Nobody => {}
        }
    }

    fn begin_relay(&mut self, origin: Origin, now: Instant) -> Slot {
        let slot = Slot { seq: self.next_seq, ts: self.fresh_ts(now), marker: true };
        self.speaker = Speaker::Relay(Relay {
            ssrc: origin.ssrc,
            in_seq: origin.seq,
            in_ts: origin.ts,
            out_seq: slot.seq,
            out_ts: slot.ts,
            first_out: slot.seq,
            sent: 1,
            heard_at: now,
        });
        slot
    }

    /// Real time, but never before what was already sent.
    fn fresh_ts(&self, now: Instant) -> u32 {
        let real = self.ts_at(now);
        if ahead32(real, self.next_ts) > 0 { real } else { self.next_ts }
    }
}

impl Relay {
    fn knows(&self, origin: Origin, now: Instant) -> bool {
        let ahead = ahead16(origin.seq, self.in_seq);
        if self.ssrc != origin.ssrc || !(1 - LATE_MAX..=LOSS_MAX).contains(&ahead) {
            return false;
        }
        let elapsed = i64::from(ahead32(low32(samples(now.saturating_duration_since(self.heard_at))), 0));
        let claimed = i64::from(ahead32(origin.ts, self.in_ts));
        if ahead > 0 { (claimed - elapsed).abs() <= DRIFT_MAX } else { (-2 * DRIFT_MAX..=0).contains(&claimed) }
    }

    fn map(&mut self, origin: Origin, now: Instant) -> Option<Slot> {
        let ahead = ahead16(origin.seq, self.in_seq);
        let ts = self.out_ts.wrapping_add(origin.ts.wrapping_sub(self.in_ts));
        let distance = ahead.unsigned_abs();
        if ahead > 0 {
            self.sent = self.sent.checked_shl(u32::from(distance)).unwrap_or(0) | 1;
            self.in_seq = origin.seq;
            self.in_ts = origin.ts;
            self.out_seq += u64::from(distance);
            self.out_ts = ts;
            self.heard_at = now;
            return Some(Slot { seq: self.out_seq, ts, marker: origin.marker });
        }
        let bit = 1_u64.checked_shl(u32::from(distance))?;
        let seq = self.out_seq.checked_sub(u64::from(distance)).filter(|seq| *seq >= self.first_out)?;
        if self.sent & bit != 0 {
            return None;
        }
        self.sent |= bit;
        Some(Slot { seq, ts, marker: origin.marker })
    }
}

#[cfg(test)]
mod tests;
