//! The one place of this crate that reads the clock: RTP, ICE and DTLS run on the monotonic time of the machine, on
//! threads that no engine drives. Everything else takes `now` as a parameter.

use std::time::Instant;

/// The monotonic time.
#[expect(clippy::disallowed_methods, reason = "media threads pace packets by the machine's monotonic clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
