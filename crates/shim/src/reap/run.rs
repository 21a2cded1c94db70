//! The life of a shim after the start.
//!
//! Order at the end: process 1 has ended → its cgroup is emptied where its processes do not die with it → the pipes are read to their
//! end → the out-of-memory counter is read → the exit file is written. The lock is released by exiting.

use std::fs;
use std::os::fd::{AsRawFd as _, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use shim::sys::{ChildStatus, Reaped};
use shim::{ExitFile, LogPlan, Segments, Stream, layout, replace_file, sys};

/// How long descendants that escaped the container may keep its output open after its end.
const DRAIN: Duration = Duration::from_secs(3);
/// How often a full log looks for room.
const FULL_POLL_MS: i32 = 50;

pub struct Parameters {
    directory: PathBuf,
    output: [RawFd; 2],
    terminal: RawFd,
    stdin: RawFd,
    pid: i32,
    limits: LogPlan,
    oom_file: Option<PathBuf>,
    kill_with_first: Option<PathBuf>,
}

impl Parameters {
    pub fn parse(arguments: &[String]) -> Option<Self> {
        let number = |index: usize| arguments.get(index)?.parse().ok();
        let path = |index: usize| -> Option<Option<PathBuf>> {
            let text = arguments.get(index)?;
            Some((!text.is_empty()).then(|| PathBuf::from(text)))
        };
        Some(Self {
            directory: PathBuf::from(arguments.first()?),
            output: [number(1)?, number(2)?],
            terminal: number(3)?,
            stdin: number(4)?,
            pid: number(5)?,
            limits: LogPlan {
                segment_bytes: arguments.get(6)?.parse().ok()?,
                total_bytes: arguments.get(7)?.parse().ok()?,
                drop_oldest: arguments.get(8)? == "drop",
            },
            oom_file: path(9)?,
            kill_with_first: path(10)?,
        })
    }
}

/// A stream of the container that is still open.
struct Source {
    fd: OwnedFd,
    stream: Stream,
}

struct Reaper {
    sources: Vec<Source>,
    log: Segments,
    buffer: Vec<u8>,
}

pub fn run(parameters: Parameters) -> ExitCode {
    sys::block_signals();
    // The last to be killed for memory, where that is allowed; the container inherited its own value before.
    let _ = fs::write("/proc/self/oom_score_adj", "-998");
    let Ok(children) = sys::child_signals() else { return ExitCode::FAILURE };
    let mut sources = Vec::new();
    for (fd, stream) in [
        (parameters.output[0], Stream::Stdout),
        (parameters.output[1], Stream::Stderr),
        (parameters.terminal, Stream::Stdout),
    ] {
        if let Some(fd) = take(fd) {
            let _ = sys::nonblocking(fd.as_raw_fd(), true);
            sources.push(Source { fd, stream });
        }
    }
    // With a terminal its input is copied from the named pipe; without, the container reads that pipe itself.
    let stdin = take(parameters.stdin);
    let log = Segments::new(parameters.directory.join(layout::LOG), parameters.limits);
    let mut reaper = Reaper { sources, log, buffer: vec![0; 32 * 1024] };

    let status = reaper.pump(&parameters, &children, stdin.as_ref());
    let time_ns = sys::now_ns();
    if let Some(procs) = &parameters.kill_with_first {
        kill_all(procs);
    }
    reaper.drain();
    let oom_killed = parameters.oom_file.as_deref().is_some_and(oom_kills_happened);
    let (code, signal) = match status {
        ChildStatus::Exited(code) => (Some(code), None),
        ChildStatus::Signaled(signal) => (None, Some(signal)),
    };
    let exit = ExitFile { code, signal, oom_killed, time_ns };
    match replace_file(&parameters.directory, layout::EXIT, exit.encode().as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

impl Reaper {
    /// Copies until process 1 has ended.
    fn pump(&mut self, parameters: &Parameters, children: &OwnedFd, stdin: Option<&OwnedFd>) -> ChildStatus {
        let mut signal = [0_u8; 128];
        loop {
            // First, since the process may have ended before this program was executed.
            if let Some(status) = reap(parameters.pid) {
                return status;
            }
            // A disk that cannot be written to must not stop the container from being waited for.
            let room = self.log.room().unwrap_or(usize::MAX);
            let fd = |index: usize| match self.sources.get(index) {
                Some(source) if room > 0 => source.fd.as_raw_fd(),
                _ => -1,
            };
            let input = if parameters.terminal >= 0 { stdin.map_or(-1, |fd| fd.as_raw_fd()) } else { -1 };
            let timeout = if room > 0 { -1 } else { FULL_POLL_MS };
            let polled = sys::poll([fd(0), fd(1), input, children.as_raw_fd()], timeout);
            let Ok([first, second, typed, ended]) = polled else { continue };
            if typed && let Ok(count) = sys::read(input, &mut self.buffer) {
                write_all(parameters.terminal, &self.buffer[..count]);
            }
            // The later one first, so that removing it does not move the other.
            if second {
                self.copy(1, room);
            }
            if first {
                self.copy(0, room);
            }
            if ended {
                let _ = sys::read(children.as_raw_fd(), &mut signal);
            }
        }
    }

    /// Reads what is left, for a limited time.
    fn drain(&mut self) {
        let deadline = Instant::now() + DRAIN;
        while !self.sources.is_empty() && Instant::now() < deadline {
            let fd = |index: usize| self.sources.get(index).map_or(-1, |source| source.fd.as_raw_fd());
            let Ok([first, second]) = sys::poll([fd(0), fd(1)], 100) else { break };
            // The log may grow beyond its limit by what the pipes hold: nothing must be lost now. (Asking drops what may be dropped.)
            let _ = self.log.room();
            if second {
                self.copy(1, usize::MAX);
            }
            if first {
                self.copy(0, usize::MAX);
            }
        }
        let _ = self.log.finish();
    }

    fn copy(&mut self, index: usize, room: usize) {
        let Some(source) = self.sources.get(index) else { return };
        let most = room.min(self.buffer.len());
        match sys::read(source.fd.as_raw_fd(), &mut self.buffer[..most]) {
            Ok(count @ 1..) => {
                // A full disk loses lines; waiting would stop the container.
                let _ = self.log.push(source.stream, &self.buffer[..count], sys::now_ns());
            }
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::Interrupted
                ) => {}
            // The end; for a terminal an error tells it.
            _ => drop(self.sources.remove(index)),
        }
    }
}

/// Collects every ended child (descendants come here when their parents end); the status when it was process 1.
fn reap(pid: i32) -> Option<ChildStatus> {
    loop {
        match sys::reap_any() {
            Reaped::Child(child, status) if child == pid => return Some(status),
            Reaped::Child(..) => {}
            Reaped::NoneYet => return None,
            // Process 1 was somebody else's child after all; its code is unknown, but waiting for ever would be worse.
            Reaped::NoChildren => return Some(ChildStatus::Exited(255)),
        }
    }
}

/// Kills what is left in a cgroup, until nothing is.
fn kill_all(procs: &Path) {
    let deadline = Instant::now() + DRAIN;
    while Instant::now() < deadline {
        let text = fs::read_to_string(procs).unwrap_or_default();
        let mut any = false;
        for pid in text.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()) {
            any = true;
            let _ = sys::kill(pid, libc::SIGKILL);
        }
        if !any {
            return;
        }
        while let Reaped::Child(..) = sys::reap_any() {}
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn oom_kills_happened(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .any(|(name, count)| name == "oom_kill" && count != "0")
}

fn write_all(fd: RawFd, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match sys::write(fd, bytes) {
            Ok(count) => bytes = &bytes[count..],
            // The terminal's buffer is full and nobody reads it: typed text is dropped, as a terminal does.
            Err(_) => return,
        }
    }
}

fn take(fd: RawFd) -> Option<OwnedFd> {
    (fd >= 0).then(|| sys::inherited(fd).ok()).flatten()
}
