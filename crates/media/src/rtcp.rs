//! RTCP (RFC 3550 section 6): writing our compound packet and reading theirs, every length bounded. No sockets.

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const SOURCE_DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
const BLOCK_LEN: usize = 24;

/// A report block: how well one stream arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) ssrc: u32,
    /// Share lost since the last report, in 256ths.
    pub(crate) fraction_lost: u8,
    pub(crate) lost: u32,
    pub(crate) highest_seq: u32,
    /// In samples.
    pub(crate) jitter: u32,
    /// Middle of the NTP time of the last sender report; 0 for none.
    pub(crate) lsr: u32,
    /// Time since that report, in 65,536ths of a second.
    pub(crate) dlsr: u32,
}

/// What a sender says of its own stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) ntp: u64,
    pub(crate) ts: u32,
    pub(crate) packets: u32,
    pub(crate) octets: u32,
}

/// Whether a compound packet says that its sender leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Stays,
    Leaves,
}

/// What a received compound packet tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) ssrc: u32,
    /// Middle 32 bits of the NTP time, where it was a sender report.
    pub(crate) ntp_middle: Option<u32>,
    /// How our stream arrives there.
    pub(crate) about_us: Option<Block>,
    pub(crate) presence: Presence,
}

/// Writes SR or RR, SDES with the CNAME, and BYE where we leave, over what `out` held.
pub(crate) fn write(
    out: &mut Vec<u8>,
    ssrc: u32,
    sent: Option<Sent>,
    about: Option<Block>,
    cname: &str,
    presence: Presence,
) {
    out.clear();
    let blocks = u8::from(about.is_some());
    match sent {
        Some(sent) => {
            packet_head(out, blocks, SENDER_REPORT, 6 + 6 * u16::from(blocks), ssrc);
            out.extend_from_slice(&sent.ntp.to_be_bytes());
            out.extend_from_slice(&sent.ts.to_be_bytes());
            out.extend_from_slice(&sent.packets.to_be_bytes());
            out.extend_from_slice(&sent.octets.to_be_bytes());
        }
        None => packet_head(out, blocks, RECEIVER_REPORT, 1 + 6 * u16::from(blocks), ssrc),
    }
    if let Some(block) = about {
        write_block(out, block);
    }
    let name = cname.as_bytes();
    let name = &name[..name.len().min(64)];
    // Item type and length, the name, and at least one zero that ends the list, up to a whole word.
    let item_len = (2 + name.len() + 1).next_multiple_of(4);
    packet_head(out, 1, SOURCE_DESCRIPTION, 1 + u16::try_from(item_len / 4).unwrap_or(0), ssrc);
    out.push(1);
    out.push(u8::try_from(name.len()).unwrap_or(0));
    out.extend_from_slice(name);
    out.resize(out.len() + item_len - 2 - name.len(), 0);
    match presence {
        Presence::Stays => {}
        Presence::Leaves => packet_head(out, 1, GOODBYE, 1, ssrc),
    }
}

/// Reads a compound packet; nothing where it is none (RFC 3550 appendix A.2).
pub(crate) fn parse(datagram: &[u8], our_ssrc: u32) -> Option<Report> {
    let mut rest = datagram;
    let mut report: Option<Report> = None;
    while !rest.is_empty() {
        let head = rest.first_chunk::<4>()?;
        if head[0] >> 6 != 2 {
            return None;
        }
        let len = (usize::from(u16::from_be_bytes([head[2], head[3]])) + 1) * 4;
        let (packet, after) = rest.split_at_checked(len)?;
        let body = &packet[4..];
        match (&mut report, head[1]) {
            (None, SENDER_REPORT | RECEIVER_REPORT) => report = Some(read_report(*head, body, our_ssrc)?),
            (None, _) => return None,
            (Some(report), GOODBYE) => report.presence = Presence::Leaves,
            (Some(_), _) => {}
        }
        rest = after;
    }
    report
}

fn read_report(head: [u8; 4], body: &[u8], our_ssrc: u32) -> Option<Report> {
    let ssrc = word(body, 0)?;
    let (ntp_middle, blocks) = if head[1] == SENDER_REPORT {
        let middle = (word(body, 4)? << 16) | (word(body, 8)? >> 16);
        (Some(middle), body.get(24..)?)
    } else {
        (None, body.get(4..)?)
    };
    let about_us = blocks
        .chunks_exact(BLOCK_LEN)
        .take(usize::from(head[0] & 0x1f))
        .filter_map(read_block)
        .find(|block| block.ssrc == our_ssrc);
    Some(Report { ssrc, ntp_middle, about_us, presence: Presence::Stays })
}

fn read_block(bytes: &[u8]) -> Option<Block> {
    let loss = word(bytes, 4)?;
    Some(Block {
        ssrc: word(bytes, 0)?,
        fraction_lost: bytes[4],
        lost: loss & 0x00ff_ffff,
        highest_seq: word(bytes, 8)?,
        jitter: word(bytes, 12)?,
        lsr: word(bytes, 16)?,
        dlsr: word(bytes, 20)?,
    })
}

fn write_block(out: &mut Vec<u8>, block: Block) {
    out.extend_from_slice(&block.ssrc.to_be_bytes());
    out.extend_from_slice(&((u32::from(block.fraction_lost) << 24) | (block.lost & 0x00ff_ffff)).to_be_bytes());
    for value in [block.highest_seq, block.jitter, block.lsr, block.dlsr] {
        out.extend_from_slice(&value.to_be_bytes());
    }
}

fn packet_head(out: &mut Vec<u8>, count: u8, kind: u8, words: u16, ssrc: u32) {
    out.push(0x80 | count);
    out.push(kind);
    out.extend_from_slice(&words.to_be_bytes());
    out.extend_from_slice(&ssrc.to_be_bytes());
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|word| u32::from_be_bytes(*word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Block, Presence, Sent, parse, write};

    fn block() -> Block {
        Block { ssrc: 9, fraction_lost: 3, lost: 70, highest_seq: 80_000, jitter: 12, lsr: 0x0102_0304, dlsr: 99 }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        for cname in ["", "a", "ab", "abcdefgh@x"] {
            let sent = Sent { ntp: 0x1111_2222_3333_4444, ts: 5, packets: 6, octets: 7 };
            write(&mut out, 42, Some(sent), Some(block()), cname, Presence::Leaves);
            assert_eq!(out.len() % 4, 0);
            let report = parse(&out, 9).unwrap();
            assert_eq!(report.ssrc, 42);
            assert_eq!(report.ntp_middle, Some(0x2222_3333));
            assert_eq!(report.about_us, Some(block()));
            assert_eq!(report.presence, Presence::Leaves);
            assert_eq!(parse(&out, 8).unwrap().about_us, None, "about somebody else");
            write(&mut out, 42, None, None, cname, Presence::Stays);
            let report = parse(&out, 9).unwrap();
            assert_eq!((report.ntp_middle, report.about_us, report.presence), (None, None, Presence::Stays));
        }
        assert_eq!(parse(&out[..out.len() - 1], 9), None, "cut");
        assert_eq!(parse(&[0x80, 203, 0, 1, 0, 0, 0, 1], 9), None, "does not begin with a report");
    }

    proptest! {
        // 100,000 in the long run (`./run test --long`).
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(if std::env::var_os("OTKLIK_LONG").is_some() { 100_000 } else { 256 }))]
        #[test]
        fn no_datagram_panics(changes in proptest::collection::vec((0_usize..120, any::<u8>()), 1..6), cut in 0_usize..120) {
            let mut out = Vec::new();
            let sent = Sent { ntp: 1, ts: 5, packets: 6, octets: 7 };
            write(&mut out, 42, Some(sent), Some(block()), "name", Presence::Leaves);
            for (at, byte) in changes {
                let len = out.len();
                out[at % len] = byte;
            }
            out.truncate(cut);
            let _ = parse(&out, 9);
        }
    }
}
