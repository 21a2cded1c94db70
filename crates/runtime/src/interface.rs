//! The trait every back end implements.

use std::fmt;
use std::time::SystemTime;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::spec::{ContainerSpec, CpuLimits, MemoryLimits};
use crate::{
    ContainerId, ExecOutcome, ExecSpec, ExitStatus, LogPosition, LogReader, Result, SharedSpaces, Stats,
    TaskSpaces,
};

/// Runs containers on this host.
///
/// Every method may be called from many tasks at once. Dropping a future never leaves half a container behind unnoticed: the
/// state directory knows it, so `list` shows it and `delete` removes it.
#[async_trait]
pub trait Runtime: Send + Sync + fmt::Debug {
    /// A name for logs, such as `embedded` or `/usr/bin/crun`.
    fn name(&self) -> &str;

    /// Makes the cgroup that containers of one task share (`ContainerSpec::cgroup_parent`), or sets its limits anew when it exists.
    async fn create_task_cgroup(&self, cgroup: &TaskCgroup, limits: &TaskLimits) -> Result<()>;

    /// Removes a task's cgroup; not an error when it does not exist. Its containers must be gone.
    async fn delete_task_cgroup(&self, cgroup: &TaskCgroup) -> Result<()>;

    /// Makes the namespaces that the containers of one task share; those that are there stay as they are. `task` names them as an id
    /// names a container. They live until they are deleted, whatever becomes of this process.
    async fn create_task_spaces(&self, task: &ContainerId, spaces: TaskSpaces) -> Result<SharedSpaces>;

    /// Ends a task's shared namespaces, with whatever still runs in that of process ids; not an error when there are none.
    async fn delete_task_spaces(&self, task: &ContainerId) -> Result<()>;

    /// Every task that has shared namespaces on this host, sorted.
    async fn list_task_spaces(&self) -> Result<Vec<ContainerId>>;

    /// Creates the container and starts its process; returns when the process has been executed. On an error nothing is left.
    async fn start(&self, spec: &ContainerSpec) -> Result<Started>;

    /// Runs a command inside a running container and waits for it.
    async fn exec(&self, id: &ContainerId, exec: &ExecSpec) -> Result<ExecOutcome>;

    /// Sends a signal (its number) to the container's process 1. `NotRunning` when it has ended.
    async fn signal(&self, id: &ContainerId, signal: i32) -> Result<()>;

    /// Waits until the container has ended. Answers at once when it has; may be called any number of times, before and after
    /// a restart of this process; cancel-safe.
    async fn wait(&self, id: &ContainerId) -> Result<ExitStatus>;

    /// Removes an ended container with its log; not an error when it does not exist. `StillRunning` when it runs.
    async fn delete(&self, id: &ContainerId) -> Result<()>;

    /// What the container uses now.
    async fn stats(&self, id: &ContainerId) -> Result<Stats>;

    /// Every container whose state is on this host, sorted by id, without taking any of them back.
    async fn list(&self) -> Result<Vec<KnownContainer>>;

    /// After a restart of this process: takes back every container on this host, so that `wait`, `signal`, `exec`, `stats`, `logs` and
    /// `delete` work on it again. Half-made containers of an interrupted `start` are removed and not returned.
    async fn recover(&self) -> Result<Vec<KnownContainer>>;

    /// A reader of the container's log from `from` on. At most one reader per container at a time.
    async fn logs(&self, id: &ContainerId, from: LogPosition) -> Result<Box<dyn LogReader>>;

    /// Writes to the process's stdin (only with `ContainerSpec::stdin_open`).
    async fn write_stdin(&self, id: &ContainerId, bytes: &[u8]) -> Result<()>;
}

/// A container that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started {
    /// Process id on the host of the container's process 1 (namespaces are reachable under `/proc/<pid>/ns`).
    pub pid: u32,
    /// When the process was executed.
    pub started_at: SystemTime,
}

/// A container found on this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its process runs.
    Running(Started),
    /// It ended; with [`crate::ExitCause::Lost`] its shim was killed, and what was left of it has been killed too by `recover`.
    Exited(ExitStatus),
    /// `start` was interrupted half way.
    HalfMade,
}

/// One entry of [`Runtime::list`] or [`Runtime::recover`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownContainer {
    /// Its id.
    pub id: ContainerId,
    /// What it does.
    pub condition: Condition,
}

/// A task's cgroup: a path of plain names under the root that the back end was given, such as `ecs/<task id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaskCgroup(pub String);

/// Limits over all containers of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskLimits {
    /// Processor.
    pub cpu: CpuLimits,
    /// Memory.
    pub memory: MemoryLimits,
    /// Processes and threads.
    pub pids: Option<u64>,
}
