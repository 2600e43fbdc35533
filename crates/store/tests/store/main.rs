//! The store on real `SQLite` files: append, recovery, verify, people.

mod append;
mod calls;
mod people;
mod place;
mod promises;
mod recovery;
mod script;
mod verify;
