//! The handle that other crates hold, and the start and end of the threads behind it.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use otklik_model::{CallId, LegId, PlayId};
use tokio::sync::mpsc;

use crate::clip::{Clip, ClipError};
use crate::clock;
use crate::config::MediaConfig;
use crate::event::{EventSink, MediaEvent};
use crate::leg::rtp::{RemoteRtp, SocketPair};
use crate::mailbox::{Command, Full, Mailbox};
use crate::os;
use crate::recorder::{self, Recorder};
use crate::recorder_link::RecorderLink;
use crate::shard::Shard;
use crate::web_offer::{OfferError, WebIdentity};

/// Why the media refused.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The port range has no free pair, or nothing free for the browsers.
    #[error("no free UDP port in the media range")]
    NoFreePort,
    /// As many legs as are allowed, or more commands than the media thread takes.
    #[error("the media is at its limit")]
    Busy,
    /// The browser's offer cannot be answered.
    #[error(transparent)]
    Offer(#[from] OfferError),
    /// The address to bind is no address that phones and browsers can be told (`0.0.0.0`).
    #[error("the media address must be one that phones and browsers can reach")]
    Address,
    /// No certificate for the browsers' connections.
    #[error("no DTLS certificate could be made")]
    Certificate,
    /// The operating system refused.
    #[error("the system refused a socket, thread or folder")]
    System(#[from] io::Error),
}

/// What the handle and the media thread share.
pub(crate) struct Shared {
    pub(crate) config: MediaConfig,
    pub(crate) mailbox: Mailbox,
    pub(crate) legs: AtomicUsize,
    beat_ms: AtomicU64,
    started: Instant,
    next_port: AtomicU16,
    web_addr: SocketAddr,
    web_identity: WebIdentity,
}

/// Asks things of the media; cheap to clone. Nothing here waits: commands are carried out in the order given, within
/// milliseconds. Commands for a leg that is gone do nothing.
#[derive(Clone)]
pub struct MediaHandle(Arc<Shared>);

/// The two threads. Dropping it, or [`MediaThreads::join`], closes all legs and recordings and waits for the end.
pub struct MediaThreads {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the media thread and the recorder thread.
///
/// # Errors
/// Where the folder, the sockets, the certificate or the threads cannot be made.
pub fn start(config: MediaConfig, events: mpsc::Sender<MediaEvent>) -> Result<(MediaHandle, MediaThreads), MediaError> {
    if config.ip.is_unspecified() {
        return Err(MediaError::Address);
    }
    std::fs::create_dir_all(&config.recordings)?;
    let web_socket = config.ports.clone().find_map(|port| bind(SocketAddr::new(config.ip, port)).ok());
    let web_socket = web_socket.ok_or(MediaError::NoFreePort)?;
    let shared = Arc::new(Shared {
        mailbox: Mailbox::new()?,
        legs: AtomicUsize::new(0),
        beat_ms: AtomicU64::new(0),
        started: clock::now(),
        next_port: AtomicU16::new(*config.ports.start()),
        web_addr: web_socket.local_addr()?,
        web_identity: WebIdentity::new().ok_or(MediaError::Certificate)?,
        config,
    });
    let (to_recorder, messages) = sync_channel(recorder::WAITING_MAX);
    let recorder = Recorder::new(shared.config.recordings.clone(), EventSink::new(events.clone()));
    let link = RecorderLink::new(to_recorder);
    let media = Shard::new(Arc::clone(&shared), web_socket, EventSink::new(events), link)?;
    let mut running = MediaThreads { shared: Arc::clone(&shared), threads: Vec::new() };
    // The media thread first: where the second start fails, dropping `running` stops it.
    running.threads.push(thread::Builder::new().name("media".into()).spawn(move || media.run())?);
    running.threads.push(thread::Builder::new().name("recorder".into()).spawn(move || recorder.run(&messages))?);
    Ok((MediaHandle(shared), running))
}

impl MediaHandle {
    /// Opens a leg on a fresh pair of ports (even RTP, odd RTCP) and says the RTP address for our SDP. Nothing is
    /// taken or sent before [`MediaHandle::set_remote`].
    ///
    /// # Errors
    /// `NoFreePort` or `Busy`.
    pub fn open_rtp(&self, leg: LegId) -> Result<SocketAddr, MediaError> {
        let place = self.reserve()?;
        let sockets = self.bind_pair()?;
        let addr = sockets.rtp.local_addr()?;
        self.0.mailbox.send(Command::OpenRtp { leg, sockets })?;
        place.taken();
        Ok(addr)
    }

    /// Says where and how the far end of an RTP leg wants its sound; again after each re-INVITE.
    pub fn set_remote(&self, leg: LegId, remote: RemoteRtp) {
        self.send(Command::SetRemote { leg, remote });
    }

    /// Opens a browser's leg and answers its offer at once; `Up` follows when ICE and DTLS are through.
    ///
    /// # Errors
    /// `Offer` where it cannot be answered, or `Busy`.
    pub fn open_web(&self, leg: LegId, offer_sdp: &str) -> Result<String, MediaError> {
        let place = self.reserve()?;
        let answered = self.0.web_identity.answer(offer_sdp, self.0.web_addr, clock::now())?;
        self.0.mailbox.send(Command::OpenWeb { leg, rtc: answered.rtc, ufrag: answered.ufrag })?;
        place.taken();
        Ok(answered.answer)
    }

    /// Gives a browser's leg another connection, for a page that was loaded again or changed its network, and answers
    /// its offer at once; `Up` follows as for a new leg. What plays, the joining and the recording go on.
    ///
    /// # Errors
    /// `Offer` where it cannot be answered, or `Busy`.
    pub fn renew_web(&self, leg: LegId, offer_sdp: &str) -> Result<String, MediaError> {
        let answered = self.0.web_identity.answer(offer_sdp, self.0.web_addr, clock::now())?;
        self.0.mailbox.send(Command::RenewWeb { leg, rtc: answered.rtc, ufrag: answered.ufrag })?;
        Ok(answered.answer)
    }

    /// Plays clips to a leg, one after the other, and from the end again from clip `repeat_from` where it is given.
    /// Parts a joined pair first; replaces what was playing, of which nothing is reported then.
    pub fn play(&self, leg: LegId, play: PlayId, clips: Vec<Arc<Clip>>, repeat_from: Option<usize>) {
        self.send(Command::Play { leg, play, clips, repeat_from });
    }

    /// Joins two legs both ways; parts each from whom it was joined to, and stops what plays on either.
    pub fn join(&self, a: LegId, b: LegId) {
        self.send(Command::Join { a, b });
    }

    /// Records to a stereo file under the recordings folder until the leg closes: left what `caller` says, right what
    /// any leg joined to it says. An existing file is never overwritten; a second recording ends the first.
    pub fn record(&self, caller: LegId, call: CallId, file: String) {
        self.send(Command::Record { caller, call, file });
    }

    /// Ends the recording that runs on a leg; `RecordingClosed` follows. Nothing where none runs.
    pub fn stop_record(&self, leg: LegId) {
        self.send(Command::StopRecord { leg });
    }

    /// Removes a recording that is over; one that still goes on stays.
    pub fn drop_recording(&self, file: String) {
        self.send(Command::DropRecording { file });
    }

    /// Reads what the caller said in a recording that is over. Waits for the disk: not for a thread that must not.
    ///
    /// # Errors
    /// Where the name leaves the recordings folder, or the file cannot be read or is no recording of ours.
    pub fn recorded_clip(&self, file: &str) -> Result<Clip, ClipError> {
        Clip::from_recording(&recorder::inside(&self.0.config.recordings, file).map_err(ClipError::Read)?)
    }

    /// Ends a leg, what plays on it, its joining and its recording.
    pub fn close(&self, leg: LegId) {
        self.send(Command::Close { leg });
    }

    /// Legs that are open.
    pub fn live_legs(&self) -> usize {
        self.0.legs.load(Ordering::Relaxed)
    }

    /// Time since the media thread's last tick; it ticks every 5 ms.
    pub fn beat(&self) -> Duration {
        let age = clock::now().saturating_duration_since(self.0.started);
        age.saturating_sub(Duration::from_millis(self.0.beat_ms.load(Ordering::Relaxed)))
    }

    /// The one address that all browsers send to.
    pub fn web_addr(&self) -> SocketAddr {
        self.0.web_addr
    }

    #[cfg(test)]
    pub(crate) fn panic(&self, leg: LegId) {
        self.send(Command::Panic { leg });
    }

    fn send(&self, command: Command) {
        // A refusal is counted and logged where it happens.
        let _ = self.0.mailbox.send(command);
    }

    fn reserve(&self) -> Result<Place<'_>, MediaError> {
        let limit = self.0.config.legs_max;
        let more = |open: usize| (open < limit).then_some(open + 1);
        match self.0.legs.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more) {
            Ok(_) => Ok(Place(&self.0.legs)),
            Err(_) => Err(MediaError::Busy),
        }
    }

    fn bind_pair(&self) -> Result<SocketPair, MediaError> {
        let (low, high) = (*self.0.config.ports.start(), *self.0.config.ports.end());
        for _ in 0..=(high.saturating_sub(low) / 2) {
            let Some(port) = self.next_even_port(low, high) else {
                break;
            };
            let at = |port| bind(SocketAddr::new(self.0.config.ip, port));
            if let (Ok(rtp), Ok(control)) = (at(port), at(port + 1)) {
                return Ok(SocketPair { rtp, control });
            }
        }
        Err(MediaError::NoFreePort)
    }

    /// Walks round the range, so that a port rests before it is used again (late packets of an old call).
    fn next_even_port(&self, low: u16, high: u16) -> Option<u16> {
        let even = |port: u16| port.checked_add(port % 2).filter(|even| *even < high);
        let first = even(low)?;
        let step = |port: u16| Some(even(port).and_then(|port| port.checked_add(2)).unwrap_or(first + 2));
        let before = self.0.next_port.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).unwrap_or(first);
        Some(even(before).unwrap_or(first))
    }
}

impl Shared {
    /// Takes note of a tick.
    pub(crate) fn beat(&self, now: Instant) {
        let age = now.saturating_duration_since(self.started).as_millis();
        self.beat_ms.store(u64::try_from(age).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

impl MediaThreads {
    /// Closes all legs and recordings and waits for both threads.
    pub fn join(self) {
        drop(self);
    }
}

impl Drop for MediaThreads {
    fn drop(&mut self) {
        let _ = self.shared.mailbox.send(Command::Stop);
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a media thread had panicked");
            }
        }
    }
}

impl From<Full> for MediaError {
    fn from(_: Full) -> Self {
        Self::Busy
    }
}

/// A leg's place in the count, given back unless it was taken.
struct Place<'a>(&'a AtomicUsize);

impl Place<'_> {
    fn taken(self) {
        std::mem::forget(self);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn bind(addr: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(addr)?;
    socket.set_nonblocking(true)?;
    os::mark_as_voice(&socket);
    Ok(socket)
}
