//! A container of a task.

use crate::docker;
use crate::text::{open_enum, shape};
use serde::{Deserialize, Serialize};

shape!(
    /// A container. Much of what a task definition says is not here but in [`DockerConfig`].
    Container {
        name: plain String,
        image: opt String,
        essential: opt bool,
        /// CPU shares; fewer than 2 become 2.
        cpu: opt i64,
        /// Hard limit in MiB; 0 is none.
        memory: opt i64,
        command: list String,
        entry_point: list String,
        environment: map String,
        environment_files: list EnvironmentFile,
        credential_specs: list String,
        links: list String,
        port_mappings: list PortMapping,
        mount_points: list MountPoint,
        volumes_from: list VolumeFrom,
        depends_on: list ContainerDependency,
        /// Seconds, applied to the wait for this container as a dependency.
        start_timeout: opt i64,
        /// Seconds between the stop signal and SIGKILL.
        stop_timeout: opt i64,
        restart_policy: opt RestartPolicy,
        health_check_type: opt HealthCheckType,
        logs_auth_strategy: opt AuthStrategy,
        secrets: list Secret,
        registry_authentication: opt RegistryAuthenticationData,
        firelens_configuration: opt FirelensConfiguration,
        managed_agents: list ManagedAgent,
        linux_parameters: opt LinuxParameters,
        privileged: opt bool,
        network_interface_names: list String,
        container_arn: opt String,
        /// A JSON text holding only `command`.
        overrides: opt String,
        docker_config: opt DockerConfig,
    }
);

impl Container {
    /// What `overrides` says; `Err` where it is no JSON or holds anything but a command, as the official agent judges.
    pub fn parsed_overrides(&self) -> Result<ContainerOverrides, serde_json::Error> {
        match self.overrides.as_deref() {
            None | Some("") => Ok(ContainerOverrides::default()),
            Some(text) => serde_json::from_str(text),
        }
    }
}

/// The `overrides` text of a container. Any other key is rejected (observed).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContainerOverrides {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<String>>,
}

open_enum!(EnvironmentFileType { S3 = "s3" });
shape!(EnvironmentFile { r#type: opt EnvironmentFileType, value: opt String });

open_enum!(TransportProtocol { Tcp = "tcp", Udp = "udp" });
shape!(
    PortMapping {
        container_port: opt i64,
        /// 0 or absent: one is chosen.
        host_port: opt i64,
        container_port_range: opt String,
        protocol: opt TransportProtocol,
    }
);

shape!(MountPoint { source_volume: opt String, container_path: opt String, read_only: opt bool });
shape!(VolumeFrom { source_container: opt String, read_only: opt bool });

open_enum!(ContainerCondition { Start = "START", Complete = "COMPLETE", Success = "SUCCESS", Healthy = "HEALTHY" });
shape!(ContainerDependency { container_name: opt String, condition: opt ContainerCondition });

shape!(RestartPolicy { enabled: opt bool, ignored_exit_codes: list i64, restart_attempt_period: opt i64 });

open_enum!(HealthCheckType { Docker = "docker" });
open_enum!(AuthStrategy { ExecutionRole = "ExecutionRole" });

open_enum!(SecretProvider { Ssm = "ssm", Asm = "asm" });
open_enum!(SecretType { EnvironmentVariable = "ENVIRONMENT_VARIABLE", MountPoint = "MOUNT_POINT", Bootstrap = "BOOTSTRAP" });
open_enum!(SecretTarget { Container = "CONTAINER", LogDriver = "LOG_DRIVER" });
shape!(
    Secret {
        name: opt String,
        value_from: opt String,
        region: opt String,
        provider: opt SecretProvider,
        r#type: opt SecretType,
        target: opt SecretTarget,
        container_path: opt String,
    }
);

open_enum!(AuthenticationType { Ecr = "ecr", Asm = "asm" });
shape!(EcrAuthData { registry_id: opt String, region: opt String, endpoint_override: opt String, use_execution_role: opt bool });
shape!(AsmAuthData { credentials_parameter: opt String, region: opt String });
shape!(
    RegistryAuthenticationData { r#type: opt AuthenticationType, ecr_auth_data: opt EcrAuthData, asm_auth_data: opt AsmAuthData }
);

open_enum!(FirelensConfigurationType { Fluentd = "fluentd", Fluentbit = "fluentbit" });
shape!(FirelensConfiguration { r#type: opt FirelensConfigurationType, options: map String });

open_enum!(ManagedAgentName { ExecuteCommandAgent = "ExecuteCommandAgent" });
shape!(ManagedAgent { name: opt ManagedAgentName, properties: map String });

shape!(KernelCapabilities { add: list String, drop: list String });
open_enum!(DevicePermission { Read = "read", Write = "write", Mknod = "mknod" });
shape!(Device { host_path: opt String, container_path: opt String, permissions: list DevicePermission });
shape!(
    LinuxParameters {
        capabilities: opt KernelCapabilities,
        devices: list Device,
        init_process_enabled: opt bool,
        shared_memory_size: opt i64,
    }
);

shape!(
    /// Docker's own structures, each as a JSON text.
    DockerConfig { version: opt String, config: opt String, host_config: opt String }
);

impl DockerConfig {
    /// Both halves encoded, at the version that the backend uses.
    pub fn new(config: &docker::Config, host_config: &docker::HostConfig) -> Self {
        let text = "Docker's shapes have text keys, so they are JSON";
        Self {
            version: Some("1.18".to_owned()),
            config: Some(serde_json::to_string(config).expect(text)),
            host_config: Some(serde_json::to_string(host_config).expect(text)),
        }
    }

    /// The `Config` half; an absent text is the empty one.
    pub fn parsed_config(&self) -> Result<docker::Config, serde_json::Error> {
        parse(self.config.as_deref())
    }

    /// The `HostConfig` half; an absent text is the empty one.
    pub fn parsed_host_config(&self) -> Result<docker::HostConfig, serde_json::Error> {
        parse(self.host_config.as_deref())
    }
}

fn parse<T: Default + serde::de::DeserializeOwned>(text: Option<&str>) -> Result<T, serde_json::Error> {
    match text {
        None | Some("" | "null") => Ok(T::default()),
        Some(text) => serde_json::from_str(text),
    }
}
