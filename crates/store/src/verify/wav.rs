//! The header of a WAV file (RIFF, "Multimedia Programming Interface and Data Specifications 1.0", 1991) against the
//! file's size. Reads bytes from outside: every length is bounded before it is added.

/// Bytes from the beginning of a file in which its header must end.
pub(super) const HEAD_BYTES: usize = 4_096;

/// How far the stated length of the sound may lie from the bytes of it, in milliseconds: one frame.
const SLACK_MS: u64 = 20;

/// Checks that the header's lengths are those of the file, and that its sound is as long as stated.
pub(super) fn fits(head: &[u8], size_bytes: u64, duration_ms: u64) -> Result<(), &'static str> {
    if head.get(..4) != Some(b"RIFF") || head.get(8..12) != Some(b"WAVE") {
        return Err("no WAV header");
    }
    let riff = u64::from(number(head, 4).ok_or("no WAV header")?);
    if riff + 8 != size_bytes {
        return Err("the header states another size than the file has");
    }
    let mut bytes_per_s = None;
    let mut at = 12_usize;
    loop {
        let id = head.get(at..at.saturating_add(4)).ok_or("the header has no data chunk")?;
        let length = u64::from(number(head, at.saturating_add(4)).ok_or("the header has no data chunk")?);
        let body = at.saturating_add(8);
        if id == b"fmt " {
            bytes_per_s = number(head, body.saturating_add(8)).map(u64::from);
        }
        if id == b"data" {
            let rate = bytes_per_s.filter(|rate| *rate > 0).ok_or("the header states no byte rate")?;
            return sound(body, length, rate, size_bytes, duration_ms);
        }
        let padded = usize::try_from(length + length % 2).map_err(|_| "a chunk of the header is too long")?;
        at = body.saturating_add(padded);
    }
}

fn sound(body: usize, length: u64, rate: u64, size_bytes: u64, duration_ms: u64) -> Result<(), &'static str> {
    if (body as u64).saturating_add(length) > size_bytes {
        return Err("the header states more sound than the file holds");
    }
    if (length * 1_000 / rate).abs_diff(duration_ms) > SLACK_MS {
        return Err("the sound is of another length than stated");
    }
    Ok(())
}

fn number(head: &[u8], at: usize) -> Option<u32> {
    let bytes = head.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::fits;

    /// 20 ms of stereo 8-bit sound, as the recorder writes it, with a chunk between format and data.
    fn wav() -> Vec<u8> {
        let mut bytes = b"RIFF\x70\x01\0\0WAVEfmt \x10\0\0\0\x06\0\x02\0".to_vec();
        bytes.extend(8_000_u32.to_le_bytes());
        bytes.extend(16_000_u32.to_le_bytes());
        bytes.extend(b"\x02\0\x08\0fact\x04\0\0\0\xa0\0\0\0data\x40\x01\0\0");
        bytes.resize(376, 0xd5);
        bytes
    }

    #[test]
    fn a_header_fits_its_file_or_says_why_not() {
        let harmed = |at: usize, byte: u8| {
            let mut bytes = wav();
            bytes[at] = byte;
            bytes
        };
        let zero_rate = {
            let mut bytes = harmed(28, 0);
            bytes[29] = 0;
            bytes
        };
        let check = |name, head: &[u8], size_bytes, duration_ms, expected| {
            assert_eq!(fits(head, size_bytes, duration_ms), expected, "{name}");
        };
        check("whole", &wav(), 376, 20, Ok(()));
        check("longer than stated", &wav(), 376, 41, Err("the sound is of another length than stated"));
        check("cut", &wav(), 375, 20, Err("the header states another size than the file has"));
        check("another format", &harmed(0, b'X'), 376, 20, Err("no WAV header"));
        check("too much data", &harmed(55, 0x7f), 376, 20, Err("the header states more sound than the file holds"));
        check("no rate", &zero_rate, 376, 20, Err("the header states no byte rate"));
        check("an endless chunk", &harmed(43, 0xff), 376, 20, Err("the header has no data chunk"));
        check("cut in the header", &wav()[..30], 376, 20, Err("the header has no data chunk"));
        check("empty", &[], 0, 0, Err("no WAV header"));
    }
}
