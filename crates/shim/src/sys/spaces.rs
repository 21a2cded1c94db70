//! Namespaces and the root of this process.

use std::ffi::CStr;
use std::io;

use super::{check, check_long};

/// The next child is process 1 of a new namespace of process ids.
pub fn children_in_new_pid_space() -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::unshare(libc::CLONE_NEWPID) }).map(drop)
}

/// From here on mounts, network, host name, IPC and the view of cgroups are this process's own.
pub fn leave_shared_spaces() -> io::Result<()> {
    let all = libc::CLONE_NEWNS
        | libc::CLONE_NEWNET
        | libc::CLONE_NEWUTS
        | libc::CLONE_NEWIPC
        | libc::CLONE_NEWCGROUP;
    // SAFETY: integers only.
    check(unsafe { libc::unshare(all) }).map(drop)
}

/// Makes an empty file system that nobody can write to the root of this process, whose mounts are its own. Nothing of the old
/// root can be reached afterwards, from here or through this process's entries in `/proc`. `place` is an existing directory.
pub fn empty_root(place: &CStr) -> io::Result<()> {
    let (none, here) = (c"none".as_ptr(), c".".as_ptr());
    let bare = libc::MS_RDONLY | libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC;
    // SAFETY: C strings that live through the calls; null is "no data".
    unsafe {
        let private = libc::MS_REC | libc::MS_PRIVATE;
        check(libc::mount(none, c"/".as_ptr(), std::ptr::null(), private, std::ptr::null()))?;
        check(libc::mount(none, place.as_ptr(), c"tmpfs".as_ptr(), bare, std::ptr::null()))?;
        check(libc::chdir(place.as_ptr()))?;
        // The old root comes to lie on the new one, and is taken away from there.
        check_long(libc::syscall(libc::SYS_pivot_root, here, here))?;
        check(libc::umount2(here, libc::MNT_DETACH))?;
        check(libc::chdir(c"/".as_ptr())).map(drop)
    }
}

/// Closes every descriptor.
pub fn close_everything() -> io::Result<()> {
    // SAFETY: the caller owns what it closes (a process of one thread that uses none of them again).
    check_long(unsafe { libc::syscall(libc::SYS_close_range, 0, libc::c_uint::MAX, 0) }).map(drop)
}
