//! Specialists' browsers: their warm legs come, work, break off.

use otklik_media::MediaError;
use otklik_model::{AgentId, HangupSide, LegEvent, LegId, SoundRefusal};

use crate::legs::{Desk, Leg};
use crate::switch::Switch;

impl Switch {
    pub(crate) async fn open_desk(&mut self, agent: AgentId, leg: LegId, sdp: &str) {
        // Who offers again before the last connection came up has given that one up: one specialist holds two at most.
        for given_up in self.legs.desks_not_up(&agent) {
            self.legs.remove(given_up);
            self.media.close(given_up);
        }
        let sdp = self.media.open_web(leg, sdp).map_err(|error| refusal(&error));
        if sdp.is_ok() {
            self.legs.insert(leg, Leg::Desk(Desk { agent, up: false }));
        }
        self.report(LegEvent::SoundAnswer { leg, sdp }).await;
    }

    /// A browser's sound works: a specialist's, or a caller's.
    pub(crate) async fn sound_up(&mut self, leg: LegId) {
        match self.legs.desk(leg) {
            Some(desk) => {
                desk.up = true;
                let agent = desk.agent.clone();
                self.report(LegEvent::DeskUp { agent, leg }).await;
            }
            None => self.page_up(leg).await,
        }
    }

    /// A browser's sound broke off, or a leg failed inside the media.
    pub(crate) async fn sound_down(&mut self, leg: LegId) {
        if self.legs.page(leg).is_some() {
            return self.page_down(leg).await;
        }
        if self.legs.caller(leg).is_some() {
            self.hang_up(leg);
            return self.report(LegEvent::Ended { leg, side: HangupSide::Trunk }).await;
        }
        if let Some(Leg::Desk(Desk { agent, .. })) = self.legs.remove(leg) {
            self.media.close(leg);
            self.report(LegEvent::DeskDown { agent, leg }).await;
        }
    }
}

/// Why a browser gets no sound, in the words of the engine.
pub(crate) fn refusal(error: &MediaError) -> SoundRefusal {
    match error {
        MediaError::Offer(reason) => {
            tracing::warn!(%reason, "a browser's offer was refused");
            SoundRefusal::BadOffer
        }
        MediaError::NoFreePort
        | MediaError::Busy
        | MediaError::Address
        | MediaError::Certificate
        | MediaError::System(_) => {
            tracing::warn!(%error, "no room for a browser's sound");
            SoundRefusal::Full
        }
    }
}
