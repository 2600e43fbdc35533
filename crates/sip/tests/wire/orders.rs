//! Calls driven without sense, from both sides at once: whatever the order, each ends once and nothing is left.

use crate::phone::{ANSWER, Dice, OFFER, Port};
use otklik_sip::{DialogId, Limits, SipEvent};
use std::collections::BTreeMap;

#[test]
fn in_any_order_each_call_ends_once() {
    let mut port =
        Port::start(Limits { ack_timeout_ms: 400, shutdown_ms: 3000, max_events: 10_000, ..Limits::default() });
    let mut dice = Dice(3261);
    let mut phones = Vec::new();
    let mut told: BTreeMap<DialogId, Vec<SipEvent>> = BTreeMap::new();
    for _ in 0..150 {
        let mut phone = port.phone();
        phone.send("INVITE", OFFER);
        let dialog = loop {
            let event = port.event();
            let id = event.dialog();
            let is_new = matches!(event, SipEvent::Invite { .. });
            told.entry(id).or_default().push(event);
            if is_new {
                break id;
            }
        };
        for _ in 0..dice.below(7) {
            phone.drain();
            match dice.below(9) {
                0 => port.handle.ringing(dialog).unwrap(),
                1 | 2 => port.handle.accept(dialog, ANSWER.into()).unwrap(),
                3 => port.handle.reject(dialog, 486).unwrap(),
                4 => port.handle.hangup(dialog).unwrap(),
                5 => phone.send("CANCEL", ""),
                6 => phone.send("ACK", ""),
                7 => phone.send("BYE", ""),
                _ => phone.send("INVITE", OFFER),
            }
        }
        phones.push(phone);
    }
    for dialog in told.keys() {
        port.handle.hangup(*dialog).unwrap();
    }
    // The sets of calls that phones opened by a second INVITE outside a dialog end with the shutdown.
    for event in port.rest() {
        told.entry(event.dialog()).or_default().push(event);
    }
    assert!(told.len() >= 150);
    for (dialog, events) in told {
        let count = |wanted: fn(&SipEvent) -> bool| events.iter().filter(|event| wanted(event)).count();
        assert!(matches!(events.first(), Some(SipEvent::Invite { .. })), "{dialog:?} {events:?}");
        assert!(matches!(events.last(), Some(SipEvent::Ended { .. })), "{dialog:?} {events:?}");
        assert_eq!(count(|event| matches!(event, SipEvent::Ended { .. })), 1, "{events:?}");
        assert!(count(|event| matches!(event, SipEvent::Confirmed { .. })) <= 1, "{events:?}");
    }
}
