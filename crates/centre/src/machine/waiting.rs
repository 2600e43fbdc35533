//! The queue: callers wait, a free specialist is offered the first of them, an offer that is not taken comes back.

use otklik_model::{AgentId, AgentState, BreakReason, CallId, Fact, LegOrder, Now, OfferEnd, OfferId, QueueEntry};

use super::Centre;
use crate::call::Phase;
use crate::queue::{Free, choose};
use crate::timers::Why;

impl Centre {
    pub(super) fn enqueue(&mut self, now: Now, id: CallId, entry: QueueEntry) {
        let someone_free = self.agents.values().any(|agent| agent.free_leg().is_some());
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.queued_at.get_or_insert(now.civil);
        call.phase = Phase::Waiting;
        let leg = call.leg;
        match entry {
            QueueEntry::First => self.queue.enter(id),
            QueueEntry::OfferNotTaken | QueueEntry::SpecialistLost => self.queue.enter_at_head(id),
        }
        self.fact(Fact::CallQueued { call: id, entry });
        let first = match entry {
            QueueEntry::First if someone_free => "queue_enter",
            QueueEntry::First => "queue_unknown",
            QueueEntry::SpecialistLost => "agent_lost_requeue",
            // The music has gone on while the desk rang, and goes on now.
            QueueEntry::OfferNotTaken => return,
        };
        let (order, _) = self.playing(leg, &[first, "music", "queue_comfort"], Some(1));
        self.order(order);
    }

    /// Offers waiting calls, the first first, while somebody free may take one.
    pub(super) fn offer_waiting(&mut self, now: Now) {
        let mut free: Vec<Free> = self
            .agents
            .values()
            .filter(|agent| agent.free_leg().is_some())
            .map(|agent| Free { agent: agent.id.clone(), idle_since: agent.idle_since })
            .collect();
        if free.is_empty() {
            return;
        }
        let waiting: Vec<CallId> = self.queue.iter().collect();
        for id in waiting {
            let Some(call) = self.calls.get(&id) else { continue };
            let Some(agent) = choose(&free, &call.pauses, now.mono).cloned() else { continue };
            free.retain(|other| other.agent != agent);
            self.offer(now, id, &agent);
            if free.is_empty() {
                return;
            }
        }
    }

    fn offer(&mut self, now: Now, id: CallId, agent: &AgentId) {
        let offer = self.next_offer();
        let offer_ms = self.config.thresholds.offer_ms;
        let until = now.mono.plus_ms(offer_ms);
        self.queue.leave(id);
        self.set_phase(id, Phase::Ringing { agent: agent.clone(), offer });
        self.fact(Fact::CallOffered { call: id, agent: agent.clone(), offer });
        let ends = now.civil.plus_ms(i64::try_from(offer_ms).unwrap_or(i64::MAX));
        self.set_agent(now, agent, AgentState::Reserved { call: id }, Some(ends));
        self.timers.set(until, Why::OfferOver { call: id, offer });
    }

    pub(super) fn offer_over(&mut self, now: Now, id: CallId, over: OfferId) {
        let Some(agent) = self.ringing_at(id, Some(over)) else { return };
        let limit = self.config.thresholds.missed_offers;
        let missed = self.agents.get_mut(&agent).map_or(0, |entry| {
            entry.missed += 1;
            entry.missed
        });
        let state =
            if missed >= limit { AgentState::Break { reason: BreakReason::NoAnswer } } else { AgentState::Ready };
        self.withdraw_offer(now, id, OfferEnd::TimedOut, state);
    }

    /// Takes a ringing call away from its desk and puts it back to the head of the queue.
    pub(super) fn withdraw_offer(&mut self, now: Now, id: CallId, reason: OfferEnd, agent_becomes: AgentState) {
        let Some(agent) = self.end_offer(id, reason) else { return };
        let again = now.mono.plus_ms(self.config.thresholds.same_person_pause_ms);
        if let Some(call) = self.calls.get_mut(&id) {
            call.pauses.set(agent.clone(), again);
        }
        self.timers.set(again, Why::PauseOver);
        self.set_agent(now, &agent, agent_becomes, None);
        self.enqueue(now, id, QueueEntry::OfferNotTaken);
    }

    /// Says that the offer is over; the call's phase and the specialist's state are the caller's to set.
    pub(super) fn end_offer(&mut self, id: CallId, reason: OfferEnd) -> Option<AgentId> {
        let call = self.calls.get(&id)?;
        let Phase::Ringing { agent, offer } = &call.phase else { return None };
        let (agent, offer) = (agent.clone(), *offer);
        self.fact(Fact::OfferEnded { call: id, agent: agent.clone(), offer, reason });
        Some(agent)
    }

    /// At whose desk the call rings; with `offer`, only if it rings under that offer.
    pub(super) fn ringing_at(&self, id: CallId, offer: Option<OfferId>) -> Option<AgentId> {
        match &self.calls.get(&id)?.phase {
            Phase::Ringing { agent, offer: current } if offer.is_none_or(|offer| offer == *current) => {
                Some(agent.clone())
            }
            Phase::Ringing { .. }
            | Phase::Answering
            | Phase::Notice(_)
            | Phase::Danger(_)
            | Phase::Message
            | Phase::Farewell(..)
            | Phase::Waiting
            | Phase::Talking { .. }
            | Phase::Lost { .. } => None,
        }
    }

    /// Music for a caller who waits for a specialist to come back.
    pub(super) fn hold_caller(&mut self, id: CallId) {
        let Some(leg) = self.calls.get(&id).map(|call| call.leg) else { return };
        let (order, _): (LegOrder, _) = self.playing(leg, &["agent_link_lost", "music"], Some(0));
        self.order(order);
    }
}
