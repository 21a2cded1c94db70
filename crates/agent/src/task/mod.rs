//! What a task payload asks for, read once into types that can be carried out.
//!
//! Decides what is supported: whatever a payload says that this agent cannot do is refused with a reason, never ignored, so
//! that a task either is what its definition says or does not start. Pure. It knows nothing of images or of what exists on
//! the node.

mod container;
mod network;
mod read;

pub(crate) use network::NetworkPlan;
pub(crate) use read::read;

use crate::endpoint::TaskRole;
use crate::logs::LogPlan;
use plan::task::TaskSpec;
use plan::task::admission::Claim;
use runtime::spec::{Capabilities, Device, Mount, Resources, Seccomp, Ulimit};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// Why a payload is not run; the text becomes the task's stopped reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refusal(pub String);

pub(crate) fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(reason.into()))
}

/// A task that can be carried out. Containers are named by their place.
#[derive(Clone, Debug)]
pub(crate) struct TaskPlan {
    pub arn: String,
    /// Last part of the ARN; unique, and safe as a file name.
    pub id: String,
    pub family: String,
    pub version: String,
    pub spec: TaskSpec,
    pub containers: Vec<ContainerPlan>,
    pub network: NetworkPlan,
    pub limits: runtime::TaskLimits,
    pub pid: PidMode,
    pub ipc: IpcMode,
    pub volumes: Vec<VolumePlan>,
    /// How much the task may write, where it is limited (Fargate).
    pub storage_gib: Option<u32>,
    pub claim: Claim,
    /// The execution role's, which log drivers use instead of the agent's where they are told to (`logsAuthStrategy`).
    pub log_credentials: crate::aws::Refreshed,
    /// The task role's, which the task's own containers are given.
    pub role: TaskRole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PidMode {
    Own,
    Host,
    /// All share one namespace, which is the task's.
    Task,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IpcMode {
    Own,
    Host,
    None,
    /// All share one namespace, which is the task's, and a `/dev/shm` of this size.
    Task {
        shm_bytes: u64,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VolumePlan {
    pub name: String,
    pub source: VolumeSource,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VolumeSource {
    /// A path of the host, made where it is missing.
    Host(PathBuf),
    /// Lives as long as the task.
    Task,
    /// Stays; made where `autoprovision` says so.
    Shared { autoprovision: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MountPlan {
    pub volume: usize,
    pub path: PathBuf,
    pub readonly: bool,
}

/// A container that can be carried out. Empty command and entry point are the image's.
#[derive(Clone, Debug)]
pub(crate) struct ContainerPlan {
    pub name: String,
    pub image: String,
    pub entry_point: Vec<String>,
    pub command: Vec<String>,
    pub env: BTreeMap<String, String>,
    /// Empty is the image's.
    pub user: String,
    /// Empty is the image's.
    pub cwd: String,
    pub hostname: Option<String>,
    pub readonly_rootfs: bool,
    pub privileged: bool,
    pub no_new_privileges: bool,
    pub seccomp: Seccomp,
    pub capabilities: Capabilities,
    pub devices: Vec<Device>,
    pub ulimits: Vec<Ulimit>,
    pub sysctls: Vec<(String, String)>,
    pub tmpfs: Vec<Mount>,
    pub shm_bytes: Option<u64>,
    pub tty: bool,
    pub stdin_open: bool,
    pub init_process: bool,
    pub oom_score_adj: Option<i32>,
    pub resources: Resources,
    pub ports: Vec<net::PortRequest>,
    /// Which of them the task definition names as a range.
    pub port_ranges: Vec<bool>,
    /// Loopback only, whatever the task's network is (`disableNetworking`).
    pub no_network: bool,
    pub mounts: Vec<MountPlan>,
    /// Whose mounts to take over, and whether read-only.
    pub volumes_from: Vec<(usize, bool)>,
    /// Linked containers and their aliases.
    pub links: Vec<(usize, String)>,
    pub extra_hosts: Vec<(String, String)>,
    pub dns: Vec<String>,
    pub dns_search: Vec<String>,
    pub dns_options: Vec<String>,
    pub log: LogPlan,
    /// As the payload names it, for the container's metadata; the options too.
    pub log_driver: Option<String>,
    pub log_options: BTreeMap<String, String>,
    /// The definition's, and those that ECS gives every container.
    pub labels: BTreeMap<String, String>,
    pub probe: Option<ProbePlan>,
    /// Overrides the image's.
    pub stop_signal: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProbePlan {
    pub args: Vec<String>,
    pub timeout: Duration,
}

#[cfg(test)]
mod tests;
