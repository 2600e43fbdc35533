//! Where each sample of a stereo recording belongs. Pure: frames in, interleaved A-law out; no files, no clock.

use crate::g711::ALAW_SILENCE;
use crate::serial::ahead32;

/// Difference between timestamps and arrival after which a side is anchored anew, in samples (200 ms).
const ANCHOR_DRIFT_MAX: u64 = 1_600;
/// Longest recording, in samples (12 hours): what comes later is dropped.
const LENGTH_MAX: u64 = 12 * 3_600 * 8_000;
/// Most that waits in memory for a disk that refuses, in samples (60 s).
const WAITING_MAX: usize = 60 * 8_000;

/// A side of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// What the caller says.
    Left,
    /// What is said to the caller.
    Right,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    Whole,
    /// Its place is already on disk, or beyond what can be kept.
    Dropped,
}

#[derive(Debug, Clone, Copy)]
struct Anchor {
    ssrc: u32,
    ts: u32,
    at: u64,
}

/// The end of a recording that is not on disk yet. Positions are samples since the recording began.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    on_disk: u64,
    waiting: Vec<[u8; 2]>,
    anchors: [Option<Anchor>; 2],
}

impl Sheet {
    /// Puts a frame where its timestamp says, counted from where the side's first packet arrived; a new source, or
    /// more than 200 ms between timestamp and arrival, is anchored at its arrival.
    pub(crate) fn place(&mut self, side: Side, ssrc: u32, ts: u32, arrived_at: u64, alaw: &[u8]) -> Placed {
        let anchor = &mut self.anchors[side.index()];
        let by_ts = anchor
            .filter(|anchor| anchor.ssrc == ssrc)
            .and_then(|anchor| anchor.at.checked_add_signed(i64::from(ahead32(ts, anchor.ts))))
            .filter(|at| at.abs_diff(arrived_at) <= ANCHOR_DRIFT_MAX);
        let at = by_ts.unwrap_or(arrived_at);
        // The anchor moves along, so that a timestamp's wrap never lies between it and the next frame.
        if by_ts.is_none() || anchor.is_some_and(|anchor| ahead32(ts, anchor.ts) > 0) {
            *anchor = Some(Anchor { ssrc, ts, at });
        }
        let Some(first) = at.checked_sub(self.on_disk).and_then(|first| usize::try_from(first).ok()) else {
            return Placed::Dropped;
        };
        let end = first + alaw.len();
        if end > WAITING_MAX || at > LENGTH_MAX {
            return Placed::Dropped;
        }
        self.silence_to(end);
        for (moment, sample) in self.waiting[first..end].iter_mut().zip(alaw) {
            moment[side.index()] = *sample;
        }
        Placed::Whole
    }

    /// Lengthens both sides with silence up to a position.
    pub(crate) fn lengthen_to(&mut self, position: u64) {
        let wanted = position.min(LENGTH_MAX).saturating_sub(self.on_disk);
        self.silence_to(usize::try_from(wanted).unwrap_or(WAITING_MAX).min(WAITING_MAX));
    }

    /// The part before a position, interleaved and ready for the disk.
    pub(crate) fn ready(&self, before: u64) -> &[[u8; 2]] {
        let count = usize::try_from(before.saturating_sub(self.on_disk)).unwrap_or(usize::MAX);
        &self.waiting[..count.min(self.waiting.len())]
    }

    /// Takes note that so many samples of [`Sheet::ready`] are on disk.
    pub(crate) fn written(&mut self, samples: usize) {
        let samples = samples.min(self.waiting.len());
        self.waiting.drain(..samples);
        self.on_disk += samples as u64;
    }

    fn silence_to(&mut self, end: usize) {
        if end > self.waiting.len() {
            self.waiting.resize(end, [ALAW_SILENCE; 2]);
        }
    }
}

impl Side {
    fn index(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Placed, Sheet, Side};

    /// The whole recording as runs of one byte: (left, right, samples).
    fn runs(sheet: &Sheet) -> Vec<(u8, u8, usize)> {
        let mut runs: Vec<(u8, u8, usize)> = Vec::new();
        for [left, right] in sheet.ready(u64::MAX) {
            match runs.last_mut() {
                Some((l, r, count)) if l == left && r == right => *count += 1,
                _ => runs.push((*left, *right, 1)),
            }
        }
        runs
    }

    #[test]
    fn both_sides_lie_by_their_timestamps_and_gaps_are_silence() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.place(Side::Left, 1, u32::MAX - 159, 160, &[1; 160]), Placed::Whole);
        // 30 ms late, but its timestamp (which wrapped) says that it follows.
        assert_eq!(sheet.place(Side::Left, 1, 0, 560, &[2; 160]), Placed::Whole);
        assert_eq!(sheet.place(Side::Right, 5, 77, 320, &[3; 160]), Placed::Whole);
        // One lost, one out of order.
        assert_eq!(sheet.place(Side::Left, 1, 480, 800, &[5; 160]), Placed::Whole);
        assert_eq!(sheet.place(Side::Left, 1, 320, 801, &[4; 80]), Placed::Whole);
        sheet.lengthen_to(1_000);
        let expected = [
            (0xd5, 0xd5, 160),
            (1, 0xd5, 160),
            (2, 3, 160),
            (0xd5, 0xd5, 160),
            (4, 0xd5, 80),
            (0xd5, 0xd5, 80),
            (5, 0xd5, 160),
            (0xd5, 0xd5, 40),
        ];
        assert_eq!(runs(&sheet), expected);
    }

    #[test]
    fn a_jump_or_a_new_source_is_anchored_at_its_arrival() {
        let mut sheet = Sheet::default();
        sheet.place(Side::Left, 1, 0, 0, &[1; 160]);
        sheet.place(Side::Left, 1, 160, 8_000, &[2; 160]);
        sheet.place(Side::Left, 1, 320, 8_200, &[3; 160]);
        sheet.place(Side::Left, 9, 3, 16_000, &[4; 160]);
        let expected =
            [(1, 0xd5, 160), (0xd5, 0xd5, 7_840), (2, 0xd5, 160), (3, 0xd5, 160), (0xd5, 0xd5, 7_680), (4, 0xd5, 160)];
        assert_eq!(runs(&sheet), expected);
    }

    #[test]
    fn what_is_on_disk_is_not_touched_and_memory_is_bounded() {
        let mut sheet = Sheet::default();
        sheet.place(Side::Left, 1, 0, 0, &[1; 800]);
        assert_eq!(sheet.ready(160).len(), 160);
        sheet.written(160);
        assert_eq!(sheet.place(Side::Right, 2, 0, 0, &[9; 160]), Placed::Dropped);
        assert_eq!(sheet.place(Side::Right, 2, 160, 160, &[9; 160]), Placed::Whole);
        assert_eq!(runs(&sheet), [(1, 9, 160), (1, 0xd5, 480)]);
        assert_eq!(sheet.place(Side::Right, 3, 0, 8_000 * 61, &[9; 160]), Placed::Dropped, "beyond a minute of memory");
        sheet.lengthen_to(u64::MAX);
        assert_eq!(sheet.ready(u64::MAX).len(), 8_000 * 60);
    }
}
