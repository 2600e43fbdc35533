//! The definitions of the figures, call by call and summed.

use jiff::civil::date;
use jiff::tz::TimeZone;
use otklik_model::{
    AbandonStage, AgentId, AgentSpent, AgentState, BreakReason, CallEnded, CallId, Envelope, Fact, HangupSide, LineId,
    Outcome, UtcMs,
};
use uuid::Uuid;

use super::{Day, FORMULA_VERSION, Metric, cell, fold, spans};

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
        answered_in_time: 1,
        abandoned: 1,
        short_abandoned: 1,
        left_before_queue: 1,
        recorded: 0,
        interrupted: 1,
        answer_within_s: 30,
        service_level_bp: Some(2_500),
        abandonment_bp: Some(2_500),
        asa_ms: Some(30_001),
        wait_median_s: Some(30),
        wait_p90_s: Some(35),
        aht_ms: Some(60_000),
        occupancy_bp: None,
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

/// The end of a state that began at `since` and lasted so long.
fn state_over(state: AgentState, since: i64, ms: i64) -> Envelope {
    let was = Some(AgentSpent { state, since: UtcMs(since) });
    let fact = Fact::AgentChanged { agent: AgentId::new("anna"), state: AgentState::Offline, by: None, was };
    Envelope { partition: 0, seq: 3, epoch: 1, at: UtcMs(since + ms), fact }
}

#[test]
fn the_time_of_specialists_is_cut_at_the_half_hours_and_nothing_of_it_is_lost() {
    let moscow = zone("Europe/Moscow");
    // From 23:50 to 00:40: a tail of the 24th, a whole half hour and a head of another of the 25th.
    let since = START + 1 - 10 * 60_000;
    let deltas = fold(&state_over(AgentState::Ready, since, 50 * 60_000), &moscow);
    let told: Vec<_> = deltas.iter().map(|d| (d.local_day, d.half_hour, d.metric, d.add)).collect();
    let of = |day, half_hour, minutes: i64| (date(2026, 11, day), half_hour, Metric::AgentReadyMs, minutes * 60_000);
    assert_eq!(told, [of(24, 47, 10), of(25, 0, 30), of(25, 1, 10)]);
    assert!(deltas.iter().all(|delta| delta.line.as_str() == super::HOUSE));
    assert_eq!(fold(&state_over(AgentState::Offline, since, 50 * 60_000), &moscow), []);
    let forgotten = fold(&state_over(AgentState::Ready, since, 90 * 24 * 3_600_000), &moscow);
    assert_eq!(forgotten.iter().map(|delta| delta.add).sum::<i64>(), 24 * 3_600_000, "a state has a longest length");
}

#[test]
fn occupancy_and_handling_time_count_wrap_up() {
    let minutes = |state, n: i64| counted(&state_over(state, START, n * 60_000));
    let cells = [
        minutes(AgentState::Ready, 10),
        minutes(AgentState::Reserved { call: CALL }, 1),
        minutes(AgentState::Talking { call: CALL }, 19),
        minutes(AgentState::WrapUp { call: CALL }, 10),
        minutes(AgentState::Break { reason: BreakReason::Rest }, 60),
        counted(&end(Outcome::Answered, Some(0), Some(0), 19 * 60_000)),
        counted(&end(Outcome::Answered, Some(0), Some(0), 60_000)),
    ];
    let day = Day::of(cells.into_iter().flatten(), 30);
    assert_eq!((day.occupancy_bp, day.aht_ms), (Some(7_500), Some(15 * 60_000)), "30 of 40 minutes; 20 + 10 over 2");
    assert_eq!((day.of_one_line().occupancy_bp, day.of_one_line().aht_ms), (None, None));
}

#[test]
fn a_percentile_is_the_bound_of_its_bucket() {
    let waits = |list: &[i64]| {
        let ends: Vec<_> = list.iter().map(|ms| end(Outcome::Answered, Some(0), Some(*ms), *ms)).collect();
        let day = Day::of(ends.iter().flat_map(counted), 30);
        (day.wait_median_s, day.wait_p90_s)
    };
    assert_eq!(waits(&[]), (None, None));
    assert_eq!(waits(&[0]), (Some(0), Some(0)));
    assert_eq!(waits(&[1, 5_000, 5_001, 60_000]), (Some(5), Some(60)));
    assert_eq!(waits(&[1, 500_000]), (Some(5), Some(Day::OVER_S)));
}

#[test]
fn the_spans_of_a_half_hour_are_the_moments_that_stand_in_its_cell() {
    for (name, day, length_h) in [("Europe/Moscow", date(2026, 11, 24), 24), ("Europe/Berlin", date(2026, 10, 25), 25)]
    {
        let zone = zone(name);
        let all: Vec<_> = (0..48).flat_map(|half_hour| spans(day, half_hour, &zone)).collect();
        assert_eq!(all.iter().map(|(from, to)| to.since_ms(*from)).sum::<i64>(), length_h * 3_600_000, "{name}");
        for (half_hour, (from, to)) in (0..48).flat_map(|n| spans(day, n, &zone).into_iter().map(move |span| (n, span)))
        {
            assert_eq!((cell(from, &zone), cell(to.plus_ms(-1), &zone)), ((day, half_hour), (day, half_hour)));
        }
    }
}
