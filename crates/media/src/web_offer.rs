//! A browser's offer and our answer (SDP for WebRTC): PCMA and nothing else, ICE-lite, DTLS passive, one candidate.
//! Makes the connection on the caller's thread; sends nothing.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use str0m::change::SdpOffer;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::media::Direction;
use str0m::rtp::Extension;
use str0m::{Candidate, Rtc, RtcConfig};

/// Longest offer that is looked at, in bytes.
const OFFER_MAX: usize = 64 * 1024;

/// Why an offer cannot be answered. Says nothing of its text, which names addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// Not an SDP offer that can be read.
    #[error("the offer cannot be read")]
    Unreadable,
    /// Not exactly one audio line that sends and receives.
    #[error("the offer must have exactly one media line, audio in both directions")]
    NotOneAudio,
    /// No PCMA (A-law) in it.
    #[error("the offer has no PCMA")]
    NoCommonCodec,
    /// The browser wants to be the DTLS server.
    #[error("the offer must let us be DTLS passive")]
    NotPassive,
}

/// What all connections of the process share.
#[derive(Clone)]
pub(crate) struct WebIdentity {
    crypto: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

/// A connection that waits for its browser.
pub(crate) struct Answered {
    pub(crate) rtc: Box<Rtc>,
    pub(crate) ufrag: String,
    pub(crate) answer: String,
}

impl WebIdentity {
    /// Makes the certificate; nothing where the crypto library cannot.
    pub(crate) fn new() -> Option<Self> {
        let crypto = str0m::crypto::from_feature_flags();
        let certificate = crypto.dtls_provider.generate_certificate()?;
        Some(Self { crypto: Arc::new(crypto), certificate })
    }

    /// Answers an offer at once.
    pub(crate) fn answer(&self, offer: &str, local: SocketAddr, now: Instant) -> Result<Answered, OfferError> {
        if offer.len() > OFFER_MAX {
            return Err(OfferError::Unreadable);
        }
        // The parser is not ours; what it does with a strange offer costs that offer only.
        catch_unwind(AssertUnwindSafe(|| self.answer_inner(offer, local, now))).unwrap_or_else(|_| {
            metrics::counter!("media_panics_total").increment(1);
            Err(OfferError::Unreadable)
        })
    }

    fn answer_inner(&self, offer: &str, local: SocketAddr, now: Instant) -> Result<Answered, OfferError> {
        let lines = kept_lines(offer);
        if lines.matches("\nm=").count() != 1 || !lines.contains("\nm=audio ") {
            return Err(OfferError::NotOneAudio);
        }
        let offer = SdpOffer::from_sdp_string(&lines).map_err(|_| OfferError::Unreadable)?;
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&self.crypto))
            .set_dtls_cert(self.certificate.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_pcma(true, false)
            .clear_extension_map()
            .set_extension(1, Extension::RtpMid)
            .set_stats_interval(None)
            .build(now);
        let candidate = Candidate::host(local, "udp").map_err(|_| OfferError::Unreadable)?;
        rtc.add_local_candidate(candidate);
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|_| OfferError::Unreadable)?.to_sdp_string();
        if !answer.contains("a=rtpmap:8 PCMA/8000") {
            return Err(OfferError::NoCommonCodec);
        }
        if !answer.contains(&format!("a={}", Direction::SendRecv)) {
            return Err(OfferError::NotOneAudio);
        }
        if !answer.contains("a=setup:passive") {
            return Err(OfferError::NotPassive);
        }
        let ufrag = rtc.direct_api().local_ice_credentials().ufrag;
        Ok(Answered { rtc: Box::new(rtc), ufrag, answer })
    }
}

/// The offer without its candidates: an ICE-lite side needs none (RFC 8445 section 2.5), and names that only the
/// browser's network can resolve (mDNS) must not matter.
fn kept_lines(offer: &str) -> String {
    let mut kept = String::with_capacity(offer.len());
    for line in offer.lines().map(str::trim_end) {
        let dropped = ["a=candidate:", "a=end-of-candidates", "a=ice-options:"];
        if !line.is_empty() && !dropped.iter().any(|start| line.starts_with(start)) {
            kept.push_str(line);
            kept.push_str("\r\n");
        }
    }
    kept
}
