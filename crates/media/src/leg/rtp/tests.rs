//! An RTP port on real sockets in virtual time: reports, signs of life, whom it sends to.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use super::{RemoteRtp, RtpPort, Sending, SocketPair};
use crate::clock;
use crate::g711::Codec;
use crate::leg::Heard;
use crate::rtcp::{self, Presence, Sent};
use crate::rtp::{self, Header};
use crate::timeline::Timeline;

fn socket() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_nonblocking(true).unwrap();
    socket
}

fn port(now: Instant) -> RtpPort {
    RtpPort::new(SocketPair { rtp: socket(), control: socket() }, now, [1; 12])
}

fn sound(payload_type: u8, seq: u16, len: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let header = Header { marker: false, payload_type, seq, ts: u32::from(seq) * 160, ssrc: 77 };
    rtp::write(header, &vec![0xd5; len], &mut out);
    out
}

fn remote(to: &UdpSocket, sending: Sending) -> RemoteRtp {
    RemoteRtp { addr: to.local_addr().unwrap(), codec: Codec::Pcmu, dtmf_payload: Some(101), sending, also_from: None }
}

/// What lies at a socket; loopback delivers before the sender's call returns.
fn waiting(socket: &UdpSocket) -> Option<Vec<u8>> {
    let mut buffer = [0; 2_048];
    socket.recv_from(&mut buffer).ok().map(|(len, _)| buffer[..len].to_vec())
}

#[test]
fn reports_go_every_five_seconds_to_where_reports_come_from() {
    let start = clock::now();
    let at = |ms| start + Duration::from_millis(ms);
    let (phone, phone_control) = (socket(), socket());
    let mut timeline = Timeline::new(start, [0; 6]);
    let mut port = port(start);
    port.set_remote(start, remote(&phone, Sending::Both));
    let slot = timeline.frame(start, 160);
    port.send(slot, Codec::Pcma, &[0xd5; 160]).unwrap();
    let heard = waiting(&phone).unwrap();
    assert_eq!((heard[1], heard.len(), heard[12]), (0x80, 172, 0xfe), "mu-law with a marker");
    port.receive(at(20), phone.local_addr().unwrap(), &sound(8, 1, 160));
    port.receive(at(40), phone.local_addr().unwrap(), &sound(8, 3, 160));

    let mut report = Vec::new();
    let sent = Sent { ntp: 0x0000_0005_8000_0000, ts: 0, packets: 2, octets: 320 };
    rtcp::write(&mut report, 77, Some(sent), None, "phone", Presence::Stays);
    port.receive_report(at(4_000), phone_control.local_addr().unwrap(), &report);
    port.report_when_due(at(4_999), &timeline);
    assert_eq!(waiting(&phone_control), None);
    port.report_when_due(at(5_000), &timeline);
    let ours = waiting(&phone_control).unwrap();
    let said = rtcp::parse(&ours, 77).unwrap();
    let about = said.about_us.unwrap();
    assert_eq!((about.fraction_lost, about.lost, about.highest_seq), (85, 1, 3));
    assert_eq!((about.lsr, about.dlsr), (0x0005_8000, 65_536), "one second since their report");
    assert_eq!(u32::from_be_bytes(ours[8..12].try_into().unwrap()), 5, "seconds of the leg's age");
    port.report_when_due(at(9_999), &timeline);
    assert_eq!(waiting(&phone_control), None);
    port.report_when_due(at(10_000), &timeline);
    assert_eq!(waiting(&phone_control).unwrap()[1], 201, "nothing sent since: a receiver report");
}

#[test]
fn only_sound_keys_and_comfort_noise_are_taken_and_all_are_signs_of_life() {
    let start = clock::now();
    let phone = socket();
    let (phone_addr, stranger_addr) = (phone.local_addr().unwrap(), "192.0.2.1:4000".parse().unwrap());
    let mut port = port(start);
    assert!(matches!(port.receive(start, phone_addr, &sound(8, 1, 160)), Heard::Junk), "before any SDP");
    port.set_remote(start, remote(&phone, Sending::ToUsOnly));
    assert!(!port.may_send());
    let table = [
        (8, 160, true),
        (0, 80, true),
        (13, 1, true),
        (101, 4, true),
        (96, 4, false),
        (8, 0, false),
        (8, 801, false),
        (3, 33, false),
    ];
    let limit = Duration::from_secs(30);
    let mut now = start;
    for (payload_type, len, taken) in table {
        now += Duration::from_secs(20);
        let datagram = sound(payload_type, 5, len);
        let heard = port.receive(now, phone_addr, &datagram);
        assert_eq!(!matches!(heard, Heard::Junk), taken, "type {payload_type}, {len} bytes");
        if taken {
            assert!(!port.fell_silent(now + Duration::from_secs(29), limit, limit));
        }
    }
    assert!(matches!(port.receive(now, stranger_addr, &sound(8, 6, 160)), Heard::Junk));
    assert!(port.fell_silent(now, limit, limit), "junk and strangers are no signs of life");
    assert!(!port.fell_silent(now, limit, limit), "once");
    let mut report = Vec::new();
    rtcp::write(&mut report, 77, None, None, "phone", Presence::Stays);
    port.receive_report(now, phone_addr, &report);
    assert!(port.fell_silent(now + limit, limit, limit), "a report was a sign of life, and then nothing");
}
