//! In any order of events: exactly one outcome a call, no leg left behind, no caller forgotten, nobody with two calls.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the facts that it is about")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use otklik_centre::calendar::{Hours, Period, ProductionCalendar};
use otklik_centre::ledger::Ledger;
use otklik_centre::{Centre, CentreConfig, Input, Line, Output, RequestId, Thresholds};
use otklik_model::{
    AgentId, AgentState, AgentWish, BreakReason, CallId, DeskCommand, Envelope, Fact, HangupSide, LegId, LegOrder,
    LineId, LineMode, MonoMs, Now, Outcome, PhoneNumber, PlayId, PromiseKind, QueueEntry, RecordingClosed, SubjectId,
    UtcMs,
};
use proptest::prelude::*;
use uuid::Uuid;

/// One thing that the world does; numbers choose among what exists at that moment.
#[derive(Debug, Clone, Copy)]
enum Act {
    Ring {
        known: bool,
        recorder: bool,
    },
    Confirm(usize),
    PlayEnds(usize),
    Key(usize, char),
    /// A whole number, and that it is right.
    KeyNumber(usize),
    Resolve,
    Spoke(usize),
    SpokeEnough(usize),
    WentQuiet(usize),
    RecorderReports(usize),
    /// A recording is never completed.
    RecorderFails(usize),
    CallerLeaves(usize),
    TrunkFails(usize),
    SoundUp(usize),
    SoundDown(usize),
    Command(usize, Wish),
    Switch(LineMode),
    Wait(u64),
    SetUp {
        limit: usize,
        recorded: bool,
    },
}

#[derive(Debug, Clone, Copy)]
enum Wish {
    Open,
    Close,
    Ready,
    Rest,
    Accept,
    Decline,
    HangUp,
    Extend,
    StopRecording,
    PutOther(AgentWish),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let wish = prop_oneof![
        3 => Just(Wish::Open), 1 => Just(Wish::Close), 6 => Just(Wish::Ready), 1 => Just(Wish::Rest),
        6 => Just(Wish::Accept), 1 => Just(Wish::Decline), 2 => Just(Wish::HangUp),
        1 => Just(Wish::Extend), 1 => Just(Wish::StopRecording),
        1 => Just(Wish::PutOther(AgentWish::Ready)),
        1 => Just(Wish::PutOther(AgentWish::Break { reason: BreakReason::Supervisor })),
    ];
    let mode = prop_oneof![4 => Just(LineMode::Open), 2 => Just(LineMode::Closed), 1 => Just(LineMode::Calendar)];
    let act = prop_oneof![
        6 => any::<(bool, bool)>().prop_map(|(known, recorder)| Act::Ring { known, recorder }),
        8 => any::<usize>().prop_map(Act::Confirm),
        14 => any::<usize>().prop_map(Act::PlayEnds),
        5 => (any::<usize>(), proptest::sample::select("0123#*".chars().collect::<Vec<_>>()))
            .prop_map(|(index, key)| Act::Key(index, key)),
        1 => any::<usize>().prop_map(Act::KeyNumber),
        1 => Just(Act::Resolve),
        4 => any::<usize>().prop_map(Act::Spoke),
        2 => any::<usize>().prop_map(Act::SpokeEnough),
        1 => any::<usize>().prop_map(Act::WentQuiet),
        4 => any::<usize>().prop_map(Act::RecorderReports),
        1 => any::<usize>().prop_map(Act::RecorderFails),
        3 => any::<usize>().prop_map(Act::CallerLeaves),
        1 => any::<usize>().prop_map(Act::TrunkFails),
        6 => (0..3_usize).prop_map(Act::SoundUp),
        2 => (0..3_usize).prop_map(Act::SoundDown),
        20 => ((0..3_usize), wish).prop_map(|(agent, wish)| Act::Command(agent, wish)),
        1 => mode.prop_map(Act::Switch),
        6 => (0..25_000_u64).prop_map(Act::Wait),
        1 => ((1..5_usize), any::<bool>()).prop_map(|(limit, recorded)| Act::SetUp { limit, recorded }),
    ];
    proptest::collection::vec(act, 0..120)
}

/// A night: the line is closed, few call, and whoever calls comes far.
fn night() -> impl Strategy<Value = Vec<Act>> {
    let keys = proptest::sample::select("1123##*".chars().collect::<Vec<_>>());
    let act = prop_oneof![
        2 => any::<(bool, bool)>().prop_map(|(known, plain)| Act::Ring { known, recorder: !plain || known }),
        5 => any::<usize>().prop_map(Act::Confirm),
        24 => any::<usize>().prop_map(Act::PlayEnds),
        10 => (any::<usize>(), keys).prop_map(|(index, key)| Act::Key(index, key)),
        1 => any::<usize>().prop_map(Act::KeyNumber),
        1 => Just(Act::Resolve),
        8 => any::<usize>().prop_map(Act::Spoke),
        6 => any::<usize>().prop_map(Act::SpokeEnough),
        3 => any::<usize>().prop_map(Act::WentQuiet),
        10 => any::<usize>().prop_map(Act::RecorderReports),
        1 => any::<usize>().prop_map(Act::RecorderFails),
        1 => any::<usize>().prop_map(Act::CallerLeaves),
        5 => (0..12_000_u64).prop_map(Act::Wait),
    ];
    proptest::collection::vec(act, 0..160).prop_map(|mut acts| {
        acts.insert(0, Act::Switch(LineMode::Closed));
        acts
    })
}

/// The world around the centre, with all that it was ever told.
struct World {
    centre: Centre,
    now: Now,
    ids: u128,
    /// Callers' legs that are up or coming up, with what plays on them.
    legs: BTreeMap<LegId, Option<PlayId>>,
    desks: BTreeMap<AgentId, LegId>,
    hung_up: BTreeSet<LegId>,
    facts: Vec<Fact>,
    /// The journal's sum, which refuses what cannot be.
    ledger: Ledger,
    /// What is recorded on which leg.
    recording: BTreeMap<LegId, (CallId, String)>,
    /// Recordings that are complete and not reported.
    complete: Vec<RecordingClosed>,
    /// Every file that was ever begun, and those that were removed.
    files: BTreeSet<String>,
    removed: BTreeSet<String>,
    /// Calls of which a recording was lost.
    failed: BTreeSet<CallId>,
    /// Calls of which the subject of a number is looked up.
    resolving: Vec<CallId>,
}

fn agent(index: usize) -> AgentId {
    AgentId::new(["anna", "vera", "zoya"][index % 3])
}

/// The centre as it is set up: so many may wait, talks are recorded or not.
fn config(max_waiting: usize, recorded: bool) -> CentreConfig {
    let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
    let hours = Hours::new(&[(Weekday::Tuesday, day)], ProductionCalendar::default(), TimeZone::UTC);
    let line = |id: &str, number: &str, recorder| Line {
        id: LineId::new(id),
        name: id.to_owned(),
        number: PhoneNumber::parse(number).expect("a number"),
        hours: hours.clone(),
        mode: LineMode::Open,
        recorded,
        recorder,
        keep_days: 0,
    };
    let lines = vec![line("main", "88000000000", true), line("plain", "88000000001", false)];
    let thresholds = Thresholds {
        max_waiting,
        max_waiting_withheld: max_waiting + 1,
        message_ms: 60_000,
        nobody_ms: 40_000,
        ..Thresholds::default()
    };
    CentreConfig { lines, thresholds }
}

impl World {
    fn new() -> Self {
        Self {
            centre: Centre::new(config(3, true), BTreeMap::new()),
            // A Tuesday at 19:58: the calendar's closing time falls into the run.
            now: Now { mono: MonoMs(1_000), civil: UtcMs(1_795_550_280_000) },
            ids: 0,
            legs: BTreeMap::new(),
            desks: BTreeMap::new(),
            hung_up: BTreeSet::new(),
            facts: Vec::new(),
            ledger: Ledger::default(),
            recording: BTreeMap::new(),
            complete: Vec::new(),
            files: BTreeSet::new(),
            removed: BTreeSet::new(),
            failed: BTreeSet::new(),
            resolving: Vec::new(),
        }
    }

    fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    fn input(&mut self, input: Input) {
        self.centre.handle_input(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.centre.poll_output() {
            match output {
                Output::Fact(fact) => self.believe(fact),
                Output::Resolve(call, number) => {
                    assert_eq!(number.reveal().as_str().len(), 12, "a whole number");
                    self.resolving.push(call);
                }
                Output::Reply(..) | Output::PromiseReply(..) | Output::Note(_) => {}
                Output::Order(order) | Output::OrderWhenStored(order) => self.carry_out(order),
            }
        }
        self.check();
    }

    fn believe(&mut self, fact: Fact) {
        let seq = self.ledger.last_seq() + 1;
        let envelope = Envelope { partition: 0, seq, epoch: 1, at: self.now.civil, fact: fact.clone() };
        self.ledger.apply(&envelope).expect("a journal that can be");
        self.facts.push(fact);
    }

    fn record(&mut self, leg: LegId, call: CallId, file: String) {
        assert!(self.legs.contains_key(&leg), "records a live leg");
        let stopped = |fact: &Fact| matches!(fact, Fact::RecordingStopped { call: stopped, .. } if *stopped == call);
        assert!(!self.facts.iter().any(stopped), "who wished no recording is not recorded again");
        let named = self.facts.iter().any(|fact| match fact {
            Fact::MessageStarted { file: named, .. } => *named == file,
            _ => true,
        });
        assert!(named && self.files.insert(file.clone()), "a fact names the file first, and no file is written twice");
        self.recording_ends(leg);
        self.recording.insert(leg, (call, file));
    }

    fn recording_ends(&mut self, leg: LegId) {
        if let Some((call, file)) = self.recording.remove(&leg) {
            let sha256 = String::new();
            self.complete.push(RecordingClosed {
                call,
                file,
                size_bytes: 58,
                duration_ms: 0,
                sha256,
                dropped_frames: 0,
            });
        }
    }

    fn report_recordings(&mut self) {
        for closed in std::mem::take(&mut self.complete) {
            self.input(Input::RecordingClosed(closed));
        }
    }

    fn carry_out(&mut self, order: LegOrder) {
        match order {
            LegOrder::Play { leg, play, list } => {
                let playing = list.repeat_from.is_none().then_some(play);
                *self.legs.get_mut(&leg).expect("plays to a live leg only") = playing;
            }
            LegOrder::Hangup { leg } | LegOrder::Reject { leg, .. } => {
                assert!(self.hung_up.insert(leg), "a leg is hung up once");
                self.legs.remove(&leg);
                self.recording_ends(leg);
                self.desks.retain(|_, desk| *desk != leg);
            }
            LegOrder::Record { leg, call, file } => self.record(leg, call, file),
            LegOrder::StopRecord { leg } => self.recording_ends(leg),
            LegOrder::DropRecording { file, .. } => {
                assert!(!self.recording.values().any(|(_, running)| *running == file), "what runs is not removed");
                assert!(self.removed.insert(file), "removed once");
            }
            LegOrder::PlayRecording { leg, play, file } => {
                assert!(!self.recording.contains_key(&leg) && !self.removed.contains(&file), "{file} can be played");
                *self.legs.get_mut(&leg).expect("plays to a live leg only") = Some(play);
            }
            LegOrder::Join { caller, agent } => {
                assert!(self.legs.contains_key(&caller), "joins a live caller");
                assert!(self.desks.values().any(|desk| *desk == agent), "joins working sound");
                self.legs.insert(caller, None);
            }
            LegOrder::Answer { leg } => assert!(self.legs.contains_key(&leg)),
            LegOrder::OpenDesk { .. }
            | LegOrder::OpenCaller { .. }
            | LegOrder::RenewCaller { .. }
            | LegOrder::CallerLeft { .. } => panic!("the centre does not negotiate"),
        }
    }

    fn pick(&self, index: usize) -> Option<LegId> {
        (!self.legs.is_empty()).then(|| *self.legs.keys().nth(index % self.legs.len()).expect("in range"))
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Ring { known, recorder } => {
                let (leg, call) = (LegId(self.fresh()), CallId(self.fresh()));
                let subject = known.then(|| SubjectId(self.fresh()));
                self.legs.insert(leg, None);
                let called = if recorder { "88000000000" } else { "88000000001" }.to_owned();
                self.input(Input::Arrived { call, leg, called, subject });
            }
            Act::Confirm(index) => self.on_leg(index, Input::LegUp),
            Act::PlayEnds(index) => {
                if let Some((leg, play)) = self.pick(index).and_then(|leg| Some((leg, self.legs[&leg]?))) {
                    self.legs.insert(leg, None);
                    self.input(Input::PlayDone(leg, play));
                }
            }
            Act::Key(index, key) => self.on_leg(index, |leg| Input::Digit(leg, key)),
            Act::KeyNumber(index) => {
                if let Some(leg) = self.pick(index) {
                    for key in "8310000017#1".chars() {
                        self.input(Input::Digit(leg, key));
                    }
                }
            }
            Act::Resolve => {
                if let Some(call) = self.resolving.pop() {
                    let subject = SubjectId(self.fresh());
                    self.input(Input::Resolved(call, subject));
                }
            }
            Act::Spoke(index) => self.on_recorded(index, Input::Spoke),
            Act::SpokeEnough(index) => self.on_recorded(index, Input::SpokeEnough),
            Act::WentQuiet(index) => self.on_recorded(index, Input::WentQuiet),
            Act::RecorderReports(index) if !self.complete.is_empty() => {
                let closed = self.complete.remove(index % self.complete.len());
                self.input(Input::RecordingClosed(closed));
            }
            Act::RecorderFails(index) if !self.complete.is_empty() => {
                let lost = self.complete.remove(index % self.complete.len());
                self.failed.insert(lost.call);
            }
            Act::RecorderReports(_) | Act::RecorderFails(_) => {}
            Act::CallerLeaves(index) => self.leg_ends(index, HangupSide::Caller),
            Act::TrunkFails(index) => self.leg_ends(index, HangupSide::Trunk),
            Act::SoundUp(index) => {
                let leg = LegId(self.fresh());
                self.desks.insert(agent(index), leg);
                self.input(Input::DeskUp(agent(index), leg));
            }
            Act::SoundDown(index) => {
                if let Some(leg) = self.desks.remove(&agent(index)) {
                    self.hung_up.insert(leg);
                    self.input(Input::DeskDown(agent(index), leg));
                }
            }
            Act::Command(index, wish) => self.wish(&agent(index), wish),
            Act::Switch(mode) => self.command(&agent(0), DeskCommand::SetLineMode { line: LineId::new("main"), mode }),
            Act::Wait(ms) => self.wait(ms),
            Act::SetUp { limit, recorded } => self.input(Input::Configured(Box::new(config(limit, recorded)))),
        }
    }

    fn on_leg(&mut self, index: usize, input: impl Fn(LegId) -> Input) {
        if let Some(leg) = self.pick(index) {
            self.input(input(leg));
        }
    }

    /// Something is noticed on a leg that is recorded.
    fn on_recorded(&mut self, index: usize, input: impl Fn(LegId) -> Input) {
        if let Some(leg) = self.recording.keys().nth(index % self.recording.len().max(1)).copied() {
            self.input(input(leg));
        }
    }

    fn leg_ends(&mut self, index: usize, side: HangupSide) {
        if let Some(leg) = self.pick(index) {
            self.legs.remove(&leg);
            self.recording_ends(leg);
            self.input(Input::LegEnded(leg, side));
        }
    }

    fn wish(&mut self, agent: &AgentId, wish: Wish) {
        let state = self.centre.view().agents.iter().find(|view| view.id == *agent).map(|view| view.state);
        let call = match state {
            Some(AgentState::Reserved { call } | AgentState::Talking { call }) => call,
            _ => CallId(Uuid::nil()),
        };
        let command = match wish {
            Wish::Open => DeskCommand::Open,
            Wish::Close => DeskCommand::Close,
            Wish::Ready => DeskCommand::Ready,
            Wish::Rest => DeskCommand::Break { reason: BreakReason::Rest },
            Wish::Accept => DeskCommand::Accept { call },
            Wish::Decline => DeskCommand::Decline { call },
            Wish::HangUp => DeskCommand::HangUp { call },
            Wish::Extend => DeskCommand::ExtendWrapUp,
            Wish::StopRecording => DeskCommand::StopRecording { call },
            Wish::PutOther(wish) => DeskCommand::SetAgent { agent: self::agent(1), wish },
        };
        self.command(agent, command);
    }

    fn command(&mut self, agent: &AgentId, command: DeskCommand) {
        self.input(Input::Desk { agent: agent.clone(), command, request: RequestId(0) });
    }

    /// Lets time pass, firing each timer at its own moment.
    fn wait(&mut self, ms: u64) {
        // A recorder that works reports within the moment.
        self.report_recordings();
        let end = self.now.mono.plus_ms(ms);
        while let Some((at, _)) = self.centre.poll_timeout().filter(|(at, _)| *at <= end) {
            self.advance(at);
            self.centre.handle_timeout(self.now);
            self.drain();
            self.report_recordings();
        }
        self.advance(end);
    }

    fn advance(&mut self, to: MonoMs) {
        let passed = to.since_ms(self.now.mono);
        self.now = Now { mono: to, civil: self.now.civil.plus_ms(i64::try_from(passed).expect("short")) };
    }

    /// What holds after every single step.
    fn check(&self) {
        let view = self.centre.view();
        let mut busy = BTreeSet::new();
        for agent in &view.agents {
            if let AgentState::Reserved { call } | AgentState::Talking { call } = agent.state {
                assert!(busy.insert(call), "two specialists have one call");
                let held = view.calls.iter().find(|live| live.id == call).expect("a specialist's call is live");
                assert_eq!(held.agent.as_ref(), Some(&agent.id), "call and specialist know each other");
            }
        }
        let ringing = view.agents.iter().filter(|agent| matches!(agent.state, AgentState::Reserved { .. })).count();
        let mut places: Vec<usize> = view.calls.iter().filter_map(|call| call.place).collect();
        places.sort_unstable();
        let expected: Vec<usize> = std::iter::repeat_n(1, ringing).chain(ringing + 1..=view.queue.waiting).collect();
        assert_eq!(places, expected, "whoever waits has a place, and nobody the place of another");
        let ended: BTreeSet<CallId> = self.outcomes().keys().copied().collect();
        assert!(view.calls.iter().all(|call| !ended.contains(&call.id)), "a call with an outcome is gone");
    }

    fn outcomes(&self) -> BTreeMap<CallId, Vec<Outcome>> {
        let mut outcomes = BTreeMap::<_, Vec<_>>::new();
        for fact in &self.facts {
            if let Fact::CallEnded(ended) = fact {
                outcomes.entry(ended.call).or_default().push(ended.outcome);
            }
        }
        outcomes
    }

    /// Opens the centre wide and lets one good specialist serve whoever is still there.
    fn serve_everybody(&mut self) {
        for index in 0..3 {
            self.wish(&agent(index), Wish::HangUp);
            self.wish(&agent(index), Wish::Close);
        }
        self.command(&agent(0), DeskCommand::Open);
        self.act(Act::SoundUp(0));
        for _ in 0..400 {
            for index in 0..self.legs.len() {
                self.act(Act::Confirm(index));
                self.act(Act::PlayEnds(index));
            }
            self.wish(&agent(0), Wish::Ready);
            self.wish(&agent(0), Wish::Accept);
            self.wish(&agent(0), Wish::HangUp);
            self.wait(1_000);
        }
    }

    fn check_history(&self) {
        let outcomes = self.outcomes();
        let mut accepted = BTreeSet::new();
        let mut promised = BTreeMap::new();
        let (mut spoken, mut closed) = (BTreeMap::new(), BTreeMap::new());
        for fact in &self.facts {
            match fact {
                Fact::CallAccepted { call, .. } => assert!(accepted.insert(*call), "accepted once"),
                Fact::PromiseMade { call, promise_kind, .. } => {
                    assert!(promised.insert(*call, *promise_kind).is_none(), "one promise a call");
                }
                Fact::MessageSpoken { call, file } => drop(spoken.insert(*call, file.clone())),
                Fact::RecordingClosed(one) => {
                    assert!(closed.insert(one.call, one.file.clone()).is_none(), "one recording a call");
                    assert!(!self.removed.contains(&one.file), "what is told is not removed");
                }
                _ => {}
            }
            if let Some(call) = fact.call() {
                assert!(accepted.contains(&call), "nothing is said of a call before it is accepted");
            }
        }
        assert_eq!(accepted, outcomes.keys().copied().collect(), "every accepted call has an outcome");
        for (call, outcomes) in outcomes {
            assert_eq!(outcomes.len(), 1, "exactly one outcome");
            let owed = matches!(outcomes[0], Outcome::Interrupted | Outcome::CallbackRequested | Outcome::Recorded);
            assert!(!owed || promised.contains_key(&call), "what we owe is promised");
            let message = promised.get(&call) == Some(&PromiseKind::VoiceMessage);
            assert_eq!(outcomes[0] == Outcome::Recorded, message, "a message is owed an answer, and nothing else is");
            assert!(!message || spoken.contains_key(&call), "a message holds words");
            let lost = self.failed.contains(&call);
            assert!(lost || message || !spoken.contains_key(&call), "words that were heard are kept");
            let recording = closed.get(&call);
            assert!(lost || !message || recording == spoken.get(&call), "the recording is the take with the words");
        }
    }
}

/// Random orders tried: 300, or 20,000 in the long run (`./run test --long`).
fn cases() -> u32 {
    if std::env::var_os("OTKLIK_LONG").is_some() { 20_000 } else { 300 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_each_call_ends_once_and_nobody_is_forgotten(acts in acts()) {
        let mut world = World::new();
        for act in acts {
            world.act(act);
        }
        world.serve_everybody();
        world.report_recordings();
        prop_assert!(world.centre.view().calls.is_empty(), "somebody was forgotten: {:?}", world.centre.view());
        prop_assert!(world.legs.is_empty(), "a leg was left behind");
        world.check_history();
    }

    #[test]
    fn at_night_every_message_is_kept_and_owed(acts in night()) {
        let mut world = World::new();
        for act in acts {
            world.act(act);
        }
        world.serve_everybody();
        world.report_recordings();
        prop_assert!(world.centre.view().calls.is_empty(), "somebody was forgotten: {:?}", world.centre.view());
        prop_assert!(world.legs.is_empty(), "a leg was left behind");
        world.check_history();
    }

    #[test]
    fn a_stop_leaves_no_call_and_owes_what_it_broke(acts in acts()) {
        let mut world = World::new();
        for act in acts {
            world.act(act);
        }
        let live = world.centre.view().calls.len();
        let before = world.outcomes().len();
        world.input(Input::Stop);
        world.report_recordings();
        prop_assert_eq!(world.outcomes().len(), before + live);
        prop_assert!(world.centre.view().calls.is_empty() && world.centre.view().agents.is_empty());
        prop_assert!(world.legs.is_empty());
        world.check_history();
    }

    #[test]
    fn the_same_inputs_give_the_same_facts(acts in acts()) {
        let run = |acts: &[Act]| {
            let mut world = World::new();
            for act in acts {
                world.act(*act);
            }
            world.facts
        };
        prop_assert_eq!(run(&acts), run(&acts));
    }
}

/// Two free specialists, three callers: who waits longest is served first, and who missed an offer keeps the place.
#[test]
fn a_missed_offer_goes_to_a_colleague_and_two_misses_are_a_break() {
    let mut world = World::new();
    for index in 0..2 {
        world.command(&agent(index), DeskCommand::Open);
        world.act(Act::SoundUp(index));
        world.command(&agent(index), DeskCommand::Ready);
    }
    world.act(Act::Ring { known: true, recorder: true });
    world.act(Act::Confirm(0));
    world.act(Act::PlayEnds(0));
    world.act(Act::PlayEnds(0));
    let state = |world: &World, index| {
        world.centre.view().agents.iter().find(|view| view.id == agent(index)).map(|view| view.state)
    };
    assert!(matches!(state(&world, 0), Some(AgentState::Reserved { .. })));
    world.wait(20_000);
    assert_eq!(state(&world, 0), Some(AgentState::Ready), "one miss is forgiven");
    assert!(matches!(state(&world, 1), Some(AgentState::Reserved { .. })), "the colleague's desk rings at once");
    world.wait(30_000);
    assert!(matches!(state(&world, 0), Some(AgentState::Reserved { .. })), "the pause for the first is over");
    world.wait(20_000);
    assert_eq!(state(&world, 0), Some(AgentState::Break { reason: BreakReason::NoAnswer }));
    let back = Fact::CallQueued { call: CallId(Uuid::from_u128(4)), entry: QueueEntry::OfferNotTaken };
    assert_eq!(world.facts.iter().filter(|fact| **fact == back).count(), 3);
    assert_eq!(world.centre.view().queue.waiting, 1);
}

/// The sound breaks off in a talk: back within the grace it goes on; later the caller is first in the queue, and if
/// they leave there it was our fault.
#[test]
fn sound_that_breaks_off_is_our_fault_until_somebody_speaks_again() {
    let mut world = World::new();
    let vera = agent(1);
    world.command(&vera, DeskCommand::Open);
    world.act(Act::SoundUp(1));
    world.command(&vera, DeskCommand::Ready);
    world.act(Act::Ring { known: true, recorder: true });
    world.act(Act::Confirm(0));
    world.act(Act::PlayEnds(0));
    world.act(Act::PlayEnds(0));
    world.wish(&vera, Wish::Accept);
    world.act(Act::SoundDown(1));
    world.wait(10_000);
    world.act(Act::SoundUp(1));
    assert_eq!(world.facts.iter().filter(|fact| matches!(fact, Fact::CallJoined(_))).count(), 2, "joined again");
    world.act(Act::SoundDown(1));
    world.wait(15_000);
    assert!(world.facts.iter().any(|fact| matches!(fact, Fact::CallQueued { entry: QueueEntry::SpecialistLost, .. })));
    world.act(Act::CallerLeaves(0));
    assert_eq!(world.outcomes().into_values().flatten().collect::<Vec<_>>(), [Outcome::Interrupted]);
    assert!(world.facts.iter().any(|fact| matches!(fact, Fact::PromiseMade { .. })));
}
