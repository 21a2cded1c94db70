//! Limits, in the kernel's and Docker's units.

use serde::{Deserialize, Serialize};

/// Limits of a container's own cgroup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// Processor.
    pub cpu: CpuLimits,
    /// Memory.
    pub memory: MemoryLimits,
    /// Processes and threads; none: no limit.
    pub pids: Option<u64>,
}

/// Processor limits; each none: the kernel's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpuLimits {
    /// Relative weight in cgroup v1's measure (2 to 262144, 1024 is the default); translated to `cpu.weight` on v2.
    pub shares: Option<u64>,
    /// Microseconds per period.
    pub quota_us: Option<i64>,
    /// The period in microseconds; none: 100000.
    pub period_us: Option<u64>,
    /// Processors that may be used, such as `0-2,7`.
    pub cpuset_cpus: Option<String>,
    /// Memory nodes that may be used.
    pub cpuset_mems: Option<String>,
}

/// Memory limits; each none: no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryLimits {
    /// Hard limit in bytes.
    pub limit_bytes: Option<u64>,
    /// Soft limit in bytes (`memory.soft_limit_in_bytes`, `memory.low`).
    pub reservation_bytes: Option<u64>,
    /// Swap beyond the hard limit.
    pub swap: MemorySwap,
    /// 0 to 100; ignored on cgroup v2, which has no such thing.
    pub swappiness: Option<u64>,
}

/// How much swap a container may use, in Docker's terms of `--memory-swap`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MemorySwap {
    /// Docker's default: as much swap again as memory when a limit is set.
    #[default]
    Default,
    /// As much as the host has (`-1`).
    Unlimited,
    /// This many bytes of swap beside the memory limit; 0: none.
    Bytes(u64),
}

/// Resource limit of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ulimit {
    /// As in a task definition: `nofile`, `core`, `memlock`, …
    pub name: String,
    /// Soft limit; `u64::MAX` is unlimited.
    pub soft: u64,
    /// Hard limit.
    pub hard: u64,
}

/// How much of a container's log is kept on disk until it is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLimits {
    /// A segment is finished when it reaches this size.
    pub segment_bytes: u64,
    /// All segments together.
    pub total_bytes: u64,
    /// What happens then.
    pub when_full: WhenFull,
}

impl Default for LogLimits {
    fn default() -> Self {
        Self { segment_bytes: 1 << 20, total_bytes: 64 << 20, when_full: WhenFull::Block }
    }
}

/// What happens when nobody takes the log away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WhenFull {
    /// The container's writes wait (awslogs `mode=blocking`): nothing is lost.
    Block,
    /// The oldest segment is deleted (awslogs `mode=non-blocking`).
    DropOldest,
}
