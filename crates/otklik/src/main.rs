//! The binary: command line, configuration, wiring; nothing else.

mod backup;
mod centre_file;
mod cli;
mod demo;
mod https;
mod keeping;
mod links;
mod options;
mod place;
mod report;
mod restore;
mod serve;
mod set_clock;
mod sounds;
mod topics;
mod words;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let command = cli::Cli::parse().command;
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = match command {
        cli::Command::Serve(flags) => runtime.block_on(serve::serve(*flags)).map(|()| ExitCode::SUCCESS),
        cli::Command::Init(flags) => runtime.block_on(links::init(&flags)),
        cli::Command::Reset(flags) => runtime.block_on(links::reset(&flags)),
        cli::Command::Calls(flags) => runtime.block_on(report::calls(&flags)),
        cli::Command::Verify(flags) => runtime.block_on(report::verify(&flags)),
        cli::Command::Backup(flags) => runtime.block_on(backup::backup(&flags)),
        cli::Command::Restore(flags) => runtime.block_on(restore::restore(&flags)),
        cli::Command::Openapi => report::openapi(),
    };
    done.unwrap_or_else(|error| failed(&error))
}

/// Says why, with the whole chain, on one line.
#[expect(clippy::print_stderr, reason = "the last word of a command that failed")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("otklik: {error:#}");
    ExitCode::FAILURE
}
