//! Callers who ring while the subject behind their number is looked up. One look-up at a time, off the engine's task: a
//! slow database makes callers ring longer, and holds up no talk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use otklik_model::{HangupSide, LegId, LineNumber, Personal, PhoneNumber, SubjectId};
use otklik_store::Store;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Callers who may wait for the look-up; more are refused.
const WAITING: usize = 1_024;
/// The pause before a failed look-up is tried again. It is tried while the caller's place is kept: with a subject made
/// up instead, a promise would stand there without a number to call.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// A caller who rings.
#[derive(Debug)]
pub(crate) struct Ringing {
    pub(crate) leg: LegId,
    pub(crate) called: LineNumber,
    pub(crate) number: Personal<PhoneNumber>,
    /// Who hung up while the number was looked up.
    pub(crate) ended: Option<HangupSide>,
}

/// The subject behind a caller's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Stored, or about to be.
    Known(SubjectId),
    /// The number has never called: [`Arrivals::introduce`] is due.
    New,
    /// The look-up panicked: this call cannot be taken.
    Died,
}

/// Who rings and is looked up, first come first.
#[derive(Debug)]
pub(crate) struct Arrivals {
    store: Arc<Store>,
    waiting: VecDeque<Ringing>,
    lookup: Option<JoinHandle<Option<SubjectId>>>,
    /// Subjects that may not be seen in the store yet.
    fresh: BTreeMap<PhoneNumber, SubjectId>,
}

impl Arrivals {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self { store, waiting: VecDeque::new(), lookup: None, fresh: BTreeMap::new() }
    }

    /// Takes a caller; gives the leg back where too many wait.
    pub(crate) fn ring(&mut self, ringing: Ringing) -> Result<(), LegId> {
        if self.waiting.len() >= WAITING {
            return Err(ringing.leg);
        }
        self.waiting.push_back(ringing);
        self.look_up_next();
        Ok(())
    }

    /// Notes that a leg is over; true if it is one of those who ring here.
    pub(crate) fn leg_ended(&mut self, leg: LegId, side: HangupSide) -> bool {
        let ringing = self.waiting.iter_mut().find(|ringing| ringing.leg == leg);
        ringing.is_some_and(|ringing| {
            ringing.ended.get_or_insert(side);
            true
        })
    }

    /// Waits for the next caller to be found; for ever while nobody rings. Can be dropped and asked anew.
    pub(crate) async fn found(&mut self) -> (Ringing, Found) {
        loop {
            let Some(lookup) = &mut self.lookup else { return std::future::pending().await };
            let result = lookup.await;
            self.lookup = None;
            let ringing = self.waiting.pop_front();
            self.look_up_next();
            let Some(ringing) = ringing else { continue };
            let found = match result {
                Ok(Some(subject)) => Found::Known(subject),
                Ok(None) => self.fresh.get(ringing.number.reveal()).map_or(Found::New, |known| Found::Known(*known)),
                Err(error) => {
                    tracing::error!(%error, "a look-up died");
                    Found::Died
                }
            };
            return (ringing, found);
        }
    }

    /// Remembers a new subject until the store shows it.
    pub(crate) fn introduce(&mut self, number: &PhoneNumber, subject: SubjectId) {
        self.fresh.insert(number.clone(), subject);
    }

    /// Forgets the new subjects that the store shows now: all but those that wait for the next commit, and those whose
    /// number may have been looked up before the commit ended.
    pub(crate) fn forget_stored(&mut self, waits: impl Fn(&PhoneNumber) -> bool) {
        let waiting = &self.waiting;
        self.fresh.retain(|number, _| waits(number) || waiting.iter().any(|ringing| ringing.number.reveal() == number));
    }

    /// Turns all away who ring; gives their legs.
    pub(crate) fn turn_away(&mut self) -> Vec<LegId> {
        self.lookup = None;
        self.waiting.drain(..).filter(|ringing| ringing.ended.is_none()).map(|ringing| ringing.leg).collect()
    }

    fn look_up_next(&mut self) {
        if self.lookup.is_some() {
            return;
        }
        let Some(number) = self.waiting.front().map(|ringing| ringing.number.clone()) else { return };
        let store = Arc::clone(&self.store);
        self.lookup = Some(tokio::spawn(async move { subject_of(&store, &number).await }));
    }
}

async fn subject_of(store: &Store, number: &Personal<PhoneNumber>) -> Option<SubjectId> {
    loop {
        match store.subject_of(number.reveal()).await {
            Ok(subject) => return subject,
            Err(error) => {
                metrics::counter!("engine_lookup_failures_total").increment(1);
                tracing::error!(error = &error as &dyn std::error::Error, "a subject could not be read");
                tokio::time::sleep_until(Instant::now() + RETRY_AFTER).await;
            }
        }
    }
}
