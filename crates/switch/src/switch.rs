//! The switch's task: reports of the wire go up as leg events, orders go down to SIP and sound.

use std::net::{IpAddr, SocketAddr};

use otklik_media::{MediaEvent, MediaHandle, RemoteRtp, Sending};
use otklik_model::{Effect, HangupSide, LegEvent, LegId, LegOrder, Personal, PhoneNumber, PlayId};
use otklik_sip::sdp::{self, Codec, Direction, Negotiated, Offer, SessionIds};
use otklik_sip::{DialogId, EndedBy, SipEvent, SipHandle};
use tokio::sync::mpsc;
use tokio::time::Instant;
use uuid::Uuid;

use crate::effects::Fence;
use crate::legs::{Caller, Leg, Legs};
use crate::prompts::Prompts;

/// The channels of the switch; all bounded.
#[derive(Debug)]
pub struct SwitchPorts {
    /// Reports of the SIP side.
    pub sip: mpsc::Receiver<SipEvent>,
    /// Reports of the sound side.
    pub media: mpsc::Receiver<MediaEvent>,
    /// Orders of the engine.
    pub effects: mpsc::Receiver<Effect>,
    /// Reports to the engine.
    pub events: mpsc::Sender<LegEvent>,
}

/// The switch.
pub struct Switch {
    pub(crate) sip: SipHandle,
    pub(crate) media: MediaHandle,
    pub(crate) prompts: Prompts,
    pub(crate) legs: Legs,
    fence: Fence,
    events: mpsc::Sender<LegEvent>,
}

impl Switch {
    /// Runs until the engine has gone.
    pub async fn run(sip: SipHandle, media: MediaHandle, prompts: Prompts, mut ports: SwitchPorts) {
        let events = ports.events.clone();
        let mut switch = Self { sip, media, prompts, legs: Legs::default(), fence: Fence::default(), events };
        loop {
            let next_lost = switch.legs.next_lost();
            tokio::select! {
                Some(effect) = ports.effects.recv() => switch.take_effect(effect).await,
                Some(event) = ports.sip.recv() => switch.take_sip(event).await,
                Some(event) = ports.media.recv() => switch.take_media(event).await,
                leg = lost(next_lost), if next_lost.is_some() => switch.end_page(leg, HangupSide::Trunk).await,
                else => return,
            }
        }
    }

    pub(crate) async fn report(&self, event: LegEvent) {
        if self.events.send(event).await.is_err() {
            tracing::error!("the engine has stopped: a report was lost");
        }
    }

    async fn take_effect(&mut self, effect: Effect) {
        if !self.fence.admits(effect.key) {
            metrics::counter!("switch_effects_refused_total").increment(1);
            return;
        }
        match effect.order {
            LegOrder::Answer { leg } => {
                self.answer(leg);
                self.answer_page(leg).await;
            }
            LegOrder::Reject { leg, status } => {
                let rejected = self.legs.remove(leg);
                self.media.close(leg);
                if let Some(Leg::Caller(caller)) = rejected {
                    carried("reject", self.sip.reject(caller.dialog, status));
                }
            }
            LegOrder::Play { leg, play, list } => {
                // A list without a sound ends what plays, and is at its end at once.
                let (clips, repeat_from) = self.prompts.sounds(&list);
                self.media.play(leg, play, clips, repeat_from);
            }
            LegOrder::PlayRecording { leg, play, file } => self.play_recording(leg, play, file),
            LegOrder::StopRecord { leg } => self.media.stop_record(leg),
            LegOrder::DropRecording { file, .. } => self.media.drop_recording(file),
            LegOrder::Record { leg, call, file } => self.media.record(leg, call, file),
            LegOrder::Join { caller, agent } => self.media.join(caller, agent),
            LegOrder::Hangup { leg } => self.hang_up(leg),
            LegOrder::OpenDesk { agent, leg, sdp } => self.open_desk(agent, leg, &sdp).await,
            LegOrder::OpenCaller { leg, called, caller, sdp } => self.open_page(leg, called, caller, &sdp).await,
            LegOrder::RenewCaller { leg, sdp } => self.renew_page(leg, &sdp).await,
            LegOrder::CallerLeft { leg } => self.end_page(leg, HangupSide::Caller).await,
        }
    }

    /// Reads the file beside this task; a later playing is not replaced by one that took long to read.
    fn play_recording(&self, leg: LegId, play: PlayId, file: String) {
        let media = self.media.clone();
        tokio::task::spawn_blocking(move || {
            let clip = media.recorded_clip(&file).map(std::sync::Arc::new);
            if let Err(error) = &clip {
                tracing::error!(%error, "a recording cannot be played");
            }
            media.play(leg, play, clip.into_iter().collect(), None);
        });
    }

    fn answer(&mut self, leg: LegId) {
        let Some(caller) = self.legs.caller(leg) else { return };
        carried("accept", self.sip.accept(caller.dialog, caller.sdp.clone()));
    }

    pub(crate) fn hang_up(&mut self, leg: LegId) {
        self.media.close(leg);
        if let Some(Leg::Caller(caller)) = self.legs.remove(leg) {
            carried("hangup", self.sip.hangup(caller.dialog));
        }
    }

    async fn take_sip(&mut self, event: SipEvent) {
        match event {
            SipEvent::Invite { dialog, called, caller, offer, source } => {
                self.invited(dialog, source.ip(), called, caller, offer).await;
            }
            SipEvent::Confirmed { dialog, answer } => self.confirmed(dialog, answer).await,
            SipEvent::Reoffer { dialog, offer } => self.offered_again(dialog, offer),
            SipEvent::Digit { dialog, digit } => {
                if let Some(leg) = self.legs.of_dialog(dialog) {
                    self.report(LegEvent::Dtmf { leg, digit }).await;
                }
            }
            SipEvent::Ended { dialog, by } => {
                let Some(leg) = self.legs.of_dialog(dialog) else { return };
                self.legs.remove(leg);
                self.media.close(leg);
                let side = match by {
                    EndedBy::Bye | EndedBy::Cancel => HangupSide::Caller,
                    EndedBy::NoAck | EndedBy::Error => HangupSide::Trunk,
                    EndedBy::Us => HangupSide::Centre,
                };
                self.report(LegEvent::Ended { leg, side }).await;
            }
        }
    }

    async fn invited(
        &mut self,
        dialog: DialogId,
        source: IpAddr,
        number: String,
        from: Option<String>,
        offer: Option<String>,
    ) {
        let leg = LegId(Uuid::now_v7());
        let local = match self.media.open_rtp(leg) {
            Ok(local) => local,
            Err(error) => {
                tracing::error!(%error, "no sound for a call");
                carried("reject", self.sip.reject(dialog, 503));
                return;
            }
        };
        let ids = SessionIds { session: Uuid::now_v7().as_u64_pair().1 >> 1, version: 1 };
        let answer_due = offer.is_none();
        let Some(sdp) = self.describe(leg, offer.as_deref(), source, local, ids) else {
            // 488: no common codec, or an SDP that cannot be read (RFC 3261 section 21.4.26).
            self.media.close(leg);
            carried("reject", self.sip.reject(dialog, 488));
            return;
        };
        self.legs.insert(leg, Leg::Caller(Caller { dialog, source, local, ids, sdp, answer_due }));
        carried("ringing", self.sip.ringing(dialog));
        let caller = from.and_then(|from| PhoneNumber::parse(&from).ok()).map(Personal::new);
        self.report(LegEvent::Offered { leg, called: number, caller }).await;
    }

    /// The SDP that our 200 carries: the answer to their offer, or ours where they sent none. Nothing where there is
    /// nothing in common.
    fn describe(
        &self,
        leg: LegId,
        offer: Option<&str>,
        source: IpAddr,
        local: SocketAddr,
        ids: SessionIds,
    ) -> Option<String> {
        let Some(offer) = offer else { return Some(sdp::own_offer(local, ids)) };
        let agreed = negotiate(offer, local, ids).ok()?;
        self.media.set_remote(leg, remote(&agreed, source));
        Some(agreed.answer)
    }

    async fn confirmed(&mut self, dialog: DialogId, answer: Option<String>) {
        let Some(leg) = self.legs.of_dialog(dialog) else { return };
        let caller = self.legs.caller(leg);
        let due = caller.and_then(|caller| std::mem::take(&mut caller.answer_due).then_some(caller.source));
        if let Some(source) = due {
            let Some(Ok(agreed)) = answer.as_deref().map(sdp::read_answer) else {
                self.hang_up(leg);
                self.report(LegEvent::Ended { leg, side: HangupSide::Trunk }).await;
                return;
            };
            self.media.set_remote(leg, remote(&agreed, source));
        }
        self.report(LegEvent::Up { leg }).await;
    }

    fn offered_again(&mut self, dialog: DialogId, offer: Option<String>) {
        let Some(leg) = self.legs.of_dialog(dialog) else { return };
        let Some(caller) = self.legs.caller(leg) else { return };
        let Some(offer) = offer else {
            // A refresh without SDP: what stands is offered again.
            carried("reoffer", self.sip.answer_reoffer(dialog, Ok(caller.sdp.clone())));
            return;
        };
        let ids = SessionIds { version: caller.ids.version + 1, ..caller.ids };
        let answer = match negotiate(&offer, caller.local, ids) {
            Ok(agreed) => {
                caller.ids = ids;
                caller.sdp.clone_from(&agreed.answer);
                self.media.set_remote(leg, remote(&agreed, caller.source));
                Ok(agreed.answer)
            }
            Err(_) => Err(488),
        };
        carried("reoffer", self.sip.answer_reoffer(dialog, answer));
    }

    async fn take_media(&mut self, event: MediaEvent) {
        match event {
            MediaEvent::PlayDone { leg, play } => self.report(LegEvent::PlayDone { leg, play }).await,
            MediaEvent::Dtmf { leg, digit } => self.report(LegEvent::Dtmf { leg, digit }).await,
            MediaEvent::Up { leg } => self.sound_up(leg).await,
            MediaEvent::Down { leg } => self.sound_down(leg).await,
            MediaEvent::Silent { leg } => {
                if self.legs.caller(leg).is_some() {
                    self.hang_up(leg);
                    self.report(LegEvent::Ended { leg, side: HangupSide::Trunk }).await;
                }
            }
            MediaEvent::Spoke { leg } => self.report(LegEvent::Spoke { leg }).await,
            MediaEvent::SpokeEnough { leg } => self.report(LegEvent::SpokeEnough { leg }).await,
            MediaEvent::WentQuiet { leg } => self.report(LegEvent::WentQuiet { leg }).await,
            MediaEvent::RecordingClosed(closed) => self.report(LegEvent::RecordingClosed(closed)).await,
        }
    }
}

/// Waits until the time of a page that broke off is over; for ever where none did.
async fn lost(next: Option<(Instant, LegId)>) -> LegId {
    match next {
        None => std::future::pending().await,
        Some((until, leg)) => {
            tokio::time::sleep_until(until).await;
            leg
        }
    }
}

fn negotiate(offer: &str, local: SocketAddr, ids: SessionIds) -> Result<Negotiated, sdp::SdpError> {
    sdp::negotiate(&Offer::parse(offer)?, local, ids)
}

fn remote(agreed: &Negotiated, source: IpAddr) -> RemoteRtp {
    RemoteRtp {
        addr: agreed.remote,
        codec: match agreed.codec {
            Codec::Pcma => otklik_media::Codec::Pcma,
            Codec::Pcmu => otklik_media::Codec::Pcmu,
        },
        dtmf_payload: agreed.dtmf_payload,
        // Our direction, told as theirs (RFC 3264 section 6.1).
        sending: match agreed.direction {
            Direction::SendRecv => Sending::Both,
            Direction::SendOnly => Sending::FromUsOnly,
            Direction::RecvOnly => Sending::ToUsOnly,
            Direction::Inactive => Sending::Nobody,
        },
        also_from: Some(source),
    }
}

/// An order that SIP did not take is counted there and said here; the dialog's own timers end it.
fn carried<E: std::fmt::Display>(order: &'static str, result: Result<(), E>) {
    if let Err(error) = result {
        tracing::warn!(order, %error, "an order to SIP was not taken");
    }
}
