//! The address that limits of calls are counted by.

use std::net::IpAddr;

/// Of an IPv6 address the network counts (64 bits): one household has all of it.
pub(super) fn counted(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::from((u128::from(address) & !u128::from(u64::MAX)).to_be_bytes()),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::counted;

    #[test]
    fn a_household_is_one_address() {
        let table = [
            ("198.51.100.7", "198.51.100.7"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ];
        for (client, expected) in table {
            let (client, expected): (IpAddr, IpAddr) =
                (client.parse().expect("an address"), expected.parse().expect("an address"));
            assert_eq!(counted(client), expected);
        }
    }
}
