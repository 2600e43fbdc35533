//! The life of a promise in any order of commands, with specialists who come and go and processes that die: closed at
//! most once, never lost, owned only by somebody whose desk is not closed, and the ledger knows the same as the rules.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the facts that it is about")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use otklik_centre::calendar::{Hours, Period, ProductionCalendar};
use otklik_centre::ledger::Ledger;
use otklik_centre::{Centre, CentreConfig, Input, Line, Output, RequestId, Thresholds};
use otklik_model::{
    AgentId, CallId, DeskCommand, Envelope, Fact, HangupSide, LegId, LegOrder, LineId, LineMode, MonoMs, Now, Personal,
    PhoneNumber, PlayId, PromiseCommand, PromiseId, PromiseOutcome, PromiseRefusal, Proof, SubjectId, TryResult, UtcMs,
};
use proptest::prelude::*;
use uuid::Uuid;

const START: i64 = 1_795_514_400_000;

#[derive(Debug, Clone, Copy)]
enum Act {
    /// Somebody calls a closed line and is promised a call.
    Miss(u8),
    Open(usize),
    Leave(usize),
    Take(usize, usize),
    Release(usize, usize),
    TakeBack(usize, usize),
    Try(usize, usize, TryResult),
    Close(usize, usize, PromiseOutcome, Shown),
    Kill,
    Stop,
    Wait(u32),
}

/// What a closing is given beside its outcome.
#[derive(Debug, Clone, Copy)]
enum Shown {
    Nothing,
    Note,
    OldCall,
    OtherCall,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let who = || (0..3_usize, any::<usize>());
    let shown = prop_oneof![Just(Shown::Nothing), Just(Shown::Note), Just(Shown::OldCall), Just(Shown::OtherCall)];
    let act = prop_oneof![
        4 => (0..4_u8).prop_map(Act::Miss),
        2 => (0..3_usize).prop_map(Act::Open),
        1 => (0..3_usize).prop_map(Act::Leave),
        6 => who().prop_map(|(agent, n)| Act::Take(agent, n)),
        2 => who().prop_map(|(agent, n)| Act::Release(agent, n)),
        1 => who().prop_map(|(agent, n)| Act::TakeBack(agent, n)),
        6 => (who(), 0..5_usize).prop_map(|((agent, n), result)| Act::Try(agent, n, TryResult::ALL[result])),
        4 => (who(), 0..7_usize, shown)
            .prop_map(|((agent, n), how, shown)| Act::Close(agent, n, PromiseOutcome::ALL[how], shown)),
        1 => Just(Act::Kill),
        1 => Just(Act::Stop),
        2 => (1..4_000_u32).prop_map(Act::Wait),
    ];
    proptest::collection::vec(act, 0..80)
}

fn agent(index: usize) -> AgentId {
    AgentId::new(["anna", "vera", "zoya"][index % 3])
}

fn subject(n: u8) -> Option<SubjectId> {
    (n > 0).then(|| SubjectId(Uuid::from_u128(0x500 + u128::from(n))))
}

struct World {
    centre: Centre,
    ledger: Ledger,
    now: Now,
    ids: u128,
    facts: Vec<Fact>,
    notes: usize,
    made: Vec<PromiseId>,
    answer: Option<Result<(), PromiseRefusal>>,
    plays: Vec<(LegId, PlayId)>,
}

fn centre(mode: LineMode) -> Centre {
    let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
    let hours = Hours::new(&[(Weekday::Tuesday, day)], ProductionCalendar::default(), TimeZone::UTC);
    let line = Line {
        id: LineId::new("main"),
        name: "Основная линия".to_owned(),
        number: PhoneNumber::parse("88000000000").expect("a number"),
        hours,
        mode,
        recorded: false,
        recorder: false,
        keep_days: 0,
    };
    Centre::new(CentreConfig { lines: vec![line], thresholds: Thresholds::default() }, BTreeMap::new())
}

impl World {
    fn new(mode: LineMode) -> Self {
        Self {
            centre: centre(mode),
            ledger: Ledger::default(),
            now: Now { mono: MonoMs(1_000), civil: UtcMs(START) },
            ids: 0,
            facts: Vec::new(),
            notes: 0,
            made: Vec::new(),
            answer: None,
            plays: Vec::new(),
        }
    }

    fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    fn input(&mut self, input: Input) {
        self.centre.handle_input(self.now, input);
        while let Some(output) = self.centre.poll_output() {
            match output {
                Output::Fact(fact) => self.store(fact),
                Output::Note(_) => {
                    let last = self.facts.last();
                    let noted = matches!(last, Some(Fact::PromiseTried { .. } | Fact::PromiseClosed { .. }));
                    assert!(noted, "a note stands behind its fact");
                    self.notes += 1;
                }
                Output::PromiseReply(_, answer) => self.answer = Some(answer),
                Output::Order(LegOrder::Play { leg, play, .. })
                | Output::OrderWhenStored(LegOrder::Play { leg, play, .. }) => self.plays.push((leg, play)),
                _ => {}
            }
        }
        assert_eq!(self.centre.promises(), self.ledger.promises(), "the rules and the ledger know the same");
    }

    fn store(&mut self, fact: Fact) {
        let seq = self.ledger.last_seq() + 1;
        let envelope = Envelope { partition: 0, seq, epoch: 1, at: self.now.civil, fact: fact.clone() };
        self.ledger.apply(&envelope).expect("the rules write sound facts");
        if let Fact::PromiseMade { promise, .. } = &fact {
            self.made.push(*promise);
        }
        self.facts.push(fact);
    }

    fn ask(&mut self, by: usize, command: PromiseCommand) -> Result<(), PromiseRefusal> {
        self.answer = None;
        self.input(Input::Promise { by: agent(by), command, request: RequestId(0) });
        self.answer.take().expect("every command is answered")
    }

    fn miss(&mut self, who: Option<SubjectId>) -> CallId {
        let (leg, call) = (LegId(self.fresh()), CallId(self.fresh()));
        self.input(Input::Arrived { call, leg, called: "88000000000".to_owned(), subject: who });
        self.input(Input::LegUp(leg));
        self.input(Input::LegEnded(leg, HangupSide::Caller));
        call
    }

    fn promise(&self, index: usize) -> PromiseId {
        if self.made.is_empty() { PromiseId(Uuid::nil()) } else { self.made[index % self.made.len()] }
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Miss(n) => drop(self.miss(subject(n))),
            Act::Open(index) => self.desk(index, DeskCommand::Open),
            Act::Leave(index) => self.desk(index, DeskCommand::Close),
            Act::Take(by, n) => drop(self.ask(by, PromiseCommand::Take { promise: self.promise(n) })),
            Act::Release(by, n) => drop(self.ask(by, PromiseCommand::Release { promise: self.promise(n) })),
            Act::TakeBack(by, n) => drop(self.ask(by, PromiseCommand::TakeBack { promise: self.promise(n) })),
            Act::Try(by, n, result) => {
                drop(self.ask(by, PromiseCommand::Try { promise: self.promise(n), result, note: None }));
            }
            Act::Close(by, n, outcome, shown) => self.close(by, n, outcome, shown),
            Act::Kill => self.kill(),
            Act::Stop => self.input(Input::Stop),
            Act::Wait(s) => {
                self.now.civil = self.now.civil.plus_ms(i64::from(s) * 1_000);
                self.now.mono = self.now.mono.plus_ms(u64::from(s) * 1_000);
                self.centre.handle_timeout(self.now);
            }
        }
    }

    fn close(&mut self, by: usize, n: usize, outcome: PromiseOutcome, shown: Shown) {
        let promise = self.promise(n);
        let owed = self.centre.promises().get(promise).and_then(|open| open.subject);
        let proof = |subject, answered_at| {
            Some(Proof { call: CallId(Uuid::from_u128(0xFFFF)), subject, answered_at, agent: Some(agent(by)) })
        };
        let (proof, note) = match shown {
            Shown::Nothing => (None, None),
            Shown::Note => (None, Some(Personal::new("Позвонили с другого телефона".to_owned()))),
            Shown::OldCall => (proof(owed, Some(UtcMs(START - 1))), None),
            Shown::OtherCall => (proof(Some(SubjectId(Uuid::from_u128(1))), Some(self.now.civil)), None),
        };
        let closed = self.ask(by, PromiseCommand::Close { promise, outcome, proof: proof.clone(), note });
        assert!(closed.is_err() || proof.is_none(), "an old call, and one of somebody else, prove nothing");
    }

    /// The process dies; the next one reads the journal.
    fn kill(&mut self) {
        for fact in self.ledger.promises().release_taken() {
            self.store(fact);
        }
        self.centre = centre(LineMode::Closed).with_promises(self.ledger.promises().clone());
    }

    fn desk(&mut self, index: usize, command: DeskCommand) {
        self.input(Input::Desk { agent: agent(index), command, request: RequestId(0) });
    }

    fn closed(&self) -> Vec<PromiseId> {
        let of = |fact: &Fact| match fact {
            Fact::PromiseClosed { promise, .. } => Some(*promise),
            _ => None,
        };
        self.facts.iter().filter_map(of).collect()
    }

    fn check(&self) {
        let closed = self.closed();
        let once: BTreeSet<_> = closed.iter().copied().collect();
        assert_eq!(once.len(), closed.len(), "closed at most once");
        let open: BTreeSet<_> = self.centre.promises().iter().map(|(id, _)| id).collect();
        let made: BTreeSet<_> = self.made.iter().copied().collect();
        assert_eq!(made.len(), self.made.len(), "made once");
        assert!(open.is_disjoint(&once) && &open | &once == made, "none is lost");
        let mut over = BTreeSet::new();
        for fact in &self.facts {
            match fact {
                Fact::PromiseTaken { promise, .. }
                | Fact::PromiseReleased { promise, .. }
                | Fact::PromiseTried { promise, .. } => assert!(!over.contains(promise), "nothing follows the end"),
                Fact::PromiseClosed { promise, .. } => assert!(over.insert(*promise)),
                _ => {}
            }
        }
    }
}

fn cases() -> u32 {
    if std::env::var_os("OTKLIK_LONG").is_some() { 20_000 } else { 300 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_promise_is_closed_at_most_once_and_never_lost(acts in acts()) {
        let mut world = World::new(LineMode::Closed);
        for act in acts {
            world.act(act);
            world.check();
        }
        world.input(Input::Stop);
        world.kill();
        prop_assert!(world.centre.promises().iter().all(|(_, open)| open.owner.is_none()), "nobody is there");
        // Every one that is left can be closed by hand.
        for promise in world.made.clone() {
            let note = Some(Personal::new("Причина".to_owned()));
            let outcome = PromiseOutcome::ByHand;
            let closed = world.ask(0, PromiseCommand::Close { promise, outcome, proof: None, note });
            prop_assert!(matches!(closed, Ok(()) | Err(PromiseRefusal::NotOpen)));
        }
        world.check();
        prop_assert_eq!(world.closed().len(), world.made.len());
    }
}

#[test]
fn each_command_has_its_rule() {
    let mut world = World::new(LineMode::Closed);
    let promise = PromiseId(world.miss(subject(1)).0);
    let (take, release) = (PromiseCommand::Take { promise }, PromiseCommand::Release { promise });
    let try_it =
        PromiseCommand::Try { promise, result: TryResult::Busy, note: Some(Personal::new("гудки".to_owned())) };
    let close = |outcome| PromiseCommand::Close { promise, outcome, proof: None, note: None };
    let taken = Err(PromiseRefusal::TakenBy { owner: agent(0) });

    assert_eq!(world.ask(0, release.clone()), Err(PromiseRefusal::NotTaken));
    assert_eq!(world.ask(0, take.clone()), Ok(()));
    let facts = world.facts.len();
    assert_eq!(world.ask(0, take.clone()), Ok(()), "to take one's own changes nothing");
    assert_eq!(world.facts.len(), facts);
    for command in [&take, &release, &try_it, &close(PromiseOutcome::Refused)] {
        assert_eq!(world.ask(1, command.clone()), taken, "{command:?}");
    }
    for outcome in [PromiseOutcome::Spoken, PromiseOutcome::Duplicate, PromiseOutcome::ByHand] {
        assert_eq!(world.ask(0, close(outcome)), Err(PromiseRefusal::NeedsReason));
    }
    assert_eq!(world.ask(0, close(PromiseOutcome::SpokenEarlier)), Err(PromiseRefusal::NoProof));
    assert_eq!(world.ask(0, close(PromiseOutcome::NoNumber)), Err(PromiseRefusal::NumberKnown));
    assert_eq!(world.ask(0, close(PromiseOutcome::NotReached)), Err(PromiseRefusal::AttemptsLeft));
    // A line that is switched closed keeps its calendar: Tuesday, 10:00.
    for (n, next) in [(1, Some(15 * 60_000)), (2, Some(60 * 60_000)), (3, None)] {
        assert_eq!(world.ask(0, try_it.clone()), Ok(()));
        let open = world.centre.promises().get(promise).expect("it is open");
        assert_eq!((open.attempts, open.next_try_at), (n, next.map(|ms| world.now.civil.plus_ms(ms))));
    }
    assert_eq!(world.notes, 3);
    world.desk(0, DeskCommand::Open);
    world.desk(0, DeskCommand::Close);
    assert_eq!(world.facts.last(), Some(&Fact::PromiseReleased { promise, by: None }), "the end of a shift");
    assert_eq!(world.ask(1, close(PromiseOutcome::NotReached)), Ok(()));
    assert_eq!(world.ask(1, take), Err(PromiseRefusal::NotOpen));
    assert_eq!(world.ask(1, close(PromiseOutcome::Refused)), Err(PromiseRefusal::NotOpen));

    let withheld = PromiseId(Uuid::from_u128(0xAB));
    let made = Fact::PromiseMade {
        promise: withheld,
        call: CallId(Uuid::from_u128(0xAB)),
        subject: None,
        promise_kind: otklik_model::PromiseKind::OurFault,
        due_at: world.now.civil,
        line: None,
    };
    world.store(made);
    world.kill();
    let tried = PromiseCommand::Try { promise: withheld, result: TryResult::NoAnswer, note: None };
    assert_eq!(world.ask(0, tried), Err(PromiseRefusal::NumberUnknown));
    let no_number =
        |note| PromiseCommand::Close { promise: withheld, outcome: PromiseOutcome::NoNumber, proof: None, note };
    assert_eq!(world.ask(0, no_number(None)), Err(PromiseRefusal::NeedsReason));
    assert_eq!(world.ask(0, no_number(Some(Personal::new("Номер скрыт".to_owned())))), Ok(()));
    world.check();
}

/// The person rings again and is answered: whoever speaks with them closes the promise by that talk, also where a
/// colleague has taken it. Before the answer, and by somebody else, it proves nothing.
#[test]
fn an_answered_call_of_the_same_person_closes_it() {
    let mut world = World::new(LineMode::Closed);
    let promise = PromiseId(world.miss(subject(2)).0);
    assert_eq!(world.ask(0, PromiseCommand::Take { promise }), Ok(()));
    world.desk(0, DeskCommand::SetLineMode { line: LineId::new("main"), mode: LineMode::Open });
    let (desk, leg, call) = (LegId(world.fresh()), LegId(world.fresh()), CallId(world.fresh()));
    world.desk(1, DeskCommand::Open);
    world.input(Input::DeskUp(agent(1), desk));
    world.desk(1, DeskCommand::Ready);
    world.input(Input::Arrived { call, leg, called: "88000000000".to_owned(), subject: subject(2) });
    world.input(Input::LegUp(leg));
    for _ in 0..2 {
        let (leg, play) = *world.plays.last().expect("an announcement plays");
        world.input(Input::PlayDone(leg, play));
    }
    let proof = Proof { call, subject: subject(2), answered_at: Some(world.now.civil), agent: Some(agent(1)) };
    let spoken = PromiseCommand::Close { promise, outcome: PromiseOutcome::Spoken, proof: Some(proof), note: None };
    let early = world.ask(1, spoken.clone());
    assert!(early.is_err(), "it only rings: the rules know better than the witness ({early:?})");
    world.desk(1, DeskCommand::Accept { call });
    assert_eq!(world.ask(2, spoken.clone()), Err(PromiseRefusal::TakenBy { owner: agent(0) }), "not their talk");
    assert_eq!(world.ask(1, spoken), Ok(()));
    let closed = Fact::PromiseClosed { promise, by: agent(1), outcome: PromiseOutcome::Spoken, proof: Some(call) };
    assert!(world.facts.contains(&closed));
    world.check();
}
