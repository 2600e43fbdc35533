//! Specialists' browsers: their warm legs come, work, break off.

use otklik_model::{AgentId, LegEvent, LegId};

use crate::legs::Leg;
use crate::switch::Switch;

impl Switch {
    pub(crate) async fn open_desk(&mut self, agent: AgentId, leg: LegId, sdp: &str) {
        let sdp = self.media.open_web(leg, sdp).map_err(|error| error.to_string());
        if sdp.is_ok() {
            self.legs.insert(leg, Leg::Desk(agent));
        }
        self.report(LegEvent::DeskAnswer { leg, sdp }).await;
    }

    pub(crate) async fn desk_up(&mut self, leg: LegId) {
        if let Some(agent) = self.legs.desk(leg).cloned() {
            self.report(LegEvent::DeskUp { agent, leg }).await;
        }
    }

    pub(crate) async fn desk_down(&mut self, leg: LegId) {
        if let Some(Leg::Desk(agent)) = self.legs.remove(leg) {
            self.report(LegEvent::DeskDown { agent, leg }).await;
        }
    }
}
