//! Making processes, killing them and learning how they ended.

use std::io;

use super::{check, check_long};

/// Which side of a fork this is.
pub enum Forked {
    /// The new process.
    Child,
    /// The old one, and the new one's id.
    Parent(i32),
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildStatus {
    /// With a code.
    Exited(i32),
    /// By a signal.
    Signaled(i32),
}

/// What `reap_any` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaped {
    /// A child that ended.
    Child(i32, ChildStatus),
    /// Children exist, none has ended.
    NoneYet,
    /// There are no children.
    NoChildren,
}

/// Forks.
pub fn fork() -> io::Result<Forked> {
    // SAFETY: this process has one thread (module invariant), so the child's memory is consistent.
    match check(unsafe { libc::fork() })? {
        0 => Ok(Forked::Child),
        pid => Ok(Forked::Parent(pid)),
    }
}

/// Forks a process that becomes a sibling: a child of this process's parent. The id is as this process's namespace sees it.
pub fn fork_sibling() -> io::Result<Forked> {
    let flags = (libc::CLONE_PARENT | libc::SIGCHLD) as libc::c_ulong;
    // SAFETY: one thread (module invariant); without CLONE_VM the child has a copy of memory and stack.
    // Flags are the first argument on x86_64 and aarch64.
    match check_long(unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) })? {
        0 => Ok(Forked::Child),
        pid => Ok(Forked::Parent(pid as i32)),
    }
}

/// Sends a signal; a negative id means a process group.
pub fn kill(pid: i32, signal: i32) -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::kill(pid, signal) }).map(drop)
}

/// Waits for one child.
pub fn wait_for(pid: i32) -> io::Result<ChildStatus> {
    loop {
        let mut status = 0;
        // SAFETY: `status` is live.
        match check(unsafe { libc::waitpid(pid, &raw mut status, 0) }) {
            Ok(_) => return Ok(decode(status)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Takes one ended child, without waiting.
pub fn reap_any() -> Reaped {
    let mut status = 0;
    // SAFETY: `status` is live.
    match unsafe { libc::waitpid(-1, &raw mut status, libc::WNOHANG) } {
        0 => Reaped::NoneYet,
        pid if pid > 0 => Reaped::Child(pid, decode(status)),
        _ => Reaped::NoChildren,
    }
}

fn decode(status: i32) -> ChildStatus {
    if libc::WIFSIGNALED(status) {
        ChildStatus::Signaled(libc::WTERMSIG(status))
    } else {
        ChildStatus::Exited(libc::WEXITSTATUS(status))
    }
}
