//! What the port is told at its start: addresses, trust and every written limit.

use crate::network::Network;
use std::net::SocketAddr;

/// How the SIP port is set up.
#[derive(Debug, Clone)]
pub struct SipConfig {
    /// The UDP address to listen on; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Who may start calls (trunks, test phones); a request that starts a call from anywhere else gets 403.
    pub trusted: Vec<Network>,
    /// The `User-Agent` of what we send.
    pub user_agent: String,
    /// The written limits.
    pub limits: Limits,
}

/// Every limit of the port, with the value that [`Limits::default`] gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls that may exist at once, from INVITE to the end of their BYE; more get 503 with `Retry-After` (500).
    pub max_dialogs: usize,
    /// The largest datagram that is read, bytes, at most 8192, which is what the stack reads; larger ones are dropped (8192).
    pub max_datagram_bytes: usize,
    /// Requests outside a dialog that one untrusted source may send each second; more are dropped (5).
    pub starts_per_second_per_source: u32,
    /// Sources whose pace is remembered; the longest silent is forgotten first (4096).
    pub max_sources: usize,
    /// Messages that may wait inside the stack; beyond, new calls get 503 and everything else is dropped (1024).
    pub max_backlog: usize,
    /// Orders that may wait for the port (1024).
    pub max_orders: usize,
    /// Events that may wait for the reader of the events before new calls get 503 and digits are dropped (4096).
    pub max_events: usize,
    /// How long an answered call waits for its ACK, and a request of ours for its response, milliseconds (32 000, 64*T1 of RFC 3261 §17).
    pub ack_timeout_ms: u32,
    /// What `Retry-After` says beside 503, seconds (5).
    pub retry_after_s: u32,
    /// How often the port knocks at its own door, milliseconds; a stack that three times in a row did not move is built anew (5000).
    pub watch_ms: u32,
    /// How long [`crate::SipHandle::shutdown`] lets the last BYEs travel, milliseconds (2000).
    pub shutdown_ms: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_dialogs: 500,
            max_datagram_bytes: 8192,
            starts_per_second_per_source: 5,
            max_sources: 4096,
            max_backlog: 1024,
            max_orders: 1024,
            max_events: 4096,
            ack_timeout_ms: 32_000,
            retry_after_s: 5,
            watch_ms: 5000,
            shutdown_ms: 2000,
        }
    }
}
