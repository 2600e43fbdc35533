//! The store: the journal of facts, the tables that are derived from it in the same transaction, the people who sign
//! in, and the proof that all of it fits together. Knows SQL and no rule of the centre; what a fact means to the
//! tables stands in `changes`, what it means to the figures in `otklik_centre::figures`.

pub mod calls;
pub mod devices;
pub mod error;
pub mod events;
pub mod invitations;
pub mod location;
pub mod people;
pub mod promises;
pub mod sessions;
pub mod settings;
pub mod verify;

mod body;
mod browsers;
mod changes;
mod day;
mod epoch;
mod journal;
mod migrations;
mod names;
mod open;
mod recovery;
mod sql;
mod subjects;
mod tables;

pub use calls::{CallRow, CallsQuery, PromiseInfo, RecordingInfo};
pub use devices::{Device, DeviceKind};
pub use error::StoreError;
pub use events::Event;
pub use invitations::LINK_LASTS_MS;
pub use journal::Batch;
pub use location::{Location, LocationError};
pub use open::{OpenMode, Store};
pub use otklik_centre::ledger::Ledger;
pub use people::{AuditRow, Gender, PasswordHash, Person, PersonChange, Role};
pub use promises::PromiseRow;
pub use recovery::Recovery;
pub use sessions::{ListedSession, Session, TokenHash};
pub use settings::Setting;
pub use verify::{Fault, VerifyReport};
