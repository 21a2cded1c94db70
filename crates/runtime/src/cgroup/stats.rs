//! Reads what a container used. A file that is missing (a controller that is not there) counts as zero: figures are for looking at.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::Hierarchies;
use crate::error::Result;
use crate::stats::{BlockIo, CpuStats, MemoryStats, PidsStats, Stats};

/// Clock ticks a second in `/proc/stat`: 100 on every architecture this runs on.
const TICK_NS: u64 = 10_000_000;

impl Hierarchies {
    /// Usage of one cgroup.
    pub(crate) fn stats(&self, cgroup: &str) -> Result<Stats> {
        let mut stats = if self.is_v2() { self.stats_v2(cgroup) } else { self.stats_v1(cgroup) };
        let host = fs::read_to_string("/proc/stat").unwrap_or_default();
        (stats.cpu.host_total_ns, stats.cpu.online_cpus) = host_cpu(&host);
        if stats.memory.limit_bytes == 0 || stats.memory.limit_bytes > 1 << 60 {
            stats.memory.limit_bytes = host_memory(&fs::read_to_string("/proc/meminfo").unwrap_or_default());
        }
        stats.read_at = Some(SystemTime::now());
        Ok(stats)
    }

    fn stats_v1(&self, cgroup: &str) -> Stats {
        let read = |controller: &str, file: &str| {
            self.directory(controller, cgroup).map_or(String::new(), |directory| text(&directory, file))
        };
        let throttling = read("cpu", "cpu.stat");
        let usage = read("cpuacct", "cpuacct.stat");
        let memory_stat = read("memory", "memory.stat");
        let mut block_io = Vec::new();
        let bytes = first_filled([
            read("blkio", "blkio.throttle.io_service_bytes_recursive"),
            read("blkio", "blkio.throttle.io_service_bytes"),
        ]);
        let operations = first_filled([
            read("blkio", "blkio.throttle.io_serviced_recursive"),
            read("blkio", "blkio.throttle.io_serviced"),
        ]);
        add_v1_io(&mut block_io, &bytes, |io| (&mut io.read_bytes, &mut io.write_bytes));
        add_v1_io(&mut block_io, &operations, |io| (&mut io.read_ops, &mut io.write_ops));
        Stats {
            read_at: None,
            cpu: CpuStats {
                total_ns: number(&read("cpuacct", "cpuacct.usage")),
                user_ns: keyed(&usage, "user") * TICK_NS,
                system_ns: keyed(&usage, "system") * TICK_NS,
                per_cpu_ns: read("cpuacct", "cpuacct.usage_percpu")
                    .split_ascii_whitespace()
                    .filter_map(|value| value.parse().ok())
                    .collect(),
                periods: keyed(&throttling, "nr_periods"),
                throttled_periods: keyed(&throttling, "nr_throttled"),
                throttled_ns: keyed(&throttling, "throttled_time"),
                ..CpuStats::default()
            },
            memory: MemoryStats {
                usage_bytes: number(&read("memory", "memory.usage_in_bytes")),
                max_usage_bytes: number(&read("memory", "memory.max_usage_in_bytes")),
                limit_bytes: number(&read("memory", "memory.limit_in_bytes")),
                inactive_file_bytes: keyed(&memory_stat, "total_inactive_file"),
                failures: number(&read("memory", "memory.failcnt")),
                oom_kills: keyed(&read("memory", "memory.oom_control"), "oom_kill"),
                detail: all_keyed(&memory_stat),
            },
            block_io,
            pids: PidsStats {
                current: number(&read("pids", "pids.current")),
                limit: read("pids", "pids.max").trim().parse().ok(),
            },
        }
    }

    fn stats_v2(&self, cgroup: &str) -> Stats {
        let Some(directory) = self.directory("", cgroup) else { return Stats::default() };
        let read = |file: &str| text(&directory, file);
        let cpu = read("cpu.stat");
        let memory_stat = read("memory.stat");
        let events = read("memory.events");
        Stats {
            read_at: None,
            cpu: CpuStats {
                total_ns: keyed(&cpu, "usage_usec") * 1000,
                user_ns: keyed(&cpu, "user_usec") * 1000,
                system_ns: keyed(&cpu, "system_usec") * 1000,
                periods: keyed(&cpu, "nr_periods"),
                throttled_periods: keyed(&cpu, "nr_throttled"),
                throttled_ns: keyed(&cpu, "throttled_usec") * 1000,
                ..CpuStats::default()
            },
            memory: MemoryStats {
                usage_bytes: number(&read("memory.current")),
                max_usage_bytes: number(&read("memory.peak")),
                limit_bytes: number(&read("memory.max")),
                inactive_file_bytes: keyed(&memory_stat, "inactive_file"),
                failures: keyed(&events, "max"),
                oom_kills: keyed(&events, "oom_kill"),
                detail: all_keyed(&memory_stat),
            },
            block_io: read("io.stat").lines().filter_map(v2_io).collect(),
            pids: PidsStats {
                current: number(&read("pids.current")),
                limit: read("pids.max").trim().parse().ok(),
            },
        }
    }
}

fn text(directory: &Path, file: &str) -> String {
    fs::read_to_string(directory.join(file)).unwrap_or_default()
}

fn first_filled(texts: [String; 2]) -> String {
    let [first, second] = texts;
    if first.lines().count() > 1 { first } else { second }
}

fn number(text: &str) -> u64 {
    text.trim().parse().unwrap_or(0)
}

fn keyed(text: &str, key: &str) -> u64 {
    let value = text.lines().filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == key);
    value.map_or(0, |(_, value)| number(value))
}

fn all_keyed(text: &str) -> Vec<(String, u64)> {
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, value)| (name.to_owned(), number(value)))
        .collect()
}

/// Lines such as `8:0 Read 4096`.
fn add_v1_io(devices: &mut Vec<BlockIo>, text: &str, fields: impl Fn(&mut BlockIo) -> (&mut u64, &mut u64)) {
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        let (Some(device), Some(kind), Some(value)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Some((major, minor)) = device_number(device) else { continue };
        let known = devices.iter().position(|io| (io.major, io.minor) == (major, minor));
        let index = known.unwrap_or_else(|| {
            devices.push(BlockIo { major, minor, ..BlockIo::default() });
            devices.len() - 1
        });
        let (read, write) = fields(&mut devices[index]);
        match kind {
            "Read" => *read = number(value),
            "Write" => *write = number(value),
            _ => {}
        }
    }
}

/// A line such as `8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0`.
fn v2_io(line: &str) -> Option<BlockIo> {
    let mut words = line.split_ascii_whitespace();
    let (major, minor) = device_number(words.next()?)?;
    let mut io = BlockIo { major, minor, ..BlockIo::default() };
    for (name, value) in words.filter_map(|word| word.split_once('=')) {
        match name {
            "rbytes" => io.read_bytes = number(value),
            "wbytes" => io.write_bytes = number(value),
            "rios" => io.read_ops = number(value),
            "wios" => io.write_ops = number(value),
            _ => {}
        }
    }
    Some(io)
}

fn device_number(text: &str) -> Option<(u64, u64)> {
    let (major, minor) = text.split_once(':')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Nanoseconds of all processors (user to steal; guest time is part of user), and how many there are.
fn host_cpu(stat: &str) -> (u64, u32) {
    let total = stat.lines().find_map(|line| line.strip_prefix("cpu ")).map_or(0, |line| {
        line.split_ascii_whitespace().take(8).filter_map(|value| value.parse::<u64>().ok()).sum()
    });
    let processors = stat.lines().filter(|line| line.starts_with("cpu") && !line.starts_with("cpu ")).count();
    (total * TICK_NS, u32::try_from(processors).unwrap_or(0))
}

fn host_memory(meminfo: &str) -> u64 {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    line.and_then(|line| line.split_ascii_whitespace().next()).map_or(0, |kib| number(kib) * 1024)
}
