//! From a specification to a running shim, and to its answer.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{FlockOperation, Mode, OFlags, ResolveFlags};
use rustix::pipe::PipeFlags;
use shim::{Back, Launch, LogPlan, layout};
use tokio::io::AsyncReadExt as _;

use super::{END_LIMIT, Handle, Inner, START_LIMIT, blocking, report};
use crate::error::{Error, Result};
use crate::spec::{PidSpace, WhenFull};
use crate::{ContainerId, ContainerSpec, Started, oci, process, programs, seccomp, spawn};

/// A shim that was started and has not answered yet.
struct Pending {
    shim: OwnedFd,
    shim_pid: i32,
    report: OwnedFd,
}

impl Inner {
    pub(super) async fn start(self: Arc<Self>, spec: ContainerSpec) -> Result<Started> {
        let id = spec.id.clone();
        let this = Arc::clone(&self);
        let directory = self.directory(&id);
        // Made first and apart: whoever did not make it must not remove it.
        match DirBuilder::new().mode(0o700).create(&directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Error::AlreadyExists { id });
            }
            other => other.map_err(Error::io("create", &directory))?,
        }
        let outcome = match blocking(move || this.prepare(&spec)).await {
            Ok(pending) => self.answer(&id, pending).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(handle) => {
                let started = handle.started();
                self.running().insert(id, Arc::new(handle));
                Ok(started)
            }
            Err(error) => {
                let (this, gone) = (Arc::clone(&self), id.clone());
                if let Err(leftover) = blocking(move || this.discard(&gone)).await {
                    tracing::error!(container = %id, error = %leftover, "cannot clear up after a failed start");
                }
                Err(error)
            }
        }
    }

    /// Everything before the shim's answer; blocking.
    fn prepare(&self, spec: &ContainerSpec) -> Result<Pending> {
        let directory = self.directory(&spec.id);
        if !spec.rootfs.is_dir() {
            return Err(Error::InvalidSpec {
                reason: format!("root file system {:?} does not exist", spec.rootfs),
            });
        }
        let launch = self.plan(spec, &directory)?;
        make_working_directory(&spec.rootfs, &launch.process.cwd);
        let log = directory.join(layout::LOG);
        fs::create_dir(&log).map_err(Error::io("create", &log))?;
        let oci = directory.join(layout::OCI);
        fs::create_dir(&oci).map_err(Error::io("create", &oci))?;
        if spec.stdin_open {
            let path = directory.join(layout::STDIN);
            let kind = rustix::fs::FileType::Fifo;
            rustix::fs::mknodat(rustix::fs::CWD, &path, kind, Mode::RUSR | Mode::WUSR, 0)
                .map_err(|error| Error::io("create", &path)(error.into()))?;
        }
        write_json(&directory.join(layout::LAUNCH), &launch)?;
        self.spawn(&directory).map_err(Error::io("start shim in", &directory))
    }

    fn plan(&self, spec: &ContainerSpec, directory: &Path) -> Result<Launch> {
        let state = &self.config.state_directory;
        let cgroup = self.container_cgroup(spec)?;
        let init_file = match &self.external {
            Some(_) => Some(programs::init_file(&state.join("programs"))?),
            None => None,
        };
        let mut process = oci::process(spec)?;
        let target = oci::Target {
            hierarchies: &self.hierarchies,
            cgroup: &cgroup,
            external_init: init_file.as_deref(),
        };
        if oci::has_own_cgroup_view(spec, &target) {
            // What is bound into the container has to be there before the container's cgroup is made otherwise.
            for (_, directory) in self.hierarchies.controlling(&cgroup) {
                fs::create_dir_all(&directory).map_err(Error::io("create", &directory))?;
            }
        }
        let config = oci::config(spec, &process, &target)?;
        write_json(&directory.join(layout::CONFIG), &config)?;
        if oci::filtered(spec) {
            process.seccomp = Some(seccomp::programs_for(&state.join("seccomp"), process.capabilities)?);
        }
        let v2_devices = self.hierarchies.is_v2() && self.external.is_none();
        let devices = match self.hierarchies.directory("devices", &cgroup).filter(|_| v2_devices) {
            Some(path) => Some((path, oci::device_rules(spec)?)),
            None => None,
        };
        Ok(Launch {
            id: spec.id.to_string(),
            back: match &self.external {
                None => Back::Embedded,
                Some(program) => {
                    let path = |name: &str| directory.join(name).display().to_string();
                    let global_args = vec![
                        "--root".to_owned(),
                        path(layout::OCI),
                        "--log".to_owned(),
                        path(layout::SHIM_LOG),
                    ];
                    Back::External { program: program.clone(), global_args }
                }
            },
            rootfs: spec.rootfs.clone(),
            oom_file: self.hierarchies.oom_file(&cgroup),
            kill_with_first: match spec.pid {
                PidSpace::New => None,
                PidSpace::Host | PidSpace::Path(_) => self.hierarchies.procs_file(&cgroup),
            },
            cgroup,
            process,
            init: spec.init_process && self.external.is_none(),
            tty: spec.tty,
            stdin_open: spec.stdin_open,
            log: LogPlan {
                segment_bytes: spec.log.segment_bytes.max(1),
                total_bytes: spec.log.total_bytes.max(1),
                drop_oldest: spec.log.when_full == WhenFull::DropOldest,
            },
            devices,
            own_cgroup: self.shim_cgroup.clone(),
        })
    }

    fn spawn(&self, directory: &Path) -> io::Result<Pending> {
        let lock = open_private(&directory.join(layout::LOCK))?;
        // Taken here and handed over open: there is no moment at which a shim lives and the lock is free.
        rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive)?;
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(directory.join(layout::SHIM_LOG))?;
        let null = fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
        let (report, report_write) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
        let shown = directory.to_str().ok_or(io::ErrorKind::InvalidInput)?;
        let shim_pid = spawn::spawn(
            &self.programs.shim,
            &["longshore-shim", "start", shown],
            &[
                (null.as_fd(), 0),
                (null.as_fd(), 1),
                (log.as_fd(), 2),
                (report_write.as_fd(), layout::REPORT_FD),
                (lock.as_fd(), layout::LOCK_FD),
                (self.programs.reap.as_fd(), layout::REAP_FD),
            ],
        )?;
        Ok(Pending { shim: process::open(shim_pid)?, shim_pid, report })
    }

    /// Waits for the shim's one line.
    async fn answer(&self, id: &ContainerId, pending: Pending) -> Result<Handle> {
        let directory = self.directory(id);
        let line = read_report(pending.report, START_LIMIT)
            .await
            .map_err(Error::io("read report of", &directory))?;
        let failure = match line.as_deref() {
            Some(line) => match line.strip_prefix("started\t").and_then(|_| self.started_file(id).ok()) {
                Some(started) => {
                    debug_assert_eq!(started.shim_pid, pending.shim_pid);
                    // Gone already when the process was quick; then there is nothing to signal.
                    let first = process::open(started.pid).ok();
                    return Ok(Handle { directory, started, shim: Some(pending.shim), first });
                }
                None => report::failure(id, &directory, line),
            },
            None => Error::TimedOut { id: id.clone(), what: "start", limit: START_LIMIT },
        };
        end_shim(&pending.shim).await;
        Err(failure)
    }
}

/// A shim that failed is about to end; one that hangs is killed. Either way it is collected.
pub(super) async fn end_shim(shim: &OwnedFd) {
    if tokio::time::timeout(END_LIMIT, process::ended(shim)).await.is_err() {
        let _ = process::signal(shim, libc::SIGKILL);
        let _ = tokio::time::timeout(END_LIMIT, process::ended(shim)).await;
    }
}

/// The line a shim reports, empty when it died without one; none after the time limit.
pub(super) async fn read_report(report: OwnedFd, limit: std::time::Duration) -> io::Result<Option<String>> {
    let mut receiver = tokio::net::unix::pipe::Receiver::from_owned_fd(report)?;
    let mut text = Vec::new();
    let read = async {
        let mut buffer = [0; 1024];
        // The write end is closed on exec, but a line is complete before that.
        while !text.contains(&b'\n') {
            match receiver.read(&mut buffer).await? {
                0 => break,
                count => text.extend_from_slice(&buffer[..count]),
            }
        }
        io::Result::Ok(())
    };
    match tokio::time::timeout(limit, read).await {
        Ok(outcome) => outcome.map(|()| Some(String::from_utf8_lossy(&text).trim_end().to_owned())),
        Err(_) => Ok(None),
    }
}

pub(super) fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_vec(value)
        .map_err(|error| Error::Damaged { path: path.to_owned(), reason: error.to_string() })?;
    let mut file = open_private(path).map_err(Error::io("create", path))?;
    io::Write::write_all(&mut file, &text).map_err(Error::io("write", path))
}

fn open_private(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().create(true).truncate(true).read(true).write(true).mode(0o600).open(path)
}

/// Docker makes a missing working directory in the image. What cannot be made here (a link that leads nowhere, a read-only image, a place
/// that a mount will cover) shows when the process enters it.
fn make_working_directory(rootfs: &Path, cwd: &str) {
    let Ok(root) = File::open(rootfs) else { return };
    let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    let flags = OFlags::DIRECTORY | OFlags::PATH | OFlags::CLOEXEC;
    let mut parent = OwnedFd::from(root);
    let Ok(root) = parent.try_clone() else { return };
    let mut path = String::new();
    for part in cwd.split('/').filter(|part| !matches!(*part, "" | "." | "..")) {
        path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        let open = || rustix::fs::openat2(&root, &path, flags, Mode::empty(), resolve);
        let opened = match open() {
            Err(rustix::io::Errno::NOENT) => {
                let made = rustix::fs::mkdirat(&parent, part, Mode::from_raw_mode(0o755));
                if made.is_err() {
                    return;
                }
                open()
            }
            other => other,
        };
        match opened {
            Ok(directory) => parent = directory,
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::make_working_directory;

    #[test]
    fn a_missing_working_directory_is_made_inside_only() {
        let host = tempfile::tempdir().unwrap();
        let image = host.path().join("image");
        std::fs::create_dir_all(image.join("real")).unwrap();
        std::os::unix::fs::symlink("/real", image.join("link")).unwrap();
        std::os::unix::fs::symlink("../../outside", image.join("away")).unwrap();
        make_working_directory(&image, "/a/b/../c");
        make_working_directory(&image, "/link/deep");
        make_working_directory(&image, "/away/deep");
        assert!(image.join("a/b/c").is_dir() && image.join("real/deep").is_dir());
        assert!(!host.path().join("outside").exists());
        assert_eq!(std::fs::read_dir(host.path()).unwrap().count(), 1);
    }
}
