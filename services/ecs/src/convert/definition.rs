//! A task definition: its request, its record, and how the API shows it.

use super::{ToApi, enums, structs};
use model::ecs::container_definition as c;
use model::ecs::task_definition as t;
use model::ecs::volume as v;

structs! {
    RepositoryCredentials = c::RepositoryCredentials { credentials_parameter }
    ContainerRestartPolicy = c::ContainerRestartPolicy { enabled, ignored_exit_codes, restart_attempt_period }
    KernelCapabilities = c::Capabilities { add, drop }
    Device = c::Device { host_path, container_path, permissions }
    Tmpfs = c::Tmpfs { container_path, size, mount_options }
    LinuxParameters = c::LinuxParameters {
        capabilities, devices, init_process_enabled, shared_memory_size, tmpfs, max_swap, swappiness,
    }
    Secret = c::Secret { name, value_from }
    ContainerDependency = c::ContainerDependency { container_name, condition }
    HostEntry = c::HostEntry { hostname, ip_address }
    Ulimit = c::Ulimit { name, soft_limit, hard_limit }
    LogConfiguration = c::LogConfiguration { log_driver, options, secret_options }
    HealthCheck = c::HealthCheck { command, interval, timeout, retries, start_period }
    SystemControl = c::SystemControl { namespace, value }
    FirelensConfiguration = c::FirelensConfiguration { kind = r#type, options }
    PortMapping = c::PortMapping { container_port, host_port, protocol, name, app_protocol, container_port_range }
    MountPoint = c::MountPoint { source_volume, container_path, read_only }
    VolumeFrom = c::VolumeFrom { source_container, read_only }
    ContainerDefinition = c::ContainerDefinition {
        name, image, repository_credentials, cpu, memory, memory_reservation, links, port_mappings, essential, restart_policy,
        entry_point, command, environment, environment_files, mount_points, volumes_from, linux_parameters, secrets, depends_on,
        start_timeout, stop_timeout, version_consistency, hostname, user, working_directory, disable_networking, privileged,
        readonly_root_filesystem, dns_servers, dns_search_domains, extra_hosts, docker_security_options, interactive,
        pseudo_terminal, docker_labels, ulimits, log_configuration, health_check, system_controls, resource_requirements,
        firelens_configuration, credential_specs,
    }
    HostVolumeProperties = v::HostVolume { source_path }
    DockerVolumeConfiguration = v::DockerVolume { scope, autoprovision, driver, driver_opts, labels }
    EFSAuthorizationConfig = v::EfsAuthorization { access_point_id, iam }
    EFSVolumeConfiguration = v::EfsVolume {
        file_system_id, root_directory, transit_encryption, transit_encryption_port, authorization_config,
    }
    S3FilesVolumeConfiguration = v::S3FilesVolume {
        file_system_arn, root_directory, transit_encryption_port, access_point_arn,
    }
    FSxWindowsFileServerAuthorizationConfig = v::FsxAuthorization { credentials_parameter, domain }
    FSxWindowsFileServerVolumeConfiguration = v::FsxWindowsVolume { file_system_id, root_directory, authorization_config }
    Volume = v::Volume {
        name, host, docker_volume_configuration, efs_volume_configuration, s3files_volume_configuration,
        fsx_windows_file_server_volume_configuration, configured_at_launch,
    }
    RuntimePlatform = t::RuntimePlatform { cpu_architecture, operating_system_family }
    ProxyConfiguration = t::ProxyConfiguration { kind = r#type, container_name, properties }
    InferenceAccelerator = t::InferenceAccelerator { device_name, device_type }
    TaskDefinitionPlacementConstraint = t::MemberOf { kind = r#type, expression }
    TrustedExecutionConfiguration = t::TrustedExecutionConfiguration { isolation_mode, attestation_policy }
}

enums! {
    VersionConsistency = c::VersionConsistency,
    LogDriver = c::LogDriver,
    FirelensConfigurationType = c::FirelensConfigurationType,
    ApplicationProtocol = c::ApplicationProtocol,
    UlimitName = c::UlimitName,
    DeviceCgroupPermission = c::DevicePermission,
    Scope = v::VolumeScope,
    EFSTransitEncryption = v::Enablement,
    EFSAuthorizationConfigIAM = v::Enablement,
    PidMode = t::PidMode,
    IpcMode = t::IpcMode,
    Compatibility = t::Compatibility,
    CPUArchitecture = t::CpuArchitecture,
    OSFamily = t::OsFamily,
    ProxyConfigurationType = t::ProxyConfigurationType,
    IsolationMode = t::IsolationMode,
    TaskDefinitionPlacementConstraintType = t::TaskDefinitionPlacementConstraintType,
    TaskDefinitionStatus = model::status::TaskDefinitionStatus,
}

/// A revision as every operation shows it; its tags stand beside it, not in it.
pub(crate) fn task_definition(record: &t::TaskDefinition) -> api::ecs::TaskDefinition {
    api::ecs::TaskDefinition {
        task_definition_arn: Some(record.arn.to_string()),
        container_definitions: Some(record.container_definitions.iter().map(container_definition).collect()),
        family: Some(record.arn.family().to_owned()),
        task_role_arn: record.task_role_arn.clone(),
        execution_role_arn: record.execution_role_arn.clone(),
        network_mode: record.network_mode.to_api(),
        revision: Some(i32::try_from(record.arn.revision()).unwrap_or(i32::MAX)),
        volumes: Some(record.volumes.to_api()),
        status: Some(record.status.to_api()),
        requires_attributes: shown_attributes(&record.requires_attributes),
        placement_constraints: Some(record.placement_constraints.to_api()),
        compatibilities: record.compatibilities.to_api(),
        runtime_platform: record.runtime_platform.to_api(),
        requires_compatibilities: record.requires_compatibilities.to_api(),
        cpu: record.cpu.map(|cpu| cpu.0.to_string()),
        memory: record.memory.map(|memory| memory.0.to_string()),
        inference_accelerators: record.inference_accelerators.to_api(),
        pid_mode: record.pid_mode.to_api(),
        ipc_mode: record.ipc_mode.to_api(),
        proxy_configuration: record.proxy_configuration.to_api(),
        registered_at: Some(record.registered_at.to_api()),
        deregistered_at: record.deregistered_at.to_api(),
        delete_requested_at: record.delete_requested_at.to_api(),
        registered_by: Some(record.registered_by.clone()),
        ephemeral_storage: record.ephemeral_storage.to_api(),
        enable_fault_injection: record.enable_fault_injection,
        trusted_execution_configuration: record.trusted_execution_configuration.to_api(),
    }
}

/// Absent where there is none.
fn shown_attributes(required: &[model::ecs::Attribute]) -> Option<Vec<api::ecs::Attribute>> {
    let shown: Vec<_> =
        required.iter().filter(|a| crate::definition::is_shown(a)).map(ToApi::to_api).collect();
    (!shown.is_empty()).then_some(shown)
}

/// These lists AWS shows even where they are empty.
fn container_definition(record: &c::ContainerDefinition) -> api::ecs::ContainerDefinition {
    let mut shown: api::ecs::ContainerDefinition = record.to_api();
    shown.port_mappings.get_or_insert_default();
    shown.environment.get_or_insert_default();
    shown.mount_points.get_or_insert_default();
    shown.volumes_from.get_or_insert_default();
    shown.system_controls.get_or_insert_default();
    shown
}
