//! Follows one call of a page through the live centre, from the ring to its outcome.

use std::sync::Arc;
use std::time::Duration;

use otklik_centre::view::{CallPhase, CallView};
use otklik_engine::Live;
use otklik_model::{AgentId, CallId, LegId};
use tokio::sync::{oneshot, watch};

use crate::caller::pages::Token;
use crate::caller::said::Progress;
use crate::state::App;

/// How long the end of a call may take to be on disk before its page is told without it.
const OUTCOME_WITHIN: Duration = Duration::from_secs(3);
/// How long an ended call is remembered, for a page that is loaded again.
const REMEMBERED: Duration = Duration::from_mins(1);

/// Follows the call of a leg until it is over, and a while longer.
pub(super) fn watch(app: App, token: Token, leg: LegId, over: oneshot::Receiver<()>) {
    tokio::spawn(async move {
        let mut follower = Follower { live: app.0.engine.live(), app, token, leg, call: None, name: None };
        follower.run(over).await;
        let ended = follower.ended().await;
        follower.app.0.caller.tell(&follower.token, ended);
        // Nothing is waited for but the time itself: the page may ask again until then.
        tokio::time::timeout(REMEMBERED, std::future::pending::<()>()).await.ok();
        follower.app.0.caller.forget(&follower.token);
    });
}

struct Follower {
    app: App,
    live: watch::Receiver<Arc<Live>>,
    token: Token,
    leg: LegId,
    call: Option<CallId>,
    name: Option<(AgentId, Option<String>)>,
}

impl Follower {
    async fn run(&mut self, mut over: oneshot::Receiver<()>) {
        loop {
            let now = self.live.borrow_and_update().clone();
            self.look(&now).await;
            tokio::select! {
                _ = &mut over => return,
                changed = self.live.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
            }
        }
    }

    async fn look(&mut self, live: &Live) {
        let Some(call) = live.view.calls.iter().find(|call| call.leg == self.leg) else { return };
        self.call = Some(call.id);
        let progress = self.progress(call).await;
        self.app.0.caller.tell(&self.token, progress);
    }

    async fn progress(&mut self, call: &CallView) -> Progress {
        if call.phase == CallPhase::Message {
            return Progress::Message;
        }
        if let (Some(place), Some(since)) = (call.place, call.queued_at) {
            return Progress::Waiting { place: place as u64, since: since.0 };
        }
        match (&call.agent, call.answered_at) {
            (Some(agent), Some(since)) => {
                let specialist = self.first_name(agent).await;
                Progress::Talking { specialist, since: since.0, recorded: call.recorded }
            }
            (Some(_) | None, None) | (None, Some(_)) => Progress::Greeting,
        }
    }

    /// By what the specialist is called; a store that does not answer leaves it out.
    async fn first_name(&mut self, agent: &AgentId) -> Option<String> {
        if self.name.as_ref().is_none_or(|(known, _)| known != agent) {
            let person = self.app.0.store.person(agent).await.ok().flatten();
            let first = person.and_then(|person| person.name.reveal().split_whitespace().next().map(str::to_owned));
            self.name = Some((agent.clone(), first));
        }
        self.name.as_ref().and_then(|(_, first)| first.clone())
    }

    /// The end, once it is on disk.
    async fn ended(&mut self) -> Progress {
        // The leg may have rung and ended within one turn of the engine.
        let now = self.live.borrow_and_update().clone();
        self.look(&now).await;
        let unknown = Progress::Ended { outcome: None, promised: false };
        let Some(call) = self.call else { return unknown };
        let stored = async {
            loop {
                if let Ok(Some(row)) = self.app.0.store.call(call).await
                    && let Some(outcome) = row.outcome
                {
                    return Some(Progress::Ended { outcome: Some(outcome.name()), promised: row.promise.is_some() });
                }
                self.live.changed().await.ok()?;
            }
        };
        tokio::time::timeout(OUTCOME_WITHIN, stored).await.ok().flatten().unwrap_or(unknown)
    }
}
