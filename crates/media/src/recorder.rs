//! The recorder's thread: frames in by a bounded channel, stereo WAV files out. It may wait for the disk; nobody
//! waits for it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use otklik_model::{CallId, RecordingClosed};

use crate::clock;
use crate::event::{EventSink, MediaEvent};
use crate::g711::{self, Codec};
use crate::serial::samples;

mod file;
mod sheet;

pub(crate) use file::inside;
pub use file::{RecoveredWav, empty_wav, recover_wav};
pub(crate) use sheet::Side;

use file::RecordingFile;
use sheet::{Placed, Sheet};

/// Messages that wait for the recorder at most: about 40 s of one call, or 0.8 s of fifty.
pub(crate) const WAITING_MAX: usize = 8_192;
/// How often files are brought up to date on disk.
const SYNC_EVERY: Duration = Duration::from_secs(1);
/// How long a moment stays in memory for frames that come late.
const LATE_MAX: Duration = Duration::from_millis(500);
/// How long the last events may wait for room when the thread ends.
const FAREWELL_MAX: Duration = Duration::from_secs(2);

/// Names one recording between the threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RecordingId(pub(crate) u64);

/// What the media thread says to the recorder.
pub(crate) enum ToRecorder {
    Open { id: RecordingId, call: CallId, file: String, at: Instant },
    Frame(RecordedFrame),
    Close { id: RecordingId, at: Instant, dropped_frames: u64 },
    Drop { file: String },
}

/// One packet's sound.
pub(crate) struct RecordedFrame {
    pub(crate) id: RecordingId,
    pub(crate) side: Side,
    pub(crate) ssrc: u32,
    pub(crate) ts: u32,
    pub(crate) arrived: Instant,
    pub(crate) codec: Codec,
    pub(crate) payload: Box<[u8]>,
}

/// Everything that the recorder's thread owns.
pub(crate) struct Recorder {
    folder: PathBuf,
    events: EventSink,
    open: BTreeMap<RecordingId, Recording>,
}

struct Recording {
    call: CallId,
    name: String,
    file: RecordingFile,
    began: Instant,
    sheet: Sheet,
    dropped_frames: u64,
    sync_at: Instant,
}

impl Recorder {
    pub(crate) fn new(folder: PathBuf, events: EventSink) -> Self {
        Self { folder, events, open: BTreeMap::new() }
    }

    /// Works until the media thread has gone; then closes what is open.
    pub(crate) fn run(mut self, messages: &Receiver<ToRecorder>) {
        loop {
            let next = self.open.values().map(|recording| recording.sync_at).min();
            let wait = next.map_or(SYNC_EVERY, |at| at.saturating_duration_since(clock::now()));
            match messages.recv_timeout(wait) {
                Ok(message) => self.guarded(|recorder| recorder.take(message)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            // One file between two readings of the queue: however slow the disk, the queue is read in time. And all
            // that came until now has its place before that place is written.
            let now = clock::now();
            for message in messages.try_iter().take(WAITING_MAX) {
                self.guarded(|recorder| recorder.take(message));
            }
            self.guarded(|recorder| recorder.sync_one(now));
            self.events.flush();
        }
        let now = clock::now();
        let left: Vec<_> = self.open.keys().copied().collect();
        for id in left {
            self.guarded(|recorder| recorder.close(id, now, 0));
        }
        self.events.flush_within(FAREWELL_MAX);
    }

    /// A panic costs the message at hand, not the thread.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            metrics::counter!("media_panics_total").increment(1);
            tracing::error!("a panic in the recorder was contained");
        }
    }

    fn take(&mut self, message: ToRecorder) {
        match message {
            ToRecorder::Open { id, call, file, at } => self.begin(id, call, file, at),
            ToRecorder::Frame(frame) => self.frame(frame),
            ToRecorder::Close { id, at, dropped_frames } => self.close(id, at, dropped_frames),
            ToRecorder::Drop { file } => self.remove(&file),
        }
        metrics::gauge!("recorder_open").set(f64::from(u32::try_from(self.open.len()).unwrap_or(u32::MAX)));
    }

    fn begin(&mut self, id: RecordingId, call: CallId, name: String, began: Instant) {
        match RecordingFile::create(&self.folder, &name) {
            Ok(file) => {
                let (sheet, sync_at) = (Sheet::default(), began + SYNC_EVERY);
                let recording = Recording { call, name, file, began, sheet, dropped_frames: 0, sync_at };
                self.open.insert(id, recording);
            }
            Err(error) => {
                metrics::counter!("recorder_failures_total").increment(1);
                tracing::error!(%call, %error, "a recording cannot be created; the call goes on without it");
            }
        }
    }

    fn frame(&mut self, mut frame: RecordedFrame) {
        let Some(recording) = self.open.get_mut(&frame.id) else {
            metrics::counter!("recorder_frames_dropped_total").increment(1);
            return;
        };
        g711::convert(frame.codec, Codec::Pcma, &mut frame.payload);
        let arrived_at = recording.position(frame.arrived);
        match recording.sheet.place(frame.side, frame.ssrc, frame.ts, arrived_at, &frame.payload) {
            Placed::Whole => {}
            Placed::Dropped => {
                recording.dropped_frames += 1;
                metrics::counter!("recorder_frames_dropped_total").increment(1);
            }
        }
    }

    /// Brings the file that waited longest up to date on disk, if one is due.
    fn sync_one(&mut self, now: Instant) {
        let Some(recording) = self.open.values_mut().min_by_key(|recording| recording.sync_at) else {
            return;
        };
        if recording.sync_at > now {
            return;
        }
        let before = recording.position(now.checked_sub(LATE_MAX).unwrap_or(now));
        recording.sheet.lengthen_to(before);
        if let Err(error) = recording.write(before).and_then(|()| recording.file.sync()) {
            metrics::counter!("recorder_failures_total").increment(1);
            tracing::error!(call = %recording.call, %error, "a recording cannot be written; it is tried again");
        }
        recording.sync_at = clock::now() + SYNC_EVERY;
    }

    /// Removes a closed recording; one that is written to stays.
    fn remove(&self, name: &str) {
        if self.open.values().any(|recording| recording.name == name) {
            tracing::error!("a recording that goes on is not removed");
            return;
        }
        if let Err(error) = file::remove(&self.folder, name) {
            metrics::counter!("recorder_failures_total").increment(1);
            tracing::error!(%error, "a recording that nobody will hear cannot be removed");
        }
    }

    fn close(&mut self, id: RecordingId, at: Instant, dropped_frames: u64) {
        let Some(mut recording) = self.open.remove(&id) else {
            return;
        };
        let end = recording.position(at);
        recording.sheet.lengthen_to(end);
        let call = recording.call;
        let written = recording.write(u64::MAX);
        let dropped_frames = recording.dropped_frames + dropped_frames + recording.unwritten_frames();
        if let Err(error) = written {
            metrics::counter!("recorder_failures_total").increment(1);
            tracing::error!(%call, %error, "the end of a recording is lost");
        }
        match recording.file.finish() {
            Ok(whole) => {
                self.events.send(MediaEvent::RecordingClosed(RecordingClosed {
                    call,
                    file: recording.name,
                    size_bytes: whole.size_bytes,
                    duration_ms: whole.duration_ms,
                    sha256: whole.sha256,
                    dropped_frames,
                }));
            }
            Err(error) => {
                metrics::counter!("recorder_failures_total").increment(1);
                tracing::error!(%call, %error, "a recording cannot be closed; recovery will find it");
            }
        }
    }
}

impl Recording {
    fn position(&self, at: Instant) -> u64 {
        samples(at.saturating_duration_since(self.began))
    }

    fn write(&mut self, before: u64) -> std::io::Result<()> {
        let ready = self.sheet.ready(before);
        let count = ready.len();
        self.file.append(ready)?;
        self.sheet.written(count);
        Ok(())
    }

    /// Frames of 20 ms that the disk refused.
    fn unwritten_frames(&self) -> u64 {
        self.sheet.ready(u64::MAX).len().div_ceil(160) as u64
    }
}

#[cfg(test)]
mod tests;
