//! Sessions that were ended, told at once to whoever holds an open window on one.

use otklik_model::AgentId;
use otklik_store::TokenHash;
use tokio::sync::broadcast;

use crate::session::SignedIn;

/// News that may wait for a window; one that missed some asks the database.
const WAITING: usize = 256;

/// What was ended.
#[derive(Debug, Clone)]
enum Ended {
    One(TokenHash),
    AllOf(AgentId),
}

/// Tells which sessions were ended.
#[derive(Debug)]
pub(crate) struct Revoked(broadcast::Sender<Ended>);

impl Default for Revoked {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl Revoked {
    /// A session was ended. Nobody may be listening: then nobody holds a window.
    pub(crate) fn one(&self, token: &TokenHash) {
        self.0.send(Ended::One(token.clone())).ok();
    }

    /// All sessions of a person were ended.
    pub(crate) fn all_of(&self, person: &AgentId) {
        self.0.send(Ended::AllOf(person.clone())).ok();
    }

    /// Hears of sessions from now on.
    pub(crate) fn follow(&self) -> Following {
        Following(self.0.subscribe())
    }
}

/// Hears of ended sessions.
#[derive(Debug)]
pub(crate) struct Following(broadcast::Receiver<Ended>);

impl Following {
    /// Returns when this session may have been ended: ask then.
    pub(crate) async fn concerns(&mut self, session: &SignedIn) {
        loop {
            match self.0.recv().await {
                Ok(Ended::One(token)) if token != session.token => {}
                Ok(Ended::AllOf(person)) if person != session.person.id => {}
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
            }
        }
    }
}
