//! SIP messages and SDP as a phone reads and writes them: headers by name, no more.

use std::net::SocketAddr;

/// What a phone offers in its INVITE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// PCMA with telephone-event.
    Alaw,
    /// PCMU alone.
    Ulaw,
    /// G.722 alone.
    G722,
    /// No SDP: the centre offers, the ACK answers (RFC 3264 §4).
    None,
    /// What calls itself SDP.
    Text(&'static str),
}

/// The law of the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    Alaw,
    Ulaw,
}

impl Offer {
    pub(crate) fn sdp(&self, sound: SocketAddr) -> Option<String> {
        let formats = match self {
            Self::Alaw => "8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15",
            Self::Ulaw => "0\r\na=rtpmap:0 PCMU/8000",
            Self::G722 => "9\r\na=rtpmap:9 G722/8000",
            Self::None => return None,
            Self::Text(text) => return Some((*text).to_owned()),
        };
        let (ip, port) = (sound.ip(), sound.port());
        Some(format!(
            "v=0\r\no=phone 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n\
             a=ptime:20\r\na=sendrecv\r\n"
        ))
    }

    pub(crate) fn codec(&self) -> Codec {
        match self {
            Self::Ulaw => Codec::Ulaw,
            Self::Alaw | Self::G722 | Self::None | Self::Text(_) => Codec::Alaw,
        }
    }
}

/// Where the other side wants our sound.
pub(crate) fn remote_sound(sdp: &str) -> Option<SocketAddr> {
    let ip = sdp.lines().find_map(|line| line.strip_prefix("c=IN IP4 "))?;
    let port = sdp.lines().find_map(|line| line.strip_prefix("m=audio ")?.split(' ').next())?;
    format!("{}:{port}", ip.trim()).parse().ok()
}

/// A message that came.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) start: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Message {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let start = lines.next()?.to_owned();
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()));
        Some(Self { start, headers: headers.collect(), body: body.to_owned() })
    }

    pub(crate) fn status(&self) -> Option<u16> {
        self.start.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn to_tag(&self) -> Option<&str> {
        self.header("to")?.split_once(";tag=").map(|(_, tag)| tag)
    }

    /// The address in Contact.
    pub(crate) fn contact(&self) -> Option<&str> {
        let contact = self.header("contact")?;
        let inside = contact.split_once('<').map_or(contact, |(_, rest)| rest);
        Some(inside.split('>').next().unwrap_or(inside))
    }

    /// A 200 to this request.
    pub(crate) fn ok(&self) -> String {
        let is_echoed = |name: &str| ["via", "from", "to", "call-id", "cseq"].contains(&name);
        let lines = self.headers.iter().filter(|(name, _)| is_echoed(name));
        let echoed = lines.fold(String::new(), |text, (name, value)| text + name + ": " + value + "\r\n");
        format!("SIP/2.0 200 OK\r\n{echoed}Content-Length: 0\r\n\r\n")
    }
}
