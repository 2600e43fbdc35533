//! Joins SIP and sound into legs, and carries out what the engine asks of them. The only crate that knows both; it
//! knows no call, no queue and no rule.

mod desk;
mod effects;
mod legs;
mod page;
mod prompts;
mod switch;

pub use prompts::Prompts;
pub use switch::{Switch, SwitchPorts};
