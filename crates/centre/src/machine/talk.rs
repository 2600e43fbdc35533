//! The talk: a specialist takes the call, the two are joined and recorded; the sound may break off and come back.

use otklik_model::{
    AgentId, AgentState, BreakReason, CallId, CallJoined, DeskRefusal, Fact, LegId, LegOrder, Now, OfferEnd,
    QueueEntry, RecordingRefusal,
};

use super::Centre;
use crate::agent::Agent;
use crate::call::{OurFault, Phase, Recording};
use crate::timers::Why;

impl Centre {
    pub(super) fn accept(&mut self, now: Now, agent: &AgentId, id: CallId) -> Result<(), DeskRefusal> {
        if self.ringing_at(id, None).as_ref() != Some(agent) {
            return Err(DeskRefusal::OfferGone);
        }
        let Some(leg) = self.agents.get_mut(agent).and_then(|entry| {
            entry.missed = 0;
            entry.leg
        }) else {
            return Err(DeskRefusal::NoSound);
        };
        self.set_agent(now, agent, AgentState::Talking { call: id }, None);
        self.start_recording(now, id);
        self.join(now, id, agent, leg);
        Ok(())
    }

    fn start_recording(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let Some(line) = self.line(&call.line).filter(|line| line.recorded && call.recording == Recording::Off) else {
            return;
        };
        if !self.recording_allowed {
            self.fact(Fact::RecordingRefused { call: id, reason: RecordingRefusal::DiskFloor });
            return;
        }
        let day = now.civil.timestamp().to_zoned_datetime(line.hours.zone().clone()).date();
        let (leg, file) = (call.leg, format!("{day}/{id}.wav"));
        if let Some(call) = self.calls.get_mut(&id) {
            call.recording = Recording::On(file.clone());
        }
        self.order(LegOrder::Record { leg, call: id, file });
    }

    fn join(&mut self, now: Now, id: CallId, agent: &AgentId, agent_leg: LegId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.answered_at.get_or_insert(now.civil);
        call.agent = Some(agent.clone());
        if call.our_fault == OurFault::Open {
            call.our_fault = OurFault::Mended;
        }
        call.phase = Phase::Talking { agent: agent.clone() };
        let (caller, recording) = (call.leg, call.recording.file().cloned());
        self.fact(Fact::CallJoined(CallJoined { call: id, agent: agent.clone(), recording }));
        self.order(LegOrder::Join { caller, agent: agent_leg });
    }

    pub(super) fn desk_up(&mut self, now: Now, agent: &AgentId, leg: LegId) {
        let Some(entry) = self.agents.get_mut(agent) else {
            // The desk closed before its sound came up.
            self.order(LegOrder::Hangup { leg });
            return;
        };
        let former = entry.leg.replace(leg);
        let state = entry.state;
        if let Some(former) = former.filter(|former| *former != leg) {
            self.order(LegOrder::Hangup { leg: former });
        }
        // A talk goes on over the new connection, whether or not the break of the old one was noticed.
        if let AgentState::Talking { call } = state {
            self.join(now, call, agent, leg);
        }
    }

    pub(super) fn desk_down(&mut self, now: Now, agent: &AgentId, leg: LegId) {
        let Some(entry) = self.agents.get_mut(agent).filter(|entry| entry.leg == Some(leg)) else { return };
        entry.leg = None;
        let without_sound = AgentState::Break { reason: BreakReason::NotReady };
        match entry.state {
            AgentState::Ready => self.set_agent(now, agent, without_sound, None),
            AgentState::Reserved { call } => self.withdraw_offer(now, call, OfferEnd::DeskLost, without_sound),
            AgentState::Talking { call } => {
                self.set_phase(call, Phase::Lost { agent: agent.clone() });
                if let Some(call) = self.calls.get_mut(&call) {
                    call.our_fault = OurFault::Open;
                }
                self.fact(Fact::SpecialistLost { call, agent: agent.clone() });
                self.hold_caller(call);
                let until = now.mono.plus_ms(self.config.thresholds.lost_grace_ms);
                self.timers.set(until, Why::GraceOver { call, agent: agent.clone() });
            }
            AgentState::Offline | AgentState::WrapUp { .. } | AgentState::Break { .. } => {}
        }
    }

    /// The specialist did not come back: the caller goes to the head of the queue, for somebody else.
    pub(super) fn grace_over(&mut self, now: Now, id: CallId, agent: &AgentId) {
        let lost = self.calls.get(&id).is_some_and(|call| call.phase == Phase::Lost { agent: agent.clone() });
        if !lost {
            return;
        }
        let desk_open = self.agents.get(agent).is_some_and(|entry| entry.desk_open);
        let state = if desk_open { AgentState::Break { reason: BreakReason::NotReady } } else { AgentState::Offline };
        self.set_agent(now, agent, state, None);
        self.enqueue(now, id, QueueEntry::SpecialistLost);
    }

    pub(super) fn wrap_up_over(&mut self, now: Now, agent: &AgentId, call: CallId) {
        let over = |entry: &&Agent| entry.state == AgentState::WrapUp { call } && entry.wrap_up_until <= now.mono;
        let Some(entry) = self.agents.get(agent).filter(over) else { return };
        let state =
            if entry.leg.is_some() { AgentState::Ready } else { AgentState::Break { reason: BreakReason::NotReady } };
        self.set_agent(now, agent, state, None);
    }

    /// The caller does not wish to be recorded: from here on nothing is, also not after a break of the sound.
    pub(super) fn stop_recording(&mut self, agent: &AgentId, id: CallId) -> Result<(), DeskRefusal> {
        let theirs = self.is_talk_of(agent, id);
        let Some(call) = self.calls.get_mut(&id).filter(|_| theirs) else { return Err(DeskRefusal::NotYourCall) };
        let before = std::mem::replace(&mut call.recording, Recording::Stopped);
        let leg = call.leg;
        match before {
            Recording::Stopped => {}
            Recording::Off => self.fact(Fact::RecordingStopped { call: id, by: agent.clone() }),
            Recording::On(_) => {
                self.fact(Fact::RecordingStopped { call: id, by: agent.clone() });
                self.order(LegOrder::StopRecord { leg });
            }
        }
        Ok(())
    }

    /// Does this specialist speak with the caller, or is about to again?
    pub(super) fn is_talk_of(&self, agent: &AgentId, id: CallId) -> bool {
        self.calls.get(&id).is_some_and(|call| match &call.phase {
            Phase::Talking { agent: other } | Phase::Lost { agent: other } => other == agent,
            Phase::Answering
            | Phase::Notice(_)
            | Phase::Danger(_)
            | Phase::Message
            | Phase::Farewell(..)
            | Phase::Waiting
            | Phase::Ringing { .. } => false,
        })
    }
}
