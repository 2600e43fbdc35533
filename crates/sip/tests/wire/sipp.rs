//! A run of sipp, the field's own load generator, where it is installed.

use crate::phone::{ANSWER, Port};
use otklik_sip::{EndedBy, Limits, SipEvent};
use std::process::{Command, Stdio};

#[test]
fn sipp_calls_and_hangs_up() {
    let calls = 20;
    let mut port = Port::start(Limits::default());
    let spawned = Command::new("sipp")
        .args(["-sn", "uac", "-m", &calls.to_string(), "-r", "20", "-d", "50", "-nostdin", "-timeout", "20s"])
        .args(["-i", "127.0.0.1", &port.address.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut sipp) = spawned else {
        eprintln!("skipped: sipp is not installed");
        return;
    };
    let mut ended = 0;
    while ended < calls {
        match port.event() {
            SipEvent::Invite { dialog, offer, .. } => {
                assert!(offer.is_some());
                port.handle.ringing(dialog).unwrap();
                port.handle.accept(dialog, ANSWER.into()).unwrap();
            }
            SipEvent::Confirmed { .. } => (),
            SipEvent::Ended { by, .. } => {
                assert_eq!(by, EndedBy::Bye);
                ended += 1;
            }
            other @ (SipEvent::Reoffer { .. } | SipEvent::Digit { .. }) => panic!("{other:?}"),
        }
    }
    assert!(sipp.wait().unwrap().success(), "sipp saw a failed call");
    port.empty();
}
