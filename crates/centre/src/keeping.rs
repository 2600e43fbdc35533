//! How long the disk of the recordings lasts, and whether a new one may begin. Plain sums over what was measured.

/// Sound of one second of a recorded talk: two sides, A-law, 8,000 samples each (ITU-T G.711).
pub const BYTES_PER_SECOND: u64 = 16_000;

/// Days ahead under which the disk is low.
pub const LOW_DAYS: u64 = 14;

/// Share of the disk under which it is low, percent.
const LOW_PERCENT: u64 = 10;

/// A disk, as it was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Size of the file system.
    pub total_bytes: u64,
    /// What we may still write.
    pub free_bytes: u64,
    /// What must stay free for the journal: below it no recording begins.
    pub floor_bytes: u64,
    /// What recordings have added on a mean day of late; 0 = nothing was recorded.
    pub growth_bytes_per_day: u64,
}

/// How a disk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiskState {
    /// Enough.
    Ok,
    /// Less than two weeks, or less than a tenth of the disk.
    Low,
    /// Filled down to the floor: calls go on, recordings do not begin.
    Floor,
}

impl DiskState {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Low => "low",
            Self::Floor => "floor",
        }
    }
}

impl Disk {
    /// Whole days until the floor is reached; nothing where the disk does not fill.
    pub fn days_left(&self) -> Option<u64> {
        self.free_bytes.saturating_sub(self.floor_bytes).checked_div(self.growth_bytes_per_day)
    }

    /// How it stands.
    pub fn state(&self) -> DiskState {
        let is_small_share = u128::from(self.free_bytes) * 100 < u128::from(self.total_bytes) * u128::from(LOW_PERCENT);
        if self.free_bytes < self.floor_bytes {
            DiskState::Floor
        } else if is_small_share || self.days_left().is_some_and(|days| days < LOW_DAYS) {
            DiskState::Low
        } else {
            DiskState::Ok
        }
    }
}

/// Mean growth of a day: what was recorded in the last `days` days, from the day of the first recording among them.
pub fn growth_bytes_per_day(recorded_ms: u64, days: u64) -> u64 {
    (recorded_ms / 1_000).saturating_mul(BYTES_PER_SECOND) / days.max(1)
}

#[cfg(test)]
mod tests {
    use super::{Disk, DiskState, growth_bytes_per_day};

    const GIB: u64 = 1 << 30;

    #[test]
    fn a_disk_is_judged_by_floor_share_and_days() {
        let table = [
            // total, free, growth a day: days left, state
            (100 * GIB, 50 * GIB, 0, None, DiskState::Ok),
            (100 * GIB, 50 * GIB, GIB, Some(49), DiskState::Ok),
            (100 * GIB, 50 * GIB, 4 * GIB, Some(12), DiskState::Low),
            (100 * GIB, 15 * GIB, GIB, Some(14), DiskState::Ok),
            (100 * GIB, 15 * GIB - 1, GIB, Some(13), DiskState::Low),
            (100 * GIB, 9 * GIB, 0, None, DiskState::Low),
            (100 * GIB, GIB, GIB, Some(0), DiskState::Low),
            (100 * GIB, GIB - 1, GIB, Some(0), DiskState::Floor),
            (0, 0, 0, None, DiskState::Floor),
            (u64::MAX, u64::MAX, 1, Some(u64::MAX - GIB), DiskState::Ok),
        ];
        for (total_bytes, free_bytes, growth_bytes_per_day, days, state) in table {
            let disk = Disk { total_bytes, free_bytes, floor_bytes: GIB, growth_bytes_per_day };
            assert_eq!((disk.days_left(), disk.state()), (days, state), "{disk:?}");
        }
    }

    #[test]
    fn ten_hours_of_talk_a_day_are_576_megabytes() {
        assert_eq!(growth_bytes_per_day(14 * 10 * 3_600_000, 14), 576_000_000);
        assert_eq!(growth_bytes_per_day(3_600_000, 0), 57_600_000);
    }
}
