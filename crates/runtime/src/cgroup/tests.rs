use std::fs;
use std::path::Path;

use super::{Hierarchies, task_path};
use crate::spec::{CpuLimits, MemoryLimits, MemorySwap};
use crate::{TaskCgroup, TaskLimits};

const HYBRID: &str = "\
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:4 - cgroup cgroup rw,memory
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

#[test]
fn both_layouts_are_understood() {
    let hybrid = Hierarchies::parse(HYBRID);
    assert!(!hybrid.is_v2());
    assert_eq!(hybrid.directory("cpuacct", "a/b").unwrap(), Path::new("/sys/fs/cgroup/cpu,cpuacct/a/b"));
    assert_eq!(hybrid.directory("pids", "a"), None);
    assert_eq!(hybrid.oom_file("a").unwrap(), Path::new("/sys/fs/cgroup/memory/a/memory.oom_control"));
    let unified =
        Hierarchies::parse("30 23 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
    assert!(unified.is_v2());
    assert_eq!(unified.directories("a/b"), [Path::new("/sys/fs/cgroup/a/b")]);
    assert_eq!(unified.oom_file("a").unwrap(), Path::new("/sys/fs/cgroup/a/memory.events"));
}

#[test]
fn a_task_path_cannot_lead_out() {
    assert_eq!(task_path("longshore", &TaskCgroup("ecs/1".to_owned())).unwrap(), "longshore/ecs/1");
    for bad in ["", "/a", "a/", "..", "a/../b", "a//b", "."] {
        assert!(task_path("longshore", &TaskCgroup(bad.to_owned())).is_err(), "{bad}");
    }
}

fn limits() -> TaskLimits {
    TaskLimits {
        cpu: CpuLimits {
            shares: Some(512),
            quota_us: Some(50_000),
            period_us: Some(100_000),
            ..CpuLimits::default()
        },
        memory: MemoryLimits {
            limit_bytes: Some(1 << 20),
            reservation_bytes: Some(1 << 19),
            swap: MemorySwap::Bytes(0),
            swappiness: None,
        },
        pids: Some(7),
    }
}

/// A directory tree that looks like a mounted cgroup v2.
fn fake_v2(root: &Path, directories: &[&str]) {
    for directory in directories {
        let directory = root.join(directory);
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("cgroup.controllers"), "cpuset cpu io memory pids rdma\n").unwrap();
        fs::write(directory.join("cgroup.subtree_control"), "cpuset cpu io memory pids\n").unwrap();
        fs::write(directory.join("memory.swap.max"), "max\n").unwrap();
    }
}

#[test]
fn v2_limits_are_written_in_its_own_words() {
    let root = tempfile::tempdir().unwrap();
    fake_v2(root.path(), &["", "longshore", "longshore/ecs", "longshore/ecs/1"]);
    let host = Hierarchies { v1: Vec::new(), v2: Some(root.path().to_owned()) };
    host.create_task("longshore", &TaskCgroup("ecs/1".to_owned()), &limits()).unwrap();
    let read = |file: &str| fs::read_to_string(root.path().join("longshore/ecs/1").join(file)).unwrap();
    assert_eq!(read("cpu.weight"), "20");
    assert_eq!(read("cpu.max"), "50000 100000");
    assert_eq!(read("memory.max"), "1048576");
    // Swap equal to the limit must come out as none at all, not as unlimited.
    assert_eq!(read("memory.swap.max"), "0");
    assert_eq!(read("memory.low"), "524288");
    assert_eq!(read("pids.max"), "7");
}

#[test]
fn v2_controllers_are_handed_down_where_they_are_not_yet() {
    let root = tempfile::tempdir().unwrap();
    fake_v2(root.path(), &["", "longshore", "longshore/t"]);
    fs::write(root.path().join("longshore/cgroup.subtree_control"), "cpu\n").unwrap();
    let host = Hierarchies { v1: Vec::new(), v2: Some(root.path().to_owned()) };
    host.create_task("longshore", &TaskCgroup("t".to_owned()), &TaskLimits::default()).unwrap();
    // A plain file keeps what was written last: the last controller that was missing.
    assert_eq!(fs::read_to_string(root.path().join("longshore/cgroup.subtree_control")).unwrap(), "+pids");
    assert_eq!(
        fs::read_to_string(root.path().join("cgroup.subtree_control")).unwrap(),
        "cpuset cpu io memory pids\n"
    );
}

#[test]
fn v1_limits_are_written_in_their_hierarchies() {
    let root = tempfile::tempdir().unwrap();
    let host = Hierarchies {
        v1: ["cpu", "memory", "pids", "name=systemd"]
            .map(|name| (vec![name.to_owned()], root.path().join(name)))
            .to_vec(),
        v2: None,
    };
    fs::create_dir_all(root.path().join("memory/l/t")).unwrap();
    fs::write(root.path().join("memory/l/t/memory.memsw.limit_in_bytes"), "").unwrap();
    host.create_task("l", &TaskCgroup("t".to_owned()), &limits()).unwrap();
    let read = |file: &str| fs::read_to_string(root.path().join(file)).unwrap();
    assert_eq!(read("cpu/l/t/cpu.shares"), "512");
    assert_eq!(read("cpu/l/t/cpu.cfs_quota_us"), "50000");
    assert_eq!(read("memory/l/t/memory.limit_in_bytes"), "1048576");
    assert_eq!(read("memory/l/t/memory.memsw.limit_in_bytes"), "1048576");
    assert_eq!(read("memory/l/t/memory.soft_limit_in_bytes"), "524288");
    assert_eq!(read("pids/l/t/pids.max"), "7");
    assert!(!root.path().join("name=systemd/l").exists());
}

#[test]
fn v2_figures_are_read() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("c");
    fs::create_dir_all(&directory).unwrap();
    for (file, content) in [
        (
            "cpu.stat",
            "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 4\nnr_throttled 1\nthrottled_usec 9\n",
        ),
        ("memory.current", "4096\n"),
        ("memory.max", "8192\n"),
        ("memory.stat", "anon 1\ninactive_file 1024\n"),
        ("memory.events", "low 0\nhigh 0\nmax 2\noom 1\noom_kill 1\noom_group_kill 0\n"),
        ("io.stat", "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0\n"),
        ("pids.current", "3\n"),
        ("pids.max", "max\n"),
    ] {
        fs::write(directory.join(file), content).unwrap();
    }
    let stats = Hierarchies { v1: Vec::new(), v2: Some(root.path().to_owned()) }.stats("c").unwrap();
    assert_eq!((stats.cpu.total_ns, stats.cpu.throttled_ns, stats.cpu.periods), (5000, 9000, 4));
    assert_eq!((stats.memory.usage_bytes, stats.memory.limit_bytes), (4096, 8192));
    assert_eq!((stats.memory.oom_kills, stats.memory.inactive_file_bytes), (1, 1024));
    assert_eq!((stats.block_io[0].write_bytes, stats.block_io[0].read_ops), (2, 3));
    assert_eq!((stats.pids.current, stats.pids.limit), (3, None));
    assert!(stats.cpu.online_cpus >= 1 && stats.cpu.host_total_ns > 0);
}
