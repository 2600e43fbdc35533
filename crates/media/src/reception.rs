//! What is known of a stream that arrives: loss and jitter (RFC 3550 appendices A.1, A.3 and A.8). No sockets.

use std::time::Instant;

use crate::rtcp::Block;
use crate::serial::{ahead16, low32, samples};

/// Counts of one incoming source.
#[derive(Debug)]
pub(crate) struct Reception {
    ssrc: u32,
    epoch: Instant,
    first_seq: u64,
    highest_seq: u64,
    received: u64,
    expected_before: u64,
    received_before: u64,
    transit: u32,
    jitter_x16: u32,
    last_report: Option<(u32, Instant)>,
}

impl Reception {
    /// Begins with the source's first packet.
    pub(crate) fn new(now: Instant, ssrc: u32, seq: u16, ts: u32) -> Self {
        let first = u64::from(seq);
        Self {
            ssrc,
            epoch: now,
            first_seq: first,
            highest_seq: first,
            received: 1,
            expected_before: 0,
            received_before: 0,
            transit: 0_u32.wrapping_sub(ts),
            jitter_x16: 0,
            last_report: None,
        }
    }

    /// Takes note of one more packet.
    pub(crate) fn packet(&mut self, now: Instant, seq: u16, ts: u32) {
        self.received += 1;
        let ahead = ahead16(seq, crate::serial::low16(self.highest_seq));
        if ahead > 0 {
            self.highest_seq += u64::from(ahead.unsigned_abs());
        }
        let arrived = low32(samples(now.saturating_duration_since(self.epoch)));
        let transit = arrived.wrapping_sub(ts);
        let change = transit.wrapping_sub(self.transit).cast_signed().unsigned_abs();
        self.transit = transit;
        // A jump (hold, a new clock) is no jitter.
        if change < 80_000 {
            self.jitter_x16 = self.jitter_x16 + change - ((self.jitter_x16 + 8) >> 4);
        }
    }

    /// Takes note of a sender report: the middle of its NTP time is echoed in our next block.
    pub(crate) fn sender_report(&mut self, now: Instant, ntp_middle: u32) {
        self.last_report = Some((ntp_middle, now));
    }

    /// The report block since the last one.
    pub(crate) fn block(&mut self, now: Instant) -> Block {
        let expected = self.highest_seq - self.first_seq + 1;
        let expected_now = expected.saturating_sub(self.expected_before);
        let received_now = self.received.saturating_sub(self.received_before);
        self.expected_before = expected;
        self.received_before = self.received;
        let lost_now = expected_now.saturating_sub(received_now);
        let fraction = (lost_now * 256).checked_div(expected_now).unwrap_or(0).min(255);
        let (lsr, dlsr) = self.last_report.map_or((0, 0), |(ntp, at)| {
            let delay = now.saturating_duration_since(at).as_micros() * 65_536 / 1_000_000;
            (ntp, u32::try_from(delay).unwrap_or(u32::MAX))
        });
        Block {
            ssrc: self.ssrc,
            fraction_lost: u8::try_from(fraction).unwrap_or(u8::MAX),
            lost: u32::try_from(expected.saturating_sub(self.received)).unwrap_or(u32::MAX).min(0x7f_ffff),
            highest_seq: low32(self.highest_seq),
            jitter: self.jitter_x16 >> 4,
            lsr,
            dlsr,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Reception;
    use crate::clock;

    #[test]
    fn loss_is_counted_between_reports_and_jitter_is_smoothed() {
        let start = clock::now();
        let mut stream = Reception::new(start, 7, 65_530, 0);
        for packet in 1..=9_u16 {
            // Every third packet is lost; the rest arrive on time but one, 40 ms late.
            let at = Duration::from_millis(u64::from(packet) * 20 + if packet == 8 { 40 } else { 0 });
            if packet % 3 != 0 {
                stream.packet(start + at, 65_530_u16.wrapping_add(packet), u32::from(packet) * 160);
            }
        }
        stream.sender_report(start, 0xabcd_1234);
        let block = stream.block(start + Duration::from_millis(1_500));
        assert_eq!((block.lost, block.highest_seq), (2, 65_530 + 8), "packet 9 may still come");
        assert_eq!(block.fraction_lost, 56, "2 of 9 in 256ths");
        assert_eq!(block.jitter, 20, "320 samples / 16");
        assert_eq!((block.lsr, block.dlsr), (0xabcd_1234, 98_304), "1.5 s in 65536ths");
        assert_eq!(stream.block(start).fraction_lost, 0, "nothing since");
    }
}
