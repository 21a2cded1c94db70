//! Namespaces that outlive the containers that share them.

use std::fs;

use runtime::spec::{IpcSpace, PidSpace};
use runtime::{ContainerId, ContainerSpec, ExitCause, Runtime, SharedSpaces, TaskSpaces};
use shim::PauseFile;

use crate::harness::{Host, Which, within};
use crate::on_both;

const BOTH: TaskSpaces = TaskSpaces { pid: true, ipc: true };

fn id(text: &str) -> ContainerId {
    text.parse().unwrap()
}

fn inside(host: &Host, spaces: &SharedSpaces, script: &str) -> ContainerSpec {
    let mut spec = host.spec("member", script);
    spec.pid = PidSpace::Path(spaces.pid.clone().unwrap());
    spec.ipc = IpcSpace::Path { namespace: spaces.ipc.clone().unwrap(), shm: None };
    spec
}

fn pause(host: &Host, task: &str) -> PauseFile {
    let path = host.state_directory().join("spaces").join(task).join("pause");
    PauseFile::decode(&fs::read_to_string(path).unwrap()).unwrap()
}

fn status(pid: i32, field: &str) -> String {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("no {field} in {text}")).trim().to_owned()
}

on_both! {
    async fn members_come_and_go(host) {
        let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
        let script = "readlink /proc/self/ns/pid; readlink /proc/self/ns/ipc; tr '\\0' ' ' < /proc/1/cmdline";
        let first = host.run(&inside(host, &spaces, script)).await;
        let second = host.run(&inside(host, &spaces, script)).await;
        assert_eq!(first.stdout, second.stdout, "{first:?}");
        assert!(first.stdout.lines().nth(2).is_some_and(|line| line.starts_with("longshore-pause pause ")), "{first:?}");
        let ours = fs::read_link("/proc/self/ns/ipc").unwrap().display().to_string();
        assert_ne!(first.stdout.lines().nth(1), Some(ours.as_str()));
        // Asked for again, as after an interrupted preparation, they are the same.
        let before = pause(host, "t");
        assert_eq!(host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap(), spaces);
        assert_eq!(pause(host, "t"), before);
        host.runtime.delete_task_spaces(&id("t")).await.unwrap();
        host.runtime.delete_task_spaces(&id("t")).await.unwrap();
        assert!(shim::sys::start_ticks(before.pid).is_err(), "the pause process is gone and collected");
    }

    /// libcontainer looked up the number that a process has in the shared namespace among the host's processes.
    async fn a_number_that_nobody_on_the_host_has_is_no_hindrance(host) {
        let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
        let free = (300..32_000).find(|pid| !std::path::Path::new(&format!("/proc/{pid}")).exists()).unwrap();
        let mut first = inside(host, &spaces, &format!("echo {} > /proc/sys/kernel/ns_last_pid", free - 1));
        first.privileged = true;
        let finished = host.run(&first).await;
        assert_eq!(finished.status.code(), Some(0), "{finished:?}");
        let script = "echo $$; cat /sys/fs/cgroup/pids/pids.max; (echo 1 > /sys/fs/cgroup/pids/pids.max) 2>/dev/null || echo refused";
        let mut second = inside(host, &spaces, script);
        second.resources.pids = Some(33);
        let finished = host.run(&second).await;
        assert_eq!(finished.stdout, format!("{free}\n33\nrefused\n"), "{finished:?}");
        host.runtime.delete_task_spaces(&id("t")).await.unwrap();
    }

    async fn orphans_are_collected_and_signals_from_inside_mean_nothing(host) {
        let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
        // A zombie would be listed too.
        let script = "kill -TERM 1; kill -KILL 1; (sleep 0.01 &); \
            for n in $(seq 500); do ps -o comm | grep -q '^sleep' || { echo gone; exit 5; }; usleep 20000; done; ps";
        let finished = host.run(&inside(host, &spaces, script)).await;
        assert_eq!((finished.status.code(), finished.stdout.as_str()), (Some(5), "gone\n"), "{finished:?}");
        host.runtime.delete_task_spaces(&id("t")).await.unwrap();
    }

    async fn a_member_that_stays_ends_with_the_namespace(host) {
        let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
        let spec = inside(host, &spaces, "sleep 600");
        host.runtime.start(&spec).await.unwrap();
        host.runtime.delete_task_spaces(&id("t")).await.unwrap();
        let finished = host.finish(&spec.id).await;
        assert_eq!(finished.status.cause, ExitCause::Signaled(libc::SIGKILL), "{finished:?}");
        // Nobody can join what has ended.
        assert!(host.runtime.start(&inside(host, &spaces, "true")).await.is_err());
    }
}

#[tokio::test]
async fn a_pause_process_is_small_and_has_nothing_to_give() {
    let host = Host::new(Which::Embedded);
    let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
    let pid = pause(&host, "t").pid;
    let resident: u64 = status(pid, "VmRSS").trim_end_matches(" kB").parse().unwrap();
    assert!(resident <= 1024, "{resident} KiB are resident");
    for (field, wanted) in [
        ("CapEff", "0000000000000000"),
        ("CapPrm", "0000000000000000"),
        ("CapBnd", "0000000000000000"),
        ("NoNewPrivs", "1"),
        ("Seccomp", "2"),
        ("Uid", "65534\t65534\t65534\t65534"),
        ("Groups", ""),
    ] {
        assert_eq!(status(pid, field), wanted, "{field}");
    }
    let list = |what: &str| fs::read_dir(format!("/proc/{pid}/{what}")).unwrap().count();
    assert_eq!((list("fd"), list("root")), (0, 0), "no descriptor, and an empty root");
    assert_eq!(fs::read_to_string(format!("/proc/{pid}/mounts")).unwrap().lines().count(), 1);
    for kind in ["mnt", "net", "uts", "ipc", "cgroup", "pid"] {
        let of = |pid: &str| fs::read_link(format!("/proc/{pid}/ns/{kind}")).unwrap();
        assert_ne!(of(&pid.to_string()), of("self"), "{kind}");
    }
    // A container's root may not look into it; not even one that may do everything finds anything.
    let look = "ls -A /proc/1/root/ /proc/1/cwd/ /proc/1/fd/ 2>/dev/null | grep -v :$ | grep -v '^$'; readlink /proc/1/root || echo refused";
    assert_eq!(host.run(&inside(&host, &spaces, look)).await.stdout, "refused\n");
    let mut privileged = inside(&host, &spaces, look);
    privileged.privileged = true;
    assert_eq!(host.run(&privileged).await.stdout, "/\n");
    host.runtime.delete_task_spaces(&id("t")).await.unwrap();
    host.assert_clean();
}

#[tokio::test]
async fn another_agent_takes_them_over() {
    let host = Host::new(Which::Embedded);
    let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
    let before = pause(&host, "t");
    let other = host.restarted();
    assert_eq!(other.list_task_spaces().await.unwrap(), [id("t")]);
    assert_eq!(other.create_task_spaces(&id("t"), BOTH).await.unwrap(), spaces);
    assert_eq!(pause(&host, "t"), before);
    assert_eq!(host.run(&inside(&host, &spaces, "exit 7")).await.status.code(), Some(7));
    other.delete_task_spaces(&id("t")).await.unwrap();
    assert!(other.list_task_spaces().await.unwrap().is_empty());
    host.assert_clean();
}

/// What a reboot leaves: files without mounts, and a number that may be anybody's now.
#[tokio::test]
async fn what_an_earlier_boot_left_is_made_anew_and_nobody_is_killed_for_it() {
    let host = Host::new(Which::Embedded);
    let mut bystander = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let pid = i32::try_from(bystander.id()).unwrap();
    let directory = host.state_directory().join("spaces").join("t");
    fs::create_dir_all(&directory).unwrap();
    let start_ticks = shim::sys::start_ticks(pid).unwrap();
    let left = PauseFile { pid, start_ticks, boot_id: "another-boot".to_owned() };
    for (name, content) in [("pause", left.encode()), ("pid", String::new()), ("ipc", String::new())] {
        fs::write(directory.join(name), content).unwrap();
    }
    let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
    assert_ne!(pause(&host, "t").pid, pid);
    assert_eq!(host.run(&inside(&host, &spaces, "exit 7")).await.status.code(), Some(7));
    host.runtime.delete_task_spaces(&id("t")).await.unwrap();
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("pause"), left.encode()).unwrap();
    host.runtime.delete_task_spaces(&id("t")).await.unwrap();
    assert!(bystander.try_wait().unwrap().is_none(), "it was killed");
    bystander.kill().unwrap();
    bystander.wait().unwrap();
    host.assert_clean();
}

#[tokio::test]
async fn a_pause_process_that_is_killed_takes_its_members_along() {
    let host = Host::new(Which::Embedded);
    let spaces = host.runtime.create_task_spaces(&id("t"), BOTH).await.unwrap();
    let spec = inside(&host, &spaces, "sleep 600");
    host.runtime.start(&spec).await.unwrap();
    shim::sys::kill(pause(&host, "t").pid, libc::SIGKILL).unwrap();
    assert_eq!(within(host.runtime.wait(&spec.id)).await.unwrap().code(), Some(137));
    host.runtime.delete(&spec.id).await.unwrap();
    within(host.runtime.delete_task_spaces(&id("t"))).await.unwrap();
    host.assert_clean();
}
