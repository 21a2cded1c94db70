//! What the agent decided, handed to the shim as plain data. Nothing is decided on the shim's side.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How to make and own one container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// The container's id.
    pub id: String,
    /// Who makes it.
    pub back: Back,
    /// Its root file system on the host.
    pub rootfs: PathBuf,
    /// Its cgroup, below the mount points.
    pub cgroup: String,
    /// The process inside, done by the shim itself for [`Back::Embedded`].
    pub process: ProcessPlan,
    /// Put `longshore-reap init` in front as process 1 (embedded only; otherwise it is in the bundle).
    pub init: bool,
    /// On a pseudo-terminal.
    pub tty: bool,
    /// Make a named pipe for stdin.
    pub stdin_open: bool,
    /// Log limits.
    pub log: LogPlan,
    /// Device allow-list to attach to this cgroup v2 directory; none on cgroup v1 or when the runtime does it.
    pub devices: Option<(PathBuf, Vec<DeviceRule>)>,
    /// `cgroup.procs` files of the shims' own cgroup.
    pub own_cgroup: Vec<PathBuf>,
    /// The file with the `oom_kill` counter.
    pub oom_file: Option<PathBuf>,
    /// `cgroup.procs` whose processes are killed when process 1 ends (its processes do not die with a namespace of their own).
    pub kill_with_first: Option<PathBuf>,
}

/// Who makes the container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Back {
    /// libcontainer inside the shim.
    Embedded,
    /// An OCI runtime's command line.
    External {
        /// The program.
        program: PathBuf,
        /// Global arguments before the sub-command.
        global_args: Vec<String>,
    },
}

/// A process inside a container, down to numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessPlan {
    /// Command; the first is looked up in PATH of `env`.
    pub args: Vec<String>,
    /// Complete environment.
    pub env: Vec<String>,
    /// Working directory.
    pub cwd: String,
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// Supplementary groups, complete.
    pub groups: Vec<u32>,
    /// Capabilities (bit n is capability n): bounding set, and permitted and effective as far as the user may.
    pub capabilities: u64,
    /// Set `no_new_privs`.
    pub no_new_privileges: bool,
    /// Resource (kernel number), soft, hard.
    pub rlimits: Vec<(u32, u64, u64)>,
    /// Kernel's out-of-memory score adjustment.
    pub oom_score_adj: Option<i32>,
    /// File of seccomp programs: each a little-endian u32 count of instructions, then those, 8 bytes each.
    pub seccomp: Option<PathBuf>,
}

/// Log limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPlan {
    /// A segment is finished at this size.
    pub segment_bytes: u64,
    /// All segments together.
    pub total_bytes: u64,
    /// When full, delete the oldest segment instead of letting the container wait.
    pub drop_oldest: bool,
}

/// One rule of a device allow-list; none is any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRule {
    /// Whether matching accesses are allowed.
    pub allow: bool,
    /// `b`lock, `c`haracter or `a`ll.
    pub kind: char,
    /// Major number.
    pub major: Option<u32>,
    /// Minor number.
    pub minor: Option<u32>,
    /// Of `r`, `w`, `m`.
    pub access: String,
}

/// A command to run inside a running container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecPlan {
    /// Process 1 of the container, as seen by the host.
    pub pid: i32,
    /// Its start time in clock ticks, which tells it from a later process of the same number.
    pub pid_start_ticks: u64,
    /// `cgroup.procs` files to join.
    pub cgroups: Vec<PathBuf>,
    /// The command.
    pub process: ProcessPlan,
    /// On a pseudo-terminal.
    pub tty: bool,
    /// Kill it after this many milliseconds.
    pub timeout_ms: u64,
    /// Let an external runtime do it.
    pub external: Option<ExternalExec>,
}

/// The command line of an external runtime's exec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalExec {
    /// The program.
    pub program: PathBuf,
    /// All of its arguments.
    pub args: Vec<String>,
    /// Where it writes the number of the command's process.
    pub pid_file: PathBuf,
}
