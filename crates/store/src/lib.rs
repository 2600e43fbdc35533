//! The store: the journal of facts, the tables that are derived from it in the same transaction, the people who sign
//! in, and the proof that all of it fits together. Knows SQL and no rule of the centre; what a fact means to the
//! tables stands in `changes`, what it means to the figures in `otklik_centre::figures`.

pub mod alarms;
pub mod appeals;
pub mod calls;
pub mod devices;
pub mod error;
pub mod events;
pub mod invitations;
pub mod keeping;
pub mod location;
pub mod people;
pub mod persons;
pub mod promises;
pub mod sessions;
pub mod settings;
pub mod topics;
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
mod topic_totals;

pub use alarms::Seen;
pub use appeals::{Appeal, AppealError, AppealsQuery};
pub use calls::{CallRow, CallsQuery, PromiseInfo, RecordingInfo, Wanted};
pub use day::Lost;
pub use devices::{Device, DeviceKind};
pub use error::StoreError;
pub use events::Event;
pub use invitations::LINK_LASTS_MS;
pub use journal::Batch;
pub use keeping::{KeptFile, Recorded};
pub use location::{Location, LocationError};
pub use open::{OpenMode, Store};
pub use otklik_centre::ledger::Ledger;
pub use people::{AuditRow, Gender, PasswordHash, Person, PersonChange, Role};
pub use persons::{PersonCard, PersonError, PersonName};
pub use promises::{PromiseCounts, PromiseNote, PromiseRow, PromiseTry, PromisesQuery, WhichPromises};
pub use recovery::Recovery;
pub use sessions::{ListedSession, Session, TokenHash};
pub use settings::Setting;
pub use topics::{AppealResult, Topic, TopicGroup, Topics};
pub use verify::FaultCode;
pub use verify::{Fault, VerifyReport};
