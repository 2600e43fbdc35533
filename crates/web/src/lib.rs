//! HTTP: sign-in, the desk's WebSocket, lists, recordings, figures, and the pages themselves. Handlers translate and
//! decide nothing: what happens to a call is asked of the engine, what happened is read from the store.

mod appeals;
mod assets;
mod attempts;
mod body;
mod caller;
mod calls;
mod centre;
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
mod peaks;
mod people;
mod persons;
mod presence;
mod press;
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

pub use caller::limits::BrowserCalls;
pub use health::install_metrics;
pub use keeping::{KeepingRules, Measured};
pub use openapi::document;
pub use people::{NewPerson, PeopleError, add_person, set_password};
pub use router::router;
pub use server::{Limits, serve};
pub use site::{PublicUrl, PublicUrlError, Site};
pub use state::{App, LineInfo, Start};
pub use tls::{Tls, TlsError};
