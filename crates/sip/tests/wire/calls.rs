//! Calls that come about, and each way in which they end.

use crate::phone::{ANSWER, OFFER, Phone, Port, body, header};
use otklik_sip::{DialogId, EndedBy, Limits, SipEvent};
use std::time::Duration;

/// Rings through to the talk.
fn talking(port: &mut Port) -> (Phone, DialogId) {
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    phone.response(200, "INVITE");
    phone.send("ACK", "");
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
    (phone, dialog)
}

#[test]
fn a_whole_call() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.extra = "P-Asserted-Identity: <sip:+79160000001@trunk>\r\n".into();
    phone.send("INVITE", OFFER);
    phone.response(100, "INVITE");
    let event = port.event();
    let SipEvent::Invite { dialog, called, caller, offer, source } = event else { panic!("{event:?}") };
    assert_eq!((called.as_str(), caller.as_deref(), offer.as_deref()), ("112", Some("+79160000001"), Some(OFFER)));
    assert_eq!(source, phone.socket.local_addr().unwrap());
    port.handle.ringing(dialog).unwrap();
    phone.response(180, "INVITE");
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    let ok = phone.response(200, "INVITE");
    assert_eq!((body(&ok), header(&ok, "Content-Type")), (ANSWER, "application/sdp"));
    assert_eq!(header(&ok, "Contact"), format!("<sip:{}>", port.address));
    phone.send("ACK", "");
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
    assert_eq!(port.handle.live_dialogs(), 1);
    phone.send("BYE", "");
    phone.response(200, "BYE");
    port.ended(dialog, EndedBy::Bye);
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn an_invite_without_content_length_keeps_its_body() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    let whole = phone.request("INVITE", OFFER);
    phone.raw(&whole.replace(&format!("Content-Length: {}\r\n", OFFER.len()), ""));
    let event = port.event();
    assert!(matches!(&event, SipEvent::Invite { offer: Some(offer), .. } if offer == OFFER), "{event:?}");
}

#[test]
fn a_caller_who_withholds_the_number_has_none() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.from = "\"Anonymous\" <sip:anonymous@anonymous.invalid>".into();
    phone.send("INVITE", OFFER);
    let event = port.event();
    assert!(matches!(event, SipEvent::Invite { caller: None, .. }), "{event:?}");
}

#[test]
fn a_retransmitted_invite_is_one_call() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    let invite = phone.request("INVITE", OFFER);
    for _ in 0..3 {
        phone.raw(&invite);
    }
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    phone.response(200, "INVITE");
    phone.raw(&invite);
    phone.send("ACK", "");
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
    phone.send("BYE", "");
    phone.response(200, "BYE");
    port.ended(dialog, EndedBy::Bye);
    assert_eq!(port.rest(), []);
}

#[test]
fn a_cancel_before_the_answer() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.ringing(dialog).unwrap();
    phone.response(180, "INVITE");
    phone.send("CANCEL", "");
    phone.response(200, "CANCEL");
    phone.response(487, "INVITE");
    phone.send("ACK", "");
    port.ended(dialog, EndedBy::Cancel);
    // Too late to matter.
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    port.handle.hangup(dialog).unwrap();
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn a_cancel_that_crosses_our_answer() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    phone.response(200, "INVITE");
    phone.send("CANCEL", "");
    phone.response(200, "CANCEL");
    port.ended(dialog, EndedBy::Cancel);
    phone.send("ACK", "");
    let bye = phone.expect("BYE");
    phone.ok(&bye);
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn we_hang_up() {
    let mut port = Port::start(Limits::default());
    let (mut phone, dialog) = talking(&mut port);
    port.handle.hangup(dialog).unwrap();
    port.handle.hangup(dialog).unwrap();
    let bye = phone.expect("BYE");
    assert!(bye.starts_with(&format!("BYE sip:100@{} SIP/2.0", phone.socket.local_addr().unwrap())), "{bye}");
    port.ended(dialog, EndedBy::Us);
    assert_eq!(port.handle.live_dialogs(), 1, "until the BYE is answered");
    phone.ok(&bye);
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn a_hangup_waits_for_the_ack() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    port.handle.hangup(dialog).unwrap();
    port.ended(dialog, EndedBy::Us);
    phone.response(200, "INVITE");
    assert!(phone.is_spared("BYE", Duration::from_millis(200)), "RFC 3261 §15");
    phone.send("ACK", "");
    let bye = phone.expect("BYE");
    phone.ok(&bye);
    port.empty();
}

#[test]
fn an_answer_that_nobody_acknowledges() {
    let mut port = Port::start(Limits { ack_timeout_ms: 700, ..Limits::default() });
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    phone.response(200, "INVITE");
    assert!(
        phone.is_spared("SIP/2.0 200", Duration::from_millis(300)),
        "sent again only after T1 (RFC 3261 §13.3.1.4)"
    );
    phone.response(200, "INVITE");
    port.ended(dialog, EndedBy::NoAck);
    let bye = phone.expect("BYE");
    phone.ok(&bye);
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn hold_resume_and_one_offer_at_a_time() {
    let mut port = Port::start(Limits::default());
    let (mut phone, dialog) = talking(&mut port);
    let hold = OFFER.to_owned() + "a=sendonly\r\n";
    phone.send("INVITE", &hold);
    assert_eq!(port.event(), SipEvent::Reoffer { dialog, offer: Some(hold) });
    let (cseq, asked) = (phone.cseq, ANSWER.to_owned() + "a=recvonly\r\n");
    phone.send("INVITE", OFFER);
    phone.response(500, "INVITE");
    phone.send("ACK", "");
    port.handle.answer_reoffer(dialog, Ok(asked.clone())).unwrap();
    let ok = phone.response(200, &format!("{cseq} INVITE"));
    assert_eq!(body(&ok), asked);
    let newest = std::mem::replace(&mut phone.cseq, cseq);
    phone.send("ACK", "");
    phone.cseq = newest;
    phone.send("INVITE", "");
    assert_eq!(port.event(), SipEvent::Reoffer { dialog, offer: None });
    port.handle.answer_reoffer(dialog, Err(488)).unwrap();
    phone.response(488, "INVITE");
    phone.send("ACK", "");
    phone.send("BYE", "");
    phone.response(200, "BYE");
    port.ended(dialog, EndedBy::Bye);
    assert_eq!(port.rest(), []);
}

#[test]
fn our_offer_is_answered_in_the_ack() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", "");
    let event = port.event();
    let SipEvent::Invite { dialog, offer: None, .. } = event else { panic!("{event:?}") };
    port.handle.accept(dialog, OFFER.into()).unwrap();
    phone.response(200, "INVITE");
    phone.send("ACK", ANSWER);
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: Some(ANSWER.into()) });
}

#[test]
fn keys_come_by_info() {
    let mut port = Port::start(Limits::default());
    let (mut phone, dialog) = talking(&mut port);
    phone.extra = "Content-Type: application/dtmf-relay\r\n".into();
    phone.send("INFO", "Signal=5\r\nDuration=160\r\n");
    phone.response(200, "INFO");
    assert_eq!(port.event(), SipEvent::Digit { dialog, digit: '5' });
    phone.extra = "Content-Type: text/plain\r\n".into();
    phone.send("INFO", "5");
    phone.response(415, "INFO");
    phone.extra.clear();
    phone.send("OPTIONS", "");
    phone.response(200, "OPTIONS");
    phone.cseq -= 2;
    phone.send("BYE", "");
    phone.response(500, "BYE");
    assert_eq!(port.handle.live_dialogs(), 1, "a request of the past ends nothing");
}

#[test]
fn a_bye_before_the_answer() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.ringing(dialog).unwrap();
    phone.response(180, "INVITE");
    let invite_cseq = phone.cseq;
    phone.send("BYE", "");
    phone.expect("SIP/2.0 487");
    port.ended(dialog, EndedBy::Bye);
    phone.cseq = invite_cseq;
    phone.send("ACK", "");
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn a_wildcard_address_tells_each_peer_the_one_it_reaches() {
    let mut port = Port::start_on("0.0.0.0:0", "127.0.0.0/8", Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    let ours = format!("127.0.0.1:{}", port.address.port());
    assert_eq!(header(&phone.response(200, "INVITE"), "Contact"), format!("<sip:{ours}>"));
    phone.send("ACK", "");
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
    port.handle.hangup(dialog).unwrap();
    let bye = phone.expect("BYE");
    assert!(header(&bye, "Via").starts_with(&format!("SIP/2.0/UDP {ours};")), "{bye}");
    phone.ok(&bye);
    port.empty();
}

#[test]
fn two_hundred_calls_leave_nothing_behind() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    for round in 0..200 {
        phone.renew();
        phone.send("INVITE", OFFER);
        let dialog = port.invited();
        if round % 4 == 3 {
            port.handle.reject(dialog, 486).unwrap();
            phone.response(486, "INVITE");
            phone.send("ACK", "");
            port.ended(dialog, EndedBy::Us);
            continue;
        }
        port.handle.accept(dialog, ANSWER.into()).unwrap();
        phone.response(200, "INVITE");
        phone.send("ACK", "");
        assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
        if round % 2 == 0 {
            phone.send("BYE", "");
            phone.response(200, "BYE");
            port.ended(dialog, EndedBy::Bye);
        } else {
            port.handle.hangup(dialog).unwrap();
            let bye = phone.expect("BYE");
            phone.ok(&bye);
            port.ended(dialog, EndedBy::Us);
        }
    }
    port.empty();
    assert_eq!(port.rest(), []);
}

#[test]
fn a_shutdown_ends_every_call_once() {
    let mut port = Port::start(Limits::default());
    let (mut talker, talk) = talking(&mut port);
    let mut ringer = port.phone();
    ringer.send("INVITE", OFFER);
    let ring = port.invited();
    port.handle.shutdown().unwrap();
    let bye = talker.expect("BYE");
    talker.ok(&bye);
    ringer.response(480, "INVITE");
    let ends = port.rest();
    let by = EndedBy::Us;
    assert_eq!(ends, [SipEvent::Ended { dialog: talk, by }, SipEvent::Ended { dialog: ring, by }]);
}
