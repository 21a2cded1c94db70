//! Runs one command inside a running container: enter its cgroups and namespaces, become the planned process, wait with a time limit.
//!
//! Three processes: this one stays outside and waits; an intermediate one enters (a pid namespace only takes effect for children);
//! the command is its sibling, so a child of this one. stdout and stderr are the agent's pipes.

use std::fs;
use std::io::Read as _;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::time::{Duration, Instant};

use shim::sys::{ChildStatus, Forked};
use shim::{ExecPlan, ExternalExec, Failure, Step, command, sys};

use crate::start::io;
use crate::{embedded, tell};

const NAMESPACES: [(&str, i32); 6] = [
    ("mnt", libc::CLONE_NEWNS),
    ("pid", libc::CLONE_NEWPID),
    ("net", libc::CLONE_NEWNET),
    ("ipc", libc::CLONE_NEWIPC),
    ("uts", libc::CLONE_NEWUTS),
    ("cgroup", libc::CLONE_NEWCGROUP),
];

pub fn run(report: &OwnedFd) -> Result<(), Failure> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text).map_err(io("read plan"))?;
    let plan: ExecPlan =
        serde_json::from_slice(&text).map_err(|error| Failure::create(format!("exec plan: {error}")))?;
    let null = fs::File::open("/dev/null").map_err(io("open /dev/null"))?;
    sys::duplicate_to(null.as_raw_fd(), 0).map_err(io("stdin"))?;
    if let Some(external) = &plan.external {
        return run_external(external, &plan, report);
    }
    let filters = command::read_filters(&plan.process)?;
    let target = open_target(&plan)?;

    let (verdict, speaker) = sys::pipe().map_err(io("pipe"))?;
    let (pid_read, pid_write) = sys::pipe().map_err(io("pipe"))?;
    let (terminal_receiver, terminal_sender) = sys::socket_pair().map_err(io("socketpair"))?;
    let Forked::Parent(intermediate) = sys::fork().map_err(io("fork"))? else {
        let failure = enter_and_spawn(&plan, &filters, &target, &speaker, &pid_write, &terminal_sender);
        if let Err(failure) = failure {
            let _ = sys::write(speaker.as_raw_fd(), failure.to_string().as_bytes());
        }
        std::process::exit(0);
    };
    drop((speaker, pid_write, terminal_sender));
    let _ = sys::wait_for(intermediate);
    let mut pid = String::new();
    fs::File::from(pid_read).read_to_string(&mut pid).map_err(io("read pid"))?;
    let started = embedded::verdict(verdict);
    let pid: Option<i32> = pid.parse().ok();
    if let (Err(failure), pid) = (started, pid) {
        if let Some(pid) = pid {
            let _ = sys::kill(pid, libc::SIGKILL);
            let _ = sys::wait_for(pid);
        }
        return Err(failure);
    }
    let pid = pid.ok_or_else(|| Failure::create("the command's process is unknown"))?;
    let terminal = plan.tty.then(|| sys::receive_fd(terminal_receiver.as_raw_fd())).transpose();
    let terminal = terminal.map_err(io("receive terminal"))?;
    let (status, timed_out) = supervise(pid, terminal, Duration::from_millis(plan.timeout_ms))?;
    tell_end(report, status, timed_out);
    Ok(())
}

fn tell_end(report: &OwnedFd, status: ChildStatus, timed_out: bool) {
    let word = match status {
        _ if timed_out => "timeout\t0".to_owned(),
        ChildStatus::Exited(code) => format!("exited\t{code}"),
        ChildStatus::Signaled(signal) => format!("signaled\t{signal}"),
    };
    tell(report, &word);
}

/// The runtime's client has the command's output and exit code; only it can enter a container that is a virtual machine.
fn run_external(external: &ExternalExec, plan: &ExecPlan, report: &OwnedFd) -> Result<(), Failure> {
    let shown = external.program.display().to_string();
    let child = std::process::Command::new(&external.program).args(&external.args).spawn();
    let child = child.map_err(|error| Failure::of(Step::Create, &error, shown))?;
    let (status, timed_out) = supervise(child.id() as i32, None, Duration::from_millis(plan.timeout_ms))?;
    if timed_out
        && let Ok(text) = fs::read_to_string(&external.pid_file)
        && let Ok(pid) = text.trim().parse::<i32>()
    {
        let _ = sys::kill(pid, libc::SIGKILL);
    }
    let _ = fs::remove_file(&external.pid_file);
    tell_end(report, status, timed_out);
    Ok(())
}

/// The container's process 1, and no later process of the same number.
fn open_target(plan: &ExecPlan) -> Result<OwnedFd, Failure> {
    let gone = |error: std::io::Error| Failure::of(Step::Gone, &error, plan.pid.to_string());
    let target = sys::process(plan.pid).map_err(gone)?;
    if sys::start_ticks(plan.pid).map_err(gone)? != plan.pid_start_ticks {
        return Err(Failure { step: Step::Gone, errno: libc::ESRCH, detail: plan.pid.to_string() });
    }
    Ok(target)
}

/// The intermediate process: enters, then makes the command's process and tells its number.
fn enter_and_spawn(
    plan: &ExecPlan,
    filters: &[Vec<u8>],
    target: &OwnedFd,
    speaker: &OwnedFd,
    pid_write: &OwnedFd,
    terminal: &OwnedFd,
) -> Result<(), Failure> {
    // Otherwise processes inside could look into this one while it still sees the host.
    sys::undumpable().map_err(io("undumpable"))?;
    for file in &plan.cgroups {
        fs::write(file, "0").map_err(|error| Failure::create(format!("join {}: {error}", file.display())))?;
    }
    let mut namespaces = 0;
    for (name, flag) in NAMESPACES {
        let theirs = fs::metadata(format!("/proc/{}/ns/{name}", plan.pid));
        let ours = fs::metadata(format!("/proc/self/ns/{name}"));
        if let (Ok(theirs), Ok(ours)) = (theirs, ours)
            && std::os::unix::fs::MetadataExt::ino(&theirs) != std::os::unix::fs::MetadataExt::ino(&ours)
        {
            namespaces |= flag;
        }
    }
    if namespaces != 0 {
        sys::enter(target.as_fd(), namespaces)
            .map_err(|error| Failure::of(Step::Gone, &error, "enter namespaces"))?;
    }
    match sys::fork_sibling().map_err(io("clone"))? {
        Forked::Parent(pid) => {
            let _ = sys::write(pid_write.as_raw_fd(), pid.to_string().as_bytes());
            Ok(())
        }
        Forked::Child => {
            let failure = become_command(plan, filters, terminal);
            let _ = sys::write(speaker.as_raw_fd(), failure.to_string().as_bytes());
            std::process::exit(1);
        }
    }
}

fn become_command(plan: &ExecPlan, filters: &[Vec<u8>], terminal: &OwnedFd) -> Failure {
    let prepared = sys::new_session().map_err(io("setsid")).and_then(|()| {
        if !plan.tty {
            return Ok(());
        }
        let (master, slave) = sys::open_terminal().map_err(io("open terminal"))?;
        sys::send_fd(terminal.as_raw_fd(), master.as_raw_fd()).map_err(io("send terminal"))?;
        for fd in 0..3 {
            sys::duplicate_to(slave.as_raw_fd(), fd).map_err(io("terminal"))?;
        }
        let _ = sys::set_window(0, 24, 80);
        sys::take_terminal().map_err(io("take terminal"))
    });
    if let Err(failure) = prepared.and_then(|()| command::assume(&plan.process, filters)) {
        return failure;
    }
    command::execute(&plan.process.args, &plan.process.env)
}

/// Waits for the command, copying its terminal to stdout; kills its process group at the limit.
fn supervise(pid: i32, terminal: Option<OwnedFd>, limit: Duration) -> Result<(ChildStatus, bool), Failure> {
    let process = sys::process(pid).map_err(io("pidfd"))?;
    let mut terminal = terminal;
    let deadline = Instant::now() + limit;
    let mut buffer = [0_u8; 16 * 1024];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let wait = i32::try_from(left.as_millis()).unwrap_or(i32::MAX);
        let fd = terminal.as_ref().map_or(-1, |fd| fd.as_raw_fd());
        let [output, ended] = sys::poll([fd, process.as_raw_fd()], wait).map_err(io("poll"))?;
        if output && let Some(fd) = &terminal {
            match sys::read(fd.as_raw_fd(), &mut buffer) {
                Ok(count @ 1..) => {
                    let _ = sys::write(1, &buffer[..count]);
                    continue; // What it wrote before its end comes first.
                }
                _ => terminal = None,
            }
        }
        if ended {
            return Ok((sys::wait_for(pid).map_err(io("wait"))?, false));
        }
        if left.is_zero() {
            // It is the leader of its own session and group.
            let _ = sys::kill(-pid, libc::SIGKILL);
            let _ = sys::kill(pid, libc::SIGKILL);
            return Ok((sys::wait_for(pid).map_err(io("wait"))?, true));
        }
    }
}
