//! The journal against its own order: places, epochs, times, one outcome a call, a promise for each interruption.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use otklik_centre::ledger::{Ledger, LedgerFault};
use otklik_model::{CallId, Envelope, Fact, Outcome, PromiseId};
use sea_orm::{ConnectionTrait, Value};

use super::image::Image;
use super::{FaultCode, Faults};
use crate::error::StoreError;
use crate::{body, changes, epoch, journal, names, recovery, sql};

/// What the journal says.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) facts: u64,
    pub(super) image: Image,
    ledger: Ledger,
    /// Snapshots whose place is not reached yet.
    snapshots: BTreeMap<u64, Option<Ledger>>,
    /// The epoch under which each call was accepted.
    accepted: BTreeMap<CallId, u64>,
}

impl Journal {
    pub(super) fn calls(&self) -> u64 {
        u64::try_from(self.accepted.len()).unwrap_or(u64::MAX)
    }
}

/// Reads the whole journal in pages.
pub(super) async fn read<C: ConnectionTrait>(
    conn: &C,
    zone: &TimeZone,
    faults: &mut Faults,
) -> Result<Journal, StoreError> {
    let snapshots = recovery::snapshots(conn).await?.into_iter().collect();
    let mut journal = Journal { snapshots, ..Journal::default() };
    let mut after = 0;
    loop {
        let sql = "SELECT partition, seq, epoch, at_ms, kind, version, call_id, body FROM journal \
                   WHERE partition = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        let place = vec![Value::from(i64::from(journal::PARTITION)), sql::big(after), Value::from(journal::PAGE)];
        let rows = sql::all(conn, sql, place).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            after = sql::unsigned(&row, "seq")?;
            journal.facts += 1;
            match body::envelope(&row) {
                Ok(envelope) => {
                    let call = names::read_uuid_or_none(&row, "call_id").ok().flatten().map(CallId);
                    if call != envelope.fact.call() {
                        faults.add(FaultCode::Unreadable, format!("fact {after} stands under another call"));
                    }
                    journal.add(&envelope, zone, faults);
                }
                Err(error) => faults.add(FaultCode::Unreadable, format!("fact {after}: {error}")),
            }
        }
    }
    journal.check_end(epoch::stored(conn).await?, faults);
    Ok(journal)
}

impl Journal {
    fn add(&mut self, envelope: &Envelope, zone: &TimeZone, faults: &mut Faults) {
        if let Err(fault) = self.ledger.apply(envelope) {
            self.tell(fault, faults);
        }
        let seq = envelope.seq;
        if self.snapshots.remove(&seq).is_some_and(|snapshot| snapshot.as_ref() != Some(&self.ledger)) {
            faults.add(FaultCode::SnapshotDiffers, format!("the snapshot of fact {seq} says other than the journal"));
        }
        match &envelope.fact {
            Fact::CallAccepted { call, .. } => {
                self.accepted.entry(*call).or_insert(envelope.epoch);
            }
            Fact::OfferEnded { call, .. } | Fact::PromiseMade { call, .. } => self.must_know(seq, *call, faults),
            Fact::RecordingClosed(closed) => self.must_know(seq, closed.call, faults),
            // Of these the ledger itself knows whether their call, or their promise, is open.
            Fact::CallQueued { .. }
            | Fact::RecordingStopped { .. }
            | Fact::CallOffered { .. }
            | Fact::CallJoined(_)
            | Fact::SpecialistLost { .. }
            | Fact::RecordingRefused { .. }
            | Fact::CallEnded(_)
            | Fact::CentreStarted { .. }
            | Fact::AgentChanged { .. }
            | Fact::PromiseTaken { .. }
            | Fact::PromiseReleased { .. }
            | Fact::PromiseTried { .. }
            | Fact::PromiseClosed { .. }
            | Fact::MessageStarted { .. }
            | Fact::MessageSpoken { .. }
            | Fact::NumberGiven { .. }
            | Fact::LineModeChanged { .. } => {}
        }
        if let (Fact::CallEnded(ended), true) = (&envelope.fact, self.has_outcome(&envelope.fact)) {
            faults.add(FaultCode::SecondOutcome, format!("fact {seq} is a second outcome of call {}", ended.call));
        }
        self.image.move_by(changes::of(envelope, zone));
    }

    fn has_outcome(&self, fact: &Fact) -> bool {
        fact.call().is_some_and(|call| self.image.outcomes.contains_key(&call))
    }

    fn must_know(&self, seq: u64, call: CallId, faults: &mut Faults) {
        if !self.accepted.contains_key(&call) {
            faults.add(FaultCode::UnknownCall, format!("fact {seq} is about call {call}, which was never accepted"));
        }
    }

    fn tell(&self, fault: LedgerFault, faults: &mut Faults) {
        let code = match fault {
            LedgerFault::SeqGap { .. } => FaultCode::SeqGap,
            LedgerFault::EpochFell { .. } => FaultCode::EpochFell,
            LedgerFault::TimeFell { .. } => FaultCode::TimeFell,
            LedgerFault::AcceptedTwice { .. } => FaultCode::AcceptedTwice,
            LedgerFault::EndDiffers { .. } => FaultCode::EndDiffers,
            LedgerFault::PromiseNotOpen { .. } => FaultCode::PromiseNotOpen,
            LedgerFault::NotOpen { call, .. } if self.accepted.contains_key(&call) => FaultCode::AfterEnd,
            LedgerFault::NotOpen { .. } => FaultCode::UnknownCall,
        };
        faults.add(code, fault.to_string());
    }

    /// An epoch is closed once a fact of a newer one stands in the journal; of the newest a call may still be under way.
    fn check_end(&self, stored_epoch: u64, faults: &mut Faults) {
        let newest = self.ledger.last_epoch();
        if newest > stored_epoch {
            faults.add(FaultCode::EpochFell, format!("epoch {stored_epoch} is stored, the journal has {newest}"));
        }
        if let Some((snapshot, _)) = self.snapshots.last_key_value() {
            let end = self.ledger.last_seq();
            faults.add(FaultCode::SeqGap, format!("the journal ends at {end}, a snapshot is of fact {snapshot}"));
        }
        for (call, epoch) in &self.accepted {
            self.check_call(*call, *epoch < newest, faults);
        }
        for (call, file) in self.ledger.open_recordings() {
            let closed = self.accepted.get(&call).is_some_and(|epoch| *epoch < newest);
            if closed {
                faults
                    .add(FaultCode::RecordingUnclosed, format!("recording {file} of call {call} was never completed"));
            }
        }
    }

    fn check_call(&self, call: CallId, closed: bool, faults: &mut Faults) {
        match self.image.outcomes.get(&call) {
            None if closed => faults.add(FaultCode::NoOutcome, format!("call {call} has no outcome")),
            None => {}
            Some(row) => {
                let owed = self.image.promises.contains_key(&PromiseId(call.0));
                if row.outcome == Outcome::Interrupted && !owed {
                    faults.add(FaultCode::NoPromise, format!("call {call} was interrupted and nothing is promised"));
                }
                if row.outcome == Outcome::Recorded && !owed {
                    faults.add(FaultCode::NoPromise, format!("call {call} left a message and nothing is promised"));
                }
            }
        }
    }
}
