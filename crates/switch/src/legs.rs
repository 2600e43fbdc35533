//! The legs that live: what each is on the wire.

use std::collections::BTreeMap;

use otklik_model::{AgentId, LegId};
use otklik_sip::DialogId;
use otklik_sip::sdp::SessionIds;

/// What a leg is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leg {
    /// A caller, by SIP.
    Caller(Caller),
    /// A specialist's browser.
    Desk(AgentId),
}

/// A caller's dialog and what was agreed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) dialog: DialogId,
    /// Our side of the sound, as it stands in our SDP.
    pub(crate) local: std::net::SocketAddr,
    /// What identifies our description of this call.
    pub(crate) ids: SessionIds,
    /// The SDP that our 200 carries.
    pub(crate) sdp: String,
    /// True while the SDP of our 200 is an offer, to be answered in the ACK.
    pub(crate) answer_due: bool,
}

/// All live legs, found by leg and by dialog.
#[derive(Debug, Default)]
pub(crate) struct Legs {
    legs: BTreeMap<LegId, Leg>,
    dialogs: BTreeMap<DialogId, LegId>,
}

impl Legs {
    pub(crate) fn insert(&mut self, id: LegId, leg: Leg) {
        if let Leg::Caller(caller) = &leg {
            self.dialogs.insert(caller.dialog, id);
        }
        self.legs.insert(id, leg);
    }

    pub(crate) fn remove(&mut self, id: LegId) -> Option<Leg> {
        let leg = self.legs.remove(&id)?;
        if let Leg::Caller(caller) = &leg {
            self.dialogs.remove(&caller.dialog);
        }
        Some(leg)
    }

    pub(crate) fn caller(&mut self, id: LegId) -> Option<&mut Caller> {
        match self.legs.get_mut(&id)? {
            Leg::Caller(caller) => Some(caller),
            Leg::Desk(_) => None,
        }
    }

    pub(crate) fn desk(&self, id: LegId) -> Option<&AgentId> {
        match self.legs.get(&id)? {
            Leg::Desk(agent) => Some(agent),
            Leg::Caller(_) => None,
        }
    }

    pub(crate) fn of_dialog(&self, dialog: DialogId) -> Option<LegId> {
        self.dialogs.get(&dialog).copied()
    }
}
