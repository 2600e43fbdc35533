//! The legs that live: what each is on the wire.

use std::collections::BTreeMap;
use std::net::IpAddr;

use otklik_model::{AgentId, LegId, LineNumber, Personal, PhoneNumber};
use otklik_sip::DialogId;
use otklik_sip::sdp::SessionIds;
use tokio::time::Instant;

/// What a leg is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leg {
    /// A caller, by SIP.
    Caller(Caller),
    /// A specialist's browser.
    Desk(Desk),
    /// A caller's browser.
    Page(Page),
}

/// A caller's page and how far its sound has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The number of the line.
    pub(crate) called: LineNumber,
    /// The number that the caller gave.
    pub(crate) caller: Option<Personal<PhoneNumber>>,
    pub(crate) sound: PageSound,
}

/// The sound of a caller's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageSound {
    /// Has not worked yet: the centre knows of no call.
    Never,
    /// Works.
    Up,
    /// Broke off; the call waits for it until then.
    Lost {
        /// When it is over.
        until: Instant,
    },
}

/// A specialist's connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Desk {
    pub(crate) agent: AgentId,
    /// True once its sound has worked.
    pub(crate) up: bool,
}

/// A caller's dialog and what was agreed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) dialog: DialogId,
    /// Where the dialog's signalling comes from.
    pub(crate) source: IpAddr,
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
            Leg::Desk(_) | Leg::Page(_) => None,
        }
    }

    pub(crate) fn page(&mut self, id: LegId) -> Option<&mut Page> {
        match self.legs.get_mut(&id)? {
            Leg::Page(page) => Some(page),
            Leg::Caller(_) | Leg::Desk(_) => None,
        }
    }

    /// The page whose time to come back ends first, and when.
    pub(crate) fn next_lost(&self) -> Option<(Instant, LegId)> {
        let lost = |(id, leg): (&LegId, &Leg)| match leg {
            Leg::Page(Page { sound: PageSound::Lost { until }, .. }) => Some((*until, *id)),
            Leg::Page(_) | Leg::Caller(_) | Leg::Desk(_) => None,
        };
        self.legs.iter().filter_map(lost).min()
    }

    pub(crate) fn desk(&mut self, id: LegId) -> Option<&mut Desk> {
        match self.legs.get_mut(&id)? {
            Leg::Desk(desk) => Some(desk),
            Leg::Caller(_) | Leg::Page(_) => None,
        }
    }

    /// Connections of a specialist that are still coming up.
    pub(crate) fn desks_not_up(&self, agent: &AgentId) -> Vec<LegId> {
        let coming_up = |leg: &Leg| matches!(leg, Leg::Desk(desk) if !desk.up && desk.agent == *agent);
        self.legs.iter().filter(|(_, leg)| coming_up(leg)).map(|(id, _)| *id).collect()
    }

    pub(crate) fn of_dialog(&self, dialog: DialogId) -> Option<LegId> {
        self.dialogs.get(&dialog).copied()
    }
}
