//! The calls behind a figure: each figure that counts calls has a name by which a list can ask for exactly those.

/// Calls that one figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// All that became ours.
    Accepted,
    /// Entered a queue and are over.
    Offered,
    /// Answered.
    Answered,
    /// Answered within the Y of the service level.
    AnsweredInTime,
    /// Left while waiting, not short.
    Abandoned,
    /// Left the queue too soon to count.
    ShortAbandoned,
    /// Left before entering a queue.
    LeftBeforeQueue,
    /// A message was left.
    Recorded,
    /// Broken off by us.
    Interrupted,
    /// The last abandoned call of each known person on that day: one a person whom we lost.
    Lost,
}

impl Counted {
    /// Every figure that counts calls.
    pub const ALL: [Self; 10] = [
        Self::Accepted,
        Self::Offered,
        Self::Answered,
        Self::AnsweredInTime,
        Self::Abandoned,
        Self::ShortAbandoned,
        Self::LeftBeforeQueue,
        Self::Recorded,
        Self::Interrupted,
        Self::Lost,
    ];

    /// The name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Offered => "offered",
            Self::Answered => "answered",
            Self::AnsweredInTime => "answered_in_time",
            Self::Abandoned => "abandoned",
            Self::ShortAbandoned => "short_abandoned",
            Self::LeftBeforeQueue => "left_before_queue",
            Self::Recorded => "recorded",
            Self::Interrupted => "interrupted",
            Self::Lost => "lost",
        }
    }

    /// The figure of a name, or nothing.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counted| counted.name() == name)
    }
}
