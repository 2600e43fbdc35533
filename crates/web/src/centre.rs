//! The live centre for those who lead it: specialists, calls, queue, lines, figures and alarms; a snapshot, then what
//! changes. Numbers of callers go only to those who may see calls.

pub(crate) mod agents;
pub(crate) mod alarms;
mod view;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::time::MissedTickBehavior;
use utoipa::ToSchema;

use crate::centre::view::{CentreView, Viewer};
use crate::problem::Problem;
use crate::rights::{May, SeeCentre};
use crate::session::SignedIn;
use crate::state::App;

/// How often the page is told that we are there, and what only time changes is looked at.
const PING_EVERY: Duration = Duration::from_secs(5);
/// Changes are gathered for this long: a busy minute is not a hundred messages.
const GATHERED: Duration = Duration::from_millis(200);
/// Pages that may follow at once.
const FOLLOWERS: usize = 64;
/// Longest message of a page, bytes: it has nothing to say.
const LONGEST_MESSAGE: usize = 1_024;

/// What these pages share.
pub(crate) struct Shared {
    followers: Arc<Semaphore>,
    pub(crate) watch: alarms::Watch,
}

impl Default for Shared {
    fn default() -> Self {
        Self { followers: Arc::new(Semaphore::new(FOLLOWERS)), watch: alarms::Watch::default() }
    }
}

/// What the server says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CentreMessage)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum CentreMessage {
    /// All that the page shows; the first message.
    Snapshot { now: i64, centre: Box<CentreView> },
    /// The top-level fields that changed.
    Delta {
        now: i64,
        #[schema(value_type = Object)]
        centre: serde_json::Value,
    },
    /// We are there.
    Ping { now: i64 },
}

/// Opens a WebSocket with the live centre: `CentreMessage` comes out.
#[utoipa::path(get, operation_id = "followCentre", path = "/api/centre/live",
    responses((status = 101, body = CentreMessage), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 503, body = Problem)))]
pub(crate) async fn follow(State(app): State<App>, may: May<SeeCentre>, upgrade: WebSocketUpgrade) -> Response {
    let Ok(place) = Arc::clone(&app.0.centre.followers).try_acquire_owned() else {
        return Problem::unavailable().into_response();
    };
    let signed_in = may.into_signed_in();
    upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(move |socket| async move {
        let _place = place;
        let viewer = Viewer::new(app.clone(), signed_in.person.role);
        if (Follower { app, signed_in, socket, viewer }).run().await.is_none() {
            tracing::debug!("a page of the centre closed");
        }
    })
}

struct Follower {
    app: App,
    signed_in: SignedIn,
    socket: WebSocket,
    viewer: Viewer,
}

impl Follower {
    async fn run(mut self) -> Option<()> {
        let mut live = self.app.0.engine.live();
        let mut pings = tokio::time::interval(PING_EVERY);
        let mut pace = tokio::time::interval(GATHERED);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_news = false;
        let now = live.borrow_and_update().clone();
        let snapshot = self.viewer.snapshot(&now).await;
        self.send(&snapshot).await?;
        loop {
            tokio::select! {
                changed = live.changed() => {
                    changed.ok()?;
                    live.borrow_and_update();
                    is_news = true;
                }
                _ = pace.tick(), if is_news => {
                    is_news = false;
                    let now = live.borrow_and_update().clone();
                    self.tell(&now).await?;
                }
                _ = pings.tick() => {
                    if !self.signed_in.still_good(&self.app).await {
                        return self.close().await;
                    }
                    let now = live.borrow().clone();
                    self.tell(&now).await?;
                    self.send(&CentreMessage::Ping { now: self.app.now().0 }).await?;
                }
                message = self.socket.recv() => {
                    if let Message::Close(_) = message?.ok()? {
                        return None;
                    }
                }
            }
        }
    }

    async fn tell(&mut self, live: &otklik_engine::Live) -> Option<()> {
        match self.viewer.delta(live).await {
            Some(delta) => self.send(&delta).await,
            None => Some(()),
        }
    }

    async fn send(&mut self, message: &CentreMessage) -> Option<()> {
        let text = serde_json::to_string(message).ok()?;
        self.socket.send(Message::text(text)).await.ok()
    }

    async fn close(mut self) -> Option<()> {
        let frame = axum::extract::ws::CloseFrame { code: close_code::POLICY, reason: "not_signed_in".into() };
        self.socket.send(Message::Close(Some(frame))).await.ok()
    }
}
