//! What an operator can set of the media.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Settings of the media threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaConfig {
    /// Local address to bind, and to name in SDP.
    pub ip: IpAddr,
    /// UDP ports: one for all browsers, a pair (even RTP, odd RTCP) for each RTP leg.
    pub ports: RangeInclusive<u16>,
    /// Folder of the recordings; made where it is missing.
    pub recordings: PathBuf,
    /// Silence of an RTP leg that should speak, until `Silent` is reported, in milliseconds.
    pub rtp_timeout_ms: u32,
    /// The same for an RTP leg that was never heard, in milliseconds: a phone may keep quiet while it only listens, and
    /// a caller who is not heard is still a caller.
    pub rtp_never_ms: u32,
    /// Time without any datagram from a connected browser until `Down` is reported, in milliseconds. A browser sends
    /// 50 packets a second and asks for consent every few seconds (RFC 7675).
    pub web_timeout_ms: u32,
    /// Most legs at a time.
    pub legs_max: usize,
}

impl MediaConfig {
    /// The defaults: ports 16000-29998, 30 s for phones that were heard and 10 min for those that never were, 8 s for browsers, 2,000 legs.
    pub fn new(ip: IpAddr, recordings: PathBuf) -> Self {
        Self {
            ip,
            ports: 16_000..=29_998,
            recordings,
            rtp_timeout_ms: 30_000,
            rtp_never_ms: 600_000,
            web_timeout_ms: 8_000,
            legs_max: 2_000,
        }
    }
}
