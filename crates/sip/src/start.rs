//! Starting the port.

use crate::config::SipConfig;
use crate::driver::Driver;
use crate::event::SipEvent;
use crate::guard::GuardSocket;
use crate::handle::SipHandle;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use tokio::sync::mpsc;

/// The SIP port.
#[derive(Debug, Clone, Copy)]
pub struct Sip;

/// Why the port could not start.
#[derive(Debug, thiserror::Error)]
pub enum SipError {
    /// The address could not be bound.
    #[error("the SIP address could not be bound")]
    Bind(#[source] std::io::Error),
    /// The SIP stack refused to start.
    #[error("the SIP stack did not start")]
    Stack(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Sip {
    /// Binds the port and serves it until [`SipHandle::shutdown`] or until the receiver of the events is gone; gives the
    /// handle for orders and the real address, which matters for port 0.
    pub async fn start(config: SipConfig, events: mpsc::Sender<SipEvent>) -> Result<(SipHandle, SocketAddr), SipError> {
        let guard = Arc::new(GuardSocket::bind(&config).await.map_err(SipError::Bind)?);
        let address = guard.address();
        let (orders, orders_in) = mpsc::channel(config.limits.max_orders.max(1));
        let live = Arc::new(AtomicUsize::new(0));
        let driver = Driver::build(config, guard, events, orders_in, live.clone())
            .await
            .map_err(|error| SipError::Stack(Box::new(error)))?;
        tokio::spawn(driver.run());
        Ok((SipHandle { orders, live }, address))
    }
}
