//! From the ring to the queue: a call is accepted, answered and told who we are; or told that we are closed.

use otklik_model::{CallId, Fact, LegId, LegOrder, LineId, Now, PlayId, PromiseKind, QueueEntry, SubjectId};

use super::{Centre, Output};
use crate::appeals;
use crate::call::{Call, Farewell, OurFault, Phase, Recording};
use crate::message::Cause;
use crate::queue::Pauses;

impl Centre {
    pub(super) fn arrived(&mut self, now: Now, id: CallId, leg: LegId, called: &str, subject: Option<SubjectId>) {
        let Some(line) = self.config.line_called(called).map(|line| line.id.clone()) else {
            self.order(LegOrder::Reject { leg, status: 404 });
            return;
        };
        self.fact(Fact::CallAccepted { call: id, line: line.clone(), subject });
        self.outputs.push_back(Output::OrderWhenStored(LegOrder::Answer { leg }));
        self.legs.insert(leg, id);
        self.calls.insert(
            id,
            Call {
                id,
                leg,
                line,
                subject,
                started_at: now.civil,
                queued_at: None,
                answered_at: None,
                agent: None,
                recording: Recording::Off,
                pauses: Pauses::default(),
                our_fault: OurFault::No,
                heard_danger: false,
                promised: false,
                message: None,
                phase: Phase::Answering,
            },
        );
    }

    pub(super) fn leg_up(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.phase == Phase::Answering) else { return };
        let (leg, line) = (call.leg, call.line.clone());
        let open = self.is_open(&line, now.civil);
        if self.may_leave_message(id) && (!open || self.nobody_is_there(now)) {
            self.begin_message(now, id, if open { Cause::Nobody } else { Cause::Closed });
            return;
        }
        if !open {
            self.bid_farewell(now, id, Reason::Closed);
            return;
        }
        // Nobody is told that they are recorded where they are not.
        let recorded = self.line(&line).is_some_and(|line| line.recorded);
        let opening: &[&str] = if recorded { &["greeting", "recording_notice"] } else { &["greeting"] };
        let (order, play) = self.playing(leg, opening, None);
        self.set_phase(id, Phase::Notice(play));
        self.order(order);
    }

    pub(super) fn play_done(&mut self, now: Now, id: CallId, done: PlayId) {
        let Some(call) = self.calls.get(&id) else { return };
        let leg = call.leg;
        match &call.phase {
            Phase::Notice(play) if *play == done => {
                let (order, play) = self.playing(leg, &["danger_first"], None);
                self.set_phase(id, Phase::Danger(play));
                self.order(order);
            }
            Phase::Danger(play) if *play == done => self.bring_to_person(now, id),
            Phase::Farewell(play, _) if *play == done => self.end_by_us(now, id),
            Phase::Message => self.message_play_done(now, id, done),
            Phase::Answering
            | Phase::Notice(_)
            | Phase::Danger(_)
            | Phase::Farewell(..)
            | Phase::Waiting
            | Phase::Ringing { .. }
            | Phase::Talking { .. }
            | Phase::Lost { .. } => {}
        }
    }

    /// Any key goes on to a person, but not past the recording notice. At the recorder keys have meanings.
    pub(super) fn digit(&mut self, now: Now, id: CallId, key: char) {
        match self.calls.get(&id).map(|call| &call.phase) {
            Some(Phase::Danger(_)) => self.bring_to_person(now, id),
            Some(Phase::Message) => self.message_key(now, id, key),
            Some(
                Phase::Answering
                | Phase::Notice(_)
                | Phase::Farewell(..)
                | Phase::Waiting
                | Phase::Ringing { .. }
                | Phase::Talking { .. }
                | Phase::Lost { .. },
            )
            | None => {}
        }
    }

    fn bring_to_person(&mut self, now: Now, id: CallId) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.heard_danger = true;
        }
        if self.nobody_is_there(now) && self.may_leave_message(id) {
            self.begin_message(now, id, Cause::Nobody);
            return;
        }
        let known = self.calls.get(&id).is_some_and(|call| call.subject.is_some());
        let thresholds = &self.config.thresholds;
        let limit = if known { thresholds.max_waiting } else { thresholds.max_waiting_withheld };
        if self.queue.len() >= limit {
            self.bid_farewell(now, id, Reason::Full);
        } else {
            self.enqueue(now, id, QueueEntry::First);
        }
    }

    /// Plays the last announcement. What it promises is stored before it is said.
    fn bid_farewell(&mut self, now: Now, id: CallId, reason: Reason) {
        let Some(call) = self.calls.get(&id) else { return };
        let (leg, subject, line) = (call.leg, call.subject, call.line.clone());
        let (prompt, farewell) = match (reason, subject) {
            (Reason::Closed, Some(_)) => ("closed_callback", Farewell::ClosedPromised),
            (Reason::Closed, None) => ("closed_no_number", Farewell::ClosedTold),
            (Reason::Full, Some(_)) => ("busy_all", Farewell::Busy),
            (Reason::Full, None) => ("busy_withheld", Farewell::BusyTold),
        };
        if subject.is_some() {
            self.promise_callback(now, id, subject, &line, reason);
        }
        let (order, play) = self.playing(leg, &[prompt], None);
        self.set_phase(id, Phase::Farewell(play, farewell));
        self.outputs.push_back(Output::OrderWhenStored(order));
    }

    fn promise_callback(&mut self, now: Now, call: CallId, subject: Option<SubjectId>, line: &LineId, reason: Reason) {
        let due_at = match (reason, self.line(line)) {
            (Reason::Closed, Some(line)) => appeals::due_after_closed(now.civil, &line.hours),
            (Reason::Full, _) | (Reason::Closed, None) => self.due_after_fault(now, line),
        };
        self.promise(call, subject, line, PromiseKind::Callback, due_at);
    }

    pub(super) fn set_phase(&mut self, id: CallId, phase: Phase) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.phase = phase;
        }
    }
}

/// Why a caller is not brought to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Closed,
    Full,
}
