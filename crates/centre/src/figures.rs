//! Folding facts into half-hour cells, and cells into the figures of a day. Each figure of a call stands in the cell
//! of the half hour in which the call was accepted, so that the figures of one call are never torn apart.
//! Nothing is looked up: all that a figure needs is in the fact that ends the call.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_model::{AbandonStage, CallEnded, Envelope, Fact, LineId, Outcome, UtcMs};
use serde::{Deserialize, Serialize};

pub use metric::Metric;

mod metric;
#[cfg(test)]
mod tests;

/// Version of the definitions below; printed beside every figure. Raising it rebuilds the cells.
pub const FORMULA_VERSION: u16 = 1;

/// Who leaves the queue sooner than this (milliseconds) is a short abandon: shown, and excluded.
pub const SHORT_ABANDON_MS: i64 = 5_000;

/// The Y of the service level X/Y where a line says nothing else, in seconds.
pub const ANSWER_WITHIN_S: u16 = 30;

/// What one fact adds to one cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delta {
    /// The centre's local day on which the call was accepted.
    pub local_day: Date,
    /// Half hour of that day, 0..=47 (of the two that a change of the clock repeats, the sum).
    pub half_hour: u8,
    /// The line that was called.
    pub line: LineId,
    /// What is counted.
    pub metric: Metric,
    /// How much is added.
    pub add: i64,
}

/// The figures of a day, or of a half hour, of one line or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Version of the definitions.
    pub formula_version: u16,
    /// Calls that became ours.
    pub accepted: i64,
    /// Calls that entered a queue, each once, and are over.
    pub offered: i64,
    /// Calls with the outcome `answered`.
    pub answered: i64,
    /// Calls whose caller left while waiting for a person, without the short ones.
    pub abandoned: i64,
    /// Calls whose caller left the queue in under [`SHORT_ABANDON_MS`].
    pub short_abandoned: i64,
    /// Calls that we broke off.
    pub interrupted: i64,
    /// The Y of the service level, in seconds.
    pub answer_within_s: u16,
    /// Answered within Y / (offered - short abandons), in hundredths of a percent (8000 = 80 %); nothing where
    /// nobody was offered.
    pub service_level_bp: Option<i64>,
    /// Mean time from entering the queue to a person's voice over answered calls, in milliseconds.
    pub asa_ms: Option<i64>,
}

/// What the fact adds to the cells; `zone` is the centre's.
#[must_use]
pub fn fold(envelope: &Envelope, zone: &TimeZone) -> Vec<Delta> {
    match &envelope.fact {
        Fact::CallAccepted { line, .. } => {
            let (local_day, half_hour) = cell(envelope.at, zone);
            vec![Delta { local_day, half_hour, line: line.clone(), metric: Metric::Accepted, add: 1 }]
        }
        Fact::CallEnded(ended) => {
            let (local_day, half_hour) = cell(ended.started_at, zone);
            let of = |(metric, add)| Delta { local_day, half_hour, line: ended.line.clone(), metric, add };
            of_ended(ended, envelope.at).into_iter().map(of).collect()
        }
        Fact::CentreStarted { .. }
        | Fact::CallQueued { .. }
        | Fact::CallOffered { .. }
        | Fact::OfferEnded { .. }
        | Fact::CallJoined(_)
        | Fact::SpecialistLost { .. }
        | Fact::PromiseMade { .. }
        | Fact::AgentChanged { .. }
        | Fact::RecordingClosed(_)
        | Fact::RecordingStopped { .. }
        | Fact::LineModeChanged { .. } => Vec::new(),
    }
}

/// The cell in which a moment stands: local day and half hour of the day, 0..=47.
pub fn cell(at: UtcMs, zone: &TimeZone) -> (Date, u8) {
    let local = zone.to_datetime(at.timestamp());
    let half_hour = local.hour() * 2 + local.minute() / 30;
    (local.date(), half_hour.unsigned_abs())
}

impl Day {
    /// The figures of summed cells; `answer_within_s` is the Y of the service level, taken up to the next multiple of
    /// five seconds and at most [`Metric::ANSWER_WITHIN_S_MAX`].
    pub fn of(cells: impl IntoIterator<Item = (Metric, i64)>, answer_within_s: u16) -> Self {
        let answer_within_s = answer_within_s.min(Metric::ANSWER_WITHIN_S_MAX);
        let mut day = Self { formula_version: FORMULA_VERSION, answer_within_s, ..Self::default() };
        let (mut in_time, mut wait_ms) = (0_i64, 0_i64);
        for (metric, n) in cells {
            match metric {
                Metric::Accepted => day.accepted += n,
                Metric::Offered => day.offered += n,
                Metric::Answered => day.answered += n,
                Metric::AnsweredWait(bucket) if bucket <= Metric::wait_bucket(i64::from(answer_within_s) * 1_000) => {
                    in_time += n;
                }
                Metric::WaitAnsweredMs => wait_ms += n,
                Metric::Abandoned => day.abandoned += n,
                Metric::ShortAbandoned => day.short_abandoned += n,
                Metric::Interrupted => day.interrupted += n,
                Metric::AnsweredWait(_)
                | Metric::TalkMs
                | Metric::LeftBeforeQueue
                | Metric::Recorded
                | Metric::CallbackRequested
                | Metric::Forwarded
                | Metric::SelfServed
                | Metric::Rejected => {}
            }
        }
        let served = day.offered - day.short_abandoned;
        day.service_level_bp = (served > 0).then(|| rounded(in_time.saturating_mul(10_000), served));
        day.asa_ms = (day.answered > 0).then(|| rounded(wait_ms, day.answered));
        day
    }
}

/// The quotient of two numbers that are not negative, rounded half up.
fn rounded(dividend: i64, divisor: i64) -> i64 {
    dividend.saturating_add(divisor / 2) / divisor
}

fn of_ended(ended: &CallEnded, ended_at: UtcMs) -> Vec<(Metric, i64)> {
    let mut adds = Vec::with_capacity(5);
    if ended.queued_at.is_some() {
        adds.push((Metric::Offered, 1));
    }
    match ended.outcome {
        Outcome::Answered => {
            let answered_at = ended.answered_at.unwrap_or(ended_at);
            let wait_ms = answered_at.since_ms(ended.queued_at.unwrap_or(ended.started_at));
            adds.push((Metric::Answered, 1));
            adds.push((Metric::AnsweredWait(Metric::wait_bucket(wait_ms)), 1));
            adds.push((Metric::WaitAnsweredMs, wait_ms));
            adds.push((Metric::TalkMs, ended_at.since_ms(answered_at)));
        }
        Outcome::Abandoned(stage) => adds.push((abandoned(stage, ended.queued_at, ended_at), 1)),
        Outcome::Recorded => adds.push((Metric::Recorded, 1)),
        Outcome::CallbackRequested => adds.push((Metric::CallbackRequested, 1)),
        Outcome::Forwarded => adds.push((Metric::Forwarded, 1)),
        Outcome::SelfServed => adds.push((Metric::SelfServed, 1)),
        Outcome::Rejected => adds.push((Metric::Rejected, 1)),
        Outcome::Interrupted => adds.push((Metric::Interrupted, 1)),
    }
    adds
}

/// Whoever never entered a queue did not abandon it, whatever the stage says.
fn abandoned(stage: AbandonStage, queued_at: Option<UtcMs>, left_at: UtcMs) -> Metric {
    let Some(queued_at) = queued_at else { return Metric::LeftBeforeQueue };
    match stage {
        AbandonStage::Greeting | AbandonStage::Menu => Metric::LeftBeforeQueue,
        AbandonStage::Queue | AbandonStage::Ringing if left_at.since_ms(queued_at) < SHORT_ABANDON_MS => {
            Metric::ShortAbandoned
        }
        AbandonStage::Queue | AbandonStage::Ringing => Metric::Abandoned,
    }
}
