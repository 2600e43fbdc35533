//! The pages whose call lives or has just ended, by the hash of their token. Counts them for the limits, and hangs up
//! for a page that has gone for good.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use otklik_engine::EngineHandle;
use otklik_model::{LegId, Personal, UtcMs};
use otklik_store::TokenHash;
use rand::RngExt;
use tokio::sync::{Notify, Semaphore, watch};

use crate::caller::limits::{BrowserCalls, Starts};
use crate::caller::said::Progress;
use crate::problem::Problem;
use crate::session;

/// How long a call lives without an open page: a page that is loaded again is back sooner. After it the caller has
/// hung up.
const GRACE: Duration = Duration::from_secs(5);
/// The least time between two new sounds of one call, milliseconds.
const RENEW_PAUSE_MS: i64 = 500;
/// Windows that may follow one call.
const WINDOWS_MAX: usize = 4;
/// Connections that may be about to say which call they follow.
const DOORS: usize = 256;
/// Longest token that is looked at, bytes.
const LONGEST_TOKEN: usize = 128;

/// What speaks for a call.
pub(crate) type Token = Personal<String>;

/// All pages with a call.
#[derive(Debug, Clone)]
pub(crate) struct Pages(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limits: BrowserCalls,
    engine: EngineHandle,
    state: Mutex<State>,
    doors: Semaphore,
}

#[derive(Debug, Default)]
struct State {
    starts: Starts,
    /// Calls that are being negotiated, by address.
    reserved: Vec<IpAddr>,
    pages: BTreeMap<TokenHash, Page>,
}

#[derive(Debug)]
struct Page {
    from: IpAddr,
    leg: LegId,
    windows: usize,
    opened: Arc<Notify>,
    renewed_at: UtcMs,
    progress: watch::Sender<Progress>,
}

/// A place for a call that is being negotiated; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Place {
    from: IpAddr,
    pages: Pages,
}

/// An open window of a call; dropping it is closing it.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) leg: LegId,
    pub(super) progress: watch::Receiver<Progress>,
    key: TokenHash,
    pages: Pages,
}

impl State {
    /// Calls that live or are about to, and how many of them are from that address.
    fn count(&self, from: IpAddr) -> (usize, usize) {
        let live = self.pages.values().filter(|page| !page.is_over()).map(|page| page.from);
        let live: Vec<IpAddr> = live.chain(self.reserved.iter().copied()).collect();
        (live.len(), live.iter().filter(|other| **other == from).count())
    }
}

impl Page {
    fn is_over(&self) -> bool {
        matches!(*self.progress.borrow(), Progress::Ended { .. })
    }
}

impl Pages {
    pub(crate) fn new(limits: BrowserCalls, engine: EngineHandle) -> Self {
        Self(Arc::new(Shared { limits, engine, state: Mutex::default(), doors: Semaphore::new(DOORS) }))
    }

    /// Is that the leg of a page? The number of its caller is what they wrote, and nobody has checked it.
    pub(crate) fn is_page(&self, leg: LegId) -> bool {
        self.state().pages.values().any(|page| page.leg == leg)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for a call, if the limits allow one.
    pub(super) fn reserve(&self, from: IpAddr, now: UtcMs) -> Result<Place, Problem> {
        let mut state = self.state();
        let (live, own) = state.count(from);
        let admitted = self.0.limits.admit(&mut state.starts, from, live, own, now);
        if let Err(problem) = admitted {
            metrics::counter!("web_browser_calls_refused_total").increment(1);
            return Err(problem);
        }
        state.reserved.push(from);
        drop(state);
        Ok(Place { from, pages: self.clone() })
    }

    /// Begins a call and gives the token that speaks for it. A window must open soon.
    pub(super) fn begin(&self, place: &Place, leg: LegId) -> Token {
        let token = session::hex(&rand::rng().random::<[u8; 32]>());
        let key = TokenHash::of(token.as_bytes());
        let page = Page {
            from: place.from,
            leg,
            windows: 1,
            opened: Arc::default(),
            renewed_at: UtcMs(0),
            progress: watch::Sender::new(Progress::Connecting),
        };
        self.state().pages.insert(key.clone(), page);
        self.closed(&key);
        Personal::new(token)
    }

    /// Says how far the call is, to all its windows.
    pub(super) fn tell(&self, token: &Token, progress: Progress) {
        if let Some(page) = self.state().pages.get(&TokenHash::of(token.reveal().as_bytes())) {
            page.progress.send_if_modified(|before| {
                let changed = *before != progress;
                *before = progress;
                changed
            });
        }
    }

    /// Forgets a call that is over.
    pub(super) fn forget(&self, token: &Token) {
        self.state().pages.remove(&TokenHash::of(token.reveal().as_bytes()));
    }

    /// The leg that is to get new sound.
    pub(super) fn renewing(&self, token: &str, now: UtcMs) -> Result<LegId, Problem> {
        let key = key(token).ok_or_else(no_such_call)?;
        let mut state = self.state();
        let page = state.pages.get_mut(&key).ok_or_else(no_such_call)?;
        if page.is_over() {
            return Err(Problem::new(StatusCode::CONFLICT, "call_over"));
        }
        if now.since_ms(page.renewed_at) < RENEW_PAUSE_MS {
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_starts").after(1));
        }
        page.renewed_at = now;
        Ok(page.leg)
    }

    /// Where a window waits until it has said which call it follows; nothing where too many do.
    pub(super) fn door(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.0.doors.try_acquire().ok()
    }

    /// Opens a window of the call that the token speaks for.
    pub(super) fn open(&self, token: &str) -> Option<Window> {
        let key = key(token)?;
        let mut state = self.state();
        let page = state.pages.get_mut(&key).filter(|page| page.windows < WINDOWS_MAX)?;
        page.windows += 1;
        page.opened.notify_waiters();
        let (leg, progress) = (page.leg, page.progress.subscribe());
        drop(state);
        Some(Window { leg, progress, key, pages: self.clone() })
    }

    fn closed(&self, key: &TokenHash) {
        let opened = {
            let mut state = self.state();
            let Some(page) = state.pages.get_mut(key) else { return };
            page.windows = page.windows.saturating_sub(1);
            if page.windows > 0 || page.is_over() {
                return;
            }
            Arc::clone(&page.opened)
        };
        let (pages, key) = (self.clone(), key.clone());
        tokio::spawn(async move {
            if tokio::time::timeout(GRACE, opened.notified()).await.is_ok() {
                return;
            }
            let gone = pages.state().pages.get(&key).filter(|page| page.windows == 0).map(|page| page.leg);
            if let Some(leg) = gone {
                pages.0.engine.caller_left(leg).await;
            }
        });
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.pages.closed(&self.key);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.pages.state();
        if let Some(at) = state.reserved.iter().position(|from| *from == self.from) {
            state.reserved.swap_remove(at);
        }
    }
}

fn key(token: &str) -> Option<TokenHash> {
    (token.len() <= LONGEST_TOKEN).then(|| TokenHash::of(token.as_bytes()))
}

fn no_such_call() -> Problem {
    Problem::not_found("no_such_call")
}
