//! Namespaces that the containers of one task share: made before the first of them and kept until the last is gone, whichever of
//! them start and end meanwhile.
//!
//! Each is bound to a file. One of IPC needs nothing else. One of process ids lives only as long as its first process, so such a
//! process is made (`longshore-reap pause`): it belongs to the task, outlives the agent, and is known by a file beside.
//!
//! On disk, below the state directory: `spaces/<task>/` with `lock` (held while a pause process is being made), `pause`, `pid`, `ipc`.

#![allow(unsafe_code)] // Leaving a namespace changes one thread, which is made for it and ends.

use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::FlockOperation;
use rustix::mount::{UnmountFlags, mount_bind, unmount};
use rustix::pipe::PipeFlags;
use rustix::thread::{UnshareFlags, unshare_unsafe};
use serde::{Deserialize, Serialize};
use shim::{PauseFile, layout, sys};

use crate::error::{Error, Result};
use crate::{ContainerId, process, spawn};

/// Which namespaces a task's containers share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskSpaces {
    /// Of process ids.
    pub pid: bool,
    /// Of IPC.
    pub ipc: bool,
}

/// Where they are, for `PidSpace::Path` and `IpcSpace::Path`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSpaces {
    /// Of process ids.
    #[serde(default)]
    pub pid: Option<PathBuf>,
    /// Of IPC.
    #[serde(default)]
    pub ipc: Option<PathBuf>,
}

const PID: &str = "pid";
const IPC: &str = "ipc";
/// How long the making of a pause process, or its end, may take.
const LIMIT: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(2);

/// Makes what is missing; blocking. A pause process that was just made has yet to be moved into the shims' cgroup: its id is told.
pub(crate) fn create(
    directory: &Path,
    id: &ContainerId,
    spaces: TaskSpaces,
    reap: &OwnedFd,
) -> Result<(SharedSpaces, Option<i32>)> {
    fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    let mut shared = SharedSpaces::default();
    let mut made = None;
    if spaces.ipc {
        let file = directory.join(IPC);
        if !is_bound(&file) {
            bind_own_ipc(&file)?;
        }
        shared.ipc = Some(file);
    }
    if spaces.pid {
        let file = directory.join(PID);
        let pause = match pause(directory)? {
            Some(pause) => pause,
            None => {
                let pause = start_pause(directory, id, reap)?;
                made = Some(pause.pid);
                pause
            }
        };
        // What is bound of an earlier process is a namespace that has ended.
        if !is_bound(&file) || made.is_some() {
            bind(&format!("/proc/{}/ns/pid", pause.pid), &file)?;
        }
        shared.pid = Some(file);
    }
    Ok((shared, made))
}

/// Ends the pause process and takes everything away; blocking. Not an error when there is nothing.
pub(crate) fn delete(directory: &Path, id: &ContainerId) -> Result<()> {
    if !directory.exists() {
        return Ok(());
    }
    if let Some(pause) = pause(directory)?
        && let Ok(descriptor) = process::open(pause.pid)
        && is_alive(&pause)
    {
        // It may end by itself between the two.
        let _ = process::signal(&descriptor, libc::SIGKILL);
        let deadline = Instant::now() + LIMIT;
        while !process::has_ended(&descriptor) {
            if Instant::now() > deadline {
                return Err(Error::TimedOut {
                    id: id.clone(),
                    what: "end of the pause process",
                    limit: LIMIT,
                });
            }
            std::thread::sleep(LOOK);
        }
        process::collect(&descriptor);
    }
    for name in [PID, IPC] {
        unbind(&directory.join(name))?;
    }
    fs::remove_dir_all(directory).map_err(Error::io("remove", directory))
}

/// The tasks that have a directory here.
pub(crate) fn list(directory: &Path) -> Result<Vec<ContainerId>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(Error::io("list", directory))?,
    };
    let mut ids = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("list", directory))?.file_name();
        ids.extend(name.to_str().and_then(|name| name.parse::<ContainerId>().ok()));
    }
    ids.sort();
    Ok(ids)
}

/// The pause process of a directory, where it lives. One that an agent was making when it was killed is waited for.
fn pause(directory: &Path) -> Result<Option<PauseFile>> {
    drop(lock(directory)?);
    let path = directory.join(layout::PAUSE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(Error::io("read", &path))?,
    };
    let damaged = || Error::Damaged { path, reason: "incomplete".to_owned() };
    Ok(Some(PauseFile::decode(&text).ok_or_else(damaged)?).filter(is_alive))
}

/// Neither after a reboot nor after its end may another process of the same number be taken for it.
fn is_alive(pause: &PauseFile) -> bool {
    let boot = fs::read_to_string(layout::BOOT_ID).unwrap_or_default();
    boot.trim() == pause.boot_id && sys::start_ticks(pause.pid).is_ok_and(|t| t == pause.start_ticks)
}

fn start_pause(directory: &Path, id: &ContainerId, reap: &OwnedFd) -> Result<PauseFile> {
    let failed = Error::io("start the pause process in", directory);
    let (line, maker) = match speak_to_maker(directory, reap) {
        Ok(spoken) => spoken,
        Err(error) => return Err(failed(error)),
    };
    process::collect_when_ended(&maker).map_err(Error::io("wait for the maker of", directory))?;
    if line.trim_end() != "held" {
        let reason = format!("the pause process said {:?}", line.trim_end());
        return Err(Error::Start { id: id.clone(), reason });
    }
    pause(directory)?
        .ok_or_else(|| Error::Start { id: id.clone(), reason: "the pause process ended at once".to_owned() })
}

/// Starts the maker; the answer is what the pause process (or the maker, where it fails) says, and the maker.
fn speak_to_maker(directory: &Path, reap: &OwnedFd) -> io::Result<(String, OwnedFd)> {
    // Held by the maker too, so that it is free only when the process is written down or will never be.
    let lock = lock(directory).map_err(io::Error::other)?;
    let null = fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
    let (report, speaker) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
    let shown = directory.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    let pid = spawn::spawn(
        reap,
        &["longshore-pause", "pause", shown],
        &[
            (null.as_fd(), 0),
            (null.as_fd(), 1),
            (null.as_fd(), 2),
            (speaker.as_fd(), layout::REPORT_FD),
            (lock.as_fd(), layout::LOCK_FD),
        ],
    )?;
    drop((speaker, lock));
    let maker = process::open(pid)?;
    let mut line = String::new();
    let mut reader = File::from(report);
    let deadline = Instant::now() + LIMIT;
    // The speakers close their ends when they have spoken, or ended.
    while process::readable(&reader, deadline)? {
        let mut buffer = [0; 1024];
        match io::Read::read(&mut reader, &mut buffer)? {
            0 => return Ok((line, maker)),
            count => line.push_str(&String::from_utf8_lossy(&buffer[..count])),
        }
    }
    let _ = process::signal(&maker, libc::SIGKILL);
    Err(io::ErrorKind::TimedOut.into())
}

fn lock(directory: &Path) -> Result<File> {
    let path = directory.join(layout::LOCK);
    let open = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(Error::io("open", &path))?;
    let deadline = Instant::now() + LIMIT;
    loop {
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() < deadline => std::thread::sleep(LOOK),
            Err(error) => return Err(Error::io("lock", path)(error.into())),
        }
    }
}

/// A new IPC namespace: a thread goes into it, binds it and ends.
fn bind_own_ipc(file: &Path) -> Result<()> {
    let target = file.to_owned();
    let thread = std::thread::Builder::new().name("ipc-space".to_owned()).spawn(move || {
        // SAFETY: only the IPC namespace of this thread changes, and the thread ends after this; nothing else is unshared.
        unsafe { unshare_unsafe(UnshareFlags::NEWIPC) }
            .map_err(|e| Error::io("unshare IPC for", &target)(e.into()))?;
        bind("/proc/thread-self/ns/ipc", &target)
    });
    let thread = thread.map_err(Error::io("start a thread for", file))?;
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn bind(namespace: &str, file: &Path) -> Result<()> {
    unbind(file)?;
    File::create(file).map_err(Error::io("create", file))?;
    mount_bind(namespace, file).map_err(|error| Error::io("bind a namespace to", file)(error.into()))
}

fn unbind(file: &Path) -> Result<()> {
    while is_bound(file) {
        unmount(file, UnmountFlags::DETACH).map_err(|error| Error::io("unbind", file)(error.into()))?;
    }
    Ok(())
}

/// A file without the mount is what a reboot leaves.
fn is_bound(file: &Path) -> bool {
    const NSFS_MAGIC: u64 = 0x6e73_6673;
    rustix::fs::statfs(file).is_ok_and(|s| s.f_type as u64 == NSFS_MAGIC)
}
