//! The figures of summed cells: all definitions that divide stand here.

use serde::{Deserialize, Serialize};

use super::{FORMULA_VERSION, Metric};

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
    /// Of these, those answered within the Y of the service level.
    pub answered_in_time: i64,
    /// Calls whose caller left while waiting for a person, without the short ones.
    pub abandoned: i64,
    /// Calls whose caller left the queue in under [`super::SHORT_ABANDON_MS`].
    pub short_abandoned: i64,
    /// Calls whose caller left before entering a queue.
    pub left_before_queue: i64,
    /// Calls in which a message was left.
    pub recorded: i64,
    /// Calls that we broke off.
    pub interrupted: i64,
    /// The Y of the service level, in seconds.
    pub answer_within_s: u16,
    /// Answered within Y / (offered - short abandons), in hundredths of a percent (8000 = 80 %); nothing where
    /// nobody was offered.
    pub service_level_bp: Option<i64>,
    /// Abandoned / (offered - short abandons), in hundredths of a percent.
    pub abandonment_bp: Option<i64>,
    /// Mean time from entering the queue to a person's voice over answered calls, in milliseconds.
    pub asa_ms: Option<i64>,
    /// At least half of the answered calls waited so long at most, in seconds, rounded up to five;
    /// [`Day::OVER_S`] = longer than two minutes.
    pub wait_median_s: Option<u16>,
    /// The same of nine calls in ten.
    pub wait_p90_s: Option<u16>,
    /// (Talk + wrap-up) / answered, in milliseconds; of the house only.
    pub aht_ms: Option<i64>,
    /// (Ringing + talk + wrap-up) / (that + ready), in hundredths of a percent; of the house only.
    pub occupancy_bp: Option<i64>,
}

/// Sums of which figures are made and that are no figure of their own.
#[derive(Debug, Default)]
struct Sums {
    wait_ms: i64,
    talk_ms: i64,
    wrap_up_ms: i64,
    busy_ms: i64,
    ready_ms: i64,
    waits: [i64; Metric::WAIT_BUCKET_MAX as usize + 1],
}

impl Day {
    /// A wait that no bucket bounds: longer than two minutes.
    pub const OVER_S: u16 = 125;

    /// The figures of summed cells; `answer_within_s` is the Y of the service level, taken up to the next multiple of
    /// five seconds and at most [`Metric::ANSWER_WITHIN_S_MAX`].
    pub fn of(cells: impl IntoIterator<Item = (Metric, i64)>, answer_within_s: u16) -> Self {
        let answer_within_s = answer_within_s.min(Metric::ANSWER_WITHIN_S_MAX);
        let mut day = Self { formula_version: FORMULA_VERSION, answer_within_s, ..Self::default() };
        let mut sums = Sums::default();
        for (metric, n) in cells {
            day.add(metric, n, &mut sums);
        }
        let in_time = usize::from(Metric::wait_bucket(i64::from(answer_within_s) * 1_000));
        day.answered_in_time = sums.waits.iter().take(in_time + 1).sum();
        let served = day.offered - day.short_abandoned;
        day.service_level_bp = share_bp(day.answered_in_time, served);
        day.abandonment_bp = share_bp(day.abandoned, served);
        day.asa_ms = mean(sums.wait_ms, day.answered);
        day.aht_ms = mean(sums.talk_ms + sums.wrap_up_ms, day.answered);
        day.occupancy_bp = share_bp(sums.busy_ms, sums.busy_ms + sums.ready_ms);
        day.wait_median_s = bound_s(&sums.waits, 50);
        day.wait_p90_s = bound_s(&sums.waits, 90);
        day
    }

    /// The same as the figures of one line: specialists serve all lines, so their time is not said of one.
    #[must_use]
    pub fn of_one_line(self) -> Self {
        Self { aht_ms: None, occupancy_bp: None, ..self }
    }

    fn add(&mut self, metric: Metric, n: i64, sums: &mut Sums) {
        match metric {
            Metric::Accepted => self.accepted += n,
            Metric::Offered => self.offered += n,
            Metric::Answered => self.answered += n,
            Metric::AnsweredWait(bucket) => {
                if let Some(waits) = sums.waits.get_mut(usize::from(bucket)) {
                    *waits += n;
                }
            }
            Metric::WaitAnsweredMs => sums.wait_ms += n,
            Metric::TalkMs => sums.talk_ms += n,
            Metric::Abandoned => self.abandoned += n,
            Metric::ShortAbandoned => self.short_abandoned += n,
            Metric::LeftBeforeQueue => self.left_before_queue += n,
            Metric::Recorded => self.recorded += n,
            Metric::Interrupted => self.interrupted += n,
            Metric::AgentReadyMs => sums.ready_ms += n,
            Metric::AgentRingingMs | Metric::AgentTalkingMs => sums.busy_ms += n,
            Metric::AgentWrapUpMs => {
                sums.busy_ms += n;
                sums.wrap_up_ms += n;
            }
            Metric::CallbackRequested
            | Metric::Forwarded
            | Metric::SelfServed
            | Metric::Rejected
            | Metric::AgentBreakMs => {}
        }
    }
}

/// The bound of the bucket up to which at least `percent` of the calls lie.
fn bound_s(waits: &[i64], percent: i64) -> Option<u16> {
    let total: i64 = waits.iter().sum();
    if total <= 0 {
        return None;
    }
    let mut before = 0;
    for (bucket, n) in (0_u8..).zip(waits) {
        before += n;
        if before.saturating_mul(100) >= total.saturating_mul(percent) {
            return Some(Metric::bucket_s(bucket));
        }
    }
    None
}

fn share_bp(part: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| rounded(part.saturating_mul(10_000), of))
}

fn mean(sum: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| rounded(sum, of))
}

/// The quotient of two numbers that are not negative, rounded half up.
fn rounded(dividend: i64, divisor: i64) -> i64 {
    dividend.saturating_add(divisor / 2) / divisor
}
