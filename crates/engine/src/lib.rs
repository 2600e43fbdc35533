//! The one owner of a running centre: clock, inbox, journal-then-act, recovery, and the view that readers see. It knows
//! the rules (`centre`) and the journal (`store`); it knows no SIP, no sound and no HTTP.

mod clock;
mod gate;
mod handle;
mod live;
mod owner;
mod start;

pub use clock::Clock;
pub use handle::{DeskError, EngineHandle, MediaError};
pub use live::Live;
pub use start::{Engine, EngineConfig, EngineError, Ports};
