//! Where we are reached: which names are ours, whether browsers speak TLS with us, and which origin is our own. A name
//! that is not ours in `Host` means that a foreign name was turned to our address (DNS rebinding).

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// How this centre is reached, as the operator set it.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The one address that people open; nothing = by IP address or as localhost only (over TLS of our own, by any
    /// name, for the certificate proves it).
    pub public: Option<PublicUrl>,
    /// Do we speak TLS ourselves?
    pub tls: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Proxies,
}

/// Who is believed about whom they speak for.
#[derive(Clone)]
pub struct Proxies(Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl Proxies {
    /// Believes those of whom `is_trusted` says so; it must answer at once.
    pub fn new(is_trusted: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(is_trusted))
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        (self.0)(address)
    }
}

/// Believes nobody.
impl Default for Proxies {
    fn default() -> Self {
        Self::new(|_| false)
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxies")
    }
}

/// An address such as `https://desk.example` or `https://desk.example:8443`, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    is_https: bool,
    /// Name and, where it is not the scheme's own, port; lower case.
    authority: String,
}

/// Why a text is no [`PublicUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public address is written https://NAME or https://NAME:PORT, without a path")]
pub struct PublicUrlError;

impl std::str::FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let text = text.trim().to_lowercase();
        let (scheme, rest) = text.split_once("://").ok_or(PublicUrlError)?;
        let (is_https, usual) = match scheme {
            "https" => (true, ":443"),
            "http" => (false, ":80"),
            _ => return Err(PublicUrlError),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let authority = authority.strip_suffix(usual).unwrap_or(authority);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        let uri = format!("{scheme}://{authority}").parse::<axum::http::Uri>().map_err(|_| PublicUrlError)?;
        if authority.is_empty() || !authority.chars().all(is_plain) || uri.host().is_none_or(str::is_empty) {
            return Err(PublicUrlError);
        }
        Ok(Self { is_https, authority: authority.to_owned() })
    }
}

impl PublicUrl {
    /// The origin, as browsers write it.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.is_https { "https" } else { "http" }, self.authority)
    }

    /// Do browsers speak TLS there?
    pub fn is_https(&self) -> bool {
        self.is_https
    }
}

impl Site {
    /// Do browsers reach us over TLS, so that cookies are to be kept off plain HTTP?
    pub(crate) fn is_secure(&self) -> bool {
        self.tls || self.public.as_ref().is_some_and(|public| public.is_https)
    }

    /// May `Host` name us so? An IP address is nobody's to turn round, and localhost is this machine.
    pub(crate) fn is_our_host(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        if is_nobodys_name(&host) {
            return true;
        }
        match &self.public {
            Some(public) => public.authority == host.strip_suffix(public.usual_port()).unwrap_or(&host),
            None => self.tls,
        }
    }

    /// Is `origin` (of a page that asks) our own, for a request that names us `host`?
    pub(crate) fn is_our_origin(&self, origin: &str, host: Option<&str>) -> bool {
        if self.public.as_ref().is_some_and(|public| public.origin() == origin) {
            return true;
        }
        let Some(host) = host.map(str::to_lowercase) else { return false };
        // The public name has the one origin above; past it we are reached directly.
        let is_direct = if self.public.is_some() { is_nobodys_name(&host) } else { self.is_our_host(&host) };
        let scheme = if self.tls { "https" } else { "http" };
        is_direct && origin == format!("{scheme}://{host}")
    }
}

impl PublicUrl {
    fn usual_port(&self) -> &'static str {
        if self.is_https { ":443" } else { ":80" }
    }
}

/// Does `Host` name this machine itself?
pub(crate) fn is_local(host: &str) -> bool {
    let name = name_of(host).trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The name or address in `Host`, without its port.
fn name_of(host: &str) -> &str {
    let without_port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    match without_port {
        Some((name, _)) if !name.contains(':') || name.ends_with(']') => name,
        _ => host,
    }
}

/// An IP address is nobody's to turn round, and localhost is this machine.
fn is_nobodys_name(host: &str) -> bool {
    is_address(host) || name_of(host) == "localhost"
}

fn is_address(host: &str) -> bool {
    name_of(host).trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{PublicUrl, Site, is_local};

    fn site(public: Option<&str>, tls: bool) -> Site {
        Site { public: public.map(|url| url.parse().expect("an address")), tls, ..Site::default() }
    }

    #[test]
    fn a_public_address_is_read_or_refused() {
        for (text, origin) in [
            ("https://desk.example", "https://desk.example"),
            ("https://Desk.Example:443/", "https://desk.example"),
            ("https://desk.example:8443", "https://desk.example:8443"),
            ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().map(|url| url.origin()), Ok(origin.to_owned()), "{text}");
        }
        for bad in ["", "desk.example", "ftp://desk.example", "https://", "https://a/b", "https://u@a", "https://a b"] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_that_was_turned_to_our_address_is_not_ours() {
        let table = [
            (None, false, "127.0.0.1:8080", true),
            (None, false, "localhost:8080", true),
            (None, false, "[::1]:8080", true),
            (None, false, "10.1.2.3", true),
            (None, false, "evil.example:8080", false),
            (None, false, "localhost.evil.example", false),
            (None, false, "127.0.0.1.evil.example", false),
            (None, true, "desk.example:8443", true),
            (Some("https://desk.example"), false, "desk.example", true),
            (Some("https://desk.example"), false, "Desk.Example:443", true),
            (Some("https://desk.example"), false, "127.0.0.1:8080", true),
            (Some("https://desk.example"), true, "evil.example", false),
            (Some("https://desk.example"), false, "desk.example:8080", false),
        ];
        for (public, tls, host, ours) in table {
            assert_eq!(site(public, tls).is_our_host(host), ours, "{public:?} {tls} {host}");
        }
    }

    #[test]
    fn only_loopback_is_this_machine() {
        for (host, local) in [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("[::1]:8080", true),
            ("desk.example", false),
            ("10.1.2.3:8080", false),
            ("127.0.0.1.evil.example", false),
        ] {
            assert_eq!(is_local(host), local, "{host}");
        }
    }

    #[test]
    fn an_origin_is_ours_with_its_scheme() {
        let table = [
            (None, false, "http://127.0.0.1:8080", "127.0.0.1:8080", true),
            (None, false, "https://127.0.0.1:8080", "127.0.0.1:8080", false),
            (None, false, "http://127.0.0.1:9090", "127.0.0.1:8080", false),
            (None, false, "http://evil.example", "evil.example", false),
            (None, false, "null", "127.0.0.1:8080", false),
            (None, true, "https://desk.example:8443", "desk.example:8443", true),
            (Some("https://desk.example"), false, "https://desk.example", "127.0.0.1:8080", true),
            (Some("https://desk.example"), false, "http://desk.example", "desk.example", false),
        ];
        for (public, tls, origin, host, ours) in table {
            assert_eq!(site(public, tls).is_our_origin(origin, Some(host)), ours, "{public:?} {tls} {origin} {host}");
        }
    }
}
