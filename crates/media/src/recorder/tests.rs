//! Tests of recordings on a real disk: closed, refused, cut by a crash, repaired.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use otklik_model::{CallId, RecordingClosed};
use tokio::sync::mpsc;

use super::{RecordedFrame, Recorder, RecordingId, Side, ToRecorder, recover_wav};
use crate::clock;
use crate::event::{EventSink, MediaEvent};
use crate::g711::Codec;
use crate::wav;

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("otklik-{name}-{}", uuid::Uuid::new_v4()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Records `messages` and gives what was reported. The recorder runs on the caller's thread until all is done.
fn record(folder: &Path, messages: Vec<ToRecorder>) -> Vec<RecordingClosed> {
    let (out, mut events) = mpsc::channel(16);
    let (to_recorder, inbox) = sync_channel(messages.len().max(1));
    for message in messages {
        to_recorder.send(message).unwrap();
    }
    drop(to_recorder);
    Recorder::new(folder.to_owned(), EventSink::new(out)).run(&inbox);
    let mut closed = Vec::new();
    while let Ok(MediaEvent::RecordingClosed(one)) = events.try_recv() {
        closed.push(one);
    }
    closed
}

fn open(id: u64, file: &str, at: std::time::Instant) -> ToRecorder {
    let call = CallId(uuid::Uuid::from_u128(u128::from(id)));
    ToRecorder::Open { id: RecordingId(id), call, file: file.into(), at }
}

fn frame(id: u64, side: Side, codec: Codec, byte: u8, at: std::time::Instant) -> ToRecorder {
    let payload = vec![byte; 160].into_boxed_slice();
    ToRecorder::Frame(RecordedFrame { id: RecordingId(id), side, ssrc: 1, ts: 0, arrived: at, codec, payload })
}

#[test]
fn a_closed_recording_is_whole_stereo_and_hashed() {
    let folder = Folder::new("closed");
    let start = clock::now();
    let at = |ms| start + Duration::from_millis(ms);
    let closed = record(
        &folder.0,
        vec![
            open(1, "2026/11/a.wav", start),
            frame(1, Side::Left, Codec::Pcma, 0x11, at(0)),
            frame(1, Side::Right, Codec::Pcmu, 0x80, at(20)),
            ToRecorder::Close { id: RecordingId(1), at: at(60), dropped_frames: 3 },
        ],
    );
    let bytes = fs::read(folder.0.join("2026/11/a.wav")).unwrap();
    let [one] = &closed[..] else { panic!("one recording closes once: {closed:?}") };
    assert_eq!((one.size_bytes, one.duration_ms, one.dropped_frames), (bytes.len() as u64, 60, 3));
    assert_eq!(bytes.len(), wav::HEADER_LEN + 480 * 2);
    assert_eq!(bytes[..wav::HEADER_LEN], wav::header(960));
    let moments = bytes[wav::HEADER_LEN..].as_chunks::<2>().0;
    assert_eq!((moments[0], moments[160], moments[320]), ([0x11, 0xd5], [0xd5, 0xaa], [0xd5, 0xd5]));
    let before = recover_wav(&folder.0.join("2026/11/a.wav")).unwrap();
    assert_eq!(before.sha256, one.sha256, "the hash is of what stands on disk, and recovery changes nothing");
    assert_eq!(fs::read(folder.0.join("2026/11/a.wav")).unwrap(), bytes);
}

#[test]
fn names_that_leave_the_folder_and_files_that_exist_are_refused() {
    let folder = Folder::new("names");
    fs::write(folder.0.join("old.wav"), b"precious").unwrap();
    let start = clock::now();
    for name in ["../out.wav", "/tmp/out.wav", "", ".", "a/../../b.wav", "old.wav"] {
        let closed = record(&folder.0, vec![open(1, name, start), frame(1, Side::Left, Codec::Pcma, 1, start)]);
        assert_eq!(closed, [], "{name}");
    }
    assert_eq!(fs::read(folder.0.join("old.wav")).unwrap(), b"precious");
}

#[test]
fn what_waited_for_a_slow_disk_still_has_its_place() {
    let folder = Folder::new("slow");
    let start = clock::now().checked_sub(Duration::from_secs(3)).unwrap();
    let at = |frame: u64| start + Duration::from_millis(frame * 20);
    let mut messages = vec![open(1, "a.wav", start)];
    messages.extend((0..100).map(|number| frame(1, Side::Left, Codec::Pcma, 0x11, at(number))));
    messages.push(ToRecorder::Close { id: RecordingId(1), at: at(100), dropped_frames: 0 });
    let closed = record(&folder.0, messages);
    assert_eq!((closed[0].dropped_frames, closed[0].duration_ms), (0, 2_000));
}

#[test]
fn a_running_recording_is_playable_as_it_stands_on_disk() {
    let folder = Folder::new("running");
    let path = folder.0.join("a.wav");
    let (out, _events) = mpsc::channel(16);
    let (to_recorder, inbox) = sync_channel(16);
    let recorder = Recorder::new(folder.0.clone(), EventSink::new(out));
    let thread = std::thread::spawn(move || recorder.run(&inbox));
    let start = clock::now();
    to_recorder.send(open(1, "a.wav", start)).unwrap();
    to_recorder.send(frame(1, Side::Left, Codec::Pcma, 0x11, start)).unwrap();
    // What a kill would leave: the file as others see it, while the recorder still runs.
    let on_disk = loop {
        let bytes = fs::read(&path).unwrap_or_default();
        if bytes.len() >= wav::HEADER_LEN + 320 {
            break bytes;
        }
        assert!(clock::now() < start + Duration::from_secs(20), "nothing reached the disk: {} bytes", bytes.len());
        std::thread::park_timeout(Duration::from_millis(20));
    };
    assert!(!thread.is_finished());
    let copy = folder.0.join("copy.wav");
    fs::write(&copy, &on_disk).unwrap();
    assert!(recover_wav(&copy).unwrap().duration_ms >= 20);
    let head = u32::try_from(on_disk.len() - wav::HEADER_LEN).unwrap();
    let first_moment = &on_disk[wav::HEADER_LEN..wav::HEADER_LEN + 2];
    assert_eq!(first_moment, [0x11, 0xd5]);
    // The sizes may be those of the moment before, never more than what is there.
    assert!(u32::from_le_bytes(on_disk[54..58].try_into().unwrap()) <= head);
    drop(to_recorder);
    thread.join().unwrap();
}

#[test]
fn a_recording_that_a_crash_cut_is_made_whole() {
    let folder = Folder::new("crash");
    let start = clock::now();
    record(&folder.0, vec![open(1, "a.wav", start), frame(1, Side::Left, Codec::Pcma, 0x11, start)]);
    let whole = fs::read(folder.0.join("a.wav")).unwrap();
    let path = folder.0.join("cut.wav");
    // The header as it stood a second ago, and a tail that was cut in the middle of a moment.
    let mut cut = wav::header(20).to_vec();
    cut.extend(&whole[wav::HEADER_LEN..wav::HEADER_LEN + 201]);
    fs::write(&path, &cut).unwrap();
    let recovered = recover_wav(&path).unwrap();
    assert_eq!((recovered.size_bytes, recovered.duration_ms), (wav::HEADER_LEN as u64 + 200, 12));
    let repaired = fs::read(&path).unwrap();
    assert_eq!(repaired[..wav::HEADER_LEN], wav::header(200));
    assert_eq!(repaired[wav::HEADER_LEN..], whole[wav::HEADER_LEN..wav::HEADER_LEN + 200]);
    assert_eq!(recover_wav(&path).unwrap(), recovered, "twice is as once");
    let empty = super::empty_wav(&folder.0, "2026/never.wav").unwrap();
    assert_eq!((empty.size_bytes, empty.duration_ms), (wav::HEADER_LEN as u64, 0));
    assert_eq!(recover_wav(&folder.0.join("2026/never.wav")).unwrap(), empty);
    assert!(super::empty_wav(&folder.0, "a.wav").is_err(), "what is there is not overwritten");
    for junk in [&b"RIFF"[..], &[0; 100]] {
        fs::write(&path, junk).unwrap();
        assert_eq!(recover_wav(&path).unwrap_err().kind(), std::io::ErrorKind::InvalidData);
        assert_eq!(fs::read(&path).unwrap(), junk, "left as it is");
    }
}
