//! Docker's stats document, from two readings of a container and of its interfaces.

use super::instant;
use model::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// One reading.
#[derive(Clone, Debug)]
pub(in crate::endpoint) struct Reading {
    pub at: SystemTime,
    pub usage: runtime::Stats,
    /// By interface; none where the container's network is the node's own or has no interface.
    pub interfaces: BTreeMap<String, Counters>,
}

/// What an interface has carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::endpoint) struct Counters {
    pub rx_bytes: u64,
    pub rx_packets: u64,
    pub rx_errors: u64,
    pub rx_dropped: u64,
    pub tx_bytes: u64,
    pub tx_packets: u64,
    pub tx_errors: u64,
    pub tx_dropped: u64,
}

/// The interfaces of what `/proc/PID/net/dev` says, loopback left out.
pub(in crate::endpoint) fn interfaces(net_dev: &str) -> BTreeMap<String, Counters> {
    let read = |line: &str| {
        let (name, numbers) = line.split_once(':')?;
        let numbers: Vec<u64> =
            numbers.split_ascii_whitespace().map(|n| n.parse().unwrap_or_default()).collect();
        let name = name.trim();
        let [
            rx_bytes,
            rx_packets,
            rx_errors,
            rx_dropped,
            _,
            _,
            _,
            _,
            tx_bytes,
            tx_packets,
            tx_errors,
            tx_dropped,
            ..,
        ] = *numbers.as_slice()
        else {
            return None;
        };
        let counters = Counters {
            rx_bytes,
            rx_packets,
            rx_errors,
            rx_dropped,
            tx_bytes,
            tx_packets,
            tx_errors,
            tx_dropped,
        };
        (name != "lo").then(|| (name.to_owned(), counters))
    };
    net_dev.lines().filter_map(read).collect()
}

#[derive(Debug, Serialize)]
pub(in crate::endpoint) struct Stats {
    read: String,
    preread: String,
    pids_stats: Pids,
    blkio_stats: Blkio,
    num_procs: u32,
    storage_stats: Nothing,
    cpu_stats: Cpu,
    precpu_stats: Cpu,
    memory_stats: Memory,
    name: String,
    id: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    networks: BTreeMap<String, Counters>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_rate_stats: Option<Rates>,
}

/// Only Windows has anything here.
#[derive(Debug, Serialize)]
struct Nothing {}

#[derive(Debug, Serialize)]
struct Rates {
    rx_bytes_per_sec: f64,
    tx_bytes_per_sec: f64,
}

#[derive(Debug, Serialize)]
struct Pids {
    #[serde(skip_serializing_if = "is_zero")]
    current: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

#[derive(Debug, Default, Serialize)]
struct Blkio {
    io_service_bytes_recursive: Vec<Entry>,
    io_serviced_recursive: Vec<Entry>,
    /// Nobody counts them any more.
    io_queue_recursive: Vec<Entry>,
    io_service_time_recursive: Vec<Entry>,
    io_wait_time_recursive: Vec<Entry>,
    io_merged_recursive: Vec<Entry>,
    io_time_recursive: Vec<Entry>,
    sectors_recursive: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    major: u64,
    minor: u64,
    op: &'static str,
    value: u64,
}

#[derive(Debug, Serialize)]
struct Cpu {
    cpu_usage: Usage,
    #[serde(skip_serializing_if = "is_zero")]
    system_cpu_usage: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    online_cpus: Option<u32>,
    throttling_data: Throttling,
}

#[derive(Debug, Serialize)]
struct Usage {
    total_usage: u64,
    /// Not on cgroup v2, which does not count it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    percpu_usage: Vec<u64>,
    usage_in_kernelmode: u64,
    usage_in_usermode: u64,
}

#[derive(Debug, Serialize)]
struct Throttling {
    periods: u64,
    throttled_periods: u64,
    throttled_time: u64,
}

#[derive(Debug, Serialize)]
struct Memory {
    #[serde(skip_serializing_if = "is_zero")]
    usage: u64,
    #[serde(skip_serializing_if = "is_zero")]
    max_usage: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    stats: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "is_zero")]
    failcnt: u64,
    #[serde(skip_serializing_if = "is_zero")]
    limit: u64,
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// The document of a container. `rates` are asked for from version 4 on.
pub(in crate::endpoint) fn stats(
    name: String,
    id: String,
    before: &Reading,
    now: &Reading,
    rates: bool,
) -> Stats {
    let usage = &now.usage;
    Stats {
        read: read_at(now),
        preread: read_at(before),
        pids_stats: Pids { current: usage.pids.current, limit: usage.pids.limit },
        blkio_stats: blkio(&usage.block_io),
        num_procs: 0,
        storage_stats: Nothing {},
        cpu_stats: cpu(&usage.cpu),
        precpu_stats: cpu(&before.usage.cpu),
        memory_stats: Memory {
            usage: usage.memory.usage_bytes,
            max_usage: usage.memory.max_usage_bytes,
            stats: usage.memory.detail.iter().cloned().collect(),
            failcnt: usage.memory.failures,
            limit: usage.memory.limit_bytes,
        },
        name: format!("/{name}"),
        id,
        network_rate_stats: rates.then(|| between(before, now)).flatten(),
        networks: now.interfaces.clone(),
    }
}

fn read_at(reading: &Reading) -> String {
    instant(Timestamp::from(reading.at))
}

fn cpu(cpu: &runtime::CpuStats) -> Cpu {
    Cpu {
        cpu_usage: Usage {
            total_usage: cpu.total_ns,
            percpu_usage: cpu.per_cpu_ns.clone(),
            usage_in_kernelmode: cpu.system_ns,
            usage_in_usermode: cpu.user_ns,
        },
        system_cpu_usage: cpu.host_total_ns,
        online_cpus: Some(cpu.online_cpus).filter(|n| *n > 0),
        throttling_data: Throttling {
            periods: cpu.periods,
            throttled_periods: cpu.throttled_periods,
            throttled_time: cpu.throttled_ns,
        },
    }
}

fn blkio(devices: &[runtime::BlockIo]) -> Blkio {
    let entries = |values: fn(&runtime::BlockIo) -> (u64, u64)| {
        let of_device = |d: &runtime::BlockIo| {
            let (read, write) = values(d);
            [("read", read), ("write", write)].map(|(op, value)| Entry {
                major: d.major,
                minor: d.minor,
                op,
                value,
            })
        };
        devices.iter().flat_map(of_device).collect()
    };
    Blkio {
        io_service_bytes_recursive: entries(|d| (d.read_bytes, d.write_bytes)),
        io_serviced_recursive: entries(|d| (d.read_ops, d.write_ops)),
        ..Blkio::default()
    }
}

/// Over all interfaces.
fn between(before: &Reading, now: &Reading) -> Option<Rates> {
    let seconds = now.at.duration_since(before.at).ok()?.as_secs_f64();
    if seconds <= 0.0 || now.interfaces.is_empty() || before.interfaces.is_empty() {
        return None;
    }
    let sum =
        |reading: &Reading, value: fn(&Counters) -> u64| reading.interfaces.values().map(value).sum::<u64>();
    let rate = |value| sum(now, value).saturating_sub(sum(before, value)) as f64 / seconds;
    Some(Rates { rx_bytes_per_sec: rate(|c| c.rx_bytes), tx_bytes_per_sec: rate(|c| c.tx_bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const DEV: &str = "Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     10       1    0    0    0     0          0         0       10       1    0    0    0     0       0          0
  eth0:    500       5    1    2    0     0          0         0     1500       7    3    4    0     0       0          0
";

    fn reading(second: u64, factor: u64) -> Reading {
        let mut usage = runtime::Stats::default();
        usage.cpu.total_ns = 1_000 * factor;
        usage.cpu.per_cpu_ns = vec![600 * factor, 400 * factor];
        usage.cpu.online_cpus = 2;
        usage.memory.usage_bytes = 4096;
        usage.memory.detail = vec![("cache".into(), 7)];
        usage.block_io = vec![runtime::BlockIo { major: 8, minor: 1, read_bytes: 3, ..Default::default() }];
        let mut interfaces = interfaces(DEV);
        for counters in interfaces.values_mut() {
            counters.rx_bytes *= factor;
            counters.tx_bytes *= factor;
        }
        Reading { at: SystemTime::UNIX_EPOCH + Duration::from_millis(second * 1000 + 250), usage, interfaces }
    }

    #[test]
    fn docker_document() {
        let document = stats("n".into(), "i".into(), &reading(0, 1), &reading(2, 2), true);
        let json = serde_json::to_string(&document).unwrap();
        let expected = concat!(
            r#"{"read":"1970-01-01T00:00:02.25Z","preread":"1970-01-01T00:00:00.25Z","pids_stats":{},"#,
            r#""blkio_stats":{"io_service_bytes_recursive":[{"major":8,"minor":1,"op":"read","value":3},{"major":8,"minor":1,"op":"write","value":0}],"#,
            r#""io_serviced_recursive":[{"major":8,"minor":1,"op":"read","value":0},{"major":8,"minor":1,"op":"write","value":0}],"#,
            r#""io_queue_recursive":[],"io_service_time_recursive":[],"io_wait_time_recursive":[],"io_merged_recursive":[],"io_time_recursive":[],"sectors_recursive":[]},"#,
            r#""num_procs":0,"storage_stats":{},"#,
            r#""cpu_stats":{"cpu_usage":{"total_usage":2000,"percpu_usage":[1200,800],"usage_in_kernelmode":0,"usage_in_usermode":0},"online_cpus":2,"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"#,
            r#""precpu_stats":{"cpu_usage":{"total_usage":1000,"percpu_usage":[600,400],"usage_in_kernelmode":0,"usage_in_usermode":0},"online_cpus":2,"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"#,
            r#""memory_stats":{"usage":4096,"stats":{"cache":7}},"name":"/n","id":"i","#,
            r#""networks":{"eth0":{"rx_bytes":1000,"rx_packets":5,"rx_errors":1,"rx_dropped":2,"tx_bytes":3000,"tx_packets":7,"tx_errors":3,"tx_dropped":4}},"#,
            r#""network_rate_stats":{"rx_bytes_per_sec":250.0,"tx_bytes_per_sec":750.0}}"#
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn no_rates_without_interfaces_or_time() {
        let mut without = reading(2, 2);
        without.interfaces.clear();
        for (before, now, asked) in [
            (reading(0, 1), without.clone(), true),
            (without, reading(3, 2), true),
            (reading(1, 1), reading(1, 1), true),
            (reading(0, 1), reading(1, 1), false),
        ] {
            let document = stats("n".into(), "i".into(), &before, &now, asked);
            assert!(document.network_rate_stats.is_none());
        }
        assert!(interfaces("nonsense\nx: 1 2\n").is_empty());
    }
}
