//! A-law and mu-law (ITU-T G.711): tables made at compile time, and the two codecs' names. No packets.

/// A codec of the telephone network; 8 kHz, one byte a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// A-law, RTP payload type 8 (RFC 3551 section 6).
    Pcma,
    /// mu-law, RTP payload type 0 (RFC 3551 section 6).
    Pcmu,
}

impl Codec {
    /// The static RTP payload type.
    pub fn payload_type(self) -> u8 {
        match self {
            Self::Pcma => 8,
            Self::Pcmu => 0,
        }
    }

    /// The codec of a static payload type; nothing for any other sound.
    pub fn from_payload_type(payload_type: u8) -> Option<Self> {
        match payload_type {
            8 => Some(Self::Pcma),
            0 => Some(Self::Pcmu),
            _ => None,
        }
    }
}

/// Silence in A-law: the smallest positive value.
pub(crate) const ALAW_SILENCE: u8 = 0xd5;

const ALAW_LINEAR: [i16; 256] = table_i16(Law::A);
const ULAW_LINEAR: [i16; 256] = table_i16(Law::U);
const ULAW_TO_ALAW: [u8; 256] = table_u8(Law::U);
const ALAW_TO_ULAW: [u8; 256] = table_u8(Law::A);

/// The linear value of an A-law byte, as 16-bit PCM.
pub fn alaw_to_linear(code: u8) -> i16 {
    ALAW_LINEAR[usize::from(code)]
}

/// The linear value of a mu-law byte, as 16-bit PCM.
pub fn ulaw_to_linear(code: u8) -> i16 {
    ULAW_LINEAR[usize::from(code)]
}

/// The A-law byte of a 16-bit PCM sample.
pub const fn linear_to_alaw(sample: i16) -> u8 {
    let shifted = sample >> 3;
    let (mask, magnitude) =
        if shifted >= 0 { (0xd5, shifted.cast_unsigned()) } else { (0x55, (!shifted).cast_unsigned()) };
    let segment = if magnitude < 32 { 0 } else { magnitude.ilog2() - 4 };
    let step = if segment == 0 { 1 } else { segment };
    code(segment, magnitude >> step) ^ mask
}

/// The mu-law byte of a 16-bit PCM sample.
pub const fn linear_to_ulaw(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.unsigned_abs();
    let magnitude = if magnitude > 32_635 { 32_635 } else { magnitude } + 132;
    let segment = magnitude.ilog2() - 7;
    !(sign | code(segment, magnitude >> (segment + 3)))
}

/// Turns bytes of one codec into the other in place; the same codec costs nothing.
pub(crate) fn convert(from: Codec, to: Codec, bytes: &mut [u8]) {
    let table = match (from, to) {
        (Codec::Pcma, Codec::Pcma) | (Codec::Pcmu, Codec::Pcmu) => return,
        (Codec::Pcma, Codec::Pcmu) => &ALAW_TO_ULAW,
        (Codec::Pcmu, Codec::Pcma) => &ULAW_TO_ALAW,
    };
    for byte in bytes {
        *byte = table[usize::from(*byte)];
    }
}

#[derive(Clone, Copy)]
enum Law {
    A,
    U,
}

const fn code(segment: u32, steps: u16) -> u8 {
    let [_, low] = steps.to_be_bytes();
    let [.., segment] = segment.to_be_bytes();
    (segment << 4) | (low & 0x0f)
}

const fn expand_alaw(code: u8) -> i16 {
    let code = code ^ 0x55;
    let segment = (code >> 4) & 0x07;
    let steps = ((code & 0x0f) as i16) << 4;
    let magnitude = match segment {
        0 => steps + 8,
        _ => (steps + 0x108) << (segment - 1),
    };
    if code & 0x80 != 0 { magnitude } else { -magnitude }
}

const fn expand_ulaw(code: u8) -> i16 {
    let code = !code;
    let segment = (code >> 4) & 0x07;
    let magnitude = (((((code & 0x0f) as i16) << 3) + 0x84) << segment) - 0x84;
    if code & 0x80 != 0 { -magnitude } else { magnitude }
}

const fn table_i16(law: Law) -> [i16; 256] {
    let mut table = [0; 256];
    let mut index = 0_u8;
    loop {
        table[index as usize] = match law {
            Law::A => expand_alaw(index),
            Law::U => expand_ulaw(index),
        };
        if index == u8::MAX {
            return table;
        }
        index += 1;
    }
}

const fn table_u8(from: Law) -> [u8; 256] {
    let mut table = [0; 256];
    let mut index = 0_u8;
    loop {
        table[index as usize] = match from {
            Law::A => linear_to_ulaw(expand_alaw(index)),
            Law::U => linear_to_alaw(expand_ulaw(index)),
        };
        if index == u8::MAX {
            return table;
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{ALAW_SILENCE, Codec, alaw_to_linear, convert, linear_to_alaw, linear_to_ulaw, ulaw_to_linear};

    #[test]
    fn values_of_the_standard() {
        // G.711 tables 1a, 1b, 2a, 2b: first and last step of each sign, scaled to 16 bits.
        let alaw = [(0xd5, 8), (0x55, -8), (0xaa, 32_256), (0x2a, -32_256), (0xd4, 24), (0xc5, 264)];
        let ulaw = [(0xff, 0), (0x7f, 0), (0x80, 32_124), (0x00, -32_124), (0xfe, 8), (0xef, 132)];
        for (code, linear) in alaw {
            assert_eq!(alaw_to_linear(code), linear, "A-law {code:#x}");
        }
        for (code, linear) in ulaw {
            assert_eq!(ulaw_to_linear(code), linear, "mu-law {code:#x}");
        }
        assert_eq!(linear_to_alaw(0), ALAW_SILENCE);
    }

    #[test]
    fn every_code_survives_the_way_to_linear_and_back() {
        for code in 0..=u8::MAX {
            assert_eq!(linear_to_alaw(alaw_to_linear(code)), code, "A-law {code:#x}");
            // mu-law has two zeros; the negative one becomes the positive.
            let expected = if code == 0x7f { 0xff } else { code };
            assert_eq!(linear_to_ulaw(ulaw_to_linear(code)), expected, "mu-law {code:#x}");
        }
    }

    #[test]
    fn every_sample_stays_within_half_a_step() {
        for sample in i16::MIN..=i16::MAX {
            let magnitude = i32::from(sample).abs();
            let alaw_step = if magnitude < 512 { 16 } else { 8 << (magnitude.ilog2() - 7) };
            let alaw_error = (i32::from(alaw_to_linear(linear_to_alaw(sample))) - i32::from(sample)).abs();
            assert!(alaw_error <= alaw_step / 2 || magnitude > 32_256, "A-law {sample}: {alaw_error}");
            let ulaw_step = 8 << ((magnitude.min(32_635) + 132).ilog2() - 7);
            let ulaw_error = (i32::from(ulaw_to_linear(linear_to_ulaw(sample))) - i32::from(sample)).abs();
            assert!(ulaw_error <= ulaw_step / 2 || magnitude > 32_124, "mu-law {sample}: {ulaw_error}");
        }
    }

    #[test]
    fn laws_turn_into_each_other_within_a_step() {
        for code in 0..=u8::MAX {
            let mut there = [code];
            convert(Codec::Pcmu, Codec::Pcma, &mut there);
            let (from, to) = (i32::from(ulaw_to_linear(code)), i32::from(alaw_to_linear(there[0])));
            assert!((from - to).abs() <= 8.max(from.abs() / 16), "{code:#x}: {from} {to}");
            let mut there = [code];
            convert(Codec::Pcma, Codec::Pcmu, &mut there);
            let (from, to) = (i32::from(alaw_to_linear(code)), i32::from(ulaw_to_linear(there[0])));
            assert!((from - to).abs() <= 8.max(from.abs() / 16), "{code:#x}: {from} {to}");
        }
    }
}
