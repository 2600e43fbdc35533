//! Who asks: the address of the client, also where a proxy stands between us. Only a proxy that the operator named is
//! believed; everybody else may write into `X-Forwarded-For` what they like.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use crate::site::Proxies;
use crate::state::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// The header that proxies write; the last entry is the one that the nearest proxy saw.
const FORWARDED: &str = "x-forwarded-for";

/// The client's address, for handlers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientIp(pub(crate) IpAddr);

impl FromRequestParts<App> for ClientIp {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a peer (which the server always gives) nobody is taken for this machine.
        let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
        Ok(Self(client_ip(&app.0.start.site.trusted_proxies, peer, &parts.headers)))
    }
}

/// The client's address: the peer's, or what trusted proxies say of whom they speak for. It is read from the right,
/// past the trusted ones, for what stands further left was written by strangers.
pub(crate) fn client_ip(trusted: &Proxies, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut client = peer.to_canonical();
    let entries = headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok());
    let entries: Vec<&str> = entries.flat_map(|line| line.split(',')).map(str::trim).collect();
    for entry in entries.into_iter().rev() {
        if !trusted.contains(client) {
            break;
        }
        let Some(before) = address(entry) else { break };
        client = before.to_canonical();
    }
    client
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::client_ip;
    use crate::site::Proxies;
    use axum::http::HeaderMap;

    #[test]
    fn only_a_named_proxy_is_believed() {
        let trusted = Proxies::new(|address| address.is_loopback() || address.to_string() == "10.0.0.5");
        let table = [
            ("127.0.0.1", &[][..], "127.0.0.1"),
            ("127.0.0.1", &["192.0.2.7"], "192.0.2.7"),
            ("::ffff:127.0.0.1", &["192.0.2.7"], "192.0.2.7"),
            ("127.0.0.1", &["203.0.113.1, 192.0.2.7"], "192.0.2.7"),
            ("127.0.0.1", &["192.0.2.7, 10.0.0.5"], "192.0.2.7"),
            ("127.0.0.1", &["192.0.2.7", "10.0.0.5"], "192.0.2.7"),
            ("127.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("127.0.0.1", &["192.0.2.7:4711"], "192.0.2.7"),
            ("127.0.0.1", &["unknown"], "127.0.0.1"),
            ("192.0.2.9", &["127.0.0.1"], "192.0.2.9"),
            ("192.0.2.9", &["10.0.0.5, 127.0.0.1"], "192.0.2.9"),
        ];
        for (peer, forwarded, client) in table {
            let mut headers = HeaderMap::new();
            for line in forwarded {
                headers.append("x-forwarded-for", line.parse().expect("a header value"));
            }
            let found = client_ip(&trusted, peer.parse().expect("an address"), &headers);
            assert_eq!(found.to_string(), client, "{peer} {forwarded:?}");
        }
    }
}
