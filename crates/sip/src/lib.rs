//! SIP on the wire: guard socket, dialogs and SDP behind one small seam. Knows RFCs; knows no queues, no media, no centre.
//!
//! [`Sip::start`] binds the port and gives a [`SipHandle`] for orders; what happens on the wire comes back as [`SipEvent`]s.
//! The SIP stack underneath is private to this crate: its types appear in no public signature.

mod config;
mod driver;
mod event;
mod guard;
mod handle;
mod identity;
mod local;
mod network;
pub mod sdp;
mod stack;
mod start;
mod wire;

pub use config::{Limits, SipConfig};
pub use event::{DialogId, EndedBy, SipEvent};
pub use handle::{OrderError, SipHandle};
pub use network::{Network, NetworkError};
pub use start::{Sip, SipError};

/// The log directive that the binary must apply whatever else the operator asks for: the SIP stack writes whole raw
/// messages (numbers, names, SDP) at `info` and `debug`, and those are personal data that never reach a log.
pub const LOG_CAP: &str = "rsipstack=warn";
