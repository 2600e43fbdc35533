//! Orders of the switch, carried out. An order that no longer fits the state of its call does nothing.

use super::leg::{AfterAck, Phase, Reoffer, Report};
use super::{Driver, Task, count_rejected};
use crate::event::{DialogId, EndedBy};
use crate::guard::ALLOW;
use crate::handle::Order;
use rsipstack::sip::{Header, StatusCode};
use std::time::Duration;
use tokio::time::Instant;

impl Driver {
    pub(super) fn on_order(&mut self, order: Order) {
        match order {
            Order::Ringing(id) => self.ringing(id),
            Order::Accept(id, sdp) => self.accept(id, sdp),
            Order::Reject(id, status) => self.reject(id, status),
            Order::AnswerReoffer(id, answer) => self.answer_reoffer(id, answer),
            Order::Hangup(id) => self.hang_up(id, EndedBy::Us),
            Order::Shutdown => self.shut_down(),
        }
    }

    fn ringing(&mut self, id: DialogId) {
        self.at = Some(id);
        if let Some(leg) = self.legs.get_mut(id)
            && leg.phase == Phase::Offered
            && leg.dialog.ringing(None, None).is_err()
        {
            self.finish(id, EndedBy::Error);
        }
    }

    fn accept(&mut self, id: DialogId, sdp: String) {
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        if leg.phase != Phase::Offered || leg.report == Report::Ended {
            return;
        }
        leg.phase = Phase::Answered(AfterAck::Talk);
        if leg.dialog.accept(Some(sdp_headers()), Some(sdp.into_bytes())).is_err() {
            self.finish(id, EndedBy::Error);
        }
    }

    fn reject(&mut self, id: DialogId, status: u16) {
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        if leg.phase == Phase::Offered && leg.report == Report::Live {
            leg.phase = Phase::Closing;
            count_rejected(status);
            leg.dialog.reject(Some(StatusCode::from(status)), None).ok();
            self.end(id, EndedBy::Us);
        }
    }

    fn answer_reoffer(&mut self, id: DialogId, answer: Result<String, u16>) {
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        let Reoffer::Asked(_, handle) = std::mem::replace(&mut leg.reoffer, Reoffer::None) else { return };
        tokio::spawn(async move {
            let sent = match answer {
                Ok(sdp) => handle.respond(StatusCode::OK, Some(sdp_headers()), Some(sdp.into_bytes())).await,
                Err(status) => handle.respond(StatusCode::from(status), None, None).await,
            };
            if sent.is_err() {
                super::count_failure("reoffer_too_late");
            }
        });
    }

    pub(super) fn hang_up(&mut self, id: DialogId, by: EndedBy) {
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        match leg.phase {
            Phase::Offered if leg.report == Report::Live => {
                leg.phase = Phase::Closing;
                count_rejected(480);
                leg.dialog.reject(Some(StatusCode::TemporarilyUnavailable), None).ok();
                self.end(id, by);
            }
            Phase::Answered(_) => {
                leg.phase = Phase::Answered(AfterAck::HangUp);
                self.end(id, by);
            }
            Phase::Talking => {
                self.bye(id);
                self.end(id, by);
            }
            Phase::Offered | Phase::Cancelled | Phase::Closing => (),
        }
    }

    pub(super) fn bye(&mut self, id: DialogId) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        leg.phase = Phase::Closing;
        leg.reoffer = Reoffer::None;
        let (wire, dialog) = (leg.wire.clone(), leg.dialog.clone());
        self.watch(wire, Task::Bye, async move { dialog.bye().await });
    }

    fn shut_down(&mut self) {
        for id in self.legs.ids() {
            self.hang_up(id, EndedBy::Us);
        }
        let patience = Duration::from_millis(u64::from(self.config.limits.shutdown_ms));
        self.closes_at.get_or_insert(Instant::now() + patience);
    }
}

fn sdp_headers() -> Vec<Header> {
    vec![Header::ContentType("application/sdp".into()), Header::Allow(ALLOW.into())]
}
