//! Kernel parameters that a namespace has of its own. Any other belongs to the whole machine, and to no container.
//!
//! Source: `SystemControl` of the ECS API reference, which lists these and no others.

/// Whose parameter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The IPC namespace.
    Ipc,
    /// The network namespace.
    Network,
}

const IPC: &[&str] = &[
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

/// The kind of namespace that has the parameter; `None`: it is the machine's, or no name of a parameter.
pub fn owner(name: &str) -> Option<Owner> {
    // Names become paths below /proc/sys, so nothing but plain words may stand between the dots.
    let plain = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    if !name.split('.').all(plain) {
        None
    } else if IPC.contains(&name) || name.starts_with("fs.mqueue.") {
        Some(Owner::Ipc)
    } else if name.starts_with("net.") {
        Some(Owner::Network)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_namespaces_are_told_from_those_of_the_machine() {
        for name in ["net.core.somaxconn", "net.ipv4.conf.eth0.rp_filter", "net.ipv4.conf.br-a.arp_ignore"] {
            assert_eq!(owner(name), Some(Owner::Network), "{name}");
        }
        for name in ["kernel.msgmax", "kernel.sem", "kernel.shm_rmid_forced", "fs.mqueue.msg_max"] {
            assert_eq!(owner(name), Some(Owner::Ipc), "{name}");
        }
        let others = [
            "",
            "net",
            "net.",
            "net..core",
            ".net.core.somaxconn",
            "net/core/somaxconn",
            "net.../kernel/core_pattern",
            "net.core.somaxconn\n",
            "network.core",
            "fs.mqueue",
            "fs.file-max",
            "kernel.core_pattern",
            "kernel.modprobe",
            "kernel.hostname",
            "kernel.semaphore",
            "vm.overcommit_memory",
        ];
        for name in others {
            assert_eq!(owner(name), None, "{name:?}");
        }
    }
}
