//! How much waits inside the stack and whether it still moves. The stack's own queues have no bound and its reader no
//! supervisor, so both are watched from outside.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Counts of what went in and what came out.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    /// Datagrams read from the socket, whatever became of them.
    read: AtomicU64,
    passed: AtomicU64,
    taken: AtomicU64,
    waiting: AtomicUsize,
}

/// A picture of the counts, to be held against the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pulse {
    read: u64,
    passed: u64,
    taken: u64,
}

impl Backlog {
    pub(super) fn read(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn passed(&self) {
        self.passed.fetch_add(1, Ordering::Relaxed);
    }

    /// The stack has taken a message off its first queue.
    pub(crate) fn taken(&self) {
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// The length of the second queue, as the driver sees it.
    pub(crate) fn waiting(&self, messages: usize) {
        self.waiting.store(messages, Ordering::Relaxed);
    }

    /// A new stack starts with empty queues.
    pub(crate) fn restart(&self) {
        self.taken.store(self.passed.load(Ordering::Relaxed), Ordering::Relaxed);
        self.waiting.store(0, Ordering::Relaxed);
    }

    /// Messages in both queues.
    pub(super) fn messages(&self) -> usize {
        let first = self.passed.load(Ordering::Relaxed).saturating_sub(self.taken.load(Ordering::Relaxed));
        usize::try_from(first).unwrap_or(usize::MAX).saturating_add(self.waiting.load(Ordering::Relaxed))
    }

    pub(crate) fn pulse(&self) -> Pulse {
        Pulse {
            read: self.read.load(Ordering::Relaxed),
            passed: self.passed.load(Ordering::Relaxed),
            taken: self.taken.load(Ordering::Relaxed),
        }
    }
}

impl Pulse {
    /// Whether the stack stood still since `before`: nothing was read although somebody knocked, or what waited stayed.
    pub(crate) fn stood_still_since(self, before: Self) -> bool {
        let is_deaf = self.read == before.read;
        let is_stuck = self.taken == before.taken && before.passed > before.taken;
        is_deaf || is_stuck
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_still_is_told_from_quiet() {
        let backlog = Backlog::default();
        let start = backlog.pulse();
        assert!(backlog.pulse().stood_still_since(start), "a knock is read, always");
        backlog.read();
        assert!(!backlog.pulse().stood_still_since(start), "read, and nothing to pass");
        backlog.passed();
        let filled = backlog.pulse();
        assert!(!filled.stood_still_since(start), "it has only just come");
        backlog.read();
        assert!(backlog.pulse().stood_still_since(filled), "it waits since the last look");
        backlog.taken();
        assert!(!backlog.pulse().stood_still_since(filled));
    }
}
