//! Processes as descriptors: signals and waiting without the danger of hitting a later process of the same number.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{Pid, PidfdFlags, Signal, WaitId, WaitIdOptions};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// A number no other call in this or another process of this host returns soon.
pub(crate) fn unique() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    format!("{}-{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

/// A descriptor of a process.
pub(crate) fn open(pid: i32) -> io::Result<OwnedFd> {
    let pid = Pid::from_raw(pid).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(rustix::process::pidfd_open(pid, PidfdFlags::empty())?)
}

/// Sends a signal by number.
pub(crate) fn signal(process: &OwnedFd, number: i32) -> io::Result<()> {
    let signal = named_signal(number)?;
    Ok(rustix::process::pidfd_send_signal(process.as_fd(), signal)?)
}

/// Sends a signal to a process number just read from a cgroup; a process that is gone is no error.
pub(crate) fn kill(pid: i32, number: i32) {
    if let (Some(pid), Ok(signal)) = (Pid::from_raw(pid), named_signal(number)) {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

#[allow(unsafe_code)]
fn named_signal(number: i32) -> io::Result<Signal> {
    if (1..=64).contains(&number) && !(32..34).contains(&number) {
        // SAFETY: the numbers of Linux's signals; the two the C library keeps to itself are excluded.
        Ok(unsafe { Signal::from_raw_unchecked(number) })
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Waits until a process has ended, and collects it if it is a child of this process.
#[allow(unsafe_code)]
pub(crate) async fn ended(process: &OwnedFd) -> io::Result<()> {
    let duplicate = File::from(process.try_clone()?);
    // SAFETY: a descriptor owned by the `AsyncFd` alone, closed when that is dropped and not before.
    let watched = unsafe { AsyncFd::register_with_interest(duplicate, Interest::READABLE) }?;
    // Readable for good once it has ended, so nothing needs clearing.
    let _ = watched.readable().await?;
    collect(process);
    Ok(())
}

/// Whether a process has ended.
pub(crate) fn has_ended(process: &OwnedFd) -> bool {
    let mut polled = [PollFd::new(process, PollFlags::IN)];
    let now = rustix::time::Timespec { tv_sec: 0, tv_nsec: 0 };
    matches!(rustix::event::poll(&mut polled, Some(&now)), Ok(1..))
}

/// Waits until a child that is about to end has ended, and collects it; blocking.
pub(crate) fn collect_when_ended(process: &OwnedFd) -> io::Result<()> {
    rustix::process::waitid(WaitId::PidFd(process.as_fd()), WaitIdOptions::EXITED)?;
    Ok(())
}

/// Waits until there is something to read, or the end, from `from`; false after the deadline. Blocking.
pub(crate) fn readable(from: impl std::os::fd::AsFd, deadline: std::time::Instant) -> io::Result<bool> {
    let left = deadline.saturating_duration_since(std::time::Instant::now());
    let limit = rustix::time::Timespec {
        tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: left.subsec_nanos().into(),
    };
    Ok(rustix::event::poll(&mut [PollFd::new(&from, PollFlags::IN)], Some(&limit))? > 0)
}

/// Collects an ended child; nothing when it runs, was collected, or is not a child.
pub(crate) fn collect(process: &OwnedFd) {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
    let _ = rustix::process::waitid(WaitId::PidFd(process.as_fd()), options);
}
