//! From which address a call comes.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The address that limits are counted by. A proxy on this machine is believed what it says last in `X-Forwarded-For`;
/// nobody else is. Of an IPv6 address the network counts (64 bits): one household has all of it.
pub(super) fn of(peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let told = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let told = told.and_then(|value| value.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    let address = if peer.ip().is_loopback() { told.unwrap_or(peer.ip()) } else { peer.ip() };
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::from((u128::from(address) & !u128::from(u64::MAX)).to_be_bytes()),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use axum::http::HeaderMap;

    use super::of;

    #[test]
    fn only_a_proxy_of_this_machine_is_believed() {
        let table = [
            ("198.51.100.7:5000", &[][..], "198.51.100.7"),
            ("198.51.100.7:5000", &["203.0.113.9"], "198.51.100.7"),
            ("127.0.0.1:5000", &["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1:5000", &["192.0.2.66, 203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1:5000", &["192.0.2.66", "203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1:5000", &["nonsense"], "127.0.0.1"),
            ("127.0.0.1:5000", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("[2001:db8:1:2:3:4:5:6]:5000", &[], "2001:db8:1:2::"),
        ];
        for (peer, told, expected) in table {
            let mut headers = HeaderMap::new();
            for value in told {
                headers.append("x-forwarded-for", value.parse().expect("a header value"));
            }
            let peer: SocketAddr = peer.parse().expect("an address");
            assert_eq!(of(peer, &headers), expected.parse::<IpAddr>().expect("an address"), "{peer} {told:?}");
        }
    }
}
