//! What the engine publishes, and how: at most once a turn, and only what has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use otklik_centre::View;
use otklik_model::{CallId, Personal, PhoneNumber};
use tokio::sync::watch;

/// The live centre for readers: its view, with the numbers of those who are on the line now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Rises with each change.
    pub rev: u64,
    /// The state of the centre. It may run ahead of the disk by one commit.
    pub view: View,
    /// The numbers of live calls; a call whose number is withheld is not in it.
    pub numbers: BTreeMap<CallId, Personal<PhoneNumber>>,
    /// Facts on disk: rises with each commit, so that whoever reads tables knows when to read anew.
    pub stored_seq: u64,
    /// True while the journal takes what we give it; false when a commit failed or lasts too long.
    pub storing: bool,
}

/// The state that is published next, and the way to the readers.
#[derive(Debug)]
pub(crate) struct Published {
    live: Live,
    readers: watch::Sender<Arc<Live>>,
}

impl Published {
    pub(crate) fn new(stored_seq: u64, readers: watch::Sender<Arc<Live>>) -> Self {
        Self { live: Live { stored_seq, storing: true, ..Live::default() }, readers }
    }

    /// A call came from this number.
    pub(crate) fn number(&mut self, call: CallId, number: Personal<PhoneNumber>) {
        self.live.numbers.insert(call, number);
    }

    /// All up to `seq` is on disk.
    pub(crate) fn stored(&mut self, seq: u64) {
        self.live.stored_seq = seq;
        self.live.storing = true;
    }

    /// The journal does not take what we give it.
    pub(crate) fn not_storing(&mut self) {
        self.live.storing = false;
    }

    /// Shows the readers the state, if it is another one than they have.
    pub(crate) fn publish(&mut self, view: View) {
        self.live.view = view;
        let calls: BTreeSet<CallId> = self.live.view.calls.iter().map(|call| call.id).collect();
        self.live.numbers.retain(|call, _| calls.contains(call));
        let changed = { *self.readers.borrow().as_ref() != self.live };
        if changed {
            self.live.rev += 1;
            self.readers.send_replace(Arc::new(self.live.clone()));
        }
    }
}
