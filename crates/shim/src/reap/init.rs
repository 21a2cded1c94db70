//! Process 1 of a container that asked for one: starts the command as its child, passes signals on, reaps orphans, ends as the command ends.

use std::os::fd::AsRawFd as _;
use std::process::ExitCode;

use shim::sys::{ChildStatus, Forked, Reaped};
use shim::{Failure, command, sys};

pub fn run(speaker: &str, args: &[String]) -> ExitCode {
    // None when an external runtime started this: then a command that cannot be executed is an exit code, as with any init.
    let speaker = speaker.parse().ok().and_then(|fd| sys::inherited(fd).ok());
    if let Some(fd) = &speaker {
        let _ = sys::close_on_exec(fd.as_raw_fd(), true);
    }
    sys::block_signals();
    let child = match sys::fork() {
        Ok(Forked::Parent(child)) => child,
        Ok(Forked::Child) => {
            sys::new_foreground_group();
            sys::reset_signals();
            let env: Vec<String> = std::env::vars_os()
                .filter_map(|(name, value)| Some(format!("{}={}", name.to_str()?, value.to_str()?)))
                .collect();
            let failure = command::execute(args, &env);
            match &speaker {
                Some(fd) => drop(sys::write(fd.as_raw_fd(), failure.to_string().as_bytes())),
                None => eprintln!("init: exec {} failed: {}", failure.detail, error_text(&failure)),
            }
            std::process::exit(if failure.errno == libc::ENOENT { 127 } else { 126 });
        }
        Err(_) => return ExitCode::from(1),
    };
    drop(speaker);
    loop {
        match sys::next_signal() {
            Ok(libc::SIGCHLD) => {
                while let Reaped::Child(pid, status) = sys::reap_any() {
                    if pid == child {
                        return ended(status);
                    }
                }
            }
            Ok(signal) => drop(sys::kill(child, signal)),
            Err(_) => {}
        }
    }
}

fn ended(status: ChildStatus) -> ExitCode {
    ExitCode::from(match status {
        ChildStatus::Exited(code) => code as u8,
        ChildStatus::Signaled(signal) => (128 + signal) as u8,
    })
}

fn error_text(failure: &Failure) -> std::io::Error {
    std::io::Error::from_raw_os_error(failure.errno)
}
