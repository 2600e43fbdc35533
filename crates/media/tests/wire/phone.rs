//! A phone for tests: speaks a tone every 20 ms on a thread of its own and keeps what it hears.

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use otklik_media::{Codec, linear_to_alaw, linear_to_ulaw, ulaw_to_linear};

use crate::bench::{LIMIT, now};
use crate::tone;

const FRAME: Duration = Duration::from_millis(20);

/// An RTP packet that was heard.
#[derive(Debug, Clone)]
pub(crate) struct Packet {
    pub(crate) at: Instant,
    pub(crate) payload_type: u8,
    pub(crate) marker: bool,
    pub(crate) seq: u16,
    pub(crate) ts: u32,
    pub(crate) ssrc: u32,
    pub(crate) payload: Vec<u8>,
}

/// What a phone or browser has heard, with a bell for each packet.
#[derive(Default)]
pub(crate) struct Ear {
    packets: Mutex<Vec<Packet>>,
    bell: Condvar,
}

impl Ear {
    pub(crate) fn hear(&self, packet: Packet) {
        self.packets.lock().unwrap().push(packet);
        self.bell.notify_all();
    }

    pub(crate) fn heard(&self) -> Vec<Packet> {
        self.packets.lock().unwrap().clone()
    }

    /// Waits until the packets fulfil `wanted`; gives them all.
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&[Packet]) -> bool) -> Vec<Packet> {
        let packets = self.packets.lock().unwrap();
        let (packets, end) = self.bell.wait_timeout_while(packets, LIMIT, |packets| !wanted(packets)).unwrap();
        assert!(!end.timed_out(), "{what} was not heard; {} packets were", packets.len());
        packets.clone()
    }

    /// Waits for a second in which one tone alone is heard.
    pub(crate) fn wait_for_tone(&self, hz: u32, candidates: &[u32]) -> Vec<Packet> {
        self.wait(&format!("{hz} Hz"), |packets| {
            let Some(from) = packets.len().checked_sub(50) else {
                return false;
            };
            tone::only_tone(&sound(&packets[from..]), candidates) == Some(hz)
        })
    }
}

/// The sound of packets one after the other, as A-law.
pub(crate) fn sound(packets: &[Packet]) -> Vec<u8> {
    let one = |packet: &Packet| match packet.payload_type {
        0 => packet.payload.iter().map(|code| linear_to_alaw(ulaw_to_linear(*code))).collect(),
        _ => packet.payload.clone(),
    };
    packets.iter().flat_map(one).collect()
}

/// A pair of neighbouring ports, even and odd.
pub(crate) fn socket_pair() -> (UdpSocket, UdpSocket) {
    for _ in 0..500 {
        let rtp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = rtp.local_addr().unwrap().port();
        if port.is_multiple_of(2)
            && let Ok(control) = UdpSocket::bind(("127.0.0.1", port + 1))
        {
            return (rtp, control);
        }
    }
    panic!("no free pair of ports");
}

/// Writes an RTP packet.
pub(crate) fn rtp(payload_type: u8, seq: u16, ts: u32, ssrc: u32, payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0x80, payload_type];
    out.extend(seq.to_be_bytes());
    out.extend(ts.to_be_bytes());
    out.extend(ssrc.to_be_bytes());
    out.extend(payload);
    out
}

fn read(datagram: &[u8]) -> Packet {
    assert_eq!(datagram[0], 0x80, "version 2, nothing else");
    let word = |at: usize| u32::from_be_bytes(datagram[at..at + 4].try_into().unwrap());
    Packet {
        at: now(),
        payload_type: datagram[1] & 0x7f,
        marker: datagram[1] & 0x80 != 0,
        seq: u16::from_be_bytes([datagram[2], datagram[3]]),
        ts: word(4),
        ssrc: word(8),
        payload: datagram[12..].to_vec(),
    }
}

/// A phone that speaks.
pub(crate) struct Phone {
    pub(crate) addr: SocketAddr,
    pub(crate) ear: Arc<Ear>,
    pub(crate) control: UdpSocket,
    hung_up: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Phone {
    /// Calls the media's address and speaks a tone until it is dropped.
    pub(crate) fn speak(to: SocketAddr, codec: Codec, hz: u32) -> Self {
        let (socket, control) = socket_pair();
        let addr = socket.local_addr().unwrap();
        let ear = Arc::new(Ear::default());
        let hung_up = Arc::new(AtomicBool::new(false));
        let (ear_inside, hung_up_inside) = (Arc::clone(&ear), Arc::clone(&hung_up));
        let thread = std::thread::spawn(move || speak(&socket, to, codec, hz, &ear_inside, &hung_up_inside));
        Self { addr, ear, control, hung_up, thread: Some(thread) }
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.hung_up.store(true, Ordering::Relaxed);
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking());
    }
}

fn speak(socket: &UdpSocket, to: SocketAddr, codec: Codec, hz: u32, ear: &Ear, hung_up: &AtomicBool) {
    let mut due = now();
    let mut buffer = [0; 2_048];
    let mut frame = 0_u16;
    while !hung_up.load(Ordering::Relaxed) {
        let wait = due.saturating_duration_since(now());
        if wait.is_zero() {
            let first = u32::from(frame) * 160;
            let encode = |index| match codec {
                Codec::Pcma => linear_to_alaw(tone::sample(hz, index)),
                Codec::Pcmu => linear_to_ulaw(tone::sample(hz, index)),
            };
            let payload: Vec<u8> = (first..first + 160).map(encode).collect();
            // Numbers that wrap soon, as they do in long calls.
            let packet = rtp(
                codec.payload_type(),
                65_500_u16.wrapping_add(frame),
                (u32::MAX - 9_000).wrapping_add(first),
                hz,
                &payload,
            );
            socket.send_to(&packet, to).unwrap();
            frame += 1;
            due += FRAME;
            continue;
        }
        socket.set_read_timeout(Some(wait.max(Duration::from_millis(1)))).unwrap();
        if let Ok((len, from)) = socket.recv_from(&mut buffer) {
            assert_eq!(from, to, "symmetric: from where we send to");
            ear.hear(read(&buffer[..len]));
        }
    }
}
