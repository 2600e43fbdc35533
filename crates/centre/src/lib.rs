//! The centre as plain rules: calendar, queue, specialists, calls, promises. Events and the time come in; facts (what
//! is now true) and orders (what is to be done) go out. No I/O, no async, no clock, no chance but what is passed in:
//! the live centre, the simulator and the tests drive this very code.

mod agent;
mod call;
mod message;
mod queue;
mod timers;

pub mod alarms;
pub mod appeals;
pub mod calendar;
pub mod config;
pub mod figures;
pub mod keeping;
pub mod ledger;
pub mod machine;
pub mod promises;
pub mod retry;
pub mod settings;
pub mod spoken;
pub mod view;

pub use config::{CentreConfig, Line, Thresholds};
pub use machine::{Centre, Input, Output, RequestId};
pub use promises::{OpenPromise, Promises};
pub use retry::RetryPolicy;
pub use timers::Why;
pub use view::{CallPhase, View};
