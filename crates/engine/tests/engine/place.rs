//! A data folder of a test's own, and what its journal says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use otklik_model::{AgentState, CallId, Fact, HangupSide};
use otklik_store::{CallRow, Location, OpenMode, Store, StoreError, VerifyReport};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use uuid::Uuid;

/// A folder that goes when the test is over.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("otklik-engine-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Self(folder)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    pub(crate) async fn open(&self, mode: OpenMode) -> Store {
        open(&self.0, mode).await
    }

    /// A connection that knows nothing of the store.
    pub(crate) async fn behind(&self) -> DatabaseConnection {
        let path = self.0.join("otklik.db");
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(move |sqlite| sqlite.in_memory(false).filename(&path));
        Database::connect(options).await.expect("the file opens")
    }

    /// Every fact of the journal in order.
    pub(crate) async fn facts(&self) -> Vec<Fact> {
        let behind = self.behind().await;
        let sql = "SELECT body FROM journal ORDER BY seq";
        let rows = behind.query_all_raw(Statement::from_string(behind.get_database_backend(), sql)).await;
        let read = |row: &sea_orm::QueryResult| {
            let body: String = row.try_get("", "body").expect("a body");
            serde_json::from_str(&body).expect("a fact")
        };
        let facts = rows.expect("the journal is read").iter().map(read).collect();
        behind.close().await.expect("the file closes");
        facts
    }

    /// The journal in short lines; calls are called A, B, ... as they were accepted.
    pub(crate) async fn journal(&self) -> Vec<String> {
        let mut names = BTreeMap::new();
        self.facts().await.iter().map(|fact| line(fact, &mut names)).collect()
    }

    /// Every call, oldest first.
    pub(crate) async fn calls(&self) -> Vec<CallRow> {
        let store = self.open(OpenMode::ReadOnly).await;
        let mut calls = Vec::new();
        let visited: Result<(), StoreError> = store
            .each_call(|call| {
                calls.push(call);
                Ok(())
            })
            .await;
        visited.expect("the calls are read");
        calls
    }

    pub(crate) async fn verify(&self) -> VerifyReport {
        let store = self.open(OpenMode::ReadOnly).await;
        store.verify(&self.0.join("recordings")).await.expect("the store can be read")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn open(folder: &Path, mode: OpenMode) -> Store {
    let location = Location::parse(folder, None).expect("the default location");
    Store::open(location, TimeZone::UTC, mode).await.expect("the store opens")
}

fn line(fact: &Fact, names: &mut BTreeMap<CallId, char>) -> String {
    let fresh = ('A'..='Z').nth(names.len()).unwrap_or('?');
    let call = fact.call().map_or('-', |call| *names.entry(call).or_insert(fresh));
    match fact {
        Fact::CentreStarted { .. } => "started".to_owned(),
        Fact::CallAccepted { .. } => format!("{call} accepted"),
        Fact::CallQueued { .. } => format!("{call} queued"),
        Fact::CallOffered { agent, .. } => format!("{call} offered to {agent}"),
        Fact::OfferEnded { agent, reason, .. } => format!("{call} offer to {agent} ended: {reason:?}"),
        Fact::CallJoined(joined) => format!("{call} joined by {}", joined.agent),
        Fact::SpecialistLost { agent, .. } => format!("{call} lost {agent}"),
        Fact::CallEnded(ended) => {
            let by = match ended.side {
                HangupSide::Caller => "caller",
                HangupSide::Specialist => "specialist",
                HangupSide::Trunk => "trunk",
                HangupSide::Centre => "centre",
            };
            format!("{call} ended by {by}: {}", ended.outcome.name())
        }
        Fact::PromiseMade { promise_kind, .. } => format!("{call} promised: {}", promise_kind.name()),
        Fact::AgentChanged { agent, state, .. } => format!("{agent} {}", state_name(*state)),
        Fact::PromiseTaken { by, .. } => format!("promise taken by {by}"),
        Fact::PromiseReleased { .. } => "promise released".to_owned(),
        Fact::PromiseTried { by, result, .. } => format!("promise tried by {by}: {}", result.name()),
        Fact::PromiseClosed { by, outcome, .. } => format!("promise closed by {by}: {}", outcome.name()),
        Fact::RecordingClosed(_) => format!("{call} recording closed"),
        Fact::RecordingStopped { .. } => format!("{call} recording stopped"),
        Fact::MessageStarted { .. } => format!("{call} message begins"),
        Fact::MessageSpoken { .. } => format!("{call} message spoken"),
        Fact::NumberGiven { .. } => format!("{call} number given"),
        Fact::RecordingRefused { reason, .. } => format!("{call} not recorded: {}", reason.name()),
        Fact::LineModeChanged { line, mode, .. } => format!("line {line} {}", mode.name()),
    }
}

fn state_name(state: AgentState) -> &'static str {
    match state {
        AgentState::Offline => "offline",
        AgentState::Ready => "ready",
        AgentState::Reserved { .. } => "reserved",
        AgentState::Talking { .. } => "talking",
        AgentState::WrapUp { .. } => "wraps up",
        AgentState::Break { .. } => "break",
    }
}
