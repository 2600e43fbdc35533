//! Media of the contact centre: RTP and WebRTC legs, players, relay, keys, stereo recordings, on two plain threads of
//! its own. It knows packets, not calls; no async runtime, no database, no HTTP.
//!
//! One media thread owns every leg. It sleeps until a 5 ms tick (an absolute timer) or a command, then drains the
//! sockets, routes what came, lets players and timers of a quarter of the legs act (so that legs spread over the 20 ms
//! frame), and flushes the browsers' connections. One recorder thread writes files; a slow disk costs recorded frames,
//! never sound in the talk. Commands go in by a bounded mailbox, events come out by a bounded channel; neither side
//! ever waits for the other.
//!
//! Figures (crate `metrics`): `media_legs`, `media_tick_late_ms` (worst of the last second), `media_packets_in_total`,
//! `media_packets_out_total`, `media_packets_ignored_total`, `media_send_errors_total`, `media_web_errors_total`,
//! `media_commands_dropped_total`, `media_events_dropped_total`, `media_panics_total`, `media_remote_loss_ratio`,
//! `media_remote_jitter_ms`, `recorder_open`, `recorder_frames_dropped_total`, `recorder_failures_total`.

mod clip;
mod clock;
mod config;
mod dtmf;
mod event;
mod g711;
mod handle;
mod latch;
mod leg;
mod mailbox;
mod meters;
mod os;
mod player;
mod reception;
mod recorder;
mod recorder_link;
mod rtcp;
mod rtp;
mod serial;
mod shard;
mod timeline;
mod uploaded;
mod voice;
mod wav;
mod web_mux;
mod web_offer;

pub use clip::{Clip, ClipError};
pub use config::MediaConfig;
pub use event::MediaEvent;
pub use g711::{Codec, alaw_to_linear, linear_to_alaw, linear_to_ulaw, ulaw_to_linear};
pub use handle::{MediaError, MediaHandle, MediaThreads, start};
pub use leg::rtp::{RemoteRtp, Sending};
pub use recorder::{RecoveredWav, empty_wav, recover_wav};
pub use uploaded::{UploadFault, alaw_of_upload, wav_of_alaw};
pub use wav::WavError;
