//! The timers of the centre: what is due when. A timer is not taken back; who set it looks, when it fires, whether its
//! reason still stands.

use std::collections::BTreeMap;

use otklik_model::{AgentId, CallId, MonoMs, OfferId};

/// Why a timer fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// An offer was not answered in time.
    OfferOver {
        /// The call that rings.
        call: CallId,
        /// The offer.
        offer: OfferId,
    },
    /// A specialist's wrap-up has lasted long enough.
    WrapUpOver {
        /// The specialist.
        agent: AgentId,
        /// The call that was wrapped up.
        call: CallId,
    },
    /// A specialist whose sound broke off did not come back.
    GraceOver {
        /// The call.
        call: CallId,
        /// The specialist.
        agent: AgentId,
    },
    /// A step of leaving a message has lasted long enough.
    MessageStep {
        /// The call.
        call: CallId,
        /// Which step; the call may be at another one by then.
        turn: u32,
    },
    /// Nobody's desk has been open for the time after which callers are offered to leave a message.
    NobodyOver,
    /// A pause of a person for a call is over: look whether it can be offered now.
    PauseOver,
}

/// Timers in order of their time, and of setting where times are equal.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    due: BTreeMap<(MonoMs, u64), Why>,
    set: u64,
}

impl Timers {
    pub(crate) fn set(&mut self, at: MonoMs, why: Why) {
        self.set += 1;
        self.due.insert((at, self.set), why);
    }

    pub(crate) fn next(&self) -> Option<(MonoMs, Why)> {
        self.due.first_key_value().map(|((at, _), why)| (*at, why.clone()))
    }

    /// Takes the first timer that is due at `now`.
    pub(crate) fn take_due(&mut self, now: MonoMs) -> Option<Why> {
        let entry = self.due.first_entry()?;
        (entry.key().0 <= now).then(|| entry.remove())
    }
}
