//! A container instance as the API shows it, and its resources in both directions.

use super::ToApi;
use agent_protocol::tcs::{InstanceHealthcheckStatus, InstanceStatus};
use api::ecs as a;
use model::Timestamp;
use model::ecs::container_instance::{ContainerInstance, Resources};
use model::{CpuUnits, MemoryMib};
use plan::placement::Instance;
use std::collections::BTreeSet;

/// What an instance's record says, and what `view`, the placement's picture of it, says is left. Tags are shown only where `with_tags`.
pub(crate) fn instance(record: &ContainerInstance, view: &Instance, with_tags: bool) -> a::ContainerInstance {
    let left = Left::of(record, view);
    a::ContainerInstance {
        container_instance_arn: Some(record.arn.to_string()),
        ec2_instance_id: record.ec2_instance_id.clone(),
        capacity_provider_name: record.capacity_provider.clone(),
        version: Some(record.version),
        version_info: Some(a::VersionInfo {
            agent_version: record.agent.agent_version.clone(),
            agent_hash: record.agent.agent_hash.clone(),
            docker_version: record.agent.docker_version.clone(),
        }),
        remaining_resources: Some(left.shown()),
        registered_resources: Some(Left::registered(record).shown()),
        status: Some(record.status.to_string()),
        status_reason: record.status_reason.clone(),
        agent_connected: Some(record.agent_connected),
        running_tasks_count: Some(i32::try_from(view.running_tasks).unwrap_or(i32::MAX)),
        pending_tasks_count: Some(i32::try_from(view.pending_tasks).unwrap_or(i32::MAX)),
        agent_update_status: None,
        attributes: Some(record.attributes.to_api()),
        registered_at: Some(record.registered_at.to_api()),
        attachments: Some(Vec::new()),
        tags: Some(if with_tags { record.tags.to_api() } else { Vec::new() }),
        health_status: None,
        gpu_devices: None,
    }
}

/// An instance's health as its agent's checks have it: the gravest of them is the whole's ("Monitor Amazon ECS container instance health" of
/// the developer guide, 2026). Where nothing was published there is not enough data; what AWS shows then is not established.
pub(crate) fn instance_health(checks: &[InstanceStatus]) -> a::ContainerInstanceHealthStatus {
    let state = |check: &InstanceStatus| -> a::InstanceHealthCheckState {
        check.status.as_ref().unwrap_or(&InstanceHealthcheckStatus::InsufficientData).as_str().into()
    };
    let gravity = |state: &a::InstanceHealthCheckState| match state {
        a::InstanceHealthCheckState::Impaired => 3,
        a::InstanceHealthCheckState::InsufficientData => 2,
        a::InstanceHealthCheckState::Initializing => 1,
        _ => 0,
    };
    let instant = |seconds: Option<f64>| {
        // Instants of agents are seconds with a fraction; the cast saturates.
        seconds.map(|s| Timestamp::from_millis((s * 1000.0).round() as i64).to_api())
    };
    let overall = checks.iter().map(state).max_by_key(gravity);
    a::ContainerInstanceHealthStatus {
        overall_status: Some(overall.unwrap_or(a::InstanceHealthCheckState::InsufficientData)),
        details: Some(
            checks
                .iter()
                .map(|check| a::InstanceHealthCheckResult {
                    r#type: check.r#type.as_deref().map(check_type),
                    status: Some(state(check)),
                    status_reason: check.status_reason.clone(),
                    last_updated: instant(check.last_updated),
                    last_status_change: instant(check.last_status_change),
                })
                .collect(),
        ),
    }
}

/// Agents name some of their checks otherwise than the API does. `Agent` and `EBSDaemon`: not established.
fn check_type(said: &str) -> a::InstanceHealthCheckType {
    match said {
        "ContainerRuntime" => a::InstanceHealthCheckType::ContainerRuntime,
        "Agent" => a::InstanceHealthCheckType::AgentConnectivity,
        "EBSDaemon" => a::InstanceHealthCheckType::Daemon,
        other => other.into(),
    }
}

/// Amounts in the API's form.
struct Left {
    cpu: CpuUnits,
    memory: MemoryMib,
    ports_tcp: BTreeSet<u16>,
    ports_udp: BTreeSet<u16>,
    gpus: Vec<String>,
    neuron_cores: Vec<String>,
}

impl Left {
    fn registered(record: &ContainerInstance) -> Self {
        let Resources { cpu, memory, ports_tcp, ports_udp, gpus, neuron_cores } = record.registered.clone();
        Self { cpu, memory, ports_tcp, ports_udp, gpus, neuron_cores }
    }

    fn of(record: &ContainerInstance, view: &Instance) -> Self {
        use model::status::TransportProtocol::{Tcp, Udp};
        let ports = |protocol| view.ports_in_use.iter().filter(|p| p.1 == protocol).map(|p| p.0).collect();
        Self {
            cpu: view.remaining_cpu,
            memory: view.remaining_memory,
            ports_tcp: ports(Tcp),
            ports_udp: ports(Udp),
            gpus: record.registered.gpus.iter().filter(|g| view.gpus_free.contains(*g)).cloned().collect(),
            neuron_cores: record.registered.neuron_cores.clone(),
        }
    }

    fn shown(&self) -> Vec<a::Resource> {
        let number = |name: &str, value: u32| a::Resource {
            name: Some(name.to_owned()),
            r#type: Some("INTEGER".to_owned()),
            double_value: Some(0.0),
            long_value: Some(0),
            integer_value: Some(i32::try_from(value).unwrap_or(i32::MAX)),
            string_set_value: None,
        };
        let set = |name: &str, values: Vec<String>| a::Resource {
            name: Some(name.to_owned()),
            r#type: Some("STRINGSET".to_owned()),
            double_value: Some(0.0),
            long_value: Some(0),
            integer_value: Some(0),
            string_set_value: Some(values),
        };
        let ports = |ports: &BTreeSet<u16>| ports.iter().map(ToString::to_string).collect();
        let mut all = vec![
            number("CPU", self.cpu.0),
            number("MEMORY", self.memory.0),
            set("PORTS", ports(&self.ports_tcp)),
            set("PORTS_UDP", ports(&self.ports_udp)),
        ];
        for (name, ids) in [("GPU", &self.gpus), ("NEURON_CORES", &self.neuron_cores)] {
            if !ids.is_empty() {
                all.push(set(name, ids.clone()));
            }
        }
        all
    }
}

/// What an agent says its node has. Errors are texts for the user.
pub(crate) fn registered_resources(given: &[a::Resource], gpus: Vec<String>) -> Result<Resources, String> {
    let mut resources = Resources { gpus, ..Resources::default() };
    for resource in given {
        let name = resource.name.as_deref().unwrap_or_default();
        let amount = || {
            resource
                .integer_value
                .and_then(|v| u32::try_from(v).ok())
                .ok_or_else(|| format!("The resource '{name}' should have an integer value of 0 or more."))
        };
        let ports = || {
            resource
                .string_set_value
                .iter()
                .flatten()
                .map(|p| p.parse().map_err(|_| format!("'{p}' in the resource '{name}' is not a port.")))
                .collect::<Result<BTreeSet<u16>, _>>()
        };
        match name {
            "CPU" => resources.cpu = CpuUnits(amount()?),
            "MEMORY" => resources.memory = MemoryMib(amount()?),
            "PORTS" => resources.ports_tcp = ports()?,
            "PORTS_UDP" => resources.ports_udp = ports()?,
            // GPUs come as platform devices; this is their echo in the agent's list.
            "GPU" => {}
            "NEURON_CORES" => resources.neuron_cores = resource.string_set_value.clone().unwrap_or_default(),
            other => return Err(format!("The resource '{other}' is not known.")),
        }
    }
    Ok(resources)
}
