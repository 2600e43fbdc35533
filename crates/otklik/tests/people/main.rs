//! The house by its pages: the real binary over HTTP, and its command line. Each test has a centre of its own.
//! What a browser adds stands in web/e2e.

mod doors;
mod links;
mod roles;
mod setting_up;

use anyhow::{Context, Result, ensure};
use otklik_testkit::{Centre, Program, Reply, request_as};
use serde_json::{Value, json};

/// The binary under test.
fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_otklik"))
}

/// Somebody at a browser.
struct Visitor<'a> {
    centre: &'a Centre,
    cookies: String,
}

impl<'a> Visitor<'a> {
    /// Somebody who is not signed in.
    fn nobody(centre: &'a Centre) -> Self {
        Self { centre, cookies: String::new() }
    }

    /// Somebody of the demonstration, signed in.
    async fn of_demo(centre: &'a Centre, id: &str) -> Result<Self> {
        let file = std::fs::read_to_string(centre.data().path().join("demo-passwords.json"))?;
        let passwords: Value = serde_json::from_str(&file)?;
        let password = passwords[id].as_str().with_context(|| format!("no password of {id}"))?;
        Self::signed_in(centre, id, password).await
    }

    /// Somebody signed in by name and password.
    async fn signed_in(centre: &'a Centre, id: &str, password: &str) -> Result<Self> {
        let nobody = Self::nobody(centre);
        let reply = nobody.asks("POST", "/api/session", Some(json!({ "name": id, "password": password }))).await?;
        ensure!(reply.status == 200, "{id}: {} {}", reply.status, reply.body);
        Ok(Self { centre, cookies: reply.cookies() })
    }

    /// Whoever uses a one-time link.
    async fn by_link(centre: &'a Centre, path: &str, password: &str) -> Result<Self> {
        let nobody = Self::nobody(centre);
        let reply = nobody.asks("POST", &format!("/api{path}"), Some(json!({ "password": password }))).await?;
        ensure!(reply.status == 200, "{} {}", reply.status, reply.body);
        Ok(Self { centre, cookies: reply.cookies() })
    }

    async fn asks(&self, method: &str, path: &str, body: Option<Value>) -> Result<Reply> {
        request_as(self.centre.addresses()?.0, &self.cookies, method, path, body.as_ref()).await
    }

    /// Asks for what must be given.
    async fn gets(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        let reply = self.asks(method, path, body).await?;
        ensure!((200..300).contains(&reply.status), "{method} {path}: {} {}", reply.status, reply.body);
        if reply.body.is_empty() { Ok(Value::Null) } else { reply.json() }
    }

    /// Asks for what must be refused; gives status and code.
    async fn is_refused(&self, method: &str, path: &str, body: Option<Value>) -> Result<(u16, String)> {
        let reply = self.asks(method, path, body).await?;
        ensure!(reply.status >= 400, "{method} {path}: {} {}", reply.status, reply.body);
        ensure!(reply.head.contains("application/problem+json"), "{method} {path}: {}", reply.head);
        Ok((reply.status, reply.code()))
    }
}
