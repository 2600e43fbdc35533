//! The options of `serve` as they hold: command line, then the file of `--config`, then the defaults.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use otklik_sip::Network;
use otklik_web::{BrowserCalls, Proxies, PublicUrl, Site};
use serde::Deserialize;

use crate::cli::{ServeFlags, Switch, parse_ports};

/// What holds.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) data: PathBuf,
    pub(crate) database: Option<String>,
    pub(crate) centre: Option<PathBuf>,
    pub(crate) http: SocketAddr,
    pub(crate) sip: SocketAddr,
    pub(crate) media_ip: IpAddr,
    pub(crate) media_ports: RangeInclusive<u16>,
    pub(crate) trusted: Vec<Network>,
    pub(crate) metrics_token: Option<String>,
    pub(crate) site: Site,
    /// Below so much free space no recording begins, bytes.
    pub(crate) recording_floor_bytes: u64,
    /// Certificate and key.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    pub(crate) demo: bool,
    pub(crate) browser_calls: BrowserCalls,
}

/// The file of `--config`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    centre: Option<PathBuf>,
    http: Option<SocketAddr>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    public_url: Option<String>,
    trusted_proxy: Option<Vec<String>>,
    recording_floor_mib: Option<u32>,
    sip: Option<SocketAddr>,
    media_ip: Option<IpAddr>,
    media_ports: Option<String>,
    /// Networks whose calls we take.
    trusted: Option<Vec<String>>,
    /// Opens `/metrics` to others than loopback.
    metrics_token: Option<String>,
    /// Calls from browsers.
    browser_calls: Option<Switch>,
    browser_calls_max: Option<u16>,
    browser_calls_per_address: Option<u16>,
    browser_call_starts_per_minute: Option<u16>,
}

impl Options {
    /// Puts the options together.
    pub(crate) fn of(flags: ServeFlags) -> anyhow::Result<Self> {
        let file = flags.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let browser_calls = file.browser_calls(flags.browser_calls, flags.demo);
        let sip = flags.sip.or(file.sip).unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 5060)));
        let http = flags.http.or(file.http).unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
        let listens = if sip.ip().is_unspecified() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { sip.ip() };
        let file_ports = file.media_ports.as_deref().map(parse_ports).transpose().map_err(anyhow::Error::msg)?;
        let trusted = file.trusted.unwrap_or_else(|| vec!["127.0.0.0/8".to_owned()]);
        let trusted: Result<Vec<Network>, _> = trusted.iter().map(|network| network.parse()).collect();
        let tls = tls(flags.tls_cert.or(file.tls_cert), flags.tls_key.or(file.tls_key))?;
        let file_url = file.public_url.as_deref().map(str::parse::<PublicUrl>).transpose().context("public_url")?;
        let public = flags.public_url.or(file_url);
        let proxies = trusted_proxies(flags.trusted_proxy, file.trusted_proxy, public.is_some())?;
        let floor_mib = flags.recording_floor_mib.or(file.recording_floor_mib).unwrap_or(1_024);
        let options = Self {
            data: flags.place.data.or(file.data).context("where do the data lie? Give --data DIR")?,
            database: flags.place.database.or(file.database),
            centre: flags.centre.or(file.centre),
            http,
            sip,
            media_ip: flags.media_ip.or(file.media_ip).unwrap_or(listens),
            media_ports: flags.media_ports.or(file_ports).unwrap_or(16_000..=29_998),
            trusted: trusted.context("trusted holds networks such as 192.0.2.0/24")?,
            metrics_token: file.metrics_token.filter(|token| !token.is_empty()),
            site: Site { public, tls: tls.is_some(), trusted_proxies: proxies },
            recording_floor_bytes: u64::from(floor_mib) << 20,
            tls,
            demo: flags.demo,
            browser_calls,
        };
        options.check()
    }

    /// A demonstration has known names and an open start page: it stays on this machine.
    fn check(self) -> anyhow::Result<Self> {
        if self.demo && !(self.http.ip().is_loopback() && self.sip.ip().is_loopback()) {
            bail!("--demo listens on loopback only: leave --demo out to serve others");
        }
        Ok(self)
    }
}

impl File {
    /// Calls from browsers: off outside the demonstration until somebody switches them on.
    fn browser_calls(&self, flag: Option<Switch>, demo: bool) -> BrowserCalls {
        let usual = BrowserCalls::default();
        let switch = flag.or(self.browser_calls).unwrap_or(if demo { Switch::On } else { Switch::Off });
        BrowserCalls {
            on: switch == Switch::On,
            live_max: self.browser_calls_max.map_or(usual.live_max, usize::from),
            per_address_max: self.browser_calls_per_address.map_or(usual.per_address_max, usize::from),
            starts_per_minute: self.browser_call_starts_per_minute.map_or(usual.starts_per_minute, usize::from),
        }
    }
}

fn tls(cert: Option<PathBuf>, key: Option<PathBuf>) -> anyhow::Result<Option<(PathBuf, PathBuf)>> {
    match (cert, key) {
        (Some(cert), Some(key)) => Ok(Some((cert, key))),
        (None, None) => Ok(None),
        (Some(_), None) => bail!("tls_cert needs its private key: give tls_key"),
        (None, Some(_)) => bail!("tls_key needs its certificate: give tls_cert"),
    }
}

/// Who is believed about whom they speak for: a proxy on this machine, where there is one and no other is named.
fn trusted_proxies(flags: Vec<Network>, file: Option<Vec<String>>, has_public_url: bool) -> anyhow::Result<Proxies> {
    if !flags.is_empty() {
        return Ok(believing(flags));
    }
    let usual = || if has_public_url { vec!["127.0.0.0/8".to_owned(), "::1".to_owned()] } else { Vec::new() };
    let networks = file.unwrap_or_else(usual);
    let networks: Result<Vec<Network>, _> = networks.iter().map(|network| network.parse()).collect();
    Ok(believing(networks.context("trusted_proxy holds networks such as 127.0.0.0/8")?))
}

fn believing(networks: Vec<Network>) -> Proxies {
    Proxies::new(move |address| networks.iter().any(|network| network.contains(address)))
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_yaml_ng::from_str(&text).with_context(|| format!("{} is not as expected", path.display()))
}

#[cfg(test)]
mod tests {
    use otklik_web::BrowserCalls;

    use super::File;
    use crate::cli::Switch;

    #[test]
    fn calls_from_browsers_are_off_until_somebody_switches_them_on() {
        let read = |text: &str| serde_yaml_ng::from_str::<File>(text).expect("a file of options");
        let (plain, on) = (read("http: 127.0.0.1:0"), read("browser_calls: on\nbrowser_calls_per_address: 9"));
        let table = [
            (&plain, None, false, false),
            (&plain, None, true, true),
            (&plain, Some(Switch::On), false, true),
            (&plain, Some(Switch::Off), true, false),
            (&on, None, false, true),
            (&on, Some(Switch::Off), false, false),
        ];
        for (file, flag, demo, expected) in table {
            assert_eq!(file.browser_calls(flag, demo).on, expected, "{flag:?} {demo}");
        }
        assert_eq!(plain.browser_calls(None, false), BrowserCalls::default());
        assert_eq!(on.browser_calls(None, false).per_address_max, 9);
    }
}
