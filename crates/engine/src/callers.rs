//! Callers' pages: how a page opens a leg, presses keys and hangs up, and how it learns that its leg is over. A page is
//! known by its leg; who may speak for a leg is the web's to say.

use std::collections::BTreeMap;

use otklik_model::{LegEvent, LegId, LegOrder, LineNumber, Personal, PhoneNumber};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::handle::{Ask, EngineHandle, MEDIA_LIMIT, MediaError};
use crate::owner::Owner;

/// Pages whose leg may live at once, a second bound behind that of the web.
const PAGES: usize = 1_024;

/// The leg of a caller's page.
#[derive(Debug)]
pub struct CallerLine {
    /// The leg.
    pub leg: LegId,
    /// Our SDP answer.
    pub sdp: String,
    /// Ends (with an error, for nothing is ever sent) when the leg is over.
    pub over: oneshot::Receiver<()>,
}

/// What a caller's page asks.
#[derive(Debug)]
pub(crate) enum CallerAsk {
    Open {
        leg: LegId,
        called: LineNumber,
        caller: Option<Personal<PhoneNumber>>,
        sdp: String,
        over: oneshot::Sender<()>,
        reply: oneshot::Sender<Result<String, MediaError>>,
    },
    Renew {
        leg: LegId,
        sdp: String,
        reply: oneshot::Sender<Result<String, MediaError>>,
    },
    Key {
        leg: LegId,
        digit: char,
    },
    Left {
        leg: LegId,
    },
}

/// The pages whose leg lives, with the way to tell each that it is over.
#[derive(Debug, Default)]
pub(crate) struct Callers(BTreeMap<LegId, oneshot::Sender<()>>);

impl Callers {
    /// The leg is over: its page is told.
    pub(crate) fn over(&mut self, leg: LegId) {
        self.0.remove(&leg);
    }
}

impl Owner {
    pub(crate) fn take_caller(&mut self, ask: CallerAsk) {
        match ask {
            CallerAsk::Open { leg, called, caller, sdp, over, reply } => {
                // To drop the reply is the answer: not now.
                let room = self.stopping.is_none() && !self.commits.is_full() && self.callers.0.len() < PAGES;
                if room && self.answers.negotiate(leg, reply) {
                    self.callers.0.insert(leg, over);
                    self.orders.give(self.commits.seq(), LegOrder::OpenCaller { leg, called, caller, sdp });
                }
            }
            CallerAsk::Renew { leg, sdp, reply } => {
                if !self.callers.0.contains_key(&leg) {
                    // Whoever asked may have gone.
                    reply.send(Err(MediaError::Over)).ok();
                } else if self.answers.negotiate(leg, reply) {
                    self.orders.give(self.commits.seq(), LegOrder::RenewCaller { leg, sdp });
                }
            }
            CallerAsk::Key { leg, digit } => self.take_event(LegEvent::Dtmf { leg, digit }),
            CallerAsk::Left { leg } => self.orders.give(self.commits.seq(), LegOrder::CallerLeft { leg }),
        }
    }
}

impl EngineHandle {
    /// Opens the leg of a caller's page: its SDP offer in, our answer out. The caller rings by itself when the page's
    /// sound works; the leg is over when [`CallerLine::over`] ends.
    ///
    /// # Errors
    /// [`MediaError`]
    pub async fn open_caller(
        &self,
        called: LineNumber,
        from: Option<Personal<PhoneNumber>>,
        sdp: String,
    ) -> Result<CallerLine, MediaError> {
        let leg = LegId(Uuid::now_v7());
        let (alive, over) = oneshot::channel();
        let open = |reply| CallerAsk::Open { leg, called, caller: from, sdp, over: alive, reply };
        let sdp = self.negotiate(open).await?;
        Ok(CallerLine { leg, sdp, over })
    }

    /// Gives the leg of a caller's page another connection: the page was loaded again, or changed its network.
    ///
    /// # Errors
    /// [`MediaError`]; `Over` where the leg is.
    pub async fn renew_caller(&self, leg: LegId, sdp: String) -> Result<String, MediaError> {
        self.negotiate(|reply| CallerAsk::Renew { leg, sdp, reply }).await
    }

    /// A caller pressed a key on the page; false where the engine takes nothing now.
    pub fn caller_key(&self, leg: LegId, digit: char) -> bool {
        self.asks.try_send(Ask::Caller(CallerAsk::Key { leg, digit })).is_ok()
    }

    /// A caller hung up on the page, or the page is gone for good.
    pub async fn caller_left(&self, leg: LegId) {
        // An error means that the engine has stopped, and with it every call.
        self.asks.send(Ask::Caller(CallerAsk::Left { leg })).await.ok();
    }

    async fn negotiate(
        &self,
        ask: impl FnOnce(oneshot::Sender<Result<String, MediaError>>) -> CallerAsk,
    ) -> Result<String, MediaError> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(Ask::Caller(ask(reply))).map_err(|_| MediaError::Unreached)?;
        match tokio::time::timeout(MEDIA_LIMIT, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(MediaError::Unreached),
        }
    }
}
