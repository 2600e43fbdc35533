//! The media thread's end of the way to the recorder: frames may be dropped, beginnings and ends may only be late.

use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::time::Instant;

use otklik_model::CallId;

use crate::leg::{Recorded, Sound};
use crate::recorder::{RecordedFrame, RecordingId, Side, ToRecorder};
use crate::voice::Voice;

/// The sending end.
pub(crate) struct RecorderLink {
    out: SyncSender<ToRecorder>,
    /// Beginnings and ends that found no room: at most two for each leg.
    waiting: VecDeque<ToRecorder>,
    next_id: u64,
}

impl RecorderLink {
    pub(crate) fn new(out: SyncSender<ToRecorder>) -> Self {
        Self { out, waiting: VecDeque::new(), next_id: 1 }
    }

    /// Begins a recording.
    pub(crate) fn open(&mut self, call: CallId, file: String, at: Instant) -> Recorded {
        let id = RecordingId(self.next_id);
        self.next_id += 1;
        self.waiting.push_back(ToRecorder::Open { id, call, file, at });
        self.flush();
        Recorded { id, dropped_frames: 0, voice: Voice::default() }
    }

    /// Ends a recording.
    pub(crate) fn close(&mut self, recorded: &Recorded, at: Instant) {
        let dropped_frames = recorded.dropped_frames;
        self.waiting.push_back(ToRecorder::Close { id: recorded.id, at, dropped_frames });
        self.flush();
    }

    /// Removes a recording that was ended before.
    pub(crate) fn drop_file(&mut self, file: String) {
        self.waiting.push_back(ToRecorder::Drop { file });
        self.flush();
    }

    /// Hands over one packet, or drops and counts it where the recorder does not keep up.
    pub(crate) fn frame(&self, recorded: &mut Recorded, side: Side, sound: &Sound<'_>, arrived: Instant) {
        let not_begun =
            self.waiting.iter().any(|waiting| matches!(waiting, ToRecorder::Open { id, .. } if *id == recorded.id));
        let frame = RecordedFrame {
            id: recorded.id,
            side,
            ssrc: sound.header.ssrc,
            ts: sound.header.ts,
            arrived,
            codec: sound.codec,
            payload: sound.payload.into(),
        };
        if not_begun || self.out.try_send(ToRecorder::Frame(frame)).is_err() {
            recorded.dropped_frames += 1;
            metrics::counter!("recorder_frames_dropped_total").increment(1);
        }
    }

    /// Sends what waits, as far as there is room.
    pub(crate) fn flush(&mut self) {
        while let Some(message) = self.waiting.pop_front() {
            match self.out.try_send(message) {
                Ok(()) => {}
                Err(TrySendError::Full(message)) => {
                    self.waiting.push_front(message);
                    return;
                }
                Err(TrySendError::Disconnected(_)) => self.waiting.clear(),
            }
        }
    }

    /// Sends what waits, however long the disk takes: only for the end of the thread.
    pub(crate) fn finish(self) {
        for message in self.waiting {
            let _ = self.out.send(message);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use otklik_model::CallId;

    use super::RecorderLink;
    use crate::clock;
    use crate::g711::Codec;
    use crate::leg::Sound;
    use crate::recorder::{Side, ToRecorder};
    use crate::rtp::Header;

    #[test]
    fn a_slow_recorder_costs_frames_but_no_beginning_and_no_end() {
        let now = clock::now();
        let (out, messages) = sync_channel(2);
        let mut link = RecorderLink::new(out);
        let header = Header { marker: false, payload_type: 8, seq: 1, ts: 1, ssrc: 1 };
        let sound = Sound { codec: Codec::Pcma, header, payload: &[1; 160] };
        let call = CallId(uuid::Uuid::nil());
        let mut first = link.open(call, "a".into(), now);
        link.frame(&mut first, Side::Left, &sound, now);
        let mut second = link.open(call, "b".into(), now);
        for _ in 0..3 {
            link.frame(&mut second, Side::Left, &sound, now);
        }
        assert_eq!((first.dropped_frames, second.dropped_frames), (0, 3));
        link.close(&second, now);
        let mut order = String::new();
        for _ in 0..4 {
            while let Ok(message) = messages.try_recv() {
                order.push(match message {
                    ToRecorder::Open { .. } => 'o',
                    ToRecorder::Frame(_) => 'f',
                    ToRecorder::Drop { .. } => 'd',
                    ToRecorder::Close { dropped_frames, .. } => {
                        assert_eq!(dropped_frames, 3);
                        'c'
                    }
                });
            }
            link.flush();
        }
        assert_eq!(order, "ofoc");
    }
}
