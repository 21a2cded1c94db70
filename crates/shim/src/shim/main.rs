//! `longshore-shim start DIR`: makes the container described in the state directory, starts it, reports, and becomes
//! `longshore-reap`. `longshore-shim exec`: runs one command in a running container, described on stdin.
//!
//! On a failure it reports and exits; clearing up is the agent's, which knows every path and also clears up after a killed shim.

use std::os::fd::{AsRawFd as _, OwnedFd};
use std::process::ExitCode;

use shim::{Failure, layout, sys};

mod complaints;
mod devices;
mod embedded;
mod exec;
mod external;
mod start;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let Ok(report) = sys::inherited(layout::REPORT_FD) else {
        eprintln!("this program is started by longshore only");
        return ExitCode::from(2);
    };
    let outcome = prepare(&report).and_then(|()| match arguments.get(1).map(String::as_str) {
        Some("start") if arguments.len() == 3 => start::run(arguments[2].as_ref(), &report),
        Some("exec") => exec::run(&report),
        _ => Err(Failure::create("usage: longshore-shim start DIR | exec")),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&report, &failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Away from the agent's session, signals and groups; nothing leaks into what is executed.
fn prepare(report: &OwnedFd) -> Result<(), Failure> {
    let step = |what: &'static str| move |error: std::io::Error| Failure::create(format!("{what}: {error}"));
    sys::close_all_on_exec(report.as_raw_fd()).map_err(step("close_range"))?;
    sys::new_session().map_err(step("setsid"))?;
    sys::reset_signals();
    sys::set_groups(&[]).map_err(step("setgroups"))?;
    std::env::set_current_dir("/").map_err(step("chdir"))
}

/// One line to the agent. A dead agent does not matter: it finds the state directory when it comes back.
fn tell(report: &OwnedFd, line: &str) {
    let _ = sys::write_to_pipe(report.as_raw_fd(), format!("{line}\n").as_bytes());
}
