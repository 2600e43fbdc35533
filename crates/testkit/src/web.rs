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

    /// The code of a problem; empty where the body is none.
    pub fn code(&self) -> String {
        self.json().ok().and_then(|json| json["code"].as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What a browser would send back of the cookies that this answer sets.
    pub fn cookies(&self) -> String {
        let set = self.head.lines().filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().trim())
        });
        set.collect::<Vec<_>>().join("; ")
    }
}

/// Sends a request, with a JSON body where one is given.
///
/// # Errors
/// Where no answer came.
pub async fn request(http: SocketAddr, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
    request_as(http, "", method, path, json).await
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    http: SocketAddr,
    cookies: String,
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
        Ok(Self { http, cookies: reply.cookies() })
    }

    /// Sends a request of this session.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn request(&self, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
        request_as(self.http, &self.cookies, method, path, json).await
    }

    /// Sends whatever stands in `body`, as JSON.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn request_text(&self, method: &str, path: &str, body: &str) -> Result<Reply> {
        send(self.http, &self.cookies, method, path, Some("application/json"), body.as_bytes()).await
    }
}

/// The same with cookies, as a browser of somebody sends it.
///
/// # Errors
/// Where no answer came.
pub async fn request_as(
    http: SocketAddr,
    cookies: &str,
    method: &str,
    path: &str,
    json: Option<&Value>,
) -> Result<Reply> {
    let body = json.map(Value::to_string).unwrap_or_default();
    send(http, cookies, method, path, json.map(|_| "application/json"), body.as_bytes()).await
}

/// The same with a body as it is, of a kind.
///
/// # Errors
/// Where no answer came.
pub async fn send(
    http: SocketAddr,
    cookies: &str,
    method: &str,
    path: &str,
    kind: Option<&str>,
    body: &[u8],
) -> Result<Reply> {
    let kind = kind.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
    let cookie = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
    let length = body.len();
    // HTTP/1.0, so that the answer comes in one piece and not in chunks.
    let head = format!("{method} {path} HTTP/1.0\r\nHost: {http}\r\n{cookie}{kind}Content-Length: {length}\r\n\r\n");
    within(SOON, &format!("{method} {path}"), async {
        let mut stream = TcpStream::connect(http).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").context("no end of the headers")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok(Reply { status, head: head.to_owned(), body: body.to_owned() })
    })
    .await
}
