//! The server over real sockets: TLS, a renewed certificate, and who is let go.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Limits, serve};
use crate::tls::{Tls, TlsError};

/// No wait of a test lasts longer.
const LIMIT: Duration = Duration::from_secs(20);

/// A certificate of our own making in a folder of its own.
struct Files(PathBuf);

impl Files {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("otklik-tls-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn cert(&self) -> PathBuf {
        self.0.join("cert.pem")
    }

    fn key(&self) -> PathBuf {
        self.0.join("key.pem")
    }

    /// Writes another certificate for desk.example, changed at second `n`; gives it back.
    fn write(&self, n: u64) -> CertificateDer<'static> {
        let made = rcgen::generate_simple_self_signed(vec!["desk.example".to_owned()]).expect("a certificate");
        let (cert, key) = (made.cert.der().to_vec(), made.signing_key.serialize_der());
        for (path, text) in [(self.cert(), pem("CERTIFICATE", &cert)), (self.key(), pem("PRIVATE KEY", &key))] {
            fs::write(&path, text).expect("written");
            let at = std::time::UNIX_EPOCH + Duration::from_secs(n);
            fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(at)).expect("dated");
        }
        made.cert.der().clone()
    }
}

/// The textual form (RFC 7468) of bytes.
fn pem(label: &str, der: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = format!("-----BEGIN {label}-----");
    for (n, group) in der.chunks(3).enumerate() {
        if n % 16 == 0 {
            text.push('\n');
        }
        let bits = group.iter().chain([0, 0].iter()).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = char::from(LETTERS[bits >> (18 - 6 * place) & 63]);
            text.push(if place <= group.len() { letter } else { '=' });
        }
    }
    format!("{text}\n-----END {label}-----\n")
}

impl Drop for Files {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

async fn start(tls: Option<Arc<Tls>>, limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("bound");
    let who = get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { format!("you are {}", peer.ip()) });
    tokio::spawn(serve(listener, Router::new().route("/", who), tls, limits));
    at
}

/// Asks over TLS, trusting this certificate only.
async fn ask(at: SocketAddr, trusted: &CertificateDer<'static>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("desk.example").expect("a name");
    let stream = TcpStream::connect(at).await?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn pages_come_over_tls_and_a_renewed_certificate_is_taken_over() {
    let files = Files::new("renewed");
    let first = files.write(1);
    let tls = Arc::new(Tls::open(files.cert(), files.key()).expect("opens"));
    let at = start(Some(Arc::clone(&tls)), Limits::default()).await;
    assert!(ask(at, &first).await.expect("answers").ends_with("you are 127.0.0.1"));
    assert!(!tls.renew().expect("nothing changed"));

    let second = files.write(2);
    assert!(ask(at, &second).await.is_err(), "not looked at yet");
    assert!(tls.renew().expect("a good one"));
    assert!(ask(at, &second).await.expect("answers").contains("200 OK"));
    assert!(ask(at, &first).await.is_err(), "the former one is not served any more");

    fs::write(files.key(), "half a ke").expect("written");
    assert!(matches!(tls.renew(), Err(TlsError::Pem { wanted: "private key", .. })));
    assert!(ask(at, &second).await.expect("answers").contains("200 OK"), "a bad one leaves the former in use");
    let third = files.write(3);
    assert!(tls.renew().expect("whole again"), "it is looked at again");
    assert!(ask(at, &third).await.is_ok());
}

#[test]
fn bad_files_say_which_and_what() {
    let files = Files::new("bad");
    files.write(1);
    let other = Files::new("other");
    other.write(1);
    let said = |cert: PathBuf, key: PathBuf| Tls::open(cert, key).expect_err("bad").to_string();
    assert!(said(files.0.join("absent.pem"), files.key()).contains("absent.pem cannot be read"));
    assert!(said(files.key(), files.key()).contains("key.pem holds no certificate (PEM)"));
    assert!(said(files.cert(), files.cert()).contains("cert.pem holds no private key (PEM)"));
    assert!(said(files.cert(), other.key()).contains("do not fit together"));
}

#[tokio::test]
async fn who_is_silent_or_slow_is_let_go_and_others_get_their_place() {
    let head = Duration::from_millis(300);
    let limits = Limits { connections: 2, head, handshake: head };
    let at = start(None, limits).await;
    let (mut silent, mut slow) = (TcpStream::connect(at).await.expect("in"), TcpStream::connect(at).await.expect("in"));
    slow.write_all(b"GET / HTTP/1.1\r\nHost: a").await.expect("begins");
    let mut third = TcpStream::connect(at).await.expect("waits in the system's queue");
    third.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.expect("asks");
    let mut answer = String::new();
    tokio::time::timeout(LIMIT, third.read_to_string(&mut answer)).await.expect("in time").expect("answers");
    assert!(answer.contains("200 OK"), "{answer}");
    for gone in [&mut silent, &mut slow] {
        let mut rest = Vec::new();
        // Closed or reset: either way it is over.
        tokio::time::timeout(LIMIT, gone.read_to_end(&mut rest)).await.expect("let go").ok();
        assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    }

    let files = Files::new("silent");
    files.write(1);
    let tls = Arc::new(Tls::open(files.cert(), files.key()).expect("opens"));
    let at = start(Some(tls), limits).await;
    let mut silent = TcpStream::connect(at).await.expect("in");
    let mut rest = Vec::new();
    tokio::time::timeout(LIMIT, silent.read_to_end(&mut rest)).await.expect("let go").ok();
    assert!(rest.is_empty());
}
