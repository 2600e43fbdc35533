//! The server itself: takes connections, speaks TLS where there is a certificate, and HTTP/1.1 over it. Whoever is slow
//! or silent is let go, and no more than a written number is held.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::tls::Tls;

/// What a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections held at once; more wait in the system's own queue. A desk holds about seven.
    pub connections: usize,
    /// Within what time a request's head must be there whole: also how long a connection may be kept without one.
    pub head: Duration,
    /// Within what time TLS must be agreed on.
    pub handshake: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 1_024, head: Duration::from_secs(10), handshake: Duration::from_secs(10) }
    }
}

/// How long the next connection is waited for after one could not be taken (no more files may be opened).
const BREATH: Duration = Duration::from_millis(100);

/// Serves until it is dropped. Handlers find the peer as `ConnectInfo<SocketAddr>`.
pub async fn serve(listener: TcpListener, router: Router, tls: Option<Arc<Tls>>, limits: Limits) {
    let places = Arc::new(Semaphore::new(limits.connections));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (stream, peer) = match listener.accept().await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                drop(tokio::time::timeout(BREATH, std::future::pending::<()>()).await);
                continue;
            }
        };
        let (router, tls) = (router.clone(), tls.clone());
        tokio::spawn(async move {
            let _place = place;
            talk(stream, peer, router, tls, limits).await;
        });
    }
}

async fn talk(stream: TcpStream, peer: SocketAddr, router: Router, tls: Option<Arc<Tls>>, limits: Limits) {
    // Small messages of the desk do not wait for more to come; where it cannot be set they do.
    stream.set_nodelay(true).ok();
    let Some(tls) = tls else { return http(stream, peer, router, limits).await };
    match tokio::time::timeout(limits.handshake, tls.acceptor().accept(stream)).await {
        Ok(Ok(stream)) => http(stream, peer, router, limits).await,
        Ok(Err(error)) => tracing::debug!(%error, "no TLS was agreed on"),
        Err(_) => tracing::debug!("TLS was not agreed on in time"),
    }
}

async fn http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection broke off");
    }
}

#[cfg(test)]
mod tests;
