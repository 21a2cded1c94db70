//! Looks at this machine and tries what containers need. Decides nothing; whatever it makes it takes away again.
//!
//! Links and namespaces are tried inside a namespace of their own (`unshare --net`), which is gone with the program that was
//! started in it; packet filter rules are only checked (`nft --check`), which asks the kernel and changes nothing.

use super::judge::{Cgroups, Data, Facts, ForwardPolicy, Forwarding, Layout, Port, Trial};
use std::fs;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// What the node's own rules are made of: nat, fib, maps with a port in the value, masquerading, a hook before conntrack.
const RULES: &str = r#"
table ip longshore-doctor {
    map ports { type inet_service : ipv4_addr . inet_service; }
    chain guard { type filter hook prerouting priority raw; policy accept; }
    chain prerouting {
        type nat hook prerouting priority dstnat; policy accept;
        fib daddr type local dnat ip to tcp dport map @ports
    }
    chain postrouting { type nat hook postrouting priority srcnat; policy accept; ct status dnat masquerade; }
}
"#;
/// What faults are made of: a table of both families, and one where packets leave a link.
const FAULT_RULES: &str = r#"
table inet longshore-doctor {
    chain output { type filter hook output priority filter; policy accept; tcp dport 1 drop; }
}
table netdev longshore-doctor {
    chain egress { type filter hook egress devices = { lo } priority filter; policy accept; numgen random mod 100 < 1 drop; }
}
"#;
/// What keeps tasks from the machine's IPv6.
const IPV6_RULES: &str = r#"
table ip6 longshore-doctor {
    chain input { type filter hook input priority filter; policy accept; iifname "lsdoctor0" drop; }
}
"#;
const NEEDS_ROOT: Trial = Trial::Skipped("it takes root");
const BUSYBOX: [&str; 2] = ["/bin/busybox", "/usr/bin/busybox"];
const FORWARD: &str = "/proc/sys/net/ipv4/ip_forward";

/// Looks at everything.
pub(super) fn look(data_dir: &Path, listen: SocketAddr) -> Facts {
    let root = rustix::process::geteuid().is_root();
    let as_root = |trial: fn() -> Trial| if root { trial() } else { NEEDS_ROOT };
    let ground = existing_ancestor(data_dir);
    Facts {
        root,
        kernel: rustix::system::uname().release().to_string_lossy().into_owned(),
        cgroups: cgroups(root),
        overlay: if root { overlay(&ground) } else { NEEDS_ROOT },
        namespaces: as_root(|| try_program("unshare", &["--net", "--", "true"], None)),
        links: as_root(links),
        rules: as_root(|| try_program("nft", &["--check", "--file", "-"], Some(RULES))),
        fault_rules: as_root(|| try_program("nft", &["--check", "--file", "-"], Some(FAULT_RULES))),
        vxlan: as_root(|| in_namespace("ip link add lsdoctor0 type vxlan id 7 dstport 4789 nolearning")),
        ipv6_rules: as_root(|| try_program("nft", &["--check", "--file", "-"], Some(IPV6_RULES))),
        delay: as_root(|| {
            in_namespace(
                "ip link set lo up && tc qdisc add dev lo root handle 1: prio && tc qdisc add dev lo parent 1:3 netem delay 1ms",
            )
        }),
        forwarding: forwarding(),
        forward_policy: if root { forward_policy() } else { ForwardPolicy::Unknown },
        listen,
        port: port(listen),
        data: Data {
            dir: data_dir.to_owned(),
            writable: if root { try_directory(&ground) } else { NEEDS_ROOT },
            free_bytes: rustix::fs::statvfs(&ground).ok().map(|s| s.f_bavail.saturating_mul(s.f_frsize)),
            file_system: file_system(&ground),
        },
        seccomp: fs::read_to_string("/proc/sys/kernel/seccomp/actions_avail")
            .is_ok_and(|a| a.contains("errno")),
        run_dir: if root { try_directory(Path::new("/run")) } else { NEEDS_ROOT },
        busybox: BUSYBOX.iter().any(|p| Path::new(p).exists()),
        // Where agents look, which are not always started with the administrator's path.
        mkfs_ext4: std::env::var_os("PATH")
            .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join("mkfs.ext4").exists())),
        clock: SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs()),
    }
}

/// The directory itself, or where it would be made.
fn existing_ancestor(dir: &Path) -> PathBuf {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let found = absolute.ancestors().find(|a| a.is_dir());
    found.unwrap_or(Path::new("/")).to_owned()
}

/// A name that nobody else uses at the same time.
fn own_name() -> String {
    format!(".longshore-doctor-{}", std::process::id())
}

fn trial(outcome: io::Result<()>) -> Trial {
    match outcome {
        Ok(()) => Trial::Works,
        Err(error) => Trial::Fails(error.to_string()),
    }
}

/// Whether a file can be written below `parent`.
fn try_directory(parent: &Path) -> Trial {
    let dir = parent.join(own_name());
    let made = fs::create_dir(&dir).and_then(|()| fs::write(dir.join("file"), "written"));
    let removed = if dir.exists() { fs::remove_dir_all(&dir) } else { Ok(()) };
    trial(made.and(removed))
}

/// Mounts a container's root as a task would, beside the data directory.
fn overlay(ground: &Path) -> Trial {
    let dir = ground.join(own_name());
    let mounted = image::rootfs::prepare(&[], &dir).map(|_| ());
    let removed = image::rootfs::remove(&dir);
    match mounted.and(removed) {
        Ok(()) => Trial::Works,
        Err(error) => Trial::Fails(one_line(&format!("{:#}", anyhow::Error::from(error)))),
    }
}

fn links() -> Trial {
    in_namespace(
        "ip link add lsdoctor0 type veth peer name lsdoctor1 && ip link add lsdoctor2 type bridge && \
         ip link set lsdoctor1 master lsdoctor2",
    )
}

/// Runs a script that makes links, where nobody else sees them.
fn in_namespace(script: &str) -> Trial {
    if !is_installed("ip") {
        return Trial::NoProgram("ip");
    }
    try_program("unshare", &["--net", "--", "sh", "-c", script], None)
}

fn is_installed(program: &str) -> bool {
    let quiet = Command::new(program)
        .arg("-V")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    !quiet.is_err_and(|e| e.kind() == io::ErrorKind::NotFound)
}

/// Runs a program to its end; fails with the first line that it complains with.
fn try_program(program: &'static str, arguments: &[&str], input: Option<&str>) -> Trial {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let started = Command::new(program)
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Trial::NoProgram(program),
        Err(error) => return Trial::Fails(error.to_string()),
    };
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input)
        && let Err(error) = stdin.write_all(input.as_bytes())
    {
        tracing::debug!(program, %error, "did not read its input");
    }
    match child.wait_with_output() {
        Ok(output) if output.status.success() => Trial::Works,
        Ok(output) => {
            let complaint = one_line(&String::from_utf8_lossy(&output.stderr));
            Trial::Fails(if complaint.is_empty() {
                format!("{program}: {}", output.status)
            } else {
                complaint
            })
        }
        Err(error) => Trial::Fails(error.to_string()),
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default().to_owned()
}

fn cgroups(root: bool) -> Cgroups {
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let found = CgroupMounts::parse(&mounts);
    let (layout, at) = found.layout();
    let controllers = match (layout, &found.v2) {
        (Layout::V2, Some((point, _))) => {
            let list = fs::read_to_string(point.join("cgroup.controllers")).unwrap_or_default();
            list.split_ascii_whitespace().map(str::to_owned).collect()
        }
        _ => found.v1.iter().map(|(name, _)| name.clone()).collect(),
    };
    let writable = match at {
        Some(point) if root => try_cgroup(point),
        Some(_) => NEEDS_ROOT,
        None => Trial::Skipped("none is mounted"),
    };
    Cgroups { layout, controllers, favordynmods: found.v2.is_some_and(|(_, dynmods)| dynmods), writable }
}

/// A cgroup is a directory that is made and removed, without files of ours.
fn try_cgroup(mount: &Path) -> Trial {
    let dir = mount.join(own_name());
    trial(fs::create_dir(&dir).and_then(|()| fs::remove_dir(&dir)))
}

/// Where control groups are mounted.
#[derive(Debug, Default, PartialEq, Eq)]
struct CgroupMounts {
    /// Controllers of version 1, and where each is.
    v1: Vec<(String, PathBuf)>,
    /// The tree of version 2, and whether it has `favordynmods`.
    v2: Option<(PathBuf, bool)>,
}

impl CgroupMounts {
    fn parse(mountinfo: &str) -> Self {
        let mut found = Self::default();
        for (point, kind, options) in mounts(mountinfo) {
            let point = PathBuf::from(point);
            match kind {
                "cgroup2" if found.v2.is_none() => {
                    found.v2 = Some((point, options.split(',').any(|o| o == "favordynmods")));
                }
                "cgroup" => {
                    let names = options
                        .split(',')
                        .filter(|o| !matches!(*o, "rw" | "ro" | "xattr") && !o.contains('='));
                    found.v1.extend(names.map(|n| (n.to_owned(), point.clone())));
                }
                _ => {}
            }
        }
        found
    }

    /// The layout, and a place where a group is made to try it.
    fn layout(&self) -> (Layout, Option<&Path>) {
        let memory =
            self.v1.iter().find(|(name, _)| name == "memory").or(self.v1.first()).map(|(_, p)| p.as_path());
        match (memory, &self.v2) {
            (None, None) => (Layout::Absent, None),
            (None, Some((point, _))) => (Layout::V2, Some(point)),
            (Some(point), Some(_)) => (Layout::Hybrid, Some(point)),
            (Some(point), None) => (Layout::V1, Some(point)),
        }
    }
}

/// Mount point, kind and options of the file system of every line.
fn mounts(mountinfo: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    mountinfo.lines().filter_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let mut right = right.split(' ');
        Some((left.split(' ').nth(4)?, right.next()?, right.nth(1)?))
    })
}

/// The kind of the file system that a directory lies on: the last mount over the longest prefix of its path.
fn file_system(dir: &Path) -> Option<String> {
    let dir = dir.canonicalize().ok()?;
    let table = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let over = mounts(&table).filter(|(point, ..)| dir.starts_with(unescape(point)));
    over.max_by_key(|(point, ..)| point.len()).map(|(_, kind, _)| kind.to_owned())
}

/// The kernel writes a blank as \040 there.
fn unescape(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

fn forwarding() -> Forwarding {
    if fs::read_to_string(FORWARD).is_ok_and(|v| v.trim() == "1") {
        return Forwarding::On;
    }
    // Opening for writing fails on a read-only /proc/sys, and changes nothing.
    match fs::OpenOptions::new().write(true).open(FORWARD) {
        Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => Forwarding::Locked,
        _ => Forwarding::Off,
    }
}

/// Docker and firewalls set the policy of the chain FORWARD to drop, with either kind of iptables.
fn forward_policy() -> ForwardPolicy {
    let says = |program: &str, arguments: &[&str]| {
        let output =
            Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output();
        output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default()
    };
    let forward = ["-S", "FORWARD"];
    if ["iptables", "iptables-legacy"]
        .iter()
        .any(|p| says(p, &forward).lines().any(|l| l == "-P FORWARD DROP"))
    {
        return ForwardPolicy::Drops("iptables");
    }
    match says("nft", &["list", "chain", "ip", "filter", "FORWARD"]).contains("policy drop") {
        true => ForwardPolicy::Drops("nftables"),
        false => ForwardPolicy::Accepts,
    }
}

fn port(listen: SocketAddr) -> Port {
    match TcpListener::bind(listen) {
        Ok(_) => Port::Free,
        Err(_) if crate::commands::status::health_now(&format!("http://{listen}")).is_some() => {
            Port::Longshore
        }
        Err(error) => Port::Taken(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HYBRID: &str = "\
30 25 0:26 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup rw\n\
31 25 0:27 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n\
32 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n\
33 25 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

    #[test]
    fn layouts_of_control_groups_are_told_apart() {
        let found = CgroupMounts::parse(HYBRID);
        let names: Vec<&str> = found.v1.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(names, ["cpu", "cpuacct", "memory"]);
        assert_eq!(found.layout(), (Layout::Hybrid, Some(Path::new("/sys/fs/cgroup/memory"))));
        let v2 = "35 24 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate,favordynmods\n";
        assert_eq!(CgroupMounts::parse(v2).v2, Some(("/sys/fs/cgroup".into(), true)));
        assert_eq!(CgroupMounts::parse(v2).layout().0, Layout::V2);
        let v1: String = HYBRID.lines().skip(1).map(|l| format!("{l}\n")).collect();
        assert_eq!(CgroupMounts::parse(&v1).layout().0, Layout::V1);
        assert_eq!(
            CgroupMounts::parse("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n").layout(),
            (Layout::Absent, None)
        );
    }

    #[test]
    fn what_a_program_complains_with_is_kept() {
        let failed = try_program("sh", &["-c", "cat >&2; exit 3"], Some("\nfirst\nsecond\n"));
        assert_eq!(failed, Trial::Fails("first".to_owned()));
        assert_eq!(try_program("sh", &["-c", "exit 0"], None), Trial::Works);
        assert_eq!(
            try_program("longshore-has-no-such-program", &[], None),
            Trial::NoProgram("longshore-has-no-such-program")
        );
    }

    #[test]
    fn a_directory_that_is_not_there_is_judged_by_its_parent() {
        let parent = std::env::temp_dir();
        assert_eq!(existing_ancestor(&parent.join("absent-one/absent-two")), parent);
        assert_eq!(try_directory(&parent), Trial::Works);
        assert!(matches!(try_directory(Path::new("/proc/self")), Trial::Fails(_)));
        assert_eq!(file_system(Path::new("/proc/self/")).as_deref(), Some("proc"));
    }

    #[test]
    fn a_port_in_use_is_found() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        drop(listener);
        assert_eq!(port(address), Port::Free);
        // Something that listens and answers nothing sensible.
        let listener = TcpListener::bind(address).expect("the same port");
        let answering = std::thread::spawn(move || listener.accept().map(drop));
        assert!(matches!(port(address), Port::Taken(_)));
        answering.join().expect("it ends").expect("somebody came");
    }
}
