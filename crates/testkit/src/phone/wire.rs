//! The phone's SIP socket: what is sent is sent again until it is answered (RFC 3261 §17.1, T1 = 500 ms), what comes
//! is sorted into responses and the other side's requests.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::SOON;
use crate::phone::is_response_to;
use crate::phone::message::Message;
use crate::wait::within;

const T1: Duration = Duration::from_millis(500);
/// Responses that may wait to be looked at; more are lost, as on a real wire.
const RESPONSES: usize = 256;

/// The socket with its reader, which ends with it.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) local: SocketAddr,
    socket: Arc<UdpSocket>,
    responses: mpsc::Receiver<Message>,
    /// Came while another response was waited for.
    early: Vec<Message>,
    hung_up: watch::Receiver<bool>,
    ack: Arc<Mutex<Option<String>>>,
    invite: Option<String>,
    reader: JoinHandle<()>,
}

impl Wire {
    pub(crate) async fn open(peer: SocketAddr) -> Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        socket.connect(peer).await?;
        let local = socket.local_addr()?;
        let socket = Arc::new(socket);
        let (responses_in, responses) = mpsc::channel(RESPONSES);
        let (goodbye, hung_up) = watch::channel(false);
        let ack = Arc::default();
        let reader = tokio::spawn(read(Arc::clone(&socket), responses_in, goodbye, Arc::clone(&ack)));
        Ok(Self { local, socket, responses, early: Vec::new(), hung_up, ack, invite: None, reader })
    }

    pub(crate) async fn send(&self, text: &str) -> Result<()> {
        self.send_bytes(text.as_bytes()).await
    }

    pub(crate) async fn send_bytes(&self, bytes: &[u8]) -> Result<()> {
        self.socket.send(bytes).await.map(drop).context("a datagram was not sent")
    }

    /// The INVITE to send again while nothing answers it.
    pub(crate) fn sent_invite(&mut self, invite: String) {
        self.invite = Some(invite);
    }

    /// The ACK to send again whenever the 200 comes again.
    pub(crate) fn sent_ack(&self, ack: String) {
        *self.ack.lock().unwrap_or_else(PoisonError::into_inner) = Some(ack);
    }

    pub(crate) async fn transact(&mut self, request: &str, cseq: u32, method: &str) -> Result<u16> {
        self.send(request).await?;
        let response = self.response(Some(request), cseq, method).await?;
        response.status().context("a response has a status")
    }

    pub(crate) async fn final_response(&mut self, cseq: u32, method: &str) -> Result<Message> {
        let invite = self.invite.take();
        self.response(invite.as_deref(), cseq, method).await
    }

    async fn response(&mut self, mut again: Option<&str>, cseq: u32, method: &str) -> Result<Message> {
        let what = format!("a final response to {cseq} {method}");
        let work = async {
            loop {
                let place = self.early.iter().position(|message| is_response_to(message, cseq, method));
                if let Some(place) = place {
                    let message = self.early.swap_remove(place);
                    if message.status().is_some_and(|status| status >= 200) {
                        return Ok(message);
                    }
                    again = None;
                    continue;
                }
                match tokio::time::timeout(T1, self.responses.recv()).await {
                    Ok(message) => self.early.push(message.context("the phone's reader has ended")?),
                    Err(_) => {
                        if let Some(request) = again {
                            self.socket.send(request.as_bytes()).await?;
                        }
                    }
                }
            }
        };
        within(SOON, &what, work).await
    }

    /// Waits for any response, also a provisional one, and leaves it to whoever waits for it by name.
    pub(crate) async fn first_response(&mut self) -> Result<()> {
        within(SOON, "a first response", async {
            let message = self.responses.recv().await.context("the phone's reader has ended")?;
            self.early.push(message);
            Ok(())
        })
        .await
    }

    pub(crate) fn is_hung_up(&self) -> bool {
        *self.hung_up.borrow()
    }

    pub(crate) async fn hung_up(&self) -> Result<()> {
        self.hung_up.clone().wait_for(|hung_up| *hung_up).await.map(drop).context("the phone's reader has ended")
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

async fn read(
    socket: Arc<UdpSocket>,
    responses: mpsc::Sender<Message>,
    goodbye: watch::Sender<bool>,
    ack: Arc<Mutex<Option<String>>>,
) {
    let mut datagram = vec![0; 65_536];
    loop {
        // A killed centre answers with ICMP "port unreachable", which is no reason to stop listening.
        let Ok(length) = socket.recv(&mut datagram).await else { continue };
        let Some(message) = Message::parse(&datagram[..length]) else { continue };
        let answer = if message.status().is_some() {
            let is_again = message.status() == Some(200) && message.header("cseq") == Some("1 INVITE");
            let kept = ack.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let ack = kept.filter(|_| is_again);
            if ack.is_none() {
                drop(responses.try_send(message));
            }
            ack
        } else if message.start.starts_with("BYE ") {
            Some(message.ok())
        } else {
            None
        };
        if let Some(answer) = answer {
            drop(socket.send(answer.as_bytes()).await);
            if answer.starts_with("SIP/2.0 200") {
                goodbye.send_replace(true);
            }
        }
    }
}
