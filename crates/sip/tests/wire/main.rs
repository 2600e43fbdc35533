//! The port over real sockets: what a phone sees and what the switch is told.
#![expect(clippy::unwrap_used, reason = "all of this crate is a test")]

mod calls;
mod orders;
mod phone;
mod privacy;
mod refusals;
mod sipp;
mod torture;
