//! Calls that do not come about, and datagrams that are none: neither leaves a trace in the journal or disturbs a call.

use anyhow::Result;
use otklik_testkit::{Centre, DataFolder, From, Offer, Phone, SOON, Setup};

use crate::{number, program};

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_spoken_is_refused_and_what_is_no_sip_disturbs_nobody() -> Result<()> {
    let centre = Centre::start(&program()).await?;
    for (offer, status) in [
        (Offer::G722, 488),
        (Offer::Text("nonsense"), 488),
        (Offer::Text("v=0\r\n"), 488),
        (Offer::Text("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 99999 RTP/AVP 8\r\n"), 488),
    ] {
        let mut phone = Phone::new(&centre.line()?, From::Number(&number(1))).await?;
        phone.invite(offer.clone()).await?;
        assert_eq!(phone.answer().await?.status, status, "{offer:?}");
    }
    let stranger = Phone::new(&centre.line()?, From::Number(&number(2))).await?;
    for datagram in bad_datagrams(&stranger.good_invite()) {
        stranger.send_raw(&datagram).await?;
    }
    assert_eq!(centre.calls().await?, [], "nothing of this was a call");

    let mut phone = Phone::connected(&centre.line()?, From::Number(&number(3))).await?;
    phone.ear().hears_loudness(SOON).await?;
    phone.bye().await?;
    assert_eq!(centre.ended_call(&number(3)).await?.ending.as_deref(), Some("abandoned/greeting"));
    assert_eq!(centre.calls().await?.len(), 1);
    centre.is_empty_again().await?;
    centre.verify().await
}

/// An INVITE spoilt in every way that must not become a call, and what never was one.
fn bad_datagrams(good: &str) -> Vec<Vec<u8>> {
    let spoilt = [
        ("Content-Length: ", "Content-Length: -"),
        ("Content-Length: ", "Content-Length: 9999"),
        ("Call-ID: ", "X-Call-ID: "),
        ("CSeq: 0 INVITE", "CSeq: 0 BYE"),
        ("CSeq: 0 INVITE", "CSeq: 99999999999 INVITE"),
        ("CSeq: 0 INVITE", "CSeq: INVITE"),
        ("Via: SIP/2.0/UDP", "Via: nonsense"),
        ("From: ", "Frm: "),
        ("To: ", "To: \0"),
        ("SIP/2.0\r\n", "SIP/3.0\r\n"),
        ("INVITE ", "DANCE "),
        ("INVITE sip:", "INVITE http:"),
        ("\r\n\r\n", "\r\n"),
    ];
    let spoilt = spoilt.into_iter().map(|(from, to)| good.replacen(from, to, 1).into_bytes());
    let cut = [1, 7, 40, 120, 200].map(|length| good.as_bytes()[..length.min(good.len())].to_vec());
    let never: [&[u8]; 7] = [
        b"",
        b"\r\n\r\n",
        b"\0\0\0\0",
        b"SIP/2.0 200 OK\r\n\r\n",
        b"SIP/2.0 999\r\nVia: x\r\n\r\n",
        &[0xff; 1_500],
        &[b'A'; 9_000],
    ];
    spoilt.chain(cut).chain(never.into_iter().map(<[u8]>::to_vec)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_starts_no_call() -> Result<()> {
    let data = DataFolder::new()?;
    let config = data.file("options.yaml", "trusted: [\"192.0.2.0/24\"]\n")?;
    let setup = Setup { args: vec!["--config".to_owned(), config], ..Setup::default() };
    let centre = Centre::start_with(&program(), data, setup).await?;
    let mut phone = Phone::new(&centre.line()?, From::Number(&number(1))).await?;
    phone.invite(Offer::Alaw).await?;
    assert_eq!(phone.answer().await?.status, 403);
    assert_eq!(centre.calls().await?, []);
    centre.verify().await
}
