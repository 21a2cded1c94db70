//! Control groups of this host: where they are mounted, the cgroup of a task, what a container used, and removing it all.
//!
//! Containers' own limits are set by the OCI runtime; tasks' limits and all clearing up are done here. Works on cgroup v1, on the hybrid
//! layout (v1 controllers beside an empty v2 tree) and on v2. Invariant: only paths below the root given at the start are ever made or removed.
//! Source: kernel documentation, admin-guide/cgroup-v1 and cgroup-v2.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::{TaskCgroup, TaskLimits};

pub(crate) mod limits;
pub(crate) mod prime;
mod stats;

/// The mounted hierarchies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hierarchies {
    /// Version 1: names (`cpu`, `cpuacct` or `name=systemd`) and mount point.
    pub(crate) v1: Vec<(Vec<String>, PathBuf)>,
    /// Version 2, if mounted.
    pub(crate) v2: Option<PathBuf>,
}

impl Hierarchies {
    /// Those of this process's mount namespace.
    pub(crate) fn detect() -> Result<Self> {
        let path = "/proc/self/mountinfo";
        let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
        let found = Self::parse(&text);
        if found.v1.is_empty() && found.v2.is_none() {
            return Err(Error::InvalidSpec { reason: "no cgroup hierarchy is mounted".to_owned() });
        }
        Ok(found)
    }

    fn parse(mountinfo: &str) -> Self {
        let mut found = Self { v1: Vec::new(), v2: None };
        for line in mountinfo.lines() {
            let Some((left, right)) = line.split_once(" - ") else { continue };
            let Some(point) = left.split(' ').nth(4) else { continue };
            let mut right = right.split(' ');
            match (right.next(), right.nth(1)) {
                (Some("cgroup2"), _) if found.v2.is_none() => found.v2 = Some(PathBuf::from(point)),
                (Some("cgroup"), Some(options)) => {
                    let names = options.split(',').filter(|option| *option != "rw").map(str::to_owned);
                    found.v1.push((names.collect(), PathBuf::from(point)));
                }
                _ => {}
            }
        }
        found
    }

    /// Whether resources are controlled by version 2.
    pub(crate) fn is_v2(&self) -> bool {
        !self.v1.iter().any(|(names, _)| names.iter().any(|name| !name.starts_with("name=")))
    }

    /// The directory of a cgroup for one controller.
    pub(crate) fn directory(&self, controller: &str, cgroup: &str) -> Option<PathBuf> {
        let mount = if self.is_v2() {
            self.v2.as_ref()
        } else {
            self.v1
                .iter()
                .find(|(names, _)| names.iter().any(|name| name == controller))
                .map(|(_, path)| path)
        };
        mount.map(|mount| mount.join(cgroup))
    }

    /// The directories of a cgroup in every hierarchy that controls resources.
    pub(crate) fn directories(&self, cgroup: &str) -> Vec<PathBuf> {
        if self.is_v2() {
            return self.v2.iter().map(|mount| mount.join(cgroup)).collect();
        }
        let controlling = |names: &[String]| names.iter().any(|name| !name.starts_with("name="));
        self.v1.iter().filter(|(names, _)| controlling(names)).map(|(_, mount)| mount.join(cgroup)).collect()
    }

    /// Version 1: a cgroup's directory in every hierarchy that controls resources, and the names by which it is known.
    pub(crate) fn controlling(&self, cgroup: &str) -> Vec<(BTreeSet<String>, PathBuf)> {
        let of_hierarchy = |(names, mount): &(Vec<String>, PathBuf)| {
            let point = mount.file_name().map(|name| name.to_string_lossy().into_owned());
            let names: BTreeSet<String> = names.iter().cloned().chain(point).collect();
            (!names.iter().any(|name| name.starts_with("name="))).then(|| (names, mount.join(cgroup)))
        };
        self.v1.iter().filter_map(of_hierarchy).collect()
    }

    /// Makes the cgroup of the shims in the hierarchies by which service managers kill, and names its `cgroup.procs` files.
    pub(crate) fn shim_cgroup(&self, cgroup: &str) -> Result<Vec<PathBuf>> {
        let named =
            self.v1.iter().filter(|(names, _)| names.iter().any(|n| n.starts_with("name="))).map(|(_, m)| m);
        let mut files = Vec::new();
        for mount in named.chain(&self.v2) {
            let directory = mount.join(cgroup);
            fs::create_dir_all(&directory).map_err(Error::io("create", &directory))?;
            files.push(directory.join("cgroup.procs"));
        }
        Ok(files)
    }

    /// The file with a cgroup's `oom_kill` counter.
    pub(crate) fn oom_file(&self, cgroup: &str) -> Option<PathBuf> {
        let name = if self.is_v2() { "memory.events" } else { "memory.oom_control" };
        Some(self.directory("memory", cgroup)?.join(name))
    }

    /// A `cgroup.procs` file that lists all processes of a cgroup.
    pub(crate) fn procs_file(&self, cgroup: &str) -> Option<PathBuf> {
        let directory = self.directory("pids", cgroup).or_else(|| self.directory("memory", cgroup))?;
        Some(directory.join("cgroup.procs"))
    }

    /// Makes a task's cgroup below `root` or sets its limits anew.
    pub(crate) fn create_task(&self, root: &str, task: &TaskCgroup, limits: &TaskLimits) -> Result<()> {
        let cgroup = task_path(root, task)?;
        if self.is_v2() {
            let mount = self.v2.as_ref().ok_or_else(|| no_hierarchy("unified"))?;
            make_v2(mount, &cgroup)?;
            let directory = mount.join(&cgroup);
            // Without processes of its own a cgroup may hand its controllers to its children.
            enable_controllers(&directory)?;
            return limits::apply_v2(&directory, limits);
        }
        for directory in self.directories(&cgroup) {
            fs::create_dir_all(&directory).map_err(Error::io("create", &directory))?;
        }
        limits::apply_v1(|controller| self.directory(controller, &cgroup), limits)
    }

    /// Kills what runs in a cgroup and removes it with everything below it. Not an error when it does not exist.
    pub(crate) fn remove(&self, cgroup: &str) -> Result<()> {
        // External runtimes make it in every hierarchy, also in those that control nothing.
        let mounts = self.v1.iter().map(|(_, mount)| mount).chain(&self.v2);
        let directories: Vec<PathBuf> = mounts.map(|mount| mount.join(cgroup)).collect();
        let deadline = Instant::now() + Duration::from_secs(5);
        let mut left: Vec<PathBuf> = directories.into_iter().filter(|directory| directory.exists()).collect();
        let mut failure = None;
        while !left.is_empty() && Instant::now() < deadline {
            left.retain(|directory| match remove_tree(directory) {
                Ok(()) => false,
                Err(error) => {
                    failure = Some(Error::io("remove cgroup", directory)(error));
                    true
                }
            });
            if !left.is_empty() {
                left.iter().for_each(|directory| kill_in(directory));
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        match failure {
            Some(failure) if !left.is_empty() => Err(failure),
            _ => Ok(()),
        }
    }
}

impl Hierarchies {
    /// Removes the cgroups of a root in which nothing runs; whatever holds a process stays.
    pub(crate) fn remove_empty(&self, root: &str) {
        for mount in self.v1.iter().map(|(_, mount)| mount).chain(&self.v2) {
            // A cgroup in use refuses, which is the point.
            let _ = remove_tree(&mount.join(root));
        }
    }
}

/// Path below the mount points: the root and the task's own, refused when it could lead elsewhere.
pub(crate) fn task_path(root: &str, task: &TaskCgroup) -> Result<String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\0');
    if task.0.split('/').all(plain) {
        Ok(format!("{root}/{}", task.0))
    } else {
        Err(Error::InvalidSpec { reason: format!("{:?} is no path of a cgroup", task.0) })
    }
}

fn no_hierarchy(name: &str) -> Error {
    Error::InvalidSpec { reason: format!("this host has no {name} cgroup hierarchy") }
}

/// Makes every directory of the path and lets each hand its controllers to the next.
fn make_v2(mount: &Path, cgroup: &str) -> Result<()> {
    let mut directory = mount.to_owned();
    for part in cgroup.split('/') {
        enable_controllers(&directory)?;
        directory.push(part);
        match fs::create_dir(&directory) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Error::io("create", &directory)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn enable_controllers(directory: &Path) -> Result<()> {
    let list = directory.join("cgroup.controllers");
    let available = fs::read_to_string(&list).map_err(Error::io("read", &list))?;
    let control = directory.join("cgroup.subtree_control");
    let enabled = fs::read_to_string(&control).unwrap_or_default();
    for controller in available.split_ascii_whitespace() {
        let wanted = matches!(controller, "cpu" | "cpuset" | "io" | "memory" | "pids");
        if wanted && !enabled.split_ascii_whitespace().any(|name| name == controller) {
            fs::write(&control, format!("+{controller}")).map_err(Error::io("write", &control))?;
        }
    }
    Ok(())
}

/// Children first. A cgroup is removed by rmdir alone; its files do not count.
fn remove_tree(directory: &Path) -> io::Result<()> {
    match fs::remove_dir(directory) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(_) => {}
    }
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_tree(&entry.path())?;
        }
    }
    fs::remove_dir(directory)
}

fn kill_in(directory: &Path) {
    if fs::write(directory.join("cgroup.kill"), "1").is_ok() {
        return;
    }
    for pid in processes_below(directory) {
        crate::process::kill(pid, libc::SIGKILL);
    }
}

fn processes_below(directory: &Path) -> Vec<i32> {
    let text = fs::read_to_string(directory.join("cgroup.procs")).unwrap_or_default();
    let mut pids: Vec<i32> = text.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            pids.extend(processes_below(&entry.path()));
        }
    }
    pids
}

#[cfg(test)]
mod tests;
