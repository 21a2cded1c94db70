//! What separates a container from the host: capabilities, system calls, devices, namespaces.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Changes to Docker's default capability set. Names with or without `CAP_`, in any case; `ALL` stands for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Added.
    pub add: Vec<String>,
    /// Taken away. `add: [X], drop: [ALL]` leaves exactly X.
    pub drop: Vec<String>,
}

/// System call filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Seccomp {
    /// Docker's default profile for the container's capabilities.
    #[default]
    Default,
    /// None.
    Unconfined,
}

/// A host device inside the container. A directory stands for every device in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// On the host.
    pub host_path: PathBuf,
    /// Inside; none: the same.
    pub container_path: Option<PathBuf>,
    /// Reading is allowed.
    pub read: bool,
    /// Writing is allowed.
    pub write: bool,
    /// Making the device node is allowed.
    pub mknod: bool,
}

/// Network namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NetworkSpace {
    /// A new one with nothing but loopback.
    New,
    /// The host's.
    Host,
    /// An existing one, such as `/run/netns/x` or `/proc/<pid>/ns/net`.
    Path(PathBuf),
}

/// Process id namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PidSpace {
    /// A new one in which the process is number 1.
    New,
    /// The host's.
    Host,
    /// That of another container, `/proc/<pid>/ns/pid`; it ends when that container's process 1 ends.
    Path(PathBuf),
}

/// System V and POSIX IPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IpcSpace {
    /// A new one with an own `/dev/shm`.
    New,
    /// The host's, with the host's `/dev/shm`.
    Host,
    /// A shared one: the namespace file and the directory that is every member's `/dev/shm`.
    Path {
        /// Namespace file.
        namespace: PathBuf,
        /// A mounted tmpfs on the host; none: an own `/dev/shm`.
        shm: Option<PathBuf>,
    },
    /// A new one without `/dev/shm` (`ipcMode: none`).
    None,
}

/// Host name namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UtsSpace {
    /// A new one.
    New,
    /// The host's; `ContainerSpec::hostname` must then be none.
    Host,
    /// An existing one.
    Path(PathBuf),
}

/// View of cgroups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CgroupSpace {
    /// A new one on cgroup v2, the host's on v1 (Docker's defaults).
    New,
    /// The host's.
    Host,
}
