//! What a phone hears, as it came: every packet counted, gaps too.

use std::collections::BTreeSet;
use std::f64::consts::TAU;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::sync::watch;

use crate::g711::{alaw_to_linear, ulaw_to_linear};
use crate::prompt::Prompt;
use crate::wait::within;

const RATE_HZ: f64 = 8_000.0;

/// The sound that came, oldest first.
#[derive(Debug, Default)]
struct Heard {
    octets: Vec<u8>,
    payloads: BTreeSet<u8>,
    last_seq: Option<u16>,
    lost: usize,
}

/// An ear: may be asked at any time, or waited for.
#[derive(Debug)]
pub struct Ear {
    heard: Mutex<Heard>,
    packets: watch::Sender<usize>,
}

impl Ear {
    pub(crate) fn new() -> Self {
        Self { heard: Mutex::default(), packets: watch::Sender::new(0) }
    }

    /// Takes one RTP packet (RFC 3550 §5.1); anything else is passed over.
    pub(crate) fn take(&self, packet: &[u8]) {
        let Some((header, octets)) = packet.split_first_chunk::<12>() else { return };
        let payload = header[1] & 0x7f;
        if header[0] != 0x80 || (payload != 0 && payload != 8) {
            return;
        }
        let seq = u16::from_be_bytes([header[2], header[3]]);
        let mut heard = self.heard();
        let step = heard.last_seq.map_or(1, |last| seq.wrapping_sub(last));
        heard.last_seq = Some(seq);
        heard.lost += usize::from(step.wrapping_sub(1));
        heard.payloads.insert(payload);
        heard.octets.extend_from_slice(octets);
        drop(heard);
        self.packets.send_modify(|packets| *packets += 1);
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Payload types that came.
    pub fn payloads(&self) -> Vec<u8> {
        self.heard().payloads.iter().copied().collect()
    }

    /// Packets that the sequence numbers say are missing.
    pub fn lost(&self) -> usize {
        self.heard().lost
    }

    /// True where the whole prompt was heard, octet by octet.
    pub fn has_heard_whole(&self, prompt: &Prompt) -> bool {
        find(&self.heard().octets, &prompt.sound, 0).is_some()
    }

    /// Octets heard so far, 8 a millisecond.
    pub fn len(&self) -> usize {
        self.heard().octets.len()
    }

    /// True before the first sound.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Mean size of the samples of the last second, 0 to 32,767.
    pub fn loudness(&self) -> f64 {
        let samples = self.last_second();
        let sum: f64 = samples.iter().map(|sample| sample.abs()).sum();
        if samples.is_empty() { 0.0 } else { sum / f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX)) }
    }

    /// Share of one frequency in the power of the last second, 0 to 1 (Goertzel's algorithm).
    pub fn share_of(&self, hz: f64) -> f64 {
        let samples = self.last_second();
        let turn = 2.0 * (TAU * hz / RATE_HZ).cos();
        let (mut one, mut two) = (0.0, 0.0);
        for sample in &samples {
            (one, two) = (sample + turn * one - two, one);
        }
        let power: f64 = samples.iter().map(|sample| sample * sample).sum();
        let count = f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX));
        if power == 0.0 { 0.0 } else { 2.0 * (one * one + two * two - turn * one * two) / (power * count) }
    }

    fn last_second(&self) -> Vec<f64> {
        let heard = self.heard();
        let decode = if heard.payloads.contains(&0) { ulaw_to_linear } else { alaw_to_linear };
        let begin = heard.octets.len().saturating_sub(8_000);
        heard.octets[begin..].iter().map(|octet| f64::from(decode(*octet))).collect()
    }

    /// Waits until any sound comes.
    ///
    /// # Errors
    /// Where none comes in time.
    pub async fn hears_something(&self, limit: Duration) -> Result<()> {
        self.hears(limit, "a first packet of sound", |ear| !ear.is_empty()).await
    }

    /// Waits until the sound is louder than near silence.
    ///
    /// # Errors
    /// Where it does not become so in time.
    pub async fn hears_loudness(&self, limit: Duration) -> Result<()> {
        self.hears(limit, "sound above silence", |ear| ear.loudness() > 300.0).await
    }

    /// Waits until the prompt begins.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn hears_beginning(&self, prompt: &Prompt, limit: Duration) -> Result<()> {
        self.hears_octets(prompt.beginning(), &format!("the beginning of {}", prompt.id), limit).await
    }

    /// Waits until the whole prompt was heard, octet by octet.
    ///
    /// # Errors
    /// Where it is not in time, or came with a hole.
    pub async fn hears_whole(&self, prompt: &Prompt, limit: Duration) -> Result<()> {
        self.hears_octets(&prompt.sound, &format!("the whole of {}", prompt.id), limit).await
    }

    /// Waits until the whole prompt was heard so many times.
    ///
    /// # Errors
    /// Where it is not in time.
    pub async fn hears_times(&self, prompt: &Prompt, times: usize, limit: Duration) -> Result<()> {
        let count = |ear: &Self| {
            let (heard, mut from, mut found) = (ear.heard(), 0, 0);
            while let Some(place) = find(&heard.octets, &prompt.sound, from) {
                (from, found) = (from + place + prompt.sound.len(), found + 1);
            }
            found
        };
        self.hears(limit, &format!("{times} times {}", prompt.id), |ear| count(ear) >= times).await
    }

    async fn hears_octets(&self, sought: &[u8], what: &str, limit: Duration) -> Result<()> {
        let mut from = 0;
        let found = |ear: &Self| {
            let heard = ear.heard();
            let found = find(&heard.octets, sought, from).is_some();
            from = (heard.octets.len() + 1).saturating_sub(sought.len());
            found
        };
        self.hears(limit, what, found).await
    }

    async fn hears(&self, limit: Duration, what: &str, mut is_so: impl FnMut(&Self) -> bool) -> Result<()> {
        let mut packets = self.packets.subscribe();
        let work = async {
            while !is_so(self) {
                packets.changed().await?;
            }
            Ok(())
        };
        let heard = within(limit, what, work).await;
        heard.with_context(|| format!("{} packets heard, {} lost", *self.packets.borrow(), self.lost()))
    }
}

/// The place of `sought` in `octets` from an index on.
fn find(octets: &[u8], sought: &[u8], from: usize) -> Option<usize> {
    octets.get(from..)?.windows(sought.len().max(1)).position(|part| part == sought)
}

#[cfg(test)]
mod tests {
    use super::Ear;
    use crate::phone::message::Codec;
    use crate::phone::mouth::tone;

    #[test]
    fn a_tone_is_known_by_its_frequency() {
        let ear = Ear::new();
        for (seq, octets) in (0_u16..).zip(tone(Codec::Alaw).chunks(160)) {
            let header = [0x80, 8, seq.to_be_bytes()[0], seq.to_be_bytes()[1], 0, 0, 0, 0, 0, 0, 0, 1];
            ear.take(&[&header[..], octets].concat());
        }
        assert!(ear.share_of(440.0) > 0.95, "{}", ear.share_of(440.0));
        assert!(ear.share_of(1_000.0) < 0.01, "{}", ear.share_of(1_000.0));
        assert!(ear.loudness() > 1_000.0);
        assert_eq!(ear.lost(), 0);
    }
}
