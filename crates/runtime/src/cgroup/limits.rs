//! Writes a task's limits, in the words of both versions.

use std::fs;
use std::path::{Path, PathBuf};

use crate::TaskLimits;
use crate::error::{Error, Result};
use crate::spec::{MemoryLimits, MemorySwap};

/// `-1` is no limit.
pub(super) fn apply_v1(directory: impl Fn(&str) -> Option<PathBuf>, limits: &TaskLimits) -> Result<()> {
    let write = |controller: &str, file: &str, value: String| -> Result<()> {
        let directory = directory(controller).ok_or_else(|| super::no_hierarchy(controller))?;
        write(&directory, file, &value)
    };
    if let Some(shares) = limits.cpu.shares {
        write("cpu", "cpu.shares", shares.to_string())?;
    }
    if let Some(period) = limits.cpu.period_us {
        write("cpu", "cpu.cfs_period_us", period.to_string())?;
    }
    if let Some(quota) = limits.cpu.quota_us {
        write("cpu", "cpu.cfs_quota_us", quota.to_string())?;
    }
    for (file, value) in [("cpuset.cpus", &limits.cpu.cpuset_cpus), ("cpuset.mems", &limits.cpu.cpuset_mems)]
    {
        if let Some(value) = value {
            write("cpuset", file, value.clone())?;
        }
    }
    if let Some(bytes) = limits.memory.limit_bytes {
        // The kernel keeps memory ≤ memory + swap at every moment, so that goes away first when it exists.
        let swap_file = "memory.memsw.limit_in_bytes";
        let swap_counted = directory("memory").is_some_and(|directory| directory.join(swap_file).exists());
        if swap_counted {
            write("memory", swap_file, "-1".to_owned())?;
        }
        write("memory", "memory.limit_in_bytes", bytes.to_string())?;
        if swap_counted && let Some(total) = memory_and_swap(&limits.memory) {
            write("memory", swap_file, total.to_string())?;
        }
    }
    if let Some(bytes) = limits.memory.reservation_bytes {
        write("memory", "memory.soft_limit_in_bytes", bytes.to_string())?;
    }
    if let Some(pids) = limits.pids {
        write("pids", "pids.max", pids.to_string())?;
    }
    Ok(())
}

pub(super) fn apply_v2(directory: &Path, limits: &TaskLimits) -> Result<()> {
    if let Some(shares) = limits.cpu.shares {
        write(directory, "cpu.weight", &weight(shares).to_string())?;
    }
    if limits.cpu.quota_us.is_some() || limits.cpu.period_us.is_some() {
        let quota =
            limits.cpu.quota_us.filter(|quota| *quota > 0).map_or("max".to_owned(), |q| q.to_string());
        write(directory, "cpu.max", &format!("{quota} {}", limits.cpu.period_us.unwrap_or(100_000)))?;
    }
    for (file, value) in [("cpuset.cpus", &limits.cpu.cpuset_cpus), ("cpuset.mems", &limits.cpu.cpuset_mems)]
    {
        if let Some(value) = value {
            write(directory, file, value)?;
        }
    }
    if let Some(bytes) = limits.memory.limit_bytes {
        write(directory, "memory.max", &bytes.to_string())?;
        // Absent where swap is not compiled in or not counted.
        if directory.join("memory.swap.max").exists() {
            let swap = memory_and_swap(&limits.memory).map(|total| total - bytes.min(total));
            write(directory, "memory.swap.max", &swap.map_or("max".to_owned(), |swap| swap.to_string()))?;
        }
    }
    if let Some(bytes) = limits.memory.reservation_bytes {
        write(directory, "memory.low", &bytes.to_string())?;
    }
    if let Some(pids) = limits.pids {
        write(directory, "pids.max", &pids.to_string())?;
    }
    Ok(())
}

/// Version 1's shares (2 to 262144) as version 2's weight (1 to 10000), the way every OCI runtime does it.
pub(crate) fn weight(shares: u64) -> u64 {
    1 + (shares.clamp(2, 262_144) - 2) * 9999 / 262_142
}

/// Memory and swap together, Docker's `--memory-swap`; none: no limit.
pub(crate) fn memory_and_swap(limits: &MemoryLimits) -> Option<u64> {
    let memory = limits.limit_bytes?;
    match limits.swap {
        MemorySwap::Default => Some(memory.saturating_mul(2)),
        MemorySwap::Unlimited => None,
        MemorySwap::Bytes(swap) => Some(memory.saturating_add(swap)),
    }
}

fn write(directory: &Path, file: &str, value: &str) -> Result<()> {
    fs::write(directory.join(file), value).map_err(|error| Error::Limit {
        limit: format!("{file} of {}", directory.display()),
        reason: format!("{value:?}: {error}"),
    })
}
