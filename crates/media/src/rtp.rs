//! The RTP packet (RFC 3550 section 5.1): reading with every length bounded, and writing. No sockets, no state.

/// Length of the header that we write.
pub(crate) const HEADER_LEN: usize = 12;

/// The fields of a header that anybody here looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) marker: bool,
    pub(crate) payload_type: u8,
    pub(crate) seq: u16,
    pub(crate) ts: u32,
    pub(crate) ssrc: u32,
}

/// A packet read in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packet<'a> {
    pub(crate) header: Header,
    pub(crate) payload: &'a [u8],
}

/// Reads a datagram; nothing where it is no RTP packet.
pub(crate) fn parse(datagram: &[u8]) -> Option<Packet<'_>> {
    let (fixed, rest) = datagram.split_first_chunk::<HEADER_LEN>()?;
    let [first, second, s0, s1, t0, t1, t2, t3, i0, i1, i2, i3] = *fixed;
    if first >> 6 != 2 {
        return None;
    }
    let mut rest = rest.get(usize::from(first & 0x0f) * 4..)?;
    if first & 0x10 != 0 {
        let (extension, after) = rest.split_first_chunk::<4>()?;
        let words = usize::from(u16::from_be_bytes([extension[2], extension[3]]));
        rest = after.get(words * 4..)?;
    }
    if first & 0x20 != 0 {
        let padding = usize::from(*rest.last()?);
        if padding == 0 {
            return None;
        }
        rest = rest.get(..rest.len().checked_sub(padding)?)?;
    }
    let header = Header {
        marker: second & 0x80 != 0,
        payload_type: second & 0x7f,
        seq: u16::from_be_bytes([s0, s1]),
        ts: u32::from_be_bytes([t0, t1, t2, t3]),
        ssrc: u32::from_be_bytes([i0, i1, i2, i3]),
    };
    Some(Packet { header, payload: rest })
}

/// Writes header and payload over what `out` held.
pub(crate) fn write(header: Header, payload: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.push(0x80);
    out.push((u8::from(header.marker) << 7) | (header.payload_type & 0x7f));
    out.extend_from_slice(&header.seq.to_be_bytes());
    out.extend_from_slice(&header.ts.to_be_bytes());
    out.extend_from_slice(&header.ssrc.to_be_bytes());
    out.extend_from_slice(payload);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Header, parse, write};

    fn sample() -> Header {
        Header { marker: true, payload_type: 8, seq: 0xfffe, ts: 0x0102_0304, ssrc: 0xdead_beef }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = vec![1, 2, 3];
        write(sample(), &[9; 160], &mut out);
        let packet = parse(&out).unwrap();
        assert_eq!((packet.header, packet.payload), (sample(), &[9_u8; 160][..]));
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        let mut good = Vec::new();
        write(sample(), &[7, 7, 7, 2], &mut good);
        let with = |first: u8, cut: usize| {
            let mut bytes = good.clone();
            bytes[0] = first;
            bytes.truncate(cut);
            parse(&bytes).map(|packet| packet.payload.to_vec())
        };
        assert_eq!(with(0x80, 16), Some(vec![7, 7, 7, 2]));
        assert_eq!(with(0xa0, 16), Some(vec![7, 7]), "padding of two");
        assert_eq!(with(0x81, 16), Some(vec![]), "one contributing source");
        assert_eq!(with(0x40, 16), None, "version 1");
        assert_eq!(with(0x80, 11), None, "short");
        assert_eq!(with(0x82, 16), None, "sources beyond the end");
        assert_eq!(with(0x90, 16), None, "extension beyond the end");
        assert_eq!(with(0xa0, 12), None, "padding of nothing");
    }

    proptest! {
        // 100,000 in the long run (`./run test --long`).
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(if std::env::var_os("OTKLIK_LONG").is_some() { 100_000 } else { 256 }))]
        #[test]
        fn no_datagram_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64), first in 0x80_u8..0xc0) {
            let mut bytes = bytes;
            if let Some(byte) = bytes.first_mut() {
                *byte = first;
            }
            let _ = parse(&bytes);
        }
    }
}
