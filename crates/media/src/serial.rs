//! Arithmetic on numbers that wrap: RTP sequence numbers and timestamps (RFC 3550 section 5.1). No state.

/// The low 32 bits, as a timestamp stands in a packet.
pub(crate) fn low32(value: u64) -> u32 {
    let [_, _, _, _, a, b, c, d] = value.to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// The low 16 bits, as a sequence number stands in a packet.
pub(crate) fn low16(value: u64) -> u16 {
    let [.., a, b] = value.to_be_bytes();
    u16::from_be_bytes([a, b])
}

/// How far sequence number `a` is ahead of `b`; negative where it is behind.
pub(crate) fn ahead16(a: u16, b: u16) -> i16 {
    a.wrapping_sub(b).cast_signed()
}

/// How far timestamp `a` is ahead of `b`; negative where it is behind.
pub(crate) fn ahead32(a: u32, b: u32) -> i32 {
    a.wrapping_sub(b).cast_signed()
}

/// Samples of 8 kHz in a span of time; a span beyond 70 million years is cut.
pub(crate) fn samples(span: std::time::Duration) -> u64 {
    u64::try_from(span.as_micros() / 125).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ahead16, ahead32, low16, low32, samples};

    #[test]
    fn numbers_wrap() {
        assert_eq!(low32(0x1_2345_6789), 0x2345_6789);
        assert_eq!(low16(0x1_2345), 0x2345);
        assert_eq!((ahead16(2, 65_535), ahead16(65_535, 2)), (3, -3));
        assert_eq!((ahead32(1, u32::MAX), ahead32(u32::MAX, 1)), (2, -2));
        assert_eq!((samples(Duration::from_millis(20)), samples(Duration::from_micros(124))), (160, 0));
    }
}
