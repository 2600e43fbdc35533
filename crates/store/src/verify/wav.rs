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
