//! The desk's WebSocket: a snapshot, then what changes; commands in, answers out.

pub(crate) mod media;
mod message;
mod view;

pub(crate) use message::{Request, ServerMessage, refusal_code};

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use otklik_engine::DeskError;

use crate::desk::view::Viewer;
use crate::problem::Problem;
use crate::rights::{May, TakeCalls};
use crate::session::SignedIn;
use crate::state::App;

/// How often the page is told that we are there; it takes 12 s of silence for a lost link.
const PING_EVERY: Duration = Duration::from_secs(5);
/// Longest message of a page, bytes.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// The request for a WebSocket, or what it lacks.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// Opens the desk's WebSocket: `DeskMessage` comes out, `DeskRequest` goes in.
#[utoipa::path(get, operation_id = "followDesk", path = "/api/desk",
    responses((status = 101, body = ServerMessage), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub(crate) async fn follow(State(app): State<App>, may: May<TakeCalls>, upgrade: Upgrade) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| Problem::bad_request("no_web_socket"))?;
    let signed_in = may.into_signed_in();
    Ok(upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(move |socket| async move {
        if Follower::new(app, signed_in, socket).run().await.is_none() {
            tracing::debug!("a desk's window closed");
        }
    }))
}

/// One open window.
struct Follower {
    app: App,
    signed_in: SignedIn,
    socket: WebSocket,
    viewer: Viewer,
}

impl Follower {
    fn new(app: App, signed_in: SignedIn, socket: WebSocket) -> Self {
        let viewer = Viewer::new(app.clone(), signed_in.person.clone());
        Self { app, signed_in, socket, viewer }
    }

    /// Runs until the window closes, which is told by nothing coming back.
    async fn run(mut self) -> Option<()> {
        let _window = self.app.0.presence.open(&self.signed_in.person.id).await;
        let mut revoked = self.app.0.revoked.follow();
        let mut live = self.app.0.engine.live();
        let mut pings = tokio::time::interval(PING_EVERY);
        let now = live.borrow_and_update().clone();
        let snapshot = self.viewer.snapshot(&now).await;
        self.send(&snapshot).await?;
        loop {
            tokio::select! {
                // A session that is over carries out nothing more, whatever waits.
                biased;
                () = revoked.concerns(&self.signed_in) => {
                    if !self.signed_in.still_good(&self.app).await {
                        return self.close().await;
                    }
                }
                _ = pings.tick() => {
                    if !self.signed_in.still_good(&self.app).await {
                        return self.close().await;
                    }
                    self.send(&ServerMessage::Ping { now: self.app.now().0 }).await?;
                }
                message = self.socket.recv() => self.take(message?.ok()?).await?,
                changed = live.changed() => {
                    changed.ok()?;
                    let now = live.borrow_and_update().clone();
                    if let Some(delta) = self.viewer.delta(&now).await {
                        self.send(&delta).await?;
                    }
                }
            }
        }
    }

    async fn take(&mut self, message: Message) -> Option<()> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return None,
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => return Some(()),
        };
        let answer = match serde_json::from_str::<Request>(&text) {
            Err(_) => ServerMessage::Refused { request: 0, code: "bad_request" },
            Ok(Request { request, command }) => {
                let asked = self.app.0.engine.desk(self.signed_in.person.id.clone(), command.into()).await;
                match asked {
                    Ok(()) => ServerMessage::Done { request },
                    Err(DeskError::Refused(refusal)) => {
                        ServerMessage::Refused { request, code: message::refusal_code(refusal) }
                    }
                    Err(DeskError::Unreached) => ServerMessage::Refused { request, code: "unavailable" },
                }
            }
        };
        self.send(&answer).await
    }

    async fn send(&mut self, message: &ServerMessage) -> Option<()> {
        let text = serde_json::to_string(message).ok()?;
        self.socket.send(Message::text(text)).await.ok()
    }

    async fn close(mut self) -> Option<()> {
        let frame = axum::extract::ws::CloseFrame { code: close_code::POLICY, reason: "not_signed_in".into() };
        self.socket.send(Message::Close(Some(frame))).await.ok()
    }
}
