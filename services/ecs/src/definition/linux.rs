//! What a container asks of Linux: capabilities, devices, shared memory, tmpfs, swap, kernel parameters.

use super::{name, refuse};
use api::ecs::Error;
use model::ecs::task_definition::IpcMode;
use model::ecs::{ContainerDefinition, TaskDefinition};
use model::status::NetworkMode;
use model::sysctl::{Owner, owner};
use std::collections::BTreeSet;

/// Source: `Tmpfs`, API reference; those with a value are given as `name=value`.
const TMPFS_OPTIONS: &[&str] = &[
    "defaults",
    "ro",
    "rw",
    "suid",
    "nosuid",
    "dev",
    "nodev",
    "exec",
    "noexec",
    "sync",
    "async",
    "dirsync",
    "remount",
    "mand",
    "nomand",
    "atime",
    "noatime",
    "diratime",
    "nodiratime",
    "bind",
    "rbind",
    "unbindable",
    "runbindable",
    "private",
    "rprivate",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "relatime",
    "norelatime",
    "strictatime",
    "nostrictatime",
];
const TMPFS_VALUES: &[&str] = &["mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"];

/// The capabilities that the API names.
const CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "SYSLOG",
    "WAKE_ALARM",
];

/// Kernel parameters: those of namespaces that the container has of its own. Source: `SystemControl` of the API reference; the words are ours.
pub(super) fn check_system_controls(
    container: &ContainerDefinition,
    task: &TaskDefinition,
) -> Result<(), Error> {
    let invalid = |why: String| {
        refuse(format!("Invalid 'systemControls' setting for container '{}'. {why}", name(container)))
    };
    let mut names = BTreeSet::new();
    for control in &container.system_controls {
        let parameter = control.namespace.as_deref().unwrap_or_default();
        if parameter.is_empty() || control.value.as_deref().unwrap_or_default().is_empty() {
            return refuse("SystemControl.namespace and SystemControl.value should not be null or empty.");
        }
        match owner(parameter) {
            None => {
                return invalid(format!("'{parameter}' is not a namespaced kernel parameter."));
            }
            Some(Owner::Network) if task.network_mode == Some(NetworkMode::Host) => {
                return invalid(format!("'{parameter}' is not supported with the host network mode."));
            }
            Some(Owner::Ipc) if task.ipc_mode == Some(IpcMode::Host) => {
                return invalid(format!("'{parameter}' is not supported with the host IPC mode."));
            }
            Some(Owner::Network | Owner::Ipc) => {}
        }
        if !names.insert(parameter) {
            return invalid(format!("'{parameter}' is specified multiple times."));
        }
    }
    Ok(())
}

pub(super) fn check(container: &ContainerDefinition) -> Result<(), Error> {
    let Some(linux) = &container.linux_parameters else { return Ok(()) };
    if let Some(capabilities) = &linux.capabilities {
        let unknown =
            capabilities.add.iter().chain(&capabilities.drop).find(|c| !CAPABILITIES.contains(&c.as_str()));
        if let Some(capability) = unknown {
            return refuse(format!("{capability} is not a valid Linux capability."));
        }
    }
    for device in &linux.devices {
        if device.host_path.is_empty() {
            return refuse("Device.hostPath should not be null or empty.");
        }
    }
    let invalid = |what: &str, rule: &str| {
        refuse(format!("Invalid '{what}' setting for container '{}'. {rule}", name(container)))
    };
    if linux.shared_memory_size.is_some_and(|mib| mib <= 0) {
        return invalid("sharedMemorySize", "It must be greater than 0.");
    }
    if linux.max_swap.is_some_and(|mib| mib < 0) {
        return invalid("maxSwap", "It must be 0 or a positive number.");
    }
    // The limit that is set is memory and swap together: without the one there is no other. What AWS says here is not established.
    if linux.max_swap.is_some() && container.memory.is_none() {
        return invalid("maxSwap", "It needs the container's memory to be set.");
    }
    if linux.swappiness.is_some_and(|value| !(0..=100).contains(&value)) {
        return invalid("swappiness", "It must be between 0 and 100.");
    }
    let mut paths = BTreeSet::new();
    for tmpfs in &linux.tmpfs {
        if tmpfs.container_path.is_empty() {
            return refuse("Tmpfs.containerPath should not be null or empty.");
        }
        if tmpfs.size <= 0 {
            return invalid("tmpfs", "Its size must be greater than 0.");
        }
        let takes = |option: &String| {
            let (name, value) = option.split_once('=').map_or((option.as_str(), None), |(n, v)| (n, Some(v)));
            match value {
                None => TMPFS_OPTIONS.contains(&name),
                Some(value) => TMPFS_VALUES.contains(&name) && !value.is_empty() && !value.contains(','),
            }
        };
        if let Some(option) = tmpfs.mount_options.iter().find(|option| !takes(option)) {
            return invalid("tmpfs", &format!("Its mount option '{option}' is not known."));
        }
        if !paths.insert(&tmpfs.container_path) {
            return invalid("tmpfs", "Its container paths must be unique.");
        }
    }
    Ok(())
}
