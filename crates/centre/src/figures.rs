//! Folding facts into half-hour cells, and cells into the figures of a day. Each figure of a call stands in the cell
//! of the half hour in which the call was accepted, so that the figures of one call are never torn apart.
//! Nothing is looked up: all that a figure needs is in the fact that ends the call.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_model::{AbandonStage, AgentSpent, AgentState, CallEnded, Envelope, Fact, LineId, Outcome, UtcMs};

pub use counted::Counted;
pub use day::Day;
pub use metric::Metric;

mod counted;
mod day;
pub mod disclosure;
mod metric;
#[cfg(test)]
mod tests;

/// Version of the definitions below; printed beside every figure. Raising it rebuilds the cells.
pub const FORMULA_VERSION: u16 = 2;

/// Who leaves the queue sooner than this (milliseconds) is a short abandon: shown, and excluded.
pub const SHORT_ABANDON_MS: i64 = 5_000;

/// The Y of the service level X/Y where a line says nothing else, in seconds.
pub const ANSWER_WITHIN_S: u16 = 30;

/// The line of cells that are no line's: the time of specialists, who serve all lines.
pub const HOUSE: &str = "";

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
        Fact::AgentChanged { was: Some(was), .. } => spent(*was, envelope.at, zone),
        Fact::CentreStarted { .. }
        | Fact::CallQueued { .. }
        | Fact::CallOffered { .. }
        | Fact::OfferEnded { .. }
        | Fact::CallJoined(_)
        | Fact::SpecialistLost { .. }
        | Fact::PromiseMade { .. }
        | Fact::AgentChanged { was: None, .. }
        | Fact::PromiseTaken { .. }
        | Fact::PromiseReleased { .. }
        | Fact::PromiseTried { .. }
        | Fact::PromiseClosed { .. }
        | Fact::RecordingClosed(_)
        | Fact::RecordingStopped { .. }
        | Fact::MessageStarted { .. }
        | Fact::MessageSpoken { .. }
        | Fact::NumberGiven { .. }
        | Fact::RecordingRefused { .. }
        | Fact::LineModeChanged { .. } => Vec::new(),
    }
}

/// The cell in which a moment stands: local day and half hour of the day, 0..=47.
pub fn cell(at: UtcMs, zone: &TimeZone) -> (Date, u8) {
    let local = zone.to_datetime(at.timestamp());
    let half_hour = local.hour() * 2 + local.minute() / 30;
    (local.date(), half_hour.unsigned_abs())
}

/// How long a state of a specialist may last to count whole, milliseconds; of a longer one only the beginning counts.
const LONGEST_SPENT_MS: i64 = 24 * 3_600_000;
const HALF_HOUR_MS: i64 = 30 * 60_000;

/// The time of a state that is over, cut at the half hours.
fn spent(was: AgentSpent, until: UtcMs, zone: &TimeZone) -> Vec<Delta> {
    let metric = match was.state {
        AgentState::Offline => return Vec::new(),
        AgentState::Ready => Metric::AgentReadyMs,
        AgentState::Reserved { .. } => Metric::AgentRingingMs,
        AgentState::Talking { .. } => Metric::AgentTalkingMs,
        AgentState::WrapUp { .. } => Metric::AgentWrapUpMs,
        AgentState::Break { .. } => Metric::AgentBreakMs,
    };
    let until = until.min(was.since.plus_ms(LONGEST_SPENT_MS));
    let mut deltas = Vec::new();
    let mut from = was.since;
    while from < until {
        let (local_day, half_hour) = cell(from, zone);
        let to = until.min(from.plus_ms(HALF_HOUR_MS - into_half_hour_ms(from, zone)));
        deltas.push(Delta { local_day, half_hour, line: LineId::new(HOUSE), metric, add: to.since_ms(from) });
        from = to;
    }
    deltas
}

fn into_half_hour_ms(at: UtcMs, zone: &TimeZone) -> i64 {
    let local = zone.to_datetime(at.timestamp());
    i64::from(local.minute() % 30) * 60_000 + i64::from(local.second()) * 1_000 + i64::from(local.millisecond())
}

/// The moments of one half hour of a local day, as spans from (with it) to (without it); two where the clock repeats it.
pub fn spans(day: Date, half_hour: u8, zone: &TimeZone) -> Vec<(UtcMs, UtcMs)> {
    const STEP_MS: i64 = 15 * 60_000;
    let Ok(first) = day.to_zoned_datetime(zone.clone()) else { return Vec::new() };
    let first = first.timestamp().as_millisecond();
    let mut spans: Vec<(UtcMs, UtcMs)> = Vec::new();
    // A day has 25 hours at most.
    for from in (0..100).map(|n| UtcMs(first + n * STEP_MS)) {
        if cell(from, zone) != (day, half_hour) {
            continue;
        }
        let to = from.plus_ms(STEP_MS);
        match spans.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ => spans.push((from, to)),
        }
    }
    spans
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
