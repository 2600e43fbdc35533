//! The store on real `SQLite` files: append, recovery, verify, people.

mod appeals;
mod append;
mod calls;
mod figures;
mod people;
mod place;
mod promises;
mod recovery;
mod script;
mod settings;
mod verify;
