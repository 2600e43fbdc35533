//! When there is something to decide, and what helps.

use otklik_model::{AgentId, AgentState, BreakReason, CallId, LineId, LineMode, PromiseId, UtcMs};
use uuid::Uuid;

use super::{Action, Alarm, Kind, Known, alarms};
use crate::view::{AgentView, CallPhase, CallView, LineView, View};

const NOW: UtcMs = UtcMs(10_000_000);
const CALL: CallId = CallId(Uuid::from_u128(1));

fn line() -> LineId {
    LineId::new("main")
}

fn agent(id: &str, state: AgentState, since_ms: i64, sound: bool) -> AgentView {
    AgentView { id: AgentId::new(id), state, since: NOW.plus_ms(-since_ms), until: None, sound, changed_by: None }
}

fn resting(id: &str, reason: BreakReason, since_ms: i64) -> AgentView {
    agent(id, AgentState::Break { reason }, since_ms, true)
}

fn call(phase: CallPhase, waits_ms: i64) -> CallView {
    CallView {
        id: CALL,
        line: line(),
        subject: None,
        started_at: NOW.plus_ms(-waits_ms),
        queued_at: Some(NOW.plus_ms(-waits_ms)),
        answered_at: None,
        agent: None,
        recorded: false,
        recording_stopped: false,
        came_back: false,
        phase,
        leg: otklik_model::LegId(uuid::Uuid::nil()),
        place: Some(1),
    }
}

fn found(agents: Vec<AgentView>, calls: Vec<CallView>, known: &Known) -> Vec<Alarm> {
    let lines = vec![LineView { id: line(), mode: LineMode::Open }];
    alarms(&View { agents, calls, lines, ..View::default() }, known, NOW)
}

fn well() -> Known {
    Known { open: vec![line()], storing: true, ..Known::default() }
}

#[test]
fn nothing_is_said_while_all_is_well() {
    let ready = agent("anna", AgentState::Ready, 5_000, true);
    assert_eq!(found(vec![ready], vec![call(CallPhase::Waiting, 119_999)], &well()), []);
    assert_eq!(found(vec![], vec![], &well()), [], "nobody waits, nobody is missed");
    let closed = Known { open: vec![], ..well() };
    assert_eq!(found(vec![], vec![call(CallPhase::Waiting, 1_000)], &closed), []);
}

#[test]
fn a_waiting_caller_without_anybody_calls_back_who_rests_longest() {
    let waiting = || vec![call(CallPhase::Waiting, 1_000)];
    let act = |agents| {
        let found = found(agents, waiting(), &well());
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&found[0].kind, found[0].since),
            (&Kind::NobodyOnShift { line: line() }, Some(NOW.plus_ms(-1_000)))
        );
        found[0].action.clone()
    };
    assert_eq!(act(vec![]), Action::TurnLine(line()));
    let rest = |id: &str, since| resting(id, BreakReason::Lunch, since);
    assert_eq!(act(vec![rest("anna", 1_000), rest("vera", 9_000)]), Action::CallReady(AgentId::new("vera")));
    let hurt = resting("vera", BreakReason::Recovery, 9_000);
    assert_eq!(act(vec![hurt, rest("anna", 1_000)]), Action::CallReady(AgentId::new("anna")), "left in peace");
    let deaf = agent("anna", AgentState::Break { reason: BreakReason::Rest }, 1_000, false);
    assert_eq!(act(vec![deaf]), Action::TurnLine(line()));
}

#[test]
fn a_long_wait_is_told_from_two_minutes_on() {
    let talking = || agent("anna", AgentState::Talking { call: CallId(Uuid::from_u128(9)) }, 5_000, true);
    let found = |waits| found(vec![talking()], vec![call(CallPhase::Ringing, waits)], &well());
    assert_eq!(found(119_999), []);
    let alarm = found(130_000).pop().expect("an alarm");
    assert_eq!((alarm.since, alarm.weight), (Some(NOW.plus_ms(-10_000)), 1));
    assert_eq!(alarm.action, Action::OpenCalls(line()));
}

#[test]
fn lost_sound_late_promises_and_the_disk_are_told() {
    let silent = |since| agent("anna", AgentState::Break { reason: BreakReason::NotReady }, since, false);
    assert_eq!(found(vec![silent(19_999)], vec![], &well()), [], "a page that loads");
    let told = found(vec![silent(20_000)], vec![], &well()).pop().expect("an alarm");
    assert_eq!(told.action, Action::SayTechnical(AgentId::new("anna")));

    let broken = agent("anna", AgentState::Talking { call: CALL }, 1_000, false);
    let told = found(vec![broken], vec![call(CallPhase::Lost, 1_000)], &well()).pop().expect("an alarm");
    assert_eq!((told.weight, told.action), (2, Action::OpenCalls(line())));

    let promise = PromiseId(Uuid::from_u128(3));
    let known = Known { overdue: Some((4, promise, UtcMs(5))), repeated: 2, storing: false, ..well() };
    let told: Vec<_> = found(vec![], vec![], &known).into_iter().map(|alarm| (alarm.weight, alarm.action)).collect();
    assert_eq!(told, [(1, Action::OpenKeeping), (4, Action::OpenPromise(promise)), (2, Action::OpenKeeping)]);
}
