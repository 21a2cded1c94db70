//! What is mounted inside a container beside the standard mounts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One mount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// Absolute path inside the container; made when missing.
    pub target: PathBuf,
    /// Of what.
    pub kind: MountKind,
    /// Not writable inside.
    pub readonly: bool,
}

/// What is mounted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MountKind {
    /// A file or directory of the host, with everything mounted below it.
    Bind {
        /// It must exist.
        source: PathBuf,
    },
    /// A new tmpfs.
    Tmpfs {
        /// At most this big; none: half of the host's memory.
        size_bytes: Option<u64>,
        /// Mount options as in a task definition: `ro`, `noexec`, `mode=1777`, `uid=…`. They are added to
        /// nosuid, nodev, noexec and may reverse them (`exec`, `suid`, `dev`).
        options: Vec<String>,
    },
}

impl Mount {
    /// A bind mount.
    pub fn bind(source: impl Into<PathBuf>, target: impl Into<PathBuf>, readonly: bool) -> Self {
        Self { target: target.into(), kind: MountKind::Bind { source: source.into() }, readonly }
    }
}
