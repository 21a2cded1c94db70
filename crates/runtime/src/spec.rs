//! Inert description of one container, in our own nouns.
//!
//! Invariant: plain `Eq` data without file descriptors, clocks or defaults that depend on the host; the same spec starts the same
//! container. What `None` means is said at each field and is what Docker does.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{ContainerId, TaskCgroup};

mod isolation;
mod mounts;
mod resources;

pub use isolation::{Capabilities, CgroupSpace, Device, IpcSpace, NetworkSpace, PidSpace, Seccomp, UtsSpace};
pub use mounts::{Mount, MountKind};
pub use resources::{CpuLimits, LogLimits, MemoryLimits, MemorySwap, Resources, Ulimit, WhenFull};

/// Everything a back end needs to know to run a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerSpec {
    /// Unique on this host, chosen by the caller.
    pub id: ContainerId,
    /// The root file system: an existing directory, mounted by the caller, who also unmounts it after `delete`.
    pub rootfs: PathBuf,
    /// Whether the root file system is read-only inside the container.
    pub readonly_rootfs: bool,
    /// Entry point and command; the first is looked up in `$PATH` of `env`.
    pub args: Vec<String>,
    /// `NAME=value`; PATH and HOSTNAME are added when missing, HOME when missing from the user's passwd line, TERM with a terminal.
    pub env: Vec<String>,
    /// Working directory, made when missing (as Docker does). Empty: `/`.
    pub cwd: String,
    /// As whom the process runs.
    pub user: User,
    /// Host name in an own UTS namespace.
    pub hostname: Option<String>,
    /// Mounts in order, after the standard ones (/proc, /dev, /dev/pts, /dev/shm, /dev/mqueue, /sys, /sys/fs/cgroup).
    pub mounts: Vec<Mount>,
    /// Size of `/dev/shm`; none: 64 MiB.
    pub shm_bytes: Option<u64>,
    /// What is added to and taken from Docker's default set.
    pub capabilities: Capabilities,
    /// All capabilities (that this process has itself), all devices, no seccomp, nothing masked.
    pub privileged: bool,
    /// Whether set-user-id programs inside give nothing.
    pub no_new_privileges: bool,
    /// System call filter.
    pub seccomp: Seccomp,
    /// Paths hidden inside; none: Docker's list.
    pub masked_paths: Option<Vec<String>>,
    /// Paths read-only inside; none: Docker's list.
    pub readonly_paths: Option<Vec<String>>,
    /// Host devices that are made available.
    pub devices: Vec<Device>,
    /// Resource limits of the process.
    pub ulimits: Vec<Ulimit>,
    /// Namespaced kernel parameters, such as `net.core.somaxconn`.
    pub sysctls: Vec<(String, String)>,
    /// Adjustment of the kernel's choice whom to kill for memory, -1000 to 1000.
    pub oom_score_adj: Option<i32>,
    /// On a pseudo-terminal.
    pub tty: bool,
    /// Keep stdin open for [`crate::Runtime::write_stdin`]; otherwise stdin is `/dev/null`.
    pub stdin_open: bool,
    /// Put a tiny init in front as process 1 that reaps orphans and forwards signals (`initProcessEnabled`).
    pub init_process: bool,
    /// Network namespace.
    pub network: NetworkSpace,
    /// Process id namespace.
    pub pid: PidSpace,
    /// System V and POSIX IPC.
    pub ipc: IpcSpace,
    /// Host name namespace.
    pub uts: UtsSpace,
    /// View of cgroups.
    pub cgroup: CgroupSpace,
    /// Limits of the container's own cgroup.
    pub resources: Resources,
    /// The task's cgroup under which the container's is made; none: directly under the back end's root.
    pub cgroup_parent: Option<TaskCgroup>,
    /// How much log is kept on disk until it is acknowledged.
    pub log: LogLimits,
}

impl ContainerSpec {
    /// A container with Docker's defaults that runs `args` in `rootfs` without network.
    pub fn new(
        id: ContainerId,
        rootfs: impl Into<PathBuf>,
        args: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            id,
            rootfs: rootfs.into(),
            readonly_rootfs: false,
            args: args.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            cwd: "/".to_owned(),
            user: User::default(),
            hostname: None,
            mounts: Vec::new(),
            shm_bytes: None,
            capabilities: Capabilities::default(),
            privileged: false,
            no_new_privileges: false,
            seccomp: Seccomp::Default,
            masked_paths: None,
            readonly_paths: None,
            devices: Vec::new(),
            ulimits: Vec::new(),
            sysctls: Vec::new(),
            oom_score_adj: None,
            tty: false,
            stdin_open: false,
            init_process: false,
            network: NetworkSpace::New,
            pid: PidSpace::New,
            ipc: IpcSpace::New,
            uts: UtsSpace::New,
            cgroup: CgroupSpace::New,
            resources: Resources::default(),
            cgroup_parent: None,
            log: LogLimits::default(),
        }
    }
}

/// As whom a process runs; resolved against the image's own `/etc/passwd` and `/etc/group`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// `""` (root), `uid`, `uid:gid`, `name`, `name:group` or mixtures.
    pub name: String,
    /// Further groups, as names or numbers, beside those `/etc/group` gives the user.
    pub additional_groups: Vec<String>,
}

impl From<&str> for User {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), additional_groups: Vec::new() }
    }
}
