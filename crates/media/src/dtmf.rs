//! Keys that a phone sends as RTP events (RFC 4733): which packets make one press. No sockets, no clock.

use crate::serial::ahead32;

/// Presses that are remembered, so that a late packet of an old one is not a new press.
const REMEMBERED: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Press {
    ssrc: u32,
    ts: u32,
    event: u8,
    duration: u16,
}

/// Finds the presses in a stream of event packets. One press is one (SSRC, timestamp): reported at its first packet
/// that arrives, be it the start, a middle or an end; so neither a lost start nor a lost end loses it.
#[derive(Debug, Default)]
pub(crate) struct DtmfReceiver {
    presses: [Option<Press>; REMEMBERED],
    next: usize,
}

impl DtmfReceiver {
    /// Takes one event packet and says the key where it is a new press.
    pub(crate) fn receive(&mut self, ssrc: u32, ts: u32, payload: &[u8]) -> Option<char> {
        let [event, _end_and_volume, d0, d1] = *payload.first_chunk::<4>()?;
        let digit = digit(event)?;
        let duration = u16::from_be_bytes([d0, d1]);
        let known = self.presses.iter_mut().flatten().find(|press| press.ssrc == ssrc && press.ts == ts);
        if let Some(press) = known {
            press.duration = press.duration.max(duration);
            return None;
        }
        let continued = self.presses.iter().flatten().any(|press| press.is_continued_by(ssrc, ts, event));
        self.presses[self.next] = Some(Press { ssrc, ts, event, duration });
        self.next = (self.next + 1) % REMEMBERED;
        (!continued).then_some(digit)
    }
}

impl Press {
    /// A key held longer than the 16-bit duration can say goes on as a new segment, whose timestamp is the old one
    /// plus the full duration (RFC 4733 section 2.5.1.3).
    fn is_continued_by(&self, ssrc: u32, ts: u32, event: u8) -> bool {
        let full = u16::MAX - 160;
        self.ssrc == ssrc
            && self.event == event
            && self.duration >= full
            && (i32::from(full)..=i32::from(u16::MAX)).contains(&ahead32(ts, self.ts))
    }
}

fn digit(event: u8) -> Option<char> {
    match event {
        0..=9 => Some(char::from(b'0' + event)),
        10 => Some('*'),
        11 => Some('#'),
        12..=15 => Some(char::from(b'A' + (event - 12))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::DtmfReceiver;

    const END: u8 = 0x8a;
    const GO: u8 = 0x0a;

    /// Packets as (ssrc, timestamp, event, flags, duration), and the keys that they mean.
    type Case = (&'static str, &'static [(u32, u32, u8, u8, u16)], &'static str);

    #[test]
    fn packets_become_presses() {
        let table: &[Case] = &[
            (
                "whole, three ends",
                &[
                    (1, 10, 1, GO, 160),
                    (1, 10, 1, GO, 320),
                    (1, 10, 1, END, 480),
                    (1, 10, 1, END, 480),
                    (1, 10, 1, END, 480),
                ],
                "1",
            ),
            ("start lost", &[(1, 10, 11, END, 480), (1, 10, 11, END, 480)], "#"),
            ("end lost, next key", &[(1, 10, 2, GO, 160), (1, 900, 2, GO, 160)], "22"),
            ("late packet of an old press", &[(1, 10, 3, GO, 160), (1, 900, 4, GO, 160), (1, 10, 3, END, 320)], "34"),
            ("same timestamp, other source", &[(1, 10, 5, END, 160), (2, 10, 5, END, 160)], "55"),
            ("held for long", &[(1, 0, 6, GO, 65_535), (1, 65_535, 6, GO, 160), (1, 65_535, 6, END, 480)], "6"),
            ("no digit", &[(1, 10, 16, END, 160), (1, 11, 255, END, 160)], ""),
            (
                "the others",
                &[(1, 1, 0, END, 1), (1, 2, 9, END, 1), (1, 3, 10, END, 1), (1, 4, 12, END, 1), (1, 5, 15, END, 1)],
                "09*AD",
            ),
        ];
        for (name, packets, keys) in table {
            let mut receiver = DtmfReceiver::default();
            let heard: String = packets
                .iter()
                .filter_map(|(ssrc, ts, event, flags, duration)| {
                    let [d0, d1] = duration.to_be_bytes();
                    receiver.receive(*ssrc, *ts, &[*event, *flags, d0, d1])
                })
                .collect();
            assert_eq!(heard, *keys, "{name}");
        }
        assert_eq!(DtmfReceiver::default().receive(1, 1, &[1, 2, 3]), None, "short");
    }
}
