//! The back ends that run containers under the shim: embedded libcontainer, or an external OCI runtime.
//!
//! State on disk, below the state directory: `containers/<id>/` (see `shim::layout`), `spaces/` (see `spaces`), `seccomp/` and `programs/` (caches). The directory
//! is the truth; what is in memory are descriptors of running shims, which `recover` can make anew.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use shim::{Launch, StartedFile, layout};
use tokio::io::AsyncWriteExt as _;

use crate::cgroup::prime::Primer;
use crate::cgroup::{Hierarchies, task_path};
use crate::error::{Error, Result};
use crate::log::SegmentReader;
use crate::programs::Programs;
use crate::watch::Watcher;
use crate::{
    Condition, ContainerId, ContainerSpec, ExecOutcome, ExecSpec, ExitStatus, KnownContainer, LogPosition,
    LogReader, Runtime, SharedSpaces, Started, Stats, TaskCgroup, TaskLimits, TaskSpaces, process, spaces,
};

mod end;
mod exec;
mod prepare;
mod recover;
mod report;

/// How long a shim may take for what is a matter of milliseconds.
const START_LIMIT: Duration = Duration::from_secs(60);
const END_LIMIT: Duration = Duration::from_secs(10);

/// Where a runtime keeps its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Directory for state files, made when missing. One process at a time uses it.
    pub state_directory: PathBuf,
    /// Name of the cgroup below which everything is made, such as `longshore`.
    pub cgroup_root: String,
}

/// Runs containers under shims.
#[derive(Clone, Debug)]
pub struct ShimRuntime {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: Config,
    /// None: embedded.
    external: Option<PathBuf>,
    name: String,
    hierarchies: Hierarchies,
    shim_cgroup: Vec<PathBuf>,
    programs: Programs,
    primer: OnceLock<Primer>,
    running: Mutex<HashMap<ContainerId, Arc<Handle>>>,
    watcher: OnceLock<Watcher>,
}

/// A container that this process knows.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) directory: PathBuf,
    pub(crate) started: StartedFile,
    /// None when the shim had ended before this process looked.
    pub(crate) shim: Option<OwnedFd>,
    /// None when the process had ended before this process looked.
    first: Option<OwnedFd>,
}

impl Handle {
    /// Whether the log is complete.
    pub(crate) fn is_over(&self) -> bool {
        self.shim.is_none()
            || self.directory.join(layout::EXIT).exists()
            || self.directory.join(layout::LOST).exists()
    }

    fn started(&self) -> Started {
        Started {
            pid: self.started.pid.unsigned_abs(),
            started_at: UNIX_EPOCH + Duration::from_nanos(self.started.time_ns),
        }
    }
}

impl ShimRuntime {
    /// libcontainer inside the shim. Needs root.
    pub fn embedded(config: Config) -> Result<Self> {
        Self::new(config, None)
    }

    /// An OCI runtime's program (crun, runc, runsc, kata) under the shim. Needs root.
    pub fn external(config: Config, program: PathBuf) -> Result<Self> {
        Self::new(config, Some(program))
    }

    /// Removes the cgroups this made that nothing uses any more: for taking Longshore off a host, after the last container.
    pub async fn remove_cgroups(&self) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        blocking(move || {
            inner.hierarchies.remove_empty(&inner.config.cgroup_root);
            Ok(())
        })
        .await
    }

    fn new(config: Config, external: Option<PathBuf>) -> Result<Self> {
        let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        if !config.cgroup_root.split('/').all(plain) {
            return Err(Error::InvalidSpec { reason: format!("{:?} is no cgroup name", config.cgroup_root) });
        }
        let containers = config.state_directory.join("containers");
        fs::create_dir_all(&containers).map_err(Error::io("create", &containers))?;
        // Specifications hold secrets in their environments.
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        fs::set_permissions(&containers, private).map_err(Error::io("protect", &containers))?;
        let hierarchies = Hierarchies::detect()?;
        let shim_cgroup = hierarchies.shim_cgroup(&format!("{}/shims", config.cgroup_root))?;
        let name = external.as_ref().map_or("embedded".to_owned(), |program| program.display().to_string());
        let inner = Inner {
            config,
            external,
            name,
            hierarchies,
            shim_cgroup,
            programs: Programs::seal()?,
            primer: OnceLock::new(),
            running: Mutex::default(),
            watcher: OnceLock::new(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

impl Inner {
    fn directory(&self, id: &ContainerId) -> PathBuf {
        self.config.state_directory.join("containers").join(id.as_str())
    }

    fn spaces_directory(&self) -> PathBuf {
        self.config.state_directory.join("spaces")
    }

    /// Moves a process into the shims' own cgroup, where no service manager and no task's limit ends it.
    fn join_shims(&self, pid: i32) {
        for file in &self.shim_cgroup {
            if let Err(error) = fs::write(file, pid.to_string()) {
                tracing::warn!(pid, file = %file.display(), %error, "cannot move a pause process");
            }
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<ContainerId, Arc<Handle>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The container's handle, taken back from the state directory when this process has none yet.
    fn handle(&self, id: &ContainerId) -> Result<Arc<Handle>> {
        if let Some(handle) = self.running().get(id) {
            return Ok(Arc::clone(handle));
        }
        let handle = Arc::new(self.attach(id)?);
        Ok(Arc::clone(self.running().entry(id.clone()).or_insert(handle)))
    }

    /// The cgroup of a container to be.
    fn container_cgroup(&self, spec: &ContainerSpec) -> Result<String> {
        match &spec.cgroup_parent {
            Some(task) => Ok(format!("{}/{}", task_path(&self.config.cgroup_root, task)?, spec.id)),
            None => Ok(format!("{}/{}", self.config.cgroup_root, spec.id)),
        }
    }

    fn launch(&self, id: &ContainerId) -> Result<Launch> {
        let path = self.directory(id).join(layout::LAUNCH);
        let text = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NotFound { id: id.clone() },
            _ => Error::io("read", &path)(error),
        })?;
        serde_json::from_slice(&text).map_err(|error| Error::Damaged { path, reason: error.to_string() })
    }

    /// Removes whatever there is of a container whose shim is gone.
    fn discard(&self, id: &ContainerId) -> Result<()> {
        let directory = self.directory(id);
        match self.launch(id) {
            Ok(launch) => {
                self.delete_external(&launch);
                self.hierarchies.remove(&launch.cgroup)?;
            }
            // Without that file no shim was ever started.
            Err(Error::NotFound { .. } | Error::Damaged { .. }) => {}
            Err(other) => return Err(other),
        }
        match fs::remove_dir_all(&directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("remove", directory)(error))
            }
            _ => Ok(()),
        }
    }

    /// External runtimes keep state of their own; what they leave is removed with cgroup and directory anyway.
    fn delete_external(&self, launch: &Launch) {
        if let shim::Back::External { program, global_args } = &launch.back {
            let mut command = std::process::Command::new(program);
            command.args(global_args).args(["delete", "--force", &launch.id]);
            let null = std::process::Stdio::null;
            if let Err(error) = command.stdin(null()).stdout(null()).stderr(null()).status() {
                tracing::warn!(%error, program = %program.display(), "cannot run the runtime's delete");
            }
        }
    }

    fn watcher(&self) -> Result<&Watcher> {
        if let Some(watcher) = self.watcher.get() {
            return Ok(watcher);
        }
        let made = Watcher::start().map_err(Error::io("watch", &self.config.state_directory))?;
        Ok(self.watcher.get_or_init(|| made))
    }
}

/// Runs blocking work away from the async threads; a panic in it becomes an error.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(joined(error)))
}

fn joined(error: tokio::task::JoinError) -> Error {
    Error::io("finish", Path::new("runtime operation"))(io::Error::other(error))
}

#[async_trait]
impl Runtime for ShimRuntime {
    fn name(&self) -> &str {
        &self.inner.name
    }

    async fn create_task_cgroup(&self, cgroup: &TaskCgroup, limits: &TaskLimits) -> Result<()> {
        let (inner, cgroup, limits) = (Arc::clone(&self.inner), cgroup.clone(), limits.clone());
        blocking(move || {
            inner.hierarchies.create_task(&inner.config.cgroup_root, &cgroup, &limits)?;
            // Not before: while the kernel waits for its lock, no cgroup can be made.
            inner.primer.get_or_init(|| Primer::start(&inner.hierarchies)).prime();
            Ok(())
        })
        .await
    }

    async fn delete_task_cgroup(&self, cgroup: &TaskCgroup) -> Result<()> {
        let path = task_path(&self.inner.config.cgroup_root, cgroup)?;
        let inner = Arc::clone(&self.inner);
        blocking(move || inner.hierarchies.remove(&path)).await
    }

    async fn create_task_spaces(&self, task: &ContainerId, wanted: TaskSpaces) -> Result<SharedSpaces> {
        let (inner, task) = (Arc::clone(&self.inner), task.clone());
        let (shared, made) = blocking(move || {
            spaces::create(&inner.spaces_directory().join(task.as_str()), &task, wanted, &inner.programs.reap)
        })
        .await?;
        if let Some(pid) = made {
            let inner = Arc::clone(&self.inner);
            // Nobody waits: each such write sleeps for milliseconds in the kernel.
            tokio::task::spawn_blocking(move || inner.join_shims(pid));
        }
        Ok(shared)
    }

    async fn delete_task_spaces(&self, task: &ContainerId) -> Result<()> {
        let (inner, task) = (Arc::clone(&self.inner), task.clone());
        blocking(move || spaces::delete(&inner.spaces_directory().join(task.as_str()), &task)).await
    }

    async fn list_task_spaces(&self) -> Result<Vec<ContainerId>> {
        let inner = Arc::clone(&self.inner);
        blocking(move || spaces::list(&inner.spaces_directory())).await
    }

    async fn start(&self, spec: &ContainerSpec) -> Result<Started> {
        let (inner, spec) = (Arc::clone(&self.inner), spec.clone());
        // On its own, so that a caller that goes away does not leave the start half done.
        tokio::spawn(inner.start(spec)).await.unwrap_or_else(|error| Err(joined(error)))
    }

    async fn exec(&self, id: &ContainerId, exec: &ExecSpec) -> Result<ExecOutcome> {
        self.inner.exec(id, exec).await
    }

    async fn signal(&self, id: &ContainerId, signal: i32) -> Result<()> {
        let handle = self.inner.handle(id)?;
        let not_running = || Error::NotRunning { id: id.clone() };
        let first = handle.first.as_ref().filter(|_| !handle.is_over()).ok_or_else(not_running)?;
        match process::signal(first, signal) {
            Err(error) if error.raw_os_error() == Some(libc::ESRCH) => Err(not_running()),
            other => other.map_err(Error::io("send signal to", id.as_str())),
        }
    }

    async fn wait(&self, id: &ContainerId) -> Result<ExitStatus> {
        Arc::clone(&self.inner).wait(id).await
    }

    async fn delete(&self, id: &ContainerId) -> Result<()> {
        Arc::clone(&self.inner).delete(id).await
    }

    async fn stats(&self, id: &ContainerId) -> Result<Stats> {
        let handle = self.inner.handle(id)?;
        if handle.is_over() {
            return Err(Error::NotRunning { id: id.clone() });
        }
        let (inner, launch) = (Arc::clone(&self.inner), self.inner.launch(id)?);
        blocking(move || inner.hierarchies.stats(&launch.cgroup)).await
    }

    async fn list(&self) -> Result<Vec<KnownContainer>> {
        let inner = Arc::clone(&self.inner);
        blocking(move || inner.list()).await
    }

    async fn recover(&self) -> Result<Vec<KnownContainer>> {
        let inner = Arc::clone(&self.inner);
        blocking(move || inner.recover()).await
    }

    async fn logs(&self, id: &ContainerId, from: LogPosition) -> Result<Box<dyn LogReader>> {
        let handle = self.inner.handle(id)?;
        let directory = self.inner.directory(id).join(layout::LOG);
        let watch = self.inner.watcher()?.watch(&directory).map_err(Error::io("watch", &directory))?;
        Ok(Box::new(SegmentReader::new(directory, from, handle, watch)))
    }

    async fn write_stdin(&self, id: &ContainerId, bytes: &[u8]) -> Result<()> {
        let handle = self.inner.handle(id)?;
        if handle.is_over() {
            return Err(Error::NotRunning { id: id.clone() });
        }
        let path = handle.directory.join(layout::STDIN);
        if !path.exists() {
            return Err(Error::InvalidSpec { reason: format!("stdin of container {id} is not open") });
        }
        let sender = tokio::net::unix::pipe::OpenOptions::new().open_sender(&path);
        let mut sender = sender.map_err(Error::io("open", &path))?;
        sender.write_all(bytes).await.map_err(Error::io("write", &path))
    }
}

impl Inner {
    fn list(&self) -> Result<Vec<KnownContainer>> {
        let mut known = Vec::new();
        for id in self.ids()? {
            let condition = self.condition(&id)?;
            known.push(KnownContainer { id, condition });
        }
        Ok(known)
    }

    fn ids(&self) -> Result<Vec<ContainerId>> {
        let directory = self.config.state_directory.join("containers");
        let mut ids = Vec::new();
        for entry in fs::read_dir(&directory).map_err(Error::io("list", &directory))? {
            let name = entry.map_err(Error::io("list", &directory))?.file_name();
            ids.extend(name.to_str().and_then(|name| name.parse::<ContainerId>().ok()));
        }
        ids.sort();
        Ok(ids)
    }
}

/// What a state directory says, without changing anything.
impl Inner {
    fn condition(&self, id: &ContainerId) -> Result<Condition> {
        if let Some(status) = self.exit_status(id)? {
            return Ok(Condition::Exited(status));
        }
        match self.attach(id) {
            Ok(handle) if handle.shim.is_some() => Ok(Condition::Running(handle.started())),
            // It may have ended between the two looks.
            Ok(handle) => Ok(match self.exit_status(id)? {
                Some(status) => Condition::Exited(status),
                None => Condition::Exited(end::lost(&handle)),
            }),
            Err(Error::NotFound { .. }) => Ok(Condition::HalfMade),
            Err(other) => Err(other),
        }
    }
}
