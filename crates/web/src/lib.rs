//! HTTP: sign-in, the desk's WebSocket, lists, recordings, figures, and the pages themselves. Handlers translate and
//! decide nothing: what happens to a call is asked of the engine, what happened is read from the store.

mod assets;
mod attempts;
mod calls;
mod client;
mod desk;
mod dto;
mod events;
mod figures;
mod health;
mod keeping;
mod lines;
mod openapi;
mod paging;
mod people;
mod presence;
mod problem;
mod promises;
mod recordings;
mod rights;
mod router;
mod safety;
mod server;
mod session;
mod site;
mod start;
mod state;
mod tls;

pub use health::install_metrics;
pub use keeping::{KeepingRules, Measured};
pub use openapi::document;
pub use people::{NewPerson, PeopleError, add_person, set_password};
pub use router::router;
pub use server::{Limits, serve};
pub use site::{Proxies, PublicUrl, PublicUrlError, Site};
pub use state::{App, LineInfo, Start};
pub use tls::{Tls, TlsError};
