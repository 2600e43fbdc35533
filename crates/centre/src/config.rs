//! What the rules are told about a centre: its lines and thresholds. Where it comes from (a file, a database) is not
//! known here.

use otklik_model::{LineId, LineMode, PhoneNumber};

use crate::calendar::Hours;
use crate::retry::RetryPolicy;

/// The settings of one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreConfig {
    /// Published lines; the first also takes calls to a number that none of them has.
    pub lines: Vec<Line>,
    /// Numbers that the rules depend on.
    pub thresholds: Thresholds,
}

/// A published number with its hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Its name on screens.
    pub name: String,
    /// The number that people call.
    pub number: PhoneNumber,
    /// When it is open in the mode "as in the calendar".
    pub hours: Hours,
    /// Its switch when nobody has turned it yet.
    pub mode: LineMode,
    /// Are talks recorded?
    pub recorded: bool,
    /// May callers leave a message where nobody answers? Where not, a closed line says farewell.
    pub recorder: bool,
    /// Days that recordings stay; 0 = for ever.
    pub keep_days: u32,
}

/// Times and limits of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// How long a desk rings before the call is passed on, milliseconds.
    pub offer_ms: u64,
    /// How long wrap-up lasts at most, milliseconds.
    pub wrap_up_ms: u64,
    /// How long a call that a specialist did not take is not offered to the same person again, milliseconds.
    pub same_person_pause_ms: u64,
    /// Missed offers in a row that put a specialist on a break.
    pub missed_offers: u32,
    /// How long a specialist whose sound broke off in a talk may take to come back, milliseconds.
    pub lost_grace_ms: u64,
    /// Callers who may wait at once; one more whose number we know is told that we ring back.
    pub max_waiting: usize,
    /// A second limit, for those whose number we do not know: they wait until this one is reached.
    pub max_waiting_withheld: usize,
    /// Within how many milliseconds a call back after a break by our fault is due in open hours.
    pub fault_due_ms: i64,
    /// How we try to reach those whom we owe a call.
    pub retry: RetryPolicy,
    /// How long a message may last, milliseconds.
    pub message_ms: u64,
    /// For how long no desk has to be open until callers are offered to leave a message, milliseconds.
    pub nobody_ms: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            offer_ms: 20_000,
            wrap_up_ms: 120_000,
            same_person_pause_ms: 30_000,
            missed_offers: 2,
            lost_grace_ms: 15_000,
            max_waiting: 40,
            max_waiting_withheld: 80,
            fault_due_ms: 15 * 60_000,
            retry: RetryPolicy::default(),
            message_ms: 180_000,
            nobody_ms: 120_000,
        }
    }
}

impl CentreConfig {
    /// The line that a called number belongs to.
    pub(crate) fn line_called(&self, called: &str) -> Option<&Line> {
        let called = PhoneNumber::parse(called).ok();
        let by_number = called.and_then(|called| self.lines.iter().find(|line| line.number == called));
        by_number.or_else(|| self.lines.first())
    }
}
