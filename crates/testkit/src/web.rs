//! The smallest HTTP client: one request, one connection (RFC 9112, `Connection: close`).

use std::net::SocketAddr;

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::SOON;
use crate::wait::within;

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
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

/// Somebody signed in, by their cookie.
#[derive(Debug, Clone)]
pub struct Visitor {
    http: SocketAddr,
    cookie: String,
}

impl Visitor {
    /// Signs in.
    ///
    /// # Errors
    /// Where it is refused.
    pub async fn sign_in(http: SocketAddr, name: &str, password: &str) -> Result<Self> {
        let body = serde_json::json!({ "name": name, "password": password }).to_string();
        let (head, reply) = exchange(http, "POST", "/api/session", JSON, &body).await?;
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next().unwrap_or_default().trim().to_owned())
        });
        let cookie = cookie.with_context(|| format!("{name} is not let in: {} {}", reply.status, reply.body))?;
        Ok(Self { http, cookie })
    }

    /// Sends a request, with a JSON body where one is given.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn send(&self, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
        self.send_text(method, path, &json.map(Value::to_string).unwrap_or_default()).await
    }

    /// Sends a request with whatever stands in `body`, as JSON.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn send_text(&self, method: &str, path: &str, body: &str) -> Result<Reply> {
        let headers = format!("{JSON}Cookie: {}\r\n", self.cookie);
        Ok(exchange(self.http, method, path, &headers, body).await?.1)
    }
}

const JSON: &str = "Content-Type: application/json\r\n";

/// Sends a request, with a JSON body where one is given.
///
/// # Errors
/// Where no answer came.
pub async fn request(http: SocketAddr, method: &str, path: &str, json: Option<&Value>) -> Result<Reply> {
    let body = json.map(Value::to_string).unwrap_or_default();
    Ok(exchange(http, method, path, if json.is_some() { JSON } else { "" }, &body).await?.1)
}

async fn exchange(http: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Result<(String, Reply)> {
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
        Ok((head.to_owned(), Reply { status, body: body.to_owned() }))
    })
    .await
}
