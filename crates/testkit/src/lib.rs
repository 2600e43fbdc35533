//! Proof by telephone: a real centre (the binary, a data folder, free ports) and a real SIP phone that speaks and
//! hears over sockets. Knows the outside of the program only: command line, SIP, RTP, HTTP; no crate of the project.
//!
//! Every wait has a limit, and nothing sleeps: a wait that runs out says what was waited for.

mod centre;
mod cli;
mod data;
mod g711;
mod phone;
mod ports;
mod prompt;
mod wait;
mod web;

pub use centre::{Centre, Setup};
pub use cli::{CallLine, Finished, Program};
pub use data::DataFolder;
pub use phone::{Answer, Callee, Ear, From, Offer, Phone};
pub use ports::PortRange;
pub use prompt::Prompt;
pub use wait::{until, within};
pub use web::{Reply, Session, request, request_as, send};

use std::time::Duration;

/// The limit of a wait for what happens at once unless the machine is busy.
pub const SOON: Duration = Duration::from_secs(10);

/// True where the long runs are wanted (`OTKLIK_LONG=1`): a hundred kills, timers of half a minute.
pub fn is_long_run() -> bool {
    std::env::var_os("OTKLIK_LONG").is_some_and(|value| value == "1")
}
