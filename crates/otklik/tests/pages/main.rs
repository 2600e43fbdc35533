//! The whole house by HTTP: the real binary on a data folder in which calls were answered already. What a real call adds
//! stands in web/e2e.

mod appeals;
mod house;

use otklik_testkit::Program;

/// The binary under test.
fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_otklik"))
}
