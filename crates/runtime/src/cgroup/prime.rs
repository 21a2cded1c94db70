//! Readies the kernel's lock of moves between cgroups before a container needs it.
//!
//! Whoever moves a process first sleeps for a grace period of that lock, about 10 ms; moves within the next such period do not. When a task
//! is announced, a thread here therefore moves itself to where it is already, so that the kernel's wait passes while the image is mounted and
//! the network made, not after it. Measured: a quarter less from the call to the process (31 and 24 ms, side by side).
//!
//! Invariant: nothing changes its cgroup but this idle thread, should the process have been moved since the start. Failing costs time only.
//! Source: Linux 6.18, kernel/cgroup/cgroup.c (`cgroup_procs_write_start`) and kernel/rcu/sync.c; observed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::Hierarchies;

/// It writes a number to a file.
const STACK_BYTES: usize = 64 << 10;

/// The thread; ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Primer {
    /// None where the thread could not be started.
    requests: Option<SyncSender<()>>,
}

impl Primer {
    pub(crate) fn start(hierarchies: &Hierarchies) -> Self {
        // One request waits at most: those that come meanwhile are served by it.
        let (requests, received) = sync_channel(1);
        let hierarchies = hierarchies.clone();
        let thread = std::thread::Builder::new().name("cgroup-primer".to_owned()).stack_size(STACK_BYTES);
        match thread.spawn(move || run(&hierarchies, &received)) {
            Ok(_) => Self { requests: Some(requests) },
            Err(error) => {
                tracing::debug!(%error, "starts are not primed");
                Self { requests: None }
            }
        }
    }

    /// Containers are about to be started. Never waits.
    pub(crate) fn prime(&self) {
        if let Some(requests) = &self.requests {
            // Full: one is on its way.
            let _ = requests.try_send(());
        }
    }
}

fn run(hierarchies: &Hierarchies, requests: &Receiver<()>) {
    let thread = rustix::thread::gettid().as_raw_nonzero().to_string();
    let own = match fs::read_to_string("/proc/thread-self/cgroup") {
        Ok(text) => own_files(hierarchies, &text).into_iter().find(|file| lists(file, &thread)),
        Err(_) => None,
    };
    let Some(own) = own else {
        tracing::debug!("starts are not primed: this process's own cgroup is not in sight");
        return;
    };
    while requests.recv().is_ok() {
        // Its number, not "0": for a thread that moves itself so the kernel takes no lock.
        let moved = fs::OpenOptions::new()
            .write(true)
            .open(&own)
            .and_then(|mut file| file.write_all(thread.as_bytes()));
        if let Err(error) = moved {
            tracing::debug!(file = %own.display(), %error, "a start is not primed");
        }
    }
}

/// Files that list the threads of this process's own cgroups, as `/proc/self/cgroup` names these.
fn own_files(hierarchies: &Hierarchies, own: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for line in own.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(names), Some(path)) = (parts.next(), parts.next()) else { continue };
        let path = path.trim_start_matches('/');
        if names.is_empty() {
            files.extend(hierarchies.v2.iter().map(|mount| mount.join(path).join("cgroup.threads")));
            continue;
        }
        let mounts =
            hierarchies.v1.iter().filter(|(v1, _)| names.split(',').any(|n| v1.iter().any(|v| v == n)));
        files.extend(mounts.map(|(_, mount)| mount.join(path).join("tasks")));
    }
    files
}

/// Not so where the mount shows another part of the hierarchy, as in a container.
fn lists(file: &Path, thread: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.lines().any(|line| line == thread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_cgroups_are_found_in_either_version() {
        let hybrid = Hierarchies {
            v1: vec![
                (vec!["cpu".to_owned(), "cpuacct".to_owned()], "/cg/cpu".into()),
                (vec!["xattr".to_owned(), "name=systemd".to_owned()], "/cg/systemd".into()),
            ],
            v2: Some("/cg/unified".into()),
        };
        let own = "9:name=systemd:/a:b\n4:cpu,cpuacct:/\n3:memory:/x\n0::/a\nnonsense\n";
        let files = own_files(&hybrid, own);
        let expected = ["/cg/systemd/a:b/tasks", "/cg/cpu/tasks", "/cg/unified/a/cgroup.threads"];
        assert_eq!(files, expected.map(PathBuf::from));
        let unified = Hierarchies { v1: Vec::new(), v2: Some("/sys/fs/cgroup".into()) };
        let files = own_files(&unified, "0::/user.slice/s.scope\n");
        assert_eq!(files, [PathBuf::from("/sys/fs/cgroup/user.slice/s.scope/cgroup.threads")]);
    }

    #[test]
    fn priming_moves_nothing_and_ends() {
        let place = || fs::read_to_string("/proc/self/cgroup").unwrap();
        let before = place();
        let (requests, received) = sync_channel(1);
        let thread = std::thread::spawn(move || {
            run(&Hierarchies::detect().unwrap(), &received);
            fs::read_to_string("/proc/thread-self/cgroup").unwrap()
        });
        // Where the process cannot see its cgroup the thread has ended, and that is an answer too.
        let _ = requests.send(());
        drop(requests);
        assert_eq!(thread.join().unwrap(), before);
        assert_eq!(place(), before);
    }
}
