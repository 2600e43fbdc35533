//! The one end of a call: its outcome, what we owe for it, and what its specialist does next.

use otklik_model::{
    AgentId, AgentState, CallEnded, CallId, Fact, HangupSide, LegOrder, LineId, LineMode, Now, OfferEnd, Outcome,
    PromiseKind, UtcMs,
};

use super::Centre;
use crate::appeals;
use crate::call::Phase;
use crate::timers::Why;

impl Centre {
    /// The caller's leg is over: there is nothing left to hang up.
    pub(super) fn caller_gone(&mut self, now: Now, id: CallId, side: HangupSide) {
        self.end(now, id, side, None);
    }

    pub(super) fn end_by_us(&mut self, now: Now, id: CallId) {
        self.hang_up_leg(id);
        self.end(now, id, HangupSide::Centre, None);
    }

    pub(super) fn end_by_specialist(&mut self, now: Now, id: CallId) {
        self.hang_up_leg(id);
        self.end(now, id, HangupSide::Specialist, None);
    }

    /// The process stops: whoever is on the line is owed a call back.
    pub(super) fn stop(&mut self, now: Now) {
        let live: Vec<CallId> = self.calls.keys().copied().collect();
        for id in live {
            self.hang_up_leg(id);
            self.end(now, id, HangupSide::Centre, Some(Outcome::Interrupted));
        }
        let agents: Vec<AgentId> = self.agents.keys().cloned().collect();
        for agent in agents {
            self.set_agent(now, &agent, AgentState::Offline, None);
        }
    }

    fn hang_up_leg(&mut self, id: CallId) {
        if let Some(leg) = self.calls.get(&id).map(|call| call.leg) {
            self.order(LegOrder::Hangup { leg });
        }
    }

    /// Ends the call. The outcome is what its place on the way says, unless `outcome` overrides it.
    fn end(&mut self, now: Now, id: CallId, side: HangupSide, outcome: Option<Outcome>) {
        self.end_offer(id, OfferEnd::CallerLeft);
        let Some(mut call) = self.calls.remove(&id) else { return };
        self.legs.remove(&call.leg);
        self.queue.leave(id);
        let promised = matches!(call.phase, Phase::Farewell(..)) && call.subject.is_some();
        let at_recorder = call.message.take().map(|mut message| {
            let broken = outcome == Some(Outcome::Interrupted);
            self.settle(call.leg, &mut message);
            Self::message_end(&call, &message, side, broken)
        });
        let outcome = match (at_recorder, outcome) {
            (Some(end), _) => end.outcome,
            // Who was hearing our promise when we stopped has it already.
            (None, Some(_)) if promised => call.outcome_if_ended(side),
            (None, Some(outcome)) => outcome,
            (None, None) => call.outcome_if_ended(side),
        };
        self.fact(Fact::CallEnded(CallEnded {
            call: id,
            line: call.line.clone(),
            outcome,
            side,
            started_at: call.started_at,
            queued_at: call.queued_at,
            answered_at: call.answered_at,
            agent: call.agent.clone(),
        }));
        let owed = match at_recorder {
            Some(end) => end.owed,
            None if outcome == Outcome::Interrupted => {
                Some((PromiseKind::OurFault, self.due_after_fault(now, &call.line)))
            }
            None => None,
        };
        if let Some((kind, due_at)) = owed {
            self.promise(id, call.subject, &call.line, kind, due_at);
        }
        match call.phase {
            Phase::Ringing { agent, .. } => self.set_agent(now, &agent, AgentState::Ready, None),
            Phase::Talking { agent } | Phase::Lost { agent } => self.wrap_up(now, &agent, id),
            Phase::Answering
            | Phase::Notice(_)
            | Phase::Danger(_)
            | Phase::Message
            | Phase::Farewell(..)
            | Phase::Waiting => {}
        }
    }

    fn wrap_up(&mut self, now: Now, agent: &AgentId, call: CallId) {
        if !self.agents.get(agent).is_some_and(|entry| entry.desk_open) {
            self.set_agent(now, agent, AgentState::Offline, None);
            return;
        }
        let wrap_up_ms = self.config.thresholds.wrap_up_ms;
        let until = now.civil.plus_ms(i64::try_from(wrap_up_ms).unwrap_or(i64::MAX));
        self.set_agent(now, agent, AgentState::WrapUp { call }, Some(until));
        let over = now.mono.plus_ms(wrap_up_ms);
        if let Some(entry) = self.agents.get_mut(agent) {
            entry.wrap_up_until = over;
        }
        self.timers.set(over, Why::WrapUpOver { agent: agent.clone(), call });
    }

    /// When a call back is due that we owe on a line after a break by our fault.
    pub fn due_after_fault(&self, now: Now, line: &LineId) -> UtcMs {
        let hours = self.line(line).filter(|line| self.mode(line) != LineMode::Open).map(|line| &line.hours);
        appeals::due_after_fault(now.civil, hours, self.config.thresholds.fault_due_ms)
    }
}
