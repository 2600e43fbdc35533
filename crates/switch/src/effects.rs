//! Which orders are carried out: none of a leader that was deposed, none twice.

use otklik_model::EffectKey;

/// Remembers the last order. Orders of one epoch are counted, and come in that order over one channel.
#[derive(Debug, Default)]
pub(crate) struct Fence {
    epoch: u64,
    n: u64,
}

impl Fence {
    /// True where the order with this mark is to be carried out.
    pub(crate) fn admits(&mut self, key: EffectKey) -> bool {
        if key.epoch < self.epoch || (key.epoch == self.epoch && key.n <= self.n) {
            return false;
        }
        self.epoch = key.epoch;
        self.n = key.n;
        true
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::EffectKey;

    use super::Fence;

    #[test]
    fn repeats_and_late_leaders_are_refused() {
        let mut fence = Fence::default();
        let mut admits = |epoch, n| fence.admits(EffectKey { epoch, partition: 0, seq: 0, n });
        assert!(admits(1, 1));
        assert!(admits(1, 3));
        assert!(!admits(1, 3), "a repeat");
        assert!(!admits(1, 2));
        assert!(admits(2, 1), "a new leader counts anew");
        assert!(!admits(1, 4), "the old one woke up");
    }
}
