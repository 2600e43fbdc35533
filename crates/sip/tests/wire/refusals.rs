//! Requests that come to nothing.

use crate::phone::{ANSWER, OFFER, Port, header};
use otklik_sip::{EndedBy, Limits, SipEvent};

#[test]
fn options_are_answered() {
    let port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.send("OPTIONS", "");
    let ok = phone.response(200, "OPTIONS");
    assert_eq!(header(&ok, "Allow"), "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO");
    assert_eq!(header(&ok, "Accept"), "application/sdp");
    phone.raw("\r\n\r\n");
    phone.expect("\r\n");
}

#[test]
fn what_belongs_to_no_call() {
    let port = Port::start(Limits::default());
    let mut phone = port.phone();
    for (method, status) in
        [("BYE", 481), ("INFO", 481), ("CANCEL", 481), ("UPDATE", 405), ("REGISTER", 405), ("X", 501)]
    {
        phone.send(method, "");
        phone.response(status, method);
    }
    let bye = phone.request("BYE", "").replace("\r\nCall-ID", ";tag=unknown\r\nCall-ID");
    phone.raw(&bye);
    phone.response(481, "BYE");
    let reinvite = phone.request("INVITE", OFFER).replace("\r\nCall-ID", ";tag=unknown\r\nCall-ID");
    phone.raw(&reinvite);
    phone.response(481, "INVITE");
    assert_eq!(port.rest(), []);
}

#[test]
fn a_stranger_starts_no_call() {
    let port = Port::start_on("127.0.0.1:0", "10.0.0.0/8", Limits::default());
    let mut phone = port.phone();
    phone.send("INVITE", OFFER);
    let no = phone.response(403, "INVITE");
    assert!(header(&no, "To").contains(";tag="), "{no}");
    phone.send("ACK", "");
    assert_eq!(port.rest(), []);
}

#[test]
fn a_call_too_many_is_told_when_to_come_again() {
    let mut port = Port::start(Limits { max_dialogs: 1, ..Limits::default() });
    let (mut first, mut second) = (port.phone(), port.phone());
    first.send("INVITE", OFFER);
    let dialog = port.invited();
    second.send("INVITE", OFFER);
    let busy = second.response(503, "INVITE");
    assert_eq!(header(&busy, "Retry-After"), "5");
    second.send("ACK", "");
    port.handle.reject(dialog, 486).unwrap();
    first.response(486, "INVITE");
    first.send("ACK", "");
    port.ended(dialog, EndedBy::Us);
    port.empty();
    second.renew();
    second.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    second.response(200, "INVITE");
}

#[test]
fn a_body_that_is_no_sdp() {
    let mut port = Port::start(Limits::default());
    let mut phone = port.phone();
    phone.extra = "Content-Type: text/plain\r\n".into();
    phone.send("INVITE", "hello");
    let no = phone.response(415, "INVITE");
    assert_eq!(header(&no, "Accept"), "application/sdp");
    phone.send("ACK", "");
    // The port still serves.
    phone.extra.clear();
    phone.renew();
    phone.send("INVITE", OFFER);
    assert!(matches!(port.event(), SipEvent::Invite { .. }));
}
