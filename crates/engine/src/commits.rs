//! What becomes durable: the facts that wait, the commit under way, its retry, its late end, the snapshots. Commits are
//! grouped without a timer: all that becomes true while one commit is under way goes into the next.

use std::sync::Arc;
use std::time::Duration;

use otklik_centre::ledger::Ledger;
use otklik_model::{Envelope, Fact, Personal, PhoneNumber, SubjectId, UtcMs};
use otklik_store::{Batch, Store, StoreError};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// A snapshot is made after so many facts.
const SNAPSHOT_EVERY: u64 = 1_000;
/// The pause before a failed commit is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// A commit that lasts longer counts as one that the journal does not take, until it ends.
const LATE_AFTER: Duration = Duration::from_secs(1);
/// Facts that may wait for the disk before new calls are refused; live calls add a few more until they end.
const FACTS_WAITING: usize = 10_000;

/// What waits for the disk, and what is on its way there.
#[derive(Debug)]
pub(crate) struct Commits {
    store: Arc<Store>,
    epoch: u64,
    seq: u64,
    ledger: Ledger,
    next: Batch,
    writing: Option<Writing>,
    snapshot_at: u64,
    snapshot: Option<JoinHandle<()>>,
}

/// A commit under way. Its task is never cancelled: a commit of unknown fate would be the result.
#[derive(Debug)]
struct Writing {
    batch: Arc<Batch>,
    task: JoinHandle<Result<(), StoreError>>,
    /// When the commit is late; nothing once that has been noticed.
    late_at: Option<Instant>,
}

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All facts up to this place are on disk.
    Stored(u64),
    /// It failed and is tried again.
    Failed,
}

impl Commits {
    /// Starts behind a journal whose sum is `ledger`, to be continued under `epoch`.
    pub(crate) fn new(store: Arc<Store>, epoch: u64, ledger: Ledger) -> Self {
        let seq = ledger.last_seq();
        Self { store, epoch, seq, ledger, next: Batch::default(), writing: None, snapshot_at: seq, snapshot: None }
    }

    /// Place of the last fact, stored or not.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// Gives a fact its place; it waits for the next commit.
    pub(crate) fn record(&mut self, fact: Fact, at: UtcMs) {
        self.seq += 1;
        self.next.envelopes.push(Envelope { partition: 0, seq: self.seq, epoch: self.epoch, at, fact });
    }

    /// Stores what somebody wrote to the last fact together with it.
    pub(crate) fn note(&mut self, note: Personal<String>) {
        self.next.notes.push((self.seq, note));
    }

    /// Stores the number behind a new subject together with the facts that name it.
    pub(crate) fn introduce(&mut self, subject: SubjectId, number: Personal<PhoneNumber>) {
        self.next.subjects.push((subject, number));
    }

    /// Does the number wait for the next commit?
    pub(crate) fn introduces(&self, number: &PhoneNumber) -> bool {
        self.next.subjects.iter().any(|(_, waiting)| waiting.reveal() == number)
    }

    /// True while so much waits for the disk that new calls are refused.
    pub(crate) fn is_full(&self) -> bool {
        self.next.envelopes.len() >= FACTS_WAITING
    }

    /// True where everything that became true is on disk.
    pub(crate) fn is_idle(&self) -> bool {
        self.writing.is_none() && self.next.envelopes.is_empty()
    }

    /// Begins to write what waits, unless a commit is under way.
    pub(crate) fn begin(&mut self) {
        if self.writing.is_some() || self.next.envelopes.is_empty() {
            return;
        }
        let batch = Arc::new(std::mem::take(&mut self.next));
        let (store, facts) = (Arc::clone(&self.store), Arc::clone(&batch));
        let task = tokio::spawn(async move { store.append(&facts).await });
        self.writing = Some(Writing { batch, task, late_at: Some(Instant::now() + LATE_AFTER) });
    }

    /// Waits for the commit under way to end; for ever where there is none. Can be dropped and asked anew.
    ///
    /// # Errors
    /// Where another try is in vain: another process leads, or the journal holds other facts than ours.
    pub(crate) async fn ended(&mut self) -> Result<Ended, StoreError> {
        let Some(writing) = &mut self.writing else { return std::future::pending().await };
        let result = (&mut writing.task).await;
        let batch = Arc::clone(&writing.batch);
        self.writing = None;
        let failure = match result {
            Ok(Ok(())) => return Ok(Ended::Stored(self.stored(&batch))),
            Ok(Err(error)) if is_final(&error) => return Err(error),
            Ok(Err(error)) => Failure::Store(error),
            Err(error) => Failure::Died(error),
        };
        metrics::counter!("engine_commit_failures_total").increment(1);
        tracing::error!(error = &failure as &dyn std::error::Error, "a commit failed; it is tried again");
        self.begin_again(batch);
        Ok(Ended::Failed)
    }

    /// When the commit under way is late; nothing where none is, or that has been said.
    pub(crate) fn late_at(&self) -> Option<Instant> {
        self.writing.as_ref().and_then(|writing| writing.late_at)
    }

    /// Notes that the commit under way is late.
    pub(crate) fn note_late(&mut self) {
        if let Some(writing) = &mut self.writing {
            writing.late_at = None;
        }
        metrics::counter!("engine_commits_late_total").increment(1);
        tracing::error!(after_ms = LATE_AFTER.as_millis(), "the journal does not take a commit in time");
    }

    /// Stores the last snapshot. Recovery needs none: a failure costs the next start some time, no fact.
    pub(crate) async fn close(self) {
        if let Some(snapshot) = self.snapshot {
            // It has said itself what went wrong.
            snapshot.await.ok();
        }
        snapshot(&self.store, &self.ledger).await;
    }

    fn begin_again(&mut self, batch: Arc<Batch>) {
        let (store, facts) = (Arc::clone(&self.store), Arc::clone(&batch));
        let task = tokio::spawn(async move {
            tokio::time::sleep_until(Instant::now() + RETRY_AFTER).await;
            append_again(&store, &facts).await
        });
        self.writing = Some(Writing { batch, task, late_at: None });
    }

    /// Takes in what is on disk now; gives its last place.
    fn stored(&mut self, batch: &Batch) -> u64 {
        for envelope in &batch.envelopes {
            if let Err(fault) = self.ledger.apply(envelope) {
                metrics::counter!("engine_ledger_faults_total").increment(1);
                tracing::error!(%fault, seq = envelope.seq, "the journal contradicts itself");
            }
        }
        metrics::counter!("engine_facts_total").increment(batch.envelopes.len() as u64);
        let stored = self.ledger.last_seq();
        let under_way = self.snapshot.as_ref().is_some_and(|task| !task.is_finished());
        if stored - self.snapshot_at >= SNAPSHOT_EVERY && !under_way {
            self.snapshot_at = stored;
            let (store, ledger) = (Arc::clone(&self.store), self.ledger.clone());
            self.snapshot = Some(tokio::spawn(async move { snapshot(&store, &ledger).await }));
        }
        stored
    }
}

/// Why a commit did not come about.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the task of the commit died")]
    Died(#[source] tokio::task::JoinError),
}

/// Appends facts whose first commit failed, and may have reached the disk all the same. The store holds our epoch and
/// looks at the places in one transaction: a gap that begins behind our last fact can only mean that it was written by
/// us; had another leader written it, the epoch would be refused first.
async fn append_again(store: &Store, batch: &Batch) -> Result<(), StoreError> {
    let last = batch.envelopes.last().map_or(0, |envelope| envelope.seq);
    match store.append(batch).await {
        Err(StoreError::Gap { expected, .. }) if expected == last + 1 => Ok(()),
        result => result,
    }
}

/// True where another try of the same facts must fail as well.
fn is_final(error: &StoreError) -> bool {
    match error {
        StoreError::Fenced { .. }
        | StoreError::Gap { .. }
        | StoreError::OtherPartition { .. }
        | StoreError::ReadOnly
        | StoreError::UnknownKind { .. }
        | StoreError::OtherSchema { .. }
        | StoreError::Corrupt { .. } => true,
        StoreError::Database(_)
        | StoreError::NotFound { .. }
        | StoreError::Folder { .. }
        | StoreError::SnapshotAhead { .. }
        | StoreError::PersonExists
        | StoreError::NoSuchPerson
        | StoreError::LastAdministrator
        | StoreError::Stale { .. } => false,
    }
}

async fn snapshot(store: &Store, ledger: &Ledger) {
    if let Err(error) = store.snapshot(ledger).await {
        metrics::counter!("engine_snapshot_failures_total").increment(1);
        tracing::warn!(error = &error as &dyn std::error::Error, "a snapshot was not stored");
    }
}

#[cfg(test)]
mod tests;
