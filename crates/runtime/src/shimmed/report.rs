//! From what a shim, or the runtime under it, complained about to a typed error.

use std::fs;
use std::io;
use std::path::Path;

use shim::{Failure, Step, layout};

use crate::ContainerId;
use crate::error::Error;

/// The error for a line a shim reported instead of "started".
pub(super) fn failure(id: &ContainerId, directory: &Path, line: &str) -> Error {
    let complaints = fs::read_to_string(directory.join(layout::SHIM_LOG)).unwrap_or_default();
    match line.parse::<Failure>() {
        Ok(failure) => typed(id, &failure, &complaints, command(directory).as_deref()),
        Err(_) => {
            let last = summary(&complaints);
            Error::Start { id: id.clone(), reason: format!("the shim died {last}").trim_end().to_owned() }
        }
    }
}

pub(super) fn typed(id: &ContainerId, failure: &Failure, complaints: &str, command: Option<&str>) -> Error {
    let detail = failure.detail.clone();
    let reason = io::Error::from_raw_os_error(failure.errno).to_string();
    let reason = reason.split(" (os error").next().unwrap_or_default().to_lowercase();
    match failure.step {
        Step::Command => match failure.errno {
            libc::ENOENT | libc::ENOTDIR => Error::CommandNotFound { command: detail },
            libc::EACCES | libc::EPERM | libc::EISDIR => Error::CommandNotExecutable { command: detail },
            libc::ENOEXEC => Error::CommandFormat { command: detail },
            _ => Error::Start { id: id.clone(), reason: format!("exec: {detail:?}: {reason}") },
        },
        Step::Cwd => Error::WorkingDirectory { cwd: detail.into(), reason },
        Step::Limit => Error::Limit { limit: detail, reason },
        Step::Gone => Error::NotRunning { id: id.clone() },
        Step::Seccomp | Step::Identity => {
            Error::Start { id: id.clone(), reason: format!("{detail}: {reason}") }
        }
        Step::Create => created(id, &detail, complaints, command),
    }
}

/// Words of crun, runc and libcontainer for what the other steps say by number.
fn created(id: &ContainerId, detail: &str, complaints: &str, command: Option<&str>) -> Error {
    let all = format!("{detail}\n{complaints}");
    let lower = all.to_lowercase();
    let command = || command.unwrap_or_default().to_owned();
    if lower.contains("not found in $path") || (lower.contains("exec: ") && lower.contains("no such file")) {
        return Error::CommandNotFound { command: command() };
    }
    if let Some(line) = lower.lines().find(|line| line.contains("chdir") || line.contains("cwd")) {
        return Error::WorkingDirectory { cwd: Default::default(), reason: line.trim().to_owned() };
    }
    // crun: "open executable: Permission denied", "exec … failed: Exec format error"; runc: "exec: \"x\": permission denied".
    if (lower.contains("executable") || lower.contains("exec")) && lower.contains("permission denied") {
        return Error::CommandNotExecutable { command: command() };
    }
    if lower.contains("exec format error") {
        return Error::CommandFormat { command: command() };
    }
    let last = summary(complaints);
    let reason = if last.is_empty() || detail.contains(&last) {
        detail.to_owned()
    } else {
        format!("{detail} {last}")
    };
    Error::Start { id: id.clone(), reason }
}

/// In parentheses: what was said first, which is the innermost cause, and what was said last, which is the outermost.
fn summary(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.dedup();
    if lines.len() > 4 {
        lines.drain(3..lines.len() - 1);
    }
    if lines.is_empty() { String::new() } else { format!("({})", lines.join("; ")) }
}

fn command(directory: &Path) -> Option<String> {
    let launch: shim::Launch =
        serde_json::from_slice(&fs::read(directory.join(layout::LAUNCH)).ok()?).ok()?;
    launch.process.args.into_iter().next()
}
