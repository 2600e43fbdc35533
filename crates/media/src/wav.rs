//! WAV as bytes: reading prompts, and the header of a stereo A-law recording. No files, no clock.

use crate::g711;

/// Length of the header that [`header`] makes.
pub(crate) const HEADER_LEN: usize = 58;
/// Bytes of one moment of a recording: left and right.
pub(crate) const FRAME_LEN: u64 = 2;
/// Sample rate of all sound here.
pub(crate) const RATE_HZ: u32 = 8_000;

/// Why a sound file cannot be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WavError {
    /// No RIFF/WAVE file, or one without format or sound.
    #[error("not a WAV file with a format and sound")]
    NotWav,
    /// Not 8 kHz mono in 16-bit PCM or A-law.
    #[error("the sound must be 8 kHz, one channel, 16-bit PCM or A-law")]
    Unsupported,
}

/// A WAV file's format and sound, as they stand in it.
pub(crate) struct Parts<'a> {
    /// 1 = PCM, 6 = A-law.
    pub(crate) format: u16,
    pub(crate) channels: u16,
    pub(crate) rate: u32,
    pub(crate) bits: u16,
    pub(crate) sound: &'a [u8],
}

/// Reads 8 kHz mono sound (16-bit PCM or A-law) as A-law samples.
pub(crate) fn read_mono(bytes: &[u8]) -> Result<Vec<u8>, WavError> {
    let parts = parts(bytes)?;
    match (parts.format, parts.channels, parts.rate, parts.bits) {
        (1, 1, RATE_HZ, 16) => Ok(pcm_to_alaw(parts.sound)),
        (6, 1, RATE_HZ, 8) => Ok(parts.sound.to_vec()),
        _ => Err(WavError::Unsupported),
    }
}

/// Takes a WAV file apart.
pub(crate) fn parts(bytes: &[u8]) -> Result<Parts<'_>, WavError> {
    let (riff, mut rest) = bytes.split_first_chunk::<12>().ok_or(WavError::NotWav)?;
    if &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Err(WavError::NotWav);
    }
    let mut format = None;
    while let Some((head, body)) = rest.split_first_chunk::<8>() {
        let claimed = usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])).unwrap_or(usize::MAX);
        // A file that was cut, or written to a pipe, claims more than it holds.
        let body_len = claimed.min(body.len());
        let (chunk, after) = body.split_at(body_len);
        match &head[..4] {
            b"fmt " => format = Some(*chunk.first_chunk::<16>().ok_or(WavError::NotWav)?),
            b"data" => return format.map(|format| with_sound(&format, chunk)).ok_or(WavError::NotWav),
            _ => {}
        }
        rest = after.get(claimed % 2..).unwrap_or_default();
    }
    Err(WavError::NotWav)
}

/// The header of a recording (two channels, A-law, 8 kHz) with `data_len` bytes of sound. A-law asks for the `fact`
/// chunk and an extension size in `fmt ` (Microsoft multimedia registry, `WAVE_FORMAT_ALAW` = 6).
pub(crate) fn header(data_len: u32) -> [u8; HEADER_LEN] {
    let mut out = [0; HEADER_LEN];
    out[..4].copy_from_slice(b"RIFF");
    out[4..8].copy_from_slice(&data_len.saturating_add(50).to_le_bytes());
    out[8..16].copy_from_slice(b"WAVEfmt ");
    out[16..20].copy_from_slice(&18_u32.to_le_bytes());
    out[20..22].copy_from_slice(&6_u16.to_le_bytes());
    out[22..24].copy_from_slice(&2_u16.to_le_bytes());
    out[24..28].copy_from_slice(&RATE_HZ.to_le_bytes());
    out[28..32].copy_from_slice(&(RATE_HZ * 2).to_le_bytes());
    out[32..34].copy_from_slice(&2_u16.to_le_bytes());
    out[34..36].copy_from_slice(&8_u16.to_le_bytes());
    out[38..42].copy_from_slice(b"fact");
    out[42..46].copy_from_slice(&4_u32.to_le_bytes());
    out[46..50].copy_from_slice(&(data_len / 2).to_le_bytes());
    out[50..54].copy_from_slice(b"data");
    out[54..58].copy_from_slice(&data_len.to_le_bytes());
    out
}

/// The left side of a recording of ours: what its caller said.
pub(crate) fn read_left(bytes: &[u8]) -> Result<Vec<u8>, WavError> {
    let (head, sound) = bytes.split_first_chunk::<HEADER_LEN>().ok_or(WavError::NotWav)?;
    if !is_recording(head) {
        return Err(WavError::Unsupported);
    }
    Ok(sound.as_chunks::<2>().0.iter().map(|moment| moment[0]).collect())
}

/// Whether a file begins as a recording of ours, whatever sizes it claims.
pub(crate) fn is_recording(head: &[u8; HEADER_LEN]) -> bool {
    let ours = header(0);
    [0..4, 8..46, 50..54].into_iter().all(|part| head[part.clone()] == ours[part])
}

fn with_sound<'a>(fields: &[u8; 16], sound: &'a [u8]) -> Parts<'a> {
    let short = |at: usize| u16::from_le_bytes([fields[at], fields[at + 1]]);
    let rate = u32::from_le_bytes([fields[4], fields[5], fields[6], fields[7]]);
    Parts { format: short(0), channels: short(2), rate, bits: short(14), sound }
}

fn pcm_to_alaw(sound: &[u8]) -> Vec<u8> {
    sound.as_chunks::<2>().0.iter().map(|pair| g711::linear_to_alaw(i16::from_le_bytes(*pair))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{HEADER_LEN, WavError, header, is_recording, read_mono};

    fn mono(format: u16, channels: u16, rate: u32, bits: u16, sound: &[u8]) -> Vec<u8> {
        let mut out = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
        out.extend(format.to_le_bytes());
        out.extend(channels.to_le_bytes());
        out.extend(rate.to_le_bytes());
        out.extend([0; 6]);
        out.extend(bits.to_le_bytes());
        out.extend(b"data");
        out.extend(u32::try_from(sound.len()).unwrap().to_le_bytes());
        out.extend(sound);
        out
    }

    #[test]
    fn prompts_are_read_and_others_refused() {
        assert_eq!(read_mono(&mono(6, 1, 8_000, 8, &[1, 2, 3])), Ok(vec![1, 2, 3]));
        assert_eq!(read_mono(&mono(1, 1, 8_000, 16, &[0, 0, 0xff, 0x7f, 9])), Ok(vec![0xd5, 0xaa]));
        assert_eq!(read_mono(&mono(1, 2, 8_000, 16, &[])), Err(WavError::Unsupported));
        assert_eq!(read_mono(&mono(1, 1, 44_100, 16, &[])), Err(WavError::Unsupported));
        assert_eq!(read_mono(b"RIFF"), Err(WavError::NotWav));
        let mut cut = mono(6, 1, 8_000, 8, &[5; 100]);
        cut.truncate(cut.len() - 40);
        assert_eq!(read_mono(&cut), Ok(vec![5; 60]), "what is there is read");
    }

    #[test]
    fn our_header_is_known_again_and_says_its_sizes() {
        let head = header(3_200);
        assert!(is_recording(&head));
        assert_eq!(u32::from_le_bytes(head[4..8].try_into().unwrap()), 3_200 + u32::try_from(HEADER_LEN).unwrap() - 8);
        assert_eq!(u32::from_le_bytes(head[46..50].try_into().unwrap()), 1_600, "moments of sound");
        let mut other = head;
        other[22] = 1;
        assert!(!is_recording(&other));
    }

    proptest! {
        #[test]
        fn no_file_panics(at in 0_usize..60, byte in any::<u8>(), cut in 0_usize..80) {
            let mut bytes = mono(1, 1, 8_000, 16, &[1, 2, 3, 4]);
            let at = at.min(bytes.len() - 1);
            bytes[at] = byte;
            bytes.truncate(cut);
            let _ = read_mono(&bytes);
        }
    }
}
