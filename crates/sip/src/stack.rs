//! The SIP stack underneath, built over the guard socket. With the driver and the guard the only code that names its types.

use crate::config::SipConfig;
use crate::guard::GuardSocket;
use crate::local::address_towards;
use async_trait::async_trait;
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::sip::prelude::HasHeaders;
use rsipstack::sip::{Header, Method, SipMessage};
use rsipstack::transaction::TransactionReceiver;
use rsipstack::transaction::endpoint::{EndpointOption, MessageInspector, TransportEventInspector};
use rsipstack::transaction::key::{TransactionKey, TransactionRole};
use rsipstack::transport::udp::UdpConnection;
use rsipstack::transport::{SipAddr, SipConnection, TransportEvent, TransportLayer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// A running stack; dropping it stops its tasks and leaves the socket open.
pub(crate) struct Stack {
    pub(crate) layer: DialogLayer,
    pub(crate) incoming: TransactionReceiver,
    /// Ends only when the stack has failed.
    pub(crate) serving: JoinHandle<()>,
    _stop: DropGuard,
}

/// A CANCEL that the stack was given, with the transaction of its INVITE (RFC 3261 §9.2).
#[derive(Debug, Clone)]
pub(crate) struct CancelSeen(pub(crate) TransactionKey);

impl Stack {
    pub(crate) async fn build(
        guard: Arc<GuardSocket>,
        config: &SipConfig,
        cancels: UnboundedSender<CancelSeen>,
    ) -> rsipstack::Result<Self> {
        let stop = CancellationToken::new();
        guard.backlog.restart();
        let transports = TransportLayer::new(stop.clone());
        let udp = UdpConnection::from_socket(guard.clone(), None, Some(stop.clone())).await?;
        transports.add_transport(SipConnection::Udp(udp));
        let t1x64 = Duration::from_millis(u64::from(config.limits.ack_timeout_ms.max(1)));
        let option = EndpointOption { t1x64, ..EndpointOption::default() };
        let endpoint = rsipstack::EndpointBuilder::new()
            .with_user_agent(&config.user_agent)
            .with_transport_layer(transports)
            .with_cancel_token(stop.clone())
            .with_option(option)
            .with_inspector(Box::new(Eyes { bound: guard.address(), cancels }))
            .with_transport_inspector(Box::new(Counter(guard)))
            .build();
        let incoming = endpoint.incoming_transactions()?;
        let inner = endpoint.inner.clone();
        let serving = tokio::spawn(async move {
            inner.serve().await.ok();
        });
        Ok(Self { layer: DialogLayer::new(endpoint.inner.clone()), incoming, serving, _stop: stop.drop_guard() })
    }
}

/// Counts what leaves the stack's first queue.
struct Counter(Arc<GuardSocket>);

#[async_trait]
impl TransportEventInspector for Counter {
    async fn handle(&self, event: TransportEvent) -> Option<TransportEvent> {
        if matches!(event, TransportEvent::Incoming(_, _, _)) {
            self.0.backlog.taken();
        }
        Some(event)
    }
}

/// Sees each message on its way: reports CANCELs, which the stack swallows once a call is answered, and keeps our Via true.
struct Eyes {
    bound: SocketAddr,
    cancels: UnboundedSender<CancelSeen>,
}

impl MessageInspector for Eyes {
    fn before_send(&self, mut message: SipMessage, dest: Option<&SipAddr>) -> SipMessage {
        // On a wildcard address the stack names the first interface; the peer must see the one that faces it.
        let peer = dest.and_then(|dest| dest.get_socketaddr().ok());
        if let (true, true, Some(peer)) = (self.bound.ip().is_unspecified(), message.is_request(), peer) {
            let ours = address_towards(self.bound, peer);
            let via = message
                .headers_mut()
                .iter_mut()
                .find_map(|header| if let Header::Via(via) = header { Some(via) } else { None });
            if let Some(via) = via {
                let parameters = via.value().split_once(';').map_or(String::new(), |(_, rest)| format!(";{rest}"));
                via.replace(format!("SIP/2.0/UDP {ours}{parameters}"));
            }
        }
        message
    }

    fn after_received(&self, message: SipMessage, _from: Option<&SipAddr>) -> SipMessage {
        if let SipMessage::Request(request) = &message
            && request.method == Method::Cancel
            && let Ok(key) = TransactionKey::from_request(request, TransactionRole::Server)
        {
            self.cancels.send(CancelSeen(key)).ok();
        }
        message
    }
}
