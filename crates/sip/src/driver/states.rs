//! What the stack reports about a call, turned into events.

use super::leg::{AfterAck, OfferBy, Phase, Reoffer, Report};
use super::{Driver, How, Task, TaskEnd, count_failure, payload};
use crate::event::{DialogId, EndedBy, SipEvent};
use crate::stack::CancelSeen;
use rsipstack::dialog::dialog::{DialogState, TerminatedReason, TransactionHandle};
use rsipstack::sip::Request;

impl Driver {
    pub(super) fn on_state(&mut self, state: DialogState) {
        let Some(id) = self.legs.find(state.id()) else { return };
        self.at = Some(id);
        match state {
            DialogState::Confirmed(_, _) => self.on_confirmed(id),
            DialogState::Updated(_, request, handle) => self.on_reoffer(id, &request, handle),
            DialogState::Terminated(_, reason) => self.finish(id, ended_by(&reason)),
            // Requests that the guard refuses, and states that we caused ourselves.
            DialogState::Calling(_)
            | DialogState::Trying(_)
            | DialogState::Early(_, _)
            | DialogState::WaitAck(_, _)
            | DialogState::Publish(_, _, _)
            | DialogState::Notify(_, _, _)
            | DialogState::Refer(_, _, _)
            | DialogState::Message(_, _, _)
            | DialogState::Info(_, _, _)
            | DialogState::Options(_, _, _) => (),
        }
    }

    fn on_confirmed(&mut self, id: DialogId) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        match leg.phase {
            Phase::Answered(AfterAck::Talk) => {
                leg.phase = Phase::Talking;
                let ack = leg.dialog.last_remote_ack();
                let answer = match leg.offer_by {
                    OfferBy::Us => ack.and_then(|ack| payload::sdp(&ack.to_bytes()).ok().flatten()),
                    OfferBy::Them => None,
                };
                self.outbox.push_back(SipEvent::Confirmed { dialog: id, answer });
            }
            Phase::Answered(AfterAck::HangUp) => self.bye(id),
            // Also told after each re-INVITE.
            Phase::Talking | Phase::Offered | Phase::Cancelled | Phase::Closing => (),
        }
    }

    fn on_reoffer(&mut self, id: DialogId, request: &Request, handle: TransactionHandle) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        if leg.phase != Phase::Talking || leg.report == Report::Ended {
            return;
        }
        let Some(seq) = leg.reoffer.seq() else { return };
        leg.reoffer = Reoffer::Asked(seq, handle);
        let offer = payload::sdp(&request.to_bytes()).ok().flatten();
        self.outbox.push_back(SipEvent::Reoffer { dialog: id, offer });
    }

    pub(super) fn on_cancel(&mut self, cancel: &CancelSeen) {
        let Some(id) = self.legs.find_invite(&cancel.0) else { return };
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        match leg.phase {
            // The stack answers 487 and reports it.
            Phase::Offered => leg.phase = Phase::Cancelled,
            // Our 200 crossed the CANCEL: the session exists (RFC 3261 §9.2) and nobody wants it.
            Phase::Answered(_) => self.hang_up(id, EndedBy::Cancel),
            Phase::Cancelled | Phase::Talking | Phase::Closing => (),
        }
    }

    pub(super) fn on_task_end(&mut self, end: &TaskEnd) {
        match end.how {
            How::Done => (),
            How::Failed => count_failure("task_failed"),
            How::Panicked => count_failure("task_panicked"),
        }
        let Some(id) = self.legs.find(&end.wire) else { return };
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        let state = leg.dialog.state();
        // A terminated dialog has told so itself, perhaps only a moment ago; that word comes through the other queue.
        let is_told = state.is_terminated();
        match end.task {
            Task::Reinvite(seq) if leg.reoffer.seq() == Some(seq) => leg.reoffer = Reoffer::None,
            Task::Reinvite(_) | Task::Invite | Task::Request | Task::Bye => (),
        }
        let is_stuck = match end.task {
            Task::Invite => !state.is_confirmed(),
            Task::Bye => true,
            Task::Reinvite(_) | Task::Request => false,
        };
        if !is_told && (is_stuck || end.how == How::Panicked) {
            self.finish(id, EndedBy::Error);
        }
    }
}

fn ended_by(reason: &TerminatedReason) -> EndedBy {
    match reason {
        TerminatedReason::Timeout => EndedBy::NoAck,
        TerminatedReason::UacCancel => EndedBy::Cancel,
        TerminatedReason::UacBye => EndedBy::Bye,
        TerminatedReason::UasBye
        | TerminatedReason::UasBusy
        | TerminatedReason::UasDecline
        | TerminatedReason::UasOther(_) => EndedBy::Us,
        TerminatedReason::UacBusy
        | TerminatedReason::ProxyError(_)
        | TerminatedReason::ProxyAuthRequired
        | TerminatedReason::UacOther(_) => EndedBy::Error,
    }
}
