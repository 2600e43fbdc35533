//! The proof that a store is sound: the journal against its own order, the tables against the journal, the recordings
//! against both. Reads one moment of the store, so that it can run beside a server; repairs nothing.

use std::path::Path;

use serde::Serialize;

use crate::error::StoreError;
use crate::keeping;
use crate::open::Store;

mod appeals;
mod image;
mod order;
mod owed;
mod recordings;
mod stored;
mod wav;

/// Faults of one code that are told; the rest are only counted.
const TOLD: usize = 20;

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Facts read.
    pub facts: u64,
    /// Calls among them.
    pub calls: u64,
    /// Recordings checked, each read to its end.
    pub recordings: u64,
    /// What is wrong; empty where the store is sound.
    pub faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The kind of it, for programs.
    pub code: FaultCode,
    /// What and where, for people; without personal data.
    pub text: String,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// A fact is missing in the journal, or the journal ends before what was snapshotted.
    SeqGap,
    /// An epoch is lower than the one before it, or higher than the stored one.
    EpochFell,
    /// A time is lower than the one before it.
    TimeFell,
    /// A fact cannot be read.
    Unreadable,
    /// A call was accepted twice.
    AcceptedTwice,
    /// A call has more than one outcome.
    SecondOutcome,
    /// A fact is about a call that was never accepted.
    UnknownCall,
    /// A fact changes a call that is over.
    AfterEnd,
    /// The end of a call contradicts the facts before it.
    EndDiffers,
    /// A call of a closed epoch has no outcome.
    NoOutcome,
    /// An interrupted call has no promise.
    NoPromise,
    /// A fact changes a promise that is not open.
    PromiseNotOpen,
    /// A derived table says other than the journal.
    TableDiffers,
    /// A call was answered and has no appeal.
    NoAppeal,
    /// The numbers of a year's appeals have a gap, or one is not of a filed appeal.
    NumberGap,
    /// A snapshot says other than the facts that it sums up.
    SnapshotDiffers,
    /// A recording of a closed epoch began and was never completed.
    RecordingUnclosed,
    /// A recording's file is not there.
    RecordingMissing,
    /// A recording's file has another size or other content than when it was completed.
    RecordingChanged,
    /// A recording's header does not fit its content.
    RecordingHeader,
}

impl VerifyReport {
    /// True where nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Store {
    /// Checks every invariant of the journal, its tables and its recordings, which lie under `recordings`.
    ///
    /// # Errors
    /// Only where the store cannot be read at all; what is wrong in it stands in the report.
    pub async fn verify(&self, recordings: &Path) -> Result<VerifyReport, StoreError> {
        let moment = self.moment().await?;
        let mut faults = Faults::default();
        let journal = order::read(&moment, self.zone(), &mut faults).await?;
        stored::compare(&moment, &journal.image, &mut faults).await?;
        appeals::check(&moment, &mut faults).await?;
        let deleted = keeping::deleted(&moment).await?;
        moment.rollback().await?;
        let (facts, calls) = (journal.facts, journal.calls());
        let mut closed = journal.image.into_recordings();
        // What was deleted when its time was over is not missing.
        closed.retain(|recording| !deleted.contains(&recording.call));
        let checked = u64::try_from(closed.len()).unwrap_or(u64::MAX);
        recordings::check(recordings, closed, &mut faults).await;
        Ok(VerifyReport { facts, calls, recordings: checked, faults: faults.told() })
    }
}

/// The faults found so far; of each code only the first are kept.
#[derive(Debug, Default)]
struct Faults {
    kept: Vec<Fault>,
    counts: std::collections::BTreeMap<FaultCode, usize>,
}

impl Faults {
    fn add(&mut self, code: FaultCode, text: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= TOLD {
            self.kept.push(Fault { code, text: text.into() });
        }
    }

    fn told(mut self) -> Vec<Fault> {
        for (code, count) in self.counts {
            if count > TOLD {
                self.kept.push(Fault { code, text: format!("and {} more of this kind", count - TOLD) });
            }
        }
        self.kept
    }
}
