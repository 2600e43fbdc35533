//! The shape of a recording: of each channel the lowest and highest sample of each short stretch, made once and kept in
//! memory. What the page draws is this; the sound itself is fetched only to be heard.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use otklik_model::CallId;
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{HearRecordings, May};
use crate::state::App;
use crate::{calls, recordings};

/// Stretches of a recording at most; a screen has fewer columns.
const BUCKETS_MAX: u64 = 1_200;
/// Frames of the shortest stretch: 20 ms at 8 kHz.
const FRAMES_MIN: u64 = 160;
/// Recordings whose shape is kept.
const KEPT: usize = 64;
/// Frames a second.
const RATE_HZ: u64 = 8_000;
/// Bytes of the header before which the sound must begin.
const HEADER_MAX: usize = 4_096;

/// The shapes that are kept, and when each was last asked for.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    asked: u64,
    shapes: BTreeMap<CallId, (u64, Arc<Peaks>)>,
}

/// The shape of a recording. Samples are from -127 to 127.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Peaks {
    /// Length of a stretch.
    bucket_ms: u64,
    duration_ms: u64,
    /// The caller.
    left: Channel,
    /// The specialist.
    right: Channel,
}

/// One voice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Channel {
    min: Vec<i8>,
    max: Vec<i8>,
}

/// The shape of a call's recording.
#[utoipa::path(get, operation_id = "getPeaks", path = "/api/calls/{id}/recording/peaks", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = Peaks), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<HearRecordings>,
    Path(id): Path<String>,
) -> Result<Json<Peaks>, Problem> {
    let row = calls::find(&app, &id).await?;
    let path = recordings::path_of(&app, &row)?;
    // One at a time: whoever asks for the same meanwhile finds it made.
    let mut kept = app.0.peaks.0.lock().await;
    kept.asked += 1;
    let asked = kept.asked;
    if let Some((last, peaks)) = kept.shapes.get_mut(&row.id) {
        *last = asked;
        return Ok(Json(Peaks::clone(peaks)));
    }
    let read = tokio::task::spawn_blocking(move || of_file(&path)).await;
    let peaks = match read {
        Ok(Ok(peaks)) => Arc::new(peaks),
        Ok(Err(error)) => {
            tracing::error!(call = %row.id, %error, "the shape of a recording cannot be read");
            return Err(Problem::not_found("no_recording"));
        }
        Err(_) => return Err(Problem::unavailable()),
    };
    kept.shapes.insert(row.id, (asked, Arc::clone(&peaks)));
    if kept.shapes.len() > KEPT {
        let oldest = kept.shapes.iter().min_by_key(|(_, (asked, _))| *asked).map(|(call, _)| *call);
        oldest.and_then(|call| kept.shapes.remove(&call));
    }
    Ok(Json(Peaks::clone(&peaks)))
}

fn of_file(path: &PathBuf) -> io::Result<Peaks> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::with_capacity(HEADER_MAX);
    Read::by_ref(&mut file).take(HEADER_MAX as u64).read_to_end(&mut head)?;
    let begins = sound_begins(&head).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    let mut shape = Shape::new(length.saturating_sub(begins as u64) / 2);
    shape.add(head.get(begins..).unwrap_or_default());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(shape.finish());
        }
        shape.add(buffer.get(..n).unwrap_or_default());
    }
}

/// Where the sound of a WAV file of two A-law channels begins; nothing where it is none.
fn sound_begins(head: &[u8]) -> Option<usize> {
    let ours = head.get(..4)? == b"RIFF" && head.get(8..12)? == b"WAVE";
    if !ours {
        return None;
    }
    let mut at = 12;
    let mut a_law = false;
    loop {
        let (name, length) = (head.get(at..at + 4)?, head.get(at + 4..at + 8)?);
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        match name {
            b"data" => return a_law.then_some(at + 8),
            b"fmt " => a_law = head.get(at + 8..at + 12)? == [6, 0, 2, 0],
            _ => {}
        }
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
    }
}

/// A shape in the making: takes A-law bytes, left and right in turn, in pieces of any length.
struct Shape {
    per_bucket: u64,
    frames: u64,
    bytes: u64,
    channels: [Channel; 2],
}

impl Shape {
    fn new(frames: u64) -> Self {
        let per_bucket = frames.div_ceil(BUCKETS_MAX).max(FRAMES_MIN);
        Self { per_bucket, frames, bytes: 0, channels: [Channel::default(), Channel::default()] }
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let (frame, right) = (self.bytes / 2, self.bytes % 2);
            self.bytes += 1;
            // A file that grew since it was measured says no more than was measured.
            if frame >= self.frames {
                return;
            }
            let sample = expand(*byte);
            let [left_channel, right_channel] = &mut self.channels;
            let channel = if right == 1 { right_channel } else { left_channel };
            if frame % self.per_bucket == 0 {
                channel.min.push(sample);
                channel.max.push(sample);
            } else if let (Some(min), Some(max)) = (channel.min.last_mut(), channel.max.last_mut()) {
                *min = sample.min(*min);
                *max = sample.max(*max);
            }
        }
    }

    fn finish(self) -> Peaks {
        let [left, right] = self.channels;
        let frames = self.frames.min(self.bytes / 2);
        Peaks { bucket_ms: self.per_bucket * 1_000 / RATE_HZ, duration_ms: frames * 1_000 / RATE_HZ, left, right }
    }
}

/// An A-law byte (ITU-T G.711) in 255 steps.
fn expand(byte: u8) -> i8 {
    let code = byte ^ 0x55;
    let segment = (code >> 4) & 7;
    let steps = i32::from(code & 15) * 16 + 8;
    let size = if segment == 0 { steps } else { (steps + 256) << (segment - 1) };
    let size = i8::try_from(size / 256).unwrap_or(i8::MAX);
    if code & 0x80 == 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::{BUCKETS_MAX, Shape, expand, sound_begins};

    #[test]
    fn a_law_is_expanded_as_in_the_standard() {
        // G.711 table 1: the loudest values, silence, and the sign.
        for (byte, sample) in [(0xaa, 126), (0x2a, -126), (0xd5, 0), (0x55, 0), (0x8a, 31), (0x80, 21)] {
            assert_eq!(expand(byte), sample, "{byte:#x}");
        }
    }

    #[test]
    fn each_channel_keeps_the_lowest_and_highest_of_each_stretch() {
        let mut shape = Shape::new(400);
        let mut sound = [0xd5_u8; 800];
        sound[2] = 0xaa; // left, first stretch
        sound[5] = 0x2a; // right, first stretch
        sound[798] = 0x2a; // left, the last frame
        // In pieces that tear frames apart.
        sound.chunks(7).for_each(|piece| shape.add(piece));
        let peaks = shape.finish();
        assert_eq!((peaks.bucket_ms, peaks.duration_ms), (20, 50));
        assert_eq!((peaks.left.min, peaks.left.max), (vec![0, 0, -126], vec![126, 0, 0]));
        assert_eq!((peaks.right.min, peaks.right.max), (vec![-126, 0, 0], vec![0, 0, 0]));
    }

    #[test]
    fn the_shape_of_a_long_recording_is_bounded() {
        let frames = 10 * 3_600 * 8_000_u64;
        let mut shape = Shape::new(frames);
        assert!(frames.div_ceil(shape.per_bucket) <= BUCKETS_MAX);
        shape.add(&[0xd5; 4_000]);
        let peaks = shape.finish();
        assert_eq!((peaks.duration_ms, peaks.left.min.len()), (250, 1), "a file that was cut is as long as it is");
        let mut none = Shape::new(0);
        none.add(&[0xaa; 10]);
        assert!(none.finish().left.min.is_empty());
    }

    #[test]
    fn only_our_kind_of_file_has_a_shape() {
        let mut head = b"RIFF\0\0\0\0WAVEfmt \x12\0\0\0\x06\0\x02\0".to_vec();
        head.extend([0; 14]);
        head.extend(b"fact\x04\0\0\0\0\0\0\0data\0\0\0\0");
        assert_eq!(sound_begins(&head), Some(head.len()));
        head[20] = 1;
        assert_eq!(sound_begins(&head), None, "linear sound is not ours");
        for bad in [
            &b""[..],
            b"RIFF",
            b"RIFF\0\0\0\0WAVE",
            b"RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff",
            b"RIFF\0\0\0\0WAVEjunk\xff\xff\xff\xff",
        ] {
            assert_eq!(sound_begins(bad), None);
        }
    }
}
