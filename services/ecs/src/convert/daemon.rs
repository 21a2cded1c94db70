//! Daemons as the API shows them, and a daemon task definition in both directions: its containers are those of a task definition with fewer members.

use super::{ToApi, enums};
use crate::daemon::{ByRevision, DaemonTaskDefinition};
use api::Timestamp as ApiTimestamp;
use api::ecs as a;
use model::ecs::container_definition as c;
use model::ecs::daemon as m;
use model::ecs::volume as v;
use model::ids::DaemonRevisionArn;

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
    match (record.delete_requested_at, record.deleted_at) {
        (_, Some(_)) => a::DaemonTaskDefinitionStatus::Deleted,
        (Some(_), None) => a::DaemonTaskDefinitionStatus::DeleteInProgress,
        (None, None) => a::DaemonTaskDefinitionStatus::Active,
    }
}

enums! {
    DaemonStatus = m::DaemonStatus,
    DaemonPropagateTags = m::DaemonPropagateTags,
    DaemonDeploymentStatus = m::DaemonDeploymentStatus,
    DaemonDeploymentRollbackMonitorsStatus = model::ecs::service_deployment::Monitor,
}

type Head =
    (Option<String>, Option<a::DaemonStatus>, Option<ApiTimestamp>, Option<ApiTimestamp>, Option<String>);

/// What every change of a daemon is answered with: ARN, status, when it was made and changed, its deployment.
pub(crate) fn daemon_head(record: &m::Daemon) -> Head {
    (
        Some(record.arn.to_string()),
        Some(record.status.to_api()),
        Some(record.created_at.to_api()),
        Some(record.updated_at.to_api()),
        Some(record.deployment.to_string()),
    )
}

pub(crate) fn daemon_summary(record: &m::Daemon) -> a::DaemonSummary {
    let (daemon_arn, status, created_at, updated_at, _) = daemon_head(record);
    a::DaemonSummary { daemon_arn, status, created_at, updated_at }
}

pub(crate) fn daemon(record: &m::Daemon, counts: &ByRevision) -> a::DaemonDetail {
    let (daemon_arn, status, created_at, updated_at, deployment_arn) = daemon_head(record);
    let revisions = counts.iter().map(|(arn, of_providers)| a::DaemonRevisionDetail {
        arn: Some(arn.to_string()),
        total_running_count: Some(of_providers.values().map(|c| c.running).sum()),
        total_without_daemon_count: Some(of_providers.values().map(|c| c.without).sum()),
        capacity_providers: Some(
            of_providers
                .iter()
                .map(|(provider, counts)| a::DaemonCapacityProvider {
                    arn: Some(provider.to_string()),
                    running_count: Some(counts.running),
                    without_daemon_count: Some(counts.without),
                })
                .collect(),
        ),
    });
    a::DaemonDetail {
        daemon_arn,
        cluster_arn: Some(record.cluster.to_string()),
        status,
        current_revisions: Some(revisions.collect()),
        deployment_arn,
        created_at,
        updated_at,
    }
}

pub(crate) fn daemon_deployment_summary(record: &m::DaemonDeployment) -> a::DaemonDeploymentSummary {
    a::DaemonDeploymentSummary {
        daemon_deployment_arn: Some(record.arn.to_string()),
        daemon_arn: Some(record.daemon.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        status: Some(record.status.to_api()),
        status_reason: record.status_reason.clone(),
        target_daemon_revision_arn: record.target.as_ref().map(ToString::to_string),
        created_at: Some(record.created_at.to_api()),
        started_at: record.started_at.to_api(),
        stopped_at: record.stopped_at.to_api(),
        finished_at: record.finished_at.to_api(),
    }
}

pub(crate) fn daemon_deployment(record: &m::DaemonDeployment, counts: &ByRevision) -> a::DaemonDeployment {
    let detail = |arn: &DaemonRevisionArn| {
        let of_providers = counts.get(arn).cloned().unwrap_or_default();
        a::DaemonDeploymentRevisionDetail {
            arn: Some(arn.to_string()),
            total_running_instance_count: Some(of_providers.values().map(|c| c.running).sum()),
            total_without_daemon_instance_count: Some(of_providers.values().map(|c| c.without).sum()),
            total_draining_instance_count: Some(of_providers.values().map(|c| c.draining).sum()),
            capacity_providers: Some(
                of_providers
                    .iter()
                    .map(|(provider, counts)| a::DaemonDeploymentCapacityProvider {
                        arn: Some(provider.to_string()),
                        running_instance_count: Some(counts.running),
                        without_daemon_instance_count: Some(counts.without),
                        draining_instance_count: Some(counts.draining),
                    })
                    .collect(),
            ),
        }
    };
    let whole = |number: u32| Some(i32::try_from(number).unwrap_or(i32::MAX));
    let configuration = &record.configuration;
    a::DaemonDeployment {
        daemon_deployment_arn: Some(record.arn.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        status: Some(record.status.to_api()),
        status_reason: record.status_reason.clone(),
        target_daemon_revision: record.target.as_ref().map(detail),
        source_daemon_revisions: Some(record.sources.iter().map(detail).collect()),
        circuit_breaker: Some(a::DaemonCircuitBreaker {
            failure_count: whole(record.failure_count),
            status: Some(record.circuit_breaker.to_api()),
            threshold: whole(record.threshold),
        }),
        alarms: Some(a::DaemonDeploymentAlarms {
            status: Some(record.alarms.to_api()),
            alarm_names: Some(configuration.alarm_names.clone()).filter(|n| !n.is_empty()),
            triggered_alarm_names: Some(record.triggered_alarms.clone()).filter(|t| !t.is_empty()),
        }),
        rollback: record.rollback.as_ref().map(|rollback| a::DaemonRollback {
            reason: Some(rollback.reason.clone()),
            started_at: Some(rollback.started_at.to_api()),
            rollback_target_daemon_revision_arn: Some(rollback.revision.to_string()),
            rollback_capacity_providers: Some(
                rollback.capacity_providers.iter().map(ToString::to_string).collect(),
            ),
        }),
        deployment_configuration: Some(a::DaemonDeploymentConfiguration {
            drain_percent: Some(configuration.drain_percent.value()),
            alarms: Some(a::DaemonAlarmConfiguration {
                alarm_names: Some(configuration.alarm_names.clone()),
                enable: Some(configuration.alarms_enabled),
            }),
            bake_time_in_minutes: whole(configuration.bake_time_in_minutes),
        }),
        created_at: Some(record.created_at.to_api()),
        started_at: record.started_at.to_api(),
        stopped_at: record.stopped_at.to_api(),
        finished_at: record.finished_at.to_api(),
    }
}

pub(crate) fn daemon_revision(record: &m::DaemonRevision) -> a::DaemonRevision {
    let image = |image: &model::ecs::service_revision::ContainerImage| a::DaemonContainerImage {
        container_name: Some(image.container_name.clone()),
        // AWS differs: no revision remembers what its images were when its first task ran.
        image_digest: None,
        image: Some(image.image.clone()),
    };
    a::DaemonRevision {
        daemon_revision_arn: Some(record.arn.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        daemon_arn: Some(record.daemon.to_string()),
        daemon_task_definition_arn: Some(record.task_definition.to_string()),
        created_at: Some(record.created_at.to_api()),
        container_images: Some(record.container_images.iter().map(image).collect()),
        propagate_tags: Some(record.propagate_tags.to_api()),
        enable_ecs_managed_tags: Some(record.managed_tags),
        enable_execute_command: Some(record.enable_execute_command),
        critical: Some(record.critical),
    }
}
