//! Turns a specification into numbers and an OCI runtime configuration.
//!
//! Everything that depends on the image or the host (user, devices, what the kernel offers) is resolved here, before the shim starts;
//! nothing is decided after. For the embedded runtime the process part holds next to nothing, because the shim does that itself.
//! Source: OCI runtime specification 1.2; defaults (mounts, masked and read-only paths, devices) as Docker 27 makes them, observed.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use shim::{DeviceRule, ProcessPlan};

use crate::capability;
use crate::cgroup::Hierarchies;
use crate::cgroup::limits::memory_and_swap;
use crate::error::{Error, Result};
use crate::spec::{
    CgroupSpace, ContainerSpec, IpcSpace, NetworkSpace, PidSpace, Resources, Seccomp, UtsSpace,
};
use crate::user;

mod devices;
mod mounts;
mod sysctls;

pub(crate) use devices::rules as device_rules;
pub(crate) use mounts::has_own_cgroup_view;

const DEFAULT_PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const MASKED: [&str; 10] = [
    "/proc/asound",
    "/proc/acpi",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
];
const MASKED_SYS: [&str; 2] = ["/sys/firmware", "/sys/devices/virtual/powercap"];
const READONLY: [&str; 5] = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/// Where an external runtime finds our init inside the container.
pub(crate) const INIT_INSIDE: &str = "/sbin/longshore-init";

/// What the embedded and the external runtime differ in.
pub(crate) struct Target<'a> {
    pub(crate) hierarchies: &'a Hierarchies,
    /// The container's cgroup, below the mount points.
    pub(crate) cgroup: &'a str,
    /// None for the embedded runtime; otherwise the file of the init program on the host.
    pub(crate) external_init: Option<&'a Path>,
}

/// The process, down to numbers. `seccomp` stays empty.
pub(crate) fn process(spec: &ContainerSpec) -> Result<ProcessPlan> {
    if spec.args.first().is_none_or(String::is_empty) {
        return Err(Error::InvalidSpec { reason: "no command specified".to_owned() });
    }
    if spec.args.iter().chain(&spec.env).any(|text| text.contains('\0')) {
        return Err(Error::InvalidSpec {
            reason: "arguments and environment may not contain zero bytes".to_owned(),
        });
    }
    let user = user::resolve(&spec.rootfs, &spec.user)?;
    let capabilities = capability::resolve(&spec.capabilities, spec.privileged, bounding_set()?)?;
    Ok(ProcessPlan {
        args: spec.args.clone(),
        env: environment(spec, user.home.as_deref()),
        cwd: if spec.cwd.is_empty() { "/".to_owned() } else { spec.cwd.clone() },
        uid: user.uid,
        gid: user.gid,
        groups: user.groups,
        capabilities,
        no_new_privileges: spec.no_new_privileges,
        rlimits: spec
            .ulimits
            .iter()
            .map(|limit| Ok((rlimit(&limit.name)?, limit.soft, limit.hard)))
            .collect::<Result<_>>()?,
        oom_score_adj: spec.oom_score_adj,
        seccomp: None,
    })
}

/// Whether the container runs under the system call filter.
pub(crate) fn filtered(spec: &ContainerSpec) -> bool {
    spec.seccomp == Seccomp::Default && !spec.privileged
}

/// The configuration file's content.
pub(crate) fn config(spec: &ContainerSpec, plan: &ProcessPlan, target: &Target<'_>) -> Result<Value> {
    if spec.uts == UtsSpace::Host && spec.hostname.is_some() {
        return Err(Error::InvalidSpec { reason: "a host name needs an own UTS namespace".to_owned() });
    }
    let mut linux = Map::new();
    linux.insert("cgroupsPath".to_owned(), json!(format!("/{}", target.cgroup)));
    linux.insert("namespaces".to_owned(), namespaces(spec, target.hierarchies.is_v2()));
    linux.insert("resources".to_owned(), resources(spec, target.hierarchies)?);
    linux.insert("devices".to_owned(), devices::nodes(spec)?);
    linux.insert("sysctl".to_owned(), Value::Object(sysctls::all(spec)?));
    // libcontainer knows the word without the r; both mean the whole tree.
    let propagation = if target.external_init.is_some() { "rslave" } else { "slave" };
    linux.insert("rootfsPropagation".to_owned(), json!(propagation));
    if !spec.privileged {
        linux.insert("maskedPaths".to_owned(), json!(masked(spec)));
        linux.insert("readonlyPaths".to_owned(), json!(readonly(spec)));
    }
    let process = match target.external_init {
        Some(_) => {
            if filtered(spec) {
                linux.insert("seccomp".to_owned(), crate::seccomp::oci(plan.capabilities));
            }
            external_process(spec, plan)
        }
        None => json!({ "terminal": spec.tty, "user": { "uid": 0, "gid": 0 }, "args": ["-"],
            "env": [DEFAULT_PATH], "cwd": "/" }),
    };
    let mut config = json!({
        "ociVersion": "1.0.2",
        "root": { "path": spec.rootfs, "readonly": spec.readonly_rootfs },
        "process": process,
        "mounts": mounts::all(spec, target)?,
        "linux": linux,
    });
    if let (Some(hostname), Value::Object(config)) = (&spec.hostname, &mut config) {
        config.insert("hostname".to_owned(), json!(hostname));
    }
    Ok(config)
}

fn external_process(spec: &ContainerSpec, plan: &ProcessPlan) -> Value {
    let names = capability::names(plan.capabilities);
    let mut args = plan.args.clone();
    if spec.init_process {
        args.splice(0..0, [INIT_INSIDE, "init", "-"].map(str::to_owned));
    }
    let effective = if plan.uid == 0 { names.clone() } else { Vec::new() };
    let mut process = json!({
        "terminal": spec.tty,
        "user": { "uid": plan.uid, "gid": plan.gid, "additionalGids": plan.groups },
        "args": args,
        "env": plan.env,
        "cwd": plan.cwd,
        "capabilities": { "bounding": names, "effective": effective, "permitted": effective },
        "noNewPrivileges": plan.no_new_privileges,
        "rlimits": spec.ulimits.iter().map(|limit| json!({
            "type": format!("RLIMIT_{}", limit.name.to_ascii_uppercase()), "soft": limit.soft, "hard": limit.hard
        })).collect::<Vec<_>>(),
    });
    if let (Some(score), Value::Object(process)) = (plan.oom_score_adj, &mut process) {
        process.insert("oomScoreAdj".to_owned(), json!(score));
    }
    process
}

fn environment(spec: &ContainerSpec, home: Option<&str>) -> Vec<String> {
    let mut env: Vec<String> = Vec::with_capacity(spec.env.len() + 4);
    let has = |name: &str| spec.env.iter().any(|entry| entry.split('=').next() == Some(name));
    if !has("PATH") {
        env.push(DEFAULT_PATH.to_owned());
    }
    if let Some(hostname) = spec.hostname.as_ref().filter(|_| !has("HOSTNAME")) {
        env.push(format!("HOSTNAME={hostname}"));
    }
    if spec.tty && !has("TERM") {
        env.push("TERM=xterm".to_owned());
    }
    env.extend(spec.env.iter().cloned());
    if !has("HOME") {
        env.push(format!("HOME={}", home.unwrap_or("/")));
    }
    env
}

fn namespaces(spec: &ContainerSpec, v2: bool) -> Value {
    let mut list = vec![json!({ "type": "mount" })];
    let mut add = |kind: &str, path: Option<&Path>| {
        list.push(match path {
            Some(path) => json!({ "type": kind, "path": path }),
            None => json!({ "type": kind }),
        });
    };
    match &spec.network {
        NetworkSpace::New => add("network", None),
        NetworkSpace::Path(path) => add("network", Some(path)),
        NetworkSpace::Host => {}
    }
    match &spec.pid {
        PidSpace::New => add("pid", None),
        PidSpace::Path(path) => add("pid", Some(path)),
        PidSpace::Host => {}
    }
    match &spec.ipc {
        IpcSpace::New | IpcSpace::None => add("ipc", None),
        IpcSpace::Path { namespace, .. } => add("ipc", Some(namespace)),
        IpcSpace::Host => {}
    }
    match &spec.uts {
        UtsSpace::New => add("uts", None),
        UtsSpace::Path(path) => add("uts", Some(path)),
        UtsSpace::Host => {}
    }
    if spec.cgroup == CgroupSpace::New && v2 {
        add("cgroup", None);
    }
    Value::Array(list)
}

fn resources(spec: &ContainerSpec, hierarchies: &Hierarchies) -> Result<Value> {
    let Resources { cpu, memory, pids } = &spec.resources;
    let mut all = Map::new();
    let mut cpu_part = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            cpu_part.insert(name.to_owned(), value);
        }
    };
    put("shares", cpu.shares.map(|v| json!(v.clamp(2, 262_144))));
    put("quota", cpu.quota_us.map(|v| json!(v)));
    put("period", cpu.period_us.map(|v| json!(v)));
    put("cpus", cpu.cpuset_cpus.as_ref().map(|v| json!(v)));
    put("mems", cpu.cpuset_mems.as_ref().map(|v| json!(v)));
    if !cpu_part.is_empty() {
        all.insert("cpu".to_owned(), Value::Object(cpu_part));
    }
    let mut memory_part = Map::new();
    if let Some(limit) = memory.limit_bytes {
        memory_part.insert("limit".to_owned(), json!(limit));
        let swap_counted = hierarchies.is_v2()
            || hierarchies
                .directory("memory", "")
                .is_some_and(|d| d.join("memory.memsw.limit_in_bytes").exists());
        if swap_counted {
            let total = memory_and_swap(memory);
            let total = total.map(|t| i64::try_from(t).unwrap_or(i64::MAX));
            memory_part.insert("swap".to_owned(), json!(total.unwrap_or(-1)));
            if hierarchies.is_v2() && total.is_some_and(|total| total as u64 <= limit) {
                // Runtimes write "max" for a difference of zero.
                memory_part.remove("swap");
                all.insert("unified".to_owned(), json!({ "memory.swap.max": "0" }));
            }
        }
    }
    if let Some(reservation) = memory.reservation_bytes {
        memory_part.insert("reservation".to_owned(), json!(reservation));
    }
    if let Some(swappiness) = memory.swappiness.filter(|_| !hierarchies.is_v2()) {
        memory_part.insert("swappiness".to_owned(), json!(swappiness));
    }
    if !memory_part.is_empty() {
        all.insert("memory".to_owned(), Value::Object(memory_part));
    }
    if let Some(pids) = pids {
        all.insert("pids".to_owned(), json!({ "limit": pids }));
    }
    let rules = devices::rules(spec)?;
    all.insert("devices".to_owned(), rules.iter().map(rule_json).collect());
    Ok(Value::Object(all))
}

fn rule_json(rule: &DeviceRule) -> Value {
    let mut json = json!({ "allow": rule.allow, "type": rule.kind.to_string(), "access": rule.access });
    if let Value::Object(fields) = &mut json {
        fields.extend(rule.major.map(|major| ("major".to_owned(), json!(major))));
        fields.extend(rule.minor.map(|minor| ("minor".to_owned(), json!(minor))));
    }
    json
}

fn masked(spec: &ContainerSpec) -> Vec<String> {
    let own = || MASKED.iter().chain(&MASKED_SYS).map(|path| (*path).to_owned()).collect();
    spec.masked_paths.clone().unwrap_or_else(own)
}

fn readonly(spec: &ContainerSpec) -> Vec<String> {
    spec.readonly_paths.clone().unwrap_or_else(|| READONLY.map(str::to_owned).to_vec())
}

fn bounding_set() -> Result<u64> {
    let path = "/proc/self/status";
    let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    let line = text.lines().find_map(|line| line.strip_prefix("CapBnd:"));
    line.and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok())
        .ok_or_else(|| Error::Damaged { path: path.into(), reason: "no CapBnd".to_owned() })
}

/// A limit's number in the kernel.
fn rlimit(name: &str) -> Result<u32> {
    Ok(match name.to_ascii_lowercase().as_str() {
        "cpu" => libc::RLIMIT_CPU,
        "fsize" => libc::RLIMIT_FSIZE,
        "data" => libc::RLIMIT_DATA,
        "stack" => libc::RLIMIT_STACK,
        "core" => libc::RLIMIT_CORE,
        "rss" => libc::RLIMIT_RSS,
        "nproc" => libc::RLIMIT_NPROC,
        "nofile" => libc::RLIMIT_NOFILE,
        "memlock" => libc::RLIMIT_MEMLOCK,
        "as" => libc::RLIMIT_AS,
        "locks" => libc::RLIMIT_LOCKS,
        "sigpending" => libc::RLIMIT_SIGPENDING,
        "msgqueue" => libc::RLIMIT_MSGQUEUE,
        "nice" => libc::RLIMIT_NICE,
        "rtprio" => libc::RLIMIT_RTPRIO,
        "rttime" => libc::RLIMIT_RTTIME,
        _ => return Err(Error::InvalidSpec { reason: format!("invalid ulimit type: {name}") }),
    })
}

#[cfg(test)]
mod tests;
