//! Which calls a list, a count or a figure means, as conditions of SQL. Every condition is about a column that an index
//! begins with, or about a day's calls; what each figure counts stands here once, beside the fold that counts it.

use jiff::civil::Date;
use otklik_centre::figures::{ANSWER_WITHIN_S, Counted, SHORT_ABANDON_MS};
use otklik_model::{AgentId, LineId, SubjectId, UtcMs};
use sea_orm::Value;

use super::CallsQuery;
use crate::{names, sql};

/// What a list of calls is narrowed to, besides what [`CallsQuery`] says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only calls accepted on this local day or later.
    pub from: Option<Date>,
    /// Only calls accepted on this local day or earlier.
    pub to: Option<Date>,
    /// Only calls accepted in one of these spans (with their beginnings, without their ends).
    pub spans: Vec<(UtcMs, UtcMs)>,
    /// Only calls of this line.
    pub line: Option<LineId>,
    /// Only calls with whom this specialist spoke last.
    pub agent: Option<AgentId>,
    /// Only calls of which a recording is complete.
    pub recorded: bool,
    /// Only calls whose promise was due before this moment and is still open.
    pub overdue_at: Option<UtcMs>,
    /// Only the calls that this figure counts.
    pub counted: Option<Counted>,
}

/// Conditions with their values; `$1` is the caller's.
pub(crate) struct Conditions {
    values: Vec<Value>,
    all: Vec<String>,
}

/// The call left while waiting; of its line `c`, of its outcome `o`.
const LEFT_WAITING: &str = "c.outcome = 'abandoned' AND c.queued_at IS NOT NULL AND o.stage IN ('queue', 'ringing')";

impl Conditions {
    /// The conditions of a query; `first` is the value of `$1`.
    pub(crate) fn of(query: &CallsQuery, first: Value) -> Self {
        let mut conditions = Self { values: vec![first], all: Vec::new() };
        conditions.time(query);
        conditions.who(query);
        let wanted = &query.wanted;
        if wanted.recorded {
            // The first half has an index of its own.
            conditions.all.push("c.recording IS NOT NULL AND r.file IS NOT NULL".to_owned());
        }
        if let Some(at) = wanted.overdue_at {
            let at = conditions.place(Value::from(at.0));
            conditions
                .all
                .push(format!("c.id IN (SELECT due.id FROM promises due WHERE due.due_at < {at}{PROMISE_OPEN})"));
        }
        if let Some(counted) = wanted.counted {
            conditions.counted(counted, wanted.line.is_some());
        }
        conditions
    }

    /// `WHERE …`, or nothing, with the values of all places.
    pub(crate) fn into_sql(self) -> (String, Vec<Value>) {
        let text = if self.all.is_empty() { String::new() } else { format!("WHERE {}", self.all.join(" AND ")) };
        (text, self.values)
    }

    fn time(&mut self, query: &CallsQuery) {
        if let Some(day) = query.local_day {
            let day = self.place(names::day(day));
            self.all.push(format!("c.local_day = {day}"));
        }
        if let Some(from) = query.wanted.from {
            let from = self.place(names::day(from));
            self.all.push(format!("c.local_day >= {from}"));
        }
        if let Some(to) = query.wanted.to {
            let to = self.place(names::day(to));
            self.all.push(format!("c.local_day <= {to}"));
        }
        if !query.wanted.spans.is_empty() {
            let spans: Vec<String> = query.wanted.spans.iter().map(|span| self.span(*span)).collect();
            self.all.push(format!("({})", spans.join(" OR ")));
        }
        if let Some((at, id)) = query.before {
            let (at, id) = (self.place(Value::from(at.0)), self.place(names::uuid(id.0)));
            self.all.push(format!("(c.started_at, c.id) < ({at}, {id})"));
        }
    }

    fn span(&mut self, (from, to): (UtcMs, UtcMs)) -> String {
        let (from, to) = (self.place(Value::from(from.0)), self.place(Value::from(to.0)));
        format!("(c.started_at >= {from} AND c.started_at < {to})")
    }

    fn who(&mut self, query: &CallsQuery) {
        if let Some(outcome) = query.outcome {
            let outcome = self.place(Value::from(outcome.name()));
            self.all.push(format!("c.outcome = {outcome}"));
        }
        if let Some(SubjectId(subject)) = query.subject {
            let subject = self.place(names::uuid(subject));
            self.all.push(format!("c.subject = {subject}"));
        }
        if let Some(line) = &query.wanted.line {
            let line = self.place(Value::from(line.as_str()));
            self.all.push(format!("c.line = {line}"));
        }
        if let Some(agent) = &query.wanted.agent {
            let agent = self.place(Value::from(agent.as_str()));
            self.all.push(format!("c.agent = {agent}"));
        }
    }

    fn counted(&mut self, counted: Counted, of_one_line: bool) {
        let text = match counted {
            Counted::Accepted => return,
            Counted::Offered => "c.queued_at IS NOT NULL AND c.outcome IS NOT NULL".to_owned(),
            Counted::Answered => "c.outcome = 'answered'".to_owned(),
            Counted::AnsweredInTime => {
                let within = self.place(sql::big(u64::from(ANSWER_WITHIN_S) * 1_000));
                format!(
                    "c.outcome = 'answered' AND \
                     COALESCE(c.answered_at, c.ended_at) - COALESCE(c.queued_at, c.started_at) <= {within}"
                )
            }
            Counted::Abandoned => self.left(">="),
            Counted::ShortAbandoned => self.left("<"),
            Counted::LeftBeforeQueue => {
                "c.outcome = 'abandoned' AND (c.queued_at IS NULL OR o.stage IN ('greeting', 'menu'))".to_owned()
            }
            Counted::Recorded => "c.outcome = 'recorded'".to_owned(),
            Counted::Interrupted => "c.outcome = 'interrupted'".to_owned(),
            Counted::Lost => self.lost(of_one_line),
        };
        self.all.push(text);
    }

    fn left(&mut self, compared: &str) -> String {
        let short = self.place(Value::from(SHORT_ABANDON_MS));
        format!("{LEFT_WAITING} AND c.ended_at - c.queued_at {compared} {short}")
    }

    /// The last abandoned call of a person on its day: no later one of the same kind.
    fn lost(&mut self, of_one_line: bool) -> String {
        let left = self.left(">=");
        let short = self.place(Value::from(SHORT_ABANDON_MS));
        let same_line = if of_one_line { " AND l.line = c.line" } else { "" };
        format!(
            "{left} AND c.subject IS NOT NULL AND NOT EXISTS (SELECT 1 FROM calls l JOIN outcomes lo \
             ON lo.call_id = l.id WHERE l.subject = c.subject AND l.local_day = c.local_day{same_line} \
             AND (l.started_at, l.id) > (c.started_at, c.id) AND l.outcome = 'abandoned' AND l.queued_at IS NOT NULL \
             AND lo.stage IN ('queue', 'ringing') AND l.ended_at - l.queued_at >= {short})"
        )
    }

    fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}

/// What else makes a promise one that is still owed.
const PROMISE_OPEN: &str = " AND due.state IN ('open', 'taken')";
