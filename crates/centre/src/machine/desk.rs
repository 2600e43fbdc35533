//! What desks ask for, and when it is refused.

use otklik_model::{
    AgentId, AgentState, AgentWish, BreakReason, CallId, DeskCommand, DeskRefusal, Fact, LineId, LineMode, Now,
    OfferEnd,
};

use super::Centre;
use crate::agent::Agent;
use crate::timers::Why;

impl Centre {
    pub(super) fn desk_command(&mut self, now: Now, agent: &AgentId, command: DeskCommand) -> Result<(), DeskRefusal> {
        match command {
            DeskCommand::Open => {
                self.open_desk(now, agent);
                Ok(())
            }
            DeskCommand::Close => {
                self.close_desk(now, agent);
                Ok(())
            }
            DeskCommand::Ready => self.make_ready(now, agent),
            DeskCommand::Break { reason } => self.take_break(now, agent, reason),
            DeskCommand::Accept { call } => self.accept(now, agent, call),
            DeskCommand::Decline { call } => self.decline(now, agent, call),
            DeskCommand::HangUp { call } => self.hang_up(now, agent, call),
            DeskCommand::ExtendWrapUp => self.extend_wrap_up(now, agent),
            DeskCommand::StopRecording { call } => self.stop_recording(agent, call),
            DeskCommand::SetAgent { agent: whose, wish } => self.set_other(now, agent, &whose, wish),
            DeskCommand::SetLineMode { line, mode } => self.set_line_mode(line, mode, agent),
        }
    }

    fn open_desk(&mut self, now: Now, agent: &AgentId) {
        let entry = self.agents.entry(agent.clone()).or_insert_with(|| Agent::new(agent.clone(), now.civil));
        entry.desk_open = true;
        if entry.state == AgentState::Offline {
            self.set_agent(now, agent, AgentState::Break { reason: BreakReason::NotReady }, None);
        }
    }

    /// The last window closed. A talk goes on as long as its sound does: only the sound says that somebody has gone.
    fn close_desk(&mut self, now: Now, agent: &AgentId) {
        let Some(entry) = self.agents.get_mut(agent) else { return };
        entry.desk_open = false;
        match entry.state {
            AgentState::Talking { .. } => {}
            AgentState::Reserved { call } => self.withdraw_offer(now, call, OfferEnd::DeskLost, AgentState::Offline),
            AgentState::Offline | AgentState::Ready | AgentState::WrapUp { .. } | AgentState::Break { .. } => {
                self.set_agent(now, agent, AgentState::Offline, None);
            }
        }
    }

    fn make_ready(&mut self, now: Now, agent: &AgentId) -> Result<(), DeskRefusal> {
        let entry = self.agents.get(agent).filter(|entry| entry.desk_open).ok_or(DeskRefusal::WrongState)?;
        match entry.state {
            AgentState::Offline | AgentState::Reserved { .. } | AgentState::Talking { .. } => {
                Err(DeskRefusal::WrongState)
            }
            AgentState::Ready => Ok(()),
            AgentState::WrapUp { .. } | AgentState::Break { .. } if entry.leg.is_none() => Err(DeskRefusal::NoSound),
            AgentState::WrapUp { .. } | AgentState::Break { .. } => {
                if let Some(entry) = self.agents.get_mut(agent) {
                    entry.missed = 0;
                }
                self.set_agent(now, agent, AgentState::Ready, None);
                Ok(())
            }
        }
    }

    fn take_break(&mut self, now: Now, agent: &AgentId, reason: BreakReason) -> Result<(), DeskRefusal> {
        let entry = self.agents.get(agent).filter(|entry| entry.desk_open).ok_or(DeskRefusal::WrongState)?;
        match entry.state {
            AgentState::Ready | AgentState::WrapUp { .. } | AgentState::Break { .. } if reason.is_chosen() => {
                self.set_agent(now, agent, AgentState::Break { reason }, None);
                Ok(())
            }
            AgentState::Ready
            | AgentState::WrapUp { .. }
            | AgentState::Break { .. }
            | AgentState::Offline
            | AgentState::Reserved { .. }
            | AgentState::Talking { .. } => Err(DeskRefusal::WrongState),
        }
    }

    /// The time of a wrap-up once more, from where it would have ended.
    fn extend_wrap_up(&mut self, now: Now, agent: &AgentId) -> Result<(), DeskRefusal> {
        let more_ms = self.config.thresholds.wrap_up_ms;
        let entry = self.agents.get_mut(agent).ok_or(DeskRefusal::WrongState)?;
        let AgentState::WrapUp { call } = entry.state else { return Err(DeskRefusal::WrongState) };
        entry.wrap_up_until = entry.wrap_up_until.max(now.mono).plus_ms(more_ms);
        let left_ms = entry.wrap_up_until.since_ms(now.mono);
        entry.until = Some(now.civil.plus_ms(i64::try_from(left_ms).unwrap_or(i64::MAX)));
        let at = entry.wrap_up_until;
        self.timers.set(at, Why::WrapUpOver { agent: agent.clone(), call });
        Ok(())
    }

    /// A shift lead changes somebody's state. A talk is nobody's to end from afar; a call that rings goes back to the
    /// head of the queue.
    fn set_other(&mut self, now: Now, by: &AgentId, whose: &AgentId, wish: AgentWish) -> Result<(), DeskRefusal> {
        self.changed_by = Some(by.clone()).filter(|by| by != whose);
        let done = match wish {
            AgentWish::Ready => self.make_ready(now, whose),
            AgentWish::Break { reason } => {
                if let Some(call) = self.agents.get(whose).and_then(Agent::offered).filter(|_| reason.is_chosen()) {
                    self.withdraw_offer(now, call, OfferEnd::Declined, AgentState::Break { reason });
                    Ok(())
                } else {
                    self.take_break(now, whose, reason)
                }
            }
        };
        self.changed_by = None;
        done
    }

    fn decline(&mut self, now: Now, agent: &AgentId, call: CallId) -> Result<(), DeskRefusal> {
        if !self.agents.get(agent).is_some_and(|entry| entry.is_offered(call)) {
            return Err(DeskRefusal::OfferGone);
        }
        self.withdraw_offer(now, call, OfferEnd::Declined, AgentState::Break { reason: BreakReason::Rest });
        Ok(())
    }

    fn hang_up(&mut self, now: Now, agent: &AgentId, id: CallId) -> Result<(), DeskRefusal> {
        if !self.is_talk_of(agent, id) {
            return Err(DeskRefusal::NotYourCall);
        }
        self.end_by_specialist(now, id);
        Ok(())
    }

    fn set_line_mode(&mut self, line: LineId, mode: LineMode, by: &AgentId) -> Result<(), DeskRefusal> {
        if self.line(&line).is_none() {
            return Err(DeskRefusal::NoSuchLine);
        }
        self.modes.insert(line.clone(), mode);
        self.fact(Fact::LineModeChanged { line, mode, by: Some(by.clone()) });
        Ok(())
    }
}
