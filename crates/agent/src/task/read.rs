//! A task payload as a whole: what containers share, their order, and what of the node the task takes.

use super::container::{self, Context};
use super::{IpcMode, NetworkPlan, PidMode, Refusal, TaskPlan, VolumePlan, VolumeSource, network, refuse};
use crate::aws::{Credentials, Refreshed};
use crate::config::Config;
use crate::endpoint::TaskRole;
use agent_protocol::payload::{ContainerCondition, Task, Volume, VolumeScope, VolumeType};
use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib};
use plan::task::admission::Claim;
use plan::task::{Condition, TaskSpec};
use runtime::TaskLimits;
use runtime::spec::{CpuLimits, MemoryLimits};
use std::path::PathBuf;

/// The scheduling period of a task's CPU limit, as the official agent sets it.
const CPU_PERIOD_US: u64 = 100_000;
/// Of a shared memory whose size nobody names (Docker's).
const DEFAULT_SHM_BYTES: u64 = 64 << 20;

/// More than AWS has (200), and no more than an ext4 of the usual block size.
const MOST_STORAGE_GIB: u32 = 16 << 10;

/// Reads a payload, or says why it is not run.
pub(crate) fn read(task: &Task, config: &Config) -> Result<TaskPlan, Refusal> {
    let id = task.arn.rsplit('/').next().unwrap_or_default();
    let plain =
        !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain {
        return refuse(format!("'{}' is not a task ARN", task.arn));
    }
    unsupported(task)?;
    let network = network::read(task)?;
    if matches!(network, NetworkPlan::Awsvpc(_)) && config.awsvpc == crate::config::Awsvpc::Refused {
        return refuse("network mode awsvpc is not supported on this instance");
    }
    let volumes = task.volumes.iter().map(volume).collect::<Result<Vec<_>, _>>()?;
    let context = Context { task, config, network: &network, volumes: &volumes };
    let containers =
        task.containers.iter().map(|c| container::read(c, &context)).collect::<Result<Vec<_>, _>>()?;
    let spec = TaskSpec {
        containers: task
            .containers
            .iter()
            .map(|c| container::spec(c, &context))
            .collect::<Result<Vec<_>, _>>()?,
        pull_upfront: config.pull_upfront,
    };
    let pid = pid_mode(task)?;
    let ipc = ipc_mode(task, &containers)?;
    spec.validate()
        .map_err(|e| Refusal(format!("Task dependencies cannot be resolved, taskArn: {}: {e}", task.arn)))?;
    let limits = task_limits(task)?;
    let storage_gib = task.ephemeral_storage_gib.map(|gib| {
        let size = u32::try_from(gib).ok().filter(|gib| (1..=MOST_STORAGE_GIB).contains(gib));
        size.ok_or_else(|| Refusal(format!("{gib} GiB of ephemeral storage are not possible")))
    });
    let storage_gib = storage_gib.transpose()?;
    let claim = claim(task, &containers, &network);
    Ok(TaskPlan {
        arn: task.arn.clone(),
        id: id.to_owned(),
        family: task.family.clone().unwrap_or_default(),
        version: task.version.clone().unwrap_or_default(),
        spec,
        containers,
        network,
        limits,
        pid,
        ipc,
        volumes,
        storage_gib,
        claim,
        log_credentials: Refreshed::new(execution_credentials(task)),
        role: TaskRole::new(task.role_credentials.as_ref()),
    })
}

/// What the task as a whole asks for and this agent cannot do. The same things are not advertised as attributes, so
/// placement refuses them first.
fn unsupported(task: &Task) -> Result<(), Refusal> {
    if task.proxy_configuration.is_some() {
        return refuse("proxyConfiguration (App Mesh) is not supported");
    }
    if !task.associations.is_empty() {
        return refuse("GPUs and other associated devices are not supported");
    }
    if task.attachments.iter().any(|a| a.attachment_type.as_deref() != Some("ElasticNetworkInterface")) {
        return refuse(
            "attachments other than network interfaces (EBS volumes, Service Connect) are not supported",
        );
    }
    Ok(())
}

fn execution_credentials(task: &Task) -> Option<Credentials> {
    Credentials::try_from(task.execution_role_credentials.as_ref()?).ok()
}

fn volume(volume: &Volume) -> Result<VolumePlan, Refusal> {
    let name = volume.name.clone().unwrap_or_default();
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if name.is_empty() || name.len() > 255 || !plain || name.starts_with('.') {
        return refuse(format!("'{name}' is not a volume name"));
    }
    let kind = volume.r#type.as_ref();
    if volume.efs_volume_configuration.is_some() || kind == Some(&VolumeType::Efs) {
        return refuse(format!("volume {name}: EFS volumes are not supported"));
    }
    if let Some(docker) = &volume.docker_volume_configuration {
        let driver = docker.driver.as_deref().unwrap_or("local");
        if !matches!(driver, "local" | "") {
            return refuse(format!("volume {name}: volume driver {driver} is not supported"));
        }
        if !docker.driver_opts.is_empty() {
            return refuse(format!("volume {name}: driverOpts are not supported"));
        }
        let source = match docker.scope {
            Some(VolumeScope::Shared) => {
                VolumeSource::Shared { autoprovision: docker.autoprovision == Some(true) }
            }
            Some(VolumeScope::Task) | None => VolumeSource::Task,
            Some(VolumeScope::Other(ref scope)) => {
                return refuse(format!("volume {name}: scope {scope} is not supported"));
            }
        };
        return Ok(VolumePlan { name, source });
    }
    match kind {
        None | Some(VolumeType::Host | VolumeType::Docker) => {}
        Some(other) => return refuse(format!("volume {name}: volumes of type {other} are not supported")),
    }
    let path = volume.host.as_ref().and_then(|h| h.source_path.as_deref()).unwrap_or_default();
    let source = match path {
        "" => VolumeSource::Task,
        path if path.starts_with('/') => VolumeSource::Host(PathBuf::from(path)),
        path => return refuse(format!("volume {name}: source path {path} is not absolute")),
    };
    Ok(VolumePlan { name, source })
}

fn pid_mode(task: &Task) -> Result<PidMode, Refusal> {
    match task.pid_mode.as_deref() {
        None | Some("") => Ok(PidMode::Own),
        Some("host") => Ok(PidMode::Host),
        Some("task") => Ok(PidMode::Task),
        Some(other) => refuse(format!("pidMode {other} is not supported")),
    }
}

fn ipc_mode(task: &Task, containers: &[super::ContainerPlan]) -> Result<IpcMode, Refusal> {
    match task.ipc_mode.as_deref() {
        None | Some("") => Ok(IpcMode::Own),
        Some("host") => Ok(IpcMode::Host),
        Some("none") => Ok(IpcMode::None),
        // There is one shared memory for all: as large as the largest that a container asks for.
        Some("task") => {
            let asked = containers.iter().filter_map(|c| c.shm_bytes).max();
            Ok(IpcMode::Task { shm_bytes: asked.unwrap_or(DEFAULT_SHM_BYTES) })
        }
        Some(other) => refuse(format!("ipcMode {other} is not supported")),
    }
}

fn task_limits(task: &Task) -> Result<TaskLimits, Refusal> {
    let mut limits = TaskLimits::default();
    if let Some(vcpus) = task.cpu.filter(|c| *c > 0.0) {
        if !vcpus.is_finite() || vcpus > 4096.0 {
            return refuse(format!("a CPU limit of {vcpus} vCPUs is not possible"));
        }
        limits.cpu = CpuLimits {
            shares: Some(((vcpus * 1024.0) as u64).max(2)),
            quota_us: Some(((vcpus * CPU_PERIOD_US as f64) as i64).max(1000)),
            period_us: Some(CPU_PERIOD_US),
            ..CpuLimits::default()
        };
    } else {
        let shares: u64 = task.containers.iter().map(|c| container::shares(c.cpu)).sum();
        limits.cpu.shares = Some(shares);
    }
    if let Some(mib) = task.memory.filter(|m| *m > 0) {
        let limit_bytes = u64::try_from(mib).ok().and_then(|m| m.checked_mul(1 << 20));
        limits.memory = MemoryLimits { limit_bytes, ..MemoryLimits::default() };
    }
    Ok(limits)
}

/// What the task takes of its node: its own limits, or the sum of its containers'. A container counts with its memory
/// reservation where it has one, otherwise with its limit (the official agent's rule).
fn claim(task: &Task, containers: &[super::ContainerPlan], network: &NetworkPlan) -> Claim {
    let units = |value: i64| u32::try_from(value.max(0)).unwrap_or(u32::MAX);
    let cpu = match task.cpu.filter(|c| *c > 0.0) {
        Some(vcpus) => (vcpus * 1024.0) as u32,
        None => task.containers.iter().map(|c| units(c.cpu.unwrap_or(0))).fold(0, u32::saturating_add),
    };
    let memory = match task.memory.filter(|m| *m > 0) {
        Some(mib) => units(mib),
        None => containers
            .iter()
            .map(|c| {
                c.resources.memory.reservation_bytes.or(c.resources.memory.limit_bytes).unwrap_or(0) >> 20
            })
            .map(|mib| u32::try_from(mib).unwrap_or(u32::MAX))
            .fold(0, u32::saturating_add),
    };
    let mut claim = Claim { cpu: CpuUnits(cpu), memory: MemoryMib(memory), ..Claim::default() };
    if !matches!(network, NetworkPlan::Awsvpc(_)) {
        for port in containers.iter().flat_map(|c| &c.ports) {
            let Some(host) = port.host_port else { continue };
            // A range has none of its own before it is published.
            match port.protocol {
                TransportProtocol::Tcp => claim.tcp_ports.insert(host),
                TransportProtocol::Udp => claim.udp_ports.insert(host),
            };
        }
    }
    claim
}

/// The stepper's name of a condition.
pub(super) fn condition(condition: Option<&ContainerCondition>) -> Result<Condition, Refusal> {
    match condition {
        None | Some(ContainerCondition::Start) => Ok(Condition::Start),
        Some(ContainerCondition::Complete) => Ok(Condition::Complete),
        Some(ContainerCondition::Success) => Ok(Condition::Success),
        Some(ContainerCondition::Healthy) => Ok(Condition::Healthy),
        Some(ContainerCondition::Other(text)) => {
            refuse(format!("dependency condition {text} is not supported"))
        }
    }
}
