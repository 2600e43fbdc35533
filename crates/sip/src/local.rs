//! Which of our addresses a peer sees: what stands in Contact and Via has to lead back to us.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The address under which `peer` reaches a socket bound to `bound`: the bound one, or the one that the routing table picks.
pub(crate) fn address_towards(bound: SocketAddr, peer: SocketAddr) -> SocketAddr {
    if !bound.ip().is_unspecified() {
        return bound;
    }
    let any: IpAddr = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    // Connecting a datagram socket sends nothing; it only asks the kernel for the route.
    let routed = UdpSocket::bind((any, 0)).and_then(|probe| {
        probe.connect(peer)?;
        probe.local_addr()
    });
    routed.map_or(bound, |local| SocketAddr::new(local.ip(), bound.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_peers_see_loopback() {
        let bound: SocketAddr = "0.0.0.0:5060".parse().unwrap();
        assert_eq!(address_towards(bound, "127.0.0.1:9".parse().unwrap()), "127.0.0.1:5060".parse().unwrap());
        let named: SocketAddr = "192.0.2.7:5060".parse().unwrap();
        assert_eq!(address_towards(named, "127.0.0.1:9".parse().unwrap()), named);
    }
}
