//! Makes and starts one container, then turns into the reaper.

use std::ffi::CString;
use std::fs;
use std::os::fd::{AsFd as _, AsRawFd as _, IntoRawFd as _, OwnedFd, RawFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use shim::{Back, Failure, Launch, StartedFile, layout, replace_file, sys};

use crate::{devices, embedded, external, tell};

/// The ends of the container's stdio that this side keeps and those it gives away.
pub struct Stdio {
    /// The container's stdin, stdout and stderr; none with a terminal.
    pub theirs: Option<[OwnedFd; 3]>,
    /// Reading ends of stdout and stderr.
    pub output: Option<[OwnedFd; 2]>,
    /// The named pipe, held open so that the container never sees its end.
    pub stdin: Option<OwnedFd>,
    /// The terminal's master, once the runtime has handed it over.
    pub terminal: Option<OwnedFd>,
}

/// A container that is created and waits to be started.
pub trait Created {
    /// Its process 1, as seen by the host.
    fn pid(&self) -> i32;
    /// Lets the command be executed; returns when it has been.
    fn start(self: Box<Self>) -> Result<(), Failure>;
}

pub fn run(directory: &Path, report: &OwnedFd) -> Result<(), Failure> {
    let launch = fs::read(directory.join(layout::LAUNCH)).map_err(io("read launch.json"))?;
    let launch: Launch =
        serde_json::from_slice(&launch).map_err(|error| Failure::create(format!("launch.json: {error}")))?;
    // So that whoever finds the lock held knows by whom.
    let _ = sys::write(layout::LOCK_FD, std::process::id().to_string().as_bytes());
    let reap = sys::inherited(layout::REAP_FD).map_err(io("reap program"))?;
    let primer = join_own_cgroup(&launch)?;
    sys::become_subreaper().map_err(io("subreaper"))?;

    let mut stdio = Stdio::new(directory, &launch)?;
    let created: Box<dyn Created> = match &launch.back {
        Back::Embedded => Box::new(embedded::create(directory, &launch, &mut stdio, &reap)?),
        Back::External { program, global_args } => {
            Box::new(external::create(directory, &launch, program, global_args, &mut stdio)?)
        }
    };
    let pid = created.pid();
    if let Some((cgroup, rules)) = &launch.devices {
        devices::attach(cgroup, rules)?;
    }
    // Read before the start: a short-lived process may be gone right after it (its entry stays until it is waited for, though).
    let pid_start_ticks = sys::start_ticks(pid).map_err(io("start time"))?;
    created.start()?;

    let started =
        StartedFile { pid, pid_start_ticks, shim_pid: std::process::id() as i32, time_ns: sys::now_ns() };
    replace_file(directory, layout::STARTED, started.encode().as_bytes()).map_err(io("write started"))?;
    tell(report, &format!("started\t{pid}\t{}", started.time_ns));
    if let Some(primer) = primer {
        let _ = sys::wait_for(primer);
    }
    Err(become_reaper(directory, &launch, stdio, &reap, pid))
}

/// Moves this process into the shims' own cgroup, from a child: each such write sleeps for milliseconds in the kernel, and doing it
/// meanwhile also lets the container's own cgroup writes find the kernel's lock already in its slow mode.
fn join_own_cgroup(launch: &Launch) -> Result<Option<i32>, Failure> {
    if launch.own_cgroup.is_empty() {
        return Ok(None);
    }
    let me = std::process::id().to_string();
    match sys::fork().map_err(io("fork"))? {
        sys::Forked::Parent(child) => Ok(Some(child)),
        sys::Forked::Child => {
            for file in &launch.own_cgroup {
                if let Err(error) = fs::write(file, &me) {
                    eprintln!("cannot join {}: {error}", file.display());
                }
            }
            std::process::exit(0);
        }
    }
}

impl Stdio {
    fn new(directory: &Path, launch: &Launch) -> Result<Self, Failure> {
        let (their_stdin, stdin) = if launch.stdin_open {
            let path = directory.join(layout::STDIN);
            // The agent made the pipe. Reading and writing, so that opening does not wait and it never ends.
            let both = fs::OpenOptions::new().read(true).write(true).open(&path).map_err(io("open stdin"))?;
            let read = fs::OpenOptions::new()
                .read(true)
                .custom_flags(libc::O_NONBLOCK)
                .open(&path)
                .map_err(io("open stdin"))?;
            sys::nonblocking(read.as_raw_fd(), false).map_err(io("open stdin"))?;
            (OwnedFd::from(read), Some(OwnedFd::from(both)))
        } else {
            (OwnedFd::from(fs::File::open("/dev/null").map_err(io("open /dev/null"))?), None)
        };
        if launch.tty {
            return Ok(Self { theirs: None, output: None, stdin, terminal: None });
        }
        let (out_read, out_write) = sys::pipe().map_err(io("pipe"))?;
        let (err_read, err_write) = sys::pipe().map_err(io("pipe"))?;
        Ok(Self {
            theirs: Some([their_stdin, out_write, err_write]),
            output: Some([out_read, err_read]),
            stdin,
            terminal: None,
        })
    }
}

/// Executes `longshore-reap` in this process, which keeps the children; returns only when that fails.
fn become_reaper(directory: &Path, launch: &Launch, stdio: Stdio, reap: &OwnedFd, pid: i32) -> Failure {
    // Only now: as long as anything else could be executed, these must not leak into it.
    let keep = |fd: Option<OwnedFd>| -> RawFd {
        fd.map_or(-1, |fd| {
            let fd = fd.into_raw_fd();
            let _ = sys::close_on_exec(fd, false);
            fd
        })
    };
    let [out, err] = stdio.output.map_or([None, None], |[out, err]| [Some(out), Some(err)]);
    let fds = [keep(out), keep(err), keep(stdio.terminal), keep(stdio.stdin)];
    if let Ok(lock) = sys::inherited(layout::LOCK_FD) {
        keep(Some(lock));
    }
    let path =
        |path: &Option<std::path::PathBuf>| path.as_ref().map_or(String::new(), |p| p.display().to_string());
    let mut args = vec!["longshore-reap".to_owned(), "run".to_owned(), directory.display().to_string()];
    args.extend(fds.map(|fd| fd.to_string()));
    args.push(pid.to_string());
    args.push(launch.log.segment_bytes.to_string());
    args.push(launch.log.total_bytes.to_string());
    args.push(if launch.log.drop_oldest { "drop" } else { "block" }.to_owned());
    args.push(path(&launch.oom_file));
    args.push(path(&launch.kill_with_first));
    let arguments: Vec<CString> = args.into_iter().filter_map(|text| CString::new(text).ok()).collect();
    sys::block_signals();
    let error = sys::execute_open(reap.as_fd(), &arguments, &[]);
    Failure::create(format!("cannot execute longshore-reap: {error}"))
}

/// A failure of the shim itself.
pub fn io(what: &'static str) -> impl Fn(std::io::Error) -> Failure {
    move |error| Failure::create(format!("{what}: {error}"))
}
