//! A panic in one leg, on the real threads.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use otklik_model::{LegId, PlayId};
use tokio::sync::mpsc;

use crate::clip::Clip;
use crate::config::MediaConfig;
use crate::event::MediaEvent;
use crate::leg::rtp::{RemoteRtp, Sending};
use crate::{Codec, start};

#[test]
fn a_panic_costs_one_leg_and_the_thread_goes_on() {
    let folder = std::env::temp_dir().join(format!("otklik-panic-{}", uuid::Uuid::new_v4()));
    let mut config = MediaConfig::new(IpAddr::V4(Ipv4Addr::LOCALHOST), folder.clone());
    config.ports = 41_000..=41_998;
    let (out, mut events) = mpsc::channel(16);
    let (media, threads) = start(config, out).unwrap();
    let [bad, good] = [1, 2].map(|n| LegId(uuid::Uuid::from_u128(n)));
    for leg in [bad, good] {
        let addr = media.open_rtp(leg).unwrap();
        let remote =
            RemoteRtp { addr, codec: Codec::Pcma, dtmf_payload: None, sending: Sending::Both, also_from: None };
        media.set_remote(leg, remote);
    }
    media.join(bad, good);
    media.panic(bad);
    media.play(good, PlayId(1), vec![Clip::from_alaw(vec![0; 320]).into()], None);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut next = || {
        runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), events.recv()).await.unwrap().unwrap() })
    };
    assert_eq!(next(), MediaEvent::Down { leg: bad });
    assert_eq!(next(), MediaEvent::PlayDone { leg: good, play: PlayId(1) });
    assert_eq!(media.live_legs(), 1);
    assert!(media.beat() < Duration::from_secs(1));
    threads.join();
    assert_eq!(media.live_legs(), 0);
    let _ = std::fs::remove_dir_all(folder);
}
