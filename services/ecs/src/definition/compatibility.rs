//! What a task definition can run on: Fargate's rules, those of instances of one's own (EC2) and of machines elsewhere (EXTERNAL).
//!
//! A rule that was asked for (`requiresCompatibilities`) refuses; the same rules, asked quietly, give `compatibilities`.

use super::{refuse, size};
use api::ecs::Error;
use model::ecs::container_definition::{LinuxParameters, LogDriver, ResourceType};
use model::ecs::task_definition::{Compatibility, IpcMode, OsFamily, PidMode};
use model::ecs::{ContainerDefinition, TaskDefinition};
use model::status::NetworkMode;

const FARGATE_LOG_DRIVERS: &[LogDriver] = &[LogDriver::Awslogs, LogDriver::Splunk, LogDriver::Awsfirelens];
const LONGEST_STOP_TIMEOUT: i32 = 120;

/// Holds the definition to the rules of what it was registered for. Without a word it is for EC2.
pub(super) fn check(task: &TaskDefinition) -> Result<(), Error> {
    for required in &task.requires_compatibilities {
        match required {
            Compatibility::Fargate => fargate(task)?,
            Compatibility::Ec2 => ec2(task)?,
            Compatibility::External => external(task)?,
            Compatibility::ManagedInstances => managed(task)?,
        }
    }
    if task.requires_compatibilities.is_empty() { ec2(task) } else { Ok(()) }
}

/// All that it could run on, asked for or not.
pub(super) fn derive(task: &TaskDefinition) -> Vec<Compatibility> {
    type Rules = fn(&TaskDefinition) -> Result<(), Error>;
    let all: [(Compatibility, Rules); 3] =
        [(Compatibility::External, external), (Compatibility::Ec2, ec2), (Compatibility::Fargate, fargate)];
    let fits =
        all.into_iter().filter(|(_, rules)| rules(task).is_ok()).map(|(compatibility, _)| compatibility);
    // Not established: whether AWS shows it where it was not asked for.
    let asked = task.requires_compatibilities.iter().find(|c| **c == Compatibility::ManagedInstances);
    fits.chain(asked.copied()).collect()
}

/// Of instances that a capacity provider of Managed Instances makes. Source: "Amazon ECS task definition parameters for Amazon ECS Managed
/// Instances" of the developer guide (2026); the words are not established.
fn managed(task: &TaskDefinition) -> Result<(), Error> {
    match task.network_mode {
        None | Some(NetworkMode::Awsvpc | NetworkMode::Host) => {}
        Some(NetworkMode::Bridge | NetworkMode::None) => {
            return refuse("Managed Instances only support network modes 'awsvpc' and 'host'.");
        }
    }
    if task.ephemeral_storage.is_some() {
        return refuse("Tasks using Managed Instances do not support EphemeralStorage.");
    }
    Ok(())
}

fn ec2(task: &TaskDefinition) -> Result<(), Error> {
    if task.ephemeral_storage.is_some() {
        return refuse("Tasks using the EC2 launch type do not support EphemeralStorage.");
    }
    Ok(())
}

fn external(task: &TaskDefinition) -> Result<(), Error> {
    let unsupported =
        |what: &str| refuse(format!("Tasks using the External launch type do not support {what}."));
    if task.network_mode == Some(NetworkMode::Awsvpc) {
        return unsupported("networkMode 'awsvpc'");
    }
    if task.ephemeral_storage.is_some() {
        return unsupported("EphemeralStorage");
    }
    if task.proxy_configuration.is_some() {
        return unsupported("proxyConfiguration");
    }
    for volume in &task.volumes {
        if volume.efs_volume_configuration.is_some() {
            return unsupported("efsVolumeConfiguration");
        }
        if volume.configured_at_launch == Some(true) {
            return unsupported("configuredAtLaunch");
        }
    }
    Ok(())
}

fn fargate(task: &TaskDefinition) -> Result<(), Error> {
    if task.network_mode != Some(NetworkMode::Awsvpc) {
        return refuse("Fargate only supports network mode ‘awsvpc’.");
    }
    size::check_fargate(task.cpu, task.memory)?;
    let windows = task
        .runtime_platform
        .as_ref()
        .and_then(|p| p.operating_system_family)
        .is_some_and(|os| os != OsFamily::Linux);
    if windows && task.cpu.is_some_and(|cpu| cpu.0 < 1024) {
        return refuse(
            "No Fargate configuration exists for given values: Windows containers need at least 1024 CPU.",
        );
    }
    if task.pid_mode == Some(PidMode::Host) {
        return refuse(
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
        );
    }
    match task.ipc_mode {
        None => {}
        Some(IpcMode::Host | IpcMode::Task | IpcMode::None) => return unsupported("ipcMode"),
    }
    if !task.placement_constraints.is_empty() {
        return unsupported("constraints");
    }
    for volume in &task.volumes {
        if volume.host.as_ref().is_some_and(|h| h.source_path.is_some()) {
            return unsupported("sourcePath");
        }
        if volume.docker_volume_configuration.is_some() {
            return unsupported("dockerVolumeConfiguration");
        }
        if volume.fsx_windows_file_server_volume_configuration.is_some() {
            return unsupported("fsxWindowsFileServerVolumeConfiguration");
        }
    }
    if task.trusted_execution_configuration.is_some() {
        return unsupported("trustedExecutionConfiguration");
    }
    task.container_definitions.iter().try_for_each(|container| fargate_container(container, task))
}

fn unsupported(what: &str) -> Result<(), Error> {
    refuse(format!("Fargate compatible task definitions do not support {what}."))
}

fn fargate_container(container: &ContainerDefinition, task: &TaskDefinition) -> Result<(), Error> {
    if container.privileged == Some(true) {
        return refuse("Fargate requires that the 'privileged' setting be 'false'.");
    }
    if container.resource_requirements.iter().any(|r| r.kind == Some(ResourceType::Gpu)) {
        return refuse("Tasks using the Fargate launch type do not support GPU resource requirements.");
    }
    for (given, what) in [
        (!container.links.is_empty(), "links"),
        (container.disable_networking == Some(true), "disableNetworking"),
        (!container.dns_servers.is_empty(), "dnsServers"),
        (!container.dns_search_domains.is_empty(), "dnsSearchDomains"),
        (!container.docker_security_options.is_empty(), "dockerSecurityOptions"),
        (!container.extra_hosts.is_empty(), "extraHosts"),
        (!container.resource_requirements.is_empty(), "resourceRequirements"),
    ] {
        if given {
            return unsupported(what);
        }
    }
    if container.stop_timeout.is_some_and(|seconds| seconds > LONGEST_STOP_TIMEOUT) {
        return refuse(
            "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
        );
    }
    if container.start_timeout.is_some_and(|seconds| seconds > LONGEST_STOP_TIMEOUT) {
        return refuse(
            "Tasks using the Fargate launch type must have a container start timeout of less than 120 seconds.",
        );
    }
    if let Some(linux) = &container.linux_parameters {
        fargate_linux(linux)?;
    }
    if task.execution_role_arn.is_none()
        && super::attributes::is_ecr(container.image.as_deref().unwrap_or_default())
    {
        return refuse("Fargate requires task definition to have execution role ARN to support ECR images.");
    }
    fargate_logs(container, task)
}

/// tmpfs is allowed: the API's reference has no exception for Fargate any more.
fn fargate_linux(linux: &LinuxParameters) -> Result<(), Error> {
    let added = linux.capabilities.iter().flat_map(|c| &c.add);
    if let Some(capability) = added.into_iter().find(|c| *c != "SYS_PTRACE") {
        return refuse(format!("{capability} is not allowed on Fargate."));
    }
    for (given, what) in [
        (!linux.devices.is_empty(), "devices"),
        (linux.shared_memory_size.is_some(), "sharedMemorySize"),
        (linux.max_swap.is_some(), "maxSwap"),
        (linux.swappiness.is_some(), "swappiness"),
    ] {
        if given {
            return unsupported(what);
        }
    }
    Ok(())
}

fn fargate_logs(container: &ContainerDefinition, task: &TaskDefinition) -> Result<(), Error> {
    if let Some(router) = &container.firelens_configuration
        && router.options.get("config-file-type").is_some_and(|t| t == "s3")
    {
        return refuse("Fargate launch type does not support FirelensConfiguration config file from 's3'.");
    }
    let Some(log) = &container.log_configuration else { return Ok(()) };
    let Some(driver) = log.log_driver else { return Ok(()) };
    if !FARGATE_LOG_DRIVERS.contains(&driver) {
        return refuse(format!(
            "{driver} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]."
        ));
    }
    if driver != LogDriver::Awslogs {
        return Ok(());
    }
    if task.execution_role_arn.is_none() {
        return refuse(
            "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        );
    }
    if !log.options.contains_key("awslogs-stream-prefix") {
        return refuse("Fargate requires log configuration options to include awslogs-stream-prefix.");
    }
    Ok(())
}
