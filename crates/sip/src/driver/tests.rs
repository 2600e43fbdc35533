//! Unit tests of the driver: failures that cannot be provoked from the wire.

use super::*;
use crate::config::Limits;
use std::net::SocketAddr;
use tokio::net::UdpSocket;

const PATIENCE: Duration = Duration::from_secs(5);

struct Bench {
    driver: Driver,
    events: mpsc::Receiver<SipEvent>,
    phone: UdpSocket,
    address: SocketAddr,
    _orders: mpsc::Sender<Order>,
}

async fn bench() -> Bench {
    bench_with(Limits::default()).await
}

async fn bench_with(limits: Limits) -> Bench {
    let config = SipConfig {
        bind: "127.0.0.1:0".parse().unwrap(),
        trusted: vec!["127.0.0.1".parse().unwrap()],
        user_agent: "t".into(),
        limits,
    };
    let guard = Arc::new(GuardSocket::bind(&config).await.unwrap());
    let address = guard.address();
    let (events_in, events) = mpsc::channel(8);
    let (orders, orders_in) = mpsc::channel(8);
    let driver = Driver::build(config, guard, events_in, orders_in, Arc::default()).await.unwrap();
    let phone = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    phone.connect(address).await.unwrap();
    Bench { driver, events, phone, address, _orders: orders }
}

async fn send(phone: &UdpSocket, method: &str, number: u32) {
    let own = phone.local_addr().unwrap();
    let text = format!(
        "{method} sip:112@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{number}\r\n\
         From: <sip:1@h>;tag=a{number}\r\nTo: <sip:2@h>\r\nCall-ID: c{number}\r\nCSeq: {number} {method}\r\n\
         Contact: <sip:1@{own}>\r\nContent-Length: 0\r\n\r\n"
    );
    phone.send(text.as_bytes()).await.unwrap();
}

async fn expect(phone: &UdpSocket, start: &str) {
    let found = async {
        let mut buffer = [0; 4096];
        loop {
            let length = phone.recv(&mut buffer).await.unwrap();
            if buffer[..length].starts_with(start.as_bytes()) {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, found).await.expect(start);
}

#[tokio::test]
async fn a_failed_stack_is_built_anew_over_the_same_port() {
    let Bench { driver, mut events, phone, .. } = bench().await;
    let kill = driver.stack.serving.abort_handle();
    tokio::spawn(driver.run());
    send(&phone, "INVITE", 1).await;
    let Some(SipEvent::Invite { dialog, .. }) = events.recv().await else { panic!() };
    kill.abort();
    assert_eq!(events.recv().await, Some(SipEvent::Ended { dialog, by: EndedBy::Error }));
    // A datagram that the old stack was still reading may be lost, as any datagram may.
    let mut often = tokio::time::interval(Duration::from_millis(100));
    let answered = expect(&phone, "SIP/2.0 200");
    tokio::pin!(answered);
    loop {
        tokio::select! {
            () = &mut answered => break,
            _ = often.tick() => send(&phone, "OPTIONS", 2).await,
        }
    }
}

#[tokio::test]
async fn a_deaf_port_hears_again() {
    let Bench { driver, events: _events, phone, .. } = bench_with(Limits { watch_ms: 20, ..Limits::default() }).await;
    let guard = driver.guard.clone();
    tokio::spawn(driver.run());
    send(&phone, "OPTIONS", 1).await;
    expect(&phone, "SIP/2.0 200").await;
    guard.trap.store(true, Ordering::Relaxed);
    send(&phone, "OPTIONS", 2).await;
    let mut often = tokio::time::interval(Duration::from_millis(100));
    let answered = expect(&phone, "SIP/2.0 200");
    tokio::pin!(answered);
    loop {
        tokio::select! {
            () = &mut answered => break,
            _ = often.tick() => send(&phone, "OPTIONS", 3).await,
        }
    }
}

#[tokio::test]
async fn a_panic_in_a_step_closes_its_call_and_no_other() {
    let Bench { mut driver, mut events, phone, address, .. } = bench().await;
    send(&phone, "INVITE", 1).await;
    send(&phone, "INVITE", 2).await;
    while driver.legs.len() < 2 {
        if let Next::Input(input) = driver.next().await {
            driver.step(input);
        }
    }
    let broken = driver.legs.ids()[0];
    driver.contained(|driver| {
        driver.at = Some(broken);
        panic!("as a test");
    });
    assert_eq!((driver.legs.len(), driver.stack.layer.len()), (1, 1));
    tokio::spawn(driver.run());
    let mut ended = Vec::new();
    while ended.is_empty() {
        match events.recv().await.unwrap() {
            SipEvent::Ended { dialog, by } => ended.push((dialog, by)),
            SipEvent::Invite { .. } => (),
            other @ (SipEvent::Confirmed { .. } | SipEvent::Reoffer { .. } | SipEvent::Digit { .. }) => {
                panic!("{other:?}")
            }
        }
    }
    assert_eq!(ended, [(broken, EndedBy::Error)]);
    send(&phone, "OPTIONS", 3).await;
    expect(&phone, "SIP/2.0 200").await;
    assert_ne!(address.port(), 0);
}
