//! The smallest HTTP client: one request, one connection (RFC 9112, `Connection: close`).

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::SOON;
use crate::wait::within;

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers as they came.
    pub head: String,
    /// The body as text.
    pub body: String,
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Errors
    /// Where it is none.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| format!("not JSON ({}): {}", self.status, self.body))
    }
}

const JSON: &str = "Content-Type: application/json\r\n";

/// Sends a request, with a JSON body where one is given.
///
/// # Errors
/// Where no answer came.
pub async fn request(http: SocketAddr, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
    let body = json.map(Value::to_string).unwrap_or_default();
    exchange(http, method, path, if json.is_some() { JSON } else { "" }, &body).await
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    http: SocketAddr,
    cookie: String,
}

impl Session {
    /// Signs in.
    ///
    /// # Errors
    /// Where it is refused.
    pub async fn sign_in(http: SocketAddr, name: &str, password: &str) -> Result<Self> {
        let body = json!({ "name": name, "password": password });
        let reply = request(http, "POST", "/api/session", Some(&body)).await?;
        ensure!(reply.status == 200, "the sign-in of {name}: {} {}", reply.status, reply.body);
        let given = reply.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().to_owned())
        });
        Ok(Self { http, cookie: given.context("no cookie")? })
    }

    /// Sends a request of this session.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn request(&self, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
        self.request_text(method, path, &json.map(Value::to_string).unwrap_or_default()).await
    }

    /// Sends whatever stands in `body`, as JSON.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn request_text(&self, method: &str, path: &str, body: &str) -> Result<Reply> {
        exchange(self.http, method, path, &format!("{JSON}Cookie: {}\r\n", self.cookie), body).await
    }
}

async fn exchange(http: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Result<Reply> {
    let length = body.len();
    // HTTP/1.0, so that the answer comes in one piece and not in chunks.
    let text = format!("{method} {path} HTTP/1.0\r\nHost: {http}\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
    within(SOON, &format!("{method} {path}"), async {
        let mut stream = TcpStream::connect(http).await?;
        stream.write_all(text.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").context("no end of the headers")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok(Reply { status, head: head.to_owned(), body: body.to_owned() })
    })
    .await
}
