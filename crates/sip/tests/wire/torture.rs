//! Spoilt datagrams at a living port: afterwards it still serves.

use crate::phone::{Dice, OFFER, Port};
use otklik_sip::Limits;

#[test]
fn spoilt_datagrams_leave_it_serving() {
    let port = Port::start(Limits { max_dialogs: 50, ..Limits::default() });
    let mut phone = port.phone();
    let mut dice = Dice(20_261_124);
    // 100,000 in the long run (`./run test --long`).
    let rounds = if std::env::var_os("OTKLIK_LONG").is_some() { 100_000 } else { 3_000 };
    for round in 0..rounds {
        let method = ["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO"][dice.below(6)];
        let mut datagram = phone.request(method, OFFER).into_bytes();
        for _ in 0..=dice.below(4) {
            let at = dice.below(datagram.len());
            let end = (at + dice.below(30)).min(datagram.len());
            let added: Vec<u8> = (0..dice.below(6)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
            datagram.splice(at..end, added);
        }
        phone.send_bytes(&datagram);
        if round % 20 == 19 {
            // Also keeps the burst below what the socket buffer of the port holds.
            phone.renew();
            phone.send("OPTIONS", "");
            phone.response(200, "OPTIONS");
        }
    }
    assert!(port.handle.live_dialogs() <= 50);
    port.rest();
}
