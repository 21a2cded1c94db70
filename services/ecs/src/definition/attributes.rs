//! What an instance has to offer to run a task definition: `requiresAttributes`.
//!
//! Names and conditions are those seen in the answers of AWS (published task definitions, 2018 to 2026); the versions of Docker's remote API
//! are those in which Docker brought the option. Conditions for which no answer of AWS was found are marked "not established". An agent that
//! cannot do something does not offer its attribute, so that placement refuses with a reason; [`OWN`] covers what AWS has no attribute for.

use model::ecs::container_definition::{LogConfiguration, LogDriver, ResourceType, Secret};
use model::ecs::task_definition::{CpuArchitecture, IsolationMode, OsFamily};
use model::ecs::{Attribute, ContainerDefinition, TaskDefinition};
use model::status::NetworkMode;
use std::collections::BTreeSet;

/// A task of more vCPUs than this needs an agent that lifted its limit: ten.
const CPU_LIMIT: u32 = 10 * 1024;
const CPU_ARCHITECTURE: &str = "ecs.cpu-architecture";
const OS_TYPE: &str = "ecs.os-type";

type Asks = fn(&TaskDefinition) -> bool;

/// Attributes of Longshore's own, for parameters that AWS never has to ask its instances about.
const OWN: &[(&str, Asks)] = &[
    ("longshore.capability.volume.s3files", |t| {
        t.volumes.iter().any(|v| v.s3files_volume_configuration.is_some())
    }),
    ("longshore.capability.isolation", |t| {
        t.trusted_execution_configuration
            .as_ref()
            .is_some_and(|c| c.isolation_mode.is_some_and(|m| m != IsolationMode::Shared))
    }),
    ("longshore.capability.neuron", |t| has_resource(t, ResourceType::NeuronDevice)),
    ("longshore.capability.gpu-sharing", |t| {
        t.container_definitions
            .iter()
            .flat_map(|c| &c.resource_requirements)
            .any(|r| r.sharing_strategy.is_some())
    }),
];

/// Attributes of AWS's agent that follow from the task as a whole.
const TASK: &[(&str, Asks)] = &[
    ("ecs.capability.aws-appmesh", |t| t.proxy_configuration.is_some()),
    ("ecs.capability.pid-ipc-namespace-sharing", |t| t.pid_mode.is_some() || t.ipc_mode.is_some()),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.17", |t| t.pid_mode.is_some() || t.ipc_mode.is_some()),
    ("ecs.capability.task-eni", |t| t.network_mode == Some(NetworkMode::Awsvpc)),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.18", |t| t.network_mode == Some(NetworkMode::Awsvpc)),
    ("com.amazonaws.ecs.capability.task-iam-role", |t| t.task_role_arn.is_some()),
    ("com.amazonaws.ecs.capability.task-iam-role-network-host", |t| {
        t.task_role_arn.is_some() && t.network_mode == Some(NetworkMode::Host)
    }),
    // Not established: from here on.
    ("ecs.capability.increased-task-cpu-limit", |t| t.cpu.is_some_and(|cpu| cpu.0 > CPU_LIMIT)),
    ("ecs.capability.fault-injection", |t| t.enable_fault_injection == Some(true)),
];

/// What follows from a container: a name and its condition.
type OfContainer = (&'static str, fn(&ContainerDefinition) -> bool);

/// Attributes of AWS's agent that follow from a container.
const CONTAINER: &[OfContainer] = &[
    ("com.amazonaws.ecs.capability.privileged-container", |c| c.privileged == Some(true)),
    ("ecs.capability.container-ordering", |c| !c.depends_on.is_empty()),
    ("ecs.capability.container-health-check", |c| c.health_check.is_some()),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.24", |c| {
        c.health_check.as_ref().is_some_and(|h| h.start_period.is_none()) || !c.system_controls.is_empty()
    }),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.29", |c| {
        c.health_check.as_ref().is_some_and(|h| h.start_period.is_some())
    }),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.18", |c| {
        !c.ulimits.is_empty() || !c.docker_labels.is_empty()
    }),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.21", |c| c.memory_reservation.is_some()),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.22", |c| {
        c.linux_parameters.as_ref().is_some_and(|l| l.shared_memory_size.is_some() || !l.tmpfs.is_empty())
    }),
    ("com.amazonaws.ecs.capability.docker-remote-api.1.25", |c| {
        c.linux_parameters.as_ref().is_some_and(|l| l.init_process_enabled == Some(true))
    }),
    ("ecs.capability.env-files.s3", |c| !c.environment_files.is_empty()),
    ("ecs.capability.private-registry-authentication.secretsmanager", |c| c.repository_credentials.is_some()),
    ("ecs.capability.network.container-port-range", |c| {
        c.port_mappings.iter().any(|p| p.container_port_range.is_some())
    }),
    ("ecs.capability.container-restart-policy", |c| c.restart_policy.as_ref().is_some_and(|p| p.enabled)),
    // Not established: from here on.
    ("com.amazonaws.ecs.capability.docker-remote-api.1.17", |c| c.readonly_root_filesystem == Some(true)),
    ("ecs.capability.gmsa", |c| !c.credential_specs.is_empty()),
    ("com.amazonaws.ecs.capability.selinux", |c| {
        c.docker_security_options.iter().any(|o| o.starts_with("label"))
    }),
    ("com.amazonaws.ecs.capability.apparmor", |c| {
        c.docker_security_options.iter().any(|o| o.starts_with("apparmor") && !o.ends_with("unconfined"))
    }),
];

/// The attributes that a completed task definition requires, in order of their names.
pub(super) fn derive(task: &TaskDefinition) -> Vec<Attribute> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    names.extend(OWN.iter().chain(TASK).filter(|(_, asks)| asks(task)).map(|(name, _)| (*name).to_owned()));
    for container in &task.container_definitions {
        names
            .extend(CONTAINER.iter().filter(|(_, asks)| asks(container)).map(|(name, _)| (*name).to_owned()));
        image(container, task, &mut names);
        secrets(&container.secrets, "environment-variables", &mut names);
        if let Some(log) = &container.log_configuration {
            logs(log, task, &mut names);
        }
        firelens(container, &mut names);
    }
    volumes(task, &mut names);
    names.into_iter().map(Attribute::named).chain(platform(task)).collect()
}

/// Whether DescribeTaskDefinition shows it. The platform is shown as `runtimePlatform` alone, but placement is held to it by the attributes.
pub(crate) fn is_shown(attribute: &Attribute) -> bool {
    attribute.name != CPU_ARCHITECTURE && attribute.name != OS_TYPE
}

/// Whether an image comes from Amazon ECR, whose host names begin with the account.
pub(super) fn is_ecr(image: &str) -> bool {
    let host = image.split('/').next().unwrap_or_default();
    let account = host.get(..12).unwrap_or_default();
    account.bytes().all(|b| b.is_ascii_digit())
        && (host[account.len()..].starts_with(".dkr.ecr") || host[account.len()..].starts_with(".dkr-ecr"))
}

fn has_resource(task: &TaskDefinition, kind: ResourceType) -> bool {
    task.container_definitions.iter().flat_map(|c| &c.resource_requirements).any(|r| r.kind == Some(kind))
}

fn image(container: &ContainerDefinition, task: &TaskDefinition, names: &mut BTreeSet<String>) {
    if is_ecr(container.image.as_deref().unwrap_or_default()) {
        names.insert("com.amazonaws.ecs.capability.ecr-auth".to_owned());
        if task.execution_role_arn.is_some() {
            names.insert("ecs.capability.execution-role-ecr-pull".to_owned());
        }
    }
}

/// A secret of Secrets Manager has that service's ARN; all others are parameters of Systems Manager.
fn secrets(secrets: &[Secret], purpose: &str, names: &mut BTreeSet<String>) {
    for secret in secrets {
        let arn: Option<model::Arn> = secret.value_from.parse().ok();
        let store = if arn.is_some_and(|arn| arn.service == "secretsmanager") { "asm" } else { "ssm" };
        names.insert(format!("ecs.capability.secrets.{store}.{purpose}"));
    }
}

fn logs(log: &LogConfiguration, task: &TaskDefinition, names: &mut BTreeSet<String>) {
    let Some(driver) = log.log_driver else { return };
    names.insert(format!("com.amazonaws.ecs.capability.logging-driver.{driver}"));
    // The official agent's least versions; for awslogs what AWS answers.
    let least = match driver {
        LogDriver::JsonFile | LogDriver::Syslog => Some(18),
        LogDriver::Awslogs | LogDriver::Journald => Some(19),
        LogDriver::Gelf | LogDriver::Fluentd => Some(20),
        LogDriver::Splunk => Some(22),
        LogDriver::Awsfirelens => None,
    };
    let mut versions: Vec<u32> = least.into_iter().collect();
    let has = |option: &str| log.options.contains_key(option);
    if has("mode") || has("max-buffer-size") {
        versions.push(28);
    }
    if driver == LogDriver::Awslogs {
        if has("awslogs-create-group") {
            versions.push(29);
        }
        if task.execution_role_arn.is_some() {
            names.insert("ecs.capability.execution-role-awslogs".to_owned());
        }
    }
    names.extend(
        versions.into_iter().map(|minor| format!("com.amazonaws.ecs.capability.docker-remote-api.1.{minor}")),
    );
    secrets(&log.secret_options, "bootstrap.log-driver", names);
}

fn firelens(container: &ContainerDefinition, names: &mut BTreeSet<String>) {
    let Some(router) = &container.firelens_configuration else { return };
    if let Some(kind) = router.kind {
        names.insert(format!("ecs.capability.firelens.{kind}"));
    }
    if let Some(kind @ ("s3" | "file")) = router.options.get("config-file-type").map(String::as_str) {
        names.insert(format!("ecs.capability.firelens.options.config.{kind}"));
    }
}

fn volumes(task: &TaskDefinition, names: &mut BTreeSet<String>) {
    for volume in &task.volumes {
        if let Some(efs) = &volume.efs_volume_configuration {
            names.insert("ecs.capability.efs".to_owned());
            names.insert("com.amazonaws.ecs.capability.docker-remote-api.1.25".to_owned());
            if efs.authorization_config.is_some() {
                names.insert("ecs.capability.efsAuth".to_owned());
            }
        }
        if let Some(docker) = &volume.docker_volume_configuration {
            names.insert(format!(
                "ecs.capability.docker-plugin.{}",
                docker.driver.as_deref().unwrap_or("local")
            ));
            names.insert("com.amazonaws.ecs.capability.docker-remote-api.1.25".to_owned());
        }
        if volume.fsx_windows_file_server_volume_configuration.is_some() {
            names.insert("ecs.capability.fsxWindowsFileServer".to_owned());
        }
        if volume.configured_at_launch == Some(true) {
            names.insert("ecs.capability.storage.ebs-task-volume-attach".to_owned());
        }
    }
}

/// The platform that was asked for, as agents name it.
fn platform(task: &TaskDefinition) -> impl Iterator<Item = Attribute> {
    let asked = task.runtime_platform.as_ref();
    let architecture = asked.and_then(|p| p.cpu_architecture).map(|architecture| match architecture {
        CpuArchitecture::X8664 => "x86_64",
        CpuArchitecture::Arm64 => "arm64",
    });
    let os = asked
        .and_then(|p| p.operating_system_family)
        .map(|os| if os == OsFamily::Linux { "linux" } else { "windows" });
    let attributes = [
        architecture.map(|a| Attribute::valued(CPU_ARCHITECTURE, a)),
        os.map(|o| Attribute::valued(OS_TYPE, o)),
    ];
    attributes.into_iter().flatten()
}
