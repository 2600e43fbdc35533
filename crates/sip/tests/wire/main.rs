//! The port over real sockets: what a phone sees and what the switch is told.

mod calls;
mod phone;
mod refusals;
mod sipp;
