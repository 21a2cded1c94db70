//! A host of one's own: root file system, runtime, and the count of what is left at the end.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use runtime::{
    Config, ContainerId, ContainerSpec, Error, ExitStatus, LogPosition, LogStream, Runtime, ShimRuntime,
    TaskCgroup,
};

/// Nothing here takes longer, even on a busy machine.
pub const LIMIT: Duration = Duration::from_secs(60);

static COUNTER: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Embedded,
    Crun,
}

pub struct Host {
    pub runtime: ShimRuntime,
    pub which: Which,
    pub root: PathBuf,
    pub cgroup_root: String,
    _directory: tempfile::TempDir,
}

/// What a container that ended left behind.
#[derive(Debug)]
pub struct Finished {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Host {
    pub fn new(which: Which) -> Self {
        assert!(rustix::process::geteuid().is_root(), "these tests run containers and need root");
        let directory = tempfile::tempdir().unwrap();
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let cgroup_root = format!("longshore-test-{}-{number}", std::process::id());
        let config =
            Config { state_directory: directory.path().join("state"), cgroup_root: cgroup_root.clone() };
        let runtime = Self::make(which, config);
        let root = directory.path().join("rootfs");
        make_rootfs(&root);
        Self { runtime, which, root, cgroup_root, _directory: directory }
    }

    fn make(which: Which, config: Config) -> ShimRuntime {
        match which {
            Which::Embedded => ShimRuntime::embedded(config).unwrap(),
            Which::Crun => ShimRuntime::external(config, crun()).unwrap(),
        }
    }

    /// As after a restart of the agent.
    pub fn restarted(&self) -> ShimRuntime {
        let state_directory = self.state_directory();
        Self::make(self.which, Config { state_directory, cgroup_root: self.cgroup_root.clone() })
    }

    pub fn state_directory(&self) -> PathBuf {
        self.root.parent().unwrap().join("state")
    }

    pub fn spec(&self, name: &str, script: &str) -> ContainerSpec {
        let id: ContainerId = format!("{name}-{}", COUNTER.fetch_add(1, Ordering::Relaxed)).parse().unwrap();
        ContainerSpec::new(id, &self.root, ["sh", "-c", script])
    }

    /// Starts, waits, reads the log, deletes.
    pub async fn run(&self, spec: &ContainerSpec) -> Finished {
        self.try_run(spec).await.unwrap()
    }

    pub async fn try_run(&self, spec: &ContainerSpec) -> Result<Finished, Error> {
        self.runtime.start(spec).await?;
        let finished = self.finish(&spec.id).await;
        Ok(finished)
    }

    pub async fn finish(&self, id: &ContainerId) -> Finished {
        let status = within(self.runtime.wait(id)).await.unwrap();
        let (stdout, stderr) = self.log(id).await;
        self.runtime.delete(id).await.unwrap();
        Finished { status, stdout, stderr }
    }

    /// The whole log of a container that ended.
    pub async fn log(&self, id: &ContainerId) -> (String, String) {
        let mut reader = self.runtime.logs(id, LogPosition::default()).await.unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        loop {
            let records = within(reader.next_batch(1000)).await.unwrap();
            if records.is_empty() {
                let text = |bytes| String::from_utf8(bytes).unwrap();
                return (text(out), text(err));
            }
            for record in records {
                let to = if record.stream == LogStream::Stdout { &mut out } else { &mut err };
                to.extend_from_slice(&record.bytes);
                if !record.partial {
                    to.push(b'\n');
                }
            }
        }
    }

    pub fn cgroup(&self, controller: &str, path: &str) -> PathBuf {
        Path::new("/sys/fs/cgroup").join(controller).join(&self.cgroup_root).join(path)
    }

    /// Nothing of this host may be left: no state, cgroup, mount or process. (Namespaces live as long
    /// as processes and mounts hold them.)
    pub fn assert_clean(self) {
        let directories = ["containers", "spaces"].map(|name| self.state_directory().join(name));
        let entries = directories.iter().flat_map(|directory| fs::read_dir(directory).into_iter().flatten());
        let left: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "state left: {left:?}");
        let deadline = Instant::now() + LIMIT;
        let mut cgroups = self.cgroups();
        // The shims' own cgroup is empty as soon as the last shim is gone.
        while cgroups.iter().any(|path| !path.ends_with("shims")) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
            cgroups = self.cgroups();
        }
        assert!(cgroups.iter().all(|path| path.ends_with("shims")), "cgroups left: {cgroups:?}");
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap();
        let ours = self.root.parent().unwrap().to_str().unwrap();
        assert!(!mounts.contains(ours), "mounts left below {ours}");
        let processes = || processes_naming(ours);
        while !processes().is_empty() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(processes().is_empty(), "processes left: {:?}", processes());
        self.remove_cgroups();
    }

    fn cgroups(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut mounts = vec![PathBuf::from("/sys/fs/cgroup")];
        mounts.extend(fs::read_dir("/sys/fs/cgroup").unwrap().map(|entry| entry.unwrap().path()));
        for mount in mounts {
            let below = mount.join(&self.cgroup_root);
            found.extend(
                fs::read_dir(below).into_iter().flatten().flatten().filter_map(|entry| {
                    entry.file_type().is_ok_and(|kind| kind.is_dir()).then(|| entry.path())
                }),
            );
        }
        found
    }

    fn remove_cgroups(&self) {
        for mount in fs::read_dir("/sys/fs/cgroup").unwrap() {
            let root = mount.unwrap().path().join(&self.cgroup_root);
            let deadline = Instant::now() + LIMIT;
            while root.exists() && Instant::now() < deadline {
                let _ = fs::remove_dir(root.join("shims"));
                let _ = fs::remove_dir(&root);
            }
            assert!(!root.exists(), "{root:?} is not empty");
        }
    }
}

/// crun as it is, or, where the host has the hybrid cgroup layout with a controller on its v2 side (which crun refuses), crun in a mount
/// namespace without that side.
fn crun() -> PathBuf {
    let v2_side = fs::read_to_string("/sys/fs/cgroup/unified/cgroup.controllers").unwrap_or_default();
    if v2_side.trim().is_empty() {
        return "/usr/bin/crun".into();
    }
    let script = std::env::temp_dir().join("longshore-test-crun");
    let text = "#!/bin/sh\nexec unshare -m sh -c 'umount /sys/fs/cgroup/unified; exec /usr/bin/crun \"$@\"' crun \"$@\"\n";
    let own = script.with_extension(std::process::id().to_string());
    fs::write(&own, text).unwrap();
    fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(&own, &script).unwrap();
    script
}

/// Fails instead of hanging.
pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, future).await.expect("a test waited too long")
}

/// Waits for a condition.
pub async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !condition() {
        assert!(Instant::now() < deadline, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub fn task(name: &str) -> TaskCgroup {
    TaskCgroup(name.to_owned())
}

/// Processes whose command line, working directory or root names a path.
pub fn processes_naming(path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let directory = entry.path();
        let name = entry.file_name();
        if !name.to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
            continue;
        }
        let command = fs::read(directory.join("cmdline")).unwrap_or_default();
        let root = fs::read_link(directory.join("root")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains(path) || root.starts_with(path) {
            found.push(format!("{} {}", name.display(), String::from_utf8_lossy(&command)));
        }
    }
    found
}

fn make_rootfs(root: &Path) {
    let busybox = ["/bin/busybox", "/usr/bin/busybox"].into_iter().find(|path| Path::new(path).exists());
    let busybox = busybox.expect("these tests need a static busybox (package busybox-static)");
    for directory in ["bin", "etc", "tmp", "proc", "sys", "dev", "home/app"] {
        fs::create_dir_all(root.join(directory)).unwrap();
    }
    fs::copy(busybox, root.join("bin/busybox")).unwrap();
    for applet in [
        "sh", "cat", "ls", "echo", "id", "sleep", "true", "false", "mount", "unshare", "hostname", "df",
        "head", "dd", "env", "pwd", "stat", "kill", "ps", "touch", "tail", "grep", "test", "mkdir", "mknod",
        "chown", "stty", "tty", "ip", "nproc", "seq", "readlink", "wc", "chroot", "reboot", "ipcs", "usleep",
        "yes", "tr", "date", "printf",
    ] {
        symlink("busybox", root.join("bin").join(applet)).unwrap();
    }
    fs::write(root.join("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\n")
        .unwrap();
    fs::write(root.join("etc/group"), "root:x:0:\nextra:x:2000:app\napp:x:1001:\n").unwrap();
    fs::write(root.join("bin/plain"), "not a program").unwrap();
    fs::write(root.join("bin/garbage"), "not a program").unwrap();
    fs::set_permissions(root.join("bin/garbage"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(root.join("tmp"), fs::Permissions::from_mode(0o1777)).unwrap();
}

/// The same body for both back ends, as two tests, each of which must leave nothing behind.
#[macro_export]
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($host:ident) $body:block)*) => {
        $(
            mod $name {
                #[allow(unused_imports)] // A body need not use anything of its module.
                use super::*;

                async fn body($host: &$crate::harness::Host) $body

                #[tokio::test]
                async fn embedded() {
                    let host = $crate::harness::Host::new($crate::harness::Which::Embedded);
                    body(&host).await;
                    host.assert_clean();
                }

                #[tokio::test]
                async fn crun() {
                    let host = $crate::harness::Host::new($crate::harness::Which::Crun);
                    body(&host).await;
                    host.assert_clean();
                }
            }
        )*
    };
}
