//! HTTP: sign-in, the desk's WebSocket, lists, recordings, figures, and the pages themselves. Handlers translate and
//! decide nothing: what happens to a call is asked of the engine, what happened is read from the store.

mod assets;
mod attempts;
mod calls;
mod client;
mod desk;
mod dto;
mod events;
mod extract;
mod figures;
mod health;
mod kept;
mod lines;
mod my_sessions;
mod openapi;
mod paging;
mod passwords;
mod people;
mod presence;
mod problem;
mod promises;
mod prompts;
mod recordings;
mod revoked;
mod rights;
mod router;
mod safety;
mod session;
mod setup;
mod start;
mod state;
mod welcome;

pub use health::install_metrics;
pub use kept::{SettingsError, SetupStart, kept_centre, seed_lines};
pub use openapi::document;
pub use people::{NewPerson, PeopleError, add_person, set_password};
pub use prompts::{PromptBox, PromptText, put_kept_prompts};
pub use router::router;
pub use session::fresh_token;
pub use state::{App, LineInfo, Start};
