//! What is counted in the cells, and its names in tables. No definition of a figure stands here.

/// What a cell counts. Sums of milliseconds end in `Ms`, all others are numbers of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Became ours.
    Accepted,
    /// Entered a queue, each call once; counted when the call is over.
    Offered,
    /// Outcome `answered`.
    Answered,
    /// Answered calls by their wait: bucket n holds waits above 5 (n - 1) s up to 5 n s; 0 is no wait; the last,
    /// [`Metric::WAIT_BUCKET_MAX`], holds all that is longer.
    AnsweredWait(u8),
    /// Sum over answered calls of the time from entering the queue to a person's voice.
    WaitAnsweredMs,
    /// Sum over answered calls of the time from a person's voice to the end.
    TalkMs,
    /// Left while waiting for a person, not short.
    Abandoned,
    /// Left the queue too soon to count.
    ShortAbandoned,
    /// Left before entering a queue.
    LeftBeforeQueue,
    /// Outcome `recorded`.
    Recorded,
    /// Outcome `callback_requested`.
    CallbackRequested,
    /// Outcome `forwarded`.
    Forwarded,
    /// Outcome `self_served`.
    SelfServed,
    /// Outcome `rejected`.
    Rejected,
    /// Outcome `interrupted`.
    Interrupted,
    /// Time of specialists who waited for a call. This and the four below stand in the cells of the house
    /// ([`super::HOUSE`]), in the half hours in which the time was spent.
    AgentReadyMs,
    /// Time of specialists at whose desk it rang.
    AgentRingingMs,
    /// Time of specialists in a talk.
    AgentTalkingMs,
    /// Time of specialists who finished what a talk left to do.
    AgentWrapUpMs,
    /// Time of specialists on a break, for whatever reason.
    AgentBreakMs,
}

/// Width of a bucket of [`Metric::AnsweredWait`], in milliseconds.
pub(super) const BUCKET_MS: i64 = 5_000;

pub(super) const PLAIN: [(Metric, &str); 19] = [
    (Metric::Accepted, "accepted"),
    (Metric::Offered, "offered"),
    (Metric::Answered, "answered"),
    (Metric::WaitAnsweredMs, "wait_answered_ms"),
    (Metric::TalkMs, "talk_ms"),
    (Metric::Abandoned, "abandoned"),
    (Metric::ShortAbandoned, "short_abandoned"),
    (Metric::LeftBeforeQueue, "left_before_queue"),
    (Metric::Recorded, "recorded"),
    (Metric::CallbackRequested, "callback_requested"),
    (Metric::Forwarded, "forwarded"),
    (Metric::SelfServed, "self_served"),
    (Metric::Rejected, "rejected"),
    (Metric::Interrupted, "interrupted"),
    (Metric::AgentReadyMs, "agent_ready_ms"),
    (Metric::AgentRingingMs, "agent_ringing_ms"),
    (Metric::AgentTalkingMs, "agent_talking_ms"),
    (Metric::AgentWrapUpMs, "agent_wrap_up_ms"),
    (Metric::AgentBreakMs, "agent_break_ms"),
];

const WAIT: &str = "answered_wait_";

impl Metric {
    /// The bucket of the longest waits (over two minutes).
    pub const WAIT_BUCKET_MAX: u8 = 25;

    /// The longest wait that a bucket holds, in seconds; of the last bucket there is none, and this is no wait in it.
    pub fn bucket_s(bucket: u8) -> u16 {
        u16::from(bucket) * 5
    }

    /// The largest Y for which the buckets know the service level X/Y, in seconds.
    pub const ANSWER_WITHIN_S_MAX: u16 = 120;

    /// The bucket of a wait.
    pub fn wait_bucket(wait_ms: i64) -> u8 {
        let bucket = wait_ms.max(0).saturating_add(BUCKET_MS - 1) / BUCKET_MS;
        u8::try_from(bucket).unwrap_or(u8::MAX).min(Self::WAIT_BUCKET_MAX)
    }

    /// The name in tables; [`Metric::named`] reads it back.
    pub fn name(self) -> String {
        match self {
            Self::AnsweredWait(bucket) => format!("{WAIT}{bucket:02}"),
            Self::Accepted
            | Self::Offered
            | Self::Answered
            | Self::WaitAnsweredMs
            | Self::TalkMs
            | Self::Abandoned
            | Self::ShortAbandoned
            | Self::LeftBeforeQueue
            | Self::Recorded
            | Self::CallbackRequested
            | Self::Forwarded
            | Self::SelfServed
            | Self::Rejected
            | Self::Interrupted
            | Self::AgentReadyMs
            | Self::AgentRingingMs
            | Self::AgentTalkingMs
            | Self::AgentWrapUpMs
            | Self::AgentBreakMs => {
                PLAIN.iter().find(|(metric, _)| *metric == self).map(|(_, name)| (*name).to_owned()).unwrap_or_default()
            }
        }
    }

    /// The metric of a name in tables, or nothing.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(bucket) = name.strip_prefix(WAIT) {
            return bucket.parse().ok().filter(|n| *n <= Self::WAIT_BUCKET_MAX).map(Self::AnsweredWait);
        }
        PLAIN.iter().find(|(_, plain)| *plain == name).map(|(metric, _)| *metric)
    }
}
