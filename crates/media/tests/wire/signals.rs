//! What phones tell beside sound: keys, silence, junk; and limits.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::sync::Arc;

use otklik_media::{Clip, Codec, MediaConfig, MediaError, MediaEvent, RemoteRtp, Sending, start};
use otklik_model::PlayId;

use crate::bench::{Bench, LIMIT, leg};
use crate::phone::rtp;

fn remote(socket: &UdpSocket, sending: Sending) -> RemoteRtp {
    RemoteRtp {
        addr: socket.local_addr().unwrap(),
        codec: Codec::Pcma,
        dtmf_payload: Some(96),
        sending,
        also_from: None,
    }
}

#[test]
fn keys_are_reported_once_whatever_arrives_between_them() {
    let mut bench = Bench::new(20_600, |_| {});
    let addr = bench.media.open_rtp(leg(1)).unwrap();
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    bench.media.set_remote(leg(1), remote(&phone, Sending::Both));
    let send = |payload_type, seq, ts, payload: &[u8]| {
        phone.send_to(&rtp(payload_type, seq, ts, 7, payload), addr).unwrap();
    };
    phone.send_to(b"junk", addr).unwrap();
    send(8, 1, 0, &[0xd5; 160]);
    for (seq, flags) in [(2, 0x0a), (3, 0x0a), (4, 0x8a), (5, 0x8a), (6, 0x8a)] {
        send(96, seq, 160, &[5, flags, 1, 0]);
        send(101, seq, 160, &[6, flags, 1, 0]);
    }
    // A stranger's key on the locked leg is not the caller's.
    let stranger = UdpSocket::bind("127.0.0.1:0").unwrap();
    stranger.send_to(&rtp(96, 7, 900, 7, &[9, 0x8a, 1, 0]), addr).unwrap();
    send(96, 8, 1_000, &[11, 0x8a, 1, 0]);
    assert_eq!(bench.event(), MediaEvent::Dtmf { leg: leg(1), digit: '5' });
    assert_eq!(bench.event(), MediaEvent::Dtmf { leg: leg(1), digit: '#' });
    assert!(bench.quiet());
}

#[test]
fn silence_is_reported_once_and_again_after_a_sign_of_life() {
    let mut bench = Bench::new(20_900, |config| (config.rtp_timeout_ms, config.rtp_never_ms) = (150, 400));
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    let held = bench.media.open_rtp(leg(2)).unwrap();
    bench.media.set_remote(leg(2), remote(&phone, Sending::Nobody));
    let addr = bench.media.open_rtp(leg(1)).unwrap();
    bench.media.set_remote(leg(1), remote(&phone, Sending::Both));
    assert_ne!(held, addr);
    let heard = bench.media.open_rtp(leg(3)).unwrap();
    bench.media.set_remote(leg(3), remote(&phone, Sending::Both));
    phone.send_to(&rtp(8, 1, 0, 9, &[0xd5; 160]), heard).unwrap();
    assert_eq!(bench.event(), MediaEvent::Silent { leg: leg(3) }, "who was never heard has the longer term");
    bench.media.close(leg(3));
    assert_eq!(bench.event(), MediaEvent::Silent { leg: leg(1) });
    phone.send_to(&rtp(8, 1, 0, 7, &[0xd5; 160]), addr).unwrap();
    assert_eq!(bench.event(), MediaEvent::Silent { leg: leg(1) });
    // The held leg had as long a silence and was not reported; this comes after whatever it might have said.
    bench.media.play(leg(2), PlayId(1), vec![Arc::new(Clip::from_alaw(vec![1; 2_400]))], None);
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: leg(2), play: PlayId(1) });
    phone.set_nonblocking(true).unwrap();
    assert!(phone.recv_from(&mut [0; 512]).is_err(), "nothing is sent to who does not want it");
}

#[test]
fn playing_done_comes_once_for_each_list_that_ends_and_never_for_a_replaced_one() {
    let mut bench = Bench::new(21_200, |_| {});
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    bench.media.open_rtp(leg(1)).unwrap();
    bench.media.set_remote(leg(1), remote(&phone, Sending::Both));
    let clip = |byte| Arc::new(Clip::from_alaw(vec![byte; 800]));
    bench.media.play(leg(1), PlayId(1), vec![clip(1)], None);
    bench.media.play(leg(1), PlayId(2), vec![clip(2), clip(3)], Some(1));
    phone.set_read_timeout(Some(LIMIT)).unwrap();
    let mut frames = Vec::new();
    let mut buffer = [0; 512];
    while frames.len() < 15 {
        let (len, _) = phone.recv_from(&mut buffer).unwrap();
        frames.push(buffer[len - 1]);
    }
    frames.retain(|byte| *byte != 1);
    assert!(frames[..5] == [2; 5] && frames[5..].iter().all(|byte| *byte == 3), "the second part repeats: {frames:?}");
    bench.media.play(leg(1), PlayId(3), vec![], None);
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: leg(1), play: PlayId(3) });
    bench.media.play(leg(1), PlayId(4), vec![clip(4)], None);
    bench.media.close(leg(1));
    bench.media.open_rtp(leg(2)).unwrap();
    bench.media.play(leg(2), PlayId(5), vec![clip(5)], None);
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: leg(2), play: PlayId(5) }, "also where nobody listens");
    assert!(bench.quiet());
}

#[test]
fn an_address_that_nobody_can_be_told_is_refused() {
    let config = MediaConfig::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), std::env::temp_dir());
    let (out, _events) = tokio::sync::mpsc::channel(1);
    assert!(matches!(start(config, out), Err(MediaError::Address)));
}

#[test]
fn limits_refuse_and_give_back() {
    let bench = Bench::new(21_500, |config| {
        config.ports = 21_500..=21_505;
        config.legs_max = 2;
    });
    // One port of the six is the browsers'; of the three pairs two are left.
    assert_eq!(bench.media.web_addr().port(), 21_500);
    let first = bench.media.open_rtp(leg(1)).unwrap();
    bench.media.open_rtp(leg(2)).unwrap();
    assert!(matches!(bench.media.open_rtp(leg(3)), Err(MediaError::Busy)));
    assert!(matches!(bench.media.open_web(leg(3), "v=0"), Err(MediaError::Busy)));
    let taken = UdpSocket::bind(first).unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AddrInUse);
    bench.media.close(leg(1));
    let end = crate::bench::now() + LIMIT;
    while bench.media.live_legs() > 1 {
        assert!(crate::bench::now() < end);
        std::thread::yield_now();
    }
    assert!(
        matches!(bench.media.open_web(leg(3), "v=0"), Err(MediaError::Offer(_))),
        "refused, and its place given back"
    );
    assert_eq!(bench.media.open_rtp(leg(4)).unwrap(), first, "round the range and back");
}
