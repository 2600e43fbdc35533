//! What a phone says: a steady tone in RTP (RFC 3550) from the answer on, and keys in it (RFC 4733).

use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::UdpSocket;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use crate::g711::linear_to_alaw;
use crate::phone::ear::Ear;
use crate::phone::message::Codec;

/// The tone of the phone, Hz.
const TONE_HZ: f64 = 440.0;
/// Samples of a packet.
const PACKET: usize = 160;
/// Silence in A-law.
const SILENCE: u8 = 0xd5;
const TELEPHONE_EVENT: u8 = 101;
/// How loud a key is said to be, -dBm0.
const VOLUME: u8 = 0x0a;
/// Packets of one key; the last three say that it was let go (RFC 4733 §2.5.1.4).
const KEY_PACKETS: u16 = 8;

/// The RTP socket with its reader and its speaker, which end with it.
#[derive(Debug)]
pub(crate) struct Mouth {
    pub(crate) local: SocketAddr,
    peer: watch::Sender<Option<(SocketAddr, Codec)>>,
    keys: mpsc::Sender<u8>,
    words: watch::Sender<Option<Arc<Words>>>,
    tasks: [JoinHandle<()>; 2],
}

impl Mouth {
    /// Opens the socket, with an ear on it.
    pub(crate) async fn open() -> Result<(Self, Arc<Ear>)> {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
        let local = socket.local_addr()?;
        let ear = Arc::new(Ear::new());
        let (peer, speaks_to) = watch::channel(None);
        let (keys, pressed) = mpsc::channel(16);
        let (words, says) = watch::channel(None);
        let tasks = [
            tokio::spawn(listen(Arc::clone(&socket), Arc::clone(&ear))),
            tokio::spawn(speak(socket, speaks_to, says, pressed)),
        ];
        Ok((Self { local, peer, keys, words, tasks }, ear))
    }

    /// Begins to speak.
    pub(crate) fn speak_to(&self, peer: SocketAddr, codec: Codec) {
        self.peer.send_replace(Some((peer, codec)));
    }

    /// Says these A-law octets instead of the tone, and then nothing; gives what tells when all is said.
    pub(crate) fn say(&self, octets: Vec<u8>) -> Arc<Words> {
        let words = Arc::new(Words { octets, said: Notify::new() });
        self.words.send_replace(Some(Arc::clone(&words)));
        words
    }

    pub(crate) async fn press(&self, digit: u8) -> Result<()> {
        self.keys.send(digit).await.context("the phone has stopped to speak")
    }
}

impl Drop for Mouth {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn listen(socket: Arc<UdpSocket>, ear: Arc<Ear>) {
    let mut packet = [0; 2_048];
    loop {
        // As on the SIP socket: an ICMP error is no end.
        if let Ok(length) = socket.recv(&mut packet).await {
            ear.take(&packet[..length]);
        }
    }
}

async fn speak(
    socket: Arc<UdpSocket>,
    mut speaks_to: watch::Receiver<Option<(SocketAddr, Codec)>>,
    mut says: watch::Receiver<Option<Arc<Words>>>,
    mut pressed: mpsc::Receiver<u8>,
) {
    let Ok(Some((peer, codec))) = speaks_to.wait_for(Option::is_some).await.map(|peer| *peer) else { return };
    let tone = tone(codec);
    let mut frames = tone.chunks(PACKET).cycle();
    let payload = match codec {
        Codec::Alaw => 8,
        Codec::Ulaw => 0,
    };
    let mut pace = tokio::time::interval(Duration::from_millis(20));
    let (mut seq, mut stamp) = (0_u16, 0_u32);
    let mut key: Option<(u8, u16, u32)> = None;
    let (mut words, mut said): (Option<Arc<Words>>, usize) = (None, 0);
    loop {
        pace.tick().await;
        if says.has_changed().unwrap_or(false) {
            (words, said) = (says.borrow_and_update().clone(), 0);
        }
        if key.is_none() {
            key = pressed.try_recv().ok().map(|digit| (digit, 0, stamp));
        }
        let packet = if let Some((digit, sent, begun)) = &mut key {
            let packet = key_packet(seq, *begun, *digit, *sent);
            *sent += 1;
            packet
        } else {
            let tone = || frames.next().unwrap_or_default().to_vec();
            let sound = words.as_ref().map_or_else(tone, |words| words.frame(&mut said));
            header(seq, stamp, payload).into_iter().chain(sound).collect()
        };
        key = key.filter(|(_, sent, _)| *sent < KEY_PACKETS);
        // The other side may have gone already.
        drop(socket.send_to(&packet, peer).await);
        (seq, stamp) = (seq.wrapping_add(1), stamp.wrapping_add(160));
    }
}

/// Something to be said once.
#[derive(Debug)]
pub(crate) struct Words {
    octets: Vec<u8>,
    pub(crate) said: Notify,
}

impl Words {
    /// The next packet; silence behind the end, at which whoever waits is told.
    fn frame(&self, said: &mut usize) -> Vec<u8> {
        let mut frame: Vec<u8> = self.octets.iter().skip(*said).take(PACKET).copied().collect();
        *said += PACKET;
        if frame.is_empty() {
            self.said.notify_one();
        }
        frame.resize(PACKET, SILENCE);
        frame
    }
}

fn header(seq: u16, stamp: u32, payload: u8) -> Vec<u8> {
    let mut bytes = vec![0x80, payload];
    bytes.extend(seq.to_be_bytes());
    bytes.extend(stamp.to_be_bytes());
    bytes.extend(*b"PHON");
    bytes
}

/// The `n`th packet of a key.
fn key_packet(seq: u16, begun: u32, digit: u8, n: u16) -> Vec<u8> {
    let mut bytes = header(seq, begun, TELEPHONE_EVENT | if n == 0 { 0x80 } else { 0 });
    let end = if n >= KEY_PACKETS - 3 { 0x80 } else { 0 };
    let duration = 160 * (n + 1).min(KEY_PACKETS - 2);
    bytes.extend([digit, end | VOLUME]);
    bytes.extend(duration.to_be_bytes());
    bytes
}

/// One second of the tone.
pub(crate) fn tone(codec: Codec) -> Vec<u8> {
    // The tone in mu-law: loud and quiet halves are enough for whoever only wants to be heard.
    let sample = |n: u32| (TAU * TONE_HZ * f64::from(n) / 8_000.0).sin() * 8_000.0;
    let period = |n: u32| match codec {
        #[expect(clippy::cast_possible_truncation, reason = "8,000 fits")]
        Codec::Alaw => linear_to_alaw(sample(n) as i16),
        Codec::Ulaw if sample(n) > 0.0 => 0xa0,
        Codec::Ulaw => 0x20,
    };
    (0..8_000).map(period).collect()
}
