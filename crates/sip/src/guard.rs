//! The guard socket: the UDP socket as the SIP stack sees it, with everything that the stack does not check done before it.
//!
//! What may pass is decided by the pure [`inspect`]; here stand the socket, the pace of strangers and the counting.

mod answer;
mod backlog;
mod inspect;
mod pace;
#[cfg(test)]
mod tests;

pub(crate) use answer::ALLOW;
pub(crate) use backlog::Pulse;

use crate::config::{Limits, SipConfig};
use crate::network::Network;
use answer::{Answerer, Refusal};
use async_trait::async_trait;
use backlog::Backlog;
use inspect::{DropReason, Kind, Origin, Passed, Verdict, inspect};
use pace::{Cost, Pace};
use rsipstack::platform::net::UdpSocket as StackSocket;
use rsipstack::sip::{SipMessage, Transport};
use rsipstack::transport::SipConnection;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use tokio::net::UdpSocket;
use tokio::time::Instant;

/// The datagram socket with a guard before it.
#[derive(Debug)]
pub(crate) struct GuardSocket {
    socket: UdpSocket,
    address: SocketAddr,
    trusted: Vec<Network>,
    limits: Limits,
    pace: Mutex<Pace>,
    answerer: Answerer,
    opened: Instant,
    /// How much waits inside the stack.
    pub(crate) backlog: Backlog,
    /// Makes the stack's reader panic at its next datagram.
    #[cfg(test)]
    pub(crate) trap: std::sync::atomic::AtomicBool,
}

/// What the guard does with one datagram.
#[derive(Debug, PartialEq, Eq)]
enum Act {
    Pass(Vec<u8>),
    Send(Vec<u8>, u16),
    Drop(DropReason),
    /// Answers the ping of RFC 5626 §4.4.1.
    Pong,
    Ignore,
}

impl GuardSocket {
    /// Binds the port.
    pub(crate) async fn bind(config: &SipConfig) -> std::io::Result<Self> {
        let socket = UdpSocket::bind(config.bind).await?;
        let limits = config.limits;
        Ok(Self {
            address: socket.local_addr()?,
            socket,
            trusted: config.trusted.clone(),
            limits,
            pace: Mutex::new(Pace::new(limits.starts_per_second_per_source, limits.max_sources)),
            answerer: Answerer::default(),
            opened: Instant::now(),
            backlog: Backlog::default(),
            #[cfg(test)]
            trap: std::sync::atomic::AtomicBool::default(),
        })
    }

    /// The address that the port is bound to.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends an empty line to our own port: whoever reads there cannot fail to count it.
    pub(crate) async fn knock(&self) {
        let door = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
        };
        self.socket.send_to(b"\r\n", (door, self.address.port())).await.ok();
    }

    fn origin(&self, source: IpAddr) -> Origin {
        if self.trusted.iter().any(|network| network.contains(source)) { Origin::Trusted } else { Origin::Stranger }
    }

    fn act(&self, datagram: &[u8], source: SocketAddr) -> Act {
        let origin = self.origin(source.ip());
        let verdict = inspect(datagram, origin, self.limits.max_datagram_bytes);
        if origin == Origin::Stranger && !self.is_in_pace(&verdict, source.ip()) {
            return Act::Drop(DropReason::Pace);
        }
        match verdict {
            Verdict::Drop(reason) => Act::Drop(reason),
            Verdict::KeepAlive if datagram == b"\r\n\r\n" => Act::Pong,
            Verdict::KeepAlive => Act::Ignore,
            Verdict::Answer(message, refusal) => self.refuse(&message, &refusal, source),
            Verdict::Pass(passed) => self.let_pass(passed, source),
        }
    }

    fn is_in_pace(&self, verdict: &Verdict<'_>, source: IpAddr) -> bool {
        let cost = match verdict {
            Verdict::Answer(_, _) => Cost::Start,
            Verdict::Pass(passed) if passed.kind == Kind::Start => Cost::Start,
            Verdict::Pass(_) | Verdict::KeepAlive => Cost::Other,
            Verdict::Drop(_) => return true,
        };
        self.pace.lock().unwrap_or_else(PoisonError::into_inner).take(source, cost, self.opened.elapsed())
    }

    fn let_pass(&self, passed: Passed<'_>, source: SocketAddr) -> Act {
        if self.backlog.messages() >= self.limits.max_backlog {
            return match passed.kind {
                Kind::Start => {
                    self.refuse(&passed.message, &Refusal::Busy { retry_after_s: self.limits.retry_after_s }, source)
                }
                Kind::Follow | Kind::Last => Act::Drop(DropReason::Backlog),
            };
        }
        match probe(&passed.bytes, source) {
            Probe::Good => Act::Pass(passed.bytes.into_owned()),
            Probe::Refused if passed.kind == Kind::Last => Act::Drop(DropReason::BadResponse),
            Probe::Refused => self.refuse(&passed.message, &Refusal::BadRequest("Malformed Header"), source),
            Probe::Panicked => Act::Drop(DropReason::Panic),
        }
    }

    fn refuse(&self, message: &crate::wire::Message<'_>, refusal: &Refusal, source: SocketAddr) -> Act {
        match self.answerer.answer(message, refusal, source) {
            Some(answer) => Act::Send(answer, refusal.status()),
            None => Act::Drop(DropReason::Unanswerable),
        }
    }
}

enum Probe {
    Good,
    Refused,
    Panicked,
}

/// Parses as the stack is about to, so that a datagram on which its parser panics takes nothing down with it.
fn probe(bytes: &[u8], source: SocketAddr) -> Probe {
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let message = SipMessage::try_from(bytes).ok()?;
        SipConnection::update_msg_received(message, source, Transport::Udp).ok()
    }));
    match parsed {
        Ok(Some(_)) => Probe::Good,
        Ok(None) => Probe::Refused,
        Err(_) => Probe::Panicked,
    }
}

#[async_trait]
impl StackSocket for GuardSocket {
    async fn recv_from(&self, buf: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        // One byte more than the limit shows what is too long.
        let mut datagram = vec![0; self.limits.max_datagram_bytes.clamp(1, buf.len()) + 1];
        loop {
            let (length, source) = self.socket.recv_from(&mut datagram).await?;
            self.backlog.read();
            #[cfg(test)]
            assert!(!self.trap.swap(false, std::sync::atomic::Ordering::Relaxed), "as a test");
            // A panic here would end the stack's reader, and nobody would hear of it.
            let act = catch_unwind(AssertUnwindSafe(|| self.act(&datagram[..length], source)));
            match act.unwrap_or(Act::Drop(DropReason::Panic)) {
                Act::Pass(bytes) if bytes.len() <= buf.len() => {
                    buf[..bytes.len()].copy_from_slice(&bytes);
                    self.backlog.passed();
                    return Ok((bytes.len(), source));
                }
                Act::Pass(_) => count_drop(DropReason::TooLarge),
                Act::Drop(reason) => count_drop(reason),
                Act::Send(answer, status) => {
                    metrics::counter!("sip_rejected_total", "status" => status.to_string()).increment(1);
                    self.socket.send_to(&answer, source).await.ok();
                }
                Act::Pong => {
                    self.socket.send_to(b"\r\n", source).await.ok();
                }
                Act::Ignore => (),
            }
        }
    }

    async fn send_to(&self, buf: &[u8], addr: SocketAddr) -> rsipstack::Result<usize> {
        Ok(self.socket.send_to(buf, addr).await?)
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.address)
    }
}

fn count_drop(reason: DropReason) {
    metrics::counter!("sip_guard_dropped_total", "reason" => reason.label()).increment(1);
}
