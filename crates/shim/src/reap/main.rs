//! `longshore-reap run …`: what a shim is while its container runs: writes the log, waits, writes the exit file.
//! `longshore-reap init FD COMMAND …`: process 1 inside a container with `initProcessEnabled`.
//! `longshore-reap pause DIR`: process 1 of the process ids that a task's containers share.
//!
//! Small on purpose: one of the first kind is resident per container, and one of the last per task that asks for it.

use std::process::ExitCode;

mod init;
mod pause;
mod run;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("run") => match run::Parameters::parse(&arguments[2..]) {
            Some(parameters) => run::run(parameters),
            None => ExitCode::from(2),
        },
        Some("init") if arguments.len() > 3 => init::run(&arguments[2], &arguments[3..]),
        Some("pause") if arguments.len() == 3 => pause::run(&arguments[2]),
        _ => ExitCode::from(2),
    }
}
