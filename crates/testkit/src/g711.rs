//! G.711 (ITU-T G.711 tables 1 and 2) as slowly and plainly as a test may have it, apart from the program's own.

/// The linear value of an A-law octet, 16 bits.
pub(crate) fn alaw_to_linear(octet: u8) -> i16 {
    let bits = octet ^ 0x55;
    let exponent = (bits >> 4) & 7;
    let mantissa = i16::from(bits & 15);
    let size = match exponent {
        0 => mantissa * 16 + 8,
        _ => (mantissa * 16 + 8 + 256) << (exponent - 1),
    };
    if bits & 0x80 == 0 { -size } else { size }
}

/// The linear value of a mu-law octet, 16 bits.
pub(crate) fn ulaw_to_linear(octet: u8) -> i16 {
    let bits = !octet;
    let exponent = (bits >> 4) & 7;
    let mantissa = i16::from(bits & 15);
    let size = (((mantissa << 3) + 0x84) << exponent) - 0x84;
    if bits & 0x80 == 0 { size } else { -size }
}

/// The A-law octet whose value is nearest.
pub(crate) fn linear_to_alaw(value: i16) -> u8 {
    let distance = |octet: &u8| (i32::from(alaw_to_linear(*octet)) - i32::from(value)).abs();
    (0..=u8::MAX).min_by_key(distance).unwrap_or(0xd5)
}

#[cfg(test)]
mod tests {
    use super::{alaw_to_linear, linear_to_alaw, ulaw_to_linear};

    #[test]
    fn known_values() {
        for (octet, value) in [(0xd5, 8), (0x55, -8), (0xaa, 32_256), (0x2a, -32_256)] {
            assert_eq!(alaw_to_linear(octet), value, "{octet:#x}");
        }
        for (octet, value) in [(0xff, 0), (0x7f, 0), (0x80, 32_124), (0x00, -32_124)] {
            assert_eq!(ulaw_to_linear(octet), value, "{octet:#x}");
        }
    }

    #[test]
    fn every_octet_comes_back() {
        for octet in 0..=u8::MAX {
            assert_eq!(linear_to_alaw(alaw_to_linear(octet)), octet);
        }
    }
}
