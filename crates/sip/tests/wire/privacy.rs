//! Personal data stays out of the log: what passes [`otklik_sip::LOG_CAP`] names no number and holds no SDP.

use crate::phone::{ANSWER, OFFER, Port};
use otklik_sip::{EndedBy, LOG_CAP, Limits, SipEvent};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Target, level and text of everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(String, Level, String)>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        let metadata = event.metadata();
        self.0.lock().unwrap().push((metadata.target().to_owned(), *metadata.level(), text.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn no_number_and_no_sdp_in_the_log() {
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).unwrap();
    let mut port = Port::start(Limits { ack_timeout_ms: 300, ..Limits::default() });
    let mut phone = port.phone();
    phone.from = "<sip:+79161234567@127.0.0.1>".into();
    // A call, a call without ACK, and a few requests that make the stack complain.
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    phone.response(200, "INVITE");
    phone.send("ACK", "");
    assert_eq!(port.event(), SipEvent::Confirmed { dialog, answer: None });
    phone.send("INFO", "5");
    phone.send("BYE", "");
    port.ended(dialog, EndedBy::Bye);
    phone.renew();
    phone.send("INVITE", OFFER);
    let dialog = port.invited();
    port.handle.accept(dialog, ANSWER.into()).unwrap();
    port.ended(dialog, EndedBy::NoAck);
    phone.raw("INVITE sip:+79161234567@ SIP/2.0\r\nVia: x\r\n\r\n");
    port.rest();

    let is_personal = |text: &str| text.contains("9161234567") || text.contains("m=audio");
    let (capped, most) = LOG_CAP.split_once('=').unwrap();
    let most: Level = most.parse().unwrap();
    let lines = log.0.lock().unwrap();
    assert!(
        lines.iter().any(|(target, _, text)| target.starts_with(capped) && is_personal(text)),
        "why the cap is there"
    );
    for (target, level, text) in lines.iter() {
        let passes = !target.starts_with(capped) || *level <= most;
        assert!(!(passes && is_personal(text)), "{target} {level}{text}");
    }
}
