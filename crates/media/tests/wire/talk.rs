//! A call between two phones: prompt, talk with recording, prompt again.

use std::sync::Arc;
use std::time::Duration;

use otklik_media::{Clip, Codec, MediaEvent, RemoteRtp, Sending, recover_wav};
use otklik_model::PlayId;

use crate::bench::{Bench, LIMIT, call, leg};
use crate::phone::{Packet, Phone};
use crate::tone;

const TONES: [u32; 4] = [440, 700, 1_000, 1_900];

/// One run for the whole life: one source, no number missing or twice, timestamps that go with the sound and, at a
/// new talk spurt, with real time.
pub(crate) fn assert_one_timeline(packets: &[Packet]) {
    assert!(packets[0].marker, "the first packet begins a spurt");
    for pair in packets.windows(2) {
        let [before, after] = pair else { unreachable!() };
        assert_eq!(after.ssrc, before.ssrc);
        assert_eq!(after.seq, before.seq.wrapping_add(1));
        let step = after.ts.wrapping_sub(before.ts);
        if after.marker {
            let real = u32::try_from(after.at.duration_since(before.at).as_millis()).unwrap() * 8;
            assert!(step >= 160 && step.abs_diff(real) < 4_000, "spurt after {step} samples, {real} in real time");
        } else {
            assert_eq!(step, 160);
        }
    }
}

#[test]
fn prompt_talk_and_prompt_on_one_timeline_with_each_voice_in_its_channel() {
    let mut bench = Bench::new(20_000, |_| {});
    let (caller, specialist) = (leg(1), leg(2));
    let addrs = [caller, specialist].map(|leg| bench.media.open_rtp(leg).unwrap());
    assert!(addrs.iter().all(|addr| addr.port() % 2 == 0));
    let phone = Phone::speak(addrs[0], Codec::Pcma, 440);
    let desk = Phone::speak(addrs[1], Codec::Pcmu, 1_000);
    for (leg, addr, codec) in [(caller, phone.addr, Codec::Pcma), (specialist, desk.addr, Codec::Pcmu)] {
        bench.media.set_remote(
            leg,
            RemoteRtp { addr, codec, dtmf_payload: Some(101), sending: Sending::Both, also_from: None },
        );
    }
    let prompt = |hz, ms| vec![Arc::new(Clip::from_alaw(tone::alaw(hz, ms)))];
    bench.media.play(caller, PlayId(1), prompt(700, 400), None);
    bench.media.play(specialist, PlayId(2), prompt(1_900, 20), Some(0));
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: caller, play: PlayId(1) });
    let heard = phone.ear.heard();
    assert!(heard.len() >= 20, "{} of 20 frames at PlayDone", heard.len());
    desk.ear.wait_for_tone(1_900, &TONES);

    bench.media.record(caller, call(9), "talk.wav".into());
    bench.media.join(caller, specialist);
    phone.ear.wait_for_tone(1_000, &TONES);
    desk.ear.wait_for_tone(440, &TONES);

    bench.media.play(caller, PlayId(3), prompt(700, 1_500), None);
    phone.ear.wait_for_tone(700, &TONES);
    assert_eq!(bench.event(), MediaEvent::PlayDone { leg: caller, play: PlayId(3) });
    let desk_heard = desk.ear.heard().len();
    bench.media.join(specialist, caller);
    desk.ear.wait("the caller again", |packets| packets.len() > desk_heard + 10);
    assert_one_timeline(&phone.ear.heard());
    assert_one_timeline(&desk.ear.heard());
    assert!(desk.ear.heard().iter().all(|packet| packet.payload_type == 0));

    bench.media.close(caller);
    let MediaEvent::RecordingClosed(closed) = bench.event() else { panic!("the leg's end is the recording's") };
    assert_eq!((closed.call, closed.file.as_str(), closed.dropped_frames), (call(9), "talk.wav", 0));
    let path = bench.folder.join("talk.wav");
    let bytes = std::fs::read(&path).unwrap();
    let moments = bytes[58..].as_chunks::<2>().0;
    let side =
        |index: usize, from: usize| moments[from..from + 4_000].iter().map(|both| both[index]).collect::<Vec<_>>();
    assert_eq!(tone::only_tone(&side(0, 2_000), &TONES), Some(440));
    assert_eq!(tone::only_tone(&side(1, 2_000), &TONES), Some(1_000));
    // While the caller heard the second prompt their voice went on: without a crack, each frame in its place.
    assert_eq!(tone::only_tone(&side(0, moments.len() - 8_000), &TONES), Some(440));
    assert!(closed.duration_ms > 2_500 && closed.duration_ms < u64::try_from(LIMIT.as_millis()).unwrap());
    let quiet = moments.iter().filter(|moment| moment[1] == 0xd5).count();
    assert!(quiet > 8_000, "the prompt's time is silent on the right: {quiet} samples");

    // What a crash would leave behind is made whole.
    let half = (bytes.len() / 2) | 1;
    let cut = bench.folder.join("cut.wav");
    std::fs::write(&cut, &bytes[..half]).unwrap();
    let recovered = recover_wav(&cut).unwrap();
    assert_eq!(recovered.size_bytes, u64::try_from(half).unwrap() - 1);
    assert_eq!(recover_wav(&path).unwrap().sha256, closed.sha256);
}

#[test]
fn the_end_of_a_leg_is_said_by_rtcp_and_frees_everything() {
    let mut bench = Bench::new(20_300, |_| {});
    let addr = bench.media.open_rtp(leg(1)).unwrap();
    let phone = Phone::speak(addr, Codec::Pcma, 440);
    let remote =
        RemoteRtp { addr: phone.addr, codec: Codec::Pcma, dtmf_payload: None, sending: Sending::Both, also_from: None };
    bench.media.set_remote(leg(1), remote);
    bench.media.play(leg(1), PlayId(1), vec![Arc::new(Clip::from_alaw(tone::alaw(700, 100)))], None);
    bench.event();
    let ours = phone.ear.heard()[0].ssrc.to_be_bytes();
    bench.media.close(leg(1));
    phone.control.set_read_timeout(Some(LIMIT)).unwrap();
    let mut report = [0; 512];
    let (len, from) = phone.control.recv_from(&mut report).unwrap();
    assert_eq!(from.port(), addr.port() + 1);
    assert_eq!((report[1], &report[4..8]), (200, &ours[..]), "a sender report of ours");
    assert_eq!(u32::from_be_bytes(report[20..24].try_into().unwrap()), 5, "packets sent");
    assert_eq!(&report[28..32], 440_u32.to_be_bytes(), "about the phone's stream");
    assert_eq!((report[len - 7], &report[len - 4..len]), (203, &ours[..]), "and goodbye");
    assert!(bench.media.beat() < Duration::from_secs(1));
    assert!(bench.quiet());
}
