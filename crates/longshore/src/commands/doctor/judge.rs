//! What the findings of [`super::probe`] mean: a level for each, and the way to mend it. Pure.
//!
//! `Missing` is only what a start or a first task would fail without; everything else that may surprise is a warning.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// openat2, by which layers are unpacked safely.
const OLDEST_KERNEL: (u32, u32) = (5, 6);
/// The option `volatile` of overlay mounts.
const VOLATILE_KERNEL: (u32, u32) = (5, 10);
/// The option `favordynmods` of cgroup2 mounts.
const DYNMODS_KERNEL: (u32, u32) = (6, 0);
/// 2026-01-01: no clock that is right shows less.
const EARLIEST_CLOCK: u64 = 1_767_225_600;
const MIB: u64 = 1 << 20;
/// Below this the state may soon not be writable.
const LEAST_FREE: u64 = 512 * MIB;
/// Below this a few images fill the disk.
const COMFORTABLE_FREE: u64 = 5 << 30;

/// How a trial went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trial {
    Works,
    Fails(String),
    /// The program that would try it is not installed.
    NoProgram(&'static str),
    /// Not tried, and why.
    Skipped(&'static str),
}

/// The control groups of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cgroups {
    pub(super) layout: Layout,
    /// Controllers that can be used.
    pub(super) controllers: Vec<String>,
    /// Whether the v2 tree is mounted with `favordynmods`.
    pub(super) favordynmods: bool,
    /// Whether a group can be made.
    pub(super) writable: Trial,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Absent,
    V1,
    /// Controllers of version 1 beside a tree of version 2.
    Hybrid,
    V2,
}

/// Who has the port that the API is to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Port {
    Free,
    /// A Longshore answers there.
    Longshore,
    Taken(String),
}

/// The place of the data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) dir: PathBuf,
    pub(super) writable: Trial,
    pub(super) free_bytes: Option<u64>,
    /// The kernel's name of the file system.
    pub(super) file_system: Option<String>,
}

/// Whether packets are passed on between interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forwarding {
    On,
    /// Off, and can be turned on.
    Off,
    /// Off, and cannot be turned on from here.
    Locked,
}

/// What the firewall does with forwarded packets that no rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ForwardPolicy {
    Accepts,
    /// Dropped, by the rules of this program.
    Drops(&'static str),
    Unknown,
}

/// All that was found.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) root: bool,
    pub(super) kernel: String,
    pub(super) cgroups: Cgroups,
    pub(super) overlay: Trial,
    pub(super) namespaces: Trial,
    pub(super) links: Trial,
    pub(super) rules: Trial,
    /// Tables of `inet` and `netdev`, of which faults are made that tasks ask for.
    pub(super) fault_rules: Trial,
    pub(super) vxlan: Trial,
    /// Tables of `ip6`, which keep tasks from the machine.
    pub(super) ipv6_rules: Trial,
    /// Queues that delay packets, for faults that tasks ask for.
    pub(super) delay: Trial,
    pub(super) forwarding: Forwarding,
    pub(super) forward_policy: ForwardPolicy,
    pub(super) listen: SocketAddr,
    pub(super) port: Port,
    pub(super) data: Data,
    pub(super) seccomp: bool,
    pub(super) run_dir: Trial,
    pub(super) busybox: bool,
    pub(super) mkfs_ext4: bool,
    /// Seconds since 1970.
    pub(super) clock: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Ok,
    Warn,
    Missing,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Missing => "missing",
        })
    }
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) level: Level,
    pub(super) what: &'static str,
    pub(super) found: String,
    pub(super) mend: Option<String>,
}

/// Decides what every finding means.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    vec![
        root(facts),
        kernel(facts),
        cgroups(facts),
        overlay(facts),
        trial(
            "network namespaces",
            &facts.namespaces,
            "a kernel with CONFIG_NET_NS, and not inside an unprivileged container",
        ),
        trial(
            "veth and bridge",
            &facts.links,
            "modprobe -a veth bridge; on cloud kernels: apt-get install linux-modules-extra-$(uname -r)",
        ),
        trial("packet filter", &facts.rules, "modprobe -a nf_tables nft_chain_nat nft_fib_ipv4 nft_masq"),
        lesser(
            "filter of faults",
            &facts.fault_rules,
            "only the faults network-blackhole-port and network-packet-loss need it",
            "modprobe -a nf_tables nft_numgen; egress rules take Linux 5.16",
        ),
        trial("filter of IPv6", &facts.ipv6_rules, "modprobe nf_tables; a kernel with CONFIG_NF_TABLES_IPV6"),
        lesser(
            "vxlan",
            &facts.vxlan,
            "only nodes that join others need it",
            "modprobe vxlan, or start every node with --direct",
        ),
        lesser(
            "delayed packets",
            &facts.delay,
            "only the fault network-latency needs it",
            "modprobe -a sch_netem sch_prio; on cloud kernels: apt-get install linux-modules-extra-$(uname -r)",
        ),
        forwarding(facts),
        forward_policy(facts),
        port(facts),
        data_dir(facts),
        disk(facts),
        seccomp(facts),
        trial("/run", &facts.run_dir, "mount -t tmpfs tmpfs /run"),
        clock(facts),
        mkfs_ext4(facts),
        busybox(facts),
    ]
}

fn ok(what: &'static str, found: impl Into<String>) -> Finding {
    Finding { level: Level::Ok, what, found: found.into(), mend: None }
}

fn warn(what: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Finding {
    Finding { level: Level::Warn, what, found: found.into(), mend: Some(mend.into()) }
}

fn missing(what: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Finding {
    Finding { level: Level::Missing, what, found: found.into(), mend: Some(mend.into()) }
}

/// A trial of what only some need.
fn lesser(what: &'static str, of: &Trial, who: &str, mend: &str) -> Finding {
    match of {
        Trial::Fails(reason) => warn(what, format!("fails: {reason}; {who}"), mend),
        other => trial(what, other, mend),
    }
}

/// The common reading of a trial. What could not be tried is a warning, not a failure.
fn trial(what: &'static str, trial: &Trial, mend: &str) -> Finding {
    match trial {
        Trial::Works => ok(what, "works"),
        Trial::Fails(reason) => missing(what, format!("fails: {reason}"), mend),
        Trial::NoProgram("nft") => {
            missing(what, "the program nft is not installed", "apt-get install nftables")
        }
        Trial::NoProgram(program) => {
            let package = match *program {
                "ip" => "iproute2",
                "unshare" => "util-linux",
                other => other,
            };
            warn(
                what,
                format!("not tried: the program {program} is not installed"),
                format!("apt-get install {package}"),
            )
        }
        Trial::Skipped(reason) => {
            warn(what, format!("not tried: {reason}"), "run `longshore doctor` as root")
        }
    }
}

fn root(facts: &Facts) -> Finding {
    if facts.root {
        ok("root", "yes")
    } else {
        missing(
            "root",
            "containers and networks take root, and most checks too",
            "sudo longshore doctor, and sudo longshore up",
        )
    }
}

/// The first two numbers of a release such as `6.1.0-18-amd64`.
fn version(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn kernel(facts: &Facts) -> Finding {
    let release = &facts.kernel;
    match version(release) {
        None => warn(
            "kernel",
            format!("'{release}' is no version that is understood"),
            "Longshore needs Linux 5.6 or newer",
        ),
        Some(v) if v < OLDEST_KERNEL => missing(
            "kernel",
            format!("{release} is older than 5.6 (openat2)"),
            "upgrade to Debian 11, Ubuntu 22.04 or newer",
        ),
        Some(v) if v < VOLATILE_KERNEL => warn(
            "kernel",
            format!(
                "{release} works; before 5.10 every container's end waits for the disk (no volatile overlay)"
            ),
            "upgrade to 5.10 or newer",
        ),
        Some(_) => ok("kernel", release.clone()),
    }
}

fn cgroups(facts: &Facts) -> Finding {
    let Cgroups { layout, controllers, favordynmods, writable } = &facts.cgroups;
    let name = match layout {
        Layout::Absent => {
            return missing(
                "cgroups",
                "none is mounted",
                "mount -t cgroup2 cgroup2 /sys/fs/cgroup, or boot with systemd",
            );
        }
        Layout::V1 => "v1",
        Layout::Hybrid => "hybrid (v1 controllers)",
        Layout::V2 => "v2",
    };
    let needed: &[&str] = match layout {
        Layout::V2 => &["cpu", "memory", "pids"],
        _ => &["cpu", "memory", "pids", "devices"],
    };
    let lacking = |wanted: &[&str]| {
        let absent: Vec<&str> =
            wanted.iter().copied().filter(|w| !controllers.iter().any(|c| c == w)).collect();
        absent.join(", ")
    };
    let absent = lacking(needed);
    if !absent.is_empty() {
        let mend = match absent.contains("memory") {
            true => "boot with cgroup_enable=memory on the kernel's command line",
            false => "boot a kernel that has these controllers, with none in cgroup_disable=",
        };
        return missing("cgroups", format!("{name}, without {absent}"), mend);
    }
    if let Trial::Fails(reason) = writable {
        return missing(
            "cgroups",
            format!("{name}, but no group can be made: {reason}"),
            "run outside a container, or give it a writable /sys/fs/cgroup",
        );
    }
    let wanted: &[&str] = match layout {
        Layout::V2 => &["cpuset", "io"],
        _ => &["cpuset", "blkio", "cpuacct"],
    };
    let absent = lacking(wanted);
    if !absent.is_empty() {
        return warn(
            "cgroups",
            format!("{name}, without {absent}: figures and limits of these are not available"),
            "boot a kernel that has them",
        );
    }
    let hint =
        *layout == Layout::V2 && !favordynmods && version(&facts.kernel).is_some_and(|v| v >= DYNMODS_KERNEL);
    if hint {
        // Host-wide, and not to be undone before the next boot: so it is offered, and never done.
        return ok(
            "cgroups",
            format!(
                "{name}; opt-in for faster starts, host-wide until the next boot: mount -o remount,favordynmods /sys/fs/cgroup"
            ),
        );
    }
    ok("cgroups", name)
}

fn overlay(facts: &Facts) -> Finding {
    let nested = facts.data.file_system.as_deref() == Some("overlay");
    let mend = if nested {
        "name a --data-dir that is not itself on an overlay: a volume, a disk or a tmpfs"
    } else {
        "modprobe overlay, or name a --data-dir on ext4, xfs (ftype=1) or btrfs"
    };
    trial("overlay", &facts.overlay, mend)
}

fn forwarding(facts: &Facts) -> Finding {
    match facts.forwarding {
        Forwarding::On => ok("ip forwarding", "on"),
        Forwarding::Off => {
            ok("ip forwarding", "off; Longshore turns it on with the first task that has a network")
        }
        Forwarding::Locked => missing(
            "ip forwarding",
            "off, and cannot be turned on from here",
            "sysctl -w net.ipv4.ip_forward=1 on the host",
        ),
    }
}

fn forward_policy(facts: &Facts) -> Finding {
    match facts.forward_policy {
        ForwardPolicy::Accepts => ok("forward policy", "accepts"),
        ForwardPolicy::Unknown => trial("forward policy", &Trial::Skipped("it takes root"), ""),
        ForwardPolicy::Drops(by) => warn(
            "forward policy",
            format!(
                "{by} drops forwarded packets by default (Docker sets this): tasks would not reach other machines"
            ),
            "iptables -I FORWARD -i 'ls+' -j ACCEPT; iptables -I FORWARD -o 'ls+' -j ACCEPT",
        ),
    }
}

fn port(facts: &Facts) -> Finding {
    let listen = facts.listen;
    match &facts.port {
        Port::Free => ok("port", format!("{listen} is free")),
        Port::Longshore => ok("port", format!("a Longshore answers at {listen}")),
        Port::Taken(reason) => missing(
            "port",
            format!("{listen}: {reason}"),
            "longshore up --listen 127.0.0.1:PORT with another port, or end what listens there",
        ),
    }
}

fn data_dir(facts: &Facts) -> Finding {
    let Data { dir, writable, file_system, .. } = &facts.data;
    let dir = dir.display();
    if let Trial::Fails(reason) = writable {
        return missing(
            "data directory",
            format!("{dir}: {reason}"),
            "name a directory that root can write: --data-dir DIR",
        );
    }
    if let Trial::Skipped(_) = writable {
        return trial("data directory", writable, "");
    }
    match file_system.as_deref() {
        Some(kind) if is_remote(kind) => missing(
            "data directory",
            format!("{dir} lies on {kind}, where neither SQLite's log nor an overlay is safe"),
            "name one on a local disk: --data-dir DIR",
        ),
        Some("tmpfs" | "ramfs") => warn(
            "data directory",
            format!("{dir} lies in memory: all state is gone with the next boot"),
            "name one on a disk: --data-dir DIR",
        ),
        kind => ok(
            "data directory",
            format!("{dir}, on {}", kind.unwrap_or("a file system whose kind is not known")),
        ),
    }
}

fn is_remote(kind: &str) -> bool {
    matches!(kind, "nfs" | "nfs4" | "cifs" | "smb3" | "9p" | "ceph" | "virtiofs" | "vboxsf")
        || kind.starts_with("fuse")
}

fn disk(facts: &Facts) -> Finding {
    let mend = "free some, or name a --data-dir on another disk";
    match facts.data.free_bytes {
        None => warn("disk", "the free space is not known", mend),
        Some(free) if free < LEAST_FREE => {
            missing("disk", format!("{} MiB are free, 512 are needed", free / MIB), mend)
        }
        Some(free) if free < COMFORTABLE_FREE => {
            warn("disk", format!("{} MiB are free: a few images fill that", free / MIB), mend)
        }
        Some(free) => ok("disk", format!("{} GiB are free", free >> 30)),
    }
}

fn seccomp(facts: &Facts) -> Finding {
    if facts.seccomp {
        ok("seccomp", "filters are available")
    } else {
        missing(
            "seccomp",
            "the kernel has no system call filters",
            "boot a kernel with CONFIG_SECCOMP_FILTER",
        )
    }
}

fn clock(facts: &Facts) -> Finding {
    if facts.clock >= EARLIEST_CLOCK {
        ok("clock", "plausible")
    } else {
        warn(
            "clock",
            "shows a time before 2026: signatures from machines with the right time are refused",
            "apt-get install systemd-timesyncd, or set it with date",
        )
    }
}

fn mkfs_ext4(facts: &Facts) -> Finding {
    if facts.mkfs_ext4 {
        ok("mkfs.ext4", "here, for the ephemeral storage of Fargate tasks")
    } else {
        warn(
            "mkfs.ext4",
            "not here; Fargate tasks need it for their ephemeral storage",
            "apt-get install e2fsprogs",
        )
    }
}

fn busybox(facts: &Facts) -> Finding {
    if facts.busybox {
        ok("busybox", "here, for `longshore image demo`")
    } else {
        warn("busybox", "not here; only `longshore image demo` needs it", "apt-get install busybox-static")
    }
}

#[cfg(test)]
mod tests;
