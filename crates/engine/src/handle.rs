//! The door by which desks and pages reach the engine.

use std::sync::Arc;

use otklik_centre::CentreConfig;
use otklik_model::{AgentId, DeskCommand, DeskRefusal, PromiseCommand, PromiseRefusal, SoundRefusal};
use tokio::sync::{mpsc, oneshot, watch};

use crate::callers::CallerAsk;
use crate::clock::Clock;
use crate::live::Live;

/// Why a command was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The rules refused it.
    #[error(transparent)]
    Refused(#[from] DeskRefusal),
    /// The engine takes no more at this moment, has stopped, or the disk does not take what it must store: in the last
    /// case the command may have been carried out, which the live view shows.
    #[error("the engine is not reached")]
    Unreached,
}

/// Why a command on a promise was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromiseError {
    /// The rules refused it.
    #[error(transparent)]
    Refused(#[from] PromiseRefusal),
    /// As [`DeskError::Unreached`].
    #[error("the engine is not reached")]
    Unreached,
}

/// Why a browser got no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The browser's offer cannot be answered.
    #[error("the browser's offer was refused")]
    BadOffer,
    /// There is no room for another leg.
    #[error("the media is full")]
    Full,
    /// The call that the sound was for is over.
    #[error("the call is over")]
    Over,
    /// The desk is not open.
    #[error("the desk is not open")]
    DeskClosed,
    /// The engine or the switch does not answer.
    #[error("the switch is not reached")]
    Unreached,
}

impl From<SoundRefusal> for MediaError {
    fn from(refusal: SoundRefusal) -> Self {
        match refusal {
            SoundRefusal::Full => Self::Full,
            SoundRefusal::BadOffer => Self::BadOffer,
            SoundRefusal::Over => Self::Over,
        }
    }
}

/// What a desk or a page asks of the engine.
#[derive(Debug)]
pub(crate) enum Ask {
    Desk { agent: AgentId, command: DeskCommand, reply: oneshot::Sender<Result<(), DeskRefusal>> },
    Promise { by: AgentId, command: PromiseCommand, reply: oneshot::Sender<Result<(), PromiseRefusal>> },
    OpenMedia { agent: AgentId, sdp: String, reply: oneshot::Sender<Result<String, MediaError>> },
    Caller(CallerAsk),
    AllowRecording { allowed: bool },
    Configure { config: Box<CentreConfig>, reply: oneshot::Sender<()> },
    Probe { reply: oneshot::Sender<()> },
    Stop { reply: oneshot::Sender<()> },
}

/// How many asks may wait; more are refused at once.
pub(crate) const INBOX: usize = 1_024;

/// How long a desk waits for the answer to a command.
const DESK_LIMIT: std::time::Duration = std::time::Duration::from_secs(10);
/// How long the engine may take to say that it is alive.
const PROBE_LIMIT: std::time::Duration = std::time::Duration::from_secs(2);
/// How long the negotiation of a desk's sound may take.
pub(crate) const MEDIA_LIMIT: std::time::Duration = std::time::Duration::from_secs(5);

/// A cheap copy of the door.
#[derive(Debug, Clone)]
pub struct EngineHandle {
    pub(crate) asks: mpsc::Sender<Ask>,
    pub(crate) live: watch::Receiver<Arc<Live>>,
    pub(crate) clock: Clock,
}

impl EngineHandle {
    /// Carries out a desk's command. The answer comes when what follows from it is on disk.
    pub async fn desk(&self, agent: AgentId, command: DeskCommand) -> Result<(), DeskError> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(Ask::Desk { agent, command, reply }).map_err(|_| DeskError::Unreached)?;
        match tokio::time::timeout(DESK_LIMIT, answer).await {
            Ok(Ok(answer)) => Ok(answer?),
            Ok(Err(_)) | Err(_) => Err(DeskError::Unreached),
        }
    }

    /// Does something with a promise. The answer comes when what follows from it is on disk.
    pub async fn promise(&self, by: AgentId, command: PromiseCommand) -> Result<(), PromiseError> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(Ask::Promise { by, command, reply }).map_err(|_| PromiseError::Unreached)?;
        match tokio::time::timeout(DESK_LIMIT, answer).await {
            Ok(Ok(answer)) => Ok(answer?),
            Ok(Err(_)) | Err(_) => Err(PromiseError::Unreached),
        }
    }

    /// Negotiates a desk's sound: the browser's SDP offer in, our answer out.
    pub async fn open_media(&self, agent: AgentId, sdp: String) -> Result<String, MediaError> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(Ask::OpenMedia { agent, sdp, reply }).map_err(|_| MediaError::Unreached)?;
        match tokio::time::timeout(MEDIA_LIMIT, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(MediaError::Unreached),
        }
    }

    /// Says whether recordings may begin from now on; every call goes on either way.
    pub async fn allow_recording(&self, allowed: bool) {
        // Refused only where the engine has stopped: then nothing begins.
        self.asks.send(Ask::AllowRecording { allowed }).await.ok();
    }

    /// Sets the centre up anew, from the next event on; what was saved is on disk already. False where the engine takes
    /// nothing now: then the saved settings hold from the next start.
    pub async fn configure(&self, config: CentreConfig) -> bool {
        let (reply, taken) = oneshot::channel();
        self.asks.try_send(Ask::Configure { config: Box::new(config), reply }).is_ok()
            && matches!(tokio::time::timeout(PROBE_LIMIT, taken).await, Ok(Ok(())))
    }

    /// The live centre, to be read or followed.
    pub fn live(&self) -> watch::Receiver<Arc<Live>> {
        self.live.clone()
    }

    /// The clock that the engine stamps facts with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Would a call be answered now? Asks the engine's own task, never the database.
    pub async fn is_alive(&self) -> bool {
        let (reply, answer) = oneshot::channel();
        self.live.borrow().storing
            && self.asks.try_send(Ask::Probe { reply }).is_ok()
            && matches!(tokio::time::timeout(PROBE_LIMIT, answer).await, Ok(Ok(())))
    }

    /// Ends every live call with a promise, stores all that, and stops the engine.
    pub async fn stop(&self) {
        let (reply, answer) = oneshot::channel();
        if self.asks.send(Ask::Stop { reply }).await.is_ok() {
            // An error means that the engine has stopped by itself, which is what was wanted.
            drop(answer.await);
        }
    }
}
