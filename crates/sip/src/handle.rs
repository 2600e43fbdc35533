//! The way in: orders to the port, over a bounded channel that never blocks the one who gives them.

use crate::event::DialogId;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

/// Gives orders to a running SIP port; cheap to clone. An order about a call that is over does nothing.
#[derive(Debug, Clone)]
pub struct SipHandle {
    pub(crate) orders: mpsc::Sender<Order>,
    pub(crate) live: Arc<AtomicUsize>,
}

/// Why an order was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Too many orders wait; counted in `sip_orders_dropped_total`.
    #[error("the SIP port has too many orders waiting")]
    Full,
    /// The port has been shut down.
    #[error("the SIP port is shut down")]
    Stopped,
    /// The status is no final refusal, 300 to 699.
    #[error("a call can be refused with 300 to 699 only")]
    Status,
}

pub(crate) enum Order {
    Ringing(DialogId),
    Accept(DialogId, String),
    Reject(DialogId, u16),
    AnswerReoffer(DialogId, Result<String, u16>),
    Hangup(DialogId),
    Shutdown,
}

impl SipHandle {
    /// Sends 180 (RFC 3261 §13.3.1.1).
    pub fn ringing(&self, dialog: DialogId) -> Result<(), OrderError> {
        self.give(Order::Ringing(dialog))
    }

    /// Sends 200 with this SDP: the answer, or our offer where the INVITE held none (RFC 3261 §13.3.1.4).
    pub fn accept(&self, dialog: DialogId, sdp: String) -> Result<(), OrderError> {
        self.give(Order::Accept(dialog, sdp))
    }

    /// Refuses a call that is not yet answered, with a status from 300 to 699 (RFC 3261 §13.3.1.3).
    pub fn reject(&self, dialog: DialogId, status: u16) -> Result<(), OrderError> {
        refusal(status)?;
        self.give(Order::Reject(dialog, status))
    }

    /// Answers a [`crate::SipEvent::Reoffer`]: 200 with this SDP, or a refusal from 300 to 699 that leaves the session as it was.
    pub fn answer_reoffer(&self, dialog: DialogId, answer: Result<String, u16>) -> Result<(), OrderError> {
        if let Err(status) = &answer {
            refusal(*status)?;
        }
        self.give(Order::AnswerReoffer(dialog, answer))
    }

    /// Ends a call in whatever state it is: 480 before the answer, BYE after it (after the ACK, as RFC 3261 §15 asks).
    pub fn hangup(&self, dialog: DialogId) -> Result<(), OrderError> {
        self.give(Order::Hangup(dialog))
    }

    /// How many calls the port still holds, those that wait for the response to their BYE included.
    pub fn live_dialogs(&self) -> usize {
        self.live.load(Ordering::Relaxed)
    }

    /// Ends every call and then the port; each call still gets its [`crate::SipEvent::Ended`].
    pub fn shutdown(&self) -> Result<(), OrderError> {
        self.give(Order::Shutdown)
    }

    fn give(&self, order: Order) -> Result<(), OrderError> {
        self.orders.try_send(order).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                metrics::counter!("sip_orders_dropped_total").increment(1);
                OrderError::Full
            }
            mpsc::error::TrySendError::Closed(_) => OrderError::Stopped,
        })
    }
}

fn refusal(status: u16) -> Result<(), OrderError> {
    if (300..700).contains(&status) { Ok(()) } else { Err(OrderError::Status) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_never_wait() {
        let (orders, receiver) = mpsc::channel(1);
        let handle = SipHandle { orders, live: Arc::default() };
        let dialog = DialogId(1);
        assert_eq!(handle.ringing(dialog), Ok(()));
        assert_eq!(handle.hangup(dialog), Err(OrderError::Full));
        drop(receiver);
        assert_eq!(handle.hangup(dialog), Err(OrderError::Stopped));
        assert_eq!(handle.reject(dialog, 200), Err(OrderError::Status));
        assert_eq!(handle.answer_reoffer(dialog, Err(99)), Err(OrderError::Status));
    }
}
