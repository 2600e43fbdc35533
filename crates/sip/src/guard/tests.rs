//! Tables for the guard: each repair, each refusal, each silent drop; and the promise that no datagram makes it panic.

use super::*;
use proptest::prelude::*;

const PHONE: &str = "127.0.0.1:5070";
const STRANGER: &str = "198.51.100.7:5070";
const OFFER: &str = "v=0\r\n";

/// A valid INVITE with a body, to be spoilt one line at a time.
fn invite() -> String {
    [
        "INVITE sip:112@127.0.0.1 SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1;rport",
        "Max-Forwards: 70",
        "From: <sip:100@127.0.0.1>;tag=a1",
        "To: <sip:112@127.0.0.1>",
        "Call-ID: c1@127.0.0.1",
        "CSeq: 1 INVITE",
        "Contact: <sip:100@127.0.0.1:5070>",
        "Content-Type: application/sdp",
        "Content-Length: 5",
        "",
        OFFER.trim_end(),
        "",
    ]
    .join("\r\n")
}

/// The INVITE with one text replaced by another.
fn spoilt(from: &str, to: &str) -> String {
    let whole = invite();
    assert!(whole.contains(from), "{from}");
    whole.replace(from, to)
}

/// The INVITE as another method.
fn method(name: &str) -> String {
    invite().replace("INVITE", name)
}

fn guard(limits: Limits) -> GuardSocket {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bind = "127.0.0.1:0".parse().unwrap();
        let trusted = vec!["127.0.0.0/8".parse().unwrap()];
        GuardSocket::bind(&SipConfig { bind, trusted, user_agent: "t".into(), limits }).await.unwrap()
    })
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Fate {
    /// Passes as it is.
    Same,
    /// Passes with this many bytes of body and a Content-Length that says so.
    Body(usize),
    Answered(u16),
    Dropped(&'static str),
    Silent,
    Pong,
}

fn fate(guard: &GuardSocket, datagram: &[u8], source: &str) -> Fate {
    match guard.act(datagram, source.parse().unwrap()) {
        Act::Pass(bytes) if bytes == datagram => Fate::Same,
        Act::Pass(bytes) => {
            let text = String::from_utf8(bytes).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("Content-Length: {}", body.len())) || head.contains("Content-Length: 5"));
            Fate::Body(body.len())
        }
        Act::Send(_, status) => Fate::Answered(status),
        Act::Drop(reason) => Fate::Dropped(reason.label()),
        Act::Pong => Fate::Pong,
        Act::Ignore => Fate::Silent,
    }
}

fn check(table: &[(&str, String, Fate)]) {
    let guard = guard(Limits::default());
    for (name, datagram, expected) in table {
        assert_eq!(fate(&guard, datagram.as_bytes(), PHONE), *expected, "{name}\n{datagram}");
    }
}

#[test]
fn what_passes_and_what_is_repaired() {
    check(&[
        ("a valid INVITE", invite(), Fate::Same),
        ("no Content-Length", spoilt("Content-Length: 5\r\n", ""), Fate::Body(5)),
        (
            "compact forms",
            invite().replace("Content-Length", "l").replace("Call-ID", "i").replace("Via", "v"),
            Fate::Same,
        ),
        ("body longer than told", invite() + "a=more\r\n", Fate::Body(5)),
        ("empty lines before", format!("\r\n\r\n{}", invite()), Fate::Body(5)),
        ("no Max-Forwards", spoilt("Max-Forwards: 70\r\n", ""), Fate::Same),
        ("a folded header", spoilt("Max-Forwards: 70", "Subject: a\r\n b"), Fate::Same),
        ("OPTIONS", method("OPTIONS"), Fate::Same),
        ("BYE", method("BYE"), Fate::Same),
        ("CANCEL with Require", method("CANCEL").replace("Max-Forwards: 70", "Require: x"), Fate::Same),
        ("ACK with Require", method("ACK").replace("Max-Forwards: 70", "Require: x"), Fate::Same),
        ("a response", spoilt("INVITE sip:112@127.0.0.1 SIP/2.0", "SIP/2.0 200 OK"), Fate::Same),
        ("tel URI", spoilt("INVITE sip:112@127.0.0.1", "INVITE tel:+74951234567"), Fate::Same),
    ]);
}

#[test]
fn what_is_refused() {
    let no = |name, datagram, status| (name, datagram, Fate::Answered(status));
    check(&[
        no("length beyond the datagram", spoilt("Content-Length: 5", "Content-Length: 6"), 400),
        no("negative length", spoilt("Content-Length: 5", "Content-Length: -1"), 400),
        no("absurd length", spoilt("Content-Length: 5", "Content-Length: 18446744073709551616"), 400),
        no("two lengths", spoilt("Content-Length: 5", "Content-Length: 5\r\nl: 5"), 400),
        no("version 7", spoilt("SIP/2.0\r\nVia", "SIP/7.0\r\nVia"), 505),
        no("spaces in the request line", spoilt("112@127.0.0.1 SIP/2.0\r\nVia", "112@127.0.0.1  SIP/2.0\r\nVia"), 400),
        no("CSeq of another method", spoilt("CSeq: 1 INVITE", "CSeq: 1 BYE"), 400),
        no("CSeq too large", spoilt("CSeq: 1", "CSeq: 2147483648"), 400),
        no("CSeq absurd", spoilt("CSeq: 1", "CSeq: 36893488147419103232"), 400),
        no("no From tag", spoilt(";tag=a1", ""), 400),
        no("Max-Forwards 300", spoilt("Forwards: 70", "Forwards: 300"), 400),
        no("http URI", spoilt("INVITE sip:112", "INVITE http:112"), 416),
        no("angle brackets", spoilt("INVITE sip:112@127.0.0.1", "INVITE <sip:112@127.0.0.1>"), 400),
        no("no host in the URI", spoilt("INVITE sip:112@127.0.0.1", "INVITE sip:112@"), 400),
        no("no Contact", spoilt("Contact: <sip:100@127.0.0.1:5070>\r\n", ""), 400),
        no("an unknown option", spoilt("Max-Forwards: 70", "Require: 100rel, x"), 420),
        no("a known method that is not served", method("REGISTER"), 405),
        no("PRACK", method("PRACK"), 405),
        no("UPDATE", method("UPDATE"), 405),
        no("an unknown method", method("NEWMETHOD"), 501),
        no("a method in small letters", method("invite"), 501),
    ]);
}

#[test]
fn what_is_dropped_in_silence() {
    let drop = |name, datagram, reason| (name, datagram, Fate::Dropped(reason));
    check(&[
        drop("junk", "hello".into(), "junk"),
        drop("http", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".into(), "not_sip"),
        drop("a cut message", invite()[..200].into(), "junk"),
        drop("a lone LF", spoilt("Max-Forwards: 70\r\n", "Max-Forwards: 70\nX: y\r\n"), "junk"),
        drop("no Via", spoilt("Via", "X-Via"), "no_via"),
        drop("no To", spoilt("To: ", "X: "), "unanswerable"),
        drop("no Call-ID", spoilt("Call-ID", "X"), "unanswerable"),
        drop("two Froms", spoilt("Max-Forwards: 70", "f: <sip:x@y>;tag=2"), "unanswerable"),
        drop("a spoilt ACK", method("ACK").replace(";tag=a1", ""), "bad_ack"),
        drop("a spoilt response", spoilt("INVITE sip:112@127.0.0.1 SIP/2.0", "SIP/2.0 2000 OK"), "bad_response"),
        drop("too large", spoilt("Max-Forwards: 70", &format!("X: {}", "y".repeat(9000))), "too_large"),
        drop(
            "endless echo",
            spoilt("Max-Forwards: 70", &format!("Via: {}\r\nRequire: x", "y".repeat(5000))),
            "unanswerable",
        ),
        ("keep-alive", "\r\n\r\n".into(), Fate::Pong),
        ("half a keep-alive", "\r\n".into(), Fate::Silent),
        ("nothing", String::new(), Fate::Silent),
    ]);
}

#[test]
fn strangers_start_nothing_and_not_often() {
    let guard = guard(Limits { starts_per_second_per_source: 2, ..Limits::default() });
    let fates = [invite(), method("OPTIONS"), invite(), invite()].map(|text| fate(&guard, text.as_bytes(), STRANGER));
    assert_eq!(fates, [Fate::Answered(403), Fate::Same, Fate::Dropped("pace"), Fate::Dropped("pace")]);
    assert_eq!(fate(&guard, invite().as_bytes(), "198.51.100.8:1"), Fate::Answered(403), "another source");
    assert_eq!(fate(&guard, invite().as_bytes(), PHONE), Fate::Same, "trusted sources have no pace");
}

#[test]
fn a_full_stack_takes_no_new_calls() {
    let guard = guard(Limits { max_backlog: 2, ..Limits::default() });
    guard.backlog.waiting(1);
    assert_eq!(fate(&guard, invite().as_bytes(), PHONE), Fate::Same);
    guard.backlog.passed();
    assert_eq!(fate(&guard, invite().as_bytes(), PHONE), Fate::Answered(503));
    assert_eq!(fate(&guard, method("BYE").as_bytes(), PHONE), Fate::Dropped("backlog"));
    guard.backlog.taken();
    assert_eq!(fate(&guard, invite().as_bytes(), PHONE), Fate::Same);
}

#[test]
fn an_answer_holds_what_the_asker_needs() {
    let guard = guard(Limits::default());
    let request = spoilt("Max-Forwards: 70", "Via: SIP/2.0/UDP far:1;branch=2\r\nRequire: a, b");
    let Act::Send(answer, 420) = guard.act(request.as_bytes(), "127.0.0.1:9999".parse().unwrap()) else { panic!() };
    let answer = String::from_utf8(answer).unwrap();
    let tag = answer.split("112@127.0.0.1>;tag=g").nth(1).unwrap()[..16].to_owned();
    let expected = format!(
        "SIP/2.0 420 Bad Extension\r\n\
         Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1;received=127.0.0.1;rport=9999\r\n\
         Via: SIP/2.0/UDP far:1;branch=2\r\n\
         From: <sip:100@127.0.0.1>;tag=a1\r\n\
         To: <sip:112@127.0.0.1>;tag=g{tag}\r\n\
         Call-ID: c1@127.0.0.1\r\n\
         CSeq: 1 INVITE\r\n\
         Unsupported: a, b\r\n\
         Content-Length: 0\r\n\r\n"
    );
    assert_eq!(answer, expected);
    let again = guard.act(request.as_bytes(), "127.0.0.1:9999".parse().unwrap());
    assert_eq!(again, Act::Send(answer.into_bytes(), 420), "a retransmission gets the same tag");
}

proptest! {
    // 100,000 in the long run (`./run test --long`).
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("OTKLIK_LONG").is_some() { 100_000 } else { 512 }))]
    #[test]
    fn no_datagram_makes_it_panic(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, proptest::collection::vec(any::<u8>(), 0..12)), 0..6),
        verb in prop::sample::select(vec!["INVITE", "ACK", "BYE", "OPTIONS"]),
    ) {
        let mut datagram = method(verb).into_bytes();
        for (at, removed, added) in cuts {
            let at = at.index(datagram.len() + 1);
            let end = (at + removed).min(datagram.len());
            datagram.splice(at..end, added);
        }
        for origin in [Origin::Trusted, Origin::Stranger] {
            match inspect(&datagram, origin, 8192) {
                // What passes is one whole message whose length is true.
                Verdict::Pass(passed) => {
                    let again = inspect(&passed.bytes, origin, 8192 + 64);
                    let is_stable = matches!(&again, Verdict::Pass(second) if second.bytes == passed.bytes);
                    prop_assert!(is_stable, "{:?}", again);
                    probe(&passed.bytes, PHONE.parse().unwrap());
                }
                Verdict::Answer(message, refusal) => {
                    let answer = Answerer::default().answer(&message, &refusal, PHONE.parse().unwrap());
                    if let Some(answer) = answer {
                        prop_assert!(matches!(inspect(&answer, origin, 65_000), Verdict::Pass(_) | Verdict::Drop(DropReason::BadResponse)));
                    }
                }
                Verdict::KeepAlive | Verdict::Drop(_) => (),
            }
        }
    }
}
