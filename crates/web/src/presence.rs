//! Open windows of each desk: the first one opens it, and when the last one has been closed for a while the desk is
//! closed too. A reload is no end of a shift.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use otklik_engine::EngineHandle;
use otklik_model::{AgentId, DeskCommand};
use tokio::sync::Notify;

/// How long a desk stays open without a window.
const GRACE: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
struct Windows {
    open: usize,
    opened: Arc<Notify>,
}

/// The open windows.
#[derive(Debug, Clone)]
pub(crate) struct Presence {
    windows: Arc<Mutex<BTreeMap<AgentId, Windows>>>,
    engine: EngineHandle,
}

/// One open window; dropping it is closing it.
#[derive(Debug)]
pub(crate) struct Window {
    agent: AgentId,
    presence: Presence,
}

impl Presence {
    pub(crate) fn new(engine: EngineHandle) -> Self {
        Self { windows: Arc::default(), engine }
    }

    /// Opens a window, and with the first one the desk.
    pub(crate) async fn open(&self, agent: &AgentId) -> Window {
        {
            let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = windows.entry(agent.clone()).or_default();
            entry.open += 1;
            entry.opened.notify_waiters();
        }
        let window = Window { agent: agent.clone(), presence: self.clone() };
        // Opening an open desk changes nothing, and a desk whose closing was under way is open again.
        if let Err(error) = self.engine.desk(agent.clone(), DeskCommand::Open).await {
            tracing::warn!(%error, "a desk was not opened");
        }
        window
    }

    fn close(&self, agent: &AgentId) {
        let opened = {
            let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(entry) = windows.get_mut(agent) else { return };
            entry.open = entry.open.saturating_sub(1);
            if entry.open > 0 {
                return;
            }
            Arc::clone(&entry.opened)
        };
        let (presence, agent) = (self.clone(), agent.clone());
        tokio::spawn(async move {
            let opened_again = tokio::time::timeout(GRACE, opened.notified()).await.is_ok();
            if !opened_again && presence.forget(&agent) {
                // Refused only where the engine has stopped.
                presence.engine.desk(agent, DeskCommand::Close).await.ok();
            }
        });
    }

    /// Forgets a desk without windows; false where one was opened meanwhile.
    fn forget(&self, agent: &AgentId) -> bool {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = windows.get(agent).is_some_and(|entry| entry.open == 0);
        if gone {
            windows.remove(agent);
        }
        gone
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.presence.close(&self.agent);
    }
}
