//! Who waits for an answer of the engine: desks for what they asked, browsers for their sound. Whoever has gone
//! meanwhile is forgotten, and no more than a written number wait.

use std::collections::BTreeMap;

use otklik_centre::RequestId;
use otklik_model::{DeskRefusal, LegId, PromiseRefusal, SoundRefusal};
use tokio::sync::oneshot;

use crate::handle::MediaError;

/// Commands whose answer may be due at once; more are refused. They pile up only while the disk stands still.
const COMMANDS: usize = 1_024;
/// Negotiations of sound that may be under way at once; more are refused.
const NEGOTIATIONS: usize = 256;

/// The way of an answer to a desk.
pub(crate) type DeskReply = oneshot::Sender<Result<(), DeskRefusal>>;
/// The way of an answer to whoever does something with a promise.
pub(crate) type PromiseReply = oneshot::Sender<Result<(), PromiseRefusal>>;
/// The way of an answer to a browser: our SDP.
pub(crate) type MediaReply = oneshot::Sender<Result<String, MediaError>>;

/// The answers that are due.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    asked: u64,
    desks: BTreeMap<RequestId, DeskReply>,
    promises: BTreeMap<RequestId, PromiseReply>,
    negotiations: BTreeMap<LegId, MediaReply>,
}

impl Answers {
    /// Notes a command; nothing where too many wait (to drop the reply is the answer).
    pub(crate) fn ask(&mut self, reply: DeskReply) -> Option<RequestId> {
        if self.desks.len() >= COMMANDS {
            self.desks.retain(|_, waiting| !waiting.is_closed());
            if self.desks.len() >= COMMANDS {
                return None;
            }
        }
        self.asked += 1;
        let request = RequestId(self.asked);
        self.desks.insert(request, reply);
        Some(request)
    }

    /// Answers a command.
    pub(crate) fn answer(&mut self, request: RequestId, result: Result<(), DeskRefusal>) {
        if let Some(reply) = self.desks.remove(&request) {
            // The desk may have gone meanwhile; what it asked for is done all the same.
            reply.send(result).ok();
        }
    }

    /// Notes a command on a promise; nothing where too many wait.
    pub(crate) fn ask_promise(&mut self, reply: PromiseReply) -> Option<RequestId> {
        if self.promises.len() >= COMMANDS {
            self.promises.retain(|_, waiting| !waiting.is_closed());
            if self.promises.len() >= COMMANDS {
                return None;
            }
        }
        self.asked += 1;
        let request = RequestId(self.asked);
        self.promises.insert(request, reply);
        Some(request)
    }

    /// Answers a command on a promise.
    pub(crate) fn answer_promise(&mut self, request: RequestId, result: Result<(), PromiseRefusal>) {
        if let Some(reply) = self.promises.remove(&request) {
            // Whoever asked may have gone meanwhile; what was asked for is done all the same.
            reply.send(result).ok();
        }
    }

    /// Notes a negotiation; false where too many are under way.
    pub(crate) fn negotiate(&mut self, leg: LegId, reply: MediaReply) -> bool {
        self.negotiations.retain(|_, waiting| !waiting.is_closed());
        let room = self.negotiations.len() < NEGOTIATIONS;
        if room {
            self.negotiations.insert(leg, reply);
        }
        room
    }

    /// Answers a negotiation.
    pub(crate) fn negotiated(&mut self, leg: LegId, sdp: Result<String, SoundRefusal>) {
        if let Some(reply) = self.negotiations.remove(&leg) {
            reply.send(sdp.map_err(MediaError::from)).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::LegId;
    use tokio::sync::oneshot;
    use uuid::Uuid;

    use super::{Answers, COMMANDS, NEGOTIATIONS};

    #[test]
    fn whoever_has_gone_takes_no_place() {
        let mut answers = Answers::default();
        let mut desks = Vec::new();
        for _ in 0..COMMANDS {
            let (reply, desk) = oneshot::channel();
            answers.ask(reply).expect("there is room");
            desks.push(desk);
        }
        let (reply, mut refused) = oneshot::channel();
        assert_eq!(answers.ask(reply), None);
        assert!(refused.try_recv().is_err(), "told at once");
        desks.pop();
        let (reply, _desk) = oneshot::channel();
        assert!(answers.ask(reply).is_some());

        for n in 0..3 * NEGOTIATIONS {
            let (reply, _gone) = oneshot::channel();
            assert!(answers.negotiate(LegId(Uuid::from_u128(n as u128)), reply));
        }
        assert!(answers.negotiations.len() <= 1);
    }
}
