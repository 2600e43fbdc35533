//! Orders on their way to the switch: each with its mark, none lost, none overtaken. What the channel does not take at
//! once waits here.

use std::collections::VecDeque;

use otklik_model::{Effect, EffectKey, LegOrder};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::start::EngineError;

/// Orders that may wait behind the full channel. A switch that is so far behind serves no call: the engine stops, and
/// recovery owes every caller a call back, which is better than callers who hang in a call that nobody leads.
const BACKLOG: usize = 16_384;

/// The way to the switch.
#[derive(Debug)]
pub(crate) struct Orders {
    epoch: u64,
    given: u64,
    backlog: VecDeque<Effect>,
    effects: mpsc::Sender<Effect>,
}

impl Orders {
    pub(crate) fn new(epoch: u64, effects: mpsc::Sender<Effect>) -> Self {
        Self { epoch, given: 0, backlog: VecDeque::new(), effects }
    }

    /// Gives an order; `seq` is the journal's last fact.
    pub(crate) fn give(&mut self, seq: u64, order: LegOrder) {
        self.given += 1;
        let key = EffectKey { epoch: self.epoch, partition: 0, seq, n: self.given };
        self.backlog.push_back(Effect { key, order });
        self.send_waiting();
    }

    /// Sees that the switch is there and not too far behind.
    pub(crate) fn check(&self) -> Result<(), EngineError> {
        if self.effects.is_closed() {
            return Err(EngineError::SwitchGone);
        }
        if self.backlog.len() > BACKLOG {
            return Err(EngineError::SwitchStalled { waiting: self.backlog.len() });
        }
        Ok(())
    }

    /// True where the switch has taken every order.
    pub(crate) fn is_idle(&self) -> bool {
        self.backlog.is_empty()
    }

    /// Waits until the switch takes the first of the orders that wait, or has gone. Can be dropped and asked anew.
    pub(crate) async fn flow(&mut self) {
        if self.backlog.is_empty() {
            return self.effects.closed().await;
        }
        // An error means that the switch has gone, which `check` says.
        if let Ok(place) = self.effects.reserve().await
            && let Some(effect) = self.backlog.pop_front()
        {
            place.send(effect);
        }
        self.send_waiting();
    }

    fn send_waiting(&mut self) {
        while let Some(effect) = self.backlog.pop_front() {
            if let Err(TrySendError::Full(effect) | TrySendError::Closed(effect)) = self.effects.try_send(effect) {
                self.backlog.push_front(effect);
                metrics::counter!("engine_orders_delayed_total").increment(1);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::{LegId, LegOrder};
    use tokio::sync::mpsc;
    use uuid::Uuid;

    use super::{BACKLOG, Orders};
    use crate::start::EngineError;

    fn hangup(n: u128) -> LegOrder {
        LegOrder::Hangup { leg: LegId(Uuid::from_u128(n)) }
    }

    #[tokio::test]
    async fn a_full_channel_loses_nothing_and_keeps_the_order() {
        let (effects, mut switch) = mpsc::channel(2);
        let mut orders = Orders::new(7, effects);
        for n in 1..=5 {
            orders.give(9, hangup(n));
        }
        let mut taken = Vec::new();
        while taken.len() < 5 {
            tokio::select! {
                biased;
                () = orders.flow() => {}
                Some(effect) = switch.recv() => taken.push((effect.key.n, effect.order)),
            }
        }
        assert_eq!(taken, (1..=5).map(|n| (n, hangup(u128::from(n)))).collect::<Vec<_>>());
        orders.check().expect("the switch is well");
    }

    #[tokio::test]
    async fn a_switch_that_has_gone_or_stands_still_is_an_error() {
        let (effects, switch) = mpsc::channel(1);
        let mut orders = Orders::new(7, effects);
        for n in 0..=BACKLOG {
            orders.give(9, hangup(n as u128));
        }
        orders.check().expect("as far behind as it may be");
        orders.give(9, hangup(0));
        assert!(matches!(orders.check(), Err(EngineError::SwitchStalled { .. })));
        drop(switch);
        assert!(matches!(orders.check(), Err(EngineError::SwitchGone)));
    }
}
