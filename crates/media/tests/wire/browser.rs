//! A browser for tests: a full-ICE str0m client on a real UDP socket, on a thread of its own.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use otklik_media::linear_to_alaw;
use str0m::change::SdpAnswer;
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

use crate::bench::now;
use crate::phone::{Ear, Packet};
use crate::tone;

const FRAME: Duration = Duration::from_millis(20);

/// A tab that speaks a tone once it is connected.
pub(crate) struct Browser {
    pub(crate) ear: Arc<Ear>,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A tab that has made its offer.
pub(crate) struct Offering {
    pub(crate) offer: String,
    rtc: Rtc,
    mid: Mid,
    pending: str0m::change::SdpPendingOffer,
    socket: UdpSocket,
}

pub(crate) fn offer(change: impl FnOnce(RtcConfig) -> RtcConfig) -> Offering {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let config = RtcConfig::new()
        .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
        .set_rtp_mode(true)
        .clear_codecs()
        .enable_pcma(true, false)
        .enable_pcmu(true, false)
        .enable_opus(true, false);
    let mut rtc = change(config).build(now());
    rtc.add_local_candidate(Candidate::host(socket.local_addr().unwrap(), "udp").unwrap());
    let mut api = rtc.sdp_api();
    let mid = api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
    let (offer, pending) = api.apply().unwrap();
    Offering { offer: offer.to_sdp_string(), rtc, mid, pending, socket }
}

impl Offering {
    /// Takes the answer and begins to connect and to speak.
    pub(crate) fn connect(mut self, answer: &str, hz: u32) -> Browser {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending, answer).unwrap();
        let ear = Arc::new(Ear::default());
        let closed = Arc::new(AtomicBool::new(false));
        let (ear_inside, closed_inside) = (Arc::clone(&ear), Arc::clone(&closed));
        let (ready, started) = mpsc::channel();
        let (mut rtc, mid, socket) = (self.rtc, self.mid, self.socket);
        let thread = std::thread::spawn(move || {
            ready.send(()).unwrap();
            run(&mut rtc, mid, &socket, hz, &ear_inside, &closed_inside);
        });
        started.recv().unwrap();
        Browser { ear, closed, thread: Some(thread) }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking());
    }
}

fn run(rtc: &mut Rtc, mid: Mid, socket: &UdpSocket, hz: u32, ear: &Ear, closed: &AtomicBool) {
    let mut speaks_at: Option<Instant> = None;
    let mut frame = 0_u32;
    let mut buffer = [0; 2_048];
    while !closed.load(Ordering::Relaxed) {
        let wake_at = drain(rtc, socket, ear, &mut speaks_at);
        let at = now();
        if speaks_at.is_some_and(|due| due <= at) {
            let payload: Vec<u8> =
                (frame * 160..(frame + 1) * 160).map(|index| linear_to_alaw(tone::sample(hz, index))).collect();
            let mut api = rtc.direct_api();
            let stream = api.stream_tx_by_mid(mid, None).unwrap();
            stream.write_rtp(RtpWrite::new(8.into(), u64::from(1_000 + frame).into(), frame * 160, at, payload));
            rtc.handle_input(Input::Timeout(at)).unwrap();
            frame += 1;
            speaks_at = speaks_at.map(|due| due + FRAME);
            continue;
        }
        let until = speaks_at.map_or(wake_at, |due| due.min(wake_at)).min(at + FRAME);
        let wait = until.saturating_duration_since(at).max(Duration::from_millis(1));
        socket.set_read_timeout(Some(wait)).unwrap();
        match socket.recv_from(&mut buffer) {
            Ok((len, source)) => {
                let destination = socket.local_addr().unwrap();
                let contents = buffer[..len].try_into().unwrap();
                let receive = Receive { proto: Protocol::Udp, source, destination, contents };
                rtc.handle_input(Input::Receive(now(), receive)).unwrap();
            }
            Err(_) => rtc.handle_input(Input::Timeout(now())).unwrap(),
        }
    }
}

fn drain(rtc: &mut Rtc, socket: &UdpSocket, ear: &Ear, speaks_at: &mut Option<Instant>) -> Instant {
    loop {
        match rtc.poll_output().unwrap() {
            Output::Timeout(at) => return at,
            Output::Transmit(out) => drop(socket.send_to(&out.contents, out.destination)),
            Output::Event(Event::Connected) => *speaks_at = Some(now()),
            Output::Event(Event::RtpPacket(packet)) => ear.hear(Packet {
                at: now(),
                payload_type: *packet.header.payload_type,
                marker: packet.header.marker,
                seq: packet.header.sequence_number,
                ts: packet.header.timestamp,
                ssrc: *packet.header.ssrc,
                payload: packet.payload.to_vec(),
            }),
            Output::Event(_) => {}
        }
    }
}
