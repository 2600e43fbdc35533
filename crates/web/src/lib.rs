//! HTTP: sign-in, the desk's WebSocket, lists, recordings, figures, and the pages themselves. Handlers translate and
//! decide nothing: what happens to a call is asked of the engine, what happened is read from the store.

mod appeals;
mod assets;
mod attempts;
mod body;
mod calls;
mod centre;
mod desk;
mod dto;
mod events;
mod figures;
mod health;
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
mod session;
mod start;
mod state;

pub use health::install_metrics;
pub use openapi::document;
pub use people::{NewPerson, PeopleError, add_person, set_password};
pub use router::router;
pub use state::{App, LineInfo, Start};
