//! Tables for SDP, and the promise that no text makes the parser panic.

use super::*;
use proptest::prelude::*;

const IDS: SessionIds = SessionIds { session: 7, version: 1 };

fn local() -> SocketAddr {
    "192.0.2.1:16000".parse().unwrap()
}

fn sdp(lines: &str) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 198.51.100.9\r\ns=-\r\nc=IN IP4 198.51.100.9\r\nt=0 0\r\n{}",
        lines.replace('\n', "\r\n")
    )
}

fn answered(lines: &str) -> Result<Negotiated, SdpError> {
    negotiate(&Offer::parse(&sdp(lines))?, local(), IDS)
}

/// Codec, telephone-event, our direction, ptime.
type Expected = Result<(Codec, Option<u8>, Direction, u8), SdpError>;

#[test]
fn offers_and_what_becomes_of_them() {
    use Codec::{Pcma, Pcmu};
    use Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
    let table: [(&str, Expected); 23] = [
        ("m=audio 4000 RTP/AVP 8\n", Ok((Pcma, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 0 8 101\na=rtpmap:101 telephone-event/8000\n", Ok((Pcma, Some(101), SendRecv, 20))),
        (
            "m=audio 4000 RTP/AVP 18 0 96\na=rtpmap:96 TELEPHONE-event/8000\na=ptime:30\n",
            Ok((Pcmu, Some(96), SendRecv, 30)),
        ),
        ("m=audio 4000 RTP/AVP 8 97\na=rtpmap:97 telephone-event/48000\n", Ok((Pcma, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 8\na=rtpmap:101 telephone-event/8000\n", Ok((Pcma, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 8\na=sendonly\n", Ok((Pcma, None, RecvOnly, 20))),
        ("m=audio 4000 RTP/AVP 8\na=recvonly\n", Ok((Pcma, None, SendOnly, 20))),
        ("m=audio 4000 RTP/AVP 8\na=inactive\n", Ok((Pcma, None, Inactive, 20))),
        ("a=sendonly\nm=audio 4000 RTP/AVP 8\n", Ok((Pcma, None, RecvOnly, 20))),
        ("m=audio 4000 RTP/AVP 8\nc=IN IP4 0.0.0.0\na=sendrecv\n", Ok((Pcma, None, Inactive, 20))),
        ("m=audio 4000 RTP/AVP 8\na=ptime:200\n", Ok((Pcma, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 8\na=rtpmap:8 PCMA/8000/1\n", Ok((Pcma, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 8 0\na=rtpmap:8 opus/48000\n", Ok((Pcmu, None, SendRecv, 20))),
        ("m=audio 4000 RTP/AVP 18 9\n", Err(SdpError::NoCommonCodec)),
        ("m=audio 0 RTP/AVP 8\n", Err(SdpError::NoAudio)),
        ("m=audio 4000 RTP/SAVP 8\n", Err(SdpError::NoAudio)),
        ("m=image 4000 udptl t38\n", Err(SdpError::NoAudio)),
        ("", Err(SdpError::NoAudio)),
        ("m=audio 4000 RTP/AVP 8\nc=IN IP4 media.example\n", Err(SdpError::NoAddress)),
        ("m=audio 4000 RTP/AVP 8\nc=IN IP4 255.255.255.255\n", Err(SdpError::NoAddress)),
        ("m=audio 4000 RTP/AVP 8\nc=IN IP4 239.1.2.3/127\n", Err(SdpError::NoAddress)),
        ("m=audio 4000 RTP/AVP 8\nc=IN IP6 ff02::1\n", Err(SdpError::NoAddress)),
        ("m=audio 70000 RTP/AVP 8\n", Err(SdpError::Line(6))),
    ];
    for (offer, expected) in table {
        let found = answered(offer).map(|n| (n.codec, n.dtmf_payload, n.direction, n.ptime_ms));
        assert_eq!(found, expected, "{offer}");
    }
}

#[test]
fn an_answer_keeps_the_order_of_the_streams() {
    let offer = "m=video 5000 RTP/AVP 96 97\nm=audio 4000 RTP/AVP 0 8 100\na=rtpmap:100 telephone-event/8000\na=sendonly\nm=audio 6000 RTP/AVP 8\nm=image 7000 udptl t38\n";
    let negotiated = answered(offer).unwrap();
    assert_eq!(negotiated.remote, "198.51.100.9:4000".parse().unwrap());
    let expected = "v=0\no=- 7 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n\
        m=video 0 RTP/AVP 96 97\n\
        m=audio 16000 RTP/AVP 8 100\na=rtpmap:8 PCMA/8000\na=rtpmap:100 telephone-event/8000\na=fmtp:100 0-15\na=ptime:20\na=recvonly\n\
        m=audio 0 RTP/AVP 8\n\
        m=image 0 udptl t38\n";
    assert_eq!(negotiated.answer, expected.replace('\n', "\r\n"));
}

#[test]
fn the_address_is_that_of_the_stream() {
    let offer = "m=audio 4000 RTP/AVP 8\nc=IN IP6 2001:db8::5\n";
    assert_eq!(answered(offer).unwrap().remote, "[2001:db8::5]:4000".parse().unwrap());
    assert_eq!(answered("m=audio 4000 RTP/AVP 8\nc=IN IP4 2001:db8::5\n"), Err(SdpError::Line(7)));
}

#[test]
fn our_offer_can_be_answered_by_ourselves() {
    let offer = own_offer(local(), IDS);
    let theirs: SocketAddr = "192.0.2.2:18000".parse().unwrap();
    let answer = negotiate(&Offer::parse(&offer).unwrap(), theirs, IDS).unwrap();
    assert_eq!((answer.codec, answer.dtmf_payload, answer.remote), (Codec::Pcma, Some(101), local()));
    let read = read_answer(&answer.answer).unwrap();
    assert_eq!((read.remote, read.codec, read.direction), (theirs, Codec::Pcma, Direction::SendRecv));
}

#[test]
fn what_is_no_sdp() {
    for (text, error) in [
        (String::new(), SdpError::Line(1)),
        ("hello".to_owned(), SdpError::Line(1)),
        ("v=0\r\nnonsense".to_owned(), SdpError::Line(2)),
        ("v=0\r\nm=audio".to_owned(), SdpError::Line(2)),
        ("v=0\r\nm=audio 1 RTP/AVP".to_owned(), SdpError::Line(2)),
        ("v=0\r\nc=ATM x y".to_owned(), SdpError::Line(2)),
        (format!("v=0\r\ns={}", "x".repeat(9000)), SdpError::TooLong),
        (format!("v=0\r\n{}", "m=audio 1 RTP/AVP 8\r\n".repeat(17)), SdpError::TooLong),
        (format!("v=0\r\n{}", "a=x\r\n".repeat(600)), SdpError::TooLong),
    ] {
        assert_eq!(Offer::parse(&text), Err(error), "{}", &text[..text.len().min(40)]);
    }
}

proptest! {
    // 20,000 in the long run (`./run test --long`).
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("OTKLIK_LONG").is_some() { 20_000 } else { 256 }))]
    #[test]
    fn no_text_makes_the_parser_panic(text in "(v=0\r\n)?([a-z]=[ -~]{0,40}\r?\n|m=audio [0-9]{1,6} RTP/AVP [0-9 ]{0,20}\r\n|a=rtpmap:[0-9]{1,4} [a-zA-Z-]{0,20}/[0-9]{0,12}\r\n|\\PC{0,20}){0,20}") {
        if let Ok(offer) = Offer::parse(&text)
            && let Ok(negotiated) = negotiate(&offer, local(), IDS)
        {
            // What we write can be read, and has as many streams as the offer.
            prop_assert_eq!(Offer::parse(&negotiated.answer).unwrap().media.len(), offer.media.len());
        }
    }
}
