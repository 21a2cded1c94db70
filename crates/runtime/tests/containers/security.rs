//! What a container may not do.

use runtime::spec::{Device, Seccomp};

use crate::harness::{Host, Which};
use crate::on_both;

const CAPS: &str = "grep -E 'Cap|NoNewPrivs|^Seccomp:' /proc/self/status";

fn field(status: &str, name: &str) -> u64 {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("{name} in {status}"));
    let text = line.trim_start_matches(':').trim();
    if name.starts_with("Cap") { u64::from_str_radix(text, 16).unwrap() } else { text.parse().unwrap() }
}

fn host_bounding() -> u64 {
    field(&std::fs::read_to_string("/proc/self/status").unwrap(), "CapBnd")
}

on_both! {
    async fn capabilities_are_exact(host) {
        for (add, drop, expected) in [
            (vec![], vec![], 0xa80425fb_u64),
            (vec!["SYS_PTRACE"], vec!["MKNOD", "NET_RAW"], (0xa80425fb | 1 << 19) & !(1 << 27) & !(1 << 13)),
            (vec!["CHOWN"], vec!["ALL"], 1),
            (vec![], vec!["ALL"], 0),
        ] {
            let mut spec = host.spec("caps", CAPS);
            spec.capabilities.add = add.into_iter().map(str::to_owned).collect();
            spec.capabilities.drop = drop.into_iter().map(str::to_owned).collect();
            let out = host.run(&spec).await.stdout;
            assert_eq!((field(&out, "CapBnd"), field(&out, "CapPrm"), field(&out, "CapEff")), (expected, expected, expected), "{out}");
            assert_eq!((field(&out, "CapInh"), field(&out, "CapAmb")), (0, 0), "{out}");
            assert_eq!((field(&out, "Seccomp"), field(&out, "NoNewPrivs")), (2, 0), "{out}");
        }
        let mut spec = host.spec("nonroot", CAPS);
        spec.user = "app".into();
        spec.no_new_privileges = true;
        let out = host.run(&spec).await.stdout;
        assert_eq!((field(&out, "CapPrm"), field(&out, "CapEff")), (0, 0), "{out}");
        assert_eq!((field(&out, "CapBnd"), field(&out, "NoNewPrivs")), (0xa80425fb, 1), "{out}");
    }

    async fn privileged_means_what_the_host_has(host) {
        let mut spec = host.spec("privileged", &format!("{CAPS}; mount -t tmpfs none /tmp && echo mounted; ls /dev | wc -l; test -w /proc/sys/kernel/hostname && echo writable"));
        spec.privileged = true;
        let finished = host.run(&spec).await;
        let out = finished.stdout;
        assert_eq!((field(&out, "CapBnd"), field(&out, "CapEff")), (host_bounding(), host_bounding()), "{out}");
        assert_eq!(field(&out, "Seccomp"), 0);
        assert!(out.contains("mounted\n") && out.contains("writable"), "{out} {}", finished.stderr);
    }

    async fn system_calls_are_filtered(host) {
        // With SYS_ADMIN missing these are refused twice; with it but another profile they would work.
        let script = "unshare -U true 2>&1; mount -t tmpfs none /tmp 2>&1; echo done";
        let out = host.run(&host.spec("filter", script)).await.stdout;
        assert!(out.contains("not permitted") && out.contains("permission denied") && out.ends_with("done\n"), "{out}");
        let mut spec = host.spec("unconfined", CAPS);
        spec.seccomp = Seccomp::Unconfined;
        assert_eq!(field(&host.run(&spec).await.stdout, "Seccomp"), 0);
    }

    async fn masked_and_read_only_paths(host) {
        let script = "head -c 1 /proc/kcore | wc -c; ls /sys/firmware | wc -l; echo x 2>/dev/null > /proc/sys/kernel/hostname || echo refused; head -c 10 /proc/timer_list | wc -c";
        let out = host.run(&host.spec("masked", script)).await.stdout;
        assert_eq!(out, "0\n0\nrefused\n0\n");
        let mut spec = host.spec("own", "head -c 5 /etc/passwd | wc -c");
        spec.masked_paths = Some(vec!["/etc/passwd".to_owned()]);
        assert_eq!(host.run(&spec).await.stdout, "0\n");
    }

    async fn devices_need_permission(host) {
        // /dev/kmsg's numbers: not in the list, so neither reading nor writing, though the node can be made.
        let script = "mknod /tmp/k c 1 11; head -c 1 /tmp/k 2>&1 | wc -c; head -c 1 /tmp/k || echo refused; head -c 1 /dev/zero | wc -c";
        let out = host.run(&host.spec("device", script)).await.stdout;
        assert!(out.contains("refused\n1\n"), "{out}");
        std::fs::remove_file(host.root.join("tmp/k")).unwrap();
        let mut spec = host.spec("granted", "head -c 2 /dev/other | wc -c; echo 2>/dev/null x > /dev/other || echo refused");
        spec.devices = vec![Device {
            host_path: "/dev/kmsg".into(),
            container_path: Some("/dev/other".into()),
            read: true,
            write: false,
            mknod: false,
        }];
        if std::path::Path::new("/dev/kmsg").exists() {
            let out = host.run(&spec).await.stdout;
            assert!(out.ends_with("refused\n"), "{out}");
        }
    }

    async fn an_ignored_signal_of_the_agent_is_not_inherited(host) {
        // Rust programs ignore SIGPIPE, and this process inherits more; crun passes on the C library's own two.
        let mut spec = host.spec("signals", "");
        spec.args = ["grep", "-E", "Sig(Ign|Blk)", "/proc/self/status"].map(str::to_owned).to_vec();
        let out = host.run(&spec).await.stdout;
        let tolerated = if host.which == Which::Crun { 3 << 31 } else { 0 };
        assert_eq!(out.lines().count(), 2);
        for line in out.lines() {
            let set = u64::from_str_radix(line.split_ascii_whitespace().nth(1).unwrap(), 16).unwrap();
            assert_eq!(set & !tolerated, 0, "{out}");
        }
    }
}

#[tokio::test]
async fn exec_is_as_confined_as_the_container() {
    use runtime::{ExecSpec, Runtime as _};
    let host = Host::new(Which::Embedded);
    let mut spec = host.spec("exec", "sleep 1000");
    spec.capabilities.drop = vec!["MKNOD".to_owned()];
    host.runtime.start(&spec).await.unwrap();
    let exec = ExecSpec::new(["sh", "-c", CAPS], crate::harness::LIMIT);
    let out = String::from_utf8(host.runtime.exec(&spec.id, &exec).await.unwrap().stdout).unwrap();
    assert_eq!((field(&out, "CapBnd"), field(&out, "Seccomp")), (0xa80425fb & !(1 << 27), 2), "{out}");
    host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
    host.finish(&spec.id).await;
    host.assert_clean();
}

/// What a container sees of the program that made it is sealed memory, not a file of the host.
#[tokio::test]
async fn the_init_program_cannot_be_written_to() {
    let host = Host::new(Which::Embedded);
    let mut spec =
        host.spec("sealed", "readlink /proc/1/exe; echo x 2>/dev/null >> /proc/1/exe || echo refused");
    spec.init_process = true;
    let finished = host.run(&spec).await;
    assert!(finished.stdout.contains("memfd:") && finished.stdout.ends_with("refused\n"), "{finished:?}");
    host.assert_clean();
}
