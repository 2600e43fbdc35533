//! One call as the driver keeps it.

use crate::event::DialogId;
use rsipstack::dialog::DialogId as WireId;
use rsipstack::dialog::dialog::TransactionHandle;
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::transaction::key::TransactionKey;
use std::collections::BTreeMap;

/// A call on the wire.
pub(super) struct Leg {
    pub(super) wire: WireId,
    /// The transaction of its INVITE.
    pub(super) invite: TransactionKey,
    pub(super) dialog: InviteDialog,
    pub(super) phase: Phase,
    pub(super) offer_by: OfferBy,
    /// The highest `CSeq` number seen from the other side (RFC 3261 §12.2.2).
    pub(super) remote_seq: u32,
    /// A re-INVITE that waits for our answer.
    pub(super) reoffer: Reoffer,
    /// Whether the end was reported; after it the leg only waits for the wire to fall silent.
    pub(super) report: Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Neither accepted nor refused.
    Offered,
    /// A CANCEL is on its way through the stack, which will answer the INVITE with 487.
    Cancelled,
    /// 200 was sent, the ACK has not come.
    Answered(AfterAck),
    /// The ACK came.
    Talking,
    /// Our BYE or our refusal was sent.
    Closing,
}

/// What is to be done when the ACK comes: BYE may not be sent before it (RFC 3261 §15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterAck {
    Talk,
    HangUp,
}

/// Who makes the SDP offer of the first exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfferBy {
    Them,
    Us,
}

/// A re-INVITE, known by its `CSeq` number: the task of an earlier one may end after a later one has come.
pub(super) enum Reoffer {
    None,
    /// Handed to the stack; its handle has not come yet.
    Arriving(u32),
    /// The switch was asked.
    Asked(u32, TransactionHandle),
}

impl Reoffer {
    pub(super) fn seq(&self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Arriving(seq) | Self::Asked(seq, _) => Some(*seq),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    Live,
    Ended,
}

/// All calls, by our id and by the wire's.
#[derive(Default)]
pub(super) struct Legs {
    legs: BTreeMap<DialogId, Leg>,
    by_wire: BTreeMap<WireId, DialogId>,
}

impl Legs {
    pub(super) fn len(&self) -> usize {
        self.legs.len()
    }

    pub(super) fn insert(&mut self, id: DialogId, leg: Leg) {
        self.by_wire.insert(leg.wire.clone(), id);
        self.legs.insert(id, leg);
    }

    pub(super) fn get_mut(&mut self, id: DialogId) -> Option<&mut Leg> {
        self.legs.get_mut(&id)
    }

    pub(super) fn find(&self, wire: &WireId) -> Option<DialogId> {
        self.by_wire.get(wire).copied()
    }

    /// The call whose INVITE is this transaction.
    pub(super) fn find_invite(&self, invite: &TransactionKey) -> Option<DialogId> {
        self.legs.iter().find(|(_, leg)| leg.invite == *invite).map(|(id, _)| *id)
    }

    pub(super) fn remove(&mut self, id: DialogId) -> Option<Leg> {
        let leg = self.legs.remove(&id)?;
        self.by_wire.remove(&leg.wire);
        Some(leg)
    }

    pub(super) fn ids(&self) -> Vec<DialogId> {
        self.legs.keys().copied().collect()
    }
}
