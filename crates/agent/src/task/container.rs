//! One container of a payload.

use super::read::condition;
use super::{ContainerPlan, MountPlan, NetworkPlan, ProbePlan, Refusal, VolumePlan, refuse};
use crate::config::{Config, LaunchKind};
use crate::logs;
use agent_protocol::docker;
use agent_protocol::payload::{
    Container, DevicePermission, PortMapping, Task, TransportProtocol as PayloadProtocol,
};
use model::status::TransportProtocol;
use plan::task::{Condition, ContainerSpec, Dependency, HealthCheck, RestartPolicy};
use runtime::spec::{
    Capabilities, CpuLimits, Device, MemoryLimits, MemorySwap, Mount, MountKind, Resources, Seccomp, Ulimit,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a container is read in.
pub(super) struct Context<'a> {
    pub task: &'a Task,
    pub config: &'a Config,
    pub network: &'a NetworkPlan,
    pub volumes: &'a [VolumePlan],
}

impl Context<'_> {
    fn index_of(&self, container: &str, asked_by: &str) -> Result<usize, Refusal> {
        let found = self.task.containers.iter().position(|c| c.name == container);
        found.ok_or_else(|| {
            Refusal(format!("container {asked_by} names container {container}, which does not exist"))
        })
    }
}

/// CPU shares: the kernel takes no fewer than 2.
pub(super) fn shares(cpu: Option<i64>) -> u64 {
    u64::try_from(cpu.unwrap_or(0)).unwrap_or(0).max(2)
}

/// What the stepper needs to know.
pub(super) fn spec(container: &Container, context: &Context<'_>) -> Result<ContainerSpec, Refusal> {
    let name = &container.name;
    let mut depends_on = Vec::new();
    for dependency in &container.depends_on {
        let on = context.index_of(dependency.container_name.as_deref().unwrap_or_default(), name)?;
        depends_on.push(Dependency { container: on, condition: condition(dependency.condition.as_ref())? });
    }
    for link in &container.links {
        let on = context.index_of(link.split(':').next().unwrap_or_default(), name)?;
        depends_on.push(Dependency { container: on, condition: Condition::Start });
    }
    for from in &container.volumes_from {
        let on = context.index_of(from.source_container.as_deref().unwrap_or_default(), name)?;
        depends_on.push(Dependency { container: on, condition: Condition::Create });
    }
    let seconds = |value: Option<i64>| {
        value.and_then(|v| u64::try_from(v).ok()).filter(|v| *v > 0).map(Duration::from_secs)
    };
    let config = docker_config(container)?.0;
    Ok(ContainerSpec {
        name: name.clone(),
        essential: container.essential.unwrap_or(false),
        depends_on,
        start_timeout: seconds(container.start_timeout),
        stop_timeout: seconds(container.stop_timeout).unwrap_or(context.config.stop_timeout),
        restart: restart_policy(container)?,
        health_check: health_check(&config).map(|(check, _)| check),
    })
}

fn restart_policy(container: &Container) -> Result<Option<RestartPolicy>, Refusal> {
    let Some(policy) = container.restart_policy.as_ref().filter(|p| p.enabled == Some(true)) else {
        return Ok(None);
    };
    let period = policy.restart_attempt_period.and_then(|v| u64::try_from(v).ok()).filter(|v| *v > 0);
    let period = period.map_or(RestartPolicy::DEFAULT_ATTEMPT_PERIOD, Duration::from_secs);
    if period < RestartPolicy::MIN_ATTEMPT_PERIOD {
        return refuse(format!(
            "container {}: restartAttemptPeriod must be at least 60 seconds",
            container.name
        ));
    }
    let ignored_exit_codes =
        policy.ignored_exit_codes.iter().filter_map(|c| i32::try_from(*c).ok()).collect();
    Ok(Some(RestartPolicy { ignored_exit_codes, attempt_period: period }))
}

/// The health check and its command. Only what the task definition says counts, as in ECS; the image's own does not.
fn health_check(config: &docker::Config) -> Option<(HealthCheck, Vec<String>)> {
    let given = config.healthcheck.as_ref()?;
    let (kind, rest) = given.test.split_first()?;
    let args = match kind.as_str() {
        "NONE" => return None,
        "CMD-SHELL" => vec!["/bin/sh".to_owned(), "-c".to_owned(), rest.join(" ")],
        "CMD" => rest.to_vec(),
        _ => given.test.clone(),
    };
    let default = HealthCheck::default();
    let nanos = |value: i64, default: Duration| match u64::try_from(value) {
        Ok(0) | Err(_) => default,
        Ok(nanos) => Duration::from_nanos(nanos),
    };
    let check = HealthCheck {
        interval: nanos(given.interval, default.interval),
        timeout: nanos(given.timeout, default.timeout),
        start_period: nanos(given.start_period, default.start_period),
        retries: u32::try_from(given.retries).ok().filter(|r| *r > 0).unwrap_or(default.retries),
    };
    (!args.is_empty()).then_some((check, args))
}

fn docker_config(container: &Container) -> Result<(docker::Config, docker::HostConfig), Refusal> {
    let Some(both) = &container.docker_config else { return Ok(Default::default()) };
    let bad = |what: &str, e: serde_json::Error| {
        Refusal(format!("DockerClientConfigError: container {}: {what}: {e}", container.name))
    };
    let config = both.parsed_config().map_err(|e| bad("config", e))?;
    let host = both.parsed_host_config().map_err(|e| bad("hostConfig", e))?;
    Ok((config, host))
}

/// Reads a container, or says why it is not run.
pub(super) fn read(container: &Container, context: &Context<'_>) -> Result<ContainerPlan, Refusal> {
    let name = &container.name;
    unsupported(container)?;
    let (config, host) = docker_config(container)?;
    unknown_docker_keys(name, &config, &host)?;
    let privileged = host.privileged || container.privileged == Some(true);
    if privileged && !context.config.privileged {
        return refuse(format!("container {name}: privileged containers are disabled on this instance"));
    }
    let overrides = container
        .parsed_overrides()
        .map_err(|e| Refusal(format!("container {name}: overrides cannot be read: {e}")))?;
    let image = container.image.clone().filter(|i| !i.is_empty());
    let image = image.ok_or_else(|| Refusal(format!("container {name} names no image")))?;
    let linux = container.linux_parameters.clone().unwrap_or_default();
    let (no_new_privileges, seccomp) = security(name, &host.security_opt)?;
    let mut capabilities = Capabilities { add: host.cap_add.clone(), drop: host.cap_drop.clone() };
    if let Some(more) = &linux.capabilities {
        capabilities.add.extend(more.add.iter().cloned());
        capabilities.drop.extend(more.drop.iter().cloned());
    }
    let shm_bytes =
        positive(host.shm_size).or_else(|| linux.shared_memory_size.and_then(positive).map(|mib| mib << 20));
    Ok(ContainerPlan {
        name: name.clone(),
        image,
        entry_point: container.entry_point.clone(),
        command: overrides.command.unwrap_or_else(|| container.command.clone()),
        env: environment(container, context),
        user: config.user.clone(),
        cwd: config.working_dir.clone(),
        hostname: Some(config.hostname.clone()).filter(|h| !h.is_empty()),
        readonly_rootfs: host.readonly_rootfs,
        privileged,
        no_new_privileges,
        seccomp,
        capabilities,
        devices: devices(&host, &linux),
        ulimits: host.ulimits.iter().map(ulimit).collect(),
        sysctls: host.sysctls.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
        tmpfs: host.tmpfs.iter().map(|(path, options)| tmpfs(path, options)).collect(),
        shm_bytes,
        tty: config.tty,
        stdin_open: config.open_stdin,
        init_process: host.init.or(linux.init_process_enabled).unwrap_or(false),
        oom_score_adj: i32::try_from(host.oom_score_adj).ok().filter(|v| *v != 0),
        resources: resources(container, &host)?,
        ports: ports(container, context.network)?,
        port_ranges: container.port_mappings.iter().map(|p| p.container_port_range.is_some()).collect(),
        no_network: no_network(name, &host.network_mode, context.network)?,
        mounts: mounts(container, context.volumes)?,
        volumes_from: volumes_from(container, context)?,
        links: links(container, context)?,
        extra_hosts: extra_hosts(name, &host.extra_hosts)?,
        dns: host.dns.clone(),
        dns_search: host.dns_search.clone(),
        dns_options: host.dns_options.clone(),
        log_driver: host.log_config.as_ref().map(|l| l.r#type.clone()).filter(|t| !t.is_empty()),
        log_options: host.log_config.as_ref().map(|l| l.config.clone()).unwrap_or_default(),
        labels: labels(container, &config, context),
        log: logs::plan(container, host.log_config.as_ref(), context.task, context.config)?,
        probe: health_check(&config).map(|(check, args)| ProbePlan { args, timeout: check.timeout }),
        stop_signal: config.stop_signal.clone().filter(|s| !s.is_empty()),
    })
}

fn unsupported(container: &Container) -> Result<(), Refusal> {
    let checks = [
        (!container.secrets.is_empty(), "secrets"),
        (!container.environment_files.is_empty(), "environmentFiles"),
        (container.firelens_configuration.is_some(), "firelensConfiguration"),
        (!container.managed_agents.is_empty(), "ECS Exec"),
        (container.registry_authentication.is_some(), "registry authentication"),
        (!container.credential_specs.is_empty(), "credentialSpecs"),
    ];
    match checks.iter().find(|(present, _)| *present) {
        Some((_, what)) => {
            refuse(format!("container {}: {what} is not supported by this agent", container.name))
        }
        None => Ok(()),
    }
}

/// Docker options that are not read here: refused where they say anything.
fn unknown_docker_keys(
    name: &str,
    config: &docker::Config,
    host: &docker::HostConfig,
) -> Result<(), Refusal> {
    // They say nothing that could be carried out, or repeat what the payload says elsewhere.
    const HARMLESS: [&str; 8] = [
        "ExposedPorts",
        "AttachStdout",
        "AttachStderr",
        "StdinOnce",
        "Volumes",
        "PortBindings",
        "RestartPolicy",
        "Links",
    ];
    let says_something = |value: &serde_json::Value| match value {
        serde_json::Value::Null => false,
        serde_json::Value::Bool(b) => *b,
        serde_json::Value::Number(n) => n.as_f64() != Some(0.0),
        serde_json::Value::String(s) => !s.is_empty(),
        serde_json::Value::Array(a) => !a.is_empty(),
        serde_json::Value::Object(o) => !o.is_empty(),
    };
    let mut unknown = config.other.iter().chain(&host.other);
    match unknown.find(|(key, value)| !HARMLESS.contains(&key.as_str()) && says_something(value)) {
        Some((key, _)) => {
            refuse(format!("HostConfigError: container {name}: Docker option {key} is not supported"))
        }
        None => Ok(()),
    }
}

fn security(name: &str, options: &[String]) -> Result<(bool, Seccomp), Refusal> {
    let (mut no_new_privileges, mut seccomp) = (false, Seccomp::Default);
    for option in options {
        match option.replace('=', ":").as_str() {
            "no-new-privileges" | "no-new-privileges:true" => no_new_privileges = true,
            "no-new-privileges:false" => no_new_privileges = false,
            "seccomp:unconfined" => seccomp = Seccomp::Unconfined,
            // No AppArmor profile is applied here to anybody.
            "apparmor:unconfined" => {}
            _ => return refuse(format!("container {name}: dockerSecurityOptions {option} is not supported")),
        }
    }
    Ok((no_new_privileges, seccomp))
}

fn environment(container: &Container, context: &Context<'_>) -> BTreeMap<String, String> {
    let mut env = container.environment.clone();
    // One node may run tasks of several launch types.
    let kind = match context.task.launch_type.as_deref() {
        Some("EC2") => LaunchKind::Ec2,
        Some("EXTERNAL") => LaunchKind::External,
        Some("FARGATE") => LaunchKind::Fargate,
        Some(_) | None => context.config.launch,
    };
    let kind = match kind {
        LaunchKind::Ec2 => "AWS_ECS_EC2",
        LaunchKind::External => "AWS_ECS_EXTERNAL",
        LaunchKind::Fargate => "AWS_ECS_FARGATE",
    };
    let region = context.config.region.as_str();
    // What the task definition says of them stands.
    for (name, value) in [("AWS_EXECUTION_ENV", kind), ("AWS_REGION", region), ("AWS_DEFAULT_REGION", region)]
    {
        env.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }
    env
}

/// Docker's labels, with those by which ECS's containers are known.
fn labels(container: &Container, config: &docker::Config, context: &Context<'_>) -> BTreeMap<String, String> {
    let task = context.task;
    let ours = [
        ("task-arn", Some(&task.arn)),
        ("container-name", Some(&container.name)),
        ("task-definition-family", task.family.as_ref()),
        ("task-definition-version", task.version.as_ref()),
        ("cluster", Some(&context.config.cluster)),
    ];
    let ours = ours
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (format!("com.amazonaws.ecs.{name}"), value.clone())));
    config.labels.clone().into_iter().chain(ours).collect()
}

fn devices(host: &docker::HostConfig, linux: &agent_protocol::payload::LinuxParameters) -> Vec<Device> {
    let mapped = host.devices.iter().map(|d| {
        let all = d.cgroup_permissions.is_empty();
        let may = |letter| all || d.cgroup_permissions.contains(letter);
        Device {
            host_path: PathBuf::from(&d.path_on_host),
            container_path: Some(PathBuf::from(&d.path_in_container)).filter(|p| !p.as_os_str().is_empty()),
            read: may('r'),
            write: may('w'),
            mknod: may('m'),
        }
    });
    let listed = linux.devices.iter().map(|d| {
        let may = |p: DevicePermission| d.permissions.is_empty() || d.permissions.contains(&p);
        Device {
            host_path: PathBuf::from(d.host_path.as_deref().unwrap_or_default()),
            container_path: d.container_path.as_deref().filter(|p| !p.is_empty()).map(PathBuf::from),
            read: may(DevicePermission::Read),
            write: may(DevicePermission::Write),
            mknod: may(DevicePermission::Mknod),
        }
    });
    mapped.chain(listed).collect()
}

fn ulimit(limit: &docker::Ulimit) -> Ulimit {
    // -1 is unlimited.
    let value = |v: i64| u64::try_from(v).unwrap_or(u64::MAX);
    Ulimit { name: limit.name.clone(), soft: value(limit.soft), hard: value(limit.hard) }
}

fn tmpfs(path: &str, options: &str) -> Mount {
    let (sizes, options): (Vec<_>, Vec<_>) =
        options.split(',').filter(|o| !o.is_empty()).map(str::to_owned).partition(|o| o.starts_with("size="));
    let size_bytes = sizes.last().and_then(|s| parse_size(s.trim_start_matches("size=")));
    Mount { target: PathBuf::from(path), kind: MountKind::Tmpfs { size_bytes, options }, readonly: false }
}

/// `64m`, `1g`, `65536`.
fn parse_size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1 << 10,
        "m" | "mb" => 1 << 20,
        "g" | "gb" => 1 << 30,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

fn positive(value: i64) -> Option<u64> {
    u64::try_from(value).ok().filter(|v| *v > 0)
}

fn resources(container: &Container, host: &docker::HostConfig) -> Result<Resources, Refusal> {
    let limit_bytes = match container.memory.and_then(positive) {
        Some(mib) => mib.checked_mul(1 << 20),
        None => positive(host.memory),
    };
    let swap = match (host.memory_swap, limit_bytes) {
        (0, _) => MemorySwap::Default,
        (i64::MIN..=-1, _) => MemorySwap::Unlimited,
        (total, Some(limit)) => MemorySwap::Bytes(u64::try_from(total).unwrap_or(0).saturating_sub(limit)),
        (_, None) => return refuse(format!("container {}: maxSwap needs a memory limit", container.name)),
    };
    Ok(Resources {
        cpu: CpuLimits {
            shares: Some(positive(host.cpu_shares).unwrap_or_else(|| shares(container.cpu)).max(2)),
            ..CpuLimits::default()
        },
        memory: MemoryLimits {
            limit_bytes,
            reservation_bytes: positive(host.memory_reservation),
            swap,
            swappiness: host.memory_swappiness.and_then(|v| u64::try_from(v).ok()),
        },
        pids: host.pids_limit.and_then(positive),
    })
}

fn ports(container: &Container, network: &NetworkPlan) -> Result<Vec<net::PortRequest>, Refusal> {
    let bad =
        |what: &str, port: i64| Refusal(format!("container {}: {port} is not a {what} port", container.name));
    let read = |mapping: &PortMapping| {
        let (port, count) = match &mapping.container_port_range {
            Some(range) => port_range(range).ok_or_else(|| {
                Refusal(format!("container {}: {range} is not a range of ports", container.name))
            })?,
            None => {
                let container_port = mapping.container_port.unwrap_or(0);
                let port = u16::try_from(container_port).ok().filter(|p| *p > 0);
                (port.ok_or_else(|| bad("container", container_port))?, 1)
            }
        };
        let asked = mapping.host_port.unwrap_or(0);
        let asked = u16::try_from(asked).map_err(|_| bad("host", asked))?;
        let protocol = match mapping.protocol.as_ref() {
            None | Some(PayloadProtocol::Tcp) => TransportProtocol::Tcp,
            Some(PayloadProtocol::Udp) => TransportProtocol::Udp,
            Some(PayloadProtocol::Other(text)) => {
                return refuse(format!("container {}: protocol {text} is not supported", container.name));
            }
        };
        let host_port = match network {
            // On the host's own network a container's port is the host's port.
            NetworkPlan::Host => Some(port),
            NetworkPlan::Bridge | NetworkPlan::None | NetworkPlan::Awsvpc(_) => {
                Some(asked).filter(|p| *p > 0)
            }
        };
        Ok(net::PortRequest { container_port: port, host_port, count, protocol })
    };
    container.port_mappings.iter().map(read).collect()
}

/// The first port of `8000-8100`, and how many they are.
fn port_range(text: &str) -> Option<(u16, u16)> {
    let (low, high) = text.split_once('-')?;
    let (low, high): (u16, u16) = (low.parse().ok()?, high.parse().ok()?);
    (low > 0 && low <= high).then(|| (low, high - low + 1))
}

/// Docker's network mode of a container repeats the task's, or says `none` where networking is disabled.
fn no_network(name: &str, mode: &str, network: &NetworkPlan) -> Result<bool, Refusal> {
    match (mode, network) {
        ("none", NetworkPlan::Bridge | NetworkPlan::None) => Ok(true),
        ("none", NetworkPlan::Host | NetworkPlan::Awsvpc(_)) => {
            refuse(format!("container {name}: disableNetworking is not supported in this network mode"))
        }
        ("" | "default" | "bridge" | "host", _) => Ok(false),
        (other, _) => {
            refuse(format!("HostConfigError: container {name}: network mode {other} is not supported"))
        }
    }
}

fn mounts(container: &Container, volumes: &[VolumePlan]) -> Result<Vec<MountPlan>, Refusal> {
    let read = |point: &agent_protocol::payload::MountPoint| {
        let source = point.source_volume.as_deref().unwrap_or_default();
        let volume = volumes.iter().position(|v| v.name == source);
        let volume = volume.ok_or_else(|| {
            Refusal(format!("container {} mounts volume {source}, which does not exist", container.name))
        })?;
        let path = point.container_path.as_deref().unwrap_or_default();
        if !Path::new(path).is_absolute() {
            return refuse(format!("container {}: mount path '{path}' is not absolute", container.name));
        }
        Ok(MountPlan { volume, path: PathBuf::from(path), readonly: point.read_only == Some(true) })
    };
    container.mount_points.iter().map(read).collect()
}

fn volumes_from(container: &Container, context: &Context<'_>) -> Result<Vec<(usize, bool)>, Refusal> {
    let read = |from: &agent_protocol::payload::VolumeFrom| {
        let source = from.source_container.as_deref().unwrap_or_default();
        Ok((context.index_of(source, &container.name)?, from.read_only == Some(true)))
    };
    container.volumes_from.iter().map(read).collect()
}

fn links(container: &Container, context: &Context<'_>) -> Result<Vec<(usize, String)>, Refusal> {
    let read = |link: &String| {
        let (source, alias) = link.split_once(':').unwrap_or((link, link));
        Ok((context.index_of(source, &container.name)?, alias.to_owned()))
    };
    container.links.iter().map(read).collect()
}

/// Docker's `name:address`.
fn extra_hosts(name: &str, hosts: &[String]) -> Result<Vec<(String, String)>, Refusal> {
    let read = |entry: &String| {
        let (host, address) = entry.split_once(':').unwrap_or((entry, ""));
        if address.parse::<std::net::IpAddr>().is_err()
            || host.is_empty()
            || host.contains(char::is_whitespace)
        {
            return refuse(format!(
                "container {name}: extraHosts entry '{entry}' is not a name and an address"
            ));
        }
        Ok((host.to_owned(), address.to_owned()))
    };
    hosts.iter().map(read).collect()
}
