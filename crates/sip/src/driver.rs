//! The driver: the one owner of all calls on the wire. Turns the stack's states into events and orders into what the stack does.
//!
//! Each input is one synchronous step, so a panic in a step is caught, counted and closes only the call that it was about;
//! a stack that has failed is built anew over the same socket.

mod incoming;
mod leg;
mod orders;
mod payload;
mod states;
#[cfg(test)]
mod tests;
mod watch;

use crate::config::SipConfig;
use crate::event::{DialogId, EndedBy, SipEvent};
use crate::guard::GuardSocket;
use crate::handle::Order;
use crate::stack::{CancelSeen, Stack};
use leg::{Legs, Report};
use rsipstack::dialog::DialogId as WireId;
use rsipstack::dialog::dialog::{DialogState, DialogStateReceiver, DialogStateSender};
use rsipstack::transaction::transaction::Transaction;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::Instant;
use watch::Watch;

/// How often a stack may fail in a row before the port gives up.
const FAILURES_MAX: u32 = 20;
/// A stack that has served this long has not failed in a row.
const FAILURES_FORGOTTEN: Duration = Duration::from_mins(1);

pub(crate) struct Driver {
    config: SipConfig,
    guard: Arc<GuardSocket>,
    stack: Stack,
    legs: Legs,
    next_id: u64,
    /// The call that the present step is about: what a panic closes.
    at: Option<DialogId>,
    outbox: VecDeque<SipEvent>,
    events: mpsc::Sender<SipEvent>,
    orders: mpsc::Receiver<Order>,
    live: Arc<AtomicUsize>,
    states: DialogStateReceiver,
    states_in: DialogStateSender,
    cancels: UnboundedReceiver<CancelSeen>,
    cancels_in: UnboundedSender<CancelSeen>,
    tasks: UnboundedReceiver<TaskEnd>,
    tasks_in: UnboundedSender<TaskEnd>,
    /// Failures of the stack in a row, and when it was last built.
    failures: u32,
    built_at: Instant,
    watch: Watch,
    /// When a shutdown stops waiting.
    closes_at: Option<Instant>,
}

/// A task that worked for a call has ended.
#[derive(Debug)]
struct TaskEnd {
    wire: WireId,
    task: Task,
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Invite,
    Reinvite(u32),
    Request,
    Bye,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Done,
    Failed,
    Panicked,
}

enum Input {
    Transaction(Box<Transaction>),
    State(Box<DialogState>),
    Cancel(CancelSeen),
    TaskEnd(TaskEnd),
    Order(Order),
}

enum Next {
    Input(Input),
    Sent,
    StackFailed,
    Stop,
}

impl Driver {
    pub(crate) async fn build(
        config: SipConfig,
        guard: Arc<GuardSocket>,
        events: mpsc::Sender<SipEvent>,
        orders: mpsc::Receiver<Order>,
        live: Arc<AtomicUsize>,
    ) -> rsipstack::Result<Self> {
        let (cancels_in, cancels) = mpsc::unbounded_channel();
        let (states_in, states) = mpsc::unbounded_channel();
        let (tasks_in, tasks) = mpsc::unbounded_channel();
        let stack = Stack::build(guard.clone(), &config, cancels_in.clone()).await?;
        let watch = Watch::over(guard.clone(), config.limits.watch_ms);
        Ok(Self {
            config,
            guard,
            stack,
            legs: Legs::default(),
            next_id: 1,
            at: None,
            outbox: VecDeque::new(),
            events,
            orders,
            live,
            states,
            states_in,
            cancels,
            cancels_in,
            tasks,
            tasks_in,
            failures: 0,
            built_at: Instant::now(),
            watch,
            closes_at: None,
        })
    }

    /// Serves until shutdown, until nobody reads the events, or until the stack cannot be built any more.
    pub(crate) async fn run(mut self) {
        loop {
            match self.next().await {
                Next::Input(input) => self.step(input),
                Next::Sent => (),
                Next::StackFailed => {
                    if let Err(error) = self.rebuild().await {
                        tracing::error!(%error, "the SIP stack cannot be built again; the port is closed");
                        break;
                    }
                }
                Next::Stop => break,
            }
            self.measure();
            if self.closes_at.is_some() && self.legs.len() == 0 && self.outbox.is_empty() {
                break;
            }
        }
        self.close().await;
    }

    async fn next(&mut self) -> Next {
        let closes_at = self.closes_at;
        let deadline = async move {
            match closes_at {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            permit = self.events.reserve(), if !self.outbox.is_empty() => match (permit, self.outbox.pop_front()) {
                (Ok(permit), Some(event)) => {
                    permit.send(event);
                    Next::Sent
                }
                (Ok(_), None) => Next::Sent,
                (Err(_), _) => Next::Stop,
            },
            () = self.events.closed(), if self.outbox.is_empty() => Next::Stop,
            Some(state) = self.states.recv() => Next::Input(Input::State(Box::new(state))),
            Some(cancel) = self.cancels.recv() => Next::Input(Input::Cancel(cancel)),
            Some(end) = self.tasks.recv() => Next::Input(Input::TaskEnd(end)),
            Some(transaction) = self.stack.incoming.recv() => Next::Input(Input::Transaction(Box::new(transaction))),
            Some(order) = self.orders.recv() => Next::Input(Input::Order(order)),
            _ = &mut self.stack.serving => Next::StackFailed,
            () = self.watch.alarm() => Next::StackFailed,
            () = deadline => Next::Stop,
        }
    }

    fn step(&mut self, input: Input) {
        self.contained(|driver| match input {
            Input::Transaction(transaction) => driver.on_transaction(*transaction),
            Input::State(state) => driver.on_state(*state),
            Input::Cancel(cancel) => driver.on_cancel(&cancel),
            Input::TaskEnd(end) => driver.on_task_end(&end),
            Input::Order(order) => driver.on_order(order),
        });
    }

    fn contained(&mut self, work: impl FnOnce(&mut Self)) {
        self.at = None;
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            count_failure("step_panicked");
            tracing::error!(dialog = self.at.map(|id| id.0), "a step of the SIP driver panicked; its call is closed");
            if let Some(id) = self.at {
                self.finish(id, EndedBy::Error);
            }
        }
    }

    /// Reports the end of a call once.
    fn end(&mut self, id: DialogId, by: EndedBy) {
        if let Some(leg) = self.legs.get_mut(id)
            && leg.report == Report::Live
        {
            leg.report = Report::Ended;
            self.outbox.push_back(SipEvent::Ended { dialog: id, by });
        }
    }

    /// Reports the end if it was not, and forgets the call here and in the stack's registry.
    fn finish(&mut self, id: DialogId, by: EndedBy) {
        self.end(id, by);
        if let Some(leg) = self.legs.remove(id) {
            self.stack.layer.remove_dialog(&leg.wire);
        }
    }

    async fn rebuild(&mut self) -> rsipstack::Result<()> {
        count_failure("stack_failed");
        tracing::error!(dialogs = self.legs.len(), "the SIP stack failed; its calls are closed and it is built anew");
        for id in self.legs.ids() {
            self.finish(id, EndedBy::Error);
        }
        self.failures = if self.built_at.elapsed() > FAILURES_FORGOTTEN { 1 } else { self.failures + 1 };
        if self.failures > FAILURES_MAX {
            return Err(rsipstack::Error::Error("the SIP stack failed too often".to_owned()));
        }
        self.stack = Stack::build(self.guard.clone(), &self.config, self.cancels_in.clone()).await?;
        self.built_at = Instant::now();
        Ok(())
    }

    fn measure(&self) {
        let held = self.legs.len().max(self.stack.layer.len());
        self.live.store(held, Ordering::Relaxed);
        self.guard.backlog.waiting(self.stack.incoming.len());
        metrics::gauge!("sip_dialogs").set(f64::from(u32::try_from(held).unwrap_or(u32::MAX)));
    }

    /// Tells the last ends, as far as somebody still reads them.
    async fn close(mut self) {
        for id in self.legs.ids() {
            self.finish(id, EndedBy::Us);
        }
        self.measure();
        let patience = Duration::from_millis(u64::from(self.config.limits.shutdown_ms));
        let outbox = std::mem::take(&mut self.outbox);
        let told = async {
            for event in outbox {
                if self.events.send(event).await.is_err() {
                    break;
                }
            }
        };
        tokio::time::timeout(patience, told).await.ok();
    }
}

fn count_failure(what: &'static str) {
    metrics::counter!("sip_failures_total", "what" => what).increment(1);
}

fn count_rejected(status: u16) {
    metrics::counter!("sip_rejected_total", "status" => status.to_string()).increment(1);
}
