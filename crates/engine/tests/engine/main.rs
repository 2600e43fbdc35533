//! The engine with scripted legs and a real database: what is stored when, what leaves when, and what a kill leaves.

mod disk;
mod kill;
mod pages;
mod place;
mod rig;
mod stop;
mod walk;
