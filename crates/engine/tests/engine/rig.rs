//! An engine that runs, with the test in the place of the switch and of the desks.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use otklik_centre::calendar::{Hours, ProductionCalendar};
use otklik_centre::{CentreConfig, Line, Thresholds};
use otklik_engine::{DeskError, Engine, EngineConfig, EngineError, EngineHandle, Live, Ports};
use otklik_model::{
    AgentId, CallId, DeskCommand, Effect, HangupSide, LegEvent, LegId, LegOrder, LineId, LineMode, Personal,
    PhoneNumber, PlayId,
};
use otklik_store::OpenMode;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::place::{self, Place};

/// No wait of a test lasts longer.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// Waits with a limit.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    let Ok(value) = tokio::time::timeout(LIMIT, future).await else { panic!("waited in vain for {what}") };
    value
}

/// Whether the one line is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recorded {
    Yes,
    No,
}

/// A running engine.
pub(crate) struct Rig {
    pub(crate) engine: EngineHandle,
    pub(crate) task: JoinHandle<Result<(), EngineError>>,
    pub(crate) events: mpsc::Sender<LegEvent>,
    pub(crate) effects: mpsc::Receiver<Effect>,
}

impl Rig {
    pub(crate) async fn start(place: &Place, recorded: Recorded) -> Self {
        Self::start_in(place.folder(), recorded).await
    }

    pub(crate) async fn start_in(folder: &Path, recorded: Recorded) -> Self {
        let store = Arc::new(place::open(folder, OpenMode::Lead).await);
        let config = EngineConfig { centre: centre(recorded), program: "test".to_owned() };
        let engine = Engine::recover(store, config).await.expect("recovers");
        let (events, engine_events) = mpsc::channel(4_096);
        let (engine_effects, effects) = mpsc::channel(4_096);
        let ports = Ports { events: engine_events, effects: engine_effects };
        let (engine, task) = engine.run(Vec::new(), ports).await.expect("runs");
        Self { engine, task, events, effects }
    }

    pub(crate) async fn send(&self, event: LegEvent) {
        self.events.send(event).await.expect("the engine runs");
    }

    /// A caller rings.
    pub(crate) async fn ring(&self, leg: LegId, number: Option<&str>) {
        let caller = number.map(|number| Personal::new(PhoneNumber::parse(number).expect("a number")));
        self.send(LegEvent::Offered { leg, called: "100".to_owned(), caller }).await;
    }

    pub(crate) async fn order(&mut self) -> LegOrder {
        soon("an order", self.effects.recv()).await.expect("the engine runs").order
    }

    pub(crate) async fn expect(&mut self, order: LegOrder) {
        assert_eq!(self.order().await, order);
    }

    /// The next order, which is to play these prompts.
    pub(crate) async fn expect_play(&mut self, on: LegId, first: &str) -> PlayId {
        let order = self.order().await;
        let LegOrder::Play { leg, play, list } = &order else { panic!("{first} was to be played, not {order:?}") };
        assert_eq!((*leg, list.prompts[0].as_str()), (on, first));
        *play
    }

    /// Waits until the live centre is so.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Live) -> bool) -> Arc<Live> {
        let mut live = self.engine.live();
        let found = soon(what, live.wait_for(|live| holds(live))).await.expect("the engine runs");
        Arc::clone(&found)
    }

    pub(crate) async fn desk(&self, name: &str, command: DeskCommand) -> Result<(), DeskError> {
        soon("the answer to a desk", self.engine.desk(AgentId::new(name), command)).await
    }

    /// A specialist opens the desk, gets sound and is ready.
    pub(crate) async fn sit_down(&mut self, name: &str) -> LegId {
        self.desk(name, DeskCommand::Open).await.expect("opens");
        let engine = self.engine.clone();
        let agent = AgentId::new(name);
        let sound = tokio::spawn(async move { engine.open_media(agent, "offer".to_owned()).await });
        let LegOrder::OpenDesk { leg, .. } = self.order().await else { panic!("sound was to be negotiated") };
        self.send(LegEvent::SoundAnswer { leg, sdp: Ok("answer".to_owned()) }).await;
        assert_eq!(sound.await.expect("no panic"), Ok("answer".to_owned()));
        self.send(LegEvent::DeskUp { agent: AgentId::new(name), leg }).await;
        self.until("sound", |live| live.view.agents.iter().any(|agent| agent.id.as_str() == name && agent.sound)).await;
        self.desk(name, DeskCommand::Ready).await.expect("is ready");
        leg
    }

    /// Rings, is answered, hears the opening words; stands in the queue then.
    pub(crate) async fn bring_to_queue(&mut self, leg: LegId, number: Option<&str>) {
        self.ring(leg, number).await;
        self.expect(LegOrder::Answer { leg }).await;
        self.send(LegEvent::Up { leg }).await;
        let play = self.expect_play(leg, "greeting").await;
        self.send(LegEvent::PlayDone { leg, play }).await;
        let play = self.expect_play(leg, "danger_first").await;
        self.send(LegEvent::PlayDone { leg, play }).await;
    }

    /// Waits until a call rings at a desk.
    pub(crate) async fn ringing_at(&self, name: &str) -> CallId {
        use otklik_model::AgentState;
        let reserved = |live: &Live| {
            live.view.agents.iter().find_map(|agent| match agent.state {
                AgentState::Reserved { call } if agent.id.as_str() == name => Some(call),
                AgentState::Reserved { .. }
                | AgentState::Offline
                | AgentState::Ready
                | AgentState::Talking { .. }
                | AgentState::WrapUp { .. }
                | AgentState::Break { .. } => None,
            })
        };
        let live = self.until("a ring at the desk", |live| reserved(live).is_some()).await;
        reserved(&live).expect("it was so")
    }

    pub(crate) async fn hang_up(&self, leg: LegId) {
        self.send(LegEvent::Ended { leg, side: HangupSide::Caller }).await;
    }

    /// Stops the engine and waits for its task to end.
    pub(crate) async fn stop(self) -> Result<(), EngineError> {
        soon("the engine to stop", self.engine.stop()).await;
        soon("the task to end", self.task).await.expect("no panic")
    }
}

pub(crate) fn leg(n: u128) -> LegId {
    LegId(Uuid::from_u128(n))
}

fn centre(recorded: Recorded) -> CentreConfig {
    let line = Line {
        id: LineId::new("help"),
        name: "Help".to_owned(),
        number: PhoneNumber::parse("100").expect("a number"),
        hours: Hours::new(&[], ProductionCalendar::default(), TimeZone::UTC),
        mode: LineMode::Open,
        recorded: recorded == Recorded::Yes,
        recorder: false,
        keep_days: 0,
    };
    CentreConfig { lines: vec![line], thresholds: Thresholds { max_waiting: 1_000, ..Thresholds::default() } }
}
