//! The open promises: what each call left us to do, who owns it, how often it was tried. The rules read it live, the
//! ledger folds it for recovery; both by the same facts. A closed promise is forgotten: its row is in the store.

use std::collections::BTreeMap;

use otklik_model::{AgentId, CallId, Fact, LineId, PromiseId, PromiseKind, SubjectId, UtcMs};
use serde::{Deserialize, Serialize};

/// A promise that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPromise {
    /// The call that caused it.
    pub call: CallId,
    /// Whom we owe it; nothing where the number is withheld.
    pub subject: Option<SubjectId>,
    /// What we owe.
    pub kind: PromiseKind,
    /// The line on whose hours it is kept, if the journal says it.
    pub line: Option<LineId>,
    /// Since when.
    pub made_at: UtcMs,
    /// By when.
    pub due_at: UtcMs,
    /// Who has taken it.
    pub owner: Option<AgentId>,
    /// Attempts made.
    pub attempts: u32,
    /// When the next one is due.
    pub next_try_at: Option<UtcMs>,
}

/// All open promises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Promises(BTreeMap<PromiseId, OpenPromise>);

impl Promises {
    /// The open promise of that id.
    pub fn get(&self, promise: PromiseId) -> Option<&OpenPromise> {
        self.0.get(&promise)
    }

    /// All, by id.
    pub fn iter(&self) -> impl Iterator<Item = (PromiseId, &OpenPromise)> {
        self.0.iter().map(|(id, promise)| (*id, promise))
    }

    /// Those that somebody has taken.
    pub fn owned_by(&self, agent: &AgentId) -> Vec<PromiseId> {
        self.iter().filter(|(_, promise)| promise.owner.as_ref() == Some(agent)).map(|(id, _)| id).collect()
    }

    /// What a new leader must write of promises that somebody had taken under the last one: the desks are closed, so
    /// nobody owns them any more.
    #[must_use]
    pub fn release_taken(&self) -> Vec<Fact> {
        let taken = self.iter().filter(|(_, promise)| promise.owner.is_some());
        taken.map(|(promise, _)| Fact::PromiseReleased { promise, by: None }).collect()
    }

    /// Takes a fact in.
    ///
    /// # Errors
    /// The promise, where the fact is about one that is not open.
    pub fn apply(&mut self, fact: &Fact, at: UtcMs) -> Result<(), PromiseId> {
        match fact {
            Fact::PromiseMade { promise, call, subject, promise_kind, due_at, line } => {
                let made = OpenPromise {
                    call: *call,
                    subject: *subject,
                    kind: *promise_kind,
                    line: line.clone(),
                    made_at: at,
                    due_at: *due_at,
                    owner: None,
                    attempts: 0,
                    next_try_at: None,
                };
                self.0.entry(*promise).or_insert(made);
                Ok(())
            }
            Fact::PromiseTaken { promise, by } => self.change(*promise, |open| open.owner = Some(by.clone())),
            Fact::PromiseReleased { promise, .. } => self.change(*promise, |open| open.owner = None),
            Fact::PromiseTried { promise, next_try_at, .. } => self.change(*promise, |open| {
                open.attempts = open.attempts.saturating_add(1);
                open.next_try_at = *next_try_at;
            }),
            Fact::PromiseClosed { promise, .. } => self.0.remove(promise).map(|_| ()).ok_or(*promise),
            Fact::CentreStarted { .. }
            | Fact::CallAccepted { .. }
            | Fact::CallQueued { .. }
            | Fact::CallOffered { .. }
            | Fact::OfferEnded { .. }
            | Fact::CallJoined(_)
            | Fact::SpecialistLost { .. }
            | Fact::CallEnded(_)
            | Fact::AgentChanged { .. }
            | Fact::RecordingClosed(_)
            | Fact::RecordingStopped { .. }
            | Fact::RecordingRefused { .. }
            | Fact::MessageStarted { .. }
            | Fact::MessageSpoken { .. }
            | Fact::NumberGiven { .. }
            | Fact::LineModeChanged { .. } => Ok(()),
        }
    }

    fn change(&mut self, promise: PromiseId, change: impl FnOnce(&mut OpenPromise)) -> Result<(), PromiseId> {
        self.0.get_mut(&promise).map(change).ok_or(promise)
    }
}
