//! What every handler may reach.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_engine::EngineHandle;
use otklik_model::{LineId, PhoneNumber, UtcMs};
use otklik_store::Store;
use tokio::sync::Semaphore;

use crate::attempts::Attempts;
use crate::caller::Pages;
use crate::caller::limits::BrowserCalls;
use crate::figures::Today;
use crate::health::Voice;
use crate::keeping::{Keeping, KeepingRules};
use crate::kept::SetupStart;
use crate::presence::Presence;
use crate::revoked::Revoked;
use crate::site::Site;

/// Sign-ins that may wait at once: a whole centre at the beginning of a shift, and no flood.
const SIGN_INS: usize = 64;

/// The application, shared by all handlers.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) engine: EngineHandle,
    pub(crate) store: Arc<Store>,
    pub(crate) start: Start,
    pub(crate) voice: Voice,
    pub(crate) attempts: Attempts,
    /// Sign-ins that may wait for their password to be checked.
    pub(crate) sign_ins: Semaphore,
    /// The same for browsers in which somebody signed in before: a flood from elsewhere takes none of these.
    pub(crate) known_sign_ins: Semaphore,
    /// The lines as they stand now.
    lines: RwLock<Arc<Vec<LineInfo>>>,
    /// Held while settings are saved and brought to hold, so that the last one saved is the one that holds.
    pub(crate) saving: tokio::sync::Mutex<()>,
    pub(crate) revoked: Revoked,
    pub(crate) presence: Presence,
    pub(crate) caller: Pages,
    pub(crate) today: Today,
    pub(crate) centre: crate::centre::Shared,
    pub(crate) peaks: crate::peaks::Cache,
    pub(crate) press: crate::press::Printed,
    pub(crate) keeping: Keeping,
}

/// What the pages are told of the centre at start.
#[derive(Debug, Clone)]
pub struct Start {
    /// True for the demonstration: its start page may turn the line's switch without a sign-in.
    pub demo: bool,
    /// Where SIP is listened for.
    pub sip: SocketAddr,
    /// Where HTTP is listened for; its port stands in the session cookie's name, for cookies do not tell ports apart
    /// and two centres may run beside each other.
    pub http: SocketAddr,
    /// The centre's lines at start; those of now are in [`App::lines`].
    pub lines_at_start: Vec<LineInfo>,
    /// What setting up needs.
    pub setup: SetupStart,
    /// The centre's zone.
    pub zone: TimeZone,
    /// The folder of recordings.
    pub recordings: PathBuf,
    /// How long recordings stay.
    pub keeping: KeepingRules,
    /// How we are reached.
    pub site: Site,
    /// A bearer token for `/metrics` from elsewhere than loopback; nothing = loopback only.
    pub metrics_token: Option<String>,
    /// Calls from browsers.
    pub browser_calls: BrowserCalls,
}

/// A line as pages name it.
#[derive(Debug, Clone)]
pub struct LineInfo {
    /// Its id.
    pub id: LineId,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: PhoneNumber,
    /// When it is open in the mode "as in the calendar".
    pub hours: otklik_centre::calendar::Hours,
    /// Are talks recorded?
    pub recorded: bool,
    /// Days that recordings stay; 0 = for ever.
    pub keep_days: u32,
}

impl App {
    /// Makes the application. `voice_alive` says whether SIP and sound are alive; it must answer at once.
    pub fn new(
        engine: EngineHandle,
        store: Arc<Store>,
        start: Start,
        voice_alive: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            presence: Presence::new(engine.clone()),
            caller: Pages::new(start.browser_calls, engine.clone()),
            engine,
            store,
            voice: Voice::new(voice_alive),
            attempts: Attempts::default(),
            sign_ins: Semaphore::new(SIGN_INS),
            known_sign_ins: Semaphore::new(SIGN_INS),
            lines: RwLock::new(Arc::new(start.lines_at_start.clone())),
            saving: tokio::sync::Mutex::default(),
            revoked: Revoked::default(),
            start,
            today: Today::default(),
            centre: crate::centre::Shared::default(),
            peaks: crate::peaks::Cache::default(),
            press: crate::press::Printed::default(),
            keeping: Keeping::default(),
        }))
    }

    pub(crate) fn now(&self) -> UtcMs {
        self.0.engine.clock().now().civil
    }

    /// The lines as they stand now.
    pub(crate) fn lines(&self) -> Arc<Vec<LineInfo>> {
        Arc::clone(&self.0.lines.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_lines(&self, lines: Vec<LineInfo>) {
        *self.0.lines.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(lines);
    }

    /// The local day of a moment.
    pub(crate) fn day(&self, at: UtcMs) -> Date {
        at.timestamp().to_zoned_datetime(self.0.start.zone.clone()).date()
    }

    pub(crate) fn line_name(&self, id: &LineId) -> String {
        self.lines().iter().find(|line| line.id == *id).map_or_else(|| id.to_string(), |line| line.name.clone())
    }
}
