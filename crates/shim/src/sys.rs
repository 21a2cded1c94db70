//! The system calls of the shim's programs, each wrapped once.
//!
//! Invariant of all callers: single-threaded processes, so a forked child may do anything its parent may.
#![allow(unsafe_code)] // Raw system calls; every block passes pointers to live, correctly sized data or none at all.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

mod ids;
mod spaces;
mod wait;

pub use ids::{
    become_user, drop_bounding, keep_no_more_than, load_seccomp, no_new_privs, set_groups, set_limit,
};
pub use spaces::{children_in_new_pid_space, close_everything, empty_root, leave_shared_spaces};
pub use wait::{ChildStatus, Forked, Reaped, fork, fork_sibling, kill, reap_any, wait_for};

pub(crate) fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

pub(crate) fn check_long(result: libc::c_long) -> io::Result<libc::c_long> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Takes over a descriptor that this process was started with.
pub fn inherited(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: fcntl only asks; afterwards the number is known to be open, and by the shim's start protocol nobody else owns it.
    unsafe {
        check(libc::fcntl(fd, libc::F_GETFD))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// A pipe, reading end first, closed on exec.
pub fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut fds = [0; 2];
    // SAFETY: the array has room for two; both are new and owned by nobody.
    unsafe {
        check(libc::pipe2(fds.as_mut_ptr(), libc::O_CLOEXEC))?;
        Ok((OwnedFd::from_raw_fd(fds[0]), OwnedFd::from_raw_fd(fds[1])))
    }
}

/// Whether a descriptor is closed on exec.
pub fn close_on_exec(fd: RawFd, close: bool) -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, if close { libc::FD_CLOEXEC } else { 0 }) }).map(drop)
}

/// Whether reads and writes return instead of waiting.
pub fn nonblocking(fd: RawFd, on: bool) -> io::Result<()> {
    // SAFETY: integers only.
    unsafe {
        let flags = check(libc::fcntl(fd, libc::F_GETFL))?;
        let flags = if on { flags | libc::O_NONBLOCK } else { flags & !libc::O_NONBLOCK };
        check(libc::fcntl(fd, libc::F_SETFL, flags)).map(drop)
    }
}

/// Makes `target` another name of `fd`, open across exec.
pub fn duplicate_to(fd: RawFd, target: RawFd) -> io::Result<()> {
    if fd == target {
        return close_on_exec(fd, false);
    }
    // SAFETY: integers only; whatever `target` was is replaced, which is what the caller wants.
    check(unsafe { libc::dup2(fd, target) }).map(drop)
}

/// Marks every descriptor from `first` on as closed on exec.
pub fn close_all_on_exec(first: RawFd) -> io::Result<()> {
    // SAFETY: integers only.
    check_long(unsafe {
        libc::syscall(libc::SYS_close_range, first, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC)
    })
    .map(drop)
}

/// Becomes the leader of a new session.
pub fn new_session() -> io::Result<()> {
    // SAFETY: no arguments.
    check(unsafe { libc::setsid() }).map(drop)
}

/// Becomes the leader of a new process group, the terminal's foreground one if stdin is a terminal.
pub fn new_foreground_group() {
    // SAFETY: integers only. Without a terminal tcsetpgrp fails, which is fine; SIGTTOU is blocked by the callers.
    unsafe {
        libc::setpgid(0, 0);
        libc::tcsetpgrp(0, libc::getpgrp());
    }
}

/// Makes stdin the controlling terminal of this session.
pub fn take_terminal() -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::ioctl(0, libc::TIOCSCTTY, 0) }).map(drop)
}

/// A pseudo-terminal out of the `/dev/ptmx` this process sees: master, slave.
pub fn open_terminal() -> io::Result<(OwnedFd, OwnedFd)> {
    // SAFETY: the path is a C string, the unlock argument a live integer, the new descriptors are owned by nobody else.
    unsafe {
        let master =
            check(libc::open(c"/dev/ptmx".as_ptr(), libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC))?;
        let master = OwnedFd::from_raw_fd(master);
        let unlock: libc::c_int = 0;
        check(libc::ioctl(master.as_raw_fd(), libc::TIOCSPTLCK, &raw const unlock))?;
        let flags = libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC;
        let slave = check(libc::ioctl(master.as_raw_fd(), libc::TIOCGPTPEER, flags))?;
        Ok((master, OwnedFd::from_raw_fd(slave)))
    }
}

/// Gives a terminal a size, since programs lay out nothing on 0 × 0.
pub fn set_window(fd: RawFd, rows: u16, columns: u16) -> io::Result<()> {
    let size = libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: a live, fully initialised structure.
    check(unsafe { libc::ioctl(fd, libc::TIOCSWINSZ, &raw const size) }).map(drop)
}

/// Changes the owner of an open file; group unchanged.
pub fn give_to(fd: RawFd, uid: u32) -> io::Result<()> {
    // SAFETY: integers only; u32::MAX leaves the group.
    check(unsafe { libc::fchown(fd, uid, u32::MAX) }).map(drop)
}

/// Makes this process unreadable to processes inside a container it enters.
pub fn undumpable() -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) }).map(drop)
}

/// Orphaned descendants become children of this process.
pub fn become_subreaper() -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }).map(drop)
}

/// A descriptor of a process.
pub fn process(pid: i32) -> io::Result<OwnedFd> {
    // SAFETY: integers only; the new descriptor is owned by nobody else.
    unsafe {
        let fd = check_long(libc::syscall(libc::SYS_pidfd_open, pid, 0))?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// Enters the given namespaces (CLONE_NEW…) of a process.
pub fn enter(process: BorrowedFd<'_>, namespaces: i32) -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::setns(process.as_raw_fd(), namespaces) }).map(drop)
}

/// Default action for every signal, none blocked. Through the kernel's own call, since the C library's leaves out two signals
/// that a parent may well have set to be ignored.
pub fn reset_signals() {
    // Handler, flags, restorer, mask; all zero is the default action.
    let action = [0_u64; 4];
    for signal in 1..=64 {
        // SAFETY: the kernel reads one `struct sigaction` with a mask of 8 bytes; SIGKILL and SIGSTOP refuse, which is fine.
        unsafe {
            libc::syscall(libc::SYS_rt_sigaction, signal, action.as_ptr(), std::ptr::null_mut::<u8>(), 8)
        };
    }
    // SAFETY: `none` is initialised before use.
    unsafe {
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut());
    }
}

/// Blocks every signal that can be blocked.
pub fn block_signals() {
    // SAFETY: `all` is initialised by sigfillset.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const all, std::ptr::null_mut());
    }
}

/// Waits for the next blocked signal.
pub fn next_signal() -> io::Result<i32> {
    // SAFETY: `all` is initialised by sigfillset.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        check(libc::sigwaitinfo(&raw const all, std::ptr::null_mut()))
    }
}

/// A descriptor that becomes readable at the death of a child (SIGCHLD must be blocked).
pub fn child_signals() -> io::Result<OwnedFd> {
    // SAFETY: the set is initialised; the new descriptor is owned by nobody else.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGCHLD);
        let fd = check(libc::signalfd(-1, &raw const set, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// Waits until one of `fds` is readable or closed (negative ones are left out), at most `timeout_ms` (-1: for ever). Tells which are.
pub fn poll<const N: usize>(fds: [RawFd; N], timeout_ms: i32) -> io::Result<[bool; N]> {
    let mut polled = fds.map(|fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 });
    // SAFETY: the array is live and as long as said.
    let result = check(unsafe { libc::poll(polled.as_mut_ptr(), N as libc::nfds_t, timeout_ms) });
    match result {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok([false; N]),
        Err(error) => Err(error),
        Ok(_) => Ok(polled.map(|entry| entry.revents != 0)),
    }
}

/// Reads; 0 at the end.
pub fn read(fd: RawFd, buffer: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the buffer is live and as long as said.
    let count = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
    usize::try_from(count).map_err(|_| io::Error::last_os_error())
}

/// Writes some of it.
pub fn write(fd: RawFd, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the slice is live and as long as said.
    let count = unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) };
    usize::try_from(count).map_err(|_| io::Error::last_os_error())
}

/// Writes to a pipe whose reader may have been killed: that is an error then, and not the end of this process. For processes of one thread.
pub fn write_to_pipe(fd: RawFd, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: neither action runs code of ours; the one before is put back.
    let before = unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    let written = write(fd, bytes);
    // SAFETY: as above.
    unsafe { libc::signal(libc::SIGPIPE, before) };
    written
}

/// Replaces this process by the file; returns only when that fails.
pub fn execute(path: &CString, args: &[CString], env: &[CString]) -> io::Error {
    let (args, env) = (pointers(args), pointers(env));
    // SAFETY: C strings and null-terminated lists of them, all live.
    unsafe { libc::execve(path.as_ptr(), args.as_ptr(), env.as_ptr()) };
    io::Error::last_os_error()
}

/// Replaces this process by an open file; returns only when that fails.
pub fn execute_open(file: BorrowedFd<'_>, args: &[CString], env: &[CString]) -> io::Error {
    let (args, env) = (pointers(args), pointers(env));
    // SAFETY: C strings and null-terminated lists of them, all live; AT_EMPTY_PATH names the descriptor itself.
    unsafe {
        libc::syscall(
            libc::SYS_execveat,
            file.as_raw_fd(),
            c"".as_ptr(),
            args.as_ptr(),
            env.as_ptr(),
            libc::AT_EMPTY_PATH,
        )
    };
    io::Error::last_os_error()
}

/// Two connected Unix sockets, closed on exec.
pub fn socket_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let (one, other) = std::os::unix::net::UnixStream::pair()?;
    Ok((one.into(), other.into()))
}

/// Sends one descriptor over a Unix socket.
pub fn send_fd(socket: RawFd, fd: RawFd) -> io::Result<()> {
    let mut byte = [0_u8];
    let mut control = [0_u64; 8];
    let mut part = libc::iovec { iov_base: byte.as_mut_ptr().cast(), iov_len: 1 };
    // SAFETY: the message points to live buffers of the lengths it says; the control block has room for one descriptor and is
    // 8-byte aligned, so CMSG_FIRSTHDR is not null.
    unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = &raw mut part;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = libc::CMSG_SPACE(size_of::<RawFd>() as u32) as _;
        let header = libc::CMSG_FIRSTHDR(&raw const message);
        (*header).cmsg_level = libc::SOL_SOCKET;
        (*header).cmsg_type = libc::SCM_RIGHTS;
        (*header).cmsg_len = libc::CMSG_LEN(size_of::<RawFd>() as u32) as _;
        libc::CMSG_DATA(header).cast::<RawFd>().write_unaligned(fd);
        if libc::sendmsg(socket, &raw const message, 0) < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// Receives one descriptor over a Unix socket.
pub fn receive_fd(socket: RawFd) -> io::Result<OwnedFd> {
    let mut byte = [0_u8; 64];
    let mut control = [0_u64; 8];
    let mut part = libc::iovec { iov_base: byte.as_mut_ptr().cast(), iov_len: byte.len() };
    // SAFETY: the message points to live buffers of the lengths it says; control data is 8-byte aligned; the header is only
    // read where CMSG_FIRSTHDR found one; the received descriptor is new.
    unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = &raw mut part;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = size_of_val(&control) as _;
        if libc::recvmsg(socket, &raw mut message, libc::MSG_CMSG_CLOEXEC) < 0 {
            return Err(io::Error::last_os_error());
        }
        let header = libc::CMSG_FIRSTHDR(&raw const message);
        if header.is_null() || (*header).cmsg_type != libc::SCM_RIGHTS {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(OwnedFd::from_raw_fd(libc::CMSG_DATA(header).cast::<RawFd>().read_unaligned()))
    }
}

/// Nanoseconds since 1970.
pub fn now_ns() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

/// When a process was started, in clock ticks since boot.
pub fn start_ticks(pid: i32) -> io::Result<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may contain anything, so fields are counted from its end; start time is field 22.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_ascii_whitespace().nth(19).and_then(|field| field.parse().ok());
    ticks.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

/// Loads a BPF program that decides about device accesses and attaches it to a cgroup v2 directory.
pub fn attach_device_filter(cgroup: BorrowedFd<'_>, instructions: &[u64]) -> io::Result<()> {
    // The kernel's `union bpf_attr`, as far as these two commands use it, in 64-bit words.
    const PROG_TYPE_CGROUP_DEVICE: u64 = 15;
    const ATTACH_CGROUP_DEVICE: u64 = 6;
    const ALLOW_MULTI: u64 = 2;
    let license = c"Apache-2.0";
    let mut load = [0_u64; 16];
    load[0] = PROG_TYPE_CGROUP_DEVICE | (instructions.len() as u64) << 32;
    load[1] = instructions.as_ptr() as u64;
    load[2] = license.as_ptr() as u64;
    // SAFETY: both attribute blocks are live, zero beyond the used fields, and passed with their size; the program and the
    // licence live until the call returns; the returned descriptor is new.
    unsafe {
        let program = check_long(libc::syscall(libc::SYS_bpf, 5, load.as_ptr(), size_of_val(&load)))?;
        let program = OwnedFd::from_raw_fd(program as RawFd);
        let mut attach = [0_u64; 16];
        attach[0] = cgroup.as_raw_fd() as u64 | (program.as_raw_fd() as u64) << 32;
        attach[1] = ATTACH_CGROUP_DEVICE | ALLOW_MULTI << 32;
        check_long(libc::syscall(libc::SYS_bpf, 8, attach.as_ptr(), size_of_val(&attach))).map(drop)
    }
}

fn pointers(strings: &[CString]) -> Vec<*const libc::c_char> {
    strings.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
}
