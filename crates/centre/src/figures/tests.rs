//! The definitions of the figures, call by call and summed.

use jiff::civil::date;
use jiff::tz::TimeZone;
use otklik_model::{AbandonStage, CallEnded, CallId, Envelope, Fact, HangupSide, LineId, Outcome, UtcMs};
use uuid::Uuid;

use super::{Day, FORMULA_VERSION, Metric, cell, fold};

const CALL: CallId = CallId(Uuid::from_u128(1));

/// 2026-11-24T20:59:59.999Z: the last millisecond of the local day in Moscow is still an hour away in Samara.
const START: i64 = 1_795_553_999_999;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("the zone is known")
}

/// A call that waited from `queued` and was answered at `answered` (ms after its start), ended at `ended`.
fn end(outcome: Outcome, queued: Option<i64>, answered: Option<i64>, ended: i64) -> Envelope {
    let after = |ms: i64| UtcMs(START + ms);
    let fact = Fact::CallEnded(CallEnded {
        call: CALL,
        line: LineId::new("help"),
        outcome,
        side: HangupSide::Caller,
        started_at: UtcMs(START),
        queued_at: queued.map(after),
        answered_at: answered.map(after),
        agent: None,
    });
    Envelope { partition: 0, seq: 2, epoch: 1, at: after(ended), fact }
}

fn counted(envelope: &Envelope) -> Vec<(Metric, i64)> {
    fold(envelope, &zone("Europe/Moscow")).into_iter().map(|delta| (delta.metric, delta.add)).collect()
}

#[test]
fn all_figures_of_a_call_stand_in_the_cell_of_its_start() {
    let (moscow, samara) = (zone("Europe/Moscow"), zone("Europe/Samara"));
    assert_eq!(cell(UtcMs(START), &moscow), (date(2026, 11, 24), 47));
    assert_eq!(cell(UtcMs(START + 1), &moscow), (date(2026, 11, 25), 0));
    assert_eq!(cell(UtcMs(START), &samara), (date(2026, 11, 25), 1));

    let accepted = Fact::CallAccepted { call: CALL, line: LineId::new("help"), subject: None };
    let accepted = Envelope { partition: 0, seq: 1, epoch: 1, at: UtcMs(START), fact: accepted };
    let ended = end(Outcome::Answered, Some(1_000), Some(8_000), 90_000_000);
    let deltas: Vec<_> = [accepted, ended].iter().flat_map(|envelope| fold(envelope, &moscow)).collect();
    assert_eq!(deltas.len(), 6);
    assert!(deltas.iter().all(|delta| (delta.local_day, delta.half_hour) == (date(2026, 11, 24), 47)));
}

#[test]
fn each_outcome_counts_once() {
    let queue = Outcome::Abandoned(AbandonStage::Queue);
    let ringing = Outcome::Abandoned(AbandonStage::Ringing);
    let greeting = Outcome::Abandoned(AbandonStage::Greeting);
    let answered = |bucket, wait_ms, talk_ms| {
        vec![
            (Metric::Offered, 1),
            (Metric::Answered, 1),
            (Metric::AnsweredWait(bucket), 1),
            (Metric::WaitAnsweredMs, wait_ms),
            (Metric::TalkMs, talk_ms),
        ]
    };
    let offered = |metric| vec![(Metric::Offered, 1), (metric, 1)];
    let table: Vec<(Envelope, Vec<(Metric, i64)>)> = vec![
        (end(Outcome::Answered, Some(0), Some(0), 60_000), answered(0, 0, 60_000)),
        (end(Outcome::Answered, Some(1_000), Some(31_000), 60_000), answered(6, 30_000, 29_000)),
        (end(Outcome::Answered, Some(1_000), Some(31_001), 60_000), answered(7, 30_001, 28_999)),
        (end(Outcome::Answered, Some(0), Some(3_600_000), 3_600_000), answered(25, 3_600_000, 0)),
        (end(queue, Some(1_000), None, 5_999), offered(Metric::ShortAbandoned)),
        (end(queue, Some(1_000), None, 6_000), offered(Metric::Abandoned)),
        (end(ringing, Some(1_000), None, 9_000), offered(Metric::Abandoned)),
        (end(greeting, None, None, 900), vec![(Metric::LeftBeforeQueue, 1)]),
        (end(queue, None, None, 90_000), vec![(Metric::LeftBeforeQueue, 1)]),
        (end(Outcome::Interrupted, Some(1_000), Some(2_000), 9_000), offered(Metric::Interrupted)),
        (end(Outcome::CallbackRequested, None, None, 9_000), vec![(Metric::CallbackRequested, 1)]),
    ];
    for (envelope, expected) in table {
        assert_eq!(counted(&envelope), expected, "{:?}", envelope.fact);
    }
}

#[test]
fn a_day_divides_only_by_calls_that_were_offered_and_not_short() {
    let calls = [
        end(Outcome::Answered, Some(0), Some(30_000), 90_000),
        end(Outcome::Answered, Some(0), Some(30_001), 90_000),
        end(Outcome::Abandoned(AbandonStage::Queue), Some(0), None, 60_000),
        end(Outcome::Abandoned(AbandonStage::Queue), Some(0), None, 4_000),
        end(Outcome::Abandoned(AbandonStage::Greeting), None, None, 4_000),
        end(Outcome::Interrupted, Some(0), None, 4_000),
    ];
    let counts = calls.iter().flat_map(counted).chain([(Metric::Accepted, 6)]);
    let expected = Day {
        formula_version: FORMULA_VERSION,
        accepted: 6,
        offered: 5,
        answered: 2,
        abandoned: 1,
        short_abandoned: 1,
        interrupted: 1,
        answer_within_s: 30,
        service_level_bp: Some(2_500),
        asa_ms: Some(30_001),
    };
    assert_eq!(Day::of(counts, 30), expected);
    let nobody = Day::of([(Metric::Accepted, 1)], 30);
    assert_eq!((nobody.service_level_bp, nobody.asa_ms), (None, None));
}

#[test]
fn every_metric_is_read_back_by_its_name() {
    let plain = super::metric::PLAIN.iter().map(|(metric, _)| *metric);
    let waits = (0..=Metric::WAIT_BUCKET_MAX).map(Metric::AnsweredWait);
    for metric in plain.chain(waits) {
        assert_eq!(Metric::named(&metric.name()), Some(metric), "{metric:?}");
    }
    assert_eq!(Metric::named("answered_wait_26"), None);
    assert_eq!(Metric::named(""), None);
}
