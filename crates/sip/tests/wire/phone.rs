//! A SIP phone of plain text over a UDP socket, and the port that it calls. Every wait has a limit.

use otklik_sip::{DialogId, EndedBy, Limits, Sip, SipConfig, SipEvent, SipHandle};
use std::fmt::Write as _;
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) const OFFER: &str =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
pub(crate) const ANSWER: &str =
    "v=0\r\no=- 2 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\n";

/// A running port with its events.
pub(crate) struct Port {
    runtime: Runtime,
    pub(crate) handle: SipHandle,
    pub(crate) address: SocketAddr,
    events: mpsc::Receiver<SipEvent>,
}

impl Port {
    pub(crate) fn start(limits: Limits) -> Self {
        Self::start_on("127.0.0.1:0", "127.0.0.0/8", limits)
    }

    pub(crate) fn start_on(bind: &str, trusted: &str, limits: Limits) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (events_in, events) = mpsc::channel(64);
        let config = SipConfig {
            bind: bind.parse().unwrap(),
            trusted: vec![trusted.parse().unwrap()],
            user_agent: "otklik-test".into(),
            limits,
        };
        let (handle, address) = runtime.block_on(Sip::start(config, events_in)).unwrap();
        Self { runtime, handle, address, events }
    }

    pub(crate) fn phone(&self) -> Phone {
        Phone::new(SocketAddr::from(([127, 0, 0, 1], self.address.port())))
    }

    pub(crate) fn event(&mut self) -> SipEvent {
        let next = async { tokio::time::timeout(PATIENCE, self.events.recv()).await };
        self.runtime.block_on(next).expect("no event in time").expect("the port is gone")
    }

    /// The next event, which has to be an INVITE.
    pub(crate) fn invited(&mut self) -> DialogId {
        let event = self.event();
        let SipEvent::Invite { dialog, .. } = event else { panic!("no INVITE but {event:?}") };
        dialog
    }

    pub(crate) fn ended(&mut self, dialog: DialogId, by: EndedBy) {
        assert_eq!(self.event(), SipEvent::Ended { dialog, by });
    }

    /// Shuts down and gives every event that was still to come.
    pub(crate) fn rest(mut self) -> Vec<SipEvent> {
        self.handle.shutdown().ok();
        let rest = async {
            let mut rest = Vec::new();
            while let Some(event) = self.events.recv().await {
                rest.push(event);
            }
            rest
        };
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, rest).await }).expect("the port does not stop")
    }

    /// Waits until no call is held, here or in the stack's registry.
    pub(crate) fn empty(&self) {
        let empty = async {
            let mut often = tokio::time::interval(Duration::from_millis(5));
            while self.handle.live_dialogs() > 0 {
                often.tick().await;
            }
        };
        let waited = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, empty).await });
        assert!(waited.is_ok(), "{} calls are still held", self.handle.live_dialogs());
    }
}

/// One call of a phone.
pub(crate) struct Phone {
    pub(crate) socket: UdpSocket,
    server: SocketAddr,
    call: u64,
    pub(crate) cseq: u32,
    /// Our requests go to this URI: theirs first, then the Contact that they gave.
    target: String,
    to_tag: Option<String>,
    /// The branch of the INVITE, which CANCEL repeats.
    invite_branch: String,
    pub(crate) extra: String,
    pub(crate) from: String,
}

impl Phone {
    fn new(server: SocketAddr) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let call = u64::from(socket.local_addr().unwrap().port());
        let mut phone = Self {
            socket,
            server,
            call,
            cseq: 0,
            target: format!("sip:112@{server}"),
            to_tag: None,
            invite_branch: String::new(),
            extra: String::new(),
            from: "<sip:100@127.0.0.1>".into(),
        };
        phone.renew();
        phone
    }

    /// Makes the next request start a new call from the same socket.
    pub(crate) fn renew(&mut self) {
        self.call += 100_000;
        self.to_tag = None;
        self.target = format!("sip:112@{}", self.server);
    }

    pub(crate) fn request(&mut self, method: &str, body: &str) -> String {
        if !matches!(method, "ACK" | "CANCEL") {
            self.cseq += 1;
        }
        let own = self.socket.local_addr().unwrap();
        let branch = match method {
            "CANCEL" => self.invite_branch.clone(),
            _ => format!("z9hG4bK-{}-{}-{method}", self.call, self.cseq),
        };
        if method == "INVITE" {
            self.invite_branch.clone_from(&branch);
        }
        let to_tag = match (&self.to_tag, method) {
            (Some(tag), "INVITE" | "ACK" | "BYE" | "INFO" | "OPTIONS" | "UPDATE") => format!(";tag={tag}"),
            (_, _) => String::new(),
        };
        let mut text = format!("{method} {} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch={branch};rport\r\n", self.target);
        write!(
            text,
            "Max-Forwards: 70\r\nFrom: {};tag=t{}\r\nTo: <sip:112@{}>{to_tag}\r\n",
            self.from, self.call, self.server
        )
        .unwrap();
        write!(text, "Call-ID: {}\r\nCSeq: {} {method}\r\nContact: <sip:100@{own}>\r\n", self.call, self.cseq).unwrap();
        text.push_str(&self.extra);
        if !body.is_empty() && !self.extra.contains("Content-Type") {
            text.push_str("Content-Type: application/sdp\r\n");
        }
        write!(text, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        text
    }

    pub(crate) fn send(&mut self, method: &str, body: &str) {
        let text = self.request(method, body);
        self.raw(&text);
    }

    pub(crate) fn raw(&self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    pub(crate) fn send_bytes(&self, datagram: &[u8]) {
        self.socket.send_to(datagram, self.server).unwrap();
    }

    /// Waits for a message whose start line begins so, past retransmissions of others.
    pub(crate) fn expect(&mut self, start: &str) -> String {
        self.socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut seen = Vec::new();
        let mut buffer = [0; 9000];
        while let Ok((length, _)) = self.socket.recv_from(&mut buffer) {
            let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if text.starts_with(start) {
                return text;
            }
            seen.push(text.lines().next().unwrap_or("").to_owned());
            assert!(seen.len() < 1000, "{start} never came, but {seen:?}");
        }
        panic!("{start} never came, but {seen:?}");
    }

    /// Waits for a final or provisional response to a method, and learns the dialog from it.
    pub(crate) fn response(&mut self, status: u16, method: &str) -> String {
        loop {
            let text = self.expect(&format!("SIP/2.0 {status} "));
            if !header(&text, "CSeq").ends_with(method) {
                continue;
            }
            if method == "INVITE" && status > 100 {
                self.learn(&text);
            }
            return text;
        }
    }

    /// Reads what has come, learns the dialog from it, and answers each BYE.
    pub(crate) fn drain(&mut self) {
        self.socket.set_nonblocking(true).unwrap();
        let mut buffer = [0; 9000];
        while let Ok((length, _)) = self.socket.recv_from(&mut buffer) {
            let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if text.starts_with("BYE") {
                self.ok(&text);
            } else if text.starts_with("SIP/2.0 200") && header(&text, "CSeq").ends_with("INVITE") {
                self.learn(&text);
            }
        }
        self.socket.set_nonblocking(false).unwrap();
    }

    fn learn(&mut self, response: &str) {
        self.to_tag = header(response, "To").split(";tag=").nth(1).map(str::to_owned);
        if let Some(contact) = response.lines().find_map(|line| line.strip_prefix("Contact: <")) {
            contact.trim_end_matches('>').clone_into(&mut self.target);
        }
    }

    /// Answers a request of theirs with 200.
    pub(crate) fn ok(&self, request: &str) {
        let mut text = String::from("SIP/2.0 200 OK\r\n");
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            write!(text, "{name}: {}\r\n", header(request, name)).unwrap();
        }
        text.push_str("Content-Length: 0\r\n\r\n");
        self.raw(&text);
    }

    /// Whether nothing that begins so comes within the time.
    pub(crate) fn is_spared(&mut self, start: &str, within: Duration) -> bool {
        self.socket.set_read_timeout(Some(within)).unwrap();
        let mut buffer = [0; 9000];
        while let Ok((length, _)) = self.socket.recv_from(&mut buffer) {
            if buffer[..length].starts_with(start.as_bytes()) {
                return false;
            }
        }
        true
    }
}

/// A small generator of numbers, the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

pub(crate) fn header<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find(|line| line.starts_with(&format!("{name}: ")));
    &line.unwrap_or_else(|| panic!("no {name} in\n{text}"))[name.len() + 2..]
}

pub(crate) fn body(text: &str) -> &str {
    text.split_once("\r\n\r\n").unwrap().1
}
