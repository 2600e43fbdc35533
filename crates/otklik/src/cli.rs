//! The command line. Other programs rely on it: docs/cli.md.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use otklik_sip::Network;
use otklik_web::PublicUrl;

/// A contact centre for social services, in one binary.
#[derive(Debug, Parser)]
#[command(name = "otklik", version, about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Takes calls: SIP, the desk, the pages.
    Serve(Box<ServeFlags>),
    /// Makes the data folder and the first administrator; prints a one-time link by which they set their password.
    Init(InitFlags),
    /// Prints a one-time link by which somebody sets another password; works beside a running server.
    Reset(ResetFlags),
    /// Prints every call, oldest first; works beside a running server.
    Calls(ReadFlags),
    /// Checks every invariant of the journal, the tables and the recordings; exit 1 with a list where one is broken.
    Verify(ReadFlags),
    /// Makes a copy of a centre, also beside a running server; what a former copy there holds is not copied again.
    /// Exit 3 where it was made and lacks recordings, with a list.
    Backup(BackupFlags),
    /// Makes a new data folder of a copy, and verifies it.
    Restore(RestoreFlags),
    /// Prints the API's description (OpenAPI 3.1).
    Openapi,
}

/// Something that is switched on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Switch {
    /// It works.
    On,
    /// It does not.
    Off,
}

/// Where the data lies.
#[derive(Debug, Clone, Args)]
pub(crate) struct DataFlags {
    /// The data folder: database, recordings.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Another place of the database: sqlite:PATH.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct LinkFlags {
    #[command(flatten)]
    pub(crate) place: DataFlags,
    /// How people reach the pages; the link begins with it.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080", value_parser = parse_url)]
    pub(crate) public_url: String,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct InitFlags {
    #[command(flatten)]
    pub(crate) link: LinkFlags,
    /// Sign-in name of the first administrator [default: admin].
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ResetFlags {
    /// Whose password: a sign-in name.
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) link: LinkFlags,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ReadFlags {
    #[command(flatten)]
    pub(crate) place: DataFlags,
    /// JSON lines instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct BackupFlags {
    #[command(flatten)]
    pub(crate) place: DataFlags,
    /// Where the copy lies: a new or empty folder, or one with a former copy.
    pub(crate) dir: PathBuf,
    /// The database, the centre's file and its prompts only.
    #[arg(long)]
    pub(crate) without_recordings: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct RestoreFlags {
    /// The copy.
    pub(crate) dir: PathBuf,
    /// The data folder to make; new or empty.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ServeFlags {
    #[command(flatten)]
    pub(crate) place: DataFlags,
    /// A file with these options (YAML; names as here, with _ for -); what is given here goes before it.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The centre's lines, hours and thresholds; imported when the data folder is empty, later only compared.
    #[arg(long, value_name = "FILE")]
    pub(crate) centre: Option<PathBuf>,
    /// Where pages and API are served [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    pub(crate) http: Option<SocketAddr>,
    /// The certificate chain (PEM) with which pages are served over HTTPS; taken anew when the file changes.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// The one address that people open: `https://desk.example`.
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<PublicUrl>,
    /// A proxy in front of us whose X-Forwarded-For is believed [default: loopback with --public-url, else nobody].
    #[arg(long, value_name = "CIDR")]
    pub(crate) trusted_proxy: Vec<Network>,
    /// Where SIP is listened for [default: 127.0.0.1:5060].
    #[arg(long, value_name = "ADDR")]
    pub(crate) sip: Option<SocketAddr>,
    /// The address of our sound in SDP [default: that of --sip].
    #[arg(long, value_name = "IP")]
    pub(crate) media_ip: Option<IpAddr>,
    /// UDP ports of our sound [default: 16000-29998].
    #[arg(long, value_name = "LO-HI", value_parser = parse_ports)]
    pub(crate) media_ports: Option<RangeInclusive<u16>>,
    /// Calls from browsers, at /call [default: on with --demo, else off].
    #[arg(long, value_name = "ON|OFF", value_enum)]
    pub(crate) browser_calls: Option<Switch>,
    /// Disk space that stays free: below it talks go on and are not recorded, MiB [default: 1024].
    #[arg(long, value_name = "MIB")]
    pub(crate) recording_floor_mib: Option<u32>,
    /// The demonstration: an open line, people with printed passwords, a start page.
    #[arg(long)]
    pub(crate) demo: bool,
}

/// A sign-in name as the pages take it.
fn parse_name(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if begins && (2..=40).contains(&text.len()) && text.bytes().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err("a sign-in name has 2 to 40 small Latin letters, digits, dots, dashes, and begins with a letter".to_owned())
    }
}

fn parse_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(char::is_whitespace) => Ok(text.to_owned()),
        _ => Err(format!("an address begins with https:// or http://; not {text:?}")),
    }
}

/// Reads `16000-29998`. Four ports are the least: one for the browsers, a pair for a call, one to make it even.
pub(crate) fn parse_ports(text: &str) -> Result<RangeInclusive<u16>, String> {
    let bad = || format!("ports are written LOW-HIGH, as 16000-29998, with at least four ports between; not {text:?}");
    let (low, high) = text.split_once('-').ok_or_else(bad)?;
    let (low, high): (u16, u16) = (low.trim().parse().map_err(|_| bad())?, high.trim().parse().map_err(|_| bad())?);
    if low == 0 || high.checked_sub(low).is_none_or(|width| width < 3) {
        return Err(bad());
    }
    Ok(low..=high)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Cli, parse_ports};

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn ports_are_read_or_refused() {
        assert_eq!(parse_ports("16000-29998"), Ok(16_000..=29_998));
        for bad in ["", "1", "5-4", "0-100", "1-2", "70000-70010", "a-b"] {
            assert!(parse_ports(bad).is_err(), "{bad}");
        }
    }
}
