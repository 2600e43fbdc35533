//! Ranges of UDP ports that two centres never share, also not those of two test processes.

use std::net::UdpSocket;

use anyhow::{Result, bail};

/// Below what systems give to sockets that ask for any port.
const LOWEST: u16 = 10_000;
const HIGHEST: u16 = 19_999;
/// Ports of one range; the first is the mark of its owner.
const WIDTH: u16 = 250;

/// A range of free ports, held by a socket on the port in front of it.
#[derive(Debug)]
pub struct PortRange {
    low: u16,
    _mark: UdpSocket,
}

impl PortRange {
    /// Takes the first range that nobody holds and nobody uses.
    ///
    /// # Errors
    /// Where there is none.
    pub fn take() -> Result<Self> {
        for mark in (LOWEST..HIGHEST - WIDTH).step_by(usize::from(WIDTH)) {
            let Ok(socket) = UdpSocket::bind(("127.0.0.1", mark)) else { continue };
            if (mark + 1..mark + WIDTH).all(|port| UdpSocket::bind(("127.0.0.1", port)).is_ok()) {
                return Ok(Self { low: mark + 1, _mark: socket });
            }
        }
        bail!("no {WIDTH} free UDP ports in a row between {LOWEST} and {HIGHEST}")
    }

    /// As the command line wants it.
    pub fn as_argument(&self) -> String {
        format!("{}-{}", self.low, self.low + WIDTH - 2)
    }
}
