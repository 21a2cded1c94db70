//! From records to what an agent is sent: the task payload of ACS.
//!
//! Every override is merged here, since an agent takes no other override than the command. What an agent reads from the Docker
//! configuration (it passes it on to its engine) is written there and nowhere else. Pure.

use crate::resolution::Resolution;
use crate::role::{self, Purpose};
use agent_protocol::docker::{Config, DeviceMapping, Healthcheck, HostConfig, LogConfig, Ulimit};
use agent_protocol::payload as p;
use model::ec2::private_dns_name;
use model::ecs::container_definition::{ContainerDefinition, DevicePermission, LinuxParameters, LogDriver};
use model::ecs::launch::ContainerOverride;
use model::ecs::task::TaskNetworkInterface;
use model::ecs::task_definition::{IpcMode, PidMode};
use model::ecs::volume::Volume;
use model::ecs::{Task, TaskDefinition};
use model::status::{NetworkMode, TransportProtocol};
use std::collections::BTreeMap;

const MIB: i64 = 1 << 20;
const SECOND_NS: i64 = 1_000_000_000;

/// A task that is to run. `log_mode` is how logs are delivered where a container does not say it (the account setting `defaultLogDriverMode`).
pub(crate) fn start(
    task: &Task,
    definition: &TaskDefinition,
    log_mode: &str,
    resolution: Option<&Resolution>,
) -> p::Task {
    let mode = definition.network_mode.unwrap_or(NetworkMode::Bridge);
    p::Task {
        arn: task.arn.to_string(),
        task_cluster_arn: Some(task.cluster.to_string()),
        family: Some(definition.arn.family().to_owned()),
        version: Some(definition.arn.revision().to_string()),
        desired_status: "RUNNING".to_owned(),
        overrides: Some("{}".to_owned()),
        task_definition_account_id: Some(definition.arn.scope().account),
        zone: task.availability_zone.clone(),
        cpu: task.cpu.map(|c| c.vcpus()),
        memory: task.memory.map(|m| i64::from(m.0)),
        network_mode: Some(mode.to_string()),
        launch_type: Some(task.launch_type.to_string()),
        pid_mode: definition.pid_mode.map(|m: PidMode| m.to_string()),
        ipc_mode: definition.ipc_mode.map(|m: IpcMode| m.to_string()),
        service_name: task.group.strip_prefix("service:").map(str::to_owned),
        group: Some(task.group.clone()),
        elastic_network_interfaces: task
            .network_interface
            .iter()
            .map(|i| interface(task, i, resolution))
            .collect(),
        enable_fault_injection: definition.enable_fault_injection,
        ephemeral_storage_gib: task.ephemeral_storage.as_ref().map(|s| i64::from(s.size_in_gib)),
        volumes: definition.volumes.iter().map(volume).collect(),
        containers: definition
            .container_definitions
            .iter()
            .map(|c| container(task, definition, c, mode, log_mode))
            .collect(),
        ..p::Task::default()
    }
}

/// The task's interface, with its ARN as attachments have it.
pub(crate) fn interface(
    task: &Task,
    interface: &TaskNetworkInterface,
    resolution: Option<&Resolution>,
) -> p::ElasticNetworkInterface {
    let resolution = resolution.cloned().unwrap_or_default();
    p::ElasticNetworkInterface {
        mac_address: Some(interface.mac.clone()),
        attachment_arn: Some(attachment_arn(task, interface)),
        ec2_id: Some(interface.id.to_string()),
        index: Some(0),
        ipv4_addresses: vec![p::Ipv4AddressAssignment {
            private_address: Some(interface.address.to_string()),
            primary: Some(true),
        }],
        ipv6_addresses: interface
            .ipv6_address
            .map(|address| p::Ipv6AddressAssignment {
                address: Some(address.to_string()),
                primary: Some(true),
            })
            .into_iter()
            .collect(),
        private_dns_name: Some(private_dns_name(interface.address, &task.arn.scope().region)),
        domain_name: resolution.domains,
        domain_name_servers: resolution.servers,
        subnet_gateway_ipv4_address: Some(format!("{}/{}", interface.gateway, interface.prefix_len)),
        // A router is known by an address of the link alone, as everywhere in IPv6.
        subnet_gateway_ipv6_address: interface.ipv6_address.map(|_| format!("{IPV6_ROUTER}/64")),
        ..p::ElasticNetworkInterface::default()
    }
}

/// The router of every subnet, as tasks see it.
const IPV6_ROUTER: &str = "fe80::1";

fn attachment_arn(task: &Task, interface: &TaskNetworkInterface) -> String {
    task.cluster.scope().arn("ecs", format!("attachment/{}", interface.attachment_id)).to_string()
}

fn volume(volume: &Volume) -> p::Volume {
    let name = volume.name.clone();
    if let Some(docker) = &volume.docker_volume_configuration {
        return p::Volume {
            name,
            r#type: Some(p::VolumeType::Docker),
            docker_volume_configuration: Some(p::DockerVolumeConfiguration {
                scope: docker.scope.map(|s| s.as_str().into()),
                autoprovision: docker.autoprovision,
                driver: docker.driver.clone(),
                driver_opts: docker.driver_opts.clone(),
                labels: docker.labels.clone(),
            }),
            ..p::Volume::default()
        };
    }
    if let Some(efs) = &volume.efs_volume_configuration {
        return p::Volume {
            name,
            r#type: Some(p::VolumeType::Efs),
            efs_volume_configuration: Some(p::EfsVolumeConfiguration {
                file_system_id: Some(efs.file_system_id.clone()),
                root_directory: efs.root_directory.clone(),
                transit_encryption: efs.transit_encryption.map(|e| e.to_string()),
                transit_encryption_port: efs.transit_encryption_port.map(i64::from),
                authorization_config: efs.authorization_config.as_ref().map(|a| p::EfsAuthorizationConfig {
                    access_point_id: a.access_point_id.clone(),
                    iam: a.iam.map(|i| i.to_string()),
                }),
            }),
            ..p::Volume::default()
        };
    }
    let source_path = volume.host.as_ref().and_then(|h| h.source_path.clone());
    p::Volume {
        name,
        r#type: Some(p::VolumeType::Host),
        host: Some(p::HostVolumeProperties { source_path }),
        ..p::Volume::default()
    }
}

fn container(
    task: &Task,
    definition: &TaskDefinition,
    container: &ContainerDefinition,
    mode: NetworkMode,
    log_mode: &str,
) -> p::Container {
    let nothing = ContainerOverride::default();
    let said =
        task.overrides.container_overrides.iter().find(|o| o.name == container.name).unwrap_or(&nothing);
    let name = container.name.clone().unwrap_or_default();
    let known = task.containers.iter().find(|c| c.name == name);
    let mut environment: BTreeMap<String, String> = pairs(&container.environment);
    environment.extend(pairs(&said.environment));
    p::Container {
        image: container.image.clone(),
        essential: Some(container.essential.unwrap_or(true)),
        cpu: said.cpu.or(container.cpu).map(i64::from),
        memory: said.memory.or(container.memory).map(i64::from),
        command: if said.command.is_empty() { container.command.clone() } else { said.command.clone() },
        entry_point: container.entry_point.clone(),
        environment,
        links: container.links.clone(),
        port_mappings: ports(container, mode),
        mount_points: container
            .mount_points
            .iter()
            .map(|m| p::MountPoint {
                source_volume: m.source_volume.clone(),
                container_path: m.container_path.clone(),
                read_only: m.read_only,
            })
            .collect(),
        volumes_from: container
            .volumes_from
            .iter()
            .map(|v| p::VolumeFrom { source_container: v.source_container.clone(), read_only: v.read_only })
            .collect(),
        depends_on: container
            .depends_on
            .iter()
            .map(|d| p::ContainerDependency {
                container_name: Some(d.container_name.clone()),
                condition: d.condition.map(|c| c.as_str().into()),
            })
            .collect(),
        start_timeout: container.start_timeout.map(i64::from),
        stop_timeout: container.stop_timeout.map(i64::from),
        restart_policy: container.restart_policy.as_ref().map(|r| p::RestartPolicy {
            enabled: Some(r.enabled),
            ignored_exit_codes: r.ignored_exit_codes.iter().copied().map(i64::from).collect(),
            restart_attempt_period: r.restart_attempt_period.map(i64::from),
        }),
        logs_auth_strategy: logs_as_execution_role(task, definition, container)
            .then_some(p::AuthStrategy::ExecutionRole),
        health_check_type: container.health_check.as_ref().map(|_| p::HealthCheckType::Docker),
        container_arn: known.map(|c| c.arn.to_string()),
        overrides: Some("{}".to_owned()),
        docker_config: Some(p::DockerConfig::new(
            &docker_config(container),
            &HostConfig {
                log_config: container
                    .log_configuration
                    .as_ref()
                    .map(|log| log_config(task, definition, container, log, log_mode)),
                ..host_config(container, said, mode)
            },
        )),
        name,
        ..p::Container::default()
    }
}

/// Whether the agent writes the container's log with the credentials of the execution role, as it does on AWS where a task has one.
fn logs_as_execution_role(task: &Task, definition: &TaskDefinition, container: &ContainerDefinition) -> bool {
    let driver = container.log_configuration.as_ref().and_then(|log| log.log_driver);
    driver == Some(LogDriver::Awslogs)
        && role::of(definition, &task.overrides).any(|(purpose, _)| purpose == Purpose::Execution)
}

fn pairs(pairs: &[model::ecs::container_definition::KeyValue]) -> BTreeMap<String, String> {
    pairs.iter().filter_map(|p| Some((p.name.clone()?, p.value.clone().unwrap_or_default()))).collect()
}

/// Port mappings belong to the modes in which the node's ports are other than the container's: an agent takes none in awsvpc mode.
fn ports(container: &ContainerDefinition, mode: NetworkMode) -> Vec<p::PortMapping> {
    match mode {
        NetworkMode::Awsvpc | NetworkMode::None => return Vec::new(),
        NetworkMode::Bridge | NetworkMode::Host => {}
    }
    container
        .port_mappings
        .iter()
        .map(|m| p::PortMapping {
            container_port: m.container_port.map(i64::from),
            host_port: m.host_port.map(i64::from),
            container_port_range: m.container_port_range.clone(),
            protocol: Some(m.protocol.unwrap_or(TransportProtocol::Tcp).as_str().into()),
        })
        .collect()
}

fn docker_config(container: &ContainerDefinition) -> Config {
    Config {
        hostname: container.hostname.clone().unwrap_or_default(),
        user: container.user.clone().unwrap_or_default(),
        working_dir: container.working_directory.clone().unwrap_or_default(),
        labels: container.docker_labels.clone(),
        tty: container.pseudo_terminal.unwrap_or(false),
        open_stdin: container.interactive.unwrap_or(false),
        healthcheck: container.health_check.as_ref().map(|h| {
            let seconds = |s: Option<i32>, default: i64| s.map_or(default, i64::from) * SECOND_NS;
            Healthcheck {
                test: h.command.clone(),
                interval: seconds(h.interval, 30),
                timeout: seconds(h.timeout, 5),
                start_period: seconds(h.start_period, 0),
                retries: h.retries.map_or(3, i64::from),
                ..Healthcheck::default()
            }
        }),
        ..Config::default()
    }
}

fn host_config(container: &ContainerDefinition, said: &ContainerOverride, mode: NetworkMode) -> HostConfig {
    let mut host = HostConfig {
        network_mode: match mode {
            // The agent puts the container into the task's own namespace.
            NetworkMode::Awsvpc => String::new(),
            NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None => mode.to_string(),
        },
        memory_reservation: said
            .memory_reservation
            .or(container.memory_reservation)
            .map_or(0, |m| i64::from(m) * MIB),
        privileged: container.privileged.unwrap_or(false),
        readonly_rootfs: container.readonly_root_filesystem.unwrap_or(false),
        dns: container.dns_servers.clone(),
        dns_search: container.dns_search_domains.clone(),
        extra_hosts: container
            .extra_hosts
            .iter()
            .map(|h| format!("{}:{}", h.hostname, h.ip_address))
            .collect(),
        security_opt: container.docker_security_options.clone(),
        ulimits: container
            .ulimits
            .iter()
            .filter_map(|u| {
                Some(Ulimit {
                    name: u.name?.to_string(),
                    soft: i64::from(u.soft_limit),
                    hard: i64::from(u.hard_limit),
                    ..Ulimit::default()
                })
            })
            .collect(),
        sysctls: container
            .system_controls
            .iter()
            .filter_map(|s| Some((s.namespace.clone()?, s.value.clone().unwrap_or_default())))
            .collect(),
        ..HostConfig::default()
    };
    if container.disable_networking.unwrap_or(false) {
        host.network_mode = NetworkMode::None.to_string();
    }
    if let Some(linux) = &container.linux_parameters {
        linux_parameters(&mut host, linux, said.memory.or(container.memory));
    }
    host
}

fn linux_parameters(host: &mut HostConfig, linux: &LinuxParameters, memory: Option<i32>) {
    if let Some(capabilities) = &linux.capabilities {
        host.cap_add.clone_from(&capabilities.add);
        host.cap_drop.clone_from(&capabilities.drop);
    }
    host.init = linux.init_process_enabled;
    host.shm_size = linux.shared_memory_size.map_or(0, |s| i64::from(s) * MIB);
    host.tmpfs = linux
        .tmpfs
        .iter()
        .map(|t| {
            let size = format!("size={}m", t.size);
            let options = std::iter::once(size).chain(t.mount_options.iter().cloned()).collect::<Vec<_>>();
            (t.container_path.clone(), options.join(","))
        })
        .collect();
    host.devices = linux
        .devices
        .iter()
        .map(|d| DeviceMapping {
            path_on_host: d.host_path.clone(),
            path_in_container: d.container_path.clone().unwrap_or_else(|| d.host_path.clone()),
            cgroup_permissions: if d.permissions.is_empty() {
                "rwm".to_owned()
            } else {
                d.permissions
                    .iter()
                    .map(|p| match p {
                        DevicePermission::Read => 'r',
                        DevicePermission::Write => 'w',
                        DevicePermission::Mknod => 'm',
                    })
                    .collect()
            },
            ..DeviceMapping::default()
        })
        .collect();
    // `maxSwap` is swap alone; Docker's limit is memory and swap together.
    if let (Some(swap), Some(memory)) = (linux.max_swap, memory) {
        host.memory_swap = (i64::from(swap) + i64::from(memory)) * MIB;
    }
    host.memory_swappiness = linux.swappiness.map(i64::from);
}

/// The log driver with what the backend fills in: awslogs needs a region, a mode and, with a prefix, the name of the stream.
fn log_config(
    task: &Task,
    definition: &TaskDefinition,
    container: &ContainerDefinition,
    log: &model::ecs::container_definition::LogConfiguration,
    log_mode: &str,
) -> LogConfig {
    let driver = log.log_driver.map(|d| d.to_string()).unwrap_or_default();
    let mut config = log.options.clone();
    if driver == "awslogs" {
        config.entry("awslogs-region".to_owned()).or_insert_with(|| definition.arn.scope().region);
        config.entry("mode".to_owned()).or_insert_with(|| log_mode.to_owned());
        if let Some(prefix) = config.remove("awslogs-stream-prefix") {
            let name = container.name.as_deref().unwrap_or_default();
            config.insert("awslogs-stream".to_owned(), format!("{prefix}/{name}/{}", task.arn.id()));
        }
    }
    LogConfig { r#type: driver, config, ..LogConfig::default() }
}
