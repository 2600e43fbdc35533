//! The WebSocket of a caller's page: how far the call is goes out, keys and the hang-up come in.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use otklik_model::UtcMs;
use serde::Serialize;

use crate::caller::pages::Window;
use crate::caller::said::{PageMessage, Progress};
use crate::state::App;

/// How often the page is told that we are there; it takes 12 s of silence for a lost link.
const PING_EVERY: Duration = Duration::from_secs(5);
/// How long a page may take to say which call it follows.
const HELLO_WITHIN: Duration = Duration::from_secs(5);
/// Longest message of a page, bytes.
const LONGEST_MESSAGE: usize = 1_024;
/// The least time between two keys, milliseconds: that of a key on a telephone. What comes sooner is dropped.
const KEY_PAUSE_MS: i64 = 50;

/// Follows a call: the page says `hello` with its token, `CallProgress` comes out (each with the centre's
/// time as `now`), `CallMessage` goes in. The token is
/// not in the address, which is written into logs of proxies.
#[utoipa::path(get, operation_id = "followCall", path = "/api/call/events", responses((status = 101, body = Progress)))]
pub(crate) async fn follow(State(app): State<App>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(move |mut socket| async move {
        let Some(window) = hello(&app, &mut socket).await else {
            let frame = CloseFrame { code: close_code::POLICY, reason: "no_such_call".into() };
            // The page may have gone.
            socket.send(Message::Close(Some(frame))).await.ok();
            return;
        };
        Follower { app, socket, window, key_at: UtcMs(0) }.run().await;
    })
}

/// Waits for the token.
async fn hello(app: &App, socket: &mut WebSocket) -> Option<Window> {
    let _door = app.0.caller.door()?;
    let first = tokio::time::timeout(HELLO_WITHIN, socket.recv()).await.ok()??.ok()?;
    match serde_json::from_str(first.to_text().ok()?).ok()? {
        PageMessage::Hello { token } => app.0.caller.open(&token),
        PageMessage::Key { .. } | PageMessage::HangUp => None,
    }
}

/// A message: with the centre's time, because a caller's clock may be wrong.
#[derive(Serialize)]
struct Told<'a> {
    now: i64,
    #[serde(flatten)]
    progress: &'a Progress,
}

/// One open window.
struct Follower {
    app: App,
    socket: WebSocket,
    window: Window,
    key_at: UtcMs,
}

impl Follower {
    /// Runs until the window closes, which is told by nothing coming back.
    async fn run(mut self) -> Option<()> {
        let mut pings = tokio::time::interval(PING_EVERY);
        self.window.progress.mark_changed();
        loop {
            tokio::select! {
                changed = self.window.progress.changed() => {
                    // The call is forgotten.
                    changed.ok()?;
                    let progress = self.window.progress.borrow_and_update().clone();
                    self.send(&progress).await?;
                }
                _ = pings.tick() => self.send(&Progress::Ping).await?,
                message = self.socket.recv() => self.take(message?.ok()?).await?,
            }
        }
    }

    async fn take(&mut self, message: Message) -> Option<()> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return None,
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => return Some(()),
        };
        match serde_json::from_str::<PageMessage>(&text).ok()? {
            PageMessage::Key { key } => self.press(key),
            PageMessage::HangUp => self.app.0.engine.caller_left(self.window.leg).await,
            PageMessage::Hello { .. } => {}
        }
        Some(())
    }

    fn press(&mut self, key: char) {
        let now = self.app.now();
        if matches!(key, '0'..='9' | '*' | '#') && now.since_ms(self.key_at) >= KEY_PAUSE_MS {
            self.key_at = now;
            self.app.0.engine.caller_key(self.window.leg, key);
        }
    }

    async fn send(&mut self, progress: &Progress) -> Option<()> {
        let told = Told { now: self.app.now().0, progress };
        let text = serde_json::to_string(&told).ok()?;
        self.socket.send(Message::text(text)).await.ok()
    }
}
