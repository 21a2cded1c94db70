//! The default system call filter, compiled once per capability set.
//!
//! Docker's default profile depends on the container's capabilities. Compiling takes milliseconds, so programs are kept in files of the state
//! root under a name that says all they depend on; the shim loads the bytes. External runtimes get the same lists as OCI JSON.
//!
//! Invariant: two programs. The first only turns clone3 into "not implemented" (so that C libraries fall back to clone, whose flags
//! can be judged); the second is the allow-list. The kernel takes the stricter answer of the two.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde_json::{Value, json};

use crate::capability;
use crate::error::{Error, Result};

mod profile;

use profile::{ALWAYS, BY_CAPABILITY, CLONE_NAMESPACE_FLAGS, PERSONALITIES, number};

/// Part of the files' names: to be raised when lists or compilation change.
const VERSION: u32 = 1;

const EPERM: u32 = libc::EPERM as u32;
const ENOSYS: u32 = libc::ENOSYS as u32;

/// The file with the programs for a capability set, made when it does not exist.
pub(crate) fn programs_for(directory: &Path, capabilities: u64) -> Result<PathBuf> {
    let relevant = relevant(capabilities);
    let name = format!("default-v{VERSION}-{}-{relevant:x}.bpf", std::env::consts::ARCH);
    let path = directory.join(&name);
    if path.exists() {
        return Ok(path);
    }
    let mut bytes = Vec::new();
    for program in compile(capabilities)? {
        let count = u32::try_from(program.len()).map_err(|_| failed("too long"))?;
        bytes.extend(count.to_le_bytes());
        for instruction in program {
            bytes.extend(instruction.code.to_ne_bytes());
            bytes.extend([instruction.jt, instruction.jf]);
            bytes.extend(instruction.k.to_ne_bytes());
        }
    }
    fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    // Under a name of its own first: two starts may do this at once.
    let temporary = directory.join(format!(".{name}.{}", crate::process::unique()));
    fs::write(&temporary, bytes).map_err(Error::io("write", &temporary))?;
    fs::rename(&temporary, &path).map_err(Error::io("write", &path))?;
    Ok(path)
}

/// The profile for an external runtime.
pub(crate) fn oci(capabilities: u64) -> Value {
    let mut rules = vec![json!({ "names": allowed_names(capabilities), "action": "SCMP_ACT_ALLOW" })];
    for value in PERSONALITIES {
        rules.push(json!({ "names": ["personality"], "action": "SCMP_ACT_ALLOW",
            "args": [{ "index": 0, "value": value, "op": "SCMP_CMP_EQ" }] }));
    }
    rules.push(json!({ "names": ["socket"], "action": "SCMP_ACT_ALLOW",
        "args": [{ "index": 0, "value": libc::AF_VSOCK, "op": "SCMP_CMP_NE" }] }));
    if !capability::contains(capabilities, "SYS_ADMIN") {
        rules.push(json!({ "names": ["clone"], "action": "SCMP_ACT_ALLOW",
            "args": [{ "index": 0, "value": CLONE_NAMESPACE_FLAGS, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ" }] }));
        rules.push(json!({ "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": ENOSYS }));
    }
    let architectures: &[&str] = if cfg!(target_arch = "aarch64") {
        &["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]
    } else {
        &["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
    };
    json!({ "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": EPERM,
        "architectures": architectures, "syscalls": rules })
}

/// Names that are allowed whatever their arguments.
fn allowed_names(capabilities: u64) -> Vec<&'static str> {
    let granted = BY_CAPABILITY.iter().filter(|(name, _)| capability::contains(capabilities, name));
    let mut names: Vec<&str> = ALWAYS.iter().chain(granted.flat_map(|(_, names)| *names)).copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Those capabilities the profile asks about.
fn relevant(capabilities: u64) -> u64 {
    let asked = BY_CAPABILITY.iter().enumerate();
    asked.filter(|(_, (name, _))| capability::contains(capabilities, name)).map(|(index, _)| 1 << index).sum()
}

fn compile(capabilities: u64) -> Result<Vec<BpfProgram>> {
    let administrator = capability::contains(capabilities, "SYS_ADMIN");
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for name in allowed_names(capabilities) {
        if let Some(number) = number(name) {
            rules.insert(number, Vec::new());
        }
    }
    let personalities =
        PERSONALITIES.iter().map(|value| rule(SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::from(*value)));
    rules.insert(libc::SYS_personality, personalities.collect::<Result<_>>()?);
    let not_vsock = rule(SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, libc::AF_VSOCK as u64)?;
    rules.insert(libc::SYS_socket, vec![not_vsock]);
    rules.insert(libc::SYS_clone3, Vec::new());
    if !administrator {
        let no_namespaces = SeccompCmpOp::MaskedEq(CLONE_NAMESPACE_FLAGS);
        rules.insert(libc::SYS_clone, vec![rule(SeccompCmpArgLen::Qword, no_namespaces, 0)?]);
    }
    let mut programs = Vec::new();
    if !administrator {
        let only_clone3 = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
        programs.push(program(only_clone3, SeccompAction::Allow, SeccompAction::Errno(ENOSYS))?);
    }
    programs.push(program(rules, SeccompAction::Errno(EPERM), SeccompAction::Allow)?);
    Ok(programs)
}

/// On the first argument.
fn rule(length: SeccompCmpArgLen, operator: SeccompCmpOp, value: u64) -> Result<SeccompRule> {
    let condition = SeccompCondition::new(0, length, operator, value).map_err(failed)?;
    SeccompRule::new(vec![condition]).map_err(failed)
}

fn program(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    mismatch: SeccompAction,
    matched: SeccompAction,
) -> Result<BpfProgram> {
    let architecture = std::env::consts::ARCH.try_into().map_err(failed)?;
    SeccompFilter::new(rules, mismatch, matched, architecture).map_err(failed)?.try_into().map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::InvalidSpec { reason: format!("seccomp profile: {error}") }
}

#[cfg(test)]
mod tests {
    use super::{compile, programs_for, relevant};

    #[test]
    fn programs_fit_and_are_made_once_per_set() {
        for capabilities in [0, 0xa80425fb, u64::MAX] {
            for program in compile(capabilities).unwrap() {
                assert!(program.len() < 4096, "{}", program.len());
            }
        }
        let directory = tempfile::tempdir().unwrap();
        let first = programs_for(directory.path(), 0xa80425fb).unwrap();
        // A capability the profile does not ask about makes no new file.
        assert_eq!(relevant(0xa80425fb), relevant(0xa80425fa));
        assert_eq!(programs_for(directory.path(), 0xa80425fa).unwrap(), first);
        assert_ne!(programs_for(directory.path(), 1 << 21).unwrap(), first);
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 2);
    }
}
