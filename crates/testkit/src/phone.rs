//! A small real SIP phone (RFC 3261 as a UAC) for one call: it calls, hears, speaks, presses keys and hangs up, or
//! does so at the wrong moment. BYE of the other side is answered at once; a lost datagram is sent again.

mod ear;
mod message;
mod mouth;
mod wire;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};

pub use ear::Ear;
pub use message::Offer;

use crate::SOON;
use crate::phone::message::{Message, remote_sound};
use crate::phone::mouth::Mouth;
use crate::phone::wire::Wire;
use crate::prompt::Prompt;
use crate::wait::within;

static CALLS: AtomicU32 = AtomicU32::new(0);

/// Whom to call.
#[derive(Debug, Clone)]
pub struct Callee {
    /// The centre's SIP address.
    pub sip: SocketAddr,
    /// The number that is dialled.
    pub number: String,
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From<'a> {
    /// A number in E.164.
    Number(&'a str),
    /// Anonymous (RFC 3323 §4.1).
    Withheld,
}

/// The final response to an INVITE.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status, 200 to 699.
    pub status: u16,
    /// Its SDP; empty where it has none.
    pub sdp: String,
}

/// A phone on loopback with one call in it.
#[derive(Debug)]
pub struct Phone {
    wire: Wire,
    ear: Arc<Ear>,
    mouth: Mouth,
    to: Callee,
    from: String,
    call: String,
    cseq: u32,
    /// The tag that the other side gave itself; empty before its answer.
    their_tag: String,
    /// Where requests inside the dialog go to.
    target: String,
    offer: Offer,
}

impl Phone {
    /// A phone that can call.
    ///
    /// # Errors
    /// Where the system gives no socket.
    pub async fn new(to: &Callee, from: From<'_>) -> Result<Self> {
        let wire = Wire::open(to.sip).await?;
        let (mouth, ear) = Mouth::open().await?;
        let serial = CALLS.fetch_add(1, Ordering::Relaxed);
        let user = match from {
            From::Number(number) => format!("<sip:{number}@127.0.0.1>"),
            From::Withheld => "\"Anonymous\" <sip:anonymous@anonymous.invalid>".to_owned(),
        };
        Ok(Self {
            from: format!("{user};tag=t{serial}"),
            call: format!("{}-{serial}-{}", std::process::id(), wire.local.port()),
            target: format!("sip:{}@{}", to.number, to.sip),
            wire,
            ear,
            mouth,
            to: to.clone(),
            cseq: 0,
            their_tag: String::new(),
            offer: Offer::Alaw,
        })
    }

    /// A phone that has called and is connected.
    ///
    /// # Errors
    /// Where the call is not answered with 200.
    pub async fn connected(to: &Callee, from: From<'_>) -> Result<Self> {
        let mut phone = Self::new(to, from).await?;
        phone.call(Offer::Alaw).await?;
        Ok(phone)
    }

    /// Calls, and confirms the answer.
    ///
    /// # Errors
    /// Where the answer is not 200.
    pub async fn call(&mut self, offer: Offer) -> Result<()> {
        self.invite(offer).await?;
        let answer = self.answer().await?;
        ensure!(answer.status == 200, "the call was answered with {}", answer.status);
        self.ack().await
    }

    /// Sends INVITE and waits for nothing.
    ///
    /// # Errors
    /// What the system said.
    pub async fn invite(&mut self, offer: Offer) -> Result<()> {
        self.cseq += 1;
        self.offer = offer;
        let body = self.offer.sdp(self.mouth.local);
        let invite = self.request("INVITE", &self.branch(), body.as_deref().map(|body| ("application/sdp", body)));
        self.wire.send(&invite).await?;
        self.wire.sent_invite(invite);
        Ok(())
    }

    /// Waits for the first response to the INVITE, whatever it says.
    ///
    /// # Errors
    /// Where none comes.
    pub async fn is_noticed(&mut self) -> Result<()> {
        self.wire.first_response().await
    }

    /// Waits for the final response to the INVITE. One that is no answer is confirmed at once (RFC 3261 §17.1.1.3).
    ///
    /// # Errors
    /// Where none comes.
    pub async fn answer(&mut self) -> Result<Answer> {
        let message = self.wire.final_response(self.cseq, "INVITE").await?;
        let status = message.status().context("a response has a status")?;
        message.to_tag().unwrap_or_default().clone_into(&mut self.their_tag);
        if status >= 300 {
            let ack = self.request("ACK", &self.branch(), None);
            self.wire.send(&ack).await?;
        } else if let Some(contact) = message.contact() {
            contact.clone_into(&mut self.target);
        }
        let answer = Answer { status, sdp: message.body };
        if let Some(sound) = remote_sound(&answer.sdp) {
            self.mouth.speak_to(sound, self.offer.codec());
        }
        Ok(answer)
    }

    /// Confirms a 200, with the SDP answer where the 200 held the offer.
    ///
    /// # Errors
    /// What the system said.
    pub async fn ack(&mut self) -> Result<()> {
        let body = if self.offer == Offer::None { Offer::Alaw.sdp(self.mouth.local) } else { None };
        let ack = self.request("ACK", &format!("{}a", self.branch()), body.as_deref().map(|b| ("application/sdp", b)));
        self.wire.send(&ack).await?;
        self.wire.sent_ack(ack);
        Ok(())
    }

    /// Takes the INVITE back and waits until that was answered, with its status.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn cancel(&mut self) -> Result<u16> {
        let (target, tag) = (self.target.clone(), std::mem::take(&mut self.their_tag));
        self.target = format!("sip:{}@{}", self.to.number, self.to.sip);
        let cancel = self.request("CANCEL", &self.branch(), None);
        (self.target, self.their_tag) = (target, tag);
        self.wire.transact(&cancel, self.cseq, "CANCEL").await
    }

    /// Hangs up and waits until that was answered, with its status.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn bye(&mut self) -> Result<u16> {
        self.in_dialog("BYE", None).await
    }

    /// Presses a key by SIP INFO (application/dtmf-relay), with the status of its answer.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn press_by_info(&mut self, digit: char) -> Result<u16> {
        let body = format!("Signal={digit}\r\nDuration=160\r\n");
        self.in_dialog("INFO", Some(("application/dtmf-relay", &body))).await
    }

    /// Presses a key in the sound (RFC 4733).
    ///
    /// # Errors
    /// Where the phone has no sound any more.
    pub async fn press(&self, digit: u8) -> Result<()> {
        self.mouth.press(digit).await
    }

    /// Says what a prompt says, once, and is quiet then; waits until it is said.
    ///
    /// # Errors
    /// Where it is not said in time.
    pub async fn says(&self, words: &Prompt) -> Result<()> {
        let words = self.mouth.say(words.sound.clone());
        let said = async {
            words.said.notified().await;
            Ok(())
        };
        within(SOON, "the phone has said it", said).await
    }

    /// Is quiet from now on.
    pub fn hush(&self) {
        drop(self.mouth.say(Vec::new()));
    }

    /// What is heard.
    pub fn ear(&self) -> &Ear {
        &self.ear
    }

    /// True after the other side's BYE.
    pub fn is_hung_up(&self) -> bool {
        self.wire.is_hung_up()
    }

    /// Waits for the other side's BYE.
    ///
    /// # Errors
    /// Where it does not come in time.
    pub async fn is_told_goodbye(&self) -> Result<()> {
        within(SOON, "BYE of the centre", self.wire.hung_up()).await
    }

    async fn in_dialog(&mut self, method: &str, body: Option<(&str, &str)>) -> Result<u16> {
        self.cseq += 1;
        let request = self.request(method, &self.branch(), body);
        self.wire.transact(&request, self.cseq, method).await
    }

    fn branch(&self) -> String {
        format!("z9hG4bK{}{}", self.call.replace('-', "x"), self.cseq)
    }

    fn request(&self, method: &str, branch: &str, body: Option<(&str, &str)>) -> String {
        let Self { to, from, call, cseq, target, .. } = self;
        let local = self.wire.local;
        let tag = if self.their_tag.is_empty() { String::new() } else { format!(";tag={}", self.their_tag) };
        let (kind, body) = body.map_or((String::new(), ""), |(kind, b)| (format!("Content-Type: {kind}\r\n"), b));
        let length = body.len();
        format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {local};rport;branch={branch}\r\nMax-Forwards: 70\r\n\
             From: {from}\r\nTo: <sip:{}@{}>{tag}\r\nCall-ID: {call}\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:phone@{local}>\r\n{kind}Content-Length: {length}\r\n\r\n{body}",
            to.number, to.sip
        )
    }

    /// A good INVITE as text, which was not sent: for whoever wants to spoil it.
    pub fn good_invite(&self) -> String {
        let body = Offer::Alaw.sdp(self.mouth.local);
        self.request("INVITE", &self.branch(), body.as_deref().map(|body| ("application/sdp", body)))
    }

    /// Sends any bytes to the centre's SIP port.
    ///
    /// # Errors
    /// What the system said.
    pub async fn send_raw(&self, bytes: &[u8]) -> Result<()> {
        self.wire.send_bytes(bytes).await
    }
}

fn is_response_to(message: &Message, cseq: u32, method: &str) -> bool {
    message.status().is_some() && message.header("cseq") == Some(&format!("{cseq} {method}"))
}
