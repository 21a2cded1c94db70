//! Finding and executing a command, and everything between "inside the namespaces" and that.

use std::ffi::CString;
use std::fs;
use std::io;

use crate::sys;
use crate::{Failure, ProcessPlan, Step};

/// Turns this process, which is root with all capabilities inside the container's namespaces, into the planned one as far as
/// possible without executing anything: owner of stdio, limits, user, filter, capabilities, directory.
pub fn assume(plan: &ProcessPlan, filters: &[Vec<u8>]) -> Result<(), Failure> {
    sys::reset_signals();
    if let Some(score) = plan.oom_score_adj {
        fs::write("/proc/self/oom_score_adj", score.to_string())
            .map_err(|error| Failure::of(Step::Limit, &error, "oom_score_adj"))?;
    }
    // Otherwise another user could not open /dev/stdout. Devices such as /dev/null refuse or do not matter.
    for fd in 0..3 {
        if plan.uid != 0 && !is_character_device(fd) {
            let _ = sys::give_to(fd, plan.uid);
        }
    }
    for (resource, soft, hard) in &plan.rlimits {
        sys::set_limit(*resource, *soft, *hard)
            .map_err(|error| Failure::of(Step::Limit, &error, format!("rlimit {resource}")))?;
    }
    let identity = |detail: &'static str| move |error: io::Error| Failure::of(Step::Identity, &error, detail);
    sys::set_groups(&plan.groups).map_err(identity("setgroups"))?;
    sys::become_user(plan.uid, plan.gid).map_err(identity("setuid"))?;
    std::env::set_current_dir(if plan.cwd.is_empty() { "/" } else { &plan.cwd })
        .map_err(|error| Failure::of(Step::Cwd, &error, plan.cwd.clone()))?;
    if plan.no_new_privileges {
        sys::no_new_privs().map_err(identity("no_new_privs"))?;
    }
    for filter in filters {
        sys::load_seccomp(filter).map_err(|error| Failure::of(Step::Seccomp, &error, "load"))?;
    }
    sys::drop_bounding(plan.capabilities).map_err(identity("bounding set"))?;
    sys::keep_no_more_than(plan.capabilities).map_err(identity("capset"))?;
    Ok(())
}

/// Executes a command; returns only when that fails. A name without `/` is looked up in PATH of `env`; unlike `execvp`, a file that
/// the kernel cannot execute is not handed to a shell.
pub fn execute(args: &[String], env: &[String]) -> Failure {
    let Some(name) = args.first().filter(|name| !name.is_empty()) else {
        return Failure { step: Step::Command, errno: libc::ENOENT, detail: String::new() };
    };
    let (Ok(arguments), Ok(environment)) = (c_strings(args), c_strings(env)) else {
        return Failure { step: Step::Command, errno: libc::EINVAL, detail: name.clone() };
    };
    let failure = |error: &io::Error| Failure {
        step: Step::Command,
        errno: error.raw_os_error().unwrap_or(0),
        detail: name.clone(),
    };
    if name.contains('/') {
        return failure(&sys::execute(&arguments[0], &arguments, &environment));
    }
    let path = env.iter().rev().find_map(|variable| variable.strip_prefix("PATH=")).unwrap_or("");
    let mut worst = io::Error::from_raw_os_error(libc::ENOENT);
    for directory in path.split(':').filter(|directory| !directory.is_empty()) {
        let Ok(candidate) = CString::new(format!("{directory}/{name}")) else { continue };
        let error = sys::execute(&candidate, &arguments, &environment);
        match error.raw_os_error() {
            Some(libc::ENOENT | libc::ENOTDIR) => {}
            // Something is there but may not be executed; a later directory may still have a better one.
            Some(libc::EACCES) => worst = error,
            _ => return failure(&error),
        }
    }
    failure(&worst)
}

/// Reads a file of filter programs (see [`ProcessPlan::seccomp`]). To be done while the host's files can still be seen.
pub fn read_filters(plan: &ProcessPlan) -> Result<Vec<Vec<u8>>, Failure> {
    let Some(path) = &plan.seccomp else { return Ok(Vec::new()) };
    let shown = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| Failure::of(Step::Seccomp, &error, shown.clone()))?;
    split_filters(&bytes).ok_or(Failure {
        step: Step::Seccomp,
        errno: 0,
        detail: format!("{shown} is damaged"),
    })
}

fn split_filters(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut filters = Vec::new();
    while !bytes.is_empty() {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*count)).ok()?.checked_mul(8)?;
        let (filter, rest) = rest.split_at_checked(length)?;
        filters.push(filter.to_vec());
        bytes = rest;
    }
    (!filters.is_empty()).then_some(filters)
}

/// As the kernel wants them.
pub fn c_strings(texts: &[String]) -> Result<Vec<CString>, std::ffi::NulError> {
    texts.iter().map(|text| CString::new(text.as_str())).collect()
}

fn is_character_device(fd: i32) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    fs::metadata(format!("/proc/self/fd/{fd}")).is_ok_and(|meta| meta.file_type().is_char_device())
}

#[cfg(test)]
mod tests {
    use super::{execute, split_filters};
    use crate::Step;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn why_a_command_cannot_be_executed_is_told_apart() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(path("plain"), "no program").unwrap();
        std::fs::write(path("broken"), "no program").unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(path("broken"), mode).unwrap();
        let env = [format!("PATH=/nonexistent:{}", directory.path().display())];
        for (command, errno) in [
            ("absent".to_owned(), libc::ENOENT),
            ("plain".to_owned(), libc::EACCES),
            ("broken".to_owned(), libc::ENOEXEC),
            (path("absent"), libc::ENOENT),
            (path("plain"), libc::EACCES),
            (String::new(), libc::ENOENT),
        ] {
            let failure = execute(&owned(&[&command]), &env);
            assert_eq!((failure.step, failure.errno), (Step::Command, errno), "{command}");
        }
    }

    #[test]
    fn filter_files_are_split_or_refused() {
        let mut file = 1_u32.to_le_bytes().to_vec();
        file.extend([7; 8]);
        assert_eq!(split_filters(&file), Some(vec![vec![7; 8]]));
        assert_eq!(split_filters(&file[..11]), None);
        assert_eq!(split_filters(&[]), None);
    }
}
