//! Plain numbers out of a container's cgroups: what Docker's stats document is made of.

use std::time::SystemTime;

/// One reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// When it was read.
    pub read_at: Option<SystemTime>,
    /// Processor time.
    pub cpu: CpuStats,
    /// Memory.
    pub memory: MemoryStats,
    /// Block devices.
    pub block_io: Vec<BlockIo>,
    /// Processes and threads.
    pub pids: PidsStats,
}

/// Processor time, cumulative since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuStats {
    /// All of it, in nanoseconds.
    pub total_ns: u64,
    /// In user mode.
    pub user_ns: u64,
    /// In kernel mode.
    pub system_ns: u64,
    /// Per processor; empty on cgroup v2, which does not count it.
    pub per_cpu_ns: Vec<u64>,
    /// The host's processor time over all processors (`system_cpu_usage`).
    pub host_total_ns: u64,
    /// Processors online.
    pub online_cpus: u32,
    /// Quota periods that passed.
    pub periods: u64,
    /// Of those, how many were throttled.
    pub throttled_periods: u64,
    /// For how long altogether.
    pub throttled_ns: u64,
}

/// Memory, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryStats {
    /// In use, page cache included.
    pub usage_bytes: u64,
    /// The most that was in use (0 where the kernel does not say).
    pub max_usage_bytes: u64,
    /// The limit; the host's memory when there is none.
    pub limit_bytes: u64,
    /// Page cache that can be dropped at once (`total_inactive_file`, `inactive_file`): usage less this is what Docker shows.
    pub inactive_file_bytes: u64,
    /// How often the limit was met.
    pub failures: u64,
    /// How often the kernel killed a process for memory.
    pub oom_kills: u64,
    /// Everything in `memory.stat`, by the kernel's names.
    pub detail: Vec<(String, u64)>,
}

/// Traffic with one block device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockIo {
    /// Major number.
    pub major: u64,
    /// Minor number.
    pub minor: u64,
    /// Bytes read.
    pub read_bytes: u64,
    /// Bytes written.
    pub write_bytes: u64,
    /// Read operations.
    pub read_ops: u64,
    /// Write operations.
    pub write_ops: u64,
}

/// Processes and threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PidsStats {
    /// How many now.
    pub current: u64,
    /// How many there may be; none: no limit.
    pub limit: Option<u64>,
}
