//! Callers who wait for a person, and who of the free specialists is offered the first of them.

use std::collections::{BTreeMap, VecDeque};

use otklik_model::{AgentId, CallId, MonoMs};

/// For how long a call is not offered to whom again.
#[derive(Debug, Default)]
pub(crate) struct Pauses(BTreeMap<AgentId, MonoMs>);

impl Pauses {
    pub(crate) fn set(&mut self, agent: AgentId, until: MonoMs) {
        self.0.insert(agent, until);
    }

    pub(crate) fn holds(&self, agent: &AgentId, now: MonoMs) -> bool {
        self.0.get(agent).is_some_and(|until| now < *until)
    }
}

/// The waiting calls, first to be served first.
#[derive(Debug, Default)]
pub(crate) struct Queue(VecDeque<CallId>);

impl Queue {
    pub(crate) fn enter(&mut self, call: CallId) {
        self.0.push_back(call);
    }

    pub(crate) fn enter_at_head(&mut self, call: CallId) {
        self.0.push_front(call);
    }

    pub(crate) fn leave(&mut self, call: CallId) {
        self.0.retain(|waiting| *waiting != call);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = CallId> + '_ {
        self.0.iter().copied()
    }
}

/// A specialist who could take a call now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Free {
    pub(crate) agent: AgentId,
    pub(crate) idle_since: MonoMs,
}

/// The specialist to whom a call with these pauses is offered: the longest idle, by name where equal.
pub(crate) fn choose<'a>(free: &'a [Free], pauses: &Pauses, now: MonoMs) -> Option<&'a AgentId> {
    free.iter()
        .filter(|free| !pauses.holds(&free.agent, now))
        .min_by_key(|free| (free.idle_since, &free.agent))
        .map(|free| &free.agent)
}

#[cfg(test)]
mod tests {
    use otklik_model::{AgentId, MonoMs};

    use super::{Free, Pauses, choose};

    #[test]
    fn the_longest_idle_who_did_not_just_refuse_is_chosen() {
        let free = |name: &str, idle_since| Free { agent: AgentId::new(name), idle_since: MonoMs(idle_since) };
        let all = [free("vera", 50), free("anna", 20), free("zoya", 20)];
        let mut pauses = Pauses::default();
        let chosen = |pauses: &Pauses, now| choose(&all, pauses, MonoMs(now)).map(AgentId::as_str);
        assert_eq!(chosen(&pauses, 100), Some("anna"));
        pauses.set(AgentId::new("anna"), MonoMs(130));
        assert_eq!(chosen(&pauses, 100), Some("zoya"));
        pauses.set(AgentId::new("zoya"), MonoMs(130));
        pauses.set(AgentId::new("vera"), MonoMs(131));
        assert_eq!(chosen(&pauses, 100), None);
        assert_eq!(chosen(&pauses, 130), Some("anna"), "a pause ends");
    }
}
