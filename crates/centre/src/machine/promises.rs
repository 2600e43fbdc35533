//! What becomes of a promise: taken, tried, closed, each at most as its rules allow. A promise that somebody has taken
//! is theirs until they close it, give it back or go off shift; then it is the list's again.

use otklik_model::{
    AgentId, Fact, LineMode, Now, Personal, PromiseCommand, PromiseId, PromiseOutcome, PromiseRefusal, Proof,
    TryResult, UtcMs,
};

use super::{Centre, Output};
use crate::promises::{OpenPromise, Promises};

impl Centre {
    /// The centre with what the journal says is owed.
    #[must_use]
    pub fn with_promises(mut self, promises: Promises) -> Self {
        self.promises = promises;
        self
    }

    /// What is owed and not closed.
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    pub(super) fn promise_command(
        &mut self,
        now: Now,
        by: &AgentId,
        command: PromiseCommand,
    ) -> Result<(), PromiseRefusal> {
        match command {
            PromiseCommand::Take { promise } => self.take_promise(promise, by),
            PromiseCommand::Release { promise } => {
                self.owned_by(promise, by)?.owner.as_ref().ok_or(PromiseRefusal::NotTaken)?;
                self.fact(Fact::PromiseReleased { promise, by: Some(by.clone()) });
                Ok(())
            }
            PromiseCommand::TakeBack { promise } => {
                let open = self.promises.get(promise).ok_or(PromiseRefusal::NotOpen)?;
                open.owner.as_ref().ok_or(PromiseRefusal::NotTaken)?;
                self.fact(Fact::PromiseReleased { promise, by: Some(by.clone()) });
                Ok(())
            }
            PromiseCommand::ReleaseAll => {
                self.release_promises(by);
                Ok(())
            }
            PromiseCommand::Try { promise, result, note } => self.try_promise(now, promise, by, result, note),
            PromiseCommand::Close { promise, outcome, proof, note } => {
                self.close_promise(promise, by, outcome, proof.as_ref(), note)
            }
        }
    }

    /// Whoever goes off shift leaves no promise behind that nobody looks after: the list has them again.
    pub(super) fn release_promises(&mut self, of: &AgentId) {
        for promise in self.promises.owned_by(of) {
            self.fact(Fact::PromiseReleased { promise, by: None });
        }
    }

    fn take_promise(&mut self, promise: PromiseId, by: &AgentId) -> Result<(), PromiseRefusal> {
        if self.owned_by(promise, by)?.owner.is_none() {
            self.fact(Fact::PromiseTaken { promise, by: by.clone() });
        }
        Ok(())
    }

    /// An attempt of what nobody owns takes it first: whoever tries looks after it.
    fn try_promise(
        &mut self,
        now: Now,
        promise: PromiseId,
        by: &AgentId,
        result: TryResult,
        note: Option<Personal<String>>,
    ) -> Result<(), PromiseRefusal> {
        if self.owned_by(promise, by)?.subject.is_none() {
            return Err(PromiseRefusal::NumberUnknown);
        }
        self.take_promise(promise, by)?;
        let next_try_at = self.next_try_at(now, promise);
        self.fact_with_note(Fact::PromiseTried { promise, by: by.clone(), result, next_try_at }, note);
        Ok(())
    }

    fn close_promise(
        &mut self,
        promise: PromiseId,
        by: &AgentId,
        outcome: PromiseOutcome,
        proof: Option<&Proof>,
        note: Option<Personal<String>>,
    ) -> Result<(), PromiseRefusal> {
        let open = self.promises.get(promise).ok_or(PromiseRefusal::NotOpen)?;
        // Whoever has just spoken with the person may say so, whoever owns the promise.
        let in_own_talk = outcome == PromiseOutcome::Spoken && proof.is_some_and(|proof| self.spoke_with(proof, by));
        if !in_own_talk {
            self.owned_by(promise, by)?;
        }
        let proven = match proof {
            None => false,
            Some(proof) if self.proves(open, proof) => true,
            Some(_) => return Err(PromiseRefusal::NoProof),
        };
        match outcome {
            PromiseOutcome::Spoken | PromiseOutcome::SpokenEarlier if proven => {}
            PromiseOutcome::SpokenEarlier => return Err(PromiseRefusal::NoProof),
            PromiseOutcome::NotReached if self.attempts_left(open) => return Err(PromiseRefusal::AttemptsLeft),
            PromiseOutcome::NotReached | PromiseOutcome::Refused => {}
            PromiseOutcome::NoNumber if open.subject.is_some() => return Err(PromiseRefusal::NumberKnown),
            PromiseOutcome::Spoken | PromiseOutcome::NoNumber | PromiseOutcome::Duplicate | PromiseOutcome::ByHand => {
                note.as_ref().ok_or(PromiseRefusal::NeedsReason)?;
            }
        }
        let proof = proof.map(|proof| proof.call);
        self.fact_with_note(Fact::PromiseClosed { promise, by: by.clone(), outcome, proof }, note);
        Ok(())
    }

    /// The open promise, unless somebody else owns it.
    fn owned_by(&self, promise: PromiseId, by: &AgentId) -> Result<&OpenPromise, PromiseRefusal> {
        let open = self.promises.get(promise).ok_or(PromiseRefusal::NotOpen)?;
        match &open.owner {
            Some(owner) if owner != by => Err(PromiseRefusal::TakenBy { owner: owner.clone() }),
            Some(_) | None => Ok(open),
        }
    }

    /// Is it an answered call of this person, and not the one that caused the promise? One that goes on may have begun
    /// before the promise was made; one that is over must have been answered since.
    fn proves(&self, open: &OpenPromise, proof: &Proof) -> bool {
        let (subject, answered) = match self.calls.get(&proof.call) {
            Some(live) => (live.subject, live.answered_at.is_some()),
            None => (proof.subject, proof.answered_at.is_some_and(|at| at >= open.made_at)),
        };
        proof.call != open.call && answered && subject.is_some() && subject == open.subject
    }

    fn spoke_with(&self, proof: &Proof, by: &AgentId) -> bool {
        let agent = match self.calls.get(&proof.call) {
            Some(live) => live.agent.as_ref(),
            None => proof.agent.as_ref(),
        };
        agent == Some(by)
    }

    fn attempts_left(&self, open: &OpenPromise) -> bool {
        let needed = self.config.thresholds.retry.attempts(open.kind);
        usize::try_from(open.attempts).is_ok_and(|made| made < needed)
    }

    /// When the attempt after the one that is made now is due.
    fn next_try_at(&self, now: Now, promise: PromiseId) -> Option<UtcMs> {
        let open = self.promises.get(promise)?;
        let named = open.line.as_ref().and_then(|line| self.line(line));
        let line = named.or_else(|| self.config.lines.first())?;
        let hours = (self.mode(line) != LineMode::Open).then_some(&line.hours);
        let made = usize::try_from(open.attempts.saturating_add(1)).ok()?;
        self.config.thresholds.retry.next_try(now.civil, open.kind, made, hours, line.hours.zone())
    }

    fn fact_with_note(&mut self, fact: Fact, note: Option<Personal<String>>) {
        self.fact(fact);
        if let Some(note) = note {
            self.outputs.push_back(Output::Note(note));
        }
    }
}
