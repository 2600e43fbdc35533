//! What a desk may ask beside answering: a wrap-up that is extended, a recording that is stopped, somebody else's state.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the orders and facts that it is about")]

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use otklik_centre::calendar::{Hours, ProductionCalendar};
use otklik_centre::{Centre, CentreConfig, Input, Line, Output, RequestId, Thresholds};
use otklik_model::{
    AgentId, AgentState, AgentWish, BreakReason, CallId, DeskCommand, DeskRefusal, Fact, LegId, LegOrder, LineId,
    LineMode, MonoMs, Now, PhoneNumber, PlayId, UtcMs,
};
use uuid::Uuid;

const CALL: CallId = CallId(Uuid::from_u128(1));
const CALLER: LegId = LegId(Uuid::from_u128(2));
const DESK: LegId = LegId(Uuid::from_u128(3));

struct Shift {
    centre: Centre,
    now_ms: u64,
    facts: Vec<Fact>,
    orders: Vec<LegOrder>,
    reply: Option<Result<(), DeskRefusal>>,
}

impl Shift {
    /// Vera is ready.
    fn new() -> Self {
        let line = Line {
            id: LineId::new("main"),
            name: "Основная линия".to_owned(),
            number: PhoneNumber::parse("88000000000").expect("a number"),
            hours: Hours::new(&[], ProductionCalendar::default(), TimeZone::UTC),
            mode: LineMode::Open,
            recorded: true,
            recorder: false,
            keep_days: 0,
        };
        let config = CentreConfig { lines: vec![line], thresholds: Thresholds::default() };
        let centre = Centre::new(config, BTreeMap::new());
        let mut shift = Self { centre, now_ms: 0, facts: Vec::new(), orders: Vec::new(), reply: None };
        shift.ask("vera", DeskCommand::Open).expect("opens");
        shift.input(Input::DeskUp(AgentId::new("vera"), DESK));
        shift.ask("vera", DeskCommand::Ready).expect("is ready");
        shift
    }

    fn now(&self) -> Now {
        Now { mono: MonoMs(self.now_ms), civil: UtcMs(i64::try_from(self.now_ms).expect("small")) }
    }

    fn input(&mut self, input: Input) {
        self.centre.handle_input(self.now(), input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.centre.poll_output() {
            match output {
                Output::Fact(fact) => self.facts.push(fact),
                Output::Order(order) | Output::OrderWhenStored(order) => self.orders.push(order),
                Output::Reply(_, reply) => self.reply = Some(reply),
                Output::PromiseReply(..) | Output::Note(_) | Output::Resolve(..) => {}
            }
        }
    }

    fn ask(&mut self, agent: &str, command: DeskCommand) -> Result<(), DeskRefusal> {
        self.input(Input::Desk { agent: AgentId::new(agent), command, request: RequestId(1) });
        self.reply.take().expect("each command is answered")
    }

    fn wait_until(&mut self, at_ms: u64) {
        while let Some((due, _)) = self.centre.poll_timeout().filter(|(due, _)| due.0 <= at_ms) {
            self.now_ms = due.0;
            self.centre.handle_timeout(self.now());
            self.drain();
        }
        self.now_ms = at_ms;
    }

    /// A caller rings and waits until a desk rings.
    fn ring(&mut self) {
        self.input(Input::Arrived { call: CALL, leg: CALLER, called: "88000000000".to_owned(), subject: None });
        self.input(Input::LegUp(CALLER));
        for _ in 0..2 {
            let play = self.playing();
            self.input(Input::PlayDone(CALLER, play));
        }
    }

    fn playing(&self) -> PlayId {
        let last = self.orders.iter().rev().find_map(|order| match order {
            LegOrder::Play { play, .. } => Some(*play),
            _ => None,
        });
        last.expect("something plays")
    }

    fn talk(&mut self) {
        self.ring();
        self.ask("vera", DeskCommand::Accept { call: CALL }).expect("rings at Vera's");
    }

    fn state(&self) -> AgentState {
        self.centre.view().agents[0].state
    }

    fn recorded(&self) -> (usize, usize) {
        let count = |wanted: fn(&LegOrder) -> bool| self.orders.iter().filter(|order| wanted(order)).count();
        (count(|o| matches!(o, LegOrder::Record { .. })), count(|o| matches!(o, LegOrder::StopRecord { .. })))
    }
}

#[test]
fn a_wrap_up_lasts_as_often_as_it_is_extended() {
    let mut shift = Shift::new();
    assert_eq!(shift.ask("vera", DeskCommand::ExtendWrapUp), Err(DeskRefusal::WrongState), "nothing is wrapped up");
    shift.talk();
    shift.now_ms = 10_000;
    shift.ask("vera", DeskCommand::HangUp { call: CALL }).expect("her talk");
    assert_eq!(shift.state(), AgentState::WrapUp { call: CALL });
    for _ in 0..3 {
        shift.ask("vera", DeskCommand::ExtendWrapUp).expect("she wraps up");
    }
    assert_eq!(shift.centre.view().agents[0].until, Some(UtcMs(10_000 + 4 * 120_000)), "the screen knows the end");
    shift.wait_until(10_000 + 4 * 120_000 - 1);
    assert_eq!(shift.state(), AgentState::WrapUp { call: CALL }, "none of the earlier timers ends it");
    shift.wait_until(10_000 + 4 * 120_000);
    assert_eq!(shift.state(), AgentState::Ready);
}

#[test]
fn who_wishes_no_recording_is_not_recorded_again_after_a_break_of_the_sound() {
    let mut shift = Shift::new();
    shift.ring();
    let early = shift.ask("vera", DeskCommand::StopRecording { call: CALL });
    assert_eq!(early, Err(DeskRefusal::NotYourCall), "it only rings");
    shift.ask("vera", DeskCommand::Accept { call: CALL }).expect("rings at Vera's");
    assert_eq!(shift.ask("zoya", DeskCommand::StopRecording { call: CALL }), Err(DeskRefusal::NotYourCall));
    shift.ask("vera", DeskCommand::StopRecording { call: CALL }).expect("her talk");
    shift.ask("vera", DeskCommand::StopRecording { call: CALL }).expect("asked twice, done once");
    shift.input(Input::DeskDown(AgentId::new("vera"), DESK));
    assert!(shift.centre.view().calls[0].came_back, "whoever takes it now knows that it was our fault");
    shift.input(Input::DeskUp(AgentId::new("vera"), LegId(Uuid::from_u128(4))));
    assert_eq!(shift.recorded(), (1, 1));
    let named = |fact: &&Fact| matches!(fact, Fact::CallJoined(joined) if joined.recording.is_some());
    assert_eq!(shift.facts.iter().filter(named).count(), 1, "the second joining names no file");
    let view = shift.centre.view();
    assert_eq!((view.calls[0].recorded, view.calls[0].recording_stopped), (false, true));
}

#[test]
fn a_shift_lead_changes_a_state_and_the_fact_says_who() {
    let put = |wish| DeskCommand::SetAgent { agent: AgentId::new("vera"), wish };
    let lunch = AgentWish::Break { reason: BreakReason::Lunch };
    let mut shift = Shift::new();
    shift.ring();
    shift.ask("lidia", put(lunch)).expect("the call goes back to the queue");
    assert_eq!(shift.state(), AgentState::Break { reason: BreakReason::Lunch });
    assert_eq!(shift.centre.view().queue.waiting, 1, "nobody is lost by it");
    let by = shift.facts.iter().rev().find_map(|fact| match fact {
        Fact::AgentChanged { by, .. } => Some(by.clone()),
        _ => None,
    });
    assert_eq!(by, Some(Some(AgentId::new("lidia"))));
    let own = AgentWish::Break { reason: BreakReason::NoAnswer };
    assert_eq!(shift.ask("lidia", put(own)), Err(DeskRefusal::WrongState), "a reason that only the centre gives");
    shift.wait_until(30_000);
    shift.ask("lidia", put(AgentWish::Ready)).expect("her desk is open");
    shift.ask("vera", DeskCommand::Accept { call: CALL }).expect("it is offered to her again");
    assert_eq!(shift.ask("lidia", put(lunch)), Err(DeskRefusal::WrongState), "a talk is nobody's to end from afar");
    let gone = DeskCommand::SetAgent { agent: AgentId::new("nobody"), wish: lunch };
    assert_eq!(shift.ask("lidia", gone), Err(DeskRefusal::WrongState));
}
