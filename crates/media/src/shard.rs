//! The media thread: a slab of legs, a tick of 5 ms, and the order of work in it. Carrying out commands and routing
//! what arrives stand in the modules below.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use otklik_model::LegId;

use crate::clock;
use crate::event::{EventSink, MediaEvent};
use crate::handle::Shared;
use crate::leg::{Leg, LegIndex, Port};
use crate::meters::Meters;
use crate::os::{Epoll, Ticker};
use crate::recorder_link::RecorderLink;
use crate::web_mux::WebMux;

mod commands;
mod inflow;

#[cfg(test)]
mod tests;

const TICK: Duration = Duration::from_millis(5);
/// Ticks of one 20 ms frame; each leg acts on one of them.
const PHASES: u64 = 4;
/// Descriptors reported at once.
const READY_MAX: usize = 1_024;
/// Longest sleep without tick or command; only a bound.
const SLEEP_MAX_MS: i32 = 1_000;
/// How long a browser may take to connect.
const CONNECT_MAX: Duration = Duration::from_secs(20);

const BELL: u64 = 0;
const TICKER: u64 = 1;

/// Everything that the media thread owns.
pub(crate) struct Shard {
    shared: Arc<Shared>,
    /// The bell and the ticker: what wakes the thread.
    waker: Epoll,
    ticker: Ticker,
    /// The legs' sockets: looked at on each tick, waking nobody (a wake-up for each packet costs more than the packet).
    sockets: Epoll,
    web_socket: UdpSocket,
    web_addr: SocketAddr,
    web_mux: WebMux,
    legs: Vec<Option<Leg>>,
    index: BTreeMap<LegId, LegIndex>,
    events: EventSink,
    recorder: RecorderLink,
    meters: Meters,
    ticks: u64,
    ticked_at: Instant,
}

/// Whether the thread goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    GoesOn,
    Ends,
}

impl Shard {
    pub(crate) fn new(
        shared: Arc<Shared>,
        web_socket: UdpSocket,
        events: EventSink,
        recorder: RecorderLink,
    ) -> io::Result<Self> {
        let now = clock::now();
        let waker = Epoll::new(2)?;
        let ticker = Ticker::new(TICK)?;
        waker.add(shared.mailbox.bell(), BELL)?;
        waker.add(&ticker, TICKER)?;
        let sockets = Epoll::new(READY_MAX)?;
        sockets.add(&web_socket, inflow::WEB_TOKEN)?;
        Ok(Self {
            shared,
            waker,
            ticker,
            sockets,
            web_addr: web_socket.local_addr()?,
            web_socket,
            web_mux: WebMux::default(),
            legs: Vec::new(),
            index: BTreeMap::new(),
            events,
            recorder,
            meters: Meters::new(now),
            ticks: 0,
            ticked_at: now,
        })
    }

    /// Works until it is told to stop, then closes every leg.
    pub(crate) fn run(mut self) {
        let mut woken = Vec::new();
        loop {
            if let Err(error) = self.waker.wait(SLEEP_MAX_MS, &mut woken) {
                tracing::error!(%error, "the media thread cannot wait any more and ends");
                break;
            }
            if self.carry_out_commands() == Life::Ends {
                break;
            }
            let passed = self.ticker.passed();
            if passed > 0 {
                self.tick(clock::now(), passed);
            }
        }
        let now = clock::now();
        for index in 0..self.legs.len() {
            self.remove(index, now);
        }
        self.events.flush();
        self.recorder.finish();
    }

    /// The order of work: sockets and what they bring, players and timers, browsers' output, reports of the thread.
    fn tick(&mut self, now: Instant, passed: u64) {
        self.ticks = self.ticks.wrapping_add(passed);
        self.meters.tick_late(now.saturating_duration_since(self.ticked_at).saturating_sub(TICK));
        self.ticked_at = now;
        self.read_sockets(now);
        for index in 0..self.legs.len() {
            let phase = self.ticks.wrapping_sub(index as u64) % PHASES;
            if phase < passed.min(PHASES) {
                self.guarded(index, |shard| shard.act(index, now));
            }
        }
        self.drain_web_legs(now);
        self.recorder.flush();
        self.events.flush();
        self.meters.publish(now, self.index.len());
        self.shared.beat(now);
    }

    /// A leg's turn in the frame: what it plays, its reports, its silence.
    fn act(&mut self, index: LegIndex, now: Instant) {
        let Some(leg) = self.legs.get_mut(index).and_then(Option::as_mut) else {
            return;
        };
        let id = leg.id;
        if let Some(play) = leg.play_due(now, &mut self.meters.out) {
            self.events.send(MediaEvent::PlayDone { leg: id, play });
        }
        if leg.recorded.as_mut().is_some_and(|recorded| recorded.voice.went_quiet(now)) {
            self.events.send(MediaEvent::WentQuiet { leg: id });
        }
        let limit_ms = |ms: u32| Duration::from_millis(u64::from(ms));
        match &mut leg.port {
            Port::Rtp(port) => {
                port.report_when_due(now, &leg.timeline);
                let config = &self.shared.config;
                if port.fell_silent(now, limit_ms(config.rtp_timeout_ms), limit_ms(config.rtp_never_ms)) {
                    self.events.send(MediaEvent::Silent { leg: id });
                }
            }
            Port::Web(port) => {
                let limit = if port.may_send() { limit_ms(self.shared.config.web_timeout_ms) } else { CONNECT_MAX };
                if port.fell_silent(now, limit) {
                    self.events.send(MediaEvent::Down { leg: id });
                }
            }
        }
    }

    fn drain_web_legs(&mut self, now: Instant) {
        for index in 0..self.legs.len() {
            let wants = match self.legs[index].as_ref().map(|leg| &leg.port) {
                Some(Port::Web(port)) => port.wants(now),
                Some(Port::Rtp(_)) | None => false,
            };
            if wants {
                self.guarded(index, |shard| shard.drain_web(index, now));
            }
        }
    }

    /// Work for one leg: a panic in it costs that leg, not the thread. Every invariant across legs (peers, index) is
    /// restored by [`Shard::remove`], so that what the panic left half done dies with the leg.
    fn guarded(&mut self, index: LegIndex, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            metrics::counter!("media_panics_total").increment(1);
            if let Some(leg) = self.legs.get(index).and_then(Option::as_ref) {
                tracing::error!(leg = %leg.id, "a panic was contained; the leg is closed");
                self.events.send(MediaEvent::Down { leg: leg.id });
            }
            self.remove(index, clock::now());
        }
    }

    fn leg_mut(&mut self, index: LegIndex) -> Option<&mut Leg> {
        self.legs.get_mut(index).and_then(Option::as_mut)
    }

    /// Takes a leg out of everything that knows it.
    fn remove(&mut self, index: LegIndex, now: Instant) {
        let Some(mut leg) = self.legs.get_mut(index).and_then(Option::take) else {
            return;
        };
        self.index.remove(&leg.id);
        self.web_mux.remove(index);
        if let Some(peer) = leg.peer.and_then(|peer| self.leg_mut(peer)) {
            peer.peer = None;
            peer.timeline.interrupt();
        }
        if let Some(recorded) = &leg.recorded {
            self.recorder.close(recorded, now);
        }
        let socket = &self.web_socket;
        // A leg that is closed because it panicked may do so again.
        let farewell = catch_unwind(AssertUnwindSafe(|| match &mut leg.port {
            Port::Rtp(port) => port.leave(now, &leg.timeline),
            Port::Web(port) => port.leave(now, socket),
        }));
        if farewell.is_err() {
            metrics::counter!("media_panics_total").increment(1);
        }
        // Counted as gone only when its ports are free again.
        drop(leg);
        self.shared.legs.fetch_sub(1, Ordering::Relaxed);
    }
}
