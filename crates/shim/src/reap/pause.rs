//! Process 1 of the process id namespace that the containers of one task share (`pidMode: task`).
//!
//! A namespace of process ids ends with its first process, so that must be no container's. This one belongs to the task: it
//! outlives the agent, collects orphans, and ends when it is killed from outside.
//!
//! Containers see it and may be allowed to trace processes. So it has nothing to give: no descriptor, an empty read-only root,
//! namespaces of its own, no capability, no user's rights, and no system call but waiting.

use std::ffi::CString;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use shim::sys::{Forked, Reaped};
use shim::{PauseFile, layout, replace_file, sys};

/// Whom nobody is.
const NOBODY: u32 = 65534;

/// Makes the process, writes down which it is, and leaves it behind as a child of the caller's parent. What becomes of it, it
/// reports itself: `held`, or why not.
pub fn run(directory: &str) -> ExitCode {
    match leave_behind(directory) {
        Ok(()) => ExitCode::SUCCESS,
        Err((what, error)) => {
            report(&format!("{what}: {error}"));
            ExitCode::FAILURE
        }
    }
}

type Failed = (&'static str, io::Error);

fn leave_behind(directory: &str) -> Result<(), Failed> {
    let failed = |what: &'static str| move |error: io::Error| (what, error);
    let place = CString::new(directory).map_err(|error| ("directory", error.into()))?;
    sys::new_session().map_err(failed("setsid"))?;
    sys::block_signals();
    // What `ps` shows; it is the number of a descriptor otherwise.
    let _ = std::fs::write("/proc/self/comm", "longshore-pause");
    // The last to be killed for memory, where that is allowed.
    let _ = std::fs::write("/proc/self/oom_score_adj", "-998");
    sys::children_in_new_pid_space().map_err(failed("new process id namespace"))?;
    let (go, say_go) = sys::pipe().map_err(failed("pipe"))?;
    let pid = match sys::fork_sibling().map_err(failed("fork"))? {
        Forked::Parent(pid) => pid,
        Forked::Child => {
            drop(say_go);
            // Nobody has written it down, so nobody would ever end it.
            if !matches!(sys::read(std::os::fd::AsRawFd::as_raw_fd(&go), &mut [0]), Ok(1)) {
                std::process::exit(1);
            }
            drop(go);
            if let Err((what, error)) = seclude(&place) {
                report(&format!("{what}: {error}"));
                std::process::exit(1);
            }
            report("held");
            let _ = sys::close_everything();
            collect()
        }
    };
    drop(go);
    let start_ticks = sys::start_ticks(pid).map_err(failed("start time"))?;
    let boot_id = std::fs::read_to_string(layout::BOOT_ID).map_err(failed("boot id"))?;
    let file = PauseFile { pid, start_ticks, boot_id: boot_id.trim().to_owned() };
    replace_file(Path::new(directory), layout::PAUSE, file.encode().as_bytes())
        .map_err(failed("write which process it is"))?;
    sys::write_to_pipe(std::os::fd::AsRawFd::as_raw_fd(&say_go), b"g").map_err(failed("pipe")).map(drop)
}

/// Gives up whatever a container that took this process over could use.
fn seclude(place: &CString) -> Result<(), Failed> {
    let failed = |what: &'static str| move |error: io::Error| (what, error);
    sys::leave_shared_spaces().map_err(failed("unshare"))?;
    sys::empty_root(place).map_err(failed("empty root"))?;
    sys::set_groups(&[]).map_err(failed("setgroups"))?;
    sys::become_user(NOBODY, NOBODY).map_err(failed("setuid"))?;
    sys::no_new_privs().map_err(failed("no_new_privs"))?;
    sys::drop_bounding(0).map_err(failed("bounding set"))?;
    sys::keep_no_more_than(0).map_err(failed("capset"))?;
    // Not before: a change of user makes it what it was.
    sys::undumpable().map_err(failed("dumpable"))?;
    sys::load_seccomp(&filter()).map_err(failed("seccomp"))
}

/// For as long as the task lives.
fn collect() -> ! {
    loop {
        while let Reaped::Child(..) = sys::reap_any() {}
        // Whatever a container sends is taken and means nothing; the end comes as SIGKILL from outside.
        let _ = sys::next_signal();
    }
}

fn report(line: &str) {
    let _ = sys::write_to_pipe(layout::REPORT_FD, format!("{line}\n").as_bytes());
}

/// A filter program that admits the calls of [`collect`] and of the last steps before it.
fn filter() -> Vec<u8> {
    const ADMITTED: [libc::c_long; 9] = [
        libc::SYS_rt_sigtimedwait,
        libc::SYS_wait4,
        libc::SYS_restart_syscall,
        libc::SYS_write,
        libc::SYS_rt_sigaction,
        libc::SYS_close_range,
        libc::SYS_brk,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    const LOAD: u16 = 0x20;
    const JUMP_IF_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;
    const NUMBER: u32 = 0;
    const ARCHITECTURE: u32 = 4;
    const ALLOW: u32 = 0x7fff_0000;
    const REFUSE: u32 = 0x0005_0000 | libc::EPERM as u32;
    const KILL: u32 = 0x8000_0000;
    #[cfg(target_arch = "x86_64")]
    const OURS: u32 = 0xc000_003e;
    #[cfg(target_arch = "aarch64")]
    const OURS: u32 = 0xc000_00b7;
    let mut program =
        vec![(LOAD, 0, ARCHITECTURE), (JUMP_IF_EQUAL, 1, OURS), (RETURN, 0, KILL), (LOAD, 0, NUMBER)];
    for (index, call) in ADMITTED.iter().enumerate() {
        program.push((JUMP_IF_EQUAL, (ADMITTED.len() - index) as u8, *call as u32));
    }
    program.extend([(RETURN, 0, REFUSE), (RETURN, 0, ALLOW)]);
    let bytes = |(code, skip, value): (u16, u8, u32)| {
        let (code, value) = (code.to_ne_bytes(), value.to_ne_bytes());
        [code[0], code[1], skip, 0, value[0], value[1], value[2], value[3]]
    };
    program.into_iter().flat_map(bytes).collect()
}
