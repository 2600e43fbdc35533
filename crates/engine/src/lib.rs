//! The one owner of a running centre: clock, inbox, journal-then-act, recovery, and the view that readers see. It knows
//! the rules (`centre`) and the journal (`store`); it knows no SIP, no sound and no HTTP.
//!
//! **Invariants.**
//! - No order and no answer that promises something leaves before the facts before it are on disk ([`Engine::run`]'s gate).
//! - Orders leave in the order in which they were given, each once; none is dropped.
//! - The engine's task never waits for the database, the switch or a desk: it waits for all of them at once.
//! - A panic in the task, or an error out of it, ends every call of the process. Whoever awaits the task must let the
//!   process exit as failed, so that its supervisor starts it anew and recovery promises each caller a call back.

mod answers;
mod arrivals;
mod callers;
mod clock;
mod commits;
mod gate;
mod handle;
mod live;
mod orders;
mod owner;
mod start;

pub use callers::CallerLine;
pub use clock::Clock;
pub use handle::{DeskError, EngineHandle, MediaError, PromiseError};
pub use live::Live;
pub use start::{Engine, EngineConfig, EngineError, Ports};
