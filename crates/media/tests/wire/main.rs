//! The media over real sockets: phones and a browser made for the test on one side, the two threads on the other.
//! Waiting always has a limit; nothing sleeps.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod phone;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod talk;
#[cfg(test)]
mod tone;
#[cfg(test)]
mod web;
