//! The whole house by telephone: the real binary, real sockets, a real phone. Each test has centres of its own.
//! What a browser adds stands in web/e2e. `OTKLIK_LONG=1` adds the long runs.

mod backup;
mod closed;
mod crowd;
mod endings;
mod heard;
mod keeping;
mod kills;
mod messages;
mod messages_lost;
mod nobody;
mod press;
mod promises;
mod refusals;
mod seeded;
mod starts;

use otklik_testkit::Program;

/// The binary under test.
fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_otklik"))
}

/// The `n`th number of a caller.
fn number(n: usize) -> String {
    format!("+7916{n:07}")
}
