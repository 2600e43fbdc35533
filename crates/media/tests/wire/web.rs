//! A browser's leg: the answer's text, the way up, sound both ways with a phone, and the way down.

use std::sync::Arc;

use otklik_media::{Clip, Codec, MediaError, MediaEvent, RemoteRtp, Sending};
use otklik_model::PlayId;

use crate::bench::{Bench, call, leg};
use crate::browser::offer;
use crate::phone::Phone;
use crate::talk::assert_one_timeline;
use crate::tone;

const TONES: [u32; 3] = [440, 700, 1_000];

fn lines<'a>(sdp: &'a str, start: &str) -> Vec<&'a str> {
    sdp.lines().filter(|line| line.starts_with(start)).collect()
}

/// An offer with what Chromium adds: a candidate under a name that only it can resolve.
fn with_mdns(offer: &str) -> String {
    let hidden = "a=candidate:1 1 udp 2113937151 3c5a1f7e-8b2d-4a9c-9f00-1d2e3f405162.local 50000 typ host generation 0 \
                  network-cost 999\r\na=end-of-candidates\r\n";
    format!("{offer}{hidden}")
}

#[test]
fn the_answer_holds_pcma_one_candidate_and_nothing_that_the_browser_must_wait_for() {
    let bench = Bench::new(21_800, |_| {});
    let answer = bench.media.open_web(leg(1), &with_mdns(&offer(|config| config).offer)).unwrap();
    assert_eq!(lines(&answer, "a=ice-lite").len(), 1);
    assert_eq!(lines(&answer, "a=setup:"), ["a=setup:passive"]);
    assert_eq!(lines(&answer, "a=rtcp-mux").len(), 1);
    assert_eq!(lines(&answer, "a=sendrecv").len(), 1);
    assert_eq!(lines(&answer, "a=rtpmap:"), ["a=rtpmap:8 PCMA/8000"]);
    let media = lines(&answer, "m=");
    assert_eq!(media.len(), 1);
    assert!(media[0].starts_with("m=audio ") && media[0].ends_with(" 8"), "{media:?}");
    let candidates = lines(&answer, "a=candidate:");
    let web_addr = bench.media.web_addr();
    assert_eq!(candidates.len(), 1, "{candidates:?}");
    assert!(candidates[0].contains(&format!(" {} {} typ host", web_addr.ip(), web_addr.port())), "{candidates:?}");
    let other = bench.media.open_web(leg(2), &offer(|config| config).offer).unwrap();
    assert_eq!(lines(&other, "a=fingerprint:"), lines(&answer, "a=fingerprint:"), "one certificate for the process");
    assert_ne!(lines(&other, "a=ice-ufrag:"), lines(&answer, "a=ice-ufrag:"));
}

#[test]
fn offers_that_cannot_be_answered_are_refused() {
    let bench = Bench::new(22_100, |_| {});
    let good = offer(|config| config).offer;
    let only_opus = offer(|config| config.clear_codecs().enable_opus(true, false)).offer;
    let twice = format!("{good}{}", &good[good.find("m=audio").unwrap()..]);
    let table = [
        ("nothing", String::new()),
        ("no SDP", "hello".repeat(100)),
        ("too long", format!("{good}{}", "a=x\r\n".repeat(20_000))),
        ("no PCMA", only_opus),
        ("two lines", twice),
        (
            "no key",
            good.lines()
                .filter(|line| !line.starts_with("a=fingerprint"))
                .fold(String::new(), |all, line| all + line + "\r\n"),
        ),
        ("they would be passive", good.replace("a=setup:actpass", "a=setup:passive")),
        ("they only listen", good.replace("a=sendrecv", "a=recvonly")),
    ];
    for (name, offer) in table {
        let refused = bench.media.open_web(leg(1), &offer);
        assert!(matches!(refused, Err(MediaError::Offer(_))), "{name}: {refused:?}");
    }
    assert_eq!(bench.media.live_legs(), 0);
}

#[test]
fn a_browser_and_a_phone_talk_on_one_timeline_each_until_the_tab_is_gone() {
    let mut bench = Bench::new(22_400, |config| config.web_timeout_ms = 700);
    let (caller, desk) = (leg(1), leg(2));
    let tab = offer(|config| config);
    let answer = bench.media.open_web(desk, &with_mdns(&tab.offer)).unwrap();
    let tab = tab.connect(&answer, 1_000);
    assert_eq!(bench.event(), MediaEvent::Up { leg: desk });

    let addr = bench.media.open_rtp(caller).unwrap();
    let phone = Phone::speak(addr, Codec::Pcmu, 440);
    let remote =
        RemoteRtp { addr: phone.addr, codec: Codec::Pcmu, dtmf_payload: None, sending: Sending::Both, also_from: None };
    bench.media.set_remote(caller, remote);
    let ring = vec![Arc::new(Clip::from_alaw(tone::alaw(700, 200)))];
    bench.media.play(desk, PlayId(1), ring.clone(), Some(0));
    tab.ear.wait_for_tone(700, &TONES);
    bench.media.join(desk, caller);
    phone.ear.wait_for_tone(1_000, &TONES);
    tab.ear.wait_for_tone(440, &TONES);
    bench.media.play(desk, PlayId(2), ring, None);
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: desk, play: PlayId(2) });
    let heard = tab.ear.heard();
    assert!(heard.iter().all(|packet| packet.payload_type == 8));
    assert_one_timeline(&heard);
    assert_one_timeline(&phone.ear.heard());

    drop(tab);
    assert_eq!(bench.event(), MediaEvent::Down { leg: desk });
    bench.media.close(desk);
    bench.media.close(caller);
    assert!(bench.quiet());
}

#[test]
fn a_callers_page_comes_back_to_the_same_talk_and_recording() {
    let mut bench = Bench::new(22_700, |config| config.web_timeout_ms = 700);
    let (caller, desk) = (leg(1), leg(2));
    let mut open = |leg, hz| {
        let tab = offer(|config| config);
        let answer = bench.media.open_web(leg, &tab.offer).unwrap();
        let tab = tab.connect(&answer, hz);
        assert_eq!(bench.event(), MediaEvent::Up { leg });
        tab
    };
    let (specialist, page) = (open(desk, 1_000), open(caller, 440));
    bench.media.record(caller, call(7), "2026-11-24/renewed.wav".to_owned());
    bench.media.join(caller, desk);
    specialist.ear.wait_for_tone(440, &TONES);
    page.ear.wait_for_tone(1_000, &TONES);

    // The page is loaded again: another connection, another tone, the same leg.
    drop(page);
    let tab = offer(|config| config);
    let answer = bench.media.renew_web(caller, &tab.offer).unwrap();
    let page = tab.connect(&answer, 700);
    // The old connection may have been given up meanwhile.
    while bench.event() != (MediaEvent::Up { leg: caller }) {}
    specialist.ear.wait_for_tone(700, &TONES);
    page.ear.wait_for_tone(1_000, &TONES);
    assert_eq!(bench.media.live_legs(), 2);
    bench.media.close(caller);
    let closed = loop {
        if let MediaEvent::RecordingClosed(closed) = bench.event() {
            break closed;
        }
    };
    assert_eq!((closed.call, closed.dropped_frames), (call(7), 0));
    assert!(bench.media.renew_web(caller, "v=0").is_err());
    drop((page, specialist));
}
