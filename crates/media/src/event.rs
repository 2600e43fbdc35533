//! What the media threads report, and the way out: bounded, never waiting.

use std::collections::VecDeque;
use std::time::Duration;

use otklik_model::{LegId, PlayId, RecordingClosed};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

/// What happened in the media.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaEvent {
    /// A playlist came to its end; exactly once for a playing, never for one that repeats or was replaced.
    PlayDone {
        /// The leg.
        leg: LegId,
        /// The playing that ended.
        play: PlayId,
    },
    /// A key was pressed: `0`-`9`, `*`, `#`, `A`-`D`.
    Dtmf {
        /// The leg.
        leg: LegId,
        /// The key.
        digit: char,
    },
    /// A browser's connection is through (ICE and DTLS): sound can flow.
    Up {
        /// The leg.
        leg: LegId,
    },
    /// A browser's connection is lost, or a leg failed inside; nothing more comes from it. Close it.
    Down {
        /// The leg.
        leg: LegId,
    },
    /// A phone that should speak has sent nothing for the time limit; once for each silence.
    Silent {
        /// The leg.
        leg: LegId,
    },
    /// 600 ms of words were heard on a recorded leg; once a recording.
    Spoke {
        /// The leg.
        leg: LegId,
    },
    /// Two seconds of words were heard on a recorded leg; once a recording.
    SpokeEnough {
        /// The leg.
        leg: LegId,
    },
    /// Nothing has been said on a recorded leg for five seconds after words; once a recording.
    WentQuiet {
        /// The leg.
        leg: LegId,
    },
    /// A recording is complete on disk.
    RecordingClosed(RecordingClosed),
}

/// Events that may wait for a receiver that is busy; beyond it they are lost, counted and logged.
const WAITING_MAX: usize = 4_096;

/// The sending end: keeps what finds no room and tries again.
pub(crate) struct EventSink {
    out: mpsc::Sender<MediaEvent>,
    waiting: VecDeque<MediaEvent>,
}

impl EventSink {
    pub(crate) fn new(out: mpsc::Sender<MediaEvent>) -> Self {
        Self { out, waiting: VecDeque::new() }
    }

    /// Sends, or keeps for the next [`EventSink::flush`].
    pub(crate) fn send(&mut self, event: MediaEvent) {
        if self.waiting.len() >= WAITING_MAX {
            metrics::counter!("media_events_dropped_total").increment(1);
            tracing::error!("a media event is lost: nobody takes them");
            return;
        }
        self.waiting.push_back(event);
        self.flush();
    }

    /// Sends what waits, as far as there is room.
    pub(crate) fn flush(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            match self.out.try_send(event) {
                Ok(()) => {}
                Err(TrySendError::Full(event)) => {
                    self.waiting.push_front(event);
                    return;
                }
                // The receiver has gone: nobody wants to know any more.
                Err(TrySendError::Closed(_)) => self.waiting.clear(),
            }
        }
    }

    /// Sends what waits, giving the receiver some time to make room.
    pub(crate) fn flush_within(&mut self, limit: Duration) {
        let step = Duration::from_millis(10);
        let mut left = limit;
        self.flush();
        while !self.waiting.is_empty() && !left.is_zero() {
            std::thread::park_timeout(step);
            left = left.saturating_sub(step);
            self.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::LegId;
    use tokio::sync::mpsc;

    use super::{EventSink, MediaEvent, WAITING_MAX};

    #[test]
    fn a_full_channel_delays_in_order_and_never_blocks() {
        let (out, mut events) = mpsc::channel(2);
        let mut sink = EventSink::new(out);
        let sent: Vec<_> = (0..5).map(|n| MediaEvent::Up { leg: LegId(uuid::Uuid::from_u128(n)) }).collect();
        sent.iter().cloned().for_each(|event| sink.send(event));
        let mut got = Vec::new();
        for _ in 0..5 {
            while let Ok(event) = events.try_recv() {
                got.push(event);
            }
            sink.flush();
        }
        assert_eq!(got, sent);
        for _ in 0..WAITING_MAX + 10 {
            sink.send(sent[0].clone());
        }
        assert_eq!(sink.waiting.len(), WAITING_MAX);
        drop(events);
        sink.flush();
        assert!(sink.waiting.is_empty());
    }
}
