//! The way into the media thread: a bounded queue of commands with a bell. Never blocks for longer than a swap.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use otklik_model::{CallId, LegId, PlayId};
use str0m::Rtc;

use crate::clip::Clip;
use crate::leg::rtp::{RemoteRtp, SocketPair};
use crate::os::EventFd;

/// Commands that may wait; the media thread empties the box at once when it is woken.
const WAITING_MAX: usize = 8_192;

/// What the media thread is asked to do.
pub(crate) enum Command {
    OpenRtp {
        leg: LegId,
        sockets: SocketPair,
    },
    OpenWeb {
        leg: LegId,
        rtc: Box<Rtc>,
        ufrag: String,
    },
    RenewWeb {
        leg: LegId,
        rtc: Box<Rtc>,
        ufrag: String,
    },
    SetRemote {
        leg: LegId,
        remote: RemoteRtp,
    },
    Play {
        leg: LegId,
        play: PlayId,
        clips: Vec<Arc<Clip>>,
        repeat_from: Option<usize>,
    },
    Join {
        a: LegId,
        b: LegId,
    },
    Record {
        caller: LegId,
        call: CallId,
        file: String,
    },
    StopRecord {
        leg: LegId,
    },
    DropRecording {
        file: String,
    },
    Close {
        leg: LegId,
    },
    Stop,
    #[cfg(test)]
    Panic {
        leg: LegId,
    },
}

/// A command that found no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// The queue.
pub(crate) struct Mailbox {
    waiting: Mutex<VecDeque<Command>>,
    bell: EventFd,
}

impl Mailbox {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { waiting: Mutex::new(VecDeque::new()), bell: EventFd::new()? })
    }

    /// Puts a command in and rings. What ends something is always taken: there is at most one such for each leg.
    pub(crate) fn send(&self, command: Command) -> Result<(), Full> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= WAITING_MAX && !matches!(command, Command::Close { .. } | Command::Stop) {
            metrics::counter!("media_commands_dropped_total").increment(1);
            tracing::error!("a media command is lost: the media thread does not keep up");
            return Err(Full);
        }
        waiting.push_back(command);
        drop(waiting);
        self.bell.signal();
        Ok(())
    }

    /// Takes all commands, in order.
    pub(crate) fn take(&self) -> VecDeque<Command> {
        self.bell.clear();
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What becomes readable when a command waits.
    pub(crate) fn bell(&self) -> &EventFd {
        &self.bell
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::LegId;
    use uuid::Uuid;

    use super::{Command, Full, Mailbox, WAITING_MAX};

    #[test]
    fn a_full_box_refuses_all_but_the_end() {
        let mailbox = Mailbox::new().unwrap();
        let leg = LegId(Uuid::nil());
        for _ in 0..WAITING_MAX {
            assert_eq!(mailbox.send(Command::Join { a: leg, b: leg }), Ok(()));
        }
        assert_eq!(mailbox.send(Command::Join { a: leg, b: leg }), Err(Full));
        assert_eq!(mailbox.send(Command::Close { leg }), Ok(()));
        assert_eq!(mailbox.take().len(), WAITING_MAX + 1);
        assert_eq!(mailbox.send(Command::Join { a: leg, b: leg }), Ok(()));
    }
}
