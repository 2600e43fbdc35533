//! Specialists' browsers: their warm legs come, work, break off.

use otklik_model::{AgentId, LegEvent, LegId};

use crate::legs::{Desk, Leg};
use crate::switch::Switch;

impl Switch {
    pub(crate) async fn open_desk(&mut self, agent: AgentId, leg: LegId, sdp: &str) {
        // Who offers again before the last connection came up has given that one up: one specialist holds two at most.
        for given_up in self.legs.desks_not_up(&agent) {
            self.legs.remove(given_up);
            self.media.close(given_up);
        }
        let sdp = self.media.open_web(leg, sdp).map_err(|error| error.to_string());
        if sdp.is_ok() {
            self.legs.insert(leg, Leg::Desk(Desk { agent, up: false }));
        }
        self.report(LegEvent::DeskAnswer { leg, sdp }).await;
    }

    pub(crate) async fn desk_up(&mut self, leg: LegId) {
        if let Some(desk) = self.legs.desk(leg) {
            desk.up = true;
            let agent = desk.agent.clone();
            self.report(LegEvent::DeskUp { agent, leg }).await;
        }
    }

    pub(crate) async fn desk_down(&mut self, leg: LegId) {
        if let Some(Leg::Desk(Desk { agent, .. })) = self.legs.remove(leg) {
            self.media.close(leg);
            self.report(LegEvent::DeskDown { agent, leg }).await;
        }
    }
}
