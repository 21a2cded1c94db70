//! `longshore-reap run …`: what a shim is while its container runs: writes the log, waits, writes the exit file.
//! `longshore-reap init FD COMMAND …`: process 1 inside a container with `initProcessEnabled`.
//!
//! Small on purpose: one of the first kind is resident per container.

use std::process::ExitCode;

mod init;
mod run;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("run") => match run::Parameters::parse(&arguments[2..]) {
            Some(parameters) => run::run(parameters),
            None => ExitCode::from(2),
        },
        Some("init") if arguments.len() > 3 => init::run(&arguments[2], &arguments[3..]),
        _ => ExitCode::from(2),
    }
}
