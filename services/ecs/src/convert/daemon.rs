//! A daemon task definition in both directions. Its containers are those of a task definition with fewer members.

use super::ToApi;
use crate::daemon::DaemonTaskDefinition;
use api::ecs as a;
use model::ecs::container_definition as c;
use model::ecs::volume as v;

/// The container of a task definition that a daemon's stands for.
pub(crate) fn daemon_container(given: a::DaemonContainerDefinition) -> a::ContainerDefinition {
    let linux = given.linux_parameters.map(|linux| a::LinuxParameters {
        capabilities: linux.capabilities,
        devices: linux.devices,
        init_process_enabled: linux.init_process_enabled,
        tmpfs: linux.tmpfs,
        ..a::LinuxParameters::default()
    });
    a::ContainerDefinition {
        name: given.name,
        image: Some(given.image),
        memory: given.memory,
        memory_reservation: given.memory_reservation,
        repository_credentials: given.repository_credentials,
        health_check: given.health_check,
        cpu: given.cpu,
        essential: given.essential,
        entry_point: given.entry_point,
        command: given.command,
        working_directory: given.working_directory,
        environment_files: given.environment_files,
        environment: given.environment,
        secrets: given.secrets,
        readonly_root_filesystem: given.readonly_root_filesystem,
        mount_points: given.mount_points,
        log_configuration: given.log_configuration,
        firelens_configuration: given.firelens_configuration,
        privileged: given.privileged,
        user: given.user,
        ulimits: given.ulimits,
        linux_parameters: linux,
        depends_on: given.depends_on,
        start_timeout: given.start_timeout,
        stop_timeout: given.stop_timeout,
        system_controls: given.system_controls,
        interactive: given.interactive,
        pseudo_terminal: given.pseudo_terminal,
        restart_policy: given.restart_policy,
        ..a::ContainerDefinition::default()
    }
}

fn shown_container(record: &c::ContainerDefinition) -> a::DaemonContainerDefinition {
    let shown: a::ContainerDefinition = record.to_api();
    let linux = shown.linux_parameters.map(|linux| a::DaemonLinuxParameters {
        capabilities: linux.capabilities,
        devices: linux.devices,
        init_process_enabled: linux.init_process_enabled,
        tmpfs: linux.tmpfs,
    });
    a::DaemonContainerDefinition {
        name: shown.name,
        image: shown.image.unwrap_or_default(),
        memory: shown.memory,
        memory_reservation: shown.memory_reservation,
        repository_credentials: shown.repository_credentials,
        health_check: shown.health_check,
        cpu: shown.cpu,
        essential: shown.essential,
        entry_point: shown.entry_point,
        command: shown.command,
        working_directory: shown.working_directory,
        environment_files: shown.environment_files,
        environment: shown.environment,
        secrets: shown.secrets,
        readonly_root_filesystem: shown.readonly_root_filesystem,
        mount_points: shown.mount_points,
        log_configuration: shown.log_configuration,
        firelens_configuration: shown.firelens_configuration,
        privileged: shown.privileged,
        user: shown.user,
        ulimits: shown.ulimits,
        linux_parameters: linux,
        depends_on: shown.depends_on,
        start_timeout: shown.start_timeout,
        stop_timeout: shown.stop_timeout,
        system_controls: shown.system_controls,
        interactive: shown.interactive,
        pseudo_terminal: shown.pseudo_terminal,
        restart_policy: shown.restart_policy,
    }
}

fn shown_volume(record: &v::Volume) -> a::DaemonVolume {
    a::DaemonVolume {
        name: record.name.clone(),
        host: record.host.to_api(),
        log_driver_volume_configuration: None,
    }
}

/// What a revision's record says.
pub(crate) fn daemon_task_definition(record: &DaemonTaskDefinition) -> a::DaemonTaskDefinition {
    a::DaemonTaskDefinition {
        daemon_task_definition_arn: Some(record.arn()),
        family: Some(record.family.clone()),
        revision: Some(i32::try_from(record.revision).unwrap_or(i32::MAX)),
        task_role_arn: record.task_role_arn.clone(),
        execution_role_arn: record.execution_role_arn.clone(),
        container_definitions: Some(record.container_definitions.iter().map(shown_container).collect()),
        volumes: Some(record.volumes.iter().map(shown_volume).collect()),
        cpu: record.cpu.map(|cpu| cpu.to_string()),
        memory: record.memory.map(|memory| memory.0.to_string()),
        status: Some(status(record)),
        registered_at: Some(record.registered_at.to_api()),
        delete_requested_at: record.delete_requested_at.to_api(),
        registered_by: Some(record.registered_by.clone()),
        pid_mode: Some(if record.shares_pids { a::DaemonPidMode::Shared } else { a::DaemonPidMode::None }),
        ipc_mode: Some(if record.shares_ipc { a::DaemonIpcMode::Shared } else { a::DaemonIpcMode::None }),
    }
}

/// What a list says of it.
pub(crate) fn daemon_task_definition_summary(
    record: &DaemonTaskDefinition,
) -> a::DaemonTaskDefinitionSummary {
    a::DaemonTaskDefinitionSummary {
        arn: Some(record.arn()),
        registered_at: Some(record.registered_at.to_api()),
        registered_by: Some(record.registered_by.clone()),
        delete_requested_at: record.delete_requested_at.to_api(),
        status: Some(status(record)),
    }
}

fn status(record: &DaemonTaskDefinition) -> a::DaemonTaskDefinitionStatus {
    match record.delete_requested_at {
        Some(_) => a::DaemonTaskDefinitionStatus::DeleteInProgress,
        None => a::DaemonTaskDefinitionStatus::Active,
    }
}
