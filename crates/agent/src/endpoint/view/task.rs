//! Metadata of tasks and containers, in the three versions. A later version has what an earlier one has and more.

use super::{Snapshot, instant, optional_number};
use crate::endpoint::route::Version;
use crate::task::{NetworkPlan, VolumeSource};
use model::Timestamp;
use model::status::HealthStatus;
use plan::task::Known;
use runtime::spec::MountKind;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Task {
    pub cluster: String,
    #[serde(rename = "TaskARN")]
    pub task_arn: String,
    pub family: String,
    pub revision: String,
    pub desired_status: &'static str,
    pub known_status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<Container>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_stopped_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_stopped_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub task_tags: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub container_instance_tags: BTreeMap<String, String>,
    /// From version 4 on, like all that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<TagError>,
    #[serde(rename = "VPCID", skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault_injection_enabled: Option<bool>,
    /// Of Fargate tasks, like what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_drift: Option<ClockDrift>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage_metrics: Option<EphemeralStorageMetrics>,
}

/// How right the node's clock is. Of a clock that nobody keeps no bound is known.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct ClockDrift {
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_error_bound: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_timestamp: Option<String>,
    pub clock_synchronization_status: &'static str,
}

impl ClockDrift {
    pub fn new(state: runtime::ClockState, now: Timestamp) -> Self {
        match state.is_synchronized {
            true => Self {
                clock_error_bound: Some(state.error_bound_ms),
                reference_timestamp: Some(instant(now)),
                clock_synchronization_status: "SYNCHRONIZED",
            },
            false => Self {
                clock_error_bound: None,
                reference_timestamp: None,
                clock_synchronization_status: "NOT_SYNCHRONIZED",
            },
        }
    }
}

/// In MiB.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct EphemeralStorageMetrics {
    pub utilized: u64,
    pub reserved: u64,
}

/// Why tags are missing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct TagError {
    pub error_field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    pub error_message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
}

#[derive(Debug, Serialize)]
pub(in crate::endpoint) struct Limits {
    #[serde(rename = "CPU", skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub cpu: Option<f64>,
    #[serde(rename = "Memory", skip_serializing_if = "Option::is_none")]
    pub memory: Option<i64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Container {
    pub docker_id: String,
    pub name: String,
    pub docker_name: String,
    pub image: String,
    #[serde(rename = "ImageID")]
    pub image_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<Port>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    pub desired_status: &'static str,
    pub known_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    pub limits: Limits,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    pub r#type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<Network>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// From version 4 on, like all that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_driver: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub log_options: BTreeMap<String, String>,
    #[serde(rename = "ContainerARN", skip_serializing_if = "Option::is_none")]
    pub container_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshotter: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart_count: Option<u32>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Port {
    pub container_port: u16,
    pub protocol: &'static str,
    pub host_port: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_ip: Option<String>,
}

/// Its keys are Docker's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::endpoint) struct Health {
    /// Not where it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub output: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Volume {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_name: Option<String>,
    pub source: String,
    pub destination: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Network {
    pub network_mode: &'static str,
    #[serde(rename = "IPv4Addresses")]
    pub ipv4_addresses: Vec<String>,
    /// Of a VPC's interface in a subnet with a block of such.
    #[serde(rename = "IPv6Addresses", skip_serializing_if = "Vec::is_empty")]
    pub ipv6_addresses: Vec<String>,
    /// From version 4 on, and of a VPC's interface only, like all that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_index: Option<u32>,
    #[serde(rename = "MACAddress", skip_serializing_if = "Option::is_none")]
    pub mac_address: Option<String>,
    #[serde(rename = "IPv4SubnetCIDRBlock", skip_serializing_if = "Option::is_none")]
    pub ipv4_subnet_cidr_block: Option<String>,
    #[serde(rename = "IPv6SubnetCIDRBlock", skip_serializing_if = "Option::is_none")]
    pub ipv6_subnet_cidr_block: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domain_name_servers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domain_name_search_list: Vec<String>,
    #[serde(rename = "PrivateDNSName", skip_serializing_if = "Option::is_none")]
    pub private_dns_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnet_gateway_ipv4_address: Option<String>,
}

/// A task, without its tags.
pub(in crate::endpoint) fn task(snapshot: &Snapshot, version: Version) -> Task {
    let Snapshot { plan, saved, node } = snapshot;
    let (payload, state) = (&saved.payload, &saved.state);
    let report = state.times();
    let shown = |at: Option<Timestamp>| at.map(instant);
    let v4 = version == Version::V4;
    let limits =
        Limits { cpu: payload.cpu.filter(|c| *c != 0.0), memory: payload.memory.filter(|m| *m != 0) };
    // A pulled image is shown before its container exists, from version 4 on.
    let containers = (0..plan.containers.len())
        .filter(|c| snapshot.exists(*c) || v4 && state.container(*c).known == Known::Pulled)
        .map(|c| container(snapshot, c, version));
    Task {
        // Nodes of the pool are in no cluster of the user's.
        cluster: match (&payload.launch_type, &payload.task_cluster_arn) {
            (Some(launch), Some(arn)) if launch == "FARGATE" => arn.clone(),
            _ => node.cluster.clone(),
        },
        task_arn: plan.arn.clone(),
        family: plan.family.clone(),
        revision: plan.version.clone(),
        desired_status: if state.is_stopping() { "STOPPED" } else { "RUNNING" },
        known_status: status(state.known()),
        containers: containers.collect(),
        limits: (limits.cpu.is_some() || limits.memory.is_some()).then_some(limits),
        pull_started_at: shown(report.pull_started_at),
        pull_stopped_at: shown(report.pull_stopped_at),
        execution_stopped_at: shown(report.execution_stopped_at),
        availability_zone: payload.zone.clone().or_else(|| node.zone.clone()),
        task_tags: BTreeMap::new(),
        container_instance_tags: BTreeMap::new(),
        launch_type: payload.launch_type.clone().filter(|_| v4),
        errors: Vec::new(),
        vpc_id: saved.facts.attached.as_ref().and_then(|a| a.vpc.clone()).filter(|_| v4),
        service_name: payload.service_name.clone().filter(|n| v4 && !n.is_empty()),
        fault_injection_enabled: v4.then_some(payload.enable_fault_injection == Some(true)),
        // Of the node and its disk: who answers knows them.
        clock_drift: None,
        ephemeral_storage_metrics: None,
    }
}

/// A container.
pub(in crate::endpoint) fn container(snapshot: &Snapshot, index: usize, version: Version) -> Container {
    let Snapshot { plan, saved, .. } = snapshot;
    let (container, state) = (&plan.containers[index], saved.state.container(index));
    let (facts, payload) = (&saved.facts.containers[index], &saved.payload.containers[index]);
    let spec = &plan.spec.containers[index];
    let v4 = version == Version::V4;
    let exists = snapshot.exists(index);
    let shown = |at: Option<Timestamp>| at.map(instant);
    let stopped = state.known == Known::Stopped;
    Container {
        docker_id: if exists { snapshot.docker_id(index) } else { String::new() },
        name: container.name.clone(),
        docker_name: if exists { snapshot.docker_name(index) } else { String::new() },
        image: container.image.clone(),
        image_id: facts.manifest.map(|m| m.to_string()).unwrap_or_default(),
        ports: ports(snapshot, index, v4),
        labels: container.labels.clone(),
        desired_status: if saved.state.must_stop(index) { "STOPPED" } else { "RUNNING" },
        known_status: status(state.known),
        exit_code: state.exit_code.filter(|_| stopped),
        limits: Limits {
            // Below 2 the kernel takes 2.
            cpu: Some(payload.cpu.unwrap_or(0).max(2) as f64),
            memory: Some(payload.memory.unwrap_or(0)),
        },
        created_at: shown(facts.created_at),
        started_at: shown(state.started_at),
        finished_at: shown(state.finished_at.filter(|_| stopped)),
        r#type: "NORMAL",
        networks: if exists { vec![network(snapshot, index, v4)] } else { Vec::new() },
        health: spec.health_check.is_some().then(|| health(state.health())),
        volumes: volumes(snapshot, index),
        log_driver: container.log_driver.clone().filter(|_| v4),
        log_options: if v4 { container.log_options.clone() } else { BTreeMap::new() },
        container_arn: payload.container_arn.clone().filter(|_| v4),
        // Only Fargate says it, where it is the same.
        snapshotter: (v4 && snapshot.is_fargate()).then_some("overlayfs"),
        restart_count: spec.restart.as_ref().filter(|_| v4).map(|_| state.restarts()),
    }
}

/// The official agent's names.
pub(super) fn status(known: Known) -> &'static str {
    match known {
        Known::None => "NONE",
        Known::ManifestPulled => "MANIFEST_PULLED",
        Known::Pulled => "PULLED",
        Known::Created => "CREATED",
        Known::Running => "RUNNING",
        Known::Stopped => "STOPPED",
    }
}

pub(super) fn ports(snapshot: &Snapshot, index: usize, with_ip: bool) -> Vec<Port> {
    let bindings = &snapshot.saved.state.container(index).bindings;
    // Of a range every port is shown, as the official agent does.
    let ports = |b: &plan::task::PortBinding| {
        let b = b.clone();
        let awsvpc = snapshot.is_awsvpc();
        (0..b.range.unwrap_or(1)).map(move |n| Port {
            container_port: b.container_port.saturating_add(n),
            protocol: b.protocol.as_str(),
            host_port: if awsvpc { b.container_port } else { b.host_port }.saturating_add(n),
            host_ip: with_ip.then(|| b.bind_ip.clone()),
        })
    };
    bindings.iter().flat_map(ports).collect()
}

fn health(health: &plan::task::Health) -> Health {
    Health {
        status: match health.status {
            HealthStatus::Unknown => None,
            known => Some(known.as_str()),
        },
        status_since: health.since.map(instant),
        exit_code: health.exit_code.filter(|code| *code != 0),
        output: health.output.clone(),
    }
}

pub(super) fn volumes(snapshot: &Snapshot, index: usize) -> Vec<Volume> {
    let Snapshot { plan, saved, .. } = snapshot;
    let mounts = saved.facts.containers[index].volume_mounts.iter();
    let volume = |mount: &runtime::spec::Mount| {
        let MountKind::Bind { source, .. } = &mount.kind else { return None };
        let declared = plan.containers[index].mounts.iter().find(|m| m.path == mount.target);
        let declared = declared.map(|m| &plan.volumes[m.volume]);
        Some(Volume {
            docker_name: declared
                .filter(|v| !matches!(v.source, VolumeSource::Host(_)))
                .map(|v| v.name.clone()),
            source: source.display().to_string(),
            destination: mount.target.display().to_string(),
        })
    };
    mounts.filter_map(volume).collect()
}

pub(super) fn network(snapshot: &Snapshot, index: usize, v4: bool) -> Network {
    let Snapshot { plan, saved, .. } = snapshot;
    let attached = saved.facts.containers[index].attached.as_ref();
    let mut network = Network {
        network_mode: match plan.network {
            NetworkPlan::Awsvpc(_) => "awsvpc",
            NetworkPlan::Host => "host",
            NetworkPlan::None => "none",
            NetworkPlan::Bridge if plan.containers[index].no_network => "none",
            NetworkPlan::Bridge => "bridge",
        },
        // Docker's way of saying that there is none of its own.
        ipv4_addresses: vec![attached.and_then(|a| a.address).map(|a| a.to_string()).unwrap_or_default()],
        ipv6_addresses: Vec::new(),
        attachment_index: None,
        mac_address: None,
        ipv4_subnet_cidr_block: None,
        ipv6_subnet_cidr_block: None,
        domain_name_servers: Vec::new(),
        domain_name_search_list: Vec::new(),
        private_dns_name: None,
        subnet_gateway_ipv4_address: None,
    };
    let NetworkPlan::Awsvpc(vpc) = &plan.network else { return network };
    let interface = &vpc.interface;
    // Where the operator connects tasks, the address is the operator's.
    let (address, prefix_len, mac) = match &saved.facts.attached {
        Some(net::Attached { address: Some(address), prefix_len, mac, .. }) => {
            (*address, *prefix_len, mac.unwrap_or(interface.mac))
        }
        _ => (interface.address, interface.prefix_len, interface.mac),
    };
    network.ipv4_addresses = vec![address.to_string()];
    network.ipv6_addresses = interface.ipv6.iter().map(|i| i.address.to_string()).collect();
    if v4 {
        network.attachment_index = Some(0);
        let mac = mac.map(|byte| format!("{byte:02x}"));
        network.mac_address = Some(mac.join(":"));
        network.ipv4_subnet_cidr_block = Some(block(address, prefix_len));
        let ipv6_block = interface.ipv6.and_then(|i| model::ec2::Ipv6Block::around(i.address, 64));
        network.ipv6_subnet_cidr_block = ipv6_block.map(|block| block.to_string());
        network.domain_name_servers.clone_from(&vpc.dns);
        network.domain_name_search_list.clone_from(&vpc.dns_search);
        let eni = saved.payload.elastic_network_interfaces.first();
        network.private_dns_name = eni.and_then(|e| e.private_dns_name.clone());
        network.subnet_gateway_ipv4_address = eni.and_then(|e| e.subnet_gateway_ipv4_address.clone());
    }
    network
}

fn block(address: Ipv4Addr, prefix_len: u8) -> String {
    let mask = u32::MAX.checked_shl(32 - u32::from(prefix_len)).unwrap_or(0);
    format!("{}/{prefix_len}", Ipv4Addr::from(u32::from(address) & mask))
}
