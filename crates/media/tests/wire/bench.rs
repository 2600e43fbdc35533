//! A running media with its events, for one test; and the test's clock.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use otklik_media::{MediaConfig, MediaEvent, MediaHandle, MediaThreads, start};
use otklik_model::{CallId, LegId};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// How long anything may take on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// The monotonic time.
#[expect(clippy::disallowed_methods, reason = "these tests pace real packets")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Media, events and a folder of recordings.
pub(crate) struct Bench {
    pub(crate) media: MediaHandle,
    pub(crate) folder: PathBuf,
    events: mpsc::Receiver<MediaEvent>,
    runtime: Runtime,
    _threads: MediaThreads,
}

impl Bench {
    /// Starts on 200 ports from `first_port`, its own for each test: late packets of one must not reach another.
    pub(crate) fn new(first_port: u16, change: impl FnOnce(&mut MediaConfig)) -> Self {
        let folder = std::env::temp_dir().join(format!("otklik-wire-{}", uuid::Uuid::new_v4()));
        let mut config = MediaConfig::new(IpAddr::V4(Ipv4Addr::LOCALHOST), folder.clone());
        config.ports = first_port..=first_port + 200;
        change(&mut config);
        let (out, events) = mpsc::channel(256);
        let (media, threads) = start(config, out).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { media, folder, events, runtime, _threads: threads }
    }

    /// The next event.
    pub(crate) fn event(&mut self) -> MediaEvent {
        let events = &mut self.events;
        self.runtime.block_on(async { tokio::time::timeout(LIMIT, events.recv()).await }).unwrap().unwrap()
    }

    /// Whether nothing was reported yet that nobody took.
    pub(crate) fn quiet(&mut self) -> bool {
        self.events.try_recv().is_err()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn leg(number: u128) -> LegId {
    LegId(uuid::Uuid::from_u128(number))
}

pub(crate) fn call(number: u128) -> CallId {
    CallId(uuid::Uuid::from_u128(number))
}
