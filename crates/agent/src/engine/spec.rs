//! A container's plan, its image and what was prepared for it → the runtime's description.

use super::actor::TaskContext;
use super::facts::ContainerFacts;
use super::{files, lock, prepare};
use crate::endpoint;
use crate::task::{ContainerPlan, IpcMode, NetworkPlan, PidMode};
use image::ImageConfig;
use runtime::ContainerSpec;
use runtime::spec::{CgroupSpace, IpcSpace, Mount, NetworkSpace, PidSpace, User, UtsSpace};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The spec of a container's process. Further attempts are given what the first was given.
pub(super) fn build(context: &TaskContext, container: usize, attempt: u32) -> Result<ContainerSpec, String> {
    let id = context.container_id(container, attempt);
    let plan = &context.plan.containers[container];
    let (known, spaces) = {
        let facts = lock(&context.facts);
        (facts.containers[container].clone(), facts.spaces.clone())
    };
    if let Some(spec) = known.spec {
        return Ok(ContainerSpec { id, ..spec });
    }
    let rootfs = known.rootfs.clone().ok_or("its root file system is not mounted")?;
    let image = known.image.as_ref().ok_or("its image is not known")?;
    let args = arguments(plan, &image.config);
    if args.is_empty() {
        return Err("no command specified".to_owned());
    }
    let hostname = files::hostname(context, container);
    let mut spec = ContainerSpec::new(id, rootfs, args);
    spec.readonly_rootfs = plan.readonly_rootfs;
    spec.env = environment(&variables(context, &known, plan), &image.config);
    spec.cwd = first_of(&plan.cwd, &image.config.working_dir, "/");
    spec.user = User::from(first_of(&plan.user, &image.config.user, "").as_str());
    spec.uts = if hostname.is_some() { UtsSpace::New } else { UtsSpace::Host };
    spec.hostname = hostname;
    spec.mounts = mounts(context, container, &known);
    spec.shm_bytes = plan.shm_bytes;
    spec.capabilities = plan.capabilities.clone();
    spec.privileged = plan.privileged;
    spec.no_new_privileges = plan.no_new_privileges;
    spec.seccomp = plan.seccomp;
    spec.devices = plan.devices.clone();
    spec.ulimits = plan.ulimits.clone();
    spec.sysctls = plan.sysctls.clone();
    spec.oom_score_adj = plan.oom_score_adj;
    spec.tty = plan.tty;
    spec.stdin_open = plan.stdin_open;
    spec.init_process = plan.init_process;
    spec.network = network(context, &known)?;
    spec.pid = match context.plan.pid {
        PidMode::Own => PidSpace::New,
        PidMode::Host => PidSpace::Host,
        PidMode::Task => {
            PidSpace::Path(spaces.pid.ok_or("the task's namespace of process ids is not there")?)
        }
    };
    spec.ipc = match context.plan.ipc {
        IpcMode::Own => IpcSpace::New,
        IpcMode::Host => IpcSpace::Host,
        IpcMode::None => IpcSpace::None,
        IpcMode::Task { .. } => IpcSpace::Path {
            namespace: spaces.ipc.ok_or("the task's IPC namespace is not there")?,
            shm: Some(prepare::shm_dir(context)),
        },
    };
    spec.cgroup = CgroupSpace::New;
    spec.resources = plan.resources.clone();
    spec.cgroup_parent = Some(prepare::task_cgroup(context));
    spec.log = plan.log.limits();
    Ok(spec)
}

/// Docker's rule: an entry point that is given drops the image's command with the image's entry point.
fn arguments(plan: &ContainerPlan, image: &ImageConfig) -> Vec<String> {
    let command = match (plan.command.is_empty(), plan.entry_point.is_empty()) {
        (false, _) => &plan.command,
        (true, true) => &image.cmd,
        (true, false) => &plan.command,
    };
    let entry_point = if plan.entry_point.is_empty() { &image.entrypoint } else { &plan.entry_point };
    entry_point.iter().chain(command).cloned().collect()
}

/// The container's variables, and where its endpoint is.
fn variables(
    context: &TaskContext,
    known: &ContainerFacts,
    plan: &ContainerPlan,
) -> BTreeMap<String, String> {
    let mut variables = plan.env.clone();
    if let Some(id) = &known.endpoint_id {
        let endpoints = &context.shared.endpoints;
        let base = endpoints.base(&context.plan);
        variables.extend(endpoint::variables(base, id, context.plan.role.id.as_deref()));
        if let Some(url) = endpoints.api(&context.shared, &context.plan) {
            variables.entry("AWS_ENDPOINT_URL".to_owned()).or_insert(url);
        }
    }
    variables
}

/// The image's variables in their order, replaced where the container says so, then the container's own.
fn environment(own: &BTreeMap<String, String>, image: &ImageConfig) -> Vec<String> {
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let kept = image.env.iter().filter(|pair| !own.contains_key(&name(pair))).cloned();
    kept.chain(own.iter().map(|(name, value)| format!("{name}={value}"))).collect()
}

fn first_of(first: &str, second: &str, default: &str) -> String {
    [first, second].into_iter().find(|t| !t.is_empty()).unwrap_or(default).to_owned()
}

fn mounts(context: &TaskContext, container: usize, known: &ContainerFacts) -> Vec<Mount> {
    let plan = &context.plan.containers[container];
    let dir = files::dir(context, container);
    let own: Vec<PathBuf> = known.volume_mounts.iter().chain(&plan.tmpfs).map(|m| m.target.clone()).collect();
    let mut mounts: Vec<Mount> = files::FILES
        .iter()
        .map(|name| Mount::bind(dir.join(name), format!("/etc/{name}"), false))
        .filter(|m| !own.contains(&m.target))
        .collect();
    mounts.extend(plan.tmpfs.iter().cloned());
    mounts.extend(known.volume_mounts.iter().cloned());
    // A mount inside another comes after it.
    mounts.sort_by_key(|m| m.target.components().count());
    mounts
}

fn network(context: &TaskContext, known: &ContainerFacts) -> Result<NetworkSpace, String> {
    let attached = match context.plan.network {
        NetworkPlan::Host => return Ok(NetworkSpace::Host),
        NetworkPlan::Awsvpc(_) => lock(&context.facts).attached.clone(),
        NetworkPlan::None | NetworkPlan::Bridge => known.attached.clone(),
    };
    let namespace = attached.and_then(|a| a.namespace).ok_or("its network is not attached")?;
    Ok(NetworkSpace::Path(namespace))
}
