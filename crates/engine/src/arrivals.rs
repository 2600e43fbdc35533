//! Numbers whose subject is looked up: of callers who ring meanwhile, and such as were keyed in. One look-up at a time, off the engine's task: a
//! slow database makes callers ring longer, and holds up no talk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use otklik_model::{CallId, HangupSide, LegId, LineNumber, Personal, PhoneNumber, SubjectId};
use otklik_store::Store;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Callers who may wait for the look-up; more are refused.
const WAITING: usize = 1_024;
/// The pause before a failed look-up is tried again. It is tried while the caller's place is kept: with a subject made
/// up instead, a promise would stand there without a number to call.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// A number to be looked up.
#[derive(Debug)]
pub(crate) struct Ringing {
    pub(crate) who: Who,
    pub(crate) number: Personal<PhoneNumber>,
}

/// Whose number it is.
#[derive(Debug)]
pub(crate) enum Who {
    /// A caller rings.
    Rings {
        leg: LegId,
        called: LineNumber,
        /// Who hung up while the number was looked up.
        ended: Option<HangupSide>,
    },
    /// The caller of a call keyed it in.
    Keyed(CallId),
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

    /// Takes a number; gives back whose it is where too many wait.
    pub(crate) fn ring(&mut self, ringing: Ringing) -> Result<(), Who> {
        if self.waiting.len() >= WAITING {
            return Err(ringing.who);
        }
        self.waiting.push_back(ringing);
        self.look_up_next();
        Ok(())
    }

    /// Notes that a leg is over; true if it is one of those who ring here.
    pub(crate) fn leg_ended(&mut self, over: LegId, side: HangupSide) -> bool {
        self.waiting.iter_mut().any(|ringing| match &mut ringing.who {
            Who::Rings { leg, ended, .. } if *leg == over => {
                ended.get_or_insert(side);
                true
            }
            Who::Rings { .. } | Who::Keyed(_) => false,
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
        let leg_of = |ringing: Ringing| match ringing.who {
            Who::Rings { leg, ended: None, .. } => Some(leg),
            Who::Rings { ended: Some(_), .. } | Who::Keyed(_) => None,
        };
        self.waiting.drain(..).filter_map(leg_of).collect()
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::tz::TimeZone;
    use otklik_model::{HangupSide, LegId, Personal, PhoneNumber, SubjectId};
    use otklik_store::{Location, OpenMode, Store};
    use uuid::Uuid;

    use super::{Arrivals, Found, Ringing, WAITING, Who};

    fn ringing(n: u128) -> Ringing {
        let number = Personal::new(PhoneNumber::parse("+79000000001").expect("a number"));
        Ringing { who: Who::Rings { leg: leg(n), called: "100".to_owned(), ended: None }, number }
    }

    fn leg(n: u128) -> LegId {
        LegId(Uuid::from_u128(n))
    }

    fn rings(ringing: &Ringing) -> Option<(LegId, Option<HangupSide>)> {
        match &ringing.who {
            Who::Rings { leg, ended, .. } => Some((*leg, *ended)),
            Who::Keyed(_) => None,
        }
    }

    #[tokio::test]
    async fn a_new_number_stays_one_subject_until_no_look_up_can_miss_it() {
        let folder = std::env::temp_dir().join(format!("otklik-engine-{}", Uuid::new_v4()));
        let location = Location::parse(&folder, None).expect("the default location");
        let store = Store::open(location, TimeZone::UTC, OpenMode::Lead).await.expect("opens");
        let mut arrivals = Arrivals::new(Arc::new(store));
        for n in 1..=3 {
            arrivals.ring(ringing(n)).expect("there is room");
        }
        assert!(arrivals.leg_ended(LegId(Uuid::from_u128(2)), HangupSide::Caller));
        assert!(!arrivals.leg_ended(LegId(Uuid::from_u128(9)), HangupSide::Caller), "rings here no more");
        let (first, found) = arrivals.found().await;
        assert_eq!((rings(&first), found), (Some((leg(1), None)), Found::New));
        let subject = SubjectId(Uuid::from_u128(77));
        arrivals.introduce(first.number.reveal(), subject);

        // A commit ends, and the second caller's number may have been looked up before it did.
        arrivals.forget_stored(|_| false);
        let (second, found) = arrivals.found().await;
        assert_eq!((rings(&second), found), (Some((leg(2), Some(HangupSide::Caller))), Found::Known(subject)));
        arrivals.forget_stored(|_| true);
        let (_, found) = arrivals.found().await;
        assert_eq!(found, Found::Known(subject), "it waits for the next commit");
        arrivals.forget_stored(|_| false);
        assert!(arrivals.fresh.is_empty(), "nobody waits: the store knows it now");

        let legs: Vec<LegId> = (0..WAITING as u128).map(leg).collect();
        for n in 0..WAITING as u128 {
            arrivals.ring(ringing(n)).expect("there is room");
        }
        assert!(arrivals.ring(ringing(5_000)).is_err(), "the limit");
        assert_eq!(arrivals.turn_away(), legs);
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}
