//! What a task takes of its instance, and the records of its containers: a definition with the overrides of a launch. Pure.

use model::ecs::TaskDefinition;
use model::ecs::container_definition::{ContainerDefinition, PortMapping, ResourceType};
use model::ecs::launch::TaskOverride;
use model::ecs::task::Container;
use model::ids::ContainerArn;
use model::status::{ContainerStatus, NetworkMode, TransportProtocol};
use model::{CpuUnits, MemoryMib};

/// A container's sizes, overrides considered.
pub(crate) struct Sized<'a> {
    definition: &'a ContainerDefinition,
    pub(crate) cpu: CpuUnits,
    memory: Option<MemoryMib>,
    reservation: Option<MemoryMib>,
}

impl<'a> Sized<'a> {
    pub(crate) fn all(definition: &'a TaskDefinition, overrides: &TaskOverride) -> Vec<Self> {
        let amount = |value: i32| u32::try_from(value).unwrap_or(0);
        definition
            .container_definitions
            .iter()
            .map(|container| {
                let said = overrides.container_overrides.iter().find(|o| o.name == container.name);
                let cpu = said.and_then(|o| o.cpu).or(container.cpu).unwrap_or(0);
                let memory = said.and_then(|o| o.memory).or(container.memory);
                let reservation = said.and_then(|o| o.memory_reservation).or(container.memory_reservation);
                Self {
                    definition: container,
                    cpu: CpuUnits(amount(cpu)),
                    memory: memory.map(|m| MemoryMib(amount(m))),
                    reservation: reservation.map(|m| MemoryMib(amount(m))),
                }
            })
            .collect()
    }

    /// What the instance sets aside: the soft limit where there is one.
    pub(crate) fn reserved_memory(&self) -> MemoryMib {
        self.reservation.or(self.memory).unwrap_or(MemoryMib(0))
    }

    pub(crate) fn container(&self, arn: ContainerArn) -> Container {
        Container {
            arn,
            name: self.definition.name.clone().unwrap_or_default(),
            image: self.definition.image.clone().unwrap_or_default(),
            cpu: self.cpu.to_string(),
            memory: self.memory.map(|m| m.0.to_string()),
            memory_reservation: self.reservation.map(|m| m.0.to_string()),
            essential: self.definition.essential.unwrap_or(true),
            last_status: ContainerStatus::Pending,
            image_digest: None,
            runtime_id: None,
            exit_code: None,
            reason: None,
            health: None,
            network_bindings: Vec::new(),
            gpu_ids: Vec::new(),
        }
    }
}

/// The ports of the node that the task takes by name; dynamic ones are the agent's to choose.
pub(crate) fn host_ports(definition: &TaskDefinition, mode: NetworkMode) -> Vec<(u16, TransportProtocol)> {
    let mappings = definition.container_definitions.iter().flat_map(|c| &c.port_mappings);
    let port = |mapping: &PortMapping| match mode {
        NetworkMode::Bridge => mapping.host_port,
        NetworkMode::Host => mapping.host_port.filter(|p| *p != 0).or(mapping.container_port),
        NetworkMode::Awsvpc | NetworkMode::None => None,
    };
    mappings
        .filter_map(|m| {
            let port = u16::try_from(port(m)?).ok().filter(|p| *p != 0)?;
            Some((port, m.protocol.unwrap_or(TransportProtocol::Tcp)))
        })
        .collect()
}

pub(crate) fn gpus(container: &ContainerDefinition) -> u32 {
    let wanted = container.resource_requirements.iter().filter(|r| r.kind == Some(ResourceType::Gpu));
    wanted.filter_map(|r| r.value.as_deref()?.parse::<u32>().ok()).sum()
}
