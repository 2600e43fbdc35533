//! The live centre and its lists: indexes for the filters of the calls, who saw which alarm, and
//! appeals by topic for the page of the press.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0007_centre", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[
    "CREATE INDEX calls_of_line ON calls (line, started_at, id)",
    "CREATE INDEX calls_of_agent ON calls (agent, started_at, id)",
    "CREATE INDEX calls_recorded ON calls (started_at, id) WHERE recording IS NOT NULL",
    // One row an alarm that somebody saw; it comes back when it is worse than it was then.
    "CREATE TABLE alarms_seen (
        alarm TEXT NOT NULL PRIMARY KEY, since BIGINT NOT NULL, weight BIGINT NOT NULL, who TEXT NOT NULL,
        seen_at BIGINT NOT NULL)",
    // Appeals by the day on which they were registered and by their main topic then: moved at filing.
    "CREATE TABLE topic_totals (
        local_day TEXT NOT NULL, topic TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (local_day, topic))",
];
