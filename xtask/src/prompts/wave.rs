//! Sound files of the line: RIFF WAVE, format 6 (A-law, ITU-T G.711), one channel, 8000 samples a second.

use super::RATE;

/// RIFF, fmt with its empty extension, fact, and the head of data.
const HEAD: usize = 12 + 26 + 12 + 8;
/// The same, as the size in RIFF counts it: without its own first eight bytes.
const RIFF_REST: u32 = 50;

/// The file of a sound whose full scale is 1.
pub(crate) fn a_law_file(samples: &[f64]) -> Vec<u8> {
    let codes: Vec<u8> = samples.iter().map(|sample| a_law(to_linear(*sample))).collect();
    let [rate, count] = [RATE, codes.len()].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let padded = count + count % 2;
    let mut file = Vec::with_capacity(HEAD + codes.len() + 1);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(RIFF_REST + padded).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&18_u32.to_le_bytes());
    // Format A-law, one channel; rate and bytes a second; one byte a frame, eight bits a sample; no extension.
    file.extend_from_slice(&[6, 0, 1, 0]);
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&[1, 0, 8, 0, 0, 0]);
    file.extend_from_slice(b"fact");
    file.extend_from_slice(&4_u32.to_le_bytes());
    file.extend_from_slice(&count.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&count.to_le_bytes());
    file.extend_from_slice(&codes);
    if count % 2 == 1 {
        file.push(0);
    }
    file
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast stops at the ends of i16, which is meant")]
fn to_linear(sample: f64) -> i16 {
    (sample * 32768.0).round() as i16
}

/// Encodes a linear sample (G.711 table 1: 13 bits, eight segments of sixteen steps, even bits inverted).
fn a_law(sample: i16) -> u8 {
    let sign: u8 = if sample < 0 { 0 } else { 0x80 };
    let magnitude = (if sample < 0 { !sample } else { sample }).unsigned_abs() >> 3;
    let segment = (u16::BITS - magnitude.leading_zeros()).saturating_sub(5);
    let step = (magnitude >> segment.max(1)) & 0x0f;
    let code = u8::try_from((segment << 4) | u32::from(step)).unwrap_or(0x7f);
    (sign | code) ^ 0x55
}

/// Seconds in a file that [`a_law_file`] wrote; nothing where the bytes are anything else.
#[cfg(test)]
pub(crate) fn a_law_seconds(bytes: &[u8]) -> Option<f64> {
    let data = bytes.get(HEAD..)?;
    let whole = a_law_file(&vec![0.0; data.len()]);
    let head_fits = bytes.get(12..HEAD - 12)? == whole.get(12..HEAD - 12)? && bytes.get(HEAD - 8..HEAD - 4)? == b"data";
    let count = u32::from_le_bytes(bytes.get(HEAD - 4..HEAD)?.try_into().ok()?) as usize;
    (head_fits && count + count % 2 == data.len()).then(|| count as f64 / RATE as f64)
}

#[cfg(test)]
mod tests {
    use super::{a_law, a_law_file, a_law_seconds, to_linear};

    #[test]
    fn a_law_is_that_of_g711() {
        // Ends of the scale, the step around zero, the first code of each segment.
        let table = [
            (0, 0xd5),
            (-1, 0x55),
            (15, 0xd5),
            (16, 0xd4),
            (-17, 0x54),
            (256, 0xc5),
            (512, 0xf5),
            (1024, 0xe5),
            (16384, 0xa5),
            (32767, 0xaa),
            (-32768, 0x2a),
        ];
        for (sample, code) in table {
            assert_eq!(a_law(sample), code, "{sample}: {:#x}", a_law(sample));
        }
    }

    #[test]
    fn too_loud_stops_at_the_end_of_the_scale() {
        assert_eq!([to_linear(1.5), to_linear(-1.5), to_linear(0.5)], [32767, -32768, 16384]);
    }

    #[test]
    fn a_file_says_its_own_length() {
        for count in [0, 1, 8000, 8001] {
            let file = a_law_file(&vec![0.1; count]);
            assert_eq!(a_law_seconds(&file), Some(count as f64 / 8000.0), "{count}");
            assert_eq!(a_law_seconds(&file[..file.len().saturating_sub(2)]), None, "{count}, cut off");
        }
    }
}
