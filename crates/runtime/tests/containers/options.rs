//! Every option of a specification, seen from inside the container.

use std::fs;

use runtime::spec::{
    CpuLimits, IpcSpace, MemoryLimits, MemorySwap, Mount, MountKind, NetworkSpace, PidSpace, User, UtsSpace,
};
use runtime::{Runtime, TaskLimits};

use crate::harness::{task, within};
use crate::on_both;

on_both! {
    async fn environment_directory_and_host_name(host) {
        let mut spec = host.spec("env", "env; pwd; hostname");
        spec.env = vec!["A=b c".to_owned()];
        spec.cwd = "/new/place".to_owned();
        spec.hostname = Some("web".to_owned());
        let out = host.run(&spec).await.stdout;
        for line in ["A=b c", "HOSTNAME=web", "HOME=/root", "/new/place", "web",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] {
            assert!(out.lines().any(|found| found == line), "{line} in {out}");
        }
        // Nothing of the host's environment or of the agent's groups.
        assert!(!out.contains("CARGO"), "{out}");
    }

    async fn users_and_groups(host) {
        for (user, more, expected) in [
            ("", vec![], "0 0 0"),
            ("app", vec![], "1000 1001 1001 2000"),
            ("1000:0", vec![], "1000 0 0"),
            ("4242", vec!["extra".to_owned(), "77".to_owned()], "4242 0 0 77 2000"),
        ] {
            let mut spec = host.spec("user", "echo $(id -u) $(id -g) $(id -G); echo x > /dev/stderr");
            spec.user = User { name: user.to_owned(), additional_groups: more };
            let finished = host.run(&spec).await;
            assert_eq!(finished.stdout.trim(), expected, "{user}");
            // Opening /dev/stderr anew needs the pipe to belong to the user.
            assert_eq!(finished.stderr, "x\n", "{user}");
        }
    }

    async fn mounts(host) {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("file"), "content\n").unwrap();
        fs::write(outside.path().join("hosts"), "10.0.0.1 db\n").unwrap();
        let mut spec = host.spec("mounts", "cat /ro/file /etc/hosts; touch /ro/x || echo refused; touch /rw/x; \
            df -k /t | tail -1 | tr -s ' ' | grep -c ' 1024 '; stat -c %a /t; df -k /dev/shm | tail -1 | tr -s ' '; grep ' /t ' /proc/mounts");
        spec.mounts = vec![
            Mount::bind(outside.path(), "/ro", true),
            Mount::bind(outside.path(), "/rw", false),
            Mount::bind(outside.path().join("hosts"), "/etc/hosts", true),
            Mount {
                target: "/t".into(),
                kind: MountKind::Tmpfs { size_bytes: Some(1 << 20), options: vec!["mode=700".to_owned(), "exec".to_owned()] },
                readonly: false,
            },
        ];
        spec.shm_bytes = Some(2 << 20);
        let finished = host.run(&spec).await;
        let out = finished.stdout;
        assert!(out.starts_with("content\n10.0.0.1 db\nrefused\n1\n700\n"), "{out} {}", finished.stderr);
        assert!(out.contains(" 2048 "), "{out}");
        let line = out.lines().last().unwrap();
        assert!(line.contains("nosuid") && line.contains("nodev") && !line.contains("noexec"), "{line}");
        assert!(outside.path().join("x").exists());
    }

    async fn a_read_only_root(host) {
        let mut spec = host.spec("ro", "touch /x || echo refused; touch /dev/shm/x && echo shm");
        spec.readonly_rootfs = true;
        assert_eq!(host.run(&spec).await.stdout, "refused\nshm\n");
        assert!(!host.root.join("x").exists());
    }

    async fn limits_of_the_process_and_kernel_parameters(host) {
        let mut spec = host.spec("limits", "ulimit -n; ulimit -Hn; cat /proc/sys/net/core/somaxconn; cat /proc/self/oom_score_adj");
        spec.ulimits = vec![runtime::spec::Ulimit { name: "nofile".to_owned(), soft: 123, hard: 456 }];
        spec.sysctls = vec![("net.core.somaxconn".to_owned(), "777".to_owned())];
        spec.oom_score_adj = Some(321);
        assert_eq!(host.run(&spec).await.stdout, "123\n456\n777\n321\n");
    }

    async fn resources_are_in_the_cgroups(host) {
        let limits = TaskLimits {
            cpu: CpuLimits { shares: Some(256), quota_us: Some(50_000), period_us: Some(100_000), ..CpuLimits::default() },
            memory: MemoryLimits { limit_bytes: Some(256 << 20), ..MemoryLimits::default() },
            pids: None,
        };
        host.runtime.create_task_cgroup(&task("ecs/t1"), &limits).await.unwrap();
        let mut spec = host.spec("resources", "read line; nproc");
        spec.stdin_open = true;
        spec.cgroup_parent = Some(task("ecs/t1"));
        spec.resources.cpu = CpuLimits { shares: Some(512), cpuset_cpus: Some("0".to_owned()), ..CpuLimits::default() };
        spec.resources.memory = MemoryLimits {
            limit_bytes: Some(64 << 20),
            reservation_bytes: Some(32 << 20),
            swap: MemorySwap::Bytes(0),
            swappiness: Some(10),
        };
        spec.resources.pids = Some(33);
        host.runtime.start(&spec).await.unwrap();
        let read = |controller: &str, file: &str| {
            let path = host.cgroup(controller, &format!("ecs/t1/{}/{file}", spec.id));
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}")).trim().to_owned()
        };
        assert_eq!(read("cpu", "cpu.shares"), "512");
        assert_eq!(read("memory", "memory.limit_in_bytes"), (64 << 20).to_string());
        assert_eq!(read("memory", "memory.memsw.limit_in_bytes"), (64 << 20).to_string());
        assert_eq!(read("memory", "memory.soft_limit_in_bytes"), (32 << 20).to_string());
        assert_eq!(read("memory", "memory.swappiness"), "10");
        assert_eq!(read("pids", "pids.max"), "33");
        let parent = |controller: &str, file: &str| fs::read_to_string(host.cgroup(controller, &format!("ecs/t1/{file}"))).unwrap();
        assert_eq!(parent("cpu", "cpu.cfs_quota_us").trim(), "50000");
        assert_eq!(parent("memory", "memory.limit_in_bytes").trim(), (256 << 20).to_string());
        host.runtime.write_stdin(&spec.id, b"\n").await.unwrap();
        assert_eq!(host.finish(&spec.id).await.stdout, "1\n");
        host.runtime.delete_task_cgroup(&task("ecs/t1")).await.unwrap();
        host.runtime.delete_task_cgroup(&task("ecs/t1")).await.unwrap();
        host.runtime.delete_task_cgroup(&task("ecs")).await.unwrap();
    }

    async fn out_of_memory_is_told_apart(host) {
        // The shell stays, its child is killed; then the shell itself.
        let mut spec = host.spec("oom", "dd if=/dev/zero of=/dev/null bs=100M count=1; echo survived; exit 3");
        spec.resources.memory.limit_bytes = Some(16 << 20);
        spec.resources.memory.swap = MemorySwap::Bytes(0);
        let finished = host.run(&spec).await;
        assert_eq!((finished.status.code(), finished.status.oom_killed), (Some(3), true), "{finished:?}");
        spec.id = format!("{}-2", spec.id).parse().unwrap();
        spec.args = ["dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1"].map(str::to_owned).to_vec();
        let finished = host.run(&spec).await;
        assert_eq!((finished.status.code(), finished.status.oom_killed), (Some(137), true), "{finished:?}");
    }

    async fn namespaces(host) {
        let ours = |kind: &str| fs::read_link(format!("/proc/self/ns/{kind}")).unwrap().display().to_string();
        let script = "for n in net pid ipc uts mnt; do readlink /proc/self/ns/$n; done";
        let out = host.run(&host.spec("ns", script)).await.stdout;
        for (line, kind) in out.lines().zip(["net", "pid", "ipc", "uts", "mnt"]) {
            assert_ne!(line, ours(kind), "{kind}");
        }
        let mut spec = host.spec("hostns", script);
        (spec.network, spec.pid, spec.ipc, spec.uts) = (NetworkSpace::Host, PidSpace::Host, IpcSpace::Host, UtsSpace::Host);
        let finished = host.run(&spec).await;
        for (line, kind) in finished.stdout.lines().zip(["net", "pid", "ipc", "uts"]) {
            assert_eq!(line, ours(kind), "{kind} {finished:?}");
        }
        assert_eq!(finished.stdout.lines().count(), 5);
    }

    async fn namespaces_of_another_container(host) {
        let script = "for n in net pid ipc; do readlink /proc/self/ns/$n; done";
        let mut first = host.spec("first", &format!("{script}; touch /dev/shm/from-first; read line"));
        first.stdin_open = true;
        let started = host.runtime.start(&first).await.unwrap();
        let mut log = host.runtime.logs(&first.id, Default::default()).await.unwrap();
        let mut expected = Vec::new();
        while expected.len() < 3 {
            expected.extend(within(log.next_batch(3)).await.unwrap().into_iter().map(|record| record.bytes));
        }
        let path = |kind: &str| format!("/proc/{}/ns/{kind}", started.pid).into();
        let mut second = host.spec("second", script);
        second.network = NetworkSpace::Path(path("net"));
        second.pid = PidSpace::Path(path("pid"));
        second.ipc = IpcSpace::Path { namespace: path("ipc"), shm: None };
        let finished = host.run(&second).await;
        let expected = expected.join(&b"\n"[..]);
        assert_eq!(finished.stdout.trim(), String::from_utf8(expected).unwrap(), "{finished:?}");
        host.runtime.write_stdin(&first.id, b"\n").await.unwrap();
        drop(log);
        host.finish(&first.id).await;
    }

    async fn no_ipc_means_no_shm(host) {
        let mut spec = host.spec("noshm", "test -d /dev/shm && grep -c ' /dev/shm ' /proc/mounts; true");
        spec.ipc = IpcSpace::None;
        assert!(matches!(host.run(&spec).await.stdout.trim(), "" | "0"));
    }
}
