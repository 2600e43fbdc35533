//! Figures and lists are two ways to the same calls: each figure opens to exactly as many as it says; the ways through
//! a long list have their indexes.

use jiff::civil::{Date, date};
use otklik_centre::figures::{Counted, Day, spans};
use otklik_model::{
    AbandonStage, AgentId, AgentSpent, AgentState, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId,
    OfferId, Outcome, QueueEntry, SubjectId, UtcMs,
};
use otklik_store::verify::FaultCode;
use otklik_store::{CallsQuery, Store, Wanted};
use uuid::Uuid;

use crate::place::{Place, append_all, zone};

/// 2026-11-23T21:00:00Z, midnight in Moscow.
const MIDNIGHT: i64 = 1_795_467_600_000;
const DAY: Date = date(2026, 11, 24);

/// A number that looks like chance and is always the same (Knuth's multiplier).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

/// The facts of a random day and of a bit of the next: calls of every fate, few people who call again and again.
fn random_day(seed: u64, calls: u128) -> Vec<Envelope> {
    let mut chance = Chance(seed);
    let mut facts: Vec<(i64, Fact)> = vec![(MIDNIGHT, Fact::CentreStarted { program: "0.1.0".to_owned() })];
    for n in 1..=calls {
        one_call(&mut chance, CallId(Uuid::from_u128((0x0193_6b5c << 96) | n)), &mut facts);
        let since = MIDNIGHT + chance.below(80_000_000);
        let was = Some(AgentSpent { state: AgentState::Ready, since: UtcMs(since) });
        let agent = AgentId::new("vera");
        facts.push((
            since + chance.below(3_000_000),
            Fact::AgentChanged { agent, state: AgentState::Offline, by: None, was },
        ));
    }
    facts.sort_by_key(|(at, _)| *at);
    let envelope = |(seq, (at, fact))| Envelope { partition: 0, seq, epoch: 1, at: UtcMs(at), fact };
    (1..).zip(facts).map(envelope).collect()
}

fn one_call(chance: &mut Chance, call: CallId, facts: &mut Vec<(i64, Fact)>) {
    let start = MIDNIGHT + chance.below(90_000_000);
    let line = LineId::new(["help", "jobs"][usize::from(chance.below(3) == 0)]);
    let person = u128::try_from(chance.below(25)).expect("small");
    let subject = (person > 4).then(|| SubjectId(Uuid::from_u128(0x500 + person)));
    facts.push((start, Fact::CallAccepted { call, line: line.clone(), subject }));
    let queued = (chance.below(8) > 0).then(|| start + 1_000);
    let left =
        start + 1_000 + [0, 4_999, 5_000, 30_000, 30_001, 60_000][usize::try_from(chance.below(6)).expect("0..6")];
    if let Some(at) = queued {
        facts.push((at, Fact::CallQueued { call, entry: QueueEntry::First }));
    }
    let agent = AgentId::new(["anna", "vera"][usize::from(chance.below(2) == 0)]);
    let (outcome, answered) = match (chance.below(6), queued) {
        (0, Some(_)) => (Outcome::Abandoned(AbandonStage::Queue), None),
        (1, Some(_)) => (Outcome::Abandoned(AbandonStage::Ringing), None),
        (2, _) => (Outcome::Interrupted, None),
        (_, Some(_)) => (Outcome::Answered, Some(left)),
        (3, None) => (Outcome::Recorded, None),
        (_, None) => (Outcome::Abandoned(AbandonStage::Greeting), None),
    };
    if answered.is_some() {
        facts.push((left, Fact::CallOffered { call, agent: agent.clone(), offer: OfferId(1) }));
        facts.push((left, Fact::CallJoined(CallJoined { call, agent: agent.clone(), recording: None })));
    }
    // Some calls go on.
    if chance.below(20) == 0 {
        return;
    }
    let ended = answered.map_or(left, |at| at + chance.below(600_000));
    let agent = answered.map(|_| agent);
    let ended_fact = CallEnded {
        call,
        line,
        outcome,
        side: HangupSide::Caller,
        started_at: UtcMs(start),
        queued_at: queued.map(UtcMs),
        answered_at: answered.map(UtcMs),
        agent,
    };
    facts.push((ended, Fact::CallEnded(ended_fact)));
}

/// What a figure says, where it counts calls.
fn said(figures: &Day, counted: Counted) -> Option<i64> {
    Some(match counted {
        Counted::Accepted => figures.accepted,
        Counted::Offered => figures.offered,
        Counted::Answered => figures.answered,
        Counted::AnsweredInTime => figures.answered_in_time,
        Counted::Abandoned => figures.abandoned,
        Counted::ShortAbandoned => figures.short_abandoned,
        Counted::LeftBeforeQueue => figures.left_before_queue,
        Counted::Recorded => figures.recorded,
        Counted::Interrupted => figures.interrupted,
        Counted::Lost => return None,
    })
}

async fn listed(store: &Store, wanted: Wanted) -> i64 {
    let query = CallsQuery { limit: 200, local_day: Some(DAY), wanted, ..CallsQuery::default() };
    let counted = store.calls_count(&query, 10_000).await.expect("counted");
    let mut rows = 0;
    let mut before = None;
    loop {
        let page = store.calls(CallsQuery { before, ..query.clone() }).await.expect("listed");
        let Some(last) = page.last() else { break };
        before = Some((last.started_at, last.id));
        rows += page.len();
    }
    assert_eq!(usize::try_from(counted).expect("small"), rows, "the count is that of the list");
    i64::try_from(rows).expect("small")
}

#[tokio::test]
async fn every_figure_opens_to_exactly_its_calls() {
    let place = Place::new();
    let store = place.lead().await;
    append_all(&store, &random_day(7, 600)).await;
    // Nothing is promised in this story.
    let faults = store.verify(&place.recordings()).await.expect("verified").faults;
    assert!(faults.iter().all(|fault| fault.code == FaultCode::NoPromise), "{faults:?}");

    for line in [None, Some(LineId::new("help")), Some(LineId::new("jobs"))] {
        let day = store.day_figures(line.as_ref(), DAY).await.expect("read");
        let half_hours = store.half_hours(line.as_ref(), DAY).await.expect("read");
        for counted in Counted::ALL {
            let wanted = Wanted { line: line.clone(), counted: Some(counted), ..Wanted::default() };
            let Some(figure) = said(&day, counted) else { continue };
            assert!(figure > 0, "{counted:?} of {line:?} happens");
            assert_eq!(listed(&store, wanted.clone()).await, figure, "{counted:?} of {line:?}");
            let sum: i64 = half_hours.iter().filter_map(|(_, figures)| said(figures, counted)).sum();
            assert_eq!(sum, figure, "the half hours add up to the day: {counted:?} of {line:?}");
        }
        for (half_hour, figures) in half_hours.iter().step_by(5) {
            for counted in [Counted::Accepted, Counted::AnsweredInTime, Counted::Abandoned] {
                let spans = spans(DAY, *half_hour, &zone());
                let wanted = Wanted { line: line.clone(), spans, counted: Some(counted), ..Wanted::default() };
                let figure = said(figures, counted).expect("counts calls");
                assert_eq!(listed(&store, wanted).await, figure, "{counted:?} at {half_hour} of {line:?}");
            }
        }
        let lost = store.lost(line.as_ref(), DAY).await.expect("read");
        assert!(lost.iter().any(|one| one.spoken_at.is_some()) && lost.iter().any(|one| one.spoken_at.is_none()));
        assert!(lost.iter().all(|one| one.spoken_at.is_none_or(|at| at > one.left_at)));
        let wanted = Wanted { line: line.clone(), counted: Some(Counted::Lost), ..Wanted::default() };
        assert_eq!(listed(&store, wanted).await, i64::try_from(lost.len()).expect("small"));
    }
    let months = store.months(DAY).await.expect("read");
    let all = store.day_figures(None, DAY).await.expect("read");
    assert_eq!(
        months.iter().map(|(month, day)| (month.as_str(), day.answered)).collect::<Vec<_>>(),
        [("2026-11", all.answered)]
    );
    assert_eq!(store.first_day().await.expect("read"), Some(DAY));
}

#[tokio::test]
async fn a_hundred_thousand_calls_are_found_by_their_indexes() {
    let place = Place::new();
    let store = place.lead().await;
    // One call a minute, the newest ones of 2026-11-24.
    let fill = "INSERT INTO calls (id, line, subject, started_at, local_day, queued_at, answered_at, ended_at, agent, \
        recording, offers, outcome, last_seq) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
        SELECT printf('01936b5c-0000-7000-8000-%012d', i), CASE i % 3 WHEN 0 THEN 'jobs' ELSE 'help' END, \
        printf('00000000-0000-0000-0000-%012d', i % 5000), 1795496400000 - (100000 - i) * 60000, \
        date((1795496400000 - (100000 - i) * 60000) / 1000 + 10800, 'unixepoch'), 0, NULL, 0, \
        CASE i % 10 WHEN 0 THEN 'anna' ELSE 'vera' END, CASE i % 2 WHEN 0 THEN 'x.wav' END, 1, 'answered', i FROM n";
    place.behind_once(fill).await;
    place
        .behind_once(
            "INSERT INTO promises (id, call_id, subject, kind, due_at, made_at) \
        SELECT id, id, subject, 'callback', started_at + 1, started_at FROM calls WHERE last_seq % 1000 = 0",
        )
        .await;

    let wanted = |wanted| CallsQuery { limit: 50, wanted, ..CallsQuery::default() };
    let table = [
        (wanted(Wanted::default()), "c USING INDEX calls_newest"),
        (CallsQuery { local_day: Some(DAY), ..wanted(Wanted::default()) }, "c USING INDEX calls_day (local_day=?"),
        (
            wanted(Wanted { line: Some(LineId::new("jobs")), ..Wanted::default() }),
            "c USING INDEX calls_of_line (line=?",
        ),
        (
            wanted(Wanted { agent: Some(AgentId::new("anna")), ..Wanted::default() }),
            "c USING INDEX calls_of_agent (agent=?",
        ),
        (
            CallsQuery { subject: Some(SubjectId(Uuid::from_u128(7))), ..wanted(Wanted::default()) },
            "c USING INDEX calls_of_subject (subject=?",
        ),
        (
            CallsQuery { outcome: Some(Outcome::Interrupted), ..wanted(Wanted::default()) },
            "c USING INDEX calls_outcome (outcome=?",
        ),
        (wanted(Wanted { recorded: true, ..Wanted::default() }), "c USING INDEX calls_recorded"),
    ];
    for (query, index) in table {
        for before in [None, Some((UtcMs(1_795_000_000_000), CallId(Uuid::from_u128(1))))] {
            let plan = store._internal_plan(&CallsQuery { before, ..query.clone() }).await.expect("planned").join("\n");
            assert!(plan.contains(index), "{index} is used:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{index} gives the order:\n{plan}");
        }
    }
    let late = wanted(Wanted { overdue_at: Some(UtcMs(1_795_496_400_000)), ..Wanted::default() });
    let plan = store._internal_plan(&late).await.expect("planned").join("\n");
    assert!(plan.contains("due USING") && !plan.contains("SCAN c"), "the few promises lead to their calls:\n{plan}");
    assert_eq!(store.calls_count(&late, 10_000).await.expect("counted"), 99);
    place.behind_once("UPDATE promises SET state = 'closed' WHERE due_at < 1790000000000").await;
    let still = store.calls_count(&late, 10_000).await.expect("counted");
    assert!((1..99).contains(&still), "what was kept is owed no more: {still}");
    assert_eq!(
        store.calls_count(&wanted(Wanted::default()), 10_000).await.expect("counted"),
        10_000,
        "counted to a limit"
    );
    assert_eq!(store.calls(wanted(Wanted::default())).await.expect("listed").len(), 50);
}
