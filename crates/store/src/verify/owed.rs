//! The rows of promises and attempts, as the journal makes them and as they are stored.

use otklik_model::{AgentId, CallId, PromiseId, TryResult, UtcMs};
use sea_orm::QueryResult;

use crate::changes::{PromiseNew, PromiseStep};
use crate::error::StoreError;
use crate::{names, sql};

/// The state of a promise of which nothing changes any more.
pub(super) const CLOSED: &str = "closed";

/// A row of the promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Promise {
    new: PromiseNew,
    pub(super) state: String,
    owner: Option<AgentId>,
    taken_at: Option<UtcMs>,
    released_at: Option<UtcMs>,
    attempts: u64,
    last_result: Option<String>,
    next_try_at: Option<UtcMs>,
    closed_at: Option<UtcMs>,
    closed_by: Option<AgentId>,
    closed_seq: Option<u64>,
    outcome: Option<String>,
    proof: Option<CallId>,
}

/// A row of the attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Try {
    pub(super) promise: PromiseId,
    pub(super) at: UtcMs,
    pub(super) who: AgentId,
    pub(super) result: TryResult,
}

impl Promise {
    pub(super) fn new(new: PromiseNew) -> Self {
        Self {
            new,
            state: "open".to_owned(),
            owner: None,
            taken_at: None,
            released_at: None,
            attempts: 0,
            last_result: None,
            next_try_at: None,
            closed_at: None,
            closed_by: None,
            closed_seq: None,
            outcome: None,
            proof: None,
        }
    }

    pub(super) fn step(&mut self, at: UtcMs, seq: u64, step: PromiseStep) {
        match step {
            PromiseStep::Taken { by } => {
                "taken".clone_into(&mut self.state);
                (self.owner, self.taken_at) = (Some(by), Some(at));
            }
            PromiseStep::Released => {
                "open".clone_into(&mut self.state);
                (self.owner, self.released_at) = (None, Some(at));
            }
            PromiseStep::Tried { by: _, result, next_try_at } => {
                self.attempts += 1;
                (self.last_result, self.next_try_at) = (Some(result.name().to_owned()), next_try_at);
            }
            PromiseStep::Closed { by, outcome, proof } => {
                CLOSED.clone_into(&mut self.state);
                (self.closed_at, self.closed_by, self.closed_seq) = (Some(at), Some(by), Some(seq));
                (self.outcome, self.proof) = (Some(outcome.name().to_owned()), proof);
            }
        }
    }
}

pub(super) fn promise(row: &QueryResult, new: PromiseNew) -> Result<Promise, StoreError> {
    let (owner, closed_by): (Option<String>, Option<String>) =
        (row.try_get("", "owner")?, row.try_get("", "closed_by")?);
    let closed_seq: Option<i64> = row.try_get("", "closed_seq")?;
    Ok(Promise {
        new,
        state: row.try_get("", "state")?,
        owner: owner.map(AgentId),
        taken_at: names::read_at_or_none(row, "taken_at")?,
        released_at: names::read_at_or_none(row, "released_at")?,
        attempts: sql::unsigned(row, "attempts")?,
        last_result: row.try_get("", "last_result")?,
        next_try_at: names::read_at_or_none(row, "next_try_at")?,
        closed_at: names::read_at_or_none(row, "closed_at")?,
        closed_by: closed_by.map(AgentId),
        closed_seq: closed_seq.and_then(|seq| u64::try_from(seq).ok()),
        outcome: row.try_get("", "outcome")?,
        proof: names::read_uuid_or_none(row, "proof")?.map(CallId),
    })
}

pub(super) fn attempt(row: &QueryResult) -> Result<(u64, Try), StoreError> {
    let who: String = row.try_get("", "who")?;
    let attempt = Try {
        promise: PromiseId(names::read_uuid(row, "promise")?),
        at: names::read_at(row, "at_ms")?,
        who: AgentId(who),
        result: names::read_try_result(row, "result")?.ok_or_else(|| StoreError::corrupt("result"))?,
    };
    Ok((sql::unsigned(row, "seq")?, attempt))
}
