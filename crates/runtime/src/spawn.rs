//! Starts a shim program with exactly the descriptors it is to have.
//!
//! Through posix_spawn, which does not copy this process's page tables as fork would, however big the agent is.
#![allow(unsafe_code)] // posix_spawn has no safe wrapper; reasons at each block.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::ptr;

use rustix::io::fcntl_dupfd_cloexec;

/// Executes an open program. `descriptors` become the given numbers; everything else of this process is closed on exec anyway.
/// The environment is empty. Returns the process id; the process is a child to be collected.
pub(crate) fn spawn(
    program: &OwnedFd,
    args: &[&str],
    descriptors: &[(BorrowedFd<'_>, RawFd)],
) -> io::Result<i32> {
    // Above every target number, so that no assignment overwrites a source of a later one.
    let first_free = descriptors.iter().map(|(_, target)| target + 1).max().unwrap_or(3).max(3);
    let sources: Vec<(OwnedFd, RawFd)> = descriptors
        .iter()
        .map(|(source, target)| Ok((fcntl_dupfd_cloexec(source, first_free)?, *target)))
        .collect::<io::Result<_>>()?;
    let program = fcntl_dupfd_cloexec(program, first_free)?;
    let path = CString::new(format!("/proc/self/fd/{}", program.as_raw_fd()))?;
    let args: Vec<CString> = args.iter().map(|arg| CString::new(*arg)).collect::<Result<_, _>>()?;
    let mut arguments: Vec<*mut libc::c_char> = args.iter().map(|arg| arg.as_ptr().cast_mut()).collect();
    arguments.push(ptr::null_mut());
    let environment: [*mut libc::c_char; 1] = [ptr::null_mut()];

    let check = |code: libc::c_int| if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) };
    // SAFETY: actions and attributes are initialised before and destroyed after use, on every path; path and lists are live,
    // null-terminated C strings; posix_spawn only reads them.
    unsafe {
        let mut actions: libc::posix_spawn_file_actions_t = std::mem::zeroed();
        check(libc::posix_spawn_file_actions_init(&raw mut actions))?;
        let mut attributes: libc::posix_spawnattr_t = std::mem::zeroed();
        if let Err(error) = check(libc::posix_spawnattr_init(&raw mut attributes)) {
            libc::posix_spawn_file_actions_destroy(&raw mut actions);
            return Err(error);
        }
        let mut pid = 0;
        let result = (|| {
            for (source, target) in &sources {
                check(libc::posix_spawn_file_actions_adddup2(&raw mut actions, source.as_raw_fd(), *target))?;
            }
            let mut signals: libc::sigset_t = std::mem::zeroed();
            libc::sigemptyset(&raw mut signals);
            check(libc::posix_spawnattr_setsigmask(&raw mut attributes, &raw const signals))?;
            check(libc::posix_spawnattr_setflags(
                &raw mut attributes,
                libc::POSIX_SPAWN_SETSIGMASK as libc::c_short,
            ))?;
            check(libc::posix_spawn(
                &raw mut pid,
                path.as_ptr(),
                &raw const actions,
                &raw const attributes,
                arguments.as_ptr(),
                environment.as_ptr(),
            ))
        })();
        libc::posix_spawnattr_destroy(&raw mut attributes);
        libc::posix_spawn_file_actions_destroy(&raw mut actions);
        result.map(|()| pid)
    }
}
