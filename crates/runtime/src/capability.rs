//! Capability names, Docker's default set, and what a specification makes of it.
//!
//! Source: capabilities(7); the default set is the one Docker documents.

use crate::error::{Error, Result};
use crate::spec::Capabilities;

/// In the kernel's order: the index is the number.
const NAMES: [&str; 41] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

const DEFAULT: [&str; 14] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "FSETID",
    "FOWNER",
    "MKNOD",
    "NET_RAW",
    "SETGID",
    "SETUID",
    "SETFCAP",
    "SETPCAP",
    "NET_BIND_SERVICE",
    "SYS_CHROOT",
    "KILL",
    "AUDIT_WRITE",
];

/// The set as bits. `available` is this process's bounding set: nobody can give what he has not.
pub(crate) fn resolve(changes: &Capabilities, privileged: bool, available: u64) -> Result<u64> {
    let all = available;
    let (added, dropped) = (set_of(&changes.add, all)?, set_of(&changes.drop, u64::MAX)?);
    if privileged {
        return Ok(all);
    }
    let drops_all = changes.drop.iter().any(|name| name.eq_ignore_ascii_case("ALL"));
    let adds_all = changes.add.iter().any(|name| name.eq_ignore_ascii_case("ALL"));
    // As in Docker: what is named one by one beats ALL on the other side.
    let set = match (adds_all, drops_all) {
        (_, true) => added,
        (true, false) => all & !dropped,
        (false, false) => (default_set() | added) & !dropped,
    };
    Ok(set & available)
}

/// Names with the prefix the OCI specification wants.
pub(crate) fn names(set: u64) -> Vec<String> {
    let numbered = NAMES.iter().enumerate().filter(|(number, _)| set & (1 << number) != 0);
    numbered.map(|(_, name)| format!("CAP_{name}")).collect()
}

/// Whether a set has a capability.
pub(crate) fn contains(set: u64, name: &str) -> bool {
    bit(name).is_some_and(|bit| set & bit != 0)
}

fn default_set() -> u64 {
    DEFAULT.iter().filter_map(|name| bit(name)).sum()
}

fn set_of(names: &[String], all: u64) -> Result<u64> {
    let mut set = 0;
    for name in names {
        set |= match name.to_ascii_uppercase().as_str() {
            "ALL" => all,
            upper => bit(upper.strip_prefix("CAP_").unwrap_or(upper))
                .ok_or_else(|| Error::InvalidSpec { reason: format!("unknown capability: {name:?}") })?,
        };
    }
    Ok(set)
}

fn bit(name: &str) -> Option<u64> {
    NAMES.iter().position(|known| *known == name).map(|number| 1 << number)
}

#[cfg(test)]
mod tests {
    use super::{default_set, names, resolve};
    use crate::spec::Capabilities;

    fn changes(add: &[&str], drop: &[&str]) -> Capabilities {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Capabilities { add: owned(add), drop: owned(drop) }
    }

    #[test]
    fn sets_are_those_docker_makes() {
        // The default as it shows in /proc/self/status of a container.
        assert_eq!(default_set(), 0xa80425fb);
        let all = (1 << 41) - 1;
        for (add, drop, expected) in [
            (&[][..], &[][..], 0xa80425fb),
            (&["SYS_ADMIN"], &[], 0xa80425fb | 1 << 21),
            (&["cap_sys_admin"], &["CAP_CHOWN"], (0xa80425fb | 1 << 21) & !1),
            (&["NET_BIND_SERVICE"], &["ALL"], 1 << 10),
            (&["ALL"], &["MKNOD"], all & !(1 << 27)),
            (&[], &["all"], 0),
        ] {
            assert_eq!(resolve(&changes(add, drop), false, all).unwrap(), expected, "{add:?} {drop:?}");
        }
        assert_eq!(resolve(&changes(&["ALL"], &[]), false, 0b101).unwrap(), 0b101);
        assert_eq!(resolve(&changes(&[], &[]), true, all & !(1 << 24)).unwrap(), all & !(1 << 24));
        assert!(resolve(&changes(&["FLY"], &[]), false, all).is_err());
        assert_eq!(names(1 | 1 << 21), ["CAP_CHOWN", "CAP_SYS_ADMIN"]);
    }
}
