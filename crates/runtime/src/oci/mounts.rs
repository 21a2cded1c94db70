//! What is mounted inside a container: the standard mounts, then those of the specification.

use std::path::{Component, Path};

use serde_json::{Value, json};

use super::{INIT_INSIDE, Target};
use crate::error::{Error, Result};
use crate::spec::{CgroupSpace, ContainerSpec, IpcSpace, MountKind, PidSpace};

const DEFAULT_SHM_BYTES: u64 = 64 << 20;

pub(super) fn all(spec: &ContainerSpec, target: &Target<'_>) -> Result<Value> {
    let mut mounts = standard(spec, target);
    for mount in &spec.mounts {
        let inside = &mount.target;
        if !inside.is_absolute() || inside.components().any(|part| part == Component::ParentDir) {
            return Err(Error::InvalidSpec {
                reason: format!("invalid mount path: {inside:?} mount path must be absolute"),
            });
        }
        // Something mounted on a standard place replaces it.
        mounts.retain(|standard| standard["destination"].as_str().map(Path::new) != Some(inside));
        mounts.push(match &mount.kind {
            MountKind::Bind { source } => {
                if !source.exists() {
                    return Err(Error::Mount {
                        source_path: source.clone(),
                        target: inside.clone(),
                        reason: "bind source path does not exist".to_owned(),
                    });
                }
                let access = if mount.readonly { "ro" } else { "rw" };
                json!({ "destination": inside, "type": "bind", "source": source,
                    "options": ["rbind", "rprivate", access] })
            }
            MountKind::Tmpfs { size_bytes, options } => {
                json!({ "destination": inside, "type": "tmpfs", "source": "tmpfs",
                    "options": tmpfs_options(*size_bytes, options, mount.readonly) })
            }
        });
    }
    if let Some(init) = target.external_init.filter(|_| spec.init_process) {
        mounts.push(
            json!({ "destination": INIT_INSIDE, "type": "bind", "source": init, "options": ["bind", "ro"] }),
        );
    }
    Ok(Value::Array(mounts))
}

fn standard(spec: &ContainerSpec, target: &Target<'_>) -> Vec<Value> {
    let sys_access = if spec.privileged { "rw" } else { "ro" };
    let mut mounts = vec![
        json!({ "destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid", "noexec", "nodev"] }),
        json!({ "destination": "/dev", "type": "tmpfs", "source": "tmpfs",
            "options": ["nosuid", "strictatime", "mode=755", "size=65536k"] }),
        json!({ "destination": "/dev/pts", "type": "devpts", "source": "devpts",
            "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"] }),
        json!({ "destination": "/sys", "type": "sysfs", "source": "sysfs",
            "options": ["nosuid", "noexec", "nodev", sys_access] }),
        json!({ "destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
            "options": ["nosuid", "noexec", "nodev", sys_access] }),
        json!({ "destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue",
            "options": ["nosuid", "noexec", "nodev"] }),
    ];
    if spec.network == crate::spec::NetworkSpace::Host {
        // A sysfs cannot be mounted anew for a namespace that is not one's own; the host's is bound instead.
        mounts[3] = json!({ "destination": "/sys", "type": "bind", "source": "/sys",
            "options": ["rbind", "nosuid", "noexec", "nodev", sys_access] });
        mounts.remove(4);
    } else if spec.cgroup == CgroupSpace::Host && target.hierarchies.is_v2() {
        mounts[4] = json!({ "destination": "/sys/fs/cgroup", "type": "bind", "source": "/sys/fs/cgroup",
            "options": ["rbind", "nosuid", "noexec", "nodev", sys_access] });
    } else if has_own_cgroup_view(spec, target) {
        mounts.splice(4..5, cgroup_view(target, sys_access));
    }
    let bound_shm = |source: &Path| {
        json!({ "destination": "/dev/shm", "type": "bind", "source": source,
        "options": ["bind", "rprivate", "nosuid", "noexec", "nodev"] })
    };
    match &spec.ipc {
        IpcSpace::None => {}
        IpcSpace::Host => {
            mounts.push(bound_shm(Path::new("/dev/shm")));
            mounts.retain(|mount| mount["destination"] != "/dev/mqueue");
            if Path::new("/dev/mqueue").is_dir() {
                mounts.push(json!({ "destination": "/dev/mqueue", "type": "bind", "source": "/dev/mqueue",
                    "options": ["bind", "nosuid", "noexec", "nodev"] }));
            }
        }
        IpcSpace::Path { shm: Some(shm), .. } => mounts.push(bound_shm(shm)),
        IpcSpace::New | IpcSpace::Path { shm: None, .. } => {
            let size = spec.shm_bytes.unwrap_or(DEFAULT_SHM_BYTES);
            mounts.push(json!({ "destination": "/dev/shm", "type": "tmpfs", "source": "shm",
                "options": ["nosuid", "noexec", "nodev", "mode=1777", format!("size={size}")] }));
        }
    }
    mounts
}

/// Whether the container's view of cgroup v1 is put together here instead of by the runtime. libcontainer looks its process up in the
/// host's `/proc` by the number that it has in its own namespace: in one that others are in too, that is nobody there, or somebody else.
pub(crate) fn has_own_cgroup_view(spec: &ContainerSpec, target: &Target<'_>) -> bool {
    let embedded = target.external_init.is_none();
    embedded && !target.hierarchies.is_v2() && matches!(spec.pid, PidSpace::Path(_))
}

/// Of each hierarchy the container's own cgroup, under the names of its controllers and of its mount point.
fn cgroup_view(target: &Target<'_>, access: &str) -> Vec<Value> {
    let place = Path::new("/sys/fs/cgroup");
    let mut view = vec![json!({ "destination": place, "type": "tmpfs", "source": "tmpfs",
        "options": ["nosuid", "noexec", "nodev", "mode=755"] })];
    for (names, directory) in target.hierarchies.controlling(target.cgroup) {
        view.extend(names.iter().map(|name| {
            json!({ "destination": place.join(name), "type": "bind", "source": directory,
                "options": ["bind", "rprivate", "nosuid", "noexec", "nodev", access] })
        }));
    }
    view
}

/// nosuid, nodev and noexec, unless reversed; what contradicts an earlier option replaces it.
fn tmpfs_options(size_bytes: Option<u64>, options: &[String], readonly: bool) -> Vec<String> {
    let mut all: Vec<String> = ["nosuid", "nodev", "noexec"].map(str::to_owned).to_vec();
    if readonly {
        all.push("ro".to_owned());
    }
    for option in options {
        let opposite = match option.as_str() {
            "suid" | "dev" | "exec" | "atime" | "diratime" => format!("no{option}"),
            "rw" => "ro".to_owned(),
            "ro" => "rw".to_owned(),
            other => other.strip_prefix("no").unwrap_or("").to_owned(),
        };
        // "defaults" and the positive forms say nothing once the negative is gone.
        all.retain(|known| *known != opposite && known != option);
        if !matches!(option.as_str(), "suid" | "dev" | "exec" | "defaults" | "atime" | "diratime") {
            all.push(option.clone());
        }
    }
    all.extend(size_bytes.map(|bytes| format!("size={bytes}")));
    all
}

#[cfg(test)]
mod tests {
    use super::tmpfs_options;

    #[test]
    fn tmpfs_options_reverse_the_defaults() {
        let options = |given: &[&str], readonly| {
            let given: Vec<String> = given.iter().map(|option| (*option).to_owned()).collect();
            tmpfs_options(Some(4096), &given, readonly).join(",")
        };
        assert_eq!(options(&[], false), "nosuid,nodev,noexec,size=4096");
        assert_eq!(options(&["exec", "mode=700"], true), "nosuid,nodev,ro,mode=700,size=4096");
        assert_eq!(options(&["rw", "noexec", "defaults"], true), "nosuid,nodev,rw,noexec,size=4096");
    }
}
