//! `kill -9`: this test program runs itself as a child that serves scripted callers, kills it at a chance moment, and
//! starts it again on the same data, many times. Whoever was answered stands in the journal with one outcome.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use otklik_model::{AgentId, AgentState, DeskCommand, LegEvent, LegId, LegOrder, Outcome};
use uuid::Uuid;

use crate::place::Place;
use crate::rig::{Recorded, Rig};

const FOLDER: &str = "OTKLIK_KILL_FOLDER";
const SEED: &str = "OTKLIK_KILL_SEED";
const ROUND: &str = "OTKLIK_KILL_ROUND";
/// Callers on the line at once.
const CALLERS: usize = 30;
const DESKS: [&str; 3] = ["anna", "vera", "zoya"];

/// A small generator (xorshift64*); the same seed gives the same script.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % n
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_answered_is_never_lost() {
    let seed = std::env::var(SEED).ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| Uuid::new_v4().as_u64_pair().0 | 1);
    let kills = if std::env::var_os("OTKLIK_LONG").is_some() { 100 } else { 10 };
    let place = Place::new();
    let mut chance = Chance(seed);
    let mut answered = BTreeSet::new();
    for round in 0..kills {
        let lines = chance.below(150) + 1;
        let folder = place.folder().to_owned();
        let child_seed = chance.below(u64::MAX) | 1;
        let killed = tokio::task::spawn_blocking(move || run_and_kill(&folder, child_seed, round, lines));
        answered.extend(killed.await.expect("the child ran"));
    }
    // The last start closes what the last kill left open.
    Rig::start(&place, Recorded::No).await.stop().await.expect("stops");

    let calls: BTreeMap<String, _> = place
        .calls()
        .await
        .into_iter()
        .map(|call| (call.caller.clone().expect("every caller shows a number").into_inner().to_string(), call))
        .collect();
    let lost: Vec<_> = answered.iter().filter(|number| !calls.contains_key(*number)).collect();
    assert!(lost.is_empty(), "seed {seed}: answered and not in the journal: {lost:?}");
    assert!(answered.len() > usize::try_from(kills).expect("few"), "seed {seed}: the script answers nobody");
    for (number, call) in &calls {
        let outcome = call.outcome.unwrap_or_else(|| panic!("seed {seed}: {number} has no outcome"));
        assert!(
            outcome != Outcome::Interrupted || call.promise.is_some(),
            "seed {seed}: {number} was interrupted and is owed nothing"
        );
    }
    let outcomes: BTreeSet<&str> = calls.values().filter_map(|call| call.outcome).map(Outcome::name).collect();
    let wanted = BTreeSet::from(["abandoned", "answered", "interrupted"]);
    assert!(outcomes.is_superset(&wanted), "seed {seed}: the script is poor: {outcomes:?}");
    let report = place.verify().await;
    assert!(report.is_sound(), "seed {seed}: {:?}", report.faults);
}

/// Starts a child, kills it after so many answered callers; gives the numbers of all whom it answered.
fn run_and_kill(folder: &Path, seed: u64, round: u64, lines: u64) -> Vec<String> {
    let this = std::env::current_exe().expect("this program has a path");
    let mut child = Command::new(this)
        .args(["--exact", "kill::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let mut answered = Vec::new();
    let out = BufReader::new(child.stdout.take().expect("piped"));
    for line in out.lines() {
        let line = line.expect("the child writes text");
        answered.extend(line.strip_prefix("answered ").map(str::to_owned));
        if answered.len() as u64 == lines {
            // SIGKILL. What it wrote before it died is read to the end.
            child.kill().expect("killed");
        }
    }
    let status = child.wait().expect("the child has gone");
    assert!(!status.success(), "the child was to be killed, and ended by itself");
    answered
}

/// The child; does nothing unless the test above calls it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by whoever_was_answered_is_never_lost"]
async fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let number = |name| std::env::var(name).expect("given").parse::<u64>().expect("a number");
    let mut script = Script {
        rig: Rig::start_in(&folder, Recorded::No).await,
        chance: Chance(number(SEED)),
        round: number(ROUND),
        rung: 0,
        callers: BTreeMap::new(),
        todo: VecDeque::new(),
    };
    for name in DESKS {
        script.rig.sit_down(name).await;
    }
    script.run().await;
}

/// The child's world: callers who ring, listen, wait, talk and hang up at chance moments.
struct Script {
    rig: Rig,
    chance: Chance,
    round: u64,
    rung: u64,
    callers: BTreeMap<LegId, String>,
    todo: VecDeque<LegEvent>,
}

impl Script {
    async fn run(&mut self) {
        let mut live = self.rig.engine.live();
        loop {
            while self.callers.len() < CALLERS {
                self.rung += 1;
                let number = format!("+79{:04}{:05}", self.round, self.rung);
                let leg = LegId(Uuid::new_v4());
                self.callers.insert(leg, number.clone());
                self.rig.ring(leg, Some(&number)).await;
            }
            tokio::select! {
                effect = self.rig.effects.recv() => self.obey(effect.expect("the engine runs").order),
                changed = live.changed() => {
                    changed.expect("the engine runs");
                    let agents = live.borrow_and_update().view.agents.clone();
                    for agent in agents {
                        self.desk(agent.id, agent.state);
                    }
                }
            }
            while let Some(event) = self.todo.pop_front() {
                self.rig.send(event).await;
            }
        }
    }

    fn obey(&mut self, order: LegOrder) {
        match order {
            LegOrder::Answer { leg } => {
                let number = self.callers.get(&leg).expect("a leg that rings");
                // One write a line: a kill cuts none in two.
                let line = format!("answered {number}\n");
                std::io::stdout().write_all(line.as_bytes()).expect("the parent reads");
                self.todo.push_back(LegEvent::Up { leg });
            }
            LegOrder::Play { leg, play, list } => {
                if self.chance.below(6) == 0 {
                    self.leave(leg);
                } else if list.repeat_from.is_none() {
                    self.todo.push_back(LegEvent::PlayDone { leg, play });
                }
            }
            LegOrder::Join { caller, .. } => {
                if self.chance.below(2) == 0 {
                    self.leave(caller);
                }
            }
            LegOrder::Hangup { leg } | LegOrder::Reject { leg, .. } => drop(self.callers.remove(&leg)),
            LegOrder::Record { .. }
            | LegOrder::StopRecord { .. }
            | LegOrder::OpenDesk { .. }
            | LegOrder::OpenCaller { .. }
            | LegOrder::RenewCaller { .. }
            | LegOrder::CallerLeft { .. }
            | LegOrder::DropRecording { .. }
            | LegOrder::PlayRecording { .. } => {}
        }
    }

    fn leave(&mut self, leg: LegId) {
        if self.callers.remove(&leg).is_some() {
            self.todo.push_back(LegEvent::Ended { leg, side: otklik_model::HangupSide::Caller });
        }
    }

    /// A desk does what its state asks for. Nobody waits for the answer here: the callers' legs must not learn of their
    /// answer any later than it leaves the engine.
    fn desk(&mut self, agent: AgentId, state: AgentState) {
        let command = match state {
            AgentState::Reserved { call } if self.chance.below(8) == 0 => DeskCommand::Decline { call },
            AgentState::Reserved { call } => DeskCommand::Accept { call },
            AgentState::Talking { call } if self.chance.below(2) == 0 => DeskCommand::HangUp { call },
            AgentState::WrapUp { .. } | AgentState::Break { .. } => DeskCommand::Ready,
            AgentState::Talking { .. } | AgentState::Offline | AgentState::Ready => return,
        };
        let engine = self.rig.engine.clone();
        // Refused where the view was behind; an engine that has stopped ends the script by itself.
        tokio::spawn(async move { engine.desk(agent, command).await });
    }
}
