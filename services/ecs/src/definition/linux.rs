//! Linux parameters: capabilities, devices, shared memory, tmpfs, swap.

use super::{name, refuse};
use api::ecs::Error;
use model::ecs::ContainerDefinition;
use std::collections::BTreeSet;

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
        if !paths.insert(&tmpfs.container_path) {
            return invalid("tmpfs", "Its container paths must be unique.");
        }
    }
    Ok(())
}
