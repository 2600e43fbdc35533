//! The certificate with which pages are served over HTTPS (RFC 8446, TLS 1.2 and 1.3), and taking over a renewed one
//! without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is no PEM, or not the one that is wanted.
    #[error("{} holds no {wanted} (PEM)", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        wanted: &'static str,
    },
    /// The two do not belong together, or cannot be used.
    #[error("the certificate {} and its key do not fit together", path.display())]
    Unfit {
        /// The certificate's file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: rustls::Error,
    },
}

/// A certificate with its key, as it is now on disk.
#[derive(Debug)]
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    config: RwLock<Arc<ServerConfig>>,
    /// When the files were changed that are in use.
    changed_at: Mutex<[Option<SystemTime>; 2]>,
}

impl Tls {
    /// Reads a chain and its key, both PEM.
    ///
    /// # Errors
    /// [`TlsError`] with the file that is wrong.
    pub fn open(cert: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let changed_at = Mutex::new([changed(&cert), changed(&key)]);
        let config = RwLock::new(Arc::new(read(&cert, &key)?));
        Ok(Self { cert, key, config, changed_at })
    }

    /// Takes the files over where they have changed; says whether they have. What cannot be used leaves the former
    /// certificate in use, and is looked at again next time.
    ///
    /// # Errors
    /// [`TlsError`] with the file that is wrong.
    pub fn renew(&self) -> Result<bool, TlsError> {
        let now = [changed(&self.cert), changed(&self.key)];
        let mut changed_at = self.changed_at.lock().unwrap_or_else(PoisonError::into_inner);
        if *changed_at == now {
            return Ok(false);
        }
        let config = Arc::new(read(&self.cert, &self.key)?);
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        *changed_at = now;
        Ok(true)
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

fn read(cert: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| fault(cert, "certificate", error))?;
    if chain.is_empty() {
        return Err(TlsError::Pem { path: cert.to_path_buf(), wanted: "certificate" });
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| fault(key, "private key", error))?;
    let unfit = |source| TlsError::Unfit { path: cert.to_path_buf(), source };
    // The provider is named here: str0m brings the same one, and no process-wide choice is needed.
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unfit)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(unfit)?;
    // The desk's WebSocket is an upgrade of HTTP/1.1.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn fault(path: &Path, wanted: &'static str, error: pem::Error) -> TlsError {
    let path = path.to_path_buf();
    if let pem::Error::Io(source) = error { TlsError::Read { path, source } } else { TlsError::Pem { path, wanted } }
}
