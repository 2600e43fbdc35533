//! Starting: the epoch is raised, the journal read, what a crash left open is closed with a promise; then the engine
//! runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use otklik_centre::ledger::Ledger;
use otklik_centre::{Centre, CentreConfig};
use otklik_model::{Effect, Envelope, Fact, LegEvent, RecordingClosed, UtcMs};
use otklik_store::{Batch, Recovery, Store, StoreError};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use uuid::ContextV7;

use crate::answers::Answers;
use crate::arrivals::Arrivals;
use crate::callers::Callers;
use crate::clock::Clock;
use crate::commits::Commits;
use crate::gate::Gate;
use crate::handle::{EngineHandle, INBOX};
use crate::live::{Live, Published};
use crate::orders::Orders;
use crate::owner::Owner;

/// What the engine is started with.
#[derive(Debug)]
pub struct EngineConfig {
    /// The rules' settings.
    pub centre: CentreConfig,
    /// Version of the program, for the journal.
    pub program: String,
}

/// The channels between the engine and the switch; both bounded.
#[derive(Debug)]
pub struct Ports {
    /// What legs report.
    pub events: mpsc::Receiver<LegEvent>,
    /// What is asked of them.
    pub effects: mpsc::Sender<Effect>,
}

/// Why the engine did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store failed.
    #[error("the journal cannot be led")]
    Store(#[from] StoreError),
    /// The switch has gone.
    #[error("the switch has stopped")]
    SwitchGone,
    /// The switch is there and takes no orders.
    #[error("the switch takes no orders: {waiting} wait for it")]
    SwitchStalled {
        /// Orders that wait behind the full channel.
        waiting: usize,
    },
    /// The engine was told to stop while the journal or the switch took nothing. What is missing in the journal is made
    /// good at the next start.
    #[error("stopped before everything was on disk and every leg told")]
    StopUnfinished,
}

/// An engine that has read the journal and does not run yet.
#[derive(Debug)]
pub struct Engine {
    store: Arc<Store>,
    config: EngineConfig,
    recovery: Recovery,
    clock: Clock,
}

impl Engine {
    /// Takes the lead under a new epoch and reads the journal.
    pub async fn recover(store: Arc<Store>, config: EngineConfig) -> Result<Self, EngineError> {
        store.begin_epoch().await?;
        let recovery = store.recover().await?;
        let clock = Clock::start(recovery.last_at);
        metrics::counter!("engine_ledger_faults_total").increment(recovery.faults);
        tracing::info!(epoch = recovery.epoch, seq = recovery.last_seq, "journal read");
        Ok(Self { store, config, recovery, clock })
    }

    /// Sets the clock for a demonstration or a test: civil time begins there and runs on.
    pub fn set_clock(&mut self, at: UtcMs) {
        self.clock = Clock::start_at(self.recovery.last_at, at);
    }

    /// What the journal says is open: whoever keeps the recordings closes their files before [`Engine::run`].
    pub fn ledger(&self) -> &Ledger {
        &self.recovery.ledger
    }

    /// Writes what the last process left open (`recordings` are the files that were repaired), and runs. The task ends
    /// when it is told to stop, or with an error when it may lead no longer.
    pub async fn run(
        self,
        recordings: Vec<RecordingClosed>,
        ports: Ports,
    ) -> Result<(EngineHandle, JoinHandle<Result<(), EngineError>>), EngineError> {
        let Self { store, config, recovery, clock } = self;
        let Recovery { mut ledger, last_seq, epoch, .. } = recovery;
        let centre = Centre::new(config.centre, ledger.line_modes().clone());
        let now = clock.now();
        let mut facts = vec![Fact::CentreStarted { program: config.program }];
        facts.extend(recordings.into_iter().map(Fact::RecordingClosed));
        facts.extend(ledger.close_interrupted(|line| centre.due_after_fault(now, line)));
        facts.extend(ledger.promises().release_taken());
        let envelopes = stamp(facts, last_seq, epoch, now.civil);
        let stored = envelopes.last().map_or(last_seq, |last| last.seq);
        store.append(&Batch { envelopes: envelopes.clone(), ..Batch::default() }).await?;
        for envelope in &envelopes {
            if let Err(fault) = ledger.apply(envelope) {
                tracing::error!(%fault, seq = envelope.seq, "the journal contradicts itself");
            }
        }
        store.snapshot(&ledger).await?;
        let centre = centre.with_promises(ledger.promises().clone());

        let (asks, asked) = mpsc::channel(INBOX);
        let (publish, live) = watch::channel(Arc::new(Live::default()));
        let handle = EngineHandle { asks, live, clock: clock.clone() };
        let owner = Owner {
            centre,
            clock,
            gate: Gate::new(stored),
            commits: Commits::new(Arc::clone(&store), epoch, ledger),
            arrivals: Arrivals::new(store),
            orders: Orders::new(epoch, ports.effects),
            answers: Answers::default(),
            callers: Callers::default(),
            published: Published::new(stored, publish),
            ids: ContextV7::new(),
            open_recordings: BTreeSet::new(),
            stopping: None,
        };
        let task = tokio::spawn(owner.run(ports.events, asked));
        Ok((handle, task))
    }
}

/// Puts facts into their places in the journal.
pub(crate) fn stamp(facts: Vec<Fact>, last_seq: u64, epoch: u64, at: UtcMs) -> Vec<Envelope> {
    let seqs = (last_seq + 1)..;
    seqs.zip(facts).map(|(seq, fact)| Envelope { partition: 0, seq, epoch, at, fact }).collect()
}
